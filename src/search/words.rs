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
    let bytes = text.as_bytes();
    let mut buffer = String::new();
    let mut start = 0;
    while start < bytes.len() {
        // A run of anything but ASCII separators, which are no part of any word or letter.
        let mut kinds = SEPARATOR;
        let mut end = start;
        for byte in &bytes[start..] {
            let kind = KINDS[usize::from(*byte)];
            if kind == SEPARATOR {
                break;
            }
            kinds |= kind;
            end += 1;
        }
        let run = &text[start..end];
        if kinds == PLAIN {
            if run.len() <= LONGEST {
                take(run);
            }
        } else if kinds & OTHER != 0 {
            other_words(run, &mut take);
        } else if kinds != SEPARATOR {
            buffer.clear();
            buffer.extend(run.chars().filter(|c| !is_apostrophe(*c)));
            buffer.make_ascii_lowercase();
            if (1..=LONGEST).contains(&buffer.len()) {
                take(&buffer);
            }
        }
        start = end + 1;
    }
}

/// The words of a text.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// What a byte is to words; a run has the kinds of all its bytes.
const SEPARATOR: u8 = 0;
const PLAIN: u8 = 1;
const CAPITAL: u8 = 2;
const APOSTROPHE: u8 = 4;
const OTHER: u8 = 8;
const KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => PLAIN,
            b'A'..=b'Z' => CAPITAL,
            _ if is_apostrophe(byte as char) => APOSTROPHE,
            _ => SEPARATOR,
        };
        byte += 1;
    }
    kinds
};

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
