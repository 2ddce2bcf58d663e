//! Numbers that an author wrote: read from the words, put where they belong, and held against their order.

use std::collections::{HashMap, HashSet};

use super::{Number, Numbers, Parts, roman};
use crate::content::prose::{Kind, OutlineEntry, Prose};
use crate::diagnostic::{Code, Diagnostic, Findings, codes};

/// Takes the numbers that the author wrote, and notes repeats, gaps and disorder.
pub(super) struct Authored<'a> {
    body: &'a Prose,
    findings: &'a Findings,
    /// The heading or clause that a letter alone belongs to, by depth: headings and paragraphs at 0, then items.
    open: Vec<Parts>,
    last: HashMap<Parts, u32>,
    numbers: Vec<(usize, Number)>,
    /// The permalinks given so far.
    taken: HashSet<String>,
    /// Whether a list before the first number is an ordinary one: the author writes numbers elsewhere.
    has_numbers: bool,
}

impl<'a> Authored<'a> {
    pub(super) fn new(body: &'a Prose, findings: &'a Findings) -> Self {
        Self {
            body,
            findings,
            open: Vec::new(),
            last: HashMap::new(),
            numbers: Vec::new(),
            taken: HashSet::new(),
            has_numbers: body
                .outline
                .iter()
                .any(|entry| written(body, entry).is_some_and(|(own, _)| !own.path.is_empty())),
        }
    }

    pub(super) fn number(mut self) -> Numbers {
        for entry in &self.body.outline {
            let depth = match &entry.kind {
                Kind::Item { depth, .. } => *depth as usize,
                _ => 0,
            };
            match written(self.body, entry) {
                Some((parts, length)) => self.take(entry, depth, parts, length),
                None => self.take_ordinal(entry, depth),
            }
        }
        Numbers(self.numbers)
    }

    fn take(&mut self, entry: &OutlineEntry, depth: usize, written: Parts, length: usize) {
        let own = if written.path.is_empty() { self.below(depth, &written.letters) } else { written };
        let number = own.number(length);
        if self.taken.insert(number.anchor.clone()) {
            self.judge_order(entry, &own, length);
            self.numbers.push((entry.start(), number));
        } else {
            self.report(
                entry,
                length,
                codes::NUMBER_REPEATED,
                format!("the number {} is taken already", number.citation),
                "give this one a number of its own, so that each can be cited",
            );
        }
        self.open.truncate(depth);
        self.open.resize(depth, Parts::default());
        self.open.push(own);
    }

    /// Letters alone belong to the nearest number above them, or to the letters before them: "(i)" after "(b)" stands inside it, "(ii)"
    /// beside it, and "(c)" is beside "(b)" again, whether the author nested them or wrote one below the other.
    fn below(&self, depth: usize, letters: &[String]) -> Parts {
        let nearest = self.open.iter().take(depth.max(1)).rev().find(|parts| **parts != Parts::default());
        let mut parent = nearest.cloned().unwrap_or_default();
        if depth == 0 {
            parent.letters.clear();
        }
        if let Some(before) = self.open.get(depth).filter(|before| before.is_inside(&parent)) {
            let inner = &before.letters[parent.letters.len()..];
            parent.letters.extend_from_slice(&inner[..place_of(&letters[0], inner)]);
        }
        parent.letters.extend(letters.iter().cloned());
        parent
    }

    /// An item of an ordered list without a number of its own has its ordinal, unless that is taken.
    fn take_ordinal(&mut self, entry: &OutlineEntry, depth: usize) {
        let ordinal = match &entry.kind {
            Kind::Item { ordinal: Some(ordinal), .. } => *ordinal,
            Kind::Heading(_) => {
                self.open.clear();
                return;
            }
            _ => return,
        };
        let parent =
            self.open.iter().take(depth).rev().find(|parts| **parts != Parts::default()).cloned().unwrap_or_default();
        if parent == Parts::default() && self.has_numbers {
            return;
        }
        let own = if parent == Parts::default() {
            parent.with_number(ordinal)
        } else {
            parent.with_letter(ordinal.to_string())
        };
        let number = own.number(0);
        if self.taken.insert(number.anchor.clone()) {
            self.numbers.push((entry.start(), number));
            self.open.truncate(depth);
            self.open.resize(depth, Parts::default());
            self.open.push(own);
        }
    }

    fn judge_order(&mut self, entry: &OutlineEntry, own: &Parts, length: usize) {
        let mut parent = own.clone();
        let ordinal = match parent.letters.pop() {
            Some(letter) => match ordinal_of(&letter, self.last.get(&parent).copied()) {
                Some(ordinal) => ordinal,
                None => return,
            },
            None => match parent.path.pop() {
                Some(number) => number,
                None => return,
            },
        };
        let is_first_of_all = parent == Parts::default() && !self.last.contains_key(&parent);
        let last = self.last.insert(parent.clone(), ordinal).unwrap_or(0);
        let citation = own.number(0).citation;
        if !is_first_of_all && ordinal > last + 1 {
            let message = match last {
                0 => format!("{citation} is the first here, so a number is left out before it"),
                _ => format!("{citation} follows {}, so a number is left out between them", own.beside(last)),
            };
            self.report(
                entry,
                length,
                codes::NUMBER_OUT_OF_ORDER,
                message,
                "if a clause was withdrawn, keep its number with a word such as “Withdrawn”",
            );
        } else if ordinal < last {
            self.report(
                entry,
                length,
                codes::NUMBER_OUT_OF_ORDER,
                format!("{citation} comes after {}", own.beside(last)),
                "put the clauses in the order of their numbers",
            );
        }
    }

    fn report(&self, entry: &OutlineEntry, length: usize, code: Code, message: String, help: &str) {
        let start = entry.words().start;
        let number = self.body.text.as_str()[start..start + length].trim_end();
        let span = self.body.text.span(start..start + number.len());
        self.findings.push(Diagnostic::new(code, message).at(span).help(help));
    }
}

/// The number that something begins with. "12 people" begin a paragraph, not a clause; "12(a)" would.
fn written(body: &Prose, entry: &OutlineEntry) -> Option<(Parts, usize)> {
    let is_paragraph = matches!(entry.kind, Kind::Paragraph);
    read(&body.text.as_str()[entry.words()])
        .filter(|(own, _)| !is_paragraph || own.path.len() != 1 || !own.letters.is_empty())
}

/// Behind how many of the letters before it a letter stands: after all of them where it begins a list inside them.
fn place_of(letter: &str, before: &[String]) -> usize {
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

/// What [`alphabetic`](super::alphabetic) would spell so, of small letters.
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
fn read(words: &str) -> Option<(Parts, usize)> {
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

/// The place of "(c)" or "(3)" among its siblings; none for what may be a Roman number: "(i)" is a letter only after "(h)".
fn ordinal_of(letter: &str, last: Option<u32>) -> Option<u32> {
    if let Ok(number) = letter.parse() {
        return Some(number);
    }
    let byte = letter.bytes().next().filter(u8::is_ascii_alphabetic)?.to_ascii_lowercase();
    let ordinal = u32::from(byte - b'a') + 1;
    let may_be_roman = matches!(byte, b'i' | b'v' | b'x') && last != Some(ordinal - 1);
    (letter.len() == 1 && !may_be_roman).then_some(ordinal)
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
