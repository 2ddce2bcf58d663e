//! What raw HTML must not hold when a parser comes to it: a tag that never ends, and one with so many attributes that a browser's
//! way of reading it, which looks at all attributes before each, takes for ever. Found by a plain scan, and taken out.

use std::borrow::Cow;
use std::ops::Range;

/// A tag for people has a handful.
const MOST_ATTRIBUTES: usize = 100;

/// A piece of raw HTML that parsers can be given, every byte that is left at its place.
pub(super) struct Bounded<'a> {
    pub(super) piece: Cow<'a, str>,
    /// What was taken out: where, and what it is.
    pub(super) removed: Vec<(Range<usize>, String)>,
}

impl<'a> Bounded<'a> {
    pub(super) fn new(piece: &'a str) -> Self {
        let mut bounded = Self { piece: Cow::Borrowed(piece), removed: Vec::new() };
        for tag in tags(piece) {
            let Some(end) = tag.end else {
                // A browser would take whatever follows for its attributes.
                let line = piece[tag.start..].lines().next().unwrap_or_default();
                let what = "a tag without a > at its end".to_owned();
                bounded.removed.push((tag.start..tag.start + line.len(), what));
                match &mut bounded.piece {
                    Cow::Borrowed(piece) => *piece = &piece[..tag.start],
                    Cow::Owned(piece) => piece.truncate(tag.start),
                }
                break;
            };
            if tag.attributes > MOST_ATTRIBUTES {
                bounded.piece.to_mut().replace_range(tag.start..end, &" ".repeat(end - tag.start));
                let name = piece[tag.start..].split([' ', '\t', '\n', '/']).next().unwrap_or_default();
                let what = format!("`{name}>` with more than {MOST_ATTRIBUTES} attributes");
                bounded.removed.push((tag.start..end, what));
            }
        }
        bounded
    }
}

/// What looks like a tag; in remarks and scripts it may be none.
struct ScannedTag {
    start: usize,
    /// The byte after its `>`. None where there is none.
    end: Option<usize>,
    attributes: usize,
}

/// All that looks like tags, one after the other.
fn tags(piece: &str) -> impl Iterator<Item = ScannedTag> {
    let bytes = piece.as_bytes();
    let begins = |at: &usize| bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/');
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = memchr::memchr_iter(b'<', &bytes[from..]).map(|at| from + at).find(begins)?;
        let tag = scan(bytes, start);
        from = tag.end.unwrap_or(bytes.len());
        Some(tag)
    })
}

/// Follows a tag to its end, past the values in quotation marks.
fn scan(bytes: &[u8], start: usize) -> ScannedTag {
    let mut tag = ScannedTag { start, end: None, attributes: 0 };
    let mut quote = None;
    let mut is_apart = false;
    let mut follows_sign = false;
    let name = start + 1 + usize::from(bytes.get(start + 1) == Some(&b'/'));
    for (at, byte) in bytes.iter().enumerate().skip(name) {
        match (quote, byte) {
            (Some(open), _) => {
                if open == byte {
                    quote = None;
                    is_apart = true;
                }
            }
            (None, b'>') => {
                tag.end = Some(at + 1);
                return tag;
            }
            (None, b'"' | b'\'') if follows_sign => {
                quote = Some(byte);
                follows_sign = false;
            }
            (None, byte) if byte.is_ascii_whitespace() || (*byte == b'/' && !follows_sign) => is_apart = true,
            (None, byte) => {
                tag.attributes += usize::from(is_apart && !follows_sign && *byte != b'=');
                is_apart = false;
                follows_sign = *byte == b'=';
            }
        }
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_however_they_are_written() {
        for (tag, count) in [
            ("<b>", 0),
            ("<b a>", 1),
            ("<b a=1 b = 2 c='x y' d=\"z\">", 4),
            ("<b a='1'b='2'/c>", 3),
            ("<b\na\n b>", 2),
            ("</b a>", 1),
        ] {
            let found: Vec<_> = tags(tag).map(|tag| (tag.end, tag.attributes)).collect();
            assert_eq!(found, [(Some(tag.len()), count)], "{tag}");
        }
    }

    #[test]
    fn a_tag_with_too_many_attributes_is_taken_out_and_nothing_moves() {
        let many = format!("<b {}>", "x ".repeat(MOST_ATTRIBUTES + 1));
        let piece = format!("<i>a</i>{many}b</b>{many}<u>c");
        let bounded = Bounded::new(&piece);
        assert_eq!(bounded.piece.len(), piece.len());
        assert_eq!(bounded.piece.find("<u>c"), piece.find("<u>c"));
        assert!(!bounded.piece.contains("x "));
        let removed: Vec<_> = bounded.removed.iter().map(|(range, what)| (range.start, what.as_str())).collect();
        let what = "`<b>` with more than 100 attributes";
        assert_eq!(removed, [(8, what), (8 + many.len() + 5, what)]);
        let few = format!("<b {}>", "x ".repeat(MOST_ATTRIBUTES));
        assert_eq!(Bounded::new(&few).piece, few);
    }
}
