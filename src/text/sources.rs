//! All files of a handbook.

use std::path::PathBuf;
use std::sync::Arc;

use super::{FileId, SourceFile, name};

/// A file that is passed through as it is: an image, a PDF.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Relative to the project's root, with `/` between folders.
    pub path: String,
    /// Where it is on the disk.
    pub disk: PathBuf,
    /// What is published in its place, where that isn't the file itself: a drawing without what only its editor reads.
    pub plain: Option<String>,
}

/// Every file of a handbook, sorted by path.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
    /// The place of each file in `files`, by its id; ids of files that are gone point anywhere.
    places: Vec<u32>,
    /// Files that aren't text that Ethos reads.
    pub assets: Vec<Arc<Asset>>,
}

impl Sources {
    /// Texts by path, and the files that are passed through.
    pub fn new(mut texts: Vec<(String, String)>, assets: Vec<Asset>) -> Self {
        texts.sort();
        let texts = texts.into_iter().zip(0..);
        let files = texts.map(|((path, text), id)| Arc::new(SourceFile::new(FileId(id), &path, text))).collect();
        let mut assets: Vec<_> = assets.into_iter().map(Arc::new).collect();
        assets.sort_by(|a, b| a.path.cmp(&b.path));
        Self::of_sorted(files, assets)
    }

    /// Files and assets that are in the order of their paths.
    pub fn of_sorted(files: Vec<Arc<SourceFile>>, assets: Vec<Arc<Asset>>) -> Self {
        let ids = files.iter().map(|file| file.id.0 as usize + 1).max().unwrap_or_default();
        let mut places = vec![0; ids];
        for (file, place) in files.iter().zip(0..) {
            places[file.id.0 as usize] = place;
        }
        Self { files, places, assets }
    }

    /// The file of an id that these sources gave.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[self.places[id.0 as usize] as usize]
    }

    /// The file at a path.
    pub fn by_path(&self, path: &str) -> Option<&Arc<SourceFile>> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok().map(|at| &self.files[at])
    }

    /// All text files, in the order of their paths.
    pub fn files(&self) -> &[Arc<SourceFile>] {
        &self.files
    }

    /// The Markdown files below a folder ("content").
    pub fn markdown_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Arc<SourceFile>> {
        self.below(folder).filter(|file| name::is_markdown(&file.path))
    }

    /// The TOML files below a folder ("frameworks").
    pub fn toml_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Arc<SourceFile>> {
        self.below(folder).filter(|file| name::is_toml(&file.path))
    }

    fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Arc<SourceFile>> {
        let is_below = move |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.files.iter().filter(move |file| is_below(&file.path))
    }
}
