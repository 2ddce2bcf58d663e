//! Text to a slug: the part of an address that stands for a title. Stable, lower-case, hyphens between words.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::capitalised;

/// The slug of a title: "We’re always learning!" gives "were-always-learning", "Café" gives "cafe".
///
/// Letters of any script stay; accents and apostrophes go; everything else becomes one hyphen. Empty where no letter or digit is
/// left. A slug's slug is itself.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    spell(text, |c| {
        slug.push(c);
        true
    });
    slug
}

/// What titles are sorted by: their slugs, with numbers by their size, so that "Level 10" comes after "Level 2".
pub fn sort_key(title: &str) -> String {
    let slug = slug(title);
    let mut key = String::with_capacity(slug.len() + 16);
    let mut rest = slug.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (number, after) = from.split_at(from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len()));
        key.push_str(before);
        key.push_str(&format!("{number:0>12}"));
        rest = after;
    }
    key + rest
}

/// Whether an id is the slug of a title.
pub fn is_slug(text: &str, id: &str) -> bool {
    let mut rest = id.chars();
    let mut is_same = true;
    spell(text, |c| {
        is_same = rest.next() == Some(c);
        is_same
    });
    is_same && rest.as_str().is_empty()
}

/// Whether the slug of a title starts with an id.
pub fn slug_starts_with(text: &str, id: &str) -> bool {
    // Mostly the first letter tells.
    let first = text.chars().next().filter(char::is_ascii_alphanumeric);
    if first.is_some_and(|first| id.starts_with(|c| c != first.to_ascii_lowercase())) {
        return false;
    }
    let mut rest = id.chars().peekable();
    spell(text, |c| rest.next_if_eq(&c).is_some() && rest.peek().is_some());
    rest.peek().is_none()
}

/// Calls `take` with each character of a title's slug, until it has enough.
fn spell(text: &str, take: impl FnMut(char) -> bool) {
    if text.is_ascii() {
        let letters = text.bytes().map(|byte| ASCII[usize::from(byte)]).filter(|byte| *byte != GONE);
        return joined(letters.map(char::from), |c| c != '-', take);
    }
    joined(folded(text).chars(), char::is_alphanumeric, take);
}

/// What becomes of each ASCII character in a slug: a letter or digit, a hyphen, or nothing.
const ASCII: [u8; 128] = {
    let mut all = [b'-'; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            all[byte] = (byte as u8).to_ascii_lowercase();
        } else if is_apostrophe(byte as u8 as char) {
            all[byte] = GONE;
        }
        byte += 1;
    }
    all
};
const GONE: u8 = 0;

/// Runs of letters and digits with a hyphen between them.
fn joined(letters: impl Iterator<Item = char>, is_letter: impl Fn(char) -> bool, mut take: impl FnMut(char) -> bool) {
    let (mut has_begun, mut is_apart) = (false, false);
    for c in letters {
        if !is_letter(c) {
            is_apart = has_begun;
        } else if (std::mem::take(&mut is_apart) && !take('-')) || !take(c) {
            return;
        } else {
            has_begun = true;
        }
    }
}

/// A text in lower case without accents and apostrophes, in compatibility forms.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        decompose_compatible(c, |c| {
            if !is_combining_mark(c) && !is_apostrophe(c) {
                for c in c.to_lowercase() {
                    decompose_compatible(c, |c| {
                        if !is_combining_mark(c) {
                            folded.push(c);
                        }
                    });
                }
            }
        });
    }
    // With all marks gone, only the parts of Korean syllables are left to be put together.
    if is_nfc(&folded) { folded } else { folded.nfc().collect() }
}

/// The slug of a text's first words, for the id of a sentence: at most eight words and sixty bytes, whole words.
pub fn short_slug(text: &str) -> String {
    let whole = slug(text);
    let mut short = String::new();
    for word in whole.split('-').take(8) {
        if !short.is_empty() && short.len() + word.len() >= 60 {
            break;
        }
        if !short.is_empty() {
            short.push('-');
        }
        short.push_str(word);
    }
    short
}

/// A label as two people may write it: quotation marks straight or curly, capitals, white space and final colons don't count.
pub fn label_key(text: &str) -> String {
    let straight: String = text
        .nfc()
        .map(|c| match c {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' => '"',
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    straight.trim().trim_end_matches([':', '.', '…']).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks that stand inside words as apostrophes do, or are typed for them.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// A file's or folder's name as a title, where nobody wrote one: "code-of-conduct" gives "Code of conduct".
pub fn title_from_name(name: &str) -> String {
    capitalised(name.replace(['-', '_'], " ").trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_readable() {
        assert_eq!(slug("We’re always learning!"), "were-always-learning");
        assert_eq!(slug("'One Service' – A Collective Responsibility"), "one-service-a-collective-responsibility");
        assert_eq!(slug("Iechyd da, Ŵyn"), "iechyd-da-wyn");
        assert_eq!(slug("  ***  "), "");
    }

    #[test]
    fn numbers_are_sorted_by_their_size() {
        let mut titles = ["Level 10", "Level 2", "Level 2b", "Level", "10 rules", "9 rules", "Levels", "4.10", "4.9"];
        titles.sort_by_key(|title| sort_key(title));
        assert_eq!(
            titles,
            ["4.9", "4.10", "9 rules", "10 rules", "Level", "Level 2", "Level 2b", "Level 10", "Levels"]
        );
    }

    #[test]
    fn syllables_stay_whole() {
        assert_eq!(slug("가치 handbook"), "가치-handbook");
    }

    #[test]
    fn labels_match_whatever_the_marks() {
        assert_eq!(label_key("I won’t"), label_key("I won't:"));
        assert_ne!(label_key("I will"), label_key("I won't"));
    }

    proptest! {
        #[test]
        fn a_slug_of_a_slug_is_itself(text in "\\PC{0,40}") {
            let once = slug(&text);
            prop_assert_eq!(slug(&once), once);
        }

        #[test]
        fn the_start_of_a_slug_is_known_without_making_it(text in "[aé'-]{0,8}", id in "[ae-]{0,6}") {
            prop_assert_eq!(slug_starts_with(&text, &id), slug(&text).starts_with(&id));
            prop_assert_eq!(is_slug(&text, &id), slug(&text) == id);
        }

        #[test]
        fn letters_are_folded_as_unicode_tells(text in "\\PC{0,40}") {
            let is_letter = |c: &char| !is_combining_mark(*c);
            let lower = text.nfkd().filter(is_letter).filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase);
            prop_assert_eq!(folded(&text), lower.nfkd().filter(is_letter).nfc().collect::<String>());
        }
    }
}
