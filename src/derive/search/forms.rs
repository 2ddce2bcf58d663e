//! The forms of words as numbers.

use rustc_hash::FxHashMap;

/// Forms in the order of their first mention, each once.
#[derive(Default)]
pub struct Forms {
    /// By their numbers.
    all: Vec<String>,
    /// Nearly all are short and stand in the table itself, so that every word of a handbook is known without a look elsewhere. With
    /// strings alone, and words read letter by letter (see [`words`](super::words)), a build of 1,000 pages takes 10 % more
    /// instructions and processor time (valgrind and five runs by turns, December 2026).
    short: FxHashMap<(u64, u64), Known>,
    long: FxHashMap<String, Known>,
}

/// What is known of a form.
struct Known {
    number: u32,
    /// The least of the keys of its languages.
    language: u32,
}

impl Forms {
    /// The number of a form that occurs in a language.
    pub fn number(&mut self, form: &str, language: u32) -> u32 {
        let known = match short(form) {
            Some(short) => self.short.get_mut(&short),
            None => self.long.get_mut(form),
        };
        let Some(known) = known else {
            return self.add(form, language);
        };
        known.language = known.language.min(language);
        known.number
    }

    #[cold]
    fn add(&mut self, form: &str, language: u32) -> u32 {
        let number = self.all.len() as u32;
        let known = Known { number, language };
        match short(form) {
            Some(short) => self.short.insert(short, known),
            None => self.long.insert(form.to_owned(), known),
        };
        self.all.push(form.to_owned());
        number
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// All by their numbers, each with the least of the keys of its languages.
    pub fn all(&self) -> impl Iterator<Item = (&String, u32)> {
        let mut languages = vec![0; self.all.len()];
        for known in self.short.values().chain(self.long.values()) {
            languages[known.number as usize] = known.language;
        }
        self.all.iter().zip(languages)
    }
}

/// Up to sixteen bytes as two numbers, which differ for all forms since none has a zero.
fn short(form: &str) -> Option<(u64, u64)> {
    let form = form.as_bytes();
    match form.split_first_chunk() {
        Some((first, rest)) if rest.len() <= 8 => Some((u64::from_le_bytes(*first), few(rest))),
        Some(_) => None,
        None => Some((few(form), 0)),
    }
}

/// Up to eight bytes as a number. To copy them into eight and read those would have the processor wait for each word.
fn few(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        // The bytes that the two share are the same in both.
        (Some(first), Some(last)) => {
            let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
            first | last << (8 * (bytes.len() - 4))
        }
        _ => bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_their_bytes() {
        for length in 1..=16 {
            let form = &"abcdefghijklmnop"[..length];
            let (first, rest) = short(form).expect("a short form");
            let bytes = [first, rest].map(u64::to_le_bytes).concat();
            assert_eq!(bytes.split_at(length), (form.as_bytes(), &[0; 16][length..]));
        }
        assert_eq!(short("abcdefghijklmnopq"), None);
    }

    #[test]
    fn a_form_has_one_number_and_its_least_language() {
        let mut forms = Forms::default();
        let all = ["kind", "kindness", "disproportionateness", "kind", "disproportionateness"];
        let numbers: Vec<u32> = all.iter().zip([7, 0, 0, 3, 5]).map(|(form, key)| forms.number(form, key)).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 2]);
        let all: Vec<u32> = forms.all().map(|(_, language)| language).collect();
        assert_eq!(all, [3, 0, 0]);
    }
}
