//! The forms of words as numbers.

use rustc_hash::FxHashMap;

/// Forms in the order of their first mention, each once.
#[derive(Default)]
pub struct Forms {
    /// By their numbers.
    all: Vec<String>,
    known: FxHashMap<String, Known>,
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
        let Some(known) = self.known.get_mut(form) else {
            return self.add(form, language);
        };
        known.language = known.language.min(language);
        known.number
    }

    #[cold]
    fn add(&mut self, form: &str, language: u32) -> u32 {
        let number = self.all.len() as u32;
        self.known.insert(form.to_owned(), Known { number, language });
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
        for known in self.known.values() {
            languages[known.number as usize] = known.language;
        }
        self.all.iter().zip(languages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
