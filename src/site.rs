//! The routes: every path that is published, and what it shows.
//!
//! In: a handbook and a theme. Out: a [`Site`]. Two things at one path, or a page where Ethos has one of its own, are findings. Any
//! route can be drawn alone (`render`), in any order.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

mod style_files;

use crate::derive::search;
use crate::derive::{self, Derived, a_z};
use crate::finding::{Diagnostic, Findings, Place, codes};
use crate::framework::ItemRef;
use crate::handbook::{Handbook, Subject};
use crate::palette::{self, ACCENTS, Colour};
use crate::text::{Sources, Span};
use crate::theme::Theme;

/// Above this many pages the handbook is printed whole only when asked, and the A to Z has a page a letter.
const MANY_PAGES: usize = 500;

/// What a path shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// A page, framework, value, behaviour, point or profile; or a file, passed through.
    Subject(Subject),
    /// A framework as JSON.
    Data(usize),
    /// A framework's indicators as a table.
    Table(usize),
    /// The search page.
    Search,
    /// The A to Z.
    Index,
    /// One letter of it, in a large handbook.
    Letter(usize),
    /// The whole handbook on one page.
    Print,
    /// What a server shows for an address that isn't there.
    NotFound,
    /// The accessibility statement.
    Accessibility,
    /// The list of pages for search engines.
    Sitemap,
    /// The list of all addresses, for a check of the next site against this one.
    Addresses,
    /// An old address.
    Redirect(usize),
    /// The stylesheet.
    Stylesheet,
    /// A script of the theme.
    Script(usize),
}

impl Show {
    /// Whether it can't be drawn without what is [`derived`](crate::derive) from the whole handbook.
    pub fn is_derived(self) -> bool {
        matches!(self, Self::Search | Self::Index | Self::Letter(_))
    }
}

/// A path and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Below the site's root, unescaped, with `/` between folders.
    pub path: Arc<str>,
    /// What.
    pub show: Show,
}

/// A handbook with everything planned for drawing it.
pub struct Site {
    /// The handbook.
    pub handbook: Arc<Handbook>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// The texts, for messages about templates.
    pub sources: Arc<Sources>,
    /// Every route, sorted by path.
    pub routes: Vec<Route>,
    /// Everything that is read, in order.
    pub order: Vec<Subject>,
    /// The place of each in `order`.
    pub position: FxHashMap<Subject, usize>,
    /// Whether each letter has a page of its own.
    pub is_large: bool,
    /// Whether there is a print page.
    pub has_print: bool,
    /// Colours that values chose, each once.
    pub accents: Vec<Colour>,
    /// The styles, brand colours first.
    pub stylesheet: String,
    /// Paths of what has a name with a hash: the stylesheet, then the theme's scripts by name.
    pub stylesheet_path: String,
    /// Of each script its path in the theme, its path in the site, and its text.
    pub scripts: Vec<(String, String, String)>,
}

/// Plans the site.
pub fn plan(handbook: Arc<Handbook>, theme: Arc<Theme>, sources: Arc<Sources>, findings: &Findings) -> Site {
    let order = handbook.reading_order();
    let is_large = order.len() > MANY_PAGES;
    let accents = accents(&handbook);
    let stylesheet = palette::stylesheet(handbook.config.brand, &accents) + &theme.stylesheet;
    let scripts = theme.scripts.iter().map(|(name, text)| (name.clone(), hashed(name, text), text.clone())).collect();
    let mut site = Site {
        routes: Vec::new(),
        position: order.iter().enumerate().map(|(index, subject)| (*subject, index)).collect(),
        order,
        is_large,
        has_print: !is_large || handbook.config.print_whole,
        handbook,
        theme,
        sources,
        accents,
        stylesheet_path: hashed("style.css", &stylesheet),
        stylesheet,
        scripts,
    };
    site.routes = routes(&site);
    site.routes.sort_by(|a, b| a.path.cmp(&b.path));
    report_clashes(&site, findings);
    style_files::check(&site, findings);
    site
}

impl Site {
    /// Whether anything is published at a path.
    pub fn has_route(&self, path: &str) -> bool {
        self.routes.binary_search_by(|route| (*route.path).cmp(path)).is_ok()
    }
}

/// The colours that values and behaviours chose, in order, each once.
fn accents(handbook: &Handbook) -> Vec<Colour> {
    let mut accents = Vec::new();
    for framework in &handbook.frameworks {
        for colour in framework.items().filter_map(|at| framework.item(at).colour) {
            if !accents.contains(&colour) {
                accents.push(colour);
            }
        }
    }
    accents
}

/// "assets/style.0123abcd.css": a name that changes with the contents, so that browsers may keep the file for ever.
fn hashed(path: &str, text: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    format!("assets/{stem}.{}.{ending}", name_of_hash(xxh3_64(text.as_bytes())))
}

/// Whether a file's name holds the XXH3 of its contents, as those of styles, scripts and parts of the search do.
pub fn is_hashed(path: &str, hash: u64) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut parts = name.split('.').skip(1);
    let (Some(found), Some(_ending)) = (parts.next(), parts.next()) else { return false };
    found == name_of_hash(hash) || found == search::name_of_hash(hash)
}

/// The eight characters for the XXH3 of a file's contents.
fn name_of_hash(hash: u64) -> String {
    format!("{:08x}", hash as u32)
}

fn routes(site: &Site) -> Vec<Route> {
    let handbook = &*site.handbook;
    let mut routes = Vec::new();
    for subject in site.order.iter().filter(|subject| !matches!(subject, Subject::Page(_))) {
        routes.push(Route { path: handbook.address(*subject).into(), show: Show::Subject(*subject) });
    }
    // Pages stand in the order of their sources, which is nearly that of their paths: little is left to sort.
    for (index, page) in handbook.pages.iter().enumerate() {
        routes.push(Route { path: page.address.clone(), show: Show::Subject(Subject::Page(index)) });
    }
    let mut add = |path: &str, show| routes.push(Route { path: path.into(), show });
    for index in 0..handbook.assets.len() {
        add(&handbook.assets[index].address, Show::Subject(Subject::Asset(index)));
    }
    for (index, framework) in handbook.frameworks.iter().enumerate() {
        add(&format!("{}/framework.json", framework.id), Show::Data(index));
        add(&format!("{}/indicators.csv", framework.id), Show::Table(index));
    }
    add("search.html", Show::Search);
    add("a-z.html", Show::Index);
    if site.is_large {
        for (index, initial) in a_z::initials(handbook, &site.order).into_iter().enumerate() {
            add(&initial.page(), Show::Letter(index));
        }
    }
    if site.has_print {
        add("print.html", Show::Print);
    }
    add("404.html", Show::NotFound);
    add("accessibility.html", Show::Accessibility);
    add("addresses.txt", Show::Addresses);
    if handbook.config.base_url.is_some() {
        add("sitemap.xml", Show::Sitemap);
    }
    for (index, redirect) in handbook.redirects.iter().enumerate() {
        add(&redirect.from, Show::Redirect(index));
    }
    add(&site.stylesheet_path, Show::Stylesheet);
    for (index, (_, path, _)) in site.scripts.iter().enumerate() {
        add(path, Show::Script(index));
    }
    routes
}

/// Paths that a web server or disk which doesn't tell capitals, or ways to write é, apart would take for one.
fn report_clashes(site: &Site, findings: &Findings) {
    let mut by_key: FxHashMap<Cow<'_, str>, &Route> = FxHashMap::default();
    by_key.reserve(site.routes.len());
    // Pages of the handbook go first, so that a message is always about what an author can change.
    let mut routes: Vec<&Route> = site.routes.iter().collect();
    routes.sort_by_key(|route| (matches!(route.show, Show::Redirect(_)), !matches!(route.show, Show::Subject(_))));
    for route in routes {
        let key = if route.path.is_ascii() {
            if route.path.bytes().any(|byte| byte.is_ascii_uppercase()) {
                route.path.to_ascii_lowercase().into()
            } else {
                Cow::Borrowed(&*route.path)
            }
        } else {
            Cow::Owned(route.path.nfc().flat_map(char::to_lowercase).collect())
        };
        if let Some(first) = by_key.get(&key) {
            if !is_one_id(first, route) {
                findings.push(clash(site, first, route));
            }
        } else {
            by_key.insert(key, route);
        }
    }
}

/// Whether two parts of a framework have one id, which was reported when the framework was read.
fn is_one_id(first: &Route, second: &Route) -> bool {
    let is_same_kind = match (first.show, second.show) {
        (Show::Subject(Subject::Item(one, _)), Show::Subject(Subject::Item(other, _)))
        | (Show::Subject(Subject::Point(one, ..)), Show::Subject(Subject::Point(other, ..)))
        | (Show::Subject(Subject::Profile(one, _)), Show::Subject(Subject::Profile(other, _))) => one == other,
        _ => false,
    };
    is_same_kind && first.path == second.path
}

fn clash(site: &Site, first: &Route, second: &Route) -> Diagnostic {
    let path = &second.path;
    if let Show::Redirect(index) = second.show {
        let redirect = &site.handbook.redirects[index];
        let source = source_of(site, first);
        let (message, help) = match first.show {
            Show::Redirect(_) => (
                format!("the old address `{path}` is in the `aliases` of {source} too"),
                "keep it where people who come to that address should be led",
            ),
            _ => (
                format!("the old address `{path}` is the address of {source}"),
                "take it out of `aliases`: people who come to that address find what is there now",
            ),
        };
        let diagnostic = Diagnostic::new(codes::ALIAS_TAKEN, message).at(redirect.span);
        return match (first.show, span_of(site, first)) {
            (Show::Redirect(_), Some(span)) => diagnostic.also(span, "here too").help(help),
            _ => diagnostic.help(help),
        };
    }
    if !matches!(second.show, Show::Subject(_)) {
        return place(Diagnostic::new(codes::RESERVED_ADDRESS, format!("Ethos makes `{path}` itself")), site, first)
            .help("give this file another name");
    }
    let diagnostic = Diagnostic::new(codes::DUPLICATE_ADDRESS, format!("two things would be published as `{path}`"));
    let (one, two) = (source_of(site, first), source_of(site, second));
    let diagnostic = place(diagnostic, site, second).help(format!("one is {one}, the other {two}; rename one of them"));
    if first.path == second.path {
        return diagnostic;
    }
    diagnostic.help("on many computers and web servers, names that differ in capitals or accents alone are one name")
}

fn place(diagnostic: Diagnostic, site: &Site, route: &Route) -> Diagnostic {
    match span_of(site, route) {
        Some(span) => diagnostic.at(span),
        None => diagnostic.in_file(&source_of(site, route)),
    }
}

/// Where the author says what is published at a path.
fn span_of(site: &Site, route: &Route) -> Option<Span> {
    let handbook = &*site.handbook;
    let start = |file| site.sources.file(file).span(0..3);
    match route.show {
        Show::Subject(Subject::Page(page)) => {
            handbook.pages[page].document.as_ref().map(|document| start(document.file))
        }
        Show::Subject(Subject::Framework(framework)) => Some(start(handbook.frameworks[framework].file)),
        Show::Subject(Subject::Item(framework, at)) => Some(handbook.item(framework, at).span),
        Show::Subject(Subject::Point(framework, scale, point)) => {
            Some(handbook.frameworks[framework].scales[scale].points[point].span)
        }
        Show::Subject(Subject::Profile(framework, profile)) => {
            Some(handbook.frameworks[framework].profiles[profile].span)
        }
        Show::Redirect(redirect) => Some(handbook.redirects[redirect].span),
        _ => None,
    }
}

/// The source that a path is made from, for a message.
fn source_of(site: &Site, route: &Route) -> String {
    match (route.show, span_of(site, route)) {
        (Show::Subject(Subject::Asset(asset)), _) => site.handbook.assets[asset].source.path.clone(),
        (Show::Subject(Subject::Page(page)), None) => {
            let source = &site.handbook.pages[page].source;
            source.strip_suffix("/index.md").unwrap_or(source).to_owned()
        }
        (Show::Subject(subject @ (Subject::Item(..) | Subject::Point(..) | Subject::Profile(..))), Some(span)) => {
            format!("“{}” in {}", site.handbook.title(subject), site.sources.file(span.file).path)
        }
        (_, Some(span)) => site.sources.file(span.file).path.to_string(),
        _ => "a page that Ethos makes itself".to_owned(),
    }
}

impl Site {
    /// The address of the logo, if it is there.
    pub fn logo(&self) -> Option<String> {
        self.handbook.logo().map(|logo| self.handbook.url(logo, None))
    }

    /// The number of the accent of a value or behaviour: its own colour's, or its value's turn among the even ones.
    pub fn accent(&self, framework: usize, at: ItemRef) -> usize {
        let value = ItemRef { behaviour: None, ..at };
        let own = [at, value].into_iter().find_map(|at| self.handbook.item(framework, at).colour);
        let chosen = own.and_then(|colour| self.accents.iter().position(|accent| *accent == colour));
        chosen.map_or(at.value % ACCENTS, |index| ACCENTS + index)
    }

    /// The place among the top level of what a subject stands in; none for the home page.
    pub fn place_at_top(&self, subject: Subject) -> Option<usize> {
        let position = self.position.get(&subject);
        let is_before = |top: &Subject| self.position.get(top) <= position;
        self.handbook.top.partition_point(is_before).checked_sub(1)
    }

    /// The place among a section's pages of one of them; 0 for the section itself.
    pub fn place_in_section(&self, subject: Subject, section: usize) -> usize {
        let position = self.position.get(&subject);
        let is_before = |child: &usize| self.position.get(&Subject::Page(*child)) <= position;
        self.handbook.pages[section].children.partition_point(is_before).saturating_sub(1)
    }

    /// Makes what pages need of the whole handbook; `put` takes each file of the search.
    pub fn derive(&self, put: search::Put<'_>) -> Derived {
        derive::derive(&self.handbook, &self.order, self.theme.strings(&self.handbook.config.language), put)
    }

    /// What is published at a path.
    pub fn route(&self, path: &str) -> Option<&Route> {
        self.routes.binary_search_by(|route| (*route.path).cmp(path)).ok().map(|at| &self.routes[at])
    }

    /// The path of a script, by its path in the theme: "scripts/main.js".
    pub fn script(&self, name: &str) -> Option<&str> {
        self.scripts.iter().find(|(own, ..)| own == name).map(|(_, path, _)| path.as_str())
    }

    /// Where a finding about a route that can't be drawn belongs.
    pub fn place_of(&self, route: &Route) -> Place {
        match span_of(self, route) {
            Some(span) => Place::Span(span),
            None => Place::Handbook,
        }
    }
}
