//! The texts of a handbook, each once, with the means to say where a byte stands. The ground of all stages: it knows no disk.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

mod lines;
pub mod name;
mod piece;
mod sources;

use lines::Lines;
pub use piece::Text;
pub use sources::{Asset, Sources};

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
    /// A text at a path, without a byte order mark.
    pub fn new(id: FileId, path: &str, text: String) -> Self {
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
