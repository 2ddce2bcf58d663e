//! The whole handbook on one page, for printing: the main block of every page, in reading order.
//!
//! The pages are drawn as they are, by whatever theme; lol_html then makes their ids unique, leads links between pages to places on
//! this one, and takes headings one step down below the page's own title.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use rayon::prelude::*;

use super::views::{ContentsEntry, PrintPart, PrintView};
use super::{Drawn, Renderer, Sheet, frame};
use crate::handbook::{Subject, address};

/// Attributes that name ids of the same page.
const NAMING: [&str; 5] = ["aria-labelledby", "aria-describedby", "aria-controls", "headers", "for"];

/// Elements that stand there otherwise than on their own page. Most don't, and needn't be looked into.
const CHANGED: &str = "[id], [href], [src], [aria-labelledby], [aria-describedby], [aria-controls], [headers], [for], \
    [role=region], section, h1, h2, h3, h4, h5, h6";

/// The sheet of the print page.
pub fn print<'r>(renderer: &'r Renderer) -> Drawn<Sheet<'r>> {
    let site = &*renderer.site;
    let handbook = &*site.handbook;
    let strings = site.theme.strings(&handbook.config.language);
    // A page's ids get its number in front of them: names would need care, since "a/b" with "c" and "a" with "b/c" look alike.
    let anchors: BTreeMap<Subject, String> =
        site.order.iter().zip(1..).map(|(subject, number)| (*subject, format!("page-{number}"))).collect();
    let by_url: HashMap<String, &str> =
        anchors.iter().map(|(subject, anchor)| (handbook.url(*subject, None), anchor.as_str())).collect();
    let parts: Vec<PrintPart> = site
        .order
        .par_iter()
        .map(|subject| {
            let main = renderer.subject(*subject)?.main()?;
            let base = handbook.address(*subject);
            let anchor = anchors[subject].clone();
            let title = frame::full_title(handbook, *subject);
            let table = strings.filled("generated.table", &[("title", handbook.title(*subject))]);
            let rewriter =
                Rewriter { base: &base, anchor: &anchor, by_url: &by_url, title, table, regions: Cell::new(0) };
            let html = rewriter.rewrite(&main);
            Ok(PrintPart { anchor, html })
        })
        .collect::<Drawn<_>>()?;
    let mut context = frame::own_page(renderer, "print", "print.html", strings.text("generated.print"), None)?;
    context.insert("print", &PrintView { contents: contents(renderer, &anchors), parts });
    Ok(Sheet { renderer, template: "templates/print.html", context })
}

/// Pages below their sections, values below their frameworks.
fn contents(renderer: &Renderer, anchors: &BTreeMap<Subject, String>) -> Vec<ContentsEntry> {
    let handbook = &*renderer.site.handbook;
    let mut top: Vec<ContentsEntry> = Vec::new();
    for subject in &renderer.site.order {
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

struct Rewriter<'w> {
    /// The path of the page.
    base: &'w str,
    /// What stands before its ids.
    anchor: &'w str,
    by_url: &'w HashMap<String, &'w str>,
    /// The page's own title, for the names of its regions.
    title: String,
    /// What a table is called that is named by its caption.
    table: String,
    /// How many regions have been named.
    regions: Cell<usize>,
}

impl Rewriter<'_> {
    fn rewrite(&self, html: &str) -> String {
        let change = element!(CHANGED, |element| {
            self.change(element);
            Ok(())
        });
        let settings = RewriteStrSettings::new().append_element_content_handler(change).with_strict(false);
        rewrite_str(html, settings).unwrap_or_else(|_| html.to_owned())
    }

    fn change(&self, element: &mut Element<'_, '_>) {
        self.name(element);
        if let Some(id) = element.get_attribute("id") {
            self.set(element, "id", &self.own(&id));
        }
        for name in NAMING {
            if let Some(ids) = element.get_attribute(name) {
                let ids: Vec<_> = ids.split_whitespace().map(|id| self.own(id)).collect();
                self.set(element, name, &ids.join(" "));
            }
        }
        if let Some(href) = element.get_attribute("href") {
            let url = self.link(&href);
            self.set(element, "href", &url);
        }
        if let Some(src) = element.get_attribute("src").filter(|src| !src.contains(':')) {
            let url = self.resolve(&src);
            self.set(element, "src", &url);
        }
        let tag = element.tag_name();
        if let Some(depth) = tag.strip_prefix('h').and_then(|depth| depth.parse::<u8>().ok()) {
            let lower = (depth + 1).min(6);
            // A heading's name is one that HTML has, so lol_html takes it.
            let _ = element.set_tag_name(&format!("h{lower}"));
        }
    }

    /// A region's name says which page it stands on, as other pages may have one of the same name.
    fn name(&self, element: &mut Element<'_, '_>) {
        let is_region = element.tag_name() == "section" || element.get_attribute("role").as_deref() == Some("region");
        if !is_region {
            return;
        }
        let own = element.get_attribute("aria-label");
        if let Some(own) = own.or_else(|| element.has_attribute("aria-labelledby").then(|| self.table.clone())) {
            let count = self.regions.get() + 1;
            self.regions.set(count);
            self.set(element, "aria-label", &format!("{own}: {} ({count})", self.title));
            element.remove_attribute("aria-labelledby");
        }
    }

    fn set(&self, element: &mut Element<'_, '_>, name: &str, value: &str) {
        // The name was read from the element, so lol_html takes it.
        let _ = element.set_attribute(name, value);
    }

    fn own(&self, id: &str) -> String {
        format!("{}-{id}", self.anchor)
    }

    fn link(&self, href: &str) -> String {
        if let Some(id) = href.strip_prefix('#') {
            return format!("#{}", self.own(id));
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
        let base = address::encode(self.base);
        let mut parts: Vec<&str> = base.split('/').collect();
        parts.pop();
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
