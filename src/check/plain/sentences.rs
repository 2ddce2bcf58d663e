//! English text as sentences and words.
//!
//! In: the words of a block. Out: where its sentences and its words stand. A full stop after "e.g." or "Dr", in "4.2" or in an
//! address doesn't end a sentence. Where it can't be told, it does: a sentence found too short does less harm than one found too long.

use std::borrow::Cow;
use std::ops::Range;

use crate::check::passage::Block;

/// Abbreviations that something follows.
const NEVER_LAST: &[&str] = &[
    "al", "approx", "ca", "capt", "cf", "cllr", "dr", "e.g", "eg", "esp", "hon", "i.e", "ie", "insp", "messrs", "mr",
    "mrs", "ms", "mx", "prof", "rev", "rt", "sgt", "st", "viz", "vs",
];

/// Of those, the ones that are words too when they begin with a small letter.
const CAPITALISED: &[&str] = &["hon", "rev", "rt", "st"];

/// Abbreviations that a number follows.
const BEFORE_NUMBER: &[&str] = &[
    "app", "apr", "art", "aug", "ch", "cl", "dec", "ext", "feb", "fig", "jan", "jul", "jun", "mar", "no", "nos", "nov",
    "oct", "p", "para", "paras", "pp", "pt", "r", "ref", "reg", "s", "sch", "sec", "sep", "sept", "ss", "tel", "v",
    "vol",
];

/// Words after which a single capital is a name for something rather than an initial: "Grade A."
const LABELS: &[&str] = &[
    "annex", "appendix", "band", "class", "figure", "grade", "group", "level", "option", "part", "plan", "schedule",
    "section", "table", "type", "vitamin",
];

/// A block's words with code and other languages made one unknown word each, every byte at its place.
pub fn own_words<'a>(block: &'a Block<'_>) -> Cow<'a, str> {
    if block.apart.is_empty() {
        return Cow::Borrowed(&block.text);
    }
    let mut text = block.text.clone();
    for apart in &block.apart {
        let Some(words) = text.get(apart.clone()) else { continue };
        let end = if words.ends_with(['.', '!', '?']) { apart.end - 1 } else { apart.end };
        text.replace_range(apart.start..end, &"x".repeat(end - apart.start));
    }
    Cow::Owned(text)
}

/// Where the sentences of a text stand, without white space around them. What has no word is none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let (mut end, mut next) = (0, 0);
    for (at, stop) in stops(text) {
        if at < start {
            continue;
        }
        // Of stops in a row, each has the same marks behind it and the same letter next.
        if at >= end {
            end = closed(text, at + stop.len_utf8());
        }
        if next < end {
            next = text[end..].find(char::is_alphanumeric).map_or(text.len(), |length| end + length);
        }
        if is_end(text, start..at, end, next) {
            found.extend(trimmed(text, start..end));
            start = text.len() - text[end..].trim_start().len();
        }
    }
    found.extend(trimmed(text, start..text.len()));
    found
}

/// Where stops stand in a text. Few bytes are stops, so they are looked at before characters are.
fn stops(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.bytes().enumerate().filter_map(|(at, byte)| match byte {
        b'.' | b'!' | b'?' => Some((at, char::from(byte))),
        0xe2 if text[at..].starts_with('…') => Some((at, '…')),
        _ => None,
    })
}

/// Where the words of a text stand, as people count them: what stands between spaces or dashes, without marks around it.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            at = end_of_word(text, at);
            let piece = text[start..at].trim_start_matches(|c: char| !c.is_alphanumeric());
            let start = at - piece.len();
            let piece = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !piece.is_empty() {
                return Some(start..start + piece.len());
            }
        }
        None
    })
}

/// The byte behind what ends a word: white space or a dash. Most bytes are letters, which need no closer look.
fn end_of_word(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            at += 1;
            if byte.is_ascii_whitespace() {
                return at;
            }
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if c.is_whitespace() || matches!(c, '—' | '…') {
            return at;
        }
    }
    text.len()
}

/// Whether a word is an address on the web or of e-mail, or a file's name.
pub fn is_address(word: &str) -> bool {
    let has_inner_stop = word.split('.').skip(1).any(|after| after.starts_with(char::is_alphabetic));
    word.contains(['@', '_', '\\']) || word.contains("://") || (has_inner_stop && word.len() > 4)
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    words.contains(char::is_alphanumeric).then(|| start..start + words.trim().len())
}

/// The end of the stops, quotation marks and brackets that close a sentence.
fn closed(text: &str, from: usize) -> usize {
    let is_closing = |c: char| matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    text[from..].find(|c| !is_closing(c)).map_or(text.len(), |length| from + length)
}

/// Whether a sentence ends with the stop that follows what was `said`, and the marks up to `end`; `letter` is where the next letter or
/// digit stands.
fn is_end(text: &str, said: Range<usize>, end: usize, letter: usize) -> bool {
    let rest = &text[end..];
    let next = rest.trim_start();
    let Some(first) = text[letter..].chars().next() else { return true };
    if rest.len() == next.len() || (first.is_lowercase() && !begins_with_letter_in_brackets(next)) {
        return false;
    }
    let is_full_stop = text[said.end..].starts_with('.') && !text[said.end + 1..].starts_with('.');
    !is_full_stop || !is_abbreviation(text[said].trim_start(), next)
}

/// "(a) …"
fn begins_with_letter_in_brackets(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('(') && chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(')')
}

/// Whether the last word of what was said is short for something, or numbers what follows.
fn is_abbreviation(said: &str, next: &str) -> bool {
    let mut back = said.rsplit(char::is_whitespace);
    let written = back.next().unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_letter = written.chars().count() == 1 && written.chars().all(char::is_alphabetic);
    let is_number = !written.is_empty() && written.chars().all(|c| c.is_ascii_digit() || c == '.');
    if said.len() == written.len() && (is_number || (is_letter && written != "I")) {
        return true;
    }
    let word = written.to_lowercase();
    let is_written_so = !CAPITALISED.contains(&word.as_str()) || written.starts_with(char::is_uppercase);
    if NEVER_LAST.contains(&word.as_str()) && is_written_so {
        return true;
    }
    if BEFORE_NUMBER.contains(&word.as_str()) {
        let next = next.split(char::is_whitespace).next().unwrap_or_default();
        let next = next.trim_matches(|c: char| !c.is_alphanumeric());
        let is_letter = next.chars().count() == 1 && next.chars().all(char::is_uppercase) && !matches!(next, "A" | "I");
        return is_letter || next.starts_with(|c: char| c.is_ascii_digit());
    }
    let before = back.next().unwrap_or_default();
    let is_initial = is_letter && written != "I" && written.chars().all(char::is_uppercase);
    is_initial && !LABELS.contains(&before.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn stops_end_sentences() {
        assert_eq!(split("Ask first. Then act! Why? We care"), ["Ask first.", "Then act!", "Why?", "We care"]);
        assert_eq!(split("“Ask first.” (Then act.) We care…  "), ["“Ask first.”", "(Then act.)", "We care…"]);
        assert_eq!(
            split("The answer is no. We say so. 20 people came."),
            ["The answer is no.", "We say so.", "20 people came."]
        );
        assert_eq!(split("It is mine. (a) Ask. (b) Tell."), ["It is mine.", "(a) Ask.", "(b) Tell."]);
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split(" … "), [""; 0]);
    }

    #[test]
    fn stops_within_sentences_do_not() {
        for text in [
            "See e.g. Mr. Jones, Dr. Okoro or Prof. Ellis in St. Mary's.",
            "Rule 4.2 costs 3.50 pounds, see No. 7, para. 12 and App. B of it.",
            "Come at 9 a.m. on Monday, or at 5 p.m. with tea etc. if you like.",
            "Write to J. Smith at www.tarnbridge.example or gifts@tarnbridge.example.",
            "“Why?” she asked, and … well, we had no answer.",
            "1. Ask your manager.",
            "a. Ask your manager.",
        ] {
            assert_eq!(split(text), [text]);
        }
        assert_eq!(
            split("Come at 9 a.m. Bring a pen. It was Grade A. We won."),
            ["Come at 9 a.m.", "Bring a pen.", "It was Grade A.", "We won."]
        );
    }

    #[test]
    fn words_are_what_people_count() {
        let text = "We’re well-known – and/or (e.g.) 4.2 % of them—ask “us”.";
        let found: Vec<_> = words(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["We’re", "well-known", "and/or", "e.g", "4.2", "of", "them", "ask", "us"]);
    }
}
