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
    let mut lower = String::new();
    for run in text.split(is_separator) {
        if run.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            take_word(run, &mut take);
        } else if run.is_ascii() {
            lower.clear();
            lower.extend(run.chars().filter(|c| !is_apostrophe(*c)));
            lower.make_ascii_lowercase();
            take_word(&lower, &mut take);
        } else {
            other_words(run, &mut take);
        }
    }
}

/// Whether a character is no part of any word, whatever stands beside it.
fn is_separator(c: char) -> bool {
    // From U+2000 to U+203F: dashes, quotes, dots and spaces of typographers.
    !c.is_ascii_alphanumeric() && !is_apostrophe(c) && (c.is_ascii() || matches!(c, '\u{2000}'..='\u{203f}'))
}

fn take_word(word: &str, take: &mut impl FnMut(&str)) {
    if (1..=LONGEST).contains(&word.len()) {
        take(word);
    }
}

/// The words of a text.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
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
