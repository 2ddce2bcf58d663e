//! The whole handbook on one page, for printing: the main landmark of every page, in reading order.
//!
//! The pages are drawn as they are, by whatever theme; then their tags are changed: ids become unique, links between pages
//! lead to places on this one, and headings go one step down below the page's own title.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tera::Value;

use super::tags::{self, Tag};
use super::views::{ContentsEntry, PrintPart, PrintView};
use super::{Drawn, PAGE_ROOM, Renderer, Sheet, frame};
use crate::handbook::Subject;
use crate::site::Site;
use crate::words::address;

/// Attributes that name ids of the same page.
pub(super) const NAMING: [&str; 5] = ["aria-labelledby", "aria-describedby", "aria-controls", "headers", "for"];

/// From the page's own title down; the last has none below it.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// What the print page shows of each page. Whoever has drawn a page may add it, and what wasn't added is drawn with the print page: to
/// draw all pages once more makes a build of 100 pages take 1.4 times as long.
pub struct PrintParts {
    /// A page's ids get its number in front of them: names would need care, since "a/b" with "c" and "a" with "b/c" look alike.
    by_subject: FxHashMap<Subject, String>,
    by_url: FxHashMap<String, String>,
    drawn: Mutex<FxHashMap<Subject, Value>>,
}

impl PrintParts {
    /// Those of a site of which nothing was drawn yet.
    pub fn new(site: &Site) -> Self {
        let anchor = |number| format!("page-{number}");
        let url = |subject| site.handbook.url(subject, None);
        Self {
            by_subject: site.order.iter().zip(1..).map(|(subject, number)| (*subject, anchor(number))).collect(),
            by_url: site.order.iter().zip(1..).map(|(subject, number)| (url(*subject), anchor(number))).collect(),
            drawn: Mutex::default(),
        }
    }

    /// Adds a page that was drawn; nothing of what isn't shown on the print page.
    pub fn add(&self, site: &Site, subject: Subject, page: &[u8]) {
        if self.by_subject.contains_key(&subject) {
            let part = self.part(site, subject, page);
            self.drawn().insert(subject, part);
        }
    }

    fn drawn(&self) -> MutexGuard<'_, FxHashMap<Subject, Value>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What stands in the main landmark of a page, as it stands on the print page: safe HTML, as templates get it, since the handbook is
    /// long and copied no more than it must be.
    fn part(&self, site: &Site, subject: Subject, page: &[u8]) -> Value {
        let handbook = &*site.handbook;
        let strings = site.theme.strings(&handbook.config.language);
        let address = address::encode(&handbook.address(subject));
        let mut folders: Vec<&str> = address.split('/').collect();
        folders.pop();
        let anchor = &self.by_subject[&subject];
        let title = frame::full_title(handbook, subject);
        let table = strings.filled("generated.table", &[("title", handbook.title(subject))]);
        let rewriter = Rewriter { folders: &folders, anchor, by_url: &self.by_url, title, table, regions: 0 };
        Value::safe_string(&rewriter.rewrite(main_of(page)))
    }
}

/// What stands in the main landmark of a page; all of a page that has none.
fn main_of(page: &[u8]) -> &str {
    // Templates write nothing but UTF-8.
    let page = std::str::from_utf8(page).unwrap_or_default();
    tags::inside(page, "main").unwrap_or(page).trim()
}

/// The print page.
pub fn print(renderer: &Renderer, parts: &PrintParts) -> Drawn<Vec<u8>> {
    let site = &*renderer.site;
    let part = |subject: &Subject| {
        let known = parts.drawn().remove(subject);
        let html = match known {
            Some(html) => html,
            None => parts.part(site, *subject, &renderer.subject(*subject)?.page()?),
        };
        Ok(PrintPart { anchor: parts.by_subject[subject].clone(), html })
    };
    let anchors = &parts.by_subject;
    let parts: Vec<PrintPart> = site.order.par_iter().map(part).collect::<Drawn<_>>()?;
    let length: usize = parts.iter().filter_map(|part| part.html.as_str()).map(str::len).sum();
    let strings = site.theme.strings(&site.handbook.config.language);
    let mut context = frame::own_page(renderer, "print", "print.html", strings.text("generated.print"), None)?;
    context.insert("print", &PrintView { contents: contents(site, anchors), parts });
    // The frame of a page, and for each part a line of the contents.
    let room = PAGE_ROOM + length + length / 10;
    Sheet { renderer, template: "templates/print.html", context }.page_within(room)
}

/// Pages below their sections, values below their frameworks.
fn contents(site: &Site, anchors: &FxHashMap<Subject, String>) -> Vec<ContentsEntry> {
    let handbook = &*site.handbook;
    let mut top: Vec<ContentsEntry> = Vec::new();
    for subject in &site.order {
        let entry = ContentsEntry {
            title: handbook.title(*subject).to_owned(),
            number: None,
            url: address::encode_with("", Some(&anchors[subject])),
            entries: Vec::new(),
        };
        match (handbook.trail(*subject).len(), top.last_mut()) {
            (2.., Some(last)) => last.entries.push(entry),
            _ => top.push(entry),
        }
    }
    top
}

/// What changes on a page that stands on another.
struct Rewriter<'w> {
    /// The folders of the page, as in a link.
    folders: &'w [&'w str],
    /// What stands before its ids.
    anchor: &'w str,
    by_url: &'w FxHashMap<String, String>,
    /// The page's own title, for the names of its regions.
    title: String,
    /// What a table is called that is named by its caption.
    table: String,
    /// How many regions have been named.
    regions: usize,
}

impl Rewriter<'_> {
    fn rewrite(mut self, html: &str) -> String {
        tags::rewrite(html, |tag| self.change(tag))
    }

    fn change(&mut self, tag: &mut Tag<'_>) {
        if let Some(level) = HEADINGS.iter().position(|heading| tag.is(heading)) {
            tag.rename(HEADINGS[(level + 1).min(HEADINGS.len() - 1)]);
        }
        if !tag.has_attributes() {
            return;
        }
        self.name(tag);
        if let Some(id) = tag.get("id") {
            tag.set("id", self.own(id));
        }
        for name in NAMING {
            if let Some(ids) = tag.get(name) {
                let ids: Vec<_> = ids.split_whitespace().map(|id| self.own(id)).collect();
                tag.set(name, ids.join(" "));
            }
        }
        if let Some(href) = tag.get("href") {
            tag.set("href", self.link(href));
        }
        if let Some(src) = tag.get("src").filter(|src| !src.contains(':')) {
            tag.set("src", self.resolve(src));
        }
    }

    /// A region's name says which page it stands on, as other pages may have one of the same name.
    fn name(&mut self, tag: &mut Tag<'_>) {
        let is_region = tag.is("section") || tag.get("role") == Some("region");
        if !is_region {
            return;
        }
        let own = tag.get("aria-label").or_else(|| tag.get("aria-labelledby").map(|_| &*self.table));
        if let Some(own) = own {
            self.regions += 1;
            let name = format!("{own}: {} ({})", self.title, self.regions);
            tag.set("aria-label", name);
            tag.remove("aria-labelledby");
        }
    }

    fn own(&self, id: &str) -> String {
        [self.anchor, "-", id].concat()
    }

    fn link(&self, href: &str) -> String {
        if let Some(id) = href.strip_prefix('#') {
            return ["#", self.anchor, "-", id].concat();
        }
        if href.contains(':') {
            return href.to_owned();
        }
        let (path, fragment) = href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
        let resolved = self.resolve(path);
        match (self.by_url.get(&resolved), fragment) {
            (Some(anchor), Some(fragment)) => format!("#{anchor}-{fragment}"),
            (Some(anchor), None) => format!("#{anchor}"),
            (None, Some(fragment)) => format!("{resolved}#{fragment}"),
            (None, None) => resolved,
        }
    }

    /// An address on the page, counted from the site's root, where the print page stands.
    fn resolve(&self, url: &str) -> String {
        let mut parts = self.folders.to_vec();
        for part in url.split('/') {
            match part {
                ".." => {
                    parts.pop();
                }
                "." | "" => {}
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}
