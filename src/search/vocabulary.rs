//! The words of a handbook: all forms, those of one stem together.

use std::cmp::Ordering;

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::words::words;

/// The function words of a language, as far as they are known. They are found like others, but say little about a document.
pub fn function_words(language: &str) -> FxHashSet<String> {
    let all = stop_words::lookup(primary(language)).unwrap_or_default();
    all.iter().map(|word| words(word).concat()).collect()
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
    /// The forms of each group in the order of [`compare`]; groups are in that of their first forms.
    pub forms: Vec<Vec<String>>,
    /// The group of each form as they were given.
    pub groups: Vec<u32>,
}

impl Vocabulary {
    /// Of forms with the keys of their languages, some given again and again; a form of several languages belongs to the least.
    pub fn new<'s>(given: impl Iterator<Item = (&'s String, u32)>, main: &str) -> Self {
        let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
        let mut distinct: Vec<(&str, u32, usize)> = Vec::new();
        let given: Vec<usize> = given
            .map(|(form, language)| {
                let number = *numbers.entry(form).or_insert(distinct.len());
                if number == distinct.len() {
                    distinct.push((form, language, number));
                }
                let known = &mut distinct[number].1;
                *known = (*known).min(language);
                number
            })
            .collect();
        distinct.par_sort_unstable_by(|(a, ..), (b, ..)| compare(a, b));
        let mut forms: Vec<Vec<String>> = Vec::new();
        let mut groups = vec![0; distinct.len()];
        let mut by_stem: FxHashMap<(u32, String), u32> = FxHashMap::default();
        for ((form, _, number), stem) in distinct.iter().zip(stems(&distinct, language_key(main))) {
            let group = *by_stem.entry(stem).or_insert_with(|| {
                forms.push(Vec::new());
                forms.len() as u32 - 1
            });
            forms[group as usize].push((*form).to_owned());
            groups[*number] = group;
        }
        Self { forms, groups: given.into_iter().map(|number| groups[number]).collect() }
    }
}

/// The language and the stem of each form; 0 is the language `main`.
fn stems(forms: &[(&str, u32, usize)], main: u32) -> Vec<(u32, String)> {
    let of_chunk = |chunk: &[(&str, u32, usize)]| {
        let mut stemmers: FxHashMap<u32, Option<Stemmer>> = FxHashMap::default();
        let stem = |(form, language, _): &(&str, u32, usize)| {
            let language = if *language == 0 { main } else { *language };
            let stemmer = stemmers.entry(language).or_insert_with(|| stemmer(language));
            let is_number = form.starts_with(|c: char| c.is_ascii_digit());
            let stem = match stemmer {
                Some(stemmer) if !is_number => stemmer.stem(form).into_owned(),
                _ => (*form).to_owned(),
            };
            (language, stem)
        };
        chunk.iter().map(stem).collect::<Vec<_>>()
    };
    forms.par_chunks(512).flat_map_iter(of_chunk).collect()
}

/// The order in which JavaScript compares strings, by UTF-16 units: that of bytes, but the letters from U+E000 to U+FFFF come last.
pub fn compare(a: &str, b: &str) -> Ordering {
    let unit = |byte: u8| if matches!(byte, 0xee | 0xef) { 0xff } else { byte };
    match a.bytes().zip(b.bytes()).find(|(a, b)| a != b) {
        Some((a, b)) => (unit(a), a).cmp(&(unit(b), b)),
        None => a.len().cmp(&b.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn forms_are_in_the_order_of_javascript(a in "[aé\u{e000}\u{ffee}𠮷𠮸]{0,3}", b in "[aé\u{e000}\u{ffee}𠮷𠮸]{0,3}") {
            prop_assert_eq!(compare(&a, &b), a.encode_utf16().cmp(b.encode_utf16()));
        }
    }
}
