//! The menus beside a page, drawn once for all pages that have the same ones.
//!
//! A menu names every page of its section, so that drawing it for each of them would be most of all drawing. But from page to page
//! it differs in one thing only: which link leads to the page itself. So where a link may be marked, the template leaves a gap, and
//! each page fills the gaps of the drawn text.

use super::Drawn;
use super::frame::number;
use super::views::{MenuEntry, MenuGroup, MenuView, SectionMenu};
use crate::handbook::navigation::{Entry, Group};
use crate::handbook::{Handbook, Subject};
use crate::theme::Strings;

/// What a gap looks like in the drawn text, with a number and a quotation mark behind it. A title can't have it, since its quotation
/// marks are escaped.
const GAP: &str = " data-ethos-gap=\"";

/// A drawn menu with its gaps.
#[derive(Debug)]
pub struct Menu {
    start: String,
    /// Which link may be marked, and what follows.
    rest: Vec<(usize, String)>,
    links: Vec<Link>,
}

/// A link that may be marked.
#[derive(Debug)]
struct Link {
    url: String,
    /// Whether it is marked on the pages below it too.
    is_top: bool,
}

impl Menu {
    /// Draws the menu of a section; `draw` gives the text that the theme makes of it.
    ///
    /// # Errors
    /// What `draw` says.
    pub fn draw(
        handbook: &Handbook,
        section: Option<Subject>,
        strings: &Strings,
        draw: impl FnOnce(&MenuView) -> Drawn<String>,
    ) -> Drawn<Self> {
        let mut planner = Planner { handbook, strings, links: Vec::new() };
        let text = draw(&planner.menu(section))?;
        let mut pieces = text.split(GAP);
        let start = pieces.next().unwrap_or_default().to_owned();
        let piece = |piece: &str| {
            let (number, text) = piece.split_once('"')?;
            Some((number.parse().ok()?, text.to_owned()))
        };
        Ok(Self { start, rest: pieces.filter_map(piece).collect(), links: planner.links })
    }

    /// The menu as a page shows it, which has a URL, and is below the entry with the URL `top`.
    pub fn on(&self, url: &str, top: Option<&str>) -> String {
        let mut html = self.start.clone();
        for (link, text) in &self.rest {
            match self.links.get(*link) {
                Some(link) if link.url == url => html.push_str(" aria-current=\"page\""),
                Some(link) if link.is_top && Some(&*link.url) == top => html.push_str(" aria-current=\"true\""),
                _ => {}
            }
            html.push_str(text);
        }
        html
    }
}

/// Makes the view, and remembers its links.
struct Planner<'s> {
    handbook: &'s Handbook,
    strings: &'s Strings,
    links: Vec<Link>,
}

impl Planner<'_> {
    fn menu(&mut self, section: Option<Subject>) -> MenuView {
        let handbook = self.handbook;
        MenuView {
            entries: handbook.top.iter().map(|subject| self.link(*subject, true, &[])).collect(),
            section: section.map(|section| self.section(section)),
        }
    }

    fn section(&mut self, section: Subject) -> SectionMenu {
        let entries = self.handbook.menu(section);
        let groups: Vec<_> = entries.chunk_by(|one, next| one.group == next.group).collect();
        let has_titles = groups.len() > 1;
        let link = self.link(section, false, &[]);
        let mut group = |entries: &&[Entry]| MenuGroup {
            title: entries.first().filter(|_| has_titles).and_then(|entry| self.group(section, entry.group)),
            entries: entries.iter().map(|entry| self.link(entry.subject, false, &entry.inside)).collect(),
        };
        let groups = groups.iter().map(&mut group).collect();
        SectionMenu { title: link.title, url: link.url, current_html: link.current_html, groups }
    }

    fn link(&mut self, subject: Subject, is_top: bool, inside: &[Entry]) -> MenuEntry {
        let url = self.handbook.url(subject, None);
        let gap = format!("{GAP}{}\"", self.links.len());
        self.links.push(Link { url: url.clone(), is_top });
        MenuEntry {
            title: self.handbook.title(subject).to_owned(),
            number: if is_top { None } else { number(self.handbook, subject) },
            url,
            current_html: gap,
            entries: inside.iter().map(|entry| self.link(entry.subject, false, &entry.inside)).collect(),
        }
    }

    fn group(&self, section: Subject, group: Group) -> Option<String> {
        let Subject::Framework(framework) = section else {
            return None;
        };
        let framework = &self.handbook.frameworks[framework];
        let strings = self.strings;
        match group {
            Group::Pages => None,
            Group::Values => {
                let many =
                    framework.terms.value.as_ref().map_or_else(|| strings.text("terms.value.many"), |term| &term.many);
                Some(strings.filled("generated.values", &[("many", many)]))
            }
            Group::Points(scale) => {
                Some(strings.filled("generated.by_scale", &[("scale", &framework.scales[scale].title)]))
            }
            Group::Profiles => Some(strings.text("generated.profiles").to_owned()),
        }
    }
}
