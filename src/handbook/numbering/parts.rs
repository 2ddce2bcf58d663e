//! Numbers such as "4.2(c)(ii)" taken apart: how they are read, cited, and follow one another.

use super::{Number, alphabetic, roman};

/// The parts of a number: 4, 2 and c.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Parts {
    pub(super) path: Vec<u32>,
    pub(super) letters: Vec<String>,
}

impl Parts {
    fn dotted(&self) -> String {
        self.path.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
    }

    pub(super) fn number(&self, strip: usize) -> Number {
        let letters: String = self.letters.iter().map(|letter| format!("({letter})")).collect();
        let mut anchor = self.dotted();
        for letter in &self.letters {
            if !anchor.is_empty() {
                anchor.push('-');
            }
            anchor.push_str(&letter.to_ascii_lowercase());
        }
        let marker = self.letters.last().map_or_else(|| self.dotted(), |letter| format!("({letter})"));
        Number { citation: self.dotted() + &letters, marker, anchor, strip }
    }

    /// Whether these are another's parts with further letters.
    pub(super) fn is_inside(&self, other: &Self) -> bool {
        self.path == other.path && self.letters.starts_with(&other.letters)
    }

    /// The citation of the sibling with an ordinal: "4.2(b)" beside "4.2(c)".
    pub(super) fn beside(&self, ordinal: u32) -> String {
        let mut parts = self.clone();
        if let Some(letter) = parts.letters.last_mut() {
            *letter = if letter.starts_with(|c: char| c.is_ascii_digit()) {
                ordinal.to_string()
            } else {
                alphabetic(ordinal)
            };
        } else if let Some(number) = parts.path.last_mut() {
            *number = ordinal;
        }
        parts.number(0).citation
    }

    pub(super) fn with_letter(&self, letter: String) -> Self {
        let mut parts = self.clone();
        parts.letters.push(letter);
        parts
    }

    pub(super) fn with_number(&self, number: u32) -> Self {
        let mut parts = self.clone();
        parts.path.push(number);
        parts
    }
}

/// Behind how many of the letters before it a letter stands: after all of them where it begins a list inside them.
pub(super) fn place_of(letter: &str, before: &[String]) -> usize {
    let Some(last) = before.last() else {
        return 0;
    };
    if let Some(at) = before.iter().rposition(|own| follows(letter, own)) {
        return at;
    }
    let is_first = matches!(letter, "a" | "A" | "i" | "I" | "1");
    let is_inside = is_first && kind_of(letter, false) != kind_of(last, before.len() > 1);
    if is_inside {
        before.len()
    } else {
        before.iter().rposition(|own| kind_of(own, false) == kind_of(letter, false)).unwrap_or(0)
    }
}

/// Whether "(c)" follows "(b)", or "(iii)" follows "(ii)", or "(3)" follows "(2)".
fn follows(letter: &str, before: &str) -> bool {
    let is_small = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    let (own, last) = (letter.to_ascii_lowercase(), before.to_ascii_lowercase());
    if let (Ok(own), Ok(last)) = (own.parse::<u32>(), last.parse::<u32>()) {
        return own == last + 1;
    }
    let is_next = |value: fn(&str) -> Option<u32>| value(&last).is_some_and(|last| value(&own) == Some(last + 1));
    is_small(letter) == is_small(before) && (is_next(alphabetic_value) || is_next(roman_value))
}

/// What [`alphabetic`] would spell so, of small letters.
fn alphabetic_value(text: &str) -> Option<u32> {
    let is_spelt = !text.is_empty() && text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    is_spelt.then(|| text.bytes().fold(0, |value, byte| value * 26 + u32::from(byte - b'a') + 1))
}

/// What [`roman`] would spell so, of small letters.
fn roman_value(text: &str) -> Option<u32> {
    (1..=50).find(|count| roman(*count) == text).filter(|_| text.bytes().all(|byte| b"ivxl".contains(&byte)))
}

/// How a letter counts: figures, Roman numbers or the alphabet, in capitals or not. "(i)" is Roman; "(v)" and "(x)" are where they stand
/// `inside` other letters.
fn kind_of(letter: &str, inside: bool) -> (u8, bool) {
    let is_roman = (inside || letter.len() > 1 || letter.eq_ignore_ascii_case("i"))
        && roman_value(&letter.to_ascii_lowercase()).is_some();
    let kind = if letter.parse::<u32>().is_ok() {
        0
    } else if is_roman {
        1
    } else {
        2
    };
    (kind, letter.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Reads a number at the start of some words: "4.2 ", "4.2(c) ", "(c) ", "4. "; how many bytes it takes with the white space.
pub(super) fn read(words: &str) -> Option<(Parts, usize)> {
    let mut parts = Parts::default();
    let mut rest = words;
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 || digits > 3 {
            break;
        }
        parts.path.push(rest[..digits].parse().ok()?);
        rest = &rest[digits..];
        match rest.strip_prefix('.') {
            Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => rest = after,
            _ => break,
        }
    }
    while let Some((letter, after)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        if !is_letter(letter) {
            break;
        }
        parts.letters.push(letter.to_owned());
        rest = after;
    }
    if parts == Parts::default() {
        return None;
    }
    let rest = rest.strip_prefix(['.', ':', ')']).unwrap_or(rest);
    let after = rest.trim_start();
    (rest.len() != after.len() && !after.is_empty()).then(|| (parts, words.len() - after.len()))
}

/// Whether what stands in brackets counts something: "(a)", "(ab)", "(iv)", "(12)", "(2a)"; a word such as "(HR)" doesn't.
fn is_letter(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let is_word = !rest.bytes().all(|byte| byte.is_ascii_alphabetic());
    match (digits, rest.len()) {
        _ if is_word => false,
        (1..=3, 0 | 1) | (0, 1) => true,
        (0, 2) if rest.bytes().all(|byte| byte.is_ascii_lowercase()) => true,
        (0, 2) if rest.as_bytes()[0] == rest.as_bytes()[1] => true,
        (0, 2..=8) => roman_value(&rest.to_ascii_lowercase()).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authored_numbers_are_read_in_every_spelling() {
        let citation = |words| read(words).map(|(parts, length)| (parts.number(0).citation, length));
        assert_eq!(citation("4.2 Gifts"), Some(("4.2".into(), 4)));
        assert_eq!(citation("4. Gifts"), Some(("4".into(), 3)));
        assert_eq!(citation("4.2(c) You must"), Some(("4.2(c)".into(), 7)));
        assert_eq!(citation("(ii) declare"), Some(("(ii)".into(), 5)));
        assert_eq!(citation("2026 was a year"), None);
        assert_eq!(citation("(HR) keeps a list"), None);
        assert_eq!(citation("(2A) withdrawn"), Some(("(2A)".into(), 5)));
        assert_eq!(citation("4.2"), None);
    }

    #[test]
    fn letters_below_each_other_find_their_places() {
        let place = |letter: &str, before: &[&str]| {
            place_of(letter, &before.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!([place("a", &[]), place("b", &["a"]), place("i", &["b"]), place("ii", &["b", "i"])], [0, 0, 1, 1]);
        assert_eq!([place("c", &["b", "ii"]), place("i", &["h"]), place("v", &["b", "iv"])], [0, 0, 1]);
        assert_eq!(
            [place("A", &["b", "ii"]), place("1", &["a"]), place("2", &["a", "1"]), place("d", &["a"])],
            [2, 1, 1, 0]
        );
    }
}
