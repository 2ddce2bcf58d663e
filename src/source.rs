//! The files of a handbook: every text once, in the order of their paths, with the means to say where a byte stands.
//!
//! In: a project's folders. Out: [`Sources`]. No later stage reads the handbook's text from the disk. A [`Disk`] remembers what was
//! read, so that after a change only what changed is read again.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

mod disk;
pub mod fetch;
mod lines;
pub mod name;
mod read;
mod text;

pub use disk::{Change, Changed, Disk};
use lines::Lines;
pub use name::{is_left_alone, unpublishable};
pub use read::{FOLDERS, SETTINGS};
pub use text::Text;

/// Which source file. An id stays with a file for as long as the file is there, whatever is written into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

/// A stretch of a source file, in bytes. Made by [`SourceFile::span`] or [`Text::span`], which keep it on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One text file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its id.
    pub id: FileId,
    /// Relative to the project's root, with `/` between folders: "content/start-here/index.md".
    pub path: Arc<str>,
    /// Its text, without a byte order mark, where it was read to: as an `Arc<str>` it would have to be copied.
    pub text: Arc<String>,
    /// Made when first asked for: most files never are.
    lines: OnceLock<Lines>,
}

impl SourceFile {
    fn new(id: FileId, path: &str, text: String) -> Self {
        Self { id, path: path.into(), text: Arc::new(text), lines: OnceLock::new() }
    }

    /// The span of some bytes, moved outwards to character boundaries and kept within the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        let length = self.text.len();
        let mut start = range.start.min(length);
        let mut end = range.end.clamp(start, length);
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span { file: self.id, start: start as u32, end: end as u32 }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        self.lines().line_column(&self.text, self.text.len().min(offset as usize))
    }

    /// The line that a byte stands in, without its line break.
    pub fn line(&self, offset: usize) -> Range<usize> {
        self.lines().around(&self.text, offset)
    }

    /// The bytes of a span that a message marks. A mark over several lines fills the screen and says no more than its first line
    /// does; and past the last line break there is no line to show, so the mark moves to the last character.
    pub fn shown(&self, span: Span) -> Range<usize> {
        let range = span.range();
        let last = &self.lines().last;
        if range.start >= last.end {
            return last.clone();
        }
        range.start..range.end.min(self.line(range.start).end).max(range.start)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }

    /// The name without folders and without its last extension: "index" of "content/about/index.md".
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

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
    fn of_sorted(files: Vec<Arc<SourceFile>>, assets: Vec<Arc<Asset>>) -> Self {
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
