//! One state of the handbook that can be shown: what is drawn of it is what `build` would write.

use std::borrow::Cow;
use std::collections::HashSet;
use std::mem::{Discriminant, discriminant};
use std::path::PathBuf;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::later::Later;
use super::whole::Whole;
use crate::finding::Diagnostic;
use crate::handbook::Subject;
use crate::render::{Artifact, GALLERY, Renderer};
use crate::site::{Route, Show, Site};

/// A site, and what draws its pages when they are asked for.
pub struct Edition {
    renderer: Renderer,
    whole: Later<Whole>,
}

/// What stands at an address.
pub enum Shown {
    /// What Ethos makes: its path, which says what kind of file it is, and its bytes.
    Made(String, Vec<u8>),
    /// A file of the handbook.
    File(String, PathBuf),
    /// Nothing: the handbook's page that says so.
    Missing(Vec<u8>),
    /// A folder that was named without the `/` at its end: the folder's address.
    Folder(String),
}

impl Shown {
    /// A number that changes with what is shown. Of files, which are told apart by how they look on the disk, it is always 0.
    pub fn version(&self) -> u64 {
        match self {
            Self::Made(_, bytes) | Self::Missing(bytes) => xxh3_64(bytes),
            Self::File(..) | Self::Folder(_) => 0,
        }
    }
}

impl Edition {
    /// Of a site.
    pub fn new(site: Arc<Site>) -> Self {
        Self { renderer: Renderer::new(site), whole: Later::default() }
    }

    /// What is made of the whole handbook, by the [worker](super::derivation).
    pub fn whole(&self) -> &Later<Whole> {
        &self.whole
    }

    /// The site.
    pub fn site(&self) -> &Site {
        self.renderer.site()
    }

    /// What is published at a path, decoded and without its first `/`; at a folder's, its index.
    pub fn route(&self, path: &str) -> Option<&Route> {
        self.site().route(&file_at(path))
    }

    /// What stands at such a path; `whole` is there where the path [needs it](Self::needs_whole).
    ///
    /// # Errors
    /// What to tell the author: of a theme whose template fails, of a page that grows out of all proportion.
    pub fn show(&self, path: &str, whole: Option<&Whole>) -> Result<Shown, Box<Diagnostic>> {
        if let Some(route) = self.route(path) {
            let file = route.path.to_string();
            let drawn = match whole {
                Some(whole) => self.renderer.draw_with(route, &whole.derived),
                None => self.renderer.draw(route),
            };
            return Ok(match drawn? {
                Artifact::Bytes(bytes) => Shown::Made(file, bytes),
                Artifact::File(disk) => Shown::File(file, disk),
            });
        }
        if let Some((file, text)) = whole.and_then(|whole| whole.files.get_key_value(path)) {
            return Ok(Shown::Made(file.clone(), text.clone().into_bytes()));
        }
        if let Some(file) = file_at(path).strip_prefix(GALLERY)
            && let Some(bytes) = self.renderer.draw_gallery(file)?
        {
            return Ok(Shown::Made(file_at(path).into_owned(), bytes));
        }
        let folder = format!("{path}/");
        if self.route(&folder).is_some() || folder == GALLERY {
            return Ok(Shown::Folder(folder));
        }
        Ok(Shown::Missing(self.renderer.draw_missing()?))
    }

    /// A number that changes with what stands at a path; a file's follows the file. None where it isn't known yet.
    ///
    /// # Errors
    /// As [`show`](Self::show).
    pub fn version(&self, path: &str) -> Result<Option<u64>, Box<Diagnostic>> {
        let whole = self.whole.now();
        if whole.is_none() && self.needs_whole(path) {
            return Ok(None);
        }
        self.draw_in_turn(path, || Ok(Some(self.show(path, whole.as_deref())?.version())))
    }

    /// Does the work for a path among the cores: however many ask at once, only so many pages are in the making. It waits for what is
    /// made of the whole handbook where the path needs that; none where that was abandoned, since a newer edition has come.
    pub fn in_turn<T: Send>(&self, path: &str, work: impl FnOnce(Option<&Whole>) -> T + Send) -> Option<T> {
        let whole = if self.needs_whole(path) { Some(self.whole.wait()?) } else { None };
        Some(self.draw_in_turn(path, || work(whole.as_deref())))
    }

    /// The print page is drawn by all cores: on one of them it would take up other pages while it waits for the rest.
    fn draw_in_turn<T: Send>(&self, path: &str, work: impl FnOnce() -> T + Send) -> T {
        let is_print = self.route(path).is_some_and(|route| route.show == Show::Print);
        if is_print { work() } else { rayon::scope(|_| work()) }
    }

    /// Whether what stands at a path takes the whole handbook to make, and so is told to tabs after all other pages.
    pub fn is_late(&self, path: &str) -> bool {
        self.needs_whole(path) || self.route(path).is_some_and(|route| route.show == Show::Print)
    }

    fn needs_whole(&self, path: &str) -> bool {
        path.starts_with(SEARCH_FILES) || self.route(path).is_some_and(|route| route.show.is_derived())
    }

    /// Draws a page of each kind, so that a template that fails is known before somebody looks. Pages whose making takes the whole
    /// handbook wait until they are asked for.
    pub fn try_templates(&self) -> Vec<Diagnostic> {
        let mut tried = HashSet::new();
        let routes = self.site().routes.iter();
        let first = routes.filter(|route| self.kind(route.show).is_some_and(|kind| tried.insert(kind)));
        first.filter_map(|route| self.renderer.draw(route).err()).map(|found| *found).collect()
    }

    /// The kind of what is shown; none for what has no template or shows the whole handbook.
    fn kind(&self, show: Show) -> Option<Kind> {
        let subject = match show {
            Show::Search | Show::Index | Show::Letter(_) | Show::Print | Show::Data(_) | Show::Table(_) => return None,
            Show::Subject(subject) => Some(subject),
            _ => None,
        };
        let pages = &self.site().handbook.pages;
        Some(Kind {
            show: discriminant(&show),
            subject: subject.as_ref().map(discriminant),
            is_home: subject == Some(Subject::Page(0)),
            is_section: matches!(subject, Some(Subject::Page(page)) if pages[page].is_section()),
            is_behaviour: matches!(subject, Some(Subject::Item(_, at)) if at.behaviour.is_some()),
        })
    }
}

/// What is the same is drawn by the same template.
#[derive(PartialEq, Eq, Hash)]
struct Kind {
    show: Discriminant<Show>,
    subject: Option<Discriminant<Subject>>,
    is_home: bool,
    is_section: bool,
    is_behaviour: bool,
}

/// The files of the search.
const SEARCH_FILES: &str = "search/";

/// The file that a web server shows at a path.
fn file_at(path: &str) -> Cow<'_, str> {
    let is_folder = path.is_empty() || path.ends_with('/');
    if is_folder { format!("{path}index.html").into() } else { path.into() }
}
