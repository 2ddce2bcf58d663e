//! `ethos check --published`: every address that people may have kept still leads somewhere.
//!
//! In: the addresses of a site that was published, as a folder, an `addresses.txt` or a list. Out: a finding for each that the handbook
//! as it is now has lost, with the alias or the id that would bring it back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::check::asked::LOST_ADDRESS;
use crate::check::governance::governed;
use crate::content::prose::{Heading, OutlineEntry, Prose};
use crate::error::Error;
use crate::files;
use crate::finding::{Diagnostic, Names};
use crate::framework::Indicator;
use crate::handbook::{Handbook, Redirect, Subject};
use crate::text::Text;
use crate::words::address::{ending, file_at};
use crate::words::slug::slug;

/// The places that were published at each address.
type Published = BTreeMap<String, BTreeSet<String>>;

/// Reads the addresses and says which are lost; `is_made` says of an address whether Ethos makes something there by itself.
///
/// # Errors
/// If there is no list at the path, or nothing in it is this handbook's.
pub fn check(context: &Context<'_>, path: &Path, is_made: impl Fn(&str) -> bool) -> Result<Vec<Diagnostic>, Error> {
    let published = read(context.handbook, path)?;
    let mut subjects = None;
    let mut found: Vec<Diagnostic> = Vec::new();
    for (address, places) in &published {
        match context.handbook.at_address(address) {
            Some((subject, _)) => {
                let lost: Vec<_> =
                    places.iter().filter(|place| !context.handbook.has_fragment(subject, place)).collect();
                if !lost.is_empty() {
                    let left = PlacesLeft::of(context, subject, places);
                    found.extend(lost.into_iter().map(|place| lost_place(context, &left, place)));
                }
            }
            None if is_made(address) || is_part(address) => {}
            None => {
                if let Some(alias) = context.handbook.redirect_from(&format!("{address}.html")) {
                    found.push(needs_server(context.handbook, address, alias));
                    continue;
                }
                let subjects = subjects.get_or_insert_with(|| Subjects::of(context.handbook));
                found.push(lost_page(context, address, places, subjects.guess(address)));
            }
        }
    }
    Ok(found)
}

/// Reads a built site's list, a list of addresses, or a site map.
fn read(handbook: &Handbook, path: &Path) -> Result<Published, Error> {
    let file = if path.is_dir() { path.join("addresses.txt") } else { path.to_path_buf() };
    if path.is_dir() && !file.exists() {
        return Err(Error::Use(format!(
            "{} has no addresses.txt; name the folder of a site that this Ethos built, or a list of addresses",
            path.display()
        )));
    }
    let text = files::read(&file).map_err(Error::disk("read", &file))?;
    let mut published = Published::new();
    let lines: Vec<&str> = if text.contains("<loc>") {
        text.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()).collect()
    } else {
        text.lines().filter(|line| !line.starts_with("# ")).collect()
    };
    let lines: Vec<_> = lines.into_iter().map(str::trim).filter(|line| !line.is_empty()).collect();
    for line in &lines {
        let (address, fragment) = line.split_once('#').unwrap_or((line, ""));
        let Some(address) = address_of(handbook, &address.replace("&amp;", "&")) else { continue };
        let places = published.entry(address).or_default();
        if !fragment.is_empty() {
            places.insert(percent_decode_str(fragment).decode_utf8_lossy().into_owned());
        }
    }
    if published.is_empty() && !lines.is_empty() {
        return Err(Error::Use(format!(
            "no address in {} is one of this handbook; write in ethos.toml where it is published, such as base_url = \"https://intranet.example/handbook/\"",
            file.display()
        )));
    }
    Ok(published)
}

/// The address of a line below the site's root; none for another site's.
fn address_of(handbook: &Handbook, line: &str) -> Option<String> {
    if line.contains("://") {
        return handbook.own_address(line);
    }
    let path = line.split('?').next().unwrap_or(line);
    let below = handbook.config.base_url.as_deref().and_then(|base| base.splitn(4, '/').nth(3)).unwrap_or_default();
    let path = path.strip_prefix('/').map_or(path, |path| path.strip_prefix(below).unwrap_or(path));
    let address = file_at(&percent_decode_str(path).decode_utf8_lossy());
    // Some servers leave the ending out.
    let with_ending = format!("{address}.html");
    let is_short = ending(&address).is_none()
        && handbook.at_address(&address).is_none()
        && handbook.at_address(&with_ending).is_some();
    Some(if is_short { with_ending } else { address })
}

/// Styles, scripts and parts of the search: pages name them, and nobody keeps their addresses, which change with what is in them.
fn is_part(address: &str) -> bool {
    ["assets/", "search/"].iter().any(|folder| address.starts_with(folder))
}

/// An address that an alias names, and where no page can answer: only a rule of the server leads on from there.
fn needs_server(handbook: &Handbook, address: &str, alias: &Redirect) -> Diagnostic {
    let message =
        format!("`{address}` was published, and a page can't answer there: its alias needs a rule of the web server");
    Diagnostic::new(LOST_ADDRESS.code, message)
        .at(alias.span)
        .help(handbook.server_rule(alias))
        .help("once the rule is there, leave this address out of the list")
}

/// What everything that can have an old address is called.
struct Subjects {
    by_name: FxHashMap<String, Vec<Subject>>,
    names: Names,
}

impl Subjects {
    fn of(handbook: &Handbook) -> Self {
        let mut by_name: FxHashMap<String, Vec<Subject>> = FxHashMap::default();
        for subject in handbook.reading_order() {
            let can_have = match subject {
                Subject::Page(page) => page != 0 && handbook.pages[page].document.is_some(),
                Subject::Framework(_) | Subject::Item(..) => true,
                Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => false,
            };
            if can_have {
                let names = [name_of(&handbook.address(subject)), slug(handbook.title(subject))];
                for name in BTreeSet::from(names) {
                    by_name.entry(name).or_default().push(subject);
                }
            }
        }
        let mut names: Vec<&str> = by_name.keys().map(String::as_str).collect();
        names.sort_unstable();
        Self { names: Names::of(names), by_name }
    }

    /// What an old address probably meant: what has its name now, or one that is like it.
    fn guess(&self, address: &str) -> Option<Subject> {
        let name = name_of(address);
        let same = self.by_name.get(&name).or_else(|| self.by_name.get(self.names.nearest(&name)?))?;
        same.first().copied()
    }
}

/// "gifts" of "code/gifts.html" and of "code/gifts/index.html"
fn name_of(address: &str) -> String {
    let stem = address.strip_suffix("/index.html").unwrap_or(address);
    let stem = stem.rsplit('/').next().unwrap_or(stem);
    stem.strip_suffix(".html").unwrap_or(stem).to_owned()
}

fn lost_page(context: &Context<'_>, address: &str, places: &BTreeSet<String>, guess: Option<Subject>) -> Diagnostic {
    let with = match places.len() {
        0 => String::new(),
        1 => ", with a place on it".to_owned(),
        count => format!(", with {count} places on it"),
    };
    let message = format!("`{address}` was published{with}, and would lead nowhere");
    let diagnostic = Diagnostic::new(LOST_ADDRESS.code, message);
    if !(address.ends_with(".html") || address.ends_with(".htm")) {
        return diagnostic.help(format!("put the file back: content/{address}"));
    }
    let guess = guess.and_then(|subject| Some((subject, governed::place(context, subject)?)));
    let Some((subject, at)) = guess else {
        return diagnostic.help(format!(
            "find the page that says now what it said; add to its front matter: aliases = [\"{address}\"]"
        ));
    };
    let title = context.handbook.title(subject);
    let path = &context.sources.file(at.file).path;
    let line = alias_line(context.handbook, subject, address);
    let place = match subject {
        Subject::Page(_) => format!("the front matter of {path}"),
        Subject::Item(..) => format!("“{title}” in {path}, below its title"),
        _ => format!("the top of {path}"),
    };
    diagnostic.at(at).help(format!("if “{title}” is that page now, add to {place}: {line}"))
}

/// The setting with the old addresses that are there already.
fn alias_line(handbook: &Handbook, subject: Subject, address: &str) -> String {
    let aliases = match subject {
        Subject::Page(page) => handbook.pages[page].document.as_ref().map(|document| &document.front.aliases),
        Subject::Framework(framework) => Some(&handbook.frameworks[framework].aliases),
        Subject::Item(framework, at) => Some(&handbook.item(framework, at).aliases),
        _ => None,
    };
    let all = aliases.into_iter().flatten().map(|alias| alias.as_str()).chain([address]);
    let all: Vec<_> = all.map(|alias| format!("\"{alias}\"")).collect();
    format!("aliases = [{}]", all.join(", "))
}

/// The places that a subject has now.
struct PlacesLeft<'a> {
    subject: Subject,
    headings: FxHashMap<&'a str, (&'a Text, &'a OutlineEntry, &'a Heading)>,
    indicators: FxHashMap<&'a str, &'a Indicator>,
    all: Names,
    /// Those that weren't there then, of which one probably is what was renamed.
    new: Names,
}

impl<'a> PlacesLeft<'a> {
    fn of(context: &Context<'a>, subject: Subject, published: &BTreeSet<String>) -> Self {
        let all = Names::of(context.handbook.fragments(subject));
        let new = Names::of(all.each().filter(|place| !published.contains(*place)));
        let headings = proses(context.handbook, subject).into_iter().flat_map(|prose| {
            prose.headings().map(|(entry, heading)| (&*heading.anchor, (&prose.text, entry, heading)))
        });
        let indicators = match subject {
            Subject::Item(framework, at) => &*context.handbook.item(framework, at).cells,
            _ => &[],
        };
        let indicators = indicators.iter().flat_map(|cell| &cell.indicators);
        Self {
            subject,
            headings: headings.collect(),
            indicators: indicators.map(|indicator| (&*indicator.id, indicator)).collect(),
            new,
            all,
        }
    }

    /// The one that a lost place probably is.
    fn meant(&self, place: &str) -> Option<&str> {
        let only = || self.new.each().next().filter(|_| self.new.each().len() == 1);
        self.new.nearest(place).or_else(only).or_else(|| self.all.nearest(place))
    }
}

fn lost_place(context: &Context<'_>, left: &PlacesLeft<'_>, place: &str) -> Diagnostic {
    let (handbook, subject) = (context.handbook, left.subject);
    let message = format!("“{}” has no place `#{place}` any more, which was published", handbook.title(subject));
    let diagnostic = Diagnostic::new(LOST_ADDRESS.code, message);
    let diagnostic = match governed::place(context, subject) {
        Some(at) => diagnostic.at(at),
        None => diagnostic,
    };
    let Some(meant) = left.meant(place) else {
        return diagnostic.help(format!("give the heading that stands for it now this id: ## Its words {{#{place}}}"));
    };
    if let Some((text, entry, heading)) = left.headings.get(meant) {
        let (title, marks) = (&heading.title, "#".repeat(heading.depth as usize));
        return diagnostic
            .at(text.span(entry.words()))
            .help(format!("if “{title}” is meant, give it the id back: {marks} {title} {{#{place}}}"));
    }
    if let Some(indicator) = left.indicators.get(meant) {
        let words = &indicator.words;
        let help = format!("if “{words}” is meant, give it the id back: {{ text = \"{words}\", id = \"{place}\" }}");
        return diagnostic.at(indicator.text.text.whole()).help(help);
    }
    diagnostic
        .help(format!(
            "if `#{meant}` is meant, the numbers have moved on: put what is new behind what was there before"
        ))
        .help("or keep the numbers that people cite: numbered = \"authored\"")
}

/// The texts of which the headings have addresses.
fn proses(handbook: &Handbook, subject: Subject) -> Vec<&Prose> {
    match subject {
        Subject::Page(page) => handbook.pages[page].document.iter().map(|document| &document.body).collect(),
        Subject::Framework(framework) => {
            let framework = &handbook.frameworks[framework];
            framework.introduction.iter().chain(&framework.conclusion).collect()
        }
        Subject::Item(framework, at) => {
            let item = handbook.item(framework, at);
            item.description.iter().chain(&item.conclusion).collect()
        }
        _ => Vec::new(),
    }
}
