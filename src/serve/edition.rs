//! One state of the handbook that can be shown: what is drawn of it is what `build` would write.

use std::path::PathBuf;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::handbook::Subject;
use crate::render::{Artifact, Renderer};
use crate::site::{Route, Show, Site};

/// A site, and what draws its pages when they are asked for.
pub struct Edition {
    renderer: Renderer,
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

/// Does the work for a path among the cores: however many ask at once, only so many pages are in the making. What all cores make
/// together, out of the whole handbook, isn't done by one of them: it would take up other pages while it waits for the rest.
pub fn in_turn<T: Send>(path: &str, work: impl FnOnce() -> T + Send) -> T {
    let is_whole = path.starts_with("search") || path == "print.html";
    if is_whole { work() } else { rayon::scope(|_| work()) }
}

impl Edition {
    /// Of a site.
    pub fn new(site: Arc<Site>) -> Self {
        Self { renderer: Renderer::new(site) }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        self.renderer.site()
    }

    /// What stands at a path, decoded and without its first `/`.
    ///
    /// # Errors
    /// What to tell the author: of a theme whose template fails, of a page that grows out of all proportion.
    pub fn show(&self, path: &str) -> Result<Shown, Box<Diagnostic>> {
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(route) = self.site().route(&file) {
            return Ok(match self.renderer.draw(route)? {
                Artifact::Bytes(bytes) => Shown::Made(file, bytes),
                Artifact::File(disk) => Shown::File(file, disk),
            });
        }
        // The index is only made for those who search.
        let parts = if file.starts_with("search/") { self.site().search() } else { None };
        if let Some((_, text)) = parts.and_then(|search| search.files.iter().find(|(path, _)| *path == file)) {
            return Ok(Shown::Made(file, text.clone().into_bytes()));
        }
        if self.site().route(&format!("{file}/index.html")).is_some() {
            return Ok(Shown::Folder(format!("{file}/")));
        }
        Ok(Shown::Missing(self.renderer.draw_missing()?.into_bytes()))
    }

    /// What stands at a path, and a number that changes with it; a file's follows the file.
    ///
    /// # Errors
    /// As [`show`](Self::show).
    pub fn version(&self, path: &str) -> Result<u64, Box<Diagnostic>> {
        in_turn(path, || Ok(self.show(path)?.version()))
    }

    /// Draws a page of each kind, so that a template that fails is known before somebody looks. Pages whose making takes the whole
    /// handbook wait until they are asked for.
    pub fn try_templates(&self) -> Vec<Diagnostic> {
        let mut tried: Vec<String> = Vec::new();
        let mut is_new = |route: &&Route| {
            let kind = match route.show {
                Show::Subject(subject) => format!("{:?}", std::mem::discriminant(&subject)) + &self.depth(route),
                Show::Search | Show::Index | Show::Letter(_) | Show::Print | Show::Data(_) | Show::Table(_) => {
                    return false;
                }
                show => format!("{:?}", std::mem::discriminant(&show)),
            };
            let is_new = !tried.contains(&kind);
            if is_new {
                tried.push(kind);
            }
            is_new
        };
        let routes: Vec<&Route> = self.site().routes.iter().filter(|route| is_new(route)).collect();
        routes.into_iter().filter_map(|route| self.renderer.draw(route).err()).map(|found| *found).collect()
    }

    /// Sections and pages, values and behaviours have templates of their own.
    fn depth(&self, route: &Route) -> String {
        let Show::Subject(subject) = route.show else {
            return String::new();
        };
        let handbook = &self.site().handbook;
        match subject {
            Subject::Page(0) => "home".to_owned(),
            Subject::Page(page) => handbook.pages[page].source.ends_with("index.md").to_string(),
            Subject::Item(_, at) => at.behaviour.is_some().to_string(),
            _ => String::new(),
        }
    }
}
