//! Where the characters of a TOML string stand in the file: at once where nothing is escaped, else by walking the escapes.

use std::ops::Range;

use crate::text::{SourceFile, Text};

/// The text of a string (or key) that stands, quotation marks included, at `range` of the file and means `decoded`.
pub fn locate(file: &SourceFile, range: Range<usize>, decoded: &str) -> Text {
    let raw = &file.text[range.clone()];
    let open = opening(raw);
    let start = range.start + open;
    // In straight double quotes a backslash begins an escape: two of them mean one.
    let has_escapes = raw.starts_with('"') && raw.contains('\\');
    if !has_escapes && raw[open..].starts_with(decoded) {
        let span = file.span(range);
        return Text::slice(file, start..start + decoded.len()).in_quotes(span);
    }
    let span = file.span(range);
    Text::mapped(decoded.to_owned(), walk(&raw[open..], start), span).in_quotes(span)
}

/// How many bytes the opening marks take; a line break right after three of them isn't part of the string.
fn opening(raw: &str) -> usize {
    for marks in ["\"\"\"", "'''"] {
        if let Some(rest) = raw.strip_prefix(marks) {
            return marks.len() + usize::from(rest.starts_with('\n'));
        }
    }
    usize::from(raw.starts_with(['"', '\'']))
}

/// Pairs (offset in the decoded text, offset in the file), one at the start and one after each escape.
fn walk(raw: &str, start: usize) -> Vec<(u32, u32)> {
    let mut map = vec![(0, start as u32)];
    let mut decoded = 0;
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        decoded += at;
        let escape = &rest[at..];
        let (length, means) = escape_length(escape);
        decoded += means;
        rest = &escape[length..];
        map.push((decoded as u32, (start + raw.len() - rest.len()) as u32));
    }
    map
}

/// Bytes that an escape takes in the file, and that it means.
fn escape_length(escape: &str) -> (usize, usize) {
    let digits = match escape.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b' ' | b'\t' | b'\n') => {
            let rest = escape[1..].trim_start();
            return (escape.len() - rest.len(), 0);
        }
        Some(_) => return (2, 1),
        None => return (1, 1),
    };
    let end = (2 + digits).min(escape.len());
    let means = escape
        .get(2..end)
        .and_then(|hex| u32::from_str_radix(hex, 16).ok())
        .and_then(char::from_u32)
        .map_or(1, char::len_utf8);
    (end, means)
}
