//! Texts to the words that are looked up. The browser does the same (`client/engine.js`); a list of texts that both are tested on
//! (`tests/fixtures/words.json`) keeps them alike.
//!
//! A text is taken apart as in a slug: compatibility forms and accents go (NFKD), apostrophes too, and runs of letters and digits
//! are left, in lower case. Scripts that don't put spaces between words give pairs of neighbouring letters instead, as search
//! engines do for Chinese and Thai.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::slug::is_apostrophe;

/// Longer runs are no words: file names, keys, noise.
pub const LONGEST: usize = 32;

/// Calls `take` with each word of a text, in order.
pub fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut buffer = String::new();
    for piece in text.split_ascii_whitespace() {
        if piece.is_ascii() {
            ascii_words(piece, &mut buffer, &mut take);
        } else {
            other_words(piece, &mut take);
        }
    }
}

/// The words of a text.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

fn ascii_words(piece: &str, buffer: &mut String, take: &mut impl FnMut(&str)) {
    buffer.clear();
    for byte in piece.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() {
            buffer.push(char::from(byte.to_ascii_lowercase()));
        } else if !is_apostrophe(char::from(byte)) && !buffer.is_empty() {
            if buffer.len() <= LONGEST {
                take(buffer);
            }
            buffer.clear();
        }
    }
}

fn other_words(piece: &str, take: &mut impl FnMut(&str)) {
    let folded: String = piece
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_apostrophe(*c))
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .collect();
    for run in folded.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let has_spaces = !is_unspaced(first);
            let end = rest.find(|c| is_unspaced(c) == has_spaces).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            if has_spaces {
                if part.chars().count() <= LONGEST {
                    take(part);
                }
            } else {
                pairs(part, take);
            }
            rest = after;
        }
    }
}

/// "日本語" gives "日本" and "本語"; a letter alone is a word.
fn pairs(part: &str, take: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = part.char_indices().map(|(at, _)| at).chain([part.len()]).collect();
    if starts.len() == 2 {
        take(part);
    }
    for window in starts.windows(3) {
        take(&part[window[0]..window[2]]);
    }
}

/// Letters of scripts that are written without spaces: Thai, Lao, Myanmar, Khmer, kana and Han.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
