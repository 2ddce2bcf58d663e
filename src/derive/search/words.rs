//! Texts to the words that are looked up. The browser does the same (`client/engine.js`); a list of texts that both are tested on
//! (`tests/fixtures/words.json`) keeps them alike.
//!
//! A text is taken apart as in a slug: compatibility forms and accents go (NFKD), apostrophes too, and runs of letters and digits
//! are left, in lower case. Scripts that don't put spaces between words give pairs of neighbouring letters instead, as search
//! engines do for Chinese and Thai.

use crate::words::slug::{folded, is_apostrophe};

/// Longer runs are no words: file names, keys, noise.
pub const LONGEST: usize = 32;

/// Calls `take` with each word of a text, in order.
pub fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut buffer = String::new();
    let mut start = 0;
    while start < bytes.len() {
        let mut end = start + small_letters(&bytes[start..]);
        while end > start && (end - start).is_multiple_of(8) {
            match small_letters(&bytes[end..]) {
                0 => break,
                more => end += more,
            }
        }
        // Most words are small letters between two separators.
        if bytes.get(end).is_some_and(|byte| KINDS[usize::from(*byte)] == SEPARATOR) {
            if (1..=LONGEST).contains(&(end - start)) {
                take(&text[start..end]);
            }
            start = end + 1;
            continue;
        }
        // A run of anything but separators, which are no part of any word or letter.
        let (mut kinds, mut gap) = (if end > start { PLAIN } else { 0 }, 1);
        while let Some(byte) = bytes.get(end) {
            match (KINDS[usize::from(*byte)], &bytes[end..]) {
                (SEPARATOR, _) => break,
                // ‘ and ’, then what else typographers use from U+2000 to U+203F, in most texts: dashes, quotes, dots, spaces.
                (OTHER, [0xe2, 0x80, 0x98 | 0x99, ..]) => {
                    kinds |= APOSTROPHE;
                    end += 3;
                }
                (OTHER, [0xe2, 0x80, ..]) => {
                    gap = 3;
                    break;
                }
                (kind, _) => {
                    kinds |= kind;
                    end += 1;
                }
            }
            let letters = small_letters(&bytes[end..]);
            if letters > 0 {
                kinds |= PLAIN;
                end += letters;
            }
        }
        let run = &text[start..end];
        if kinds == PLAIN {
            if run.len() <= LONGEST {
                take(run);
            }
        } else if kinds & OTHER != 0 {
            other_words(run, &mut take);
        } else if kinds != 0 {
            buffer.clear();
            // Room for any word, made once for the text.
            buffer.reserve(2 * LONGEST);
            buffer.push_str(run);
            if kinds & APOSTROPHE != 0 {
                buffer.retain(|c| !is_apostrophe(c));
            }
            buffer.make_ascii_lowercase();
            if (1..=LONGEST).contains(&buffer.len()) {
                take(&buffer);
            }
        }
        start = end + gap;
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

/// How many of the next eight bytes are small letters, up to the first that isn't; none where fewer bytes are left.
fn small_letters(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let Some(eight) = bytes.first_chunk() else {
        return 0;
    };
    // All at once, since words are short and of all lengths: the highest bit of each byte tells what is true of it. Letter by letter,
    // and with plain strings in the table of forms, a build of 1,000 pages takes 10 % more processor time (December 2026).
    let eight = u64::from_le_bytes(*eight);
    let seven_bits = eight & (0x7f * EACH);
    let is_from_a = seven_bits + (0x80 - u64::from(b'a')) * EACH;
    let is_past_z = seven_bits + (0x7f - u64::from(b'z')) * EACH;
    let is_letter = is_from_a & !is_past_z & !eight & (0x80 * EACH);
    ((is_letter ^ (0x80 * EACH)).trailing_zeros() / 8) as usize
}

fn other_words(piece: &str, take: &mut impl FnMut(&str)) {
    let folded = folded(piece);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_letters_are_counted_up_to_anything_else() {
        let count = |text: &str| small_letters(text.as_bytes());
        assert_eq!(["azazazaz", "kindness.", "a{`@Zéab", "Kindness", "kind"].map(count), [8, 8, 1, 0, 0]);
        assert!((0..=255).all(|byte: u8| small_letters(&[byte; 8]) == if byte.is_ascii_lowercase() { 8 } else { 0 }));
    }

    proptest! {
        #[test]
        fn the_quick_way_finds_the_same_words(text in "([a-z]{1,40}|[A-Z][a-z]{0,9}|[ .,'’0-9é-]{1,3}){0,12}") {
            let mut all = Vec::new();
            other_words(&text, &mut |word: &str| all.push(word.to_owned()));
            prop_assert_eq!(words(&text), all);
        }
    }

    #[test]
    fn typographic_marks_are_what_they_are_in_any_text() {
        for mark in '\u{2000}'..='\u{203f}' {
            let text = format!("Don{mark}t{mark}");
            let mut all = Vec::new();
            other_words(&text, &mut |word: &str| all.push(word.to_owned()));
            assert_eq!(words(&text), all, "{mark:?}");
        }
    }
}
