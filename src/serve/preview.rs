//! What is shown now: the last good edition, and what is wrong with what is on the disk.

use std::io;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use xxhash_rust::xxh3::xxh3_64;

use super::edition::Edition;
use super::page;
use super::tabs::{Tabs, Versions, Watched};
use crate::finding::Diagnostic;
use crate::text::Sources;

/// The state that all connections share.
pub struct Preview {
    /// The handbook's real folder.
    root: PathBuf,
    now: RwLock<Now>,
    tabs: Tabs,
}

struct Now {
    /// None until the handbook is whole for the first time.
    edition: Option<Arc<Edition>>,
    findings: Arc<Findings>,
}

/// What was found the last time that the handbook was put together, as it is shown.
#[derive(Default)]
pub struct Findings {
    /// In the order of files.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they are about.
    pub sources: Arc<Sources>,
    /// As HTML.
    pub html: String,
    /// Changes with the HTML.
    pub version: u64,
}

impl Findings {
    /// Of diagnostics that are in order.
    pub fn new(diagnostics: Vec<Diagnostic>, sources: Arc<Sources>) -> Self {
        let html = page::findings(&diagnostics, &sources);
        let version = xxh3_64(html.as_bytes());
        Self { diagnostics, sources, html, version }
    }

    /// Whether anything stops the handbook from being shown.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

impl Preview {
    /// Of a handbook in a real folder, with nothing to show yet.
    pub fn new(root: PathBuf) -> Self {
        let now = Now { edition: None, findings: Arc::default() };
        Self { root, now: RwLock::new(now), tabs: Tabs::default() }
    }

    /// The handbook's real folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What is shown.
    pub fn edition(&self) -> Option<Arc<Edition>> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).edition.clone()
    }

    /// What was found.
    pub fn findings(&self) -> Arc<Findings> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).findings.clone()
    }

    /// Shows what was put together: an edition if it is good, and what was found in any case; then tells the tabs, of whose pages
    /// `versions` are known, and of the addresses of `files` that have changed. Gives back what was shown before.
    pub fn show(
        &self,
        edition: Option<Arc<Edition>>,
        versions: &Versions,
        findings: Findings,
        files: &[String],
    ) -> Option<Arc<Edition>> {
        let version = findings.version;
        let last = {
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            now.findings = Arc::new(findings);
            edition.as_ref().and_then(|edition| now.edition.replace(edition.clone()))
        };
        // Known of most pages, but not of one that was opened meanwhile, or that takes the whole handbook to make.
        let version_of = |path: &str| versions.get(path).copied().or_else(|| edition.as_ref()?.version(path).ok()?);
        self.tabs.tell(version_of, version, files);
        last
    }

    /// Tells the tabs that show what is made of the whole handbook, once that is there for an edition, and shows what was found on the
    /// way beside what was shown at some version. Gives the findings if they are news.
    pub fn complete(&self, edition: &Arc<Edition>, version: u64, findings: Option<Findings>) -> Option<Arc<Findings>> {
        let (version, news) = {
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            if !now.edition.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, edition)) {
                return None;
            }
            let news = findings.filter(|findings| now.findings.version == version && findings.version != version);
            let news = news.map(Arc::new);
            now.findings = news.clone().unwrap_or_else(|| now.findings.clone());
            (now.findings.version, news)
        };
        let version_of = |path: &str| edition.is_late(path).then(|| edition.version(path).ok()?).flatten();
        self.tabs.tell(version_of, version, &[]);
        news
    }

    /// Draws the pages that tabs show: their versions, and what is wrong with those that can't be drawn. What takes the whole handbook
    /// to make waits until the new state is shown, so that it keeps no other page waiting.
    pub fn draw_watched(&self, edition: &Edition, versions: &mut Versions) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for path in self.tabs.paths().into_iter().filter(|path| !edition.is_late(path)) {
            match edition.version(&path) {
                Ok(version) => versions.extend(version.map(|version| (path, version))),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
        found
    }

    /// Begins a stream of events.
    ///
    /// # Errors
    /// Where the other side is gone.
    pub fn open_stream(&self, stream: TcpStream, head: &[u8], pages: Vec<Watched>) -> io::Result<()> {
        self.tabs.open(stream, head, pages, |mut pages| {
            if let Some(edition) = self.edition() {
                pages.iter_mut().for_each(|page| page.version = version_in(&edition, &page.path));
            }
            (pages, self.findings().version)
        })
    }
}

/// 0 where it isn't known, or nothing can be drawn.
fn version_in(edition: &Edition, path: &str) -> u64 {
    edition.version(path).ok().flatten().unwrap_or_default()
}
