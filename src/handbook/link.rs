//! Links: from what an address says to what it leads to, before anything is drawn.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Handbook, Page, Subject};
use crate::content::link::{Destination, Link};
use crate::content::prose::Prose;
use crate::text::Sources;

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
            Destination::Inside { fragment, .. } => {
                let to = self.path_target(link)?;
                match fragment {
                    Some(fragment) => self.place(to, fragment),
                    None => Some(Target::Inside { to, fragment: None }),
                }
            }
            Destination::Outside => Some(Target::Outside(link.destination.trim())),
            Destination::Nowhere => None,
        }
    }

    /// What the path of a link leads to, whatever place on it the link names.
    pub fn path_target(&self, link: &Link) -> Option<Subject> {
        match &link.to {
            Destination::Inside { path, .. } => self.subjects.get(path.as_deref()?).copied(),
            Destination::Outside | Destination::Nowhere => None,
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
        if let Some(item) = framework.index.items(fragment).first() {
            return Some(at(Subject::Item(index, *item)));
        }
        if let Some(profile) = framework.index.profile(fragment) {
            return Some(at(Subject::Profile(index, profile)));
        }
        if let Some(target) = self.point(index, fragment) {
            return Some(target);
        }
        let (rest, name) = fragment.rsplit_once('/').map_or((None, fragment), |(rest, name)| (Some(rest), name));
        let mut owners = framework.index.with_indicator(name).iter().copied();
        let owner = owners.find(|at| {
            let id = framework.item(*at).id.as_str();
            rest.is_none_or(|rest| rest.strip_suffix(id).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')))
        });
        if let Some(at) = owner {
            return Some(Target::Inside { to: Subject::Item(index, at), fragment: Some(name.into()) });
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
            scale.point_names.with_id(point_id).filter(|_| is_meant).map(|point| (index, point))
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
        self.document.as_ref().is_some_and(|document| document.body.has_anchor(fragment))
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
