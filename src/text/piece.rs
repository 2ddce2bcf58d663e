//! Text as an author wrote it, which knows where each of its bytes stands in its file.

use std::ops::Range;
use std::sync::Arc;

use super::{FileId, SourceFile, Span};

/// A piece of a source file: a page's body, a string in TOML, an item of a list.
///
/// Without escapes it is a slice of the file, nothing copied. A TOML string with escapes, or a text put together from several
/// stretches, holds its own characters and a table of where they came from.
#[derive(Debug, Clone)]
pub struct Text {
    file: FileId,
    source: Arc<String>,
    range: Range<usize>,
    /// Empty: byte `n` of the text is byte `range.start + n` of the file. Else pairs (offset in the text, offset in the file).
    map: Vec<(u32, u32)>,
    whole: Span,
    is_quoted: bool,
}

impl Text {
    /// A stretch of a file, as it stands.
    pub fn slice(file: &SourceFile, range: Range<usize>) -> Self {
        let whole = file.span(range);
        Self {
            file: file.id,
            source: file.text.clone(),
            range: whole.range(),
            map: Vec::new(),
            whole,
            is_quoted: false,
        }
    }

    /// As it stands in quotation marks, which its [`whole`](Self::whole) includes.
    pub fn in_quotes(mut self, whole: Span) -> Self {
        self.whole = whole;
        self.is_quoted = true;
        self
    }

    /// Characters that stand in the file in another spelling; `map` has pairs (offset in the text, offset in the file), rising.
    pub fn mapped(text: String, map: Vec<(u32, u32)>, whole: Span) -> Self {
        let range = 0..text.len();
        Self { file: whole.file, source: Arc::new(text), range, map, whole, is_quoted: false }
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.source[self.range.clone()]
    }

    /// The whole stretch in the file, quotation marks of TOML included.
    pub fn whole(&self) -> Span {
        self.whole
    }

    /// Whether it stands in quotation marks, as texts in TOML do.
    pub fn is_quoted(&self) -> bool {
        self.is_quoted
    }

    /// Where some bytes of this text stand in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        if self.as_str().is_empty() {
            return self.whole;
        }
        let start = self.offset(range.start);
        let end = self.offset(range.end).max(start);
        Span { file: self.file, start, end }
    }

    /// A part of this text.
    pub fn part(&self, range: Range<usize>) -> Self {
        let whole = self.span(range.clone());
        let start = self.range.start + range.start;
        let map = if self.map.is_empty() {
            Vec::new()
        } else {
            let mut map = vec![(0, self.offset(range.start))];
            let index = |at: usize| self.map.partition_point(|(offset, _)| (*offset as usize) < at);
            let inside = &self.map[index(range.start)..index(range.end)];
            map.extend(inside.iter().map(|(at, from)| (at - range.start as u32, *from)));
            map
        };
        Self {
            file: self.file,
            source: self.source.clone(),
            range: start..start + range.len(),
            map,
            whole,
            is_quoted: self.is_quoted,
        }
    }

    /// Several parts of one file as one text, a blank line between them.
    pub fn join(parts: &[Self]) -> Option<Self> {
        Self::joined(parts, "\n\n")
    }

    /// The part of an indented block that begins at a range's start, without that indentation on its further lines.
    pub fn outdented(&self, range: Range<usize>) -> Self {
        let before = &self.as_str()[..range.start];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let indent = line.chars().fold(0, column_after);
        let whole = self.part(range);
        let mut lines = Vec::new();
        let mut start = 0;
        for line in whole.as_str().split('\n') {
            let skipped = if lines.is_empty() { 0 } else { indentation(line, indent) };
            lines.push(whole.part(start + skipped..start + line.len()));
            start += line.len() + 1;
        }
        Self::joined(&lines, "\n").unwrap_or(whole)
    }

    /// What is left without some stretches, which rise and don't overlap; nothing where that is white space alone.
    pub fn without(&self, stretches: impl IntoIterator<Item = Range<usize>>) -> Option<Self> {
        let mut parts = Vec::new();
        let mut start = 0;
        for stretch in stretches {
            parts.push(self.part(start..stretch.start));
            start = stretch.end;
        }
        parts.push(self.part(start..self.as_str().len()));
        parts.retain(|part| !part.as_str().is_empty());
        Self::joined(&parts, "").map(|text| text.trim()).filter(|text| !text.as_str().is_empty())
    }

    fn joined(parts: &[Self], between: &str) -> Option<Self> {
        let (first, rest) = parts.split_first()?;
        if rest.is_empty() {
            return Some(first.clone());
        }
        let mut text = String::new();
        let mut map = Vec::new();
        for part in parts {
            if !text.is_empty() {
                text.push_str(between);
            }
            let at = text.len() as u32;
            if part.map.is_empty() {
                map.push((at, part.range.start as u32));
            }
            map.extend(part.map.iter().map(|(offset, from)| (at + offset, *from)));
            text.push_str(part.as_str());
        }
        let start = parts.iter().map(|part| part.whole.start).min()?;
        let end = parts.iter().map(|part| part.whole.end).max()?;
        let whole = Span { file: first.file, start, end };
        Some(Self { is_quoted: first.is_quoted, ..Self::mapped(text, map, whole) })
    }

    /// Without white space at both ends.
    pub fn trim(&self) -> Self {
        let text = self.as_str();
        let start = text.len() - text.trim_start().len();
        self.part(start..start + text.trim().len())
    }

    fn offset(&self, at: usize) -> u32 {
        if self.map.is_empty() {
            return (self.range.start + at.min(self.range.len())) as u32;
        }
        let index = self.map.partition_point(|(offset, _)| *offset as usize <= at);
        let (offset, from) = self.map[index.saturating_sub(1)];
        (from + (at as u32).saturating_sub(offset)).clamp(self.whole.start, self.whole.end)
    }
}

/// How many bytes of white space at a line's start are indentation of so many columns at most. A tab that reaches beyond them goes as
/// a whole: what follows it is indented all the same.
fn indentation(line: &str, columns: usize) -> usize {
    let mut column = 0;
    let white = line.bytes().take_while(|byte| {
        let is_within = column < columns && matches!(byte, b' ' | b'\t');
        column = column_after(column, char::from(*byte));
        is_within
    });
    white.count()
}

/// The column after a character: a tab leads to the next multiple of four, as in Markdown.
fn column_after(column: usize, c: char) -> usize {
    const TAB: usize = 4;
    if c == '\t' { column + TAB - column % TAB } else { column + 1 }
}

#[cfg(test)]
mod tests {
    use crate::text::Sources;

    use super::*;

    fn text(text: &str) -> Text {
        let sources = Sources::new(vec![("a.md".to_owned(), text.to_owned())], Vec::new());
        Text::slice(&sources.files()[0], 0..text.len())
    }

    #[test]
    fn an_item_loses_its_indentation_in_spaces_and_tabs() {
        let outdented = |whole: &str, start| text(whole).outdented(start..whole.len()).as_str().to_owned();
        assert_eq!(outdented("- a\n  - b\n    - c\nlazy", 2), "a\n- b\n  - c\nlazy");
        assert_eq!(outdented("-\ta\n\t- b\n\t\t- c", 2), "a\n- b\n\t- c");
        assert_eq!(outdented("- a\n\t- b", 2), "a\n- b");
        assert_eq!(outdented("1. a\n\n   b", 3), "a\n\nb");
    }

    #[test]
    fn stretches_are_cut_out_and_places_stay() {
        let cut = text("one two three").without(std::iter::once(3..7)).expect("words are left");
        assert_eq!(cut.as_str(), "one three");
        assert_eq!(cut.span(4..9).range(), 8..13);
        assert!(text(" all ").without(std::iter::once(1..4)).is_none());
    }
}
