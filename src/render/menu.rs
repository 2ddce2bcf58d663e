//! The menus beside a page: of the handbook, and of the section or framework that it stands in.
//!
//! Each page has its own, with the link to itself marked. Of long lists it shows only the entries around its own place: were they
//! whole, a site would grow with the square of its pages.

use std::ops::Range;

use super::list::{children_heading, number};
use super::views::{Link, MenuEntry, MenuGroup, MenuView, SectionMenu};
use crate::framework::{Framework, ItemRef};
use crate::handbook::{Handbook, Subject};
use crate::site::Site;
use crate::theme::Strings;

/// How long a list may be, and about how many of its entries are shown if it is longer.
struct Limit {
    longest: usize,
    shown: usize,
}

/// Of the top level, which on a wide screen takes the room above the page.
const TOP: Limit = Limit { longest: 30, shown: 10 };
/// Of a section's pages and the parts of a framework, which stand beside the page.
const SECTION: Limit = Limit { longest: 100, shown: 40 };

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

/// A page with menus.
pub struct Menu<'s> {
    /// The site.
    pub site: &'s Site,
    /// What the page shows; none where Ethos makes it itself.
    pub here: Option<Subject>,
    /// Its address, as it stands in links.
    pub url: &'s str,
    /// The way from there to the site's root.
    pub root: &'s str,
    /// The words of its language.
    pub strings: &'s Strings,
}

impl Menu<'_> {
    /// Both menus.
    pub fn view(&self) -> MenuView {
        let handbook = &*self.site.handbook;
        let place = self.here.and_then(|here| self.site.place_at_top(here));
        let shown = part(handbook.top.len(), TOP, || place.unwrap_or_default());
        let above = place.map(|place| handbook.top[place]);
        let entry = |subject: &Subject| {
            let entry = self.entry(*subject, Vec::new());
            let is_above = entry.current.is_none() && Some(*subject) == above;
            MenuEntry { number: None, current: if is_above { Some("true") } else { entry.current }, ..entry }
        };
        MenuView {
            all: self.all_pages(0, shown.len(), handbook.top.len()),
            entries: handbook.top[shown].iter().map(entry).collect(),
            section: self.here.and_then(|here| handbook.section(here)).map(|section| self.section(section)),
        }
    }

    fn section(&self, section: Subject) -> SectionMenu {
        let (groups, all) = match section {
            Subject::Page(page) => self.pages(page),
            Subject::Framework(framework) => (self.framework(framework), None),
            Subject::Item(..) | Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => (Vec::new(), None),
        };
        let MenuEntry { title, href, current, .. } = self.entry(section, Vec::new());
        SectionMenu { title, href, current, groups, all }
    }

    /// The pages of a section, and where all of them are listed.
    fn pages(&self, section: usize) -> (Vec<MenuGroup>, Option<Link>) {
        let children = &self.site.handbook.pages[section].children;
        let place = || self.here.map_or(0, |here| self.site.place_in_section(here, section));
        let shown = part(children.len(), SECTION, place);
        let all = self.all_pages(section, shown.len(), children.len());
        let entries = children[shown].iter().map(|child| self.entry(Subject::Page(*child), Vec::new())).collect();
        (vec![MenuGroup { title: None, entries, all: None }], all)
    }

    /// The values of a framework with their behaviours, its points scale by scale, and its profiles.
    fn framework(&self, index: usize) -> Vec<MenuGroup> {
        let framework = &self.site.handbook.frameworks[index];
        let section = Subject::Framework(index);
        let here = match self.here {
            Some(Subject::Item(here, at)) if here == index => Some(at),
            _ => None,
        };
        let value = |value: usize| {
            let subject = |behaviour| Subject::Item(index, ItemRef { value, behaviour });
            let place = here.filter(|here| here.value == value).and_then(|here| here.behaviour).unwrap_or_default();
            let behaviour = |behaviour| self.entry(subject(Some(behaviour)), Vec::new());
            let count = framework.values[value].behaviours.len();
            let (mut inside, all) = self.group(subject(None), count, place, behaviour);
            inside.extend(all.map(|all| MenuEntry {
                title: all.title,
                number: None,
                href: self.href(&all.url),
                current: None,
                entries: Vec::new(),
            }));
            self.entry(subject(None), inside)
        };
        let place = here.map_or(0, |here| here.value);
        let mut groups =
            vec![(values_title(framework, self.strings), self.group(section, framework.values.len(), place, value))];
        for (at, scale) in framework.scales.iter().enumerate().filter(|(_, scale)| scale.kind.has_pages()) {
            let place = match self.here {
                Some(Subject::Point(here, scale, point)) if (here, scale) == (index, at) => point,
                _ => 0,
            };
            let entry = |point| self.entry(Subject::Point(index, at, point), Vec::new());
            let title = self.strings.filled("generated.by_scale", &[("scale", &scale.title)]);
            groups.push((title, self.group(section, scale.points.len(), place, entry)));
        }
        let place = match self.here {
            Some(Subject::Profile(here, profile)) if here == index => profile,
            _ => 0,
        };
        let entry = |profile| self.entry(Subject::Profile(index, profile), Vec::new());
        let title = self.strings.text("generated.profiles").to_owned();
        groups.push((title, self.group(section, framework.profiles.len(), place, entry)));
        groups.retain(|(_, (entries, _))| !entries.is_empty());
        let has_titles = groups.len() > 1;
        let group = |(title, (entries, all))| MenuGroup { title: Some(title).filter(|_| has_titles), entries, all };
        groups.into_iter().map(group).collect()
    }

    /// The entries of a list around a place, and where all of them are listed if these are fewer: on the page of what they belong to.
    fn group(
        &self,
        of: Subject,
        length: usize,
        place: usize,
        entry: impl FnMut(usize) -> MenuEntry,
    ) -> (Vec<MenuEntry>, Option<Link>) {
        let handbook = &*self.site.handbook;
        let shown = part(length, SECTION, || place);
        let all = self.all(handbook.title(of), shown.len(), length);
        (shown.map(entry).collect(), all.map(|title| Link { title, url: handbook.url(of, None) }))
    }

    /// Where a page lists all entries, if fewer are shown.
    fn all_pages(&self, page: usize, shown: usize, count: usize) -> Option<Link> {
        let handbook = &*self.site.handbook;
        let title = if page == 0 { &handbook.config.title } else { &handbook.pages[page].title };
        let url = || handbook.url(Subject::Page(page), Some(children_heading(handbook, page).0));
        self.all(title, shown, count).map(|title| Link { title, url: url() })
    }

    /// "All 300 in Policies", if fewer are shown.
    fn all(&self, title: &str, shown: usize, count: usize) -> Option<String> {
        (shown < count).then(|| self.strings.filled("frame.all", &[("count", &count.to_string()), ("title", title)]))
    }

    fn entry(&self, subject: Subject, entries: Vec<MenuEntry>) -> MenuEntry {
        let handbook = &*self.site.handbook;
        let url = handbook.url(subject, None);
        let current = (url == self.url).then_some("page");
        MenuEntry {
            title: handbook.title(subject).to_owned(),
            number: number(handbook, subject),
            href: self.href(&url),
            current,
            entries,
        }
    }

    /// The way to an address. To a page of the same folder it is the short one: a tenth of a page where there are many.
    fn href(&self, url: &str) -> String {
        let folder = self.url.rfind('/').map(|end| &self.url[..=end]);
        match folder.and_then(|folder| url.strip_prefix(folder)) {
            Some(inside) => inside.to_owned(),
            None => [self.root, url].concat(),
        }
    }
}

fn values_title(framework: &Framework, strings: &Strings) -> String {
    let own = framework.terms.value.as_ref().map(|term| term.many.as_str());
    strings.filled("generated.values", &[("many", own.unwrap_or_else(|| strings.text("terms.value.many")))])
}
