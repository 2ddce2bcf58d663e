//! The menus beside a page: of the handbook, and of the section or framework that it stands in.
//!
//! Of long lists a page shows only the entries around its own place: were they whole, a site would grow with the square of its pages.
//! Pages of one folder that show the same [slices](MenuSlices) share a view, since making it would be a tenth of a build; the template
//! is drawn for each of them, and marks the link to the page itself.

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

/// Which entries of each list a menu shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MenuSlices {
    /// Of the top level.
    top: Range<usize>,
    /// What the second menu is of; none for pages that stand in no section.
    section: Option<Subject>,
    /// Of a section's pages, or of a framework's values, then the points of each scale that has pages, then the profiles.
    lists: Vec<Range<usize>>,
    /// Of the behaviours of the value that the page stands in, where they are too many.
    behaviours: Option<(usize, Range<usize>)>,
}

impl MenuSlices {
    /// Those on the page of a subject, or on a page that Ethos makes itself.
    pub fn of(site: &Site, here: Option<Subject>) -> Self {
        let handbook = &*site.handbook;
        let place = || here.and_then(|here| site.place_at_top(here)).unwrap_or_default();
        let top = part(handbook.top.len(), TOP, place);
        let section = here.and_then(|here| handbook.section(here));
        let (lists, behaviours) = match (here, section) {
            (Some(here), Some(Subject::Page(section))) => {
                let place = || site.place_in_section(here, section);
                (vec![part(handbook.pages[section].children.len(), SECTION, place)], None)
            }
            (Some(here), Some(Subject::Framework(framework))) => {
                let framework = &handbook.frameworks[framework];
                (in_framework(framework, here), behaviours(framework, here))
            }
            _ => (Vec::new(), None),
        };
        Self { top, section, lists, behaviours }
    }
}

/// The slices of a framework's lists on one of its pages.
fn in_framework(framework: &Framework, here: Subject) -> Vec<Range<usize>> {
    let place = || match here {
        Subject::Item(_, at) => at.value,
        _ => 0,
    };
    let mut lists = vec![part(framework.values.len(), SECTION, place)];
    for (index, scale) in framework.scales.iter().enumerate().filter(|(_, scale)| scale.kind.has_pages()) {
        let place = || match here {
            Subject::Point(_, scale, point) if scale == index => point,
            _ => 0,
        };
        lists.push(part(scale.points.len(), SECTION, place));
    }
    let place = || match here {
        Subject::Profile(_, profile) => profile,
        _ => 0,
    };
    lists.push(part(framework.profiles.len(), SECTION, place));
    lists
}

/// The slice of a value's behaviours on its page and theirs, where they are too many.
fn behaviours(framework: &Framework, here: Subject) -> Option<(usize, Range<usize>)> {
    let Subject::Item(_, at) = here else { return None };
    let count = framework.values[at.value].behaviours.len();
    (count > SECTION.longest).then(|| (at.value, part(count, SECTION, || at.behaviour.unwrap_or_default())))
}

/// The menus of pages in one folder.
pub struct Menus<'s> {
    /// The site.
    pub site: &'s Site,
    /// What they show.
    pub slices: &'s MenuSlices,
    /// The folder of the pages, as it stands in links: "" or "about/".
    pub folder: &'s str,
    /// The way from there to the site's root.
    pub root: &'s str,
    /// The words of their language.
    pub strings: &'s Strings,
}

impl Menus<'_> {
    /// Both menus.
    pub fn view(&self) -> MenuView {
        let handbook = &*self.site.handbook;
        let shown = &handbook.top[self.slices.top.clone()];
        let entry = |subject: &Subject| MenuEntry { number: None, ..self.entry(*subject, Vec::new()) };
        MenuView {
            all: self.all_pages(0, shown.len(), handbook.top.len()),
            entries: shown.iter().map(entry).collect(),
            section: self.slices.section.map(|section| self.section(section)),
        }
    }

    fn section(&self, section: Subject) -> SectionMenu {
        let (groups, all) = match section {
            Subject::Page(page) => self.pages(page),
            Subject::Framework(framework) => (self.framework(framework), None),
            Subject::Item(..) | Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => (Vec::new(), None),
        };
        let MenuEntry { title, url, href, .. } = self.entry(section, Vec::new());
        SectionMenu { title, url, href, groups, all }
    }

    /// The pages of a section, and where all of them are listed.
    fn pages(&self, section: usize) -> (Vec<MenuGroup>, Option<Link>) {
        let children = &self.site.handbook.pages[section].children;
        let shown = self.slices.lists.first().cloned().unwrap_or_default();
        let all = self.all_pages(section, shown.len(), children.len());
        let entries = children[shown].iter().map(|child| self.entry(Subject::Page(*child), Vec::new())).collect();
        (vec![MenuGroup { title: None, entries, all: None }], all)
    }

    /// The values of a framework with their behaviours, its points scale by scale, and its profiles.
    fn framework(&self, index: usize) -> Vec<MenuGroup> {
        let framework = &self.site.handbook.frameworks[index];
        let section = Subject::Framework(index);
        let mut slices = self.slices.lists.iter().cloned();
        let mut next = || slices.next().unwrap_or_default();
        let values: Vec<_> = next().map(|value| self.value(index, value)).collect();
        let mut groups = vec![(values_title(framework, self.strings), values, framework.values.len())];
        for (at, scale) in framework.scales.iter().enumerate().filter(|(_, scale)| scale.kind.has_pages()) {
            let points = next().map(|point| self.entry(Subject::Point(index, at, point), Vec::new())).collect();
            let title = self.strings.filled("generated.by_scale", &[("scale", &scale.title)]);
            groups.push((title, points, scale.points.len()));
        }
        let profiles = next().map(|profile| self.entry(Subject::Profile(index, profile), Vec::new())).collect();
        groups.push((self.strings.text("generated.profiles").to_owned(), profiles, framework.profiles.len()));
        groups.retain(|(_, entries, _)| !entries.is_empty());
        let has_titles = groups.len() > 1;
        let group = |(title, entries, count): (String, Vec<MenuEntry>, usize)| MenuGroup {
            title: Some(title).filter(|_| has_titles),
            all: self.all_in(section, entries.len(), count),
            entries,
        };
        groups.into_iter().map(group).collect()
    }

    /// A value with its behaviours; of too many, those around the page's own, or the first.
    fn value(&self, framework: usize, value: usize) -> MenuEntry {
        let subject = |behaviour| Subject::Item(framework, ItemRef { value, behaviour });
        let count = self.site.handbook.frameworks[framework].values[value].behaviours.len();
        let shown = match &self.slices.behaviours {
            Some((here, shown)) if *here == value => shown.clone(),
            _ => part(count, SECTION, || 0),
        };
        let all = self.all_in(subject(None), shown.len(), count);
        let mut inside: Vec<_> = shown.map(|behaviour| self.entry(subject(Some(behaviour)), Vec::new())).collect();
        inside.extend(all.map(|all| MenuEntry {
            title: all.title,
            number: None,
            href: self.href(&all.url),
            url: all.url,
            entries: Vec::new(),
        }));
        self.entry(subject(None), inside)
    }

    /// The page of a framework or value lists all its parts.
    fn all_in(&self, of: Subject, shown: usize, count: usize) -> Option<Link> {
        let handbook = &*self.site.handbook;
        self.all(handbook.title(of), shown, count).map(|title| Link { title, url: handbook.url(of, None) })
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
        MenuEntry {
            title: handbook.title(subject).to_owned(),
            number: number(handbook, subject),
            href: self.href(&url),
            url,
            entries,
        }
    }

    /// The way to an address. To a page of the same folder it is the short one: a tenth of a page where there are many.
    fn href(&self, url: &str) -> String {
        match url.strip_prefix(self.folder).filter(|_| !self.folder.is_empty()) {
            Some(inside) => inside.to_owned(),
            None => [self.root, url].concat(),
        }
    }
}

fn values_title(framework: &Framework, strings: &Strings) -> String {
    let own = framework.terms.value.as_ref().map(|term| term.many.as_str());
    strings.filled("generated.values", &[("many", own.unwrap_or_else(|| strings.text("terms.value.many")))])
}
