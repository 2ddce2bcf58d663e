//! The files of a handbook: every text once, in the order of their paths, with the means to say where a byte stands.
//!
//! In: a project's folders. Out: [`Sources`]. No later stage reads the handbook's text from the disk.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

mod read;
mod text;

pub use read::{read, unpublishable};
pub use text::Text;

/// Which source file. Ids follow the order of paths within one [`Sources`].
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
    pub path: String,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
    /// Where each line begins, counted when first asked for: most files never are.
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
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
        let offset = offset.min(self.text.len() as u32);
        let starts = self.line_starts.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts[line - 1] as usize;
        (line, self.text[start..offset as usize].chars().count() + 1)
    }

    /// The bytes of a span that a message marks. A mark over several lines fills the screen and says no more than its first line
    /// does; and past the last line break there is no line to show, so the mark moves to the last character.
    pub fn shown(&self, span: Span) -> Range<usize> {
        let range = span.range();
        let last_line = self.text.trim_end().len();
        if range.start >= last_line {
            let start = self.text[..last_line].char_indices().next_back().map_or(0, |(at, _)| at);
            return start..last_line;
        }
        let end = self.text[range.clone()].find('\n').map_or(range.end, |newline| range.start + newline);
        range.start..end
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
}

/// Every file of a handbook, sorted by path.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Vec<SourceFile>,
    by_path: HashMap<String, FileId>,
    /// Files that aren't text that Ethos reads.
    pub assets: Vec<Asset>,
}

impl Sources {
    /// Texts by path, and the files that are passed through.
    pub fn new(mut texts: Vec<(String, Arc<str>)>, mut assets: Vec<Asset>) -> Self {
        texts.sort();
        assets.sort_by(|a, b| a.path.cmp(&b.path));
        let files: Vec<_> = texts
            .into_iter()
            .enumerate()
            .map(|(index, (path, text))| SourceFile {
                id: FileId(index as u32),
                path,
                text,
                line_starts: OnceLock::new(),
            })
            .collect();
        let by_path = files.iter().map(|file| (file.path.clone(), file.id)).collect();
        Self { files, by_path, assets }
    }

    /// The file of an id that these sources gave.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file at a path.
    pub fn by_path(&self, path: &str) -> Option<&SourceFile> {
        self.by_path.get(path).map(|id| self.file(*id))
    }

    /// All text files, in the order of their paths.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The text files below a folder ("content") with an extension ("md").
    pub fn below<'a>(&'a self, folder: &'a str, extension: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files.iter().filter(move |file| {
            file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
                && file.path.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(extension))
        })
    }
}
