//! Numbers that an author wrote: read from the words, put where they belong, and held against their order.

use std::collections::{HashMap, HashSet};

use super::parts::{Parts, place_of, read};
use super::{Number, Numbers};
use crate::content::prose::{Kind, OutlineEntry, Prose};
use crate::finding::{Code, Diagnostic, Findings, codes};

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
                .entries()
                .iter()
                .any(|entry| written(body, entry).is_some_and(|(own, _)| !own.path.is_empty())),
        }
    }

    pub(super) fn number(mut self) -> Numbers {
        for entry in self.body.outline.entries() {
            let depth = match &entry.kind {
                Kind::Item { depth, .. } => *depth as usize,
                _ => 0,
            };
            match written(self.body, entry) {
                Some((parts, length)) => self.take(entry, depth, parts, length),
                None => self.take_ordinal(entry, depth),
            }
        }
        Numbers::new(self.numbers)
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
