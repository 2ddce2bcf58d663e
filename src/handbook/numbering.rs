//! The numbers of a code of conduct: headings 1, 1.1 and clauses (a), (b), computed or as authored, each with its anchor.

use std::collections::{BTreeMap, HashMap};

use crate::content::front_matter::Numbering;
use crate::content::prose::{Kind, OutlineEntry, Prose};
use crate::diagnostic::{Diagnostic, codes};
use crate::toml_source::Findings;

/// The numbers of one page, by where their headings and clauses stand in its text.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    by_start: BTreeMap<usize, Number>,
}

/// A lasting number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As people cite it: "4.2(c)".
    pub citation: String,
    /// As it stands before the words: "(c)", "4.2".
    pub marker: String,
    /// Its permalink: "4.2-c".
    pub anchor: String,
    /// How many bytes of the words are the number that the author wrote.
    pub strip: usize,
}

impl Numbers {
    /// The number of what stands at an offset.
    pub fn of(&self, start: usize) -> Option<&Number> {
        self.by_start.get(&start)
    }

    /// Whether a permalink is a number's.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.by_start.values().any(|number| number.anchor == anchor)
    }

    /// All permalinks.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.by_start.values().map(|number| number.anchor.as_str())
    }
}

/// Numbers a page, as a chapter of a code where it is one.
pub fn number(body: &Prose, style: Numbering, chapter: Option<u32>, findings: &Findings) -> Numbers {
    match style {
        Numbering::Authored => Authored::new(body, findings).number(),
        Numbering::Letters | Numbering::Decimal => compute(body, style, chapter),
    }
}

/// The parts of a number: 4, 2 and c.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Parts {
    path: Vec<u32>,
    letters: Vec<String>,
}

impl Parts {
    fn dotted(&self) -> String {
        self.path.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
    }

    fn number(&self, strip: usize) -> Number {
        let letters: String = self.letters.iter().map(|letter| format!("({letter})")).collect();
        let mut anchor = self.dotted();
        for letter in &self.letters {
            if !anchor.is_empty() {
                anchor.push('-');
            }
            anchor.push_str(letter);
        }
        let marker = self.letters.last().map_or_else(|| self.dotted(), |letter| format!("({letter})"));
        Number { citation: self.dotted() + &letters, marker, anchor, strip }
    }

    fn with_letter(&self, letter: String) -> Self {
        let mut parts = self.clone();
        parts.letters.push(letter);
        parts
    }

    fn with_number(&self, number: u32) -> Self {
        let mut parts = self.clone();
        parts.path.push(number);
        parts
    }
}

/// Headings and clauses counted in order. Letters go on through all lists below one heading, so that each is its only (c).
fn compute(body: &Prose, style: Numbering, chapter: Option<u32>) -> Numbers {
    let top = Parts { path: chapter.into_iter().collect(), letters: Vec::new() };
    let mut children: HashMap<Parts, u32> = HashMap::new();
    let mut next = move |parent: &Parts| {
        let count = children.entry(parent.clone()).or_default();
        *count += 1;
        *count
    };
    let mut headings = vec![top];
    let mut clauses: Vec<Parts> = Vec::new();
    let mut by_start = BTreeMap::new();
    for entry in &body.outline {
        match &entry.kind {
            Kind::Heading(heading) => {
                headings.truncate(heading.depth as usize - 1);
                let parent = headings.last().cloned().unwrap_or_default();
                let own = parent.with_number(next(&parent));
                by_start.insert(entry.start, own.number(0));
                headings.push(own);
                clauses.clear();
            }
            Kind::Item { depth, ordinal: Some(_) } if clauses.len() + 1 >= *depth => {
                clauses.truncate(depth - 1);
                let heading = headings.last().cloned().unwrap_or_default();
                let parent = clauses.last().cloned().unwrap_or(heading);
                let count = next(&parent);
                let own = match style {
                    Numbering::Decimal => parent.with_number(count),
                    _ => parent.with_letter(letter(count, *depth)),
                };
                by_start.insert(entry.start, own.number(0));
                clauses.push(own);
            }
            Kind::Item { depth, .. } => clauses.truncate(depth - 1),
            Kind::Paragraph => {}
        }
    }
    Numbers { by_start }
}

/// a, b, … z, aa; below them i, ii, iii; below those A, B.
fn letter(count: u32, depth: usize) -> String {
    match depth {
        1 => alphabetic(count),
        2 => roman(count),
        _ => alphabetic(count).to_uppercase(),
    }
}

fn alphabetic(mut count: u32) -> String {
    let mut letters = Vec::new();
    while count > 0 {
        let rest = (count - 1) % 26;
        letters.push(char::from(b'a' + rest as u8));
        count = (count - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while count >= worth {
            text.push_str(sign);
            count -= worth;
        }
    }
    text
}

/// Takes the numbers that the author wrote, and notes repeats, gaps and disorder.
struct Authored<'a> {
    body: &'a Prose,
    findings: &'a Findings,
    /// The heading or clause that a letter alone belongs to, by depth: headings and paragraphs at 0, then items.
    open: Vec<Parts>,
    last: HashMap<Parts, u32>,
    by_start: BTreeMap<usize, Number>,
}

impl<'a> Authored<'a> {
    fn new(body: &'a Prose, findings: &'a Findings) -> Self {
        Self { body, findings, open: Vec::new(), last: HashMap::new(), by_start: BTreeMap::new() }
    }

    fn number(mut self) -> Numbers {
        for entry in &self.body.outline {
            let depth = match &entry.kind {
                Kind::Item { depth, .. } => *depth,
                _ => 0,
            };
            let words = &self.body.text.as_str()[entry.words.clone()];
            let written = read(words).filter(|(parts, ..)| {
                !matches!(entry.kind, Kind::Paragraph) || parts.path.len() != 1 || !parts.letters.is_empty()
            });
            match written {
                Some((parts, length)) => self.take(entry, depth, parts, length),
                None => self.take_ordinal(entry, depth),
            }
        }
        Numbers { by_start: self.by_start }
    }

    fn take(&mut self, entry: &OutlineEntry, depth: usize, written: Parts, length: usize) {
        let own = if written.path.is_empty() { self.below(depth, &written.letters) } else { written };
        let number = own.number(length);
        if self.by_start.values().any(|other| other.anchor == number.anchor) {
            self.report(
                entry,
                length,
                codes::NUMBER_REPEATED,
                format!("the number {} is taken already", number.citation),
                "give this one a number of its own, so that each can be cited",
            );
        } else {
            self.judge_order(entry, &own, length);
            self.by_start.insert(entry.start, number);
        }
        self.open.truncate(depth);
        self.open.resize(depth, Parts::default());
        self.open.push(own);
    }

    /// Letters alone belong to the nearest number above them; "(ii)" follows "(i)" beside it.
    fn below(&self, depth: usize, letters: &[String]) -> Parts {
        let nearest = self.open.iter().take(depth.max(1)).rev().find(|parts| **parts != Parts::default());
        let mut parent = nearest.cloned().unwrap_or_default();
        if depth == 0 {
            parent.letters.clear();
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
        let own = match u32::try_from(ordinal) {
            Ok(number) if parent == Parts::default() => parent.with_number(number),
            _ => parent.with_letter(ordinal.to_string()),
        };
        let number = own.number(0);
        if self.by_start.values().all(|other| other.anchor != number.anchor) {
            self.by_start.insert(entry.start, number);
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
            let before = if last == 0 { "nothing".to_owned() } else { format!("number {last}") };
            self.report(
                entry,
                length,
                codes::NUMBER_OUT_OF_ORDER,
                format!("{citation} follows {before}, so a number is left out before it"),
                "if a clause was withdrawn, keep its number with a word such as “Withdrawn”",
            );
        } else if ordinal < last {
            self.report(
                entry,
                length,
                codes::NUMBER_OUT_OF_ORDER,
                format!("{citation} comes after number {last}"),
                "put the clauses in the order of their numbers",
            );
        }
    }

    fn report(&self, entry: &OutlineEntry, length: usize, code: crate::diagnostic::Code, message: String, help: &str) {
        let start = entry.words.start;
        let span = self.body.text.span(start..start + length);
        self.findings.borrow_mut().push(Diagnostic::new(code, message).at(span).help(help));
    }
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
        let is_letter = (1..=4).contains(&letter.len()) && letter.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_letter {
            break;
        }
        parts.letters.push(letter.to_ascii_lowercase());
        rest = after;
    }
    if parts == Parts::default() {
        return None;
    }
    let rest = rest.strip_prefix(['.', ':', ')']).unwrap_or(rest);
    let after = rest.trim_start();
    (rest.len() != after.len() && !after.is_empty()).then(|| (parts, words.len() - after.len()))
}

/// The place of "(c)" or "(3)" among its siblings; none for what may be a Roman number: "(i)" is a letter only after "(h)".
fn ordinal_of(letter: &str, last: Option<u32>) -> Option<u32> {
    if let Ok(number) = letter.parse() {
        return Some(number);
    }
    let byte = letter.bytes().next()?;
    let ordinal = u32::from(byte - b'a') + 1;
    let may_be_roman = matches!(byte, b'i' | b'v' | b'x') && last != Some(ordinal - 1);
    (letter.len() == 1 && !may_be_roman).then_some(ordinal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_roman_numbers_count_on() {
        assert_eq!([1, 26, 27, 53].map(alphabetic), ["a", "z", "aa", "ba"]);
        assert_eq!([1, 4, 9, 14].map(roman), ["i", "iv", "ix", "xiv"]);
    }

    #[test]
    fn authored_numbers_are_read_in_every_spelling() {
        let citation = |words| read(words).map(|(parts, length)| (parts.number(0).citation, length));
        assert_eq!(citation("4.2 Gifts"), Some(("4.2".into(), 4)));
        assert_eq!(citation("4. Gifts"), Some(("4".into(), 3)));
        assert_eq!(citation("4.2(c) You must"), Some(("4.2(c)".into(), 7)));
        assert_eq!(citation("(ii) declare"), Some(("(ii)".into(), 5)));
        assert_eq!(citation("2026 was a year"), None);
        assert_eq!(citation("4.2"), None);
    }
}
