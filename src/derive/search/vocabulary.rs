//! The words of a handbook: all forms, those of one stem together.

use std::cmp::Ordering;

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::forms::Forms;
use super::words::words;

/// The function words of a language, as far as they are known. They are found like others, but say little about a document.
fn function_words(language: &str) -> FxHashSet<String> {
    let all = stop_words::lookup(primary(language)).unwrap_or_default();
    // Without the apostrophe, "I'll" and "we'd" are words that readers look for: "ill", "wed".
    let is_other_word = |word: &str| word.ends_with("'ll") || word.ends_with("'d");
    all.iter().filter(|word| !is_other_word(word)).map(|word| words(word).concat()).collect()
}

/// "en" of "en-GB".
pub fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}

/// A number for a language: 0 is the handbook's, so that it is the least; the letters of the others.
pub fn language_key(language: &str) -> u32 {
    primary(language).bytes().take(4).fold(0, |key, byte| key << 8 | u32::from(byte.to_ascii_lowercase()))
}

fn stemmer(language: u32) -> Option<Stemmer> {
    let letters: String =
        language.to_be_bytes().iter().filter(|byte| **byte > 0).map(|byte| char::from(*byte)).collect();
    let algorithm = match letters.as_str() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

/// All forms, grouped by their stems.
pub struct Vocabulary {
    /// The forms of each group in the order of [`SortKey`]; groups are in that of their first forms.
    pub forms: Vec<Vec<String>>,
    /// The group of each form as they were given.
    pub groups: Vec<u32>,
    /// The function words of the main language.
    pub functions: FxHashSet<String>,
}

impl Vocabulary {
    /// Of forms with the keys of their languages, some given again and again; a form of several languages belongs to the least.
    pub fn new<'s>(given: impl Iterator<Item = (&'s String, u32)>, main: &str) -> Self {
        let mut all = Forms::default();
        let given: Vec<u32> = given.map(|(form, language)| all.number(form, language)).collect();
        let numbered = all.all().zip(0..);
        let mut distinct: Vec<Form<'_>> =
            numbered.map(|((form, language), number)| Form { key: SortKey::new(form), language, number }).collect();
        distinct.par_sort_unstable_by_key(|form| form.key);
        let mut forms: Vec<Vec<String>> = Vec::new();
        let mut groups = vec![0; distinct.len()];
        let mut by_stem: FxHashMap<(u32, String), u32> = FxHashMap::default();
        let functions = function_words(main);
        for (form, stem) in distinct.iter().zip(stems(&distinct, language_key(main), &functions)) {
            let group = *by_stem.entry(stem).or_insert_with(|| {
                // Most words have one form.
                forms.push(Vec::with_capacity(1));
                forms.len() as u32 - 1
            });
            forms[group as usize].push(form.key.form.to_owned());
            groups[form.number as usize] = group;
        }
        Self { forms, groups: given.into_iter().map(|number| groups[number as usize]).collect(), functions }
    }
}

/// A form with what is known of it.
struct Form<'f> {
    key: SortKey<'f>,
    language: u32,
    /// Its place in the order of first mention.
    number: u32,
}

/// In the place of a language, for function words: "willing" and "will" have a stem in common, but who looks for one doesn't want
/// the other. So each stands alone.
const FUNCTION: u32 = u32::MAX;

/// The language and the stem of each form; 0 is the language `main`.
fn stems(forms: &[Form<'_>], main: u32, functions: &FxHashSet<String>) -> Vec<(u32, String)> {
    let of_chunk = |chunk: &[Form<'_>]| {
        let mut stemmers: FxHashMap<u32, Option<Stemmer>> = FxHashMap::default();
        let stem = |form: &Form<'_>| {
            let language = if form.language == 0 { main } else { form.language };
            let form = form.key.form;
            if functions.contains(form) {
                return (FUNCTION, form.to_owned());
            }
            let stemmer = stemmers.entry(language).or_insert_with(|| stemmer(language));
            let is_number = form.starts_with(|c: char| c.is_ascii_digit());
            let stem = match stemmer {
                Some(stemmer) if !is_number => stemmer.stem(form).into_owned(),
                _ => form.to_owned(),
            };
            (language, stem)
        };
        chunk.iter().map(stem).collect::<Vec<_>>()
    };
    forms.par_chunks(512).flat_map_iter(of_chunk).collect()
}

/// A form for the order in which JavaScript compares strings, by UTF-16 units: that of bytes, but the letters from U+E000 to U+FFFF
/// come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey<'f> {
    /// The first eight bytes, which nearly always tell.
    start: u64,
    /// The form.
    pub form: &'f str,
}

impl<'f> SortKey<'f> {
    /// That of a form.
    pub fn new(form: &'f str) -> Self {
        let mut start = [0; 8];
        for (unit, byte) in start.iter_mut().zip(form.bytes()) {
            *unit = rank(byte);
        }
        Self { start: u64::from_be_bytes(start), form }
    }
}

impl Ord for SortKey<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let of_rest = || self.form.bytes().map(rank).cmp(other.form.bytes().map(rank));
        self.start.cmp(&other.start).then_with(of_rest)
    }
}

impl PartialOrd for SortKey<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The bytes that letters from U+E000 to U+FFFF begin with come behind those of the letters above them, which take two units.
fn rank(byte: u8) -> u8 {
    if matches!(byte, 0xee | 0xef) { byte + 0x10 } else { byte }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether two words of a handbook in a language are forms of one word.
    fn are_forms(a: &str, b: &str, language: &str) -> bool {
        let words = [a.to_owned(), b.to_owned()];
        let groups = Vocabulary::new(words.iter().map(|word| (word, 0)), language).groups;
        groups[0] == groups[1]
    }

    #[test]
    fn forms_have_an_ending_of_their_language_and_never_only_a_beginning_in_common() {
        for (a, b) in [("borrow", "borrowed"), ("levy", "levies"), ("plan", "planning"), ("rota", "rotas")] {
            assert!(are_forms(a, b, "en-GB"), "{a}, {b}");
        }
        for (a, b) in
            [("whatsapp", "what"), ("football", "foot"), ("ill", "illegal"), ("plan", "plane"), ("2026", "202")]
        {
            assert!(!are_forms(a, b, "en-GB"), "{a}, {b}");
        }
        assert!(are_forms("mahlzeit", "mahlzeiten", "de") && !are_forms("regel", "regal", "de"));
        assert!(!are_forms("gwers", "gwersi", "cy"), "there is no stemmer for Welsh");
    }

    #[test]
    fn function_words_have_no_form_but_themselves() {
        for (function, other) in [("will", "willing"), ("own", "owned"), ("can", "canned"), ("other", "others")] {
            assert!(!are_forms(function, other, "en-GB"), "{function}, {other}");
        }
        let functions = function_words("en-GB");
        let is_function = |word: &str| functions.contains(word);
        assert!(["who", "dont", "youre"].into_iter().all(is_function));
        assert!(!["ill", "wed", "shed", "shell"].into_iter().any(is_function));
    }

    proptest! {
        #[test]
        fn forms_are_in_the_order_of_javascript(a in "[aé\u{e000}\u{ffee}𠮷𠮸]{0,5}", b in "[aé\u{e000}\u{ffee}𠮷𠮸]{0,5}") {
            prop_assert_eq!(SortKey::new(&a).cmp(&SortKey::new(&b)), a.encode_utf16().cmp(b.encode_utf16()));
        }
    }
}
