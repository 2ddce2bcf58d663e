//! Links: from what an address says to what it leads to, before anything is drawn.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Handbook, Page, Subject};
use crate::content::link::{Destination, Link, relative};
use crate::content::prose::Prose;
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::framework::Cell;
use crate::slug::slug;
use crate::source::{Sources, Span, name};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<'a> {
    /// Something of the handbook, perhaps a place on it.
    Inside {
        /// What.
        to: Subject,
        /// The id of the place.
        fragment: Option<Cow<'a, str>>,
    },
    /// Another site, an e-mail or telephone address.
    Outside(&'a str),
}

impl Handbook {
    /// What a link leads to. None where it leads nowhere: the words are shown without a link, and the author has been told.
    pub fn target<'a>(&'a self, link: &'a Link) -> Option<Target<'a>> {
        match &link.to {
            Destination::Inside { path, fragment } => {
                let to = *self.subjects.get(path.as_deref()?)?;
                match fragment {
                    Some(fragment) => self.place(to, fragment),
                    None => Some(Target::Inside { to, fragment: None }),
                }
            }
            Destination::Outside => Some(Target::Outside(link.destination.trim())),
            Destination::Nowhere => None,
        }
    }

    /// The place that a fragment means.
    fn place<'a>(&'a self, to: Subject, fragment: &'a str) -> Option<Target<'a>> {
        let here = Target::Inside { to, fragment: Some(fragment.into()) };
        match to {
            Subject::Page(page) => self.pages[page].has_place(fragment).then_some(here),
            Subject::Framework(index) => self.in_framework(index, fragment),
            Subject::Item(framework, at) => self.item(framework, at).anchors.has(fragment).then_some(here),
            Subject::Point(..) | Subject::Profile(..) => None,
            Subject::Asset(_) => Some(here),
        }
    }

    /// Whether a page has a place of an id. What is unknown of a page counts as there.
    pub fn has_fragment(&self, subject: Subject, fragment: &str) -> bool {
        match subject {
            Subject::Page(page) => self.pages[page].has_place(fragment),
            Subject::Framework(framework) => self.frameworks[framework].anchors.has(fragment),
            Subject::Item(framework, at) => self.item(framework, at).anchors.has(fragment),
            Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => true,
        }
    }

    /// A value, a behaviour (`value/behaviour` where it isn't the only one), a point (`scale/point`), a profile, an indicator, or a
    /// heading of the introduction.
    fn in_framework<'a>(&'a self, index: usize, fragment: &'a str) -> Option<Target<'a>> {
        let framework = &self.frameworks[index];
        let at = |to| Target::Inside { to, fragment: None };
        let item = framework.items().find(|at| {
            let item = framework.item(*at);
            let whole = || format!("{}/{}", framework.values[at.value].item.id, item.id) == fragment;
            item.id == fragment || (at.behaviour.is_some() && whole())
        });
        if let Some(item) = item {
            return Some(at(Subject::Item(index, item)));
        }
        if let Some(profile) = framework.profiles.iter().position(|profile| profile.id == fragment) {
            return Some(at(Subject::Profile(index, profile)));
        }
        if let Some(target) = self.point(index, fragment) {
            return Some(target);
        }
        let (rest, name) = fragment.rsplit_once('/').map_or((None, fragment), |(rest, name)| (Some(rest), name));
        for (at, cell) in framework.cells() {
            let is_here = rest.is_none_or(|rest| {
                framework.item(at).id == rest || rest.ends_with(&format!("/{}", framework.item(at).id))
            });
            if is_here && cell.indicators.iter().any(|indicator| indicator.id == name) {
                return Some(Target::Inside { to: Subject::Item(index, at), fragment: Some(name.into()) });
            }
        }
        framework
            .anchors
            .has(fragment)
            .then(|| Target::Inside { to: Subject::Framework(index), fragment: Some(fragment.into()) })
    }

    /// The page of a point, or for ratings and stances, which have none, its words on the framework's page.
    fn point(&self, index: usize, fragment: &str) -> Option<Target<'_>> {
        let framework = &self.frameworks[index];
        let (scale_id, point_id) =
            fragment.split_once('/').map_or((None, fragment), |(scale, point)| (Some(scale), point));
        let (scale, point) = framework.scales.iter().enumerate().find_map(|(index, scale)| {
            let is_meant = scale_id.is_none_or(|id| scale.id == id);
            scale.points.iter().position(|point| is_meant && point.id == point_id).map(|point| (index, point))
        })?;
        if framework.scales[scale].kind.has_pages() {
            return Some(Target::Inside { to: Subject::Point(index, scale, point), fragment: None });
        }
        let fragment = framework.scales[scale].point_anchor(point).map(Cow::Owned);
        Some(Target::Inside { to: Subject::Framework(index), fragment })
    }

    /// Every piece of prose of pages and frameworks.
    pub fn proses(&self) -> impl Iterator<Item = &Prose> {
        let pages = self.pages.iter().filter_map(|page| page.document.as_ref()).map(|document| &document.body);
        pages.chain(self.frameworks.iter().flat_map(|framework| framework.prose()))
    }
}

impl Page {
    fn has_place(&self, fragment: &str) -> bool {
        let in_text = |body: &Prose| body.outline.has_heading(fragment) || body.ids.iter().any(|id| id == fragment);
        self.document.as_ref().is_some_and(|document| in_text(&document.body))
            || self.numbers.has_anchor(fragment)
            || self.chapter.is_some_and(|chapter| chapter.to_string() == fragment)
    }
}

/// What each source is, by its path.
pub fn subjects(handbook: &Handbook, sources: &Sources) -> FxHashMap<Arc<str>, Subject> {
    let mut subjects = FxHashMap::default();
    subjects.reserve(handbook.pages.len() + handbook.assets.len());
    subjects.extend(handbook.pages.iter().enumerate().map(|(index, page)| (page.source.clone(), Subject::Page(index))));
    let assets = handbook.assets.iter().enumerate();
    subjects.extend(assets.map(|(index, asset)| (asset.source.path.as_str().into(), Subject::Asset(index))));
    for (index, framework) in handbook.frameworks.iter().enumerate() {
        subjects.insert(sources.file(framework.file).path.clone(), Subject::Framework(index));
        for at in framework.items() {
            let file = framework.item(at).file;
            if file != framework.file {
                subjects.insert(sources.file(file).path.clone(), Subject::Item(index, at));
            }
        }
    }
    subjects
}

/// Finds what is wrong with links: those to what isn't there.
pub struct Judge<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// The texts.
    pub sources: &'a Sources,
}

impl<'a> Judge<'a> {
    /// What to tell the author of a link; none where it holds.
    pub fn finding(&self, link: &Link) -> Option<Diagnostic> {
        let Destination::Inside { path, fragment } = &link.to else {
            return None;
        };
        if self.handbook.target(link).is_some() {
            return None;
        }
        match path.as_deref().and_then(|path| self.handbook.subjects.get(path)) {
            Some(to) => Some(self.missing_place(*to, fragment.as_deref()?).at(fragment_span(link))),
            None => Some(self.missing_page(link, path.as_deref())?.at(link.span)),
        }
    }

    fn missing_page(&self, link: &Link, wanted: Option<&str>) -> Option<Diagnostic> {
        let known = wanted.and_then(|wanted| self.sources.by_path(wanted));
        let Some(file) = known else {
            let from = &self.sources.file(link.span.file).path;
            return Some(self.missing(from, &link.path(), wanted, link.is_image));
        };
        // What else is there but isn't a subject couldn't be read, and has its own finding.
        self.handbook.hidden.contains(&file.id).then(|| {
            Diagnostic::new(codes::LINK_TO_DRAFT, format!("`{}` is a draft, which isn't published", link.path()))
                .help("take the link out until the page is ready, or take `draft = true` out of that page")
        })
    }

    fn missing(&self, from: &str, path: &str, wanted: Option<&str>, is_image: bool) -> Diagnostic {
        let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
        let is_page = !is_image
            && (name::is_markdown(name) || name::is_toml(name) || name.ends_with(".html") || !name.contains('.'));
        let code = if is_page { codes::BROKEN_LINK } else { codes::MISSING_FILE };
        let message = match (is_page, is_image) {
            (true, _) => format!("there is no page `{path}`"),
            (false, true) => format!("there is no image `{path}`"),
            (false, false) => format!("there is no file `{path}`"),
        };
        let diagnostic = Diagnostic::new(code, message);
        let Some(wanted) = wanted else {
            return diagnostic
                .help("the address leads out of the handbook; it is counted from the file that it stands in");
        };
        match self.guess(wanted) {
            Some(guess) => diagnostic.help(format!("did you mean `{}`?", relative(from, guess))),
            None if is_page => {
                diagnostic.help("name the page's own file, counted from this one, such as ../about/contact.md")
            }
            None => diagnostic.help("put the file beside this page, or correct its name"),
        }
    }

    /// The source that was probably meant.
    fn guess(&self, wanted: &str) -> Option<&'a str> {
        let mut paths: Vec<&str> = self.handbook.subjects.keys().map(|path| &**path).collect();
        paths.sort_unstable();
        let wanted = wanted.trim_end_matches('/');
        let stem = wanted.strip_suffix(".html").or_else(|| name::markdown_stem(wanted)).unwrap_or(wanted);
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        let inside = stem.strip_prefix("content/").unwrap_or(stem);
        let candidates = [
            format!("{stem}.md"),
            format!("{stem}/index.md"),
            format!("{stem}.toml"),
            format!("content/{inside}.md"),
            format!("content/{inside}/index.md"),
            format!("frameworks/{inside}.toml"),
        ];
        let exact = candidates.iter().find_map(|candidate| self.handbook.subjects.get_key_value(candidate.as_str()));
        // "pay.md" for "pay.markdown", and "Leave.md" for "leave.MD".
        let same_stem = || {
            let is_same = |path: &&str| name::markdown_stem(path).is_some_and(|own| own.eq_ignore_ascii_case(stem));
            paths.iter().copied().find(is_same)
        };
        let same_letters = || paths.iter().copied().find(|path| path.eq_ignore_ascii_case(wanted));
        let (folder, name) = wanted.rsplit_once('/').unwrap_or(("", wanted));
        let same_name = || {
            let mut found =
                paths.iter().copied().filter(|path| name_of(path) == name && name::section_folder(path).is_none());
            found.next().filter(|_| found.next().is_none())
        };
        let near_name = || {
            let beside = |path: &&str| path.rsplit_once('/').is_some_and(|(own, _)| own == folder);
            let near = nearest(name, paths.iter().copied().filter(beside).map(name_of))?;
            paths.iter().copied().find(|path| beside(path) && name_of(path) == near)
        };
        let near_section = || {
            let section = |path: &&'a str| name::section_folder(path).and_then(|section| section.rsplit_once('/'));
            let beside = |path: &&'a str| section(path).is_some_and(|(around, _)| around == folder);
            let own = |path: &'a str| section(&path).map_or("", |(_, own)| own);
            let near = nearest(name_of(stem), paths.iter().copied().filter(beside).map(own))?;
            paths.iter().copied().find(|path| beside(path) && own(path) == near)
        };
        exact
            .map(|(path, _)| &**path)
            .or_else(same_stem)
            .or_else(same_letters)
            .or_else(same_name)
            .or_else(near_name)
            .or_else(near_section)
    }

    fn missing_place(&self, to: Subject, fragment: &str) -> Diagnostic {
        let known = self.places(to);
        let diagnostic = Diagnostic::new(
            codes::BROKEN_FRAGMENT,
            format!("“{}” has no place `#{fragment}`", self.handbook.title(to)),
        );
        let near = nearest(fragment, known.iter().map(String::as_str)).or_else(|| {
            let as_slug = slug(fragment);
            known
                .iter()
                .map(String::as_str)
                .find(|own| **own == as_slug || (!as_slug.is_empty() && own.contains(&as_slug)))
        });
        match near {
            Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
            None if known.is_empty() => diagnostic.help("that page has no headings; link to the page alone"),
            None => {
                diagnostic.help(format!("its places are {}", crate::diagnostic::list(known.iter().map(String::as_str))))
            }
        }
    }

    fn places(&self, to: Subject) -> Vec<String> {
        match to {
            Subject::Page(page) => {
                let page = &self.handbook.pages[page];
                let headings = page.headings().map(|(_, heading)| heading.anchor.clone());
                headings.chain(page.numbers.anchors().map(str::to_owned)).collect()
            }
            Subject::Framework(index) => {
                let framework = &self.handbook.frameworks[index];
                let items = framework.items().map(|at| framework.item(at).id.clone());
                let points = framework
                    .scales
                    .iter()
                    .flat_map(|scale| scale.points.iter().map(|point| format!("{}/{}", scale.id, point.id)));
                let profiles = framework.profiles.iter().map(|profile| profile.id.clone());
                let indicators = framework
                    .cells()
                    .flat_map(|(_, cell)| cell.indicators.iter().map(|indicator| indicator.id.clone()));
                items.chain(points).chain(profiles).chain(indicators).collect()
            }
            Subject::Item(framework, at) => {
                let cells = &self.handbook.item(framework, at).cells;
                let scales = &self.handbook.frameworks[framework].scales;
                let anchors = cells.iter().map(|cell| Cell::anchor(&cell.place, scales));
                anchors
                    .chain(cells.iter().flat_map(|cell| cell.indicators.iter().map(|indicator| indicator.id.clone())))
                    .collect()
            }
            Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => Vec::new(),
        }
    }
}

/// Where the fragment of a link stands, as far as the address is written as it is read.
fn fragment_span(link: &Link) -> Span {
    let whole = link.span;
    let is_plain = (whole.end - whole.start) as usize == link.destination.len();
    match link.destination.find('#').filter(|_| is_plain) {
        Some(at) => Span { start: whole.start + at as u32, ..whole },
        None => whole,
    }
}

/// The last part of a path.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
