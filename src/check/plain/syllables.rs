//! How many syllables English words have, near enough for a reading grade.
//!
//! Vowels that stand together are one syllable; endings that aren't spoken, and vowels that are spoken apart, are put right.

/// Vowels that are spoken apart, with the letters around them.
const APART: &[&str] = &[
    "area", "eing", "idea", "iet", "ism", "oing", "react", "reate", "reati", "uate", "uati", "uence", "uent", "uing",
    "ying",
];

/// The syllables of a word; of each part, where it has a hyphen. What has no letters counts as one, what follows an apostrophe as none.
pub fn syllables(word: &str) -> usize {
    let is_joint = |c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’');
    let parts = word.split(is_joint).filter_map(|part| part.split(['\'', '’']).next()).filter(|part| !part.is_empty());
    parts.map(|part| of_part(&part.to_lowercase())).sum::<usize>().max(1)
}

fn of_part(part: &str) -> usize {
    let letters: Vec<char> = part.chars().collect();
    let mut count = 0;
    let mut was_vowel = false;
    for (index, letter) in letters.iter().enumerate() {
        let is_own = is_vowel(*letter) && !(index == 0 && *letter == 'y');
        count += usize::from(is_own && !was_vowel);
        was_vowel = is_own;
    }
    count += APART.iter().map(|letters| part.matches(letters).count()).sum::<usize>() + spoken_apart(&letters);
    count.saturating_sub(usize::from(has_silent_ending(part, &letters))).max(1)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'ê' | 'ŵ' | 'ŷ')
}

/// Pairs such as those in "period", "audience" and "annual", but not in "special", "region" or "behaviour".
fn spoken_apart(letters: &[char]) -> usize {
    let is_apart = |(index, pair): (usize, &[char])| {
        let before = index.checked_sub(1).map_or(' ', |before| letters[before]);
        let after = |distance: usize| letters.get(index + 1 + distance).copied().unwrap_or(' ');
        match pair {
            ['i', 'a'] => !matches!(before, 'c' | 't' | 's'),
            ['i', 'o'] => !matches!(before, 'c' | 't' | 's' | 'g' | 'x') && (after(1), after(2)) != ('u', 'r'),
            ['i', 'e'] => {
                after(1) == 'n' && !matches!(before, 'c' | 't' | 'r') || (before, after(1), after(2)) == ('r', 'n', 'c')
            }
            ['u', 'a'] => !matches!(before, 'q' | 'g') && after(1) == 'l',
            _ => false,
        }
    };
    letters.windows(2).enumerate().filter(|window| is_apart(*window)).count()
}

/// "make", "makes", "helped", but not "handle", "services" or "wanted".
fn has_silent_ending(part: &str, letters: &[char]) -> bool {
    let ending = ["es", "ed", "e"].into_iter().find(|ending| part.ends_with(ending)).unwrap_or_default();
    let before = letters.len().checked_sub(ending.len() + 1).map_or(' ', |before| letters[before]);
    let earlier = letters.len().checked_sub(ending.len() + 2).map_or(' ', |before| letters[before]);
    let is_spoken_l = before == 'l' && !is_vowel(earlier) && !matches!(earlier, 'l' | 'r');
    match ending {
        "" => false,
        _ if is_vowel(before) || is_spoken_l => false,
        "es" => !matches!(before, 's' | 'x' | 'z' | 'c' | 'g' | 'h'),
        "ed" => !matches!(before, 't' | 'd'),
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
