//! How many syllables English words have, near enough for a reading grade.
//!
//! Vowels that stand together are one syllable; endings that aren't spoken, and vowels that are spoken apart, are put right.

use std::borrow::Cow;

/// Vowels that are spoken apart, with the letters around them.
const APART: &[&str] = &[
    "area", "eing", "idea", "iet", "ism", "oing", "react", "reate", "reati", "uate", "uati", "uence", "uent", "uing",
    "ying",
];

/// The syllables of a word; of each part, where it has a hyphen. What has no letters counts as one, what follows an apostrophe as none.
pub fn syllables(word: &str) -> usize {
    let is_joint = |c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’');
    let parts = word.split(is_joint).filter_map(|part| part.split(['\'', '’']).next()).filter(|part| !part.is_empty());
    parts.map(|part| of_part(&letters(part))).sum::<usize>().max(1)
}

/// Small letters, each a byte, vowels without their accents. Most words are written so, and stay as they are.
fn letters(part: &str) -> Cow<'_, [u8]> {
    if part.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(part.as_bytes());
    }
    let plain = |c: char| match c {
        'á' | 'â' | 'à' => b'a',
        'é' | 'ê' | 'è' => b'e',
        'í' | 'î' => b'i',
        'ó' | 'ô' => b'o',
        'ú' | 'û' => b'u',
        'ŵ' | 'ŷ' => b'y',
        c if c.is_ascii() => c as u8,
        _ => b'-',
    };
    part.chars().flat_map(char::to_lowercase).map(plain).collect()
}

fn of_part(letters: &[u8]) -> usize {
    let mut count = 0;
    let mut was_vowel = false;
    for (index, letter) in letters.iter().enumerate() {
        let is_own = is_vowel(*letter) && !(index == 0 && *letter == b'y');
        count += usize::from(is_own && !was_vowel);
        was_vowel = is_own;
    }
    let is_begun = |at: usize| is_vowel(letters[at]) || letters[at] == b'r';
    let is_apart = |at: &usize| is_begun(*at) && APART.iter().any(|apart| letters[*at..].starts_with(apart.as_bytes()));
    count += (0..letters.len()).filter(is_apart).count() + spoken_apart(letters);
    count.saturating_sub(usize::from(has_silent_ending(letters))).max(1)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Pairs such as those in "period", "audience" and "annual", but not in "special", "region" or "behaviour".
fn spoken_apart(letters: &[u8]) -> usize {
    let is_apart = |(index, pair): (usize, &[u8])| {
        let before = index.checked_sub(1).map_or(b' ', |before| letters[before]);
        let after = |distance: usize| letters.get(index + 1 + distance).copied().unwrap_or(b' ');
        match pair {
            b"ia" => !matches!(before, b'c' | b't' | b's'),
            b"io" => !matches!(before, b'c' | b't' | b's' | b'g' | b'x') && (after(1), after(2)) != (b'u', b'r'),
            b"ie" => {
                after(1) == b'n' && !matches!(before, b'c' | b't' | b'r')
                    || (before, after(1), after(2)) == (b'r', b'n', b'c')
            }
            b"ua" => !matches!(before, b'q' | b'g') && after(1) == b'l',
            _ => false,
        }
    };
    letters.windows(2).enumerate().filter(|window| is_apart(*window)).count()
}

/// "make", "makes", "helped", but not "handle", "services" or "wanted".
fn has_silent_ending(letters: &[u8]) -> bool {
    let endings: [&[u8]; 3] = [b"es", b"ed", b"e"];
    let Some(ending) = endings.into_iter().find(|ending| letters.ends_with(ending)) else { return false };
    let before = letters.len().checked_sub(ending.len() + 1).map_or(b' ', |before| letters[before]);
    let earlier = letters.len().checked_sub(ending.len() + 2).map_or(b' ', |before| letters[before]);
    let is_spoken_l = before == b'l' && !is_vowel(earlier) && !matches!(earlier, b'l' | b'r');
    match ending {
        _ if is_vowel(before) || is_spoken_l => false,
        b"es" => !matches!(before, b's' | b'x' | b'z' | b'c' | b'g' | b'h'),
        b"ed" => !matches!(before, b't' | b'd'),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted() {
        let counted = |count: usize, words: &[&str]| {
            for word in words {
                assert_eq!(syllables(word), count, "{word}");
            }
        };
        counted(1, &["the", "make", "makes", "helped", "called", "friend", "through", "we’re", "12", "xxx"]);
        counted(
            2,
            &["handle", "handled", "wanted", "people", "being", "doing", "client", "social", "wishes", "asking"],
        );
        counted(
            3,
            &["services", "period", "various", "audience", "behaviour", "area", "idea", "efficient", "carrying"],
        );
        counted(3, &["animal", "annual", "influence", "creative", "well-being", "quality's", "council-led"]);
        counted(4, &["responsible", "community", "experience", "evaluate", "variety"]);
        counted(5, &["utilisation", "organisation", "opportunity", "individual"]);
    }
}
