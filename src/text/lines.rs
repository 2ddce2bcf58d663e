//! The lines of a text, and how many characters stand before a byte: an index, since one line may be a whole file, and each of its
//! findings has a column.

use std::ops::Range;

/// Between two counts of characters lie so many bytes, which are counted when a column is asked for.
const STEP: usize = 512;

/// The index of one text.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// Where each line begins.
    starts: Vec<u32>,
    /// How many characters begin before each [`STEP`]th byte.
    characters: Vec<u32>,
    /// Where the last character that isn't white space begins, and where it ends.
    pub(super) last: Range<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let steps = text.as_bytes().chunks(STEP).scan(0, |before, step| {
            let first = *before;
            *before += count(step);
            Some(first)
        });
        let visible = text.trim_end();
        let last = visible.char_indices().next_back().map_or(0, |(at, _)| at);
        Self {
            starts: std::iter::once(0).chain(breaks).collect(),
            characters: steps.collect(),
            last: last..visible.len(),
        }
    }

    /// Line and column of a byte of the text, both from 1; columns count characters.
    pub(super) fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.number(offset);
        let start = self.starts[line - 1] as usize;
        (line, (self.before(text, offset) - self.before(text, start)) as usize + 1)
    }

    /// The line that a byte of the text stands in, without its line break.
    pub(super) fn around(&self, text: &str, offset: usize) -> Range<usize> {
        let line = self.number(offset);
        let end = self.starts.get(line).map_or(text.len(), |next| *next as usize - 1);
        self.starts[line - 1] as usize..end
    }

    fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset)
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, offset: usize) -> u32 {
        let step = offset / STEP;
        // At the very end of a text of whole steps there is no further one.
        let Some(before) = self.characters.get(step) else {
            let last = self.characters.len().saturating_sub(1);
            return self.characters.last().map_or(0, |before| before + count(&text.as_bytes()[last * STEP..offset]));
        };
        before + count(&text.as_bytes()[step * STEP..offset])
    }
}

/// How many characters begin in some bytes of a text.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0xc0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_and_columns_are_those_that_counting_gives(text in "([a-zé漢 ]{0,400}\n?){0,8}") {
            let lines = Lines::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..offset];
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
                let wanted = (before.matches('\n').count() + 1, before[start..].chars().count() + 1);
                prop_assert_eq!(lines.line_column(&text, offset), wanted);
                prop_assert_eq!(lines.around(&text, offset), start..end);
            }
        }
    }

    #[test]
    fn a_text_of_whole_steps_has_an_end_like_any_other() {
        for length in [0, 1, STEP - 1, STEP, STEP + 1, 3 * STEP] {
            let text = "a".repeat(length);
            assert_eq!(Lines::new(&text).line_column(&text, length), (1, length + 1));
        }
    }
}
