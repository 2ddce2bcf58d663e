//! Documents and frameworks to the handbook: the tree of pages, numbers, links, old addresses.

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::drafts::Drafts;
use super::image::Images;
use super::numbering::{self, Numbers};
use super::{Asset, Handbook, Page, Redirect, Subject, link};
use crate::config::Config;
use crate::content::{self, Document};
use crate::finding::{Diagnostic, Findings, Names, codes, there_are};
use crate::framework::Framework;
use crate::text::{Sources, Text, name};
use crate::words::address;
use crate::words::slug::{sort_key, title_from_name};

/// What the handbook is made of.
pub struct Parts {
    /// The site's settings.
    pub config: Config,
    /// Every page that was parsed.
    pub documents: Vec<Arc<Document>>,
    /// Every framework that could be parsed.
    pub frameworks: Vec<Arc<Framework>>,
    /// What isn't built, and wasn't parsed.
    pub drafts: Drafts,
}

/// Puts the parts together. What is wrong is noted; the handbook is whole all the same.
pub fn assemble(parts: Parts, sources: &Sources, findings: &Findings) -> Handbook {
    let Parts { config, documents, mut frameworks, drafts } = parts;
    frameworks.sort_by_cached_key(|framework| {
        (framework.order.unwrap_or(i64::MAX), sort_key(&framework.title), framework.id.clone())
    });
    let mut pages = tree(documents, findings);
    findings.extend(readme_pages(&pages, sources));
    number(&mut pages, findings);
    let assets = sources
        .assets
        .iter()
        .filter(|asset| !asset.path.starts_with("themes/") && !drafts.holds(&asset.path))
        .map(|asset| Asset { source: asset.clone(), address: content::address_of(&asset.path) })
        .collect();
    let mut handbook = Handbook {
        config,
        pages,
        frameworks,
        top: Vec::new(),
        assets,
        redirects: Vec::new(),
        images: Images::default(),
        subjects: FxHashMap::default(),
        drafts,
        addresses: FxHashMap::default(),
    };
    handbook.subjects = link::subjects(&handbook, sources);
    handbook.images = Images::resolve(&handbook, sources, findings);
    handbook.top = top_level(&handbook, findings);
    handbook.redirects = redirects(&handbook, findings);
    handbook.addresses = handbook.by_address();
    handbook
}

/// Every folder with pages in it is a section, with an index.md or without.
fn tree(documents: Vec<Arc<Document>>, findings: &Findings) -> Vec<Page> {
    let mut pages: Vec<Page> = documents.into_par_iter().map(page).collect();
    let missing = sections_without_page(&pages);
    if missing.contains(HOME) {
        findings.push(
            Diagnostic::new(codes::MISSING_HOME, "the handbook has no home page").in_file(HOME).help(
                "make the file content/index.md, with these lines at its top:\n+++\ntitle = \"Our handbook\"\n+++",
            ),
        );
    }
    pages.extend(missing.into_iter().map(|source| section(&source)));
    pages.sort_by(|one, other| one.source.cmp(&other.source));
    // The home page is the first of all, whatever sorts before it.
    if let Some(home) = pages.iter().position(|page| name::section_folder(&page.source) == Some("content")) {
        pages[..=home].rotate_right(1);
    }
    for (at, parent) in parents(&pages) {
        pages[at].parent = Some(parent);
        pages[parent].children.push(at);
    }
    for at in 0..pages.len() {
        let mut children = std::mem::take(&mut pages[at].children);
        children.sort_by_cached_key(|child| {
            let page = &pages[*child];
            let order = page.document.as_ref().and_then(|document| document.front.order);
            let key = page
                .document
                .as_ref()
                .map_or_else(|| sort_key(&page.title).into(), |document| Cow::Borrowed(&*document.key));
            (order.unwrap_or(i64::MAX), key, &page.source)
        });
        pages[at].children = children;
    }
    pages
}

/// The source of the home page.
const HOME: &str = "content/index.md";

/// The index.md of each folder that has pages in it, or folders with pages, and none of its own.
fn sections_without_page(pages: &[Page]) -> BTreeSet<String> {
    let mut missing = BTreeSet::from([HOME.to_owned()]);
    let mut last = "";
    for page in pages {
        // Pages come in the order of their paths, so those of one folder mostly stand together.
        let folder = page.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder != last {
            let around = std::iter::successors(Some(folder), |inner| inner.rsplit_once('/').map(|(outer, _)| outer));
            missing.extend(around.map(|folder| format!("{folder}/index.md")));
            last = folder;
        }
    }
    for page in pages {
        if let Some(folder) = name::section_folder(&page.source) {
            missing.remove(&format!("{folder}/index.md"));
        }
    }
    missing
}

/// What to say of a README beside an index.md: it is meant for whoever keeps the folder, or for every reader.
fn readme_pages(pages: &[Page], sources: &Sources) -> Vec<Diagnostic> {
    let is_readme = |name: &str| name::markdown_stem(name).is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    let finding = |page: &Page| {
        let document = page.document.as_ref()?;
        let (_, name) = page.source.rsplit_once('/').filter(|(_, name)| is_readme(name))?;
        pages[page.parent?].document.as_ref()?;
        let message = format!("`{name}` is published as a page of its own, beside this folder's first page");
        Some(
            Diagnostic::new(codes::README_PAGE, message)
                .at(sources.file(document.file).span(0..3))
                .help("if it is for those who keep the folder, move it out of the folder content; if it is for readers, give it another name"),
        )
    };
    pages.iter().filter_map(finding).collect()
}

/// Each page but the home page, with its section.
fn parents(pages: &[Page]) -> Vec<(usize, usize)> {
    let mut sections: FxHashMap<&str, usize> = FxHashMap::default();
    for (index, page) in pages.iter().enumerate() {
        if let Some(folder) = name::section_folder(&page.source) {
            // Of index.md and Index.md, which have one address and are told as such, the first is the section's page.
            sections.entry(folder).or_insert(index);
        }
    }
    // A section belongs to the folder around its own.
    let parent = |at: usize| {
        let source = &*pages[at].source;
        let own = name::section_folder(source).filter(|folder| sections[folder] == at);
        sections[own.unwrap_or(source).rsplit_once('/').map_or("content", |(around, _)| around)]
    };
    (1..pages.len()).map(|at| (at, parent(at))).collect()
}

fn page(document: Arc<Document>) -> Page {
    Page {
        title: document.title.clone(),
        source: document.source.clone(),
        address: document.address.clone(),
        document: Some(document),
        parent: None,
        children: Vec::new(),
        numbering: None,
        chapter: None,
        numbers: Numbers::default(),
    }
}

/// The page of a section that has none of its own.
fn section(source: &str) -> Page {
    let folder = source.rsplit('/').nth(1).unwrap_or_default();
    Page {
        title: title_from_name(folder),
        source: source.into(),
        address: content::address_of(source).into(),
        document: None,
        parent: None,
        children: Vec::new(),
        numbering: None,
        chapter: None,
        numbers: Numbers::default(),
    }
}

/// Numbers codes of conduct: pages alone, and the pages of a numbered section as chapters.
fn number(pages: &mut [Page], findings: &Findings) {
    for at in 0..pages.len() {
        let own = pages[at].document.as_ref().and_then(|document| document.front.numbered);
        let is_section = pages[at].is_section();
        let children = pages[at].children.clone();
        if let (Some(Some(style)), true) = (own, is_section && !children.is_empty()) {
            let mut chapter = 0;
            for child in children {
                let own = pages[child].document.as_ref().and_then(|document| document.front.numbered);
                if own == Some(None) {
                    continue;
                }
                chapter += 1;
                pages[child].numbering = Some(own.flatten().unwrap_or(style));
                pages[child].chapter = (style != crate::content::front_matter::Numbering::Authored).then_some(chapter);
            }
        } else if let Some(Some(style)) = own {
            pages[at].numbering = pages[at].numbering.or(Some(style));
        }
    }
    let number_one = |page: &mut Page| {
        let (style, document) = (page.numbering?, page.document.as_ref()?);
        let number = |findings: &Findings| numbering::number(&document.body, style, page.chapter, findings);
        let (numbers, found) = Findings::of(number);
        page.numbers = numbers;
        Some(found)
    };
    let found: Vec<Findings> = pages.par_iter_mut().filter_map(number_one).collect();
    found.into_iter().for_each(|found| findings.absorb(found));
}

/// Pages of the home page's folder and frameworks, in the order of the menu, then by their own order.
fn top_level(handbook: &Handbook, findings: &Findings) -> Vec<Subject> {
    let pages = handbook.pages[0].children.iter().map(|page| {
        let order = handbook.pages[*page].document.as_ref().and_then(|document| document.front.order);
        (order, Subject::Page(*page))
    });
    let frameworks =
        handbook.frameworks.iter().enumerate().map(|(index, framework)| (framework.order, Subject::Framework(index)));
    let mut entries: Vec<_> = pages.chain(frameworks).collect();
    entries.sort_by_cached_key(|(order, subject)| (order.unwrap_or(i64::MAX), sort_key(handbook.title(*subject))));
    let entries: Vec<Subject> = entries.into_iter().map(|(_, subject)| subject).collect();
    if handbook.config.menu.is_empty() {
        return entries;
    }
    let mut top = Vec::new();
    let mut is_named = vec![false; entries.len()];
    let mut by_name: FxHashMap<String, VecDeque<usize>> = FxHashMap::default();
    for (index, entry) in entries.iter().enumerate() {
        by_name.entry(name_of(handbook, *entry)).or_default().push_back(index);
    }
    let known = menu_names(handbook);
    for name in &handbook.config.menu {
        match by_name.get_mut(without_ending(name.as_str())).map(VecDeque::pop_front) {
            Some(Some(index)) => {
                is_named[index] = true;
                top.push(entries[index]);
            }
            Some(None) => findings.push(repeated_menu_entry(name)),
            None => findings.push(unknown_menu_entry(&known, name)),
        }
    }
    top.extend(entries.iter().zip(is_named).filter(|(_, is_named)| !is_named).map(|(entry, _)| *entry));
    top
}

/// What the menu can name.
fn menu_names(handbook: &Handbook) -> Names {
    let pages = handbook.pages[0].children.iter().map(|page| name_of(handbook, Subject::Page(*page)));
    let frameworks = (0..handbook.frameworks.len()).map(|index| name_of(handbook, Subject::Framework(index)));
    Names::of(pages.chain(frameworks))
}

fn repeated_menu_entry(name: &Text) -> Diagnostic {
    Diagnostic::new(codes::UNKNOWN_MENU_ENTRY, format!("the menu names `{}` twice", name.as_str()))
        .at(name.whole())
        .help("take it out here, or where it stands first")
}

fn unknown_menu_entry(known: &Names, name: &Text) -> Diagnostic {
    let given = name.as_str();
    Diagnostic::new(codes::UNKNOWN_MENU_ENTRY, format!("the menu names `{given}`, which isn't at the top level"))
        .at(name.whole())
        .suggest(given, known)
        .help(there_are("entry", "entries that it can have", known))
}

/// The name of a menu's entry, where its author wrote the file's.
fn without_ending(given: &str) -> &str {
    name::markdown_stem(given).unwrap_or(given)
}

/// The name that the menu knows an entry by: its folder or file without ending.
fn name_of(handbook: &Handbook, subject: Subject) -> String {
    let address = handbook.address(subject);
    let stem = address.trim_end_matches("/index.html").trim_end_matches(".html");
    stem.to_owned()
}

/// Old addresses of pages, frameworks, values and behaviours, sorted.
fn redirects(handbook: &Handbook, findings: &Findings) -> Vec<Redirect> {
    let pages = handbook.pages.iter().enumerate().filter_map(|(index, page)| {
        let document = page.document.as_ref()?;
        Some((Subject::Page(index), &document.front.aliases))
    });
    let frameworks = handbook.frameworks.iter().enumerate().flat_map(|(index, framework)| {
        let own = std::iter::once((Subject::Framework(index), &framework.aliases));
        own.chain(framework.items().map(move |at| (Subject::Item(index, at), &framework.item(at).aliases)))
    });
    let mut redirects = Vec::new();
    for (to, aliases) in pages.chain(frameworks) {
        for alias in aliases {
            match old_address(alias.as_str()) {
                Some(from) => {
                    let redirect = Redirect { from, to, span: alias.whole() };
                    if address::ending(alias.as_str()).is_some() {
                        let message = format!(
                            "a page can't answer at `{}`, so this old address needs a rule of the web server",
                            alias.as_str()
                        );
                        let diagnostic = Diagnostic::new(codes::ALIAS_NEEDS_SERVER, message).at(redirect.span);
                        findings.push(diagnostic.help(handbook.server_rule(&redirect)));
                    }
                    redirects.push(redirect);
                }
                None => findings.push(
                    Diagnostic::new(codes::INVALID_VALUE, format!("`{}` can't be an old address", alias.as_str()))
                        .at(alias.whole())
                        .help("write the part of the address behind the site's: \"policies/gifts.html\""),
                ),
            }
        }
    }
    redirects.sort_by(|one: &Redirect, other| one.from.cmp(&other.from));
    redirects
}

/// The file that answers at an old address: a folder's is its index.html, and one without ending gets .html.
fn old_address(alias: &str) -> Option<String> {
    let path = alias.trim_start_matches('/');
    let is_good = !path.is_empty()
        && !path.contains('#')
        && path
            .trim_end_matches('/')
            .split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.') && crate::text::name::unpublishable(part).is_none());
    if !is_good {
        return None;
    }
    if path.ends_with('/') {
        return Some(format!("{path}index.html"));
    }
    let has_ending = path.rsplit('/').next().is_some_and(|name| name.ends_with(".html") || name.ends_with(".htm"));
    Some(if has_ending { path.to_owned() } else { format!("{path}.html") })
}
