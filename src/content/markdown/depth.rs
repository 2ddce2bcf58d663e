//! How deep a text may be nested: what is known before it is parsed, and what the parser's events tell.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// So deep may items, quotations, emphasis and the like stand inside each other. Nothing for people does, and whoever looks at an
/// element looks at all that is in it, so that the work grows with the depth.
pub const DEEPEST: usize = 100;

/// A line that begins with more marks of lists and quotations isn't parsed: for each line after it, the parser looks at all lists that
/// are open. It is more than [`DEEPEST`], since marks in a block of code open nothing.
const MOST_MARKS: usize = 1000;

/// A line from which on a text isn't parsed.
pub(super) struct Unparsed {
    /// Where it begins.
    pub(super) line: usize,
    /// The mark that is too many.
    pub(super) mark: Range<usize>,
}

/// The first line of a text that begins with too many marks.
pub(super) fn first_unparsed(text: &str) -> Option<Unparsed> {
    if text.len() <= MOST_MARKS {
        return None;
    }
    let bytes = text.as_bytes();
    let breaks = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    let mut line = 0;
    for end in breaks {
        if end - line > MOST_MARKS
            && let Some(mark) = marks(bytes, line..end).nth(MOST_MARKS)
        {
            return Some(Unparsed { line, mark });
        }
        line = end + 1;
    }
    None
}

/// The marks of lists and quotations that a line begins with.
fn marks(bytes: &[u8], line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = line.start;
    std::iter::from_fn(move || {
        let rest = &bytes[at..line.end];
        let start = at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = &bytes[start..line.end];
        let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
        let length = match rest.get(digits)? {
            b'>' if digits == 0 => 1,
            b'-' | b'+' | b'*' if digits == 0 && rest.get(1).is_none_or(u8::is_ascii_whitespace) => 1,
            b'.' | b')' if digits > 0 && rest.get(digits + 1).is_none_or(u8::is_ascii_whitespace) => digits + 1,
            _ => return None,
        };
        at = start + length;
        Some(start..at)
    })
}

/// Follows how deep the elements of a text are nested.
#[derive(Default)]
pub(super) struct Depth {
    open: usize,
    /// The first element that stands too deep.
    pub(super) too_deep: Option<Range<usize>>,
}

impl Depth {
    /// Whether an event stands too deep. A list and its items are one step.
    pub(super) fn leaves_out(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        match event {
            Event::Start(Tag::List(_) | Tag::DefinitionList) | Event::End(TagEnd::List(_) | TagEnd::DefinitionList) => {
            }
            Event::Start(_) => {
                self.open += 1;
                if self.open > DEEPEST {
                    self.too_deep.get_or_insert_with(|| range.clone());
                }
            }
            Event::End(_) => {
                self.open -= 1;
                return self.open >= DEEPEST;
            }
            _ => {}
        }
        self.open > DEEPEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_very_many_marks_is_found_before_it_is_parsed() {
        for mark in ["> ", ">", "- ", "* ", "+\t", "12. ", "3) "] {
            let line = |count: usize| format!("Words.\n\n{}a\n", mark.repeat(count));
            assert!(first_unparsed(&line(MOST_MARKS)).is_none(), "{mark}");
            let found = first_unparsed(&line(MOST_MARKS + 1)).expect("too many marks");
            assert_eq!((found.line, found.mark.start), (8, 8 + mark.len() * MOST_MARKS), "{mark}");
        }
        for line in ["-".repeat(5000), "*a ".repeat(5000), "1.".repeat(5000), "- a ".repeat(5000)] {
            assert!(first_unparsed(&line).is_none());
        }
    }
}
