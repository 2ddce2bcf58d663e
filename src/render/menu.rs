//! The menus beside a page, drawn once for all pages that have the same ones.
//!
//! A menu names the pages of its section, or many around a page, so that drawing it for each of them would be most of all drawing.
//! But from page to page it differs in little: which link leads to the page itself, and how far away the others are. So where a link may be marked, the
//! template leaves a gap, and each page fills the gaps of the drawn text. Before a gap mostly stands the link's address; to a page in
//! the same folder it needs no way to the root and back, which is a tenth of a page where there are many.

use std::ops::Range;

use super::Drawn;
use super::list::{children_heading, number};
use super::views::{self, MenuEntry, MenuGroup, MenuView, SectionMenu};
use crate::handbook::navigation::{Entry, Group};
use crate::handbook::{Handbook, Subject};
use crate::site::Site;
use crate::theme::Strings;

/// What a gap looks like in the drawn text, with a number and a quotation mark behind it. A title can't have it, since its quotation
/// marks are escaped.
const GAP: &str = " data-ethos-gap=\"";

/// Which entries a menu shows: of long lists only some around a page, since every page has a menu.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Parts {
    /// Of the top level.
    top: Range<usize>,
    /// Of a section's pages.
    pages: Range<usize>,
}

/// How long a list may be, and about how many of its entries are shown if it is longer.
struct Limit {
    longest: usize,
    shown: usize,
}

/// Of the top level, which on a wide screen takes the room above the page.
const TOP: Limit = Limit { longest: 30, shown: 10 };
/// Of a section's pages, which stand beside the page.
const SECTION: Limit = Limit { longest: 100, shown: 40 };

impl Parts {
    /// Those of the menu on the page of a subject, or on a page that Ethos makes itself.
    pub fn of(site: &Site, subject: Option<Subject>) -> Self {
        let handbook = &*site.handbook;
        let top = || subject.and_then(|subject| site.place_at_top(subject)).unwrap_or_default();
        let pages = match subject.map(|subject| (subject, handbook.section(subject))) {
            Some((subject, Some(Subject::Page(section)))) => {
                let place = || site.place_in_section(subject, section);
                part(handbook.pages[section].children.len(), SECTION, place)
            }
            _ => 0..0,
        };
        Self { top: part(handbook.top.len(), TOP, top), pages }
    }
}

/// The part of a list of some length that is shown at the place of one of its entries. Parts are of one length, or nearly.
fn part(length: usize, limit: Limit, place: impl FnOnce() -> usize) -> Range<usize> {
    if length <= limit.longest {
        return 0..length;
    }
    let each = length.div_ceil(length.div_ceil(limit.shown));
    let start = place() / each * each;
    start..length.min(start + each)
}

/// Whether the top level is too long for a menu, so that the home page lists it.
pub fn is_long(handbook: &Handbook) -> bool {
    handbook.top.len() > TOP.longest
}

/// A drawn menu with its gaps.
#[derive(Debug)]
pub struct Menu {
    /// What stands before every address.
    root: String,
    pieces: Vec<Piece>,
    end: String,
    links: Vec<Link>,
}

/// What is drawn up to a gap.
#[derive(Debug)]
struct Piece {
    text: String,
    /// Which link may be marked.
    link: usize,
    /// Whether the address of the link and a quotation mark stand between the text and the gap.
    has_address: bool,
}

/// A link that may be marked.
#[derive(Debug)]
struct Link {
    url: String,
    /// Whether it is marked on the pages below it too.
    is_top: bool,
}

impl Menu {
    /// Draws the menu of a section, or parts of it, for pages with a way to the root; `draw` gives the text that the theme makes of it.
    ///
    /// # Errors
    /// What `draw` says.
    pub fn draw(
        handbook: &Handbook,
        section: Option<Subject>,
        parts: &Parts,
        root: &str,
        strings: &Strings,
        draw: impl FnOnce(&MenuView) -> Drawn<String>,
    ) -> Drawn<Self> {
        let mut planner = Planner { handbook, strings, parts, links: Vec::new() };
        let drawn = draw(&planner.menu(section))?;
        let links = planner.links;
        let mut rest = drawn.as_str();
        let mut pieces = Vec::new();
        while let Some((text, after)) = rest.split_once(GAP) {
            let (number, after) = after.split_once('"').unwrap_or_default();
            rest = after;
            let Some((link, url)) = number.parse().ok().and_then(|link: usize| Some((link, &links.get(link)?.url)))
            else {
                continue;
            };
            let before = text.strip_suffix('"').and_then(|text| text.strip_suffix(url)?.strip_suffix(root));
            let before = before.filter(|before| before.ends_with('"'));
            pieces.push(Piece { text: before.unwrap_or(text).to_owned(), link, has_address: before.is_some() });
        }
        Ok(Self { root: root.to_owned(), pieces, end: rest.to_owned(), links })
    }

    /// The menu as a page shows it, which has a URL, and is below the entry with the URL `top`.
    pub fn on(&self, url: &str, top: Option<&str>) -> String {
        let folder = url.rfind('/').map(|end| &url[..=end]);
        // An entry takes so much, about.
        let mut html = String::with_capacity(self.end.len() + 160 * self.pieces.len());
        for Piece { text, link, has_address } in &self.pieces {
            html.push_str(text);
            let link = &self.links[*link];
            if *has_address {
                match folder.and_then(|folder| link.url.strip_prefix(folder)) {
                    Some(inside) => html.push_str(inside),
                    None => html.extend([&*self.root, &*link.url]),
                }
                html.push('"');
            }
            if link.url == url {
                html.push_str(" aria-current=\"page\"");
            } else if link.is_top && Some(&*link.url) == top {
                html.push_str(" aria-current=\"true\"");
            }
        }
        html + &self.end
    }
}

/// Makes the view, and remembers its links.
struct Planner<'s> {
    handbook: &'s Handbook,
    strings: &'s Strings,
    parts: &'s Parts,
    links: Vec<Link>,
}

impl Planner<'_> {
    fn menu(&mut self, section: Option<Subject>) -> MenuView {
        let handbook = self.handbook;
        let top = &handbook.top[self.parts.top.clone()];
        MenuView {
            entries: top.iter().map(|subject| self.link(*subject, true, &[])).collect(),
            all: self.all(0, &handbook.config.title, top.len(), handbook.top.len()),
            section: section.map(|section| self.section(section)),
        }
    }

    /// Where a page lists all entries, if fewer are shown.
    fn all(&self, page: usize, title: &str, shown: usize, count: usize) -> Option<views::Link> {
        (shown < count).then(|| views::Link {
            title: self.strings.filled("frame.all", &[("count", &count.to_string()), ("title", title)]),
            url: self.handbook.url(Subject::Page(page), Some(children_heading(self.handbook, page).0)),
        })
    }

    fn section(&mut self, section: Subject) -> SectionMenu {
        let entries = self.handbook.menu(section, self.parts.pages.clone());
        let all = match section {
            Subject::Page(page) => {
                let own = &self.handbook.pages[page];
                self.all(page, &own.title, entries.len(), own.children.len())
            }
            _ => None,
        };
        let groups: Vec<_> = entries.chunk_by(|one, next| one.group == next.group).collect();
        let has_titles = groups.len() > 1;
        let link = self.link(section, false, &[]);
        let mut group = |entries: &&[Entry]| MenuGroup {
            title: entries.first().filter(|_| has_titles).and_then(|entry| self.group(section, entry.group)),
            entries: entries.iter().map(|entry| self.link(entry.subject, false, &entry.inside)).collect(),
        };
        let groups = groups.iter().map(&mut group).collect();
        SectionMenu { title: link.title, url: link.url, current_html: link.current_html, groups, all }
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
