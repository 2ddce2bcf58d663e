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
    /// The forms of each group.
    pub forms: Vec<Vec<String>>,
    /// The group of each form.
    pub groups: FxHashMap<String, u32>,
}

impl Vocabulary {
    /// Of forms with the keys of their languages; a form of several belongs to the least.
    pub fn new<'s>(all: impl Iterator<Item = (&'s str, u32)>, main: &str) -> Self {
        let mut languages: FxHashMap<&str, u32> = FxHashMap::default();
        for (form, language) in all {
            languages.entry(form).and_modify(|known| *known = (*known).min(language)).or_insert(language);
        }
        let mut all: Vec<(&str, u32)> = languages.into_iter().collect();
        all.par_sort_unstable();
        let main = language_key(main);
        let mut stemmed: Vec<(u32, String, &str)> = all
            .par_chunks(2048)
            .flat_map_iter(|chunk| {
                let mut stemmers: FxHashMap<u32, Option<Stemmer>> = FxHashMap::default();
                chunk
                    .iter()
                    .map(|(form, language)| {
                        let language = if *language == 0 { main } else { *language };
                        let stemmer = stemmers.entry(language).or_insert_with(|| stemmer(language));
                        let is_number = form.starts_with(|c: char| c.is_ascii_digit());
                        let stem = match stemmer {
                            Some(stemmer) if !is_number => stemmer.stem(form).into_owned(),
                            _ => (*form).to_owned(),
                        };
                        (language, stem, *form)
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        stemmed.par_sort_unstable();
        let mut forms: Vec<Vec<String>> = stemmed
            .chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1))
            .map(|group| {
                let mut forms: Vec<String> = group.iter().map(|(_, _, form)| (*form).to_owned()).collect();
                forms.sort_unstable_by(|a, b| compare(a, b));
                forms
            })
            .collect();
        forms.par_sort_unstable_by(|a, b| compare(&a[0], &b[0]));
        let groups = forms
            .iter()
            .zip(0..)
            .flat_map(|(forms, group)| forms.iter().map(move |form| (form.clone(), group)))
            .collect();
        Self { forms, groups }
    }
}

/// The order in which JavaScript compares strings: by UTF-16 units.
pub fn compare(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}
