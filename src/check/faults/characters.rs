//! Texts as the rules of this family read them: character by character, line by line, with the words around a place to quote.

use std::ops::Range;

use crate::check::passage::Block;

/// As many characters of a word are quoted.
const MOST_QUOTED: usize = 24;

/// The characters of a block and where each begins. Code and passages in another language are letters throughout, since their marks
/// follow other rules.
pub fn characters(block: &Block<'_>) -> Vec<(usize, char)> {
    let mut is_apart = vec![false; block.text.len()];
    for apart in &block.apart {
        is_apart[apart.clone()].fill(true);
    }
    block.text.char_indices().map(|(at, c)| (at, if is_apart[at] { 'x' } else { c })).collect()
}

/// Where the lines of a block begin in its words, as they are written.
pub fn line_starts(block: &Block<'_>) -> Vec<usize> {
    std::iter::once(0).chain(block.breaks().map(|at| at + 1)).collect()
}

/// Whether two bytes stand side by side in a text: a quick look, before its characters are gone through one by one.
pub fn has_pair(text: &str, is_pair: impl Fn(u8, u8) -> bool) -> bool {
    text.as_bytes().windows(2).any(|pair| is_pair(pair[0], pair[1]))
}

/// The stretches of a text that belong together, without reading its marks: paragraphs, items, rows.
pub fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let (mut start, mut is_new) = (0, true);
    for line in text.split('\n') {
        let end = start + line.len();
        let is_blank = line.trim().is_empty();
        match stretches.last_mut() {
            Some(last) if !is_new && !is_blank && !has_mark(line) => last.end = end,
            _ if is_blank => {}
            _ => stretches.push(start..end),
        }
        is_new = is_blank;
        start = end + 1;
    }
    stretches
}

/// Whether a line begins with a mark of a list, a heading, a row or a quotation.
fn has_mark(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with(['-', '*', '+', '#', '|', '>', '.', ')'])
}

/// The last word before a place, or its last part.
pub fn word_before(text: &str, at: usize) -> &str {
    let text = text[..at].trim_end();
    let letters = text.char_indices().rev().take(MOST_QUOTED).take_while(|(_, c)| !c.is_whitespace());
    &text[letters.last().map_or(text.len(), |(start, _)| start)..]
}

/// The first word after a place, or its first part.
pub fn word_after(text: &str, at: usize) -> &str {
    let text = text[at..].trim_start();
    let letters = text.char_indices().take(MOST_QUOTED).take_while(|(_, c)| !c.is_whitespace());
    &text[..letters.last().map_or(0, |(start, c)| start + c.len_utf8())]
}

/// The first few words after a place.
pub fn words_after(text: &str, at: usize) -> String {
    const MOST: usize = 2 * MOST_QUOTED;
    let (mut quoted, mut length) = (String::new(), 0);
    let mut words = 0;
    let mut is_between = true;
    for c in text[at..].chars() {
        if c.is_whitespace() {
            is_between = true;
            continue;
        }
        if std::mem::take(&mut is_between) {
            words += 1;
            if words > 1 && words <= 4 && length < MOST {
                quoted.push(' ');
                length += 1;
            }
        }
        // The rest of a long word is never looked at: it may be all of a text, and have a fault in each letter.
        if words > 4 || length == MOST {
            return quoted + " …";
        }
        quoted.push(c);
        length += 1;
    }
    quoted
}

/// How a message goes on where a paragraph has the same fault more than once.
pub fn and_more(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        2 => ", and once more in the same paragraph".to_owned(),
        _ => format!(", and {} more times in the same paragraph", count - 1),
    }
}
