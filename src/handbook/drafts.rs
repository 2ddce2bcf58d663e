//! Which files are drafts, decided from the texts before anything else is made of them: what isn't built isn't parsed either, so a draft
//! may be as unfinished as it likes until it is asked for.

use std::collections::HashSet;
use std::sync::Arc;

use memchr::memmem;
use rayon::prelude::*;

use crate::content::front_matter;
use crate::finding::Findings;
use crate::text::{FileId, SourceFile, Sources, name};
use crate::toml_source;

/// What isn't built.
#[derive(Debug, Default)]
pub struct Drafts {
    texts: HashSet<FileId>,
    /// Folders that are drafts with all that is in them, each with a slash at its end.
    folders: HashSet<String>,
}

impl Drafts {
    /// The drafts among the texts: pages and frameworks that say so; all that stands in the folder of a draft section, files too; the
    /// Markdown of a draft framework; the behaviours of a draft value.
    pub fn of(sources: &Sources) -> Self {
        let own: Vec<&Arc<SourceFile>> = sources.files().par_iter().filter(|file| is_draft(file)).collect();
        let folders = own.iter().filter_map(|file| folder(&file.path)).collect();
        let mut drafts = Self { texts: own.into_iter().map(|file| file.id).collect(), folders };
        let below = sources.files().iter().filter(|file| drafts.holds(&file.path)).map(|file| file.id);
        let below: Vec<FileId> = below.collect();
        drafts.texts.extend(below);
        drafts
    }

    /// Whether a text is a draft or belongs to one.
    pub fn has(&self, text: FileId) -> bool {
        self.texts.contains(&text)
    }

    /// Whether a path stands in the folder of a draft.
    pub fn holds(&self, path: &str) -> bool {
        !self.folders.is_empty() && path.match_indices('/').any(|(slash, _)| self.folders.contains(&path[..=slash]))
    }
}

/// Whether a page or framework says of itself that it is a draft. What is wrong with it is noted when it is parsed.
fn is_draft(file: &SourceFile) -> bool {
    // Hardly any text holds the word, so hardly any settings are parsed twice.
    let may_be = memmem::find(file.text.as_bytes(), b"draft").is_some();
    if may_be && name::is_markdown(&file.path) {
        return front_matter::is_draft(file);
    }
    let is_framework = file.path.starts_with("frameworks/") && name::is_toml(&file.path);
    may_be && is_framework && {
        let read = |table: toml_source::Table<'_>| table.boolean("draft").unwrap_or(false);
        let draft = toml_source::parse(file, 0..file.text.len(), "this framework", &Findings::default(), read);
        draft.unwrap_or(false)
    }
}

/// The folder that a draft takes with it, with a slash at its end: "content/about/" of "content/about/index.md",
/// "frameworks/values/" of "frameworks/values.toml", "frameworks/values/kind/" of "frameworks/values/kind.md".
fn folder(path: &str) -> Option<String> {
    if path.starts_with("content/") {
        return name::section_folder(path).map(|folder| format!("{folder}/"));
    }
    path.rsplit_once('.').map(|(stem, _)| format!("{stem}/"))
}
