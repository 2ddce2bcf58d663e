//! The numbers of a code of conduct: headings 1, 1.1 and clauses (a), (b), computed or as authored, each with its anchor.

use std::collections::{BTreeMap, HashMap};

mod authored;

use crate::content::front_matter::Numbering;
use crate::content::prose::{Kind, Prose};
use crate::diagnostic::Findings;
use authored::Authored;

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
            anchor.push_str(&letter.to_ascii_lowercase());
        }
        let marker = self.letters.last().map_or_else(|| self.dotted(), |letter| format!("({letter})"));
        Number { citation: self.dotted() + &letters, marker, anchor, strip }
    }

    /// Whether these are another's parts with further letters.
    fn is_inside(&self, other: &Self) -> bool {
        self.path == other.path && self.letters.starts_with(&other.letters)
    }

    /// The citation of the sibling with an ordinal: "4.2(b)" beside "4.2(c)".
    fn beside(&self, ordinal: u32) -> String {
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
    let mut children: HashMap<(Parts, bool), u32> = HashMap::new();
    // Letters don't use up numbers: the heading after (a), (b) is still the first.
    let mut next = move |parent: &Parts, is_lettered: bool| {
        let count = children.entry((parent.clone(), is_lettered)).or_default();
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
                let own = parent.with_number(next(&parent, false));
                by_start.insert(entry.start, own.number(0));
                headings.push(own);
                clauses.clear();
            }
            Kind::Item { depth, ordinal: Some(_) } if clauses.len() + 1 >= *depth => {
                clauses.truncate(depth - 1);
                let heading = headings.last().cloned().unwrap_or_default();
                let parent = clauses.last().cloned().unwrap_or(heading);
                let count = next(&parent, style != Numbering::Decimal);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_roman_numbers_count_on() {
        assert_eq!([1, 26, 27, 53].map(alphabetic), ["a", "z", "aa", "ba"]);
        assert_eq!([1, 4, 9, 14].map(roman), ["i", "iv", "ix", "xiv"]);
    }
}
