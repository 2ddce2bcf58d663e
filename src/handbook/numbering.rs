//! The numbers of a code of conduct: headings 1, 1.1 and clauses (a), (b), computed or as authored, each with its anchor.

mod authored;
mod parts;

use crate::content::anchors::AnchorSet;
use crate::content::front_matter::Numbering;
use crate::content::prose::{Kind, Prose};
use crate::finding::Findings;
use authored::Authored;

/// The numbers of one page, each with where its heading or clause stands in the text, in order.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    numbers: Vec<(usize, Number)>,
    anchors: AnchorSet,
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
    fn new(numbers: Vec<(usize, Number)>) -> Self {
        let anchors = AnchorSet::of(numbers.iter().map(|(_, number)| number.anchor.as_str()));
        Self { numbers, anchors }
    }

    /// The number of what stands at an offset.
    pub fn of(&self, start: usize) -> Option<&Number> {
        self.numbers.binary_search_by_key(&start, |(own, _)| *own).ok().map(|index| &self.numbers[index].1)
    }

    /// Whether a permalink is a number's.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.has(anchor)
    }

    /// All permalinks.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.numbers.iter().map(|(_, number)| number.anchor.as_str())
    }
}

/// Numbers a page, as a chapter of a code where it is one.
pub fn number(body: &Prose, style: Numbering, chapter: Option<u32>, findings: &Findings) -> Numbers {
    match style {
        Numbering::Authored => Authored::new(body, findings).number(),
        Numbering::Letters | Numbering::Decimal => compute(body, style, chapter),
    }
}

/// A heading or clause that others stand in, and how many were counted there so far. Letters don't use up numbers: the heading after
/// (a), (b) is still the first.
#[derive(Default)]
struct Open {
    citation: String,
    anchor: String,
    numbers: u32,
    letters: u32,
}

impl Open {
    fn of(number: &Number) -> Self {
        Self { citation: number.citation.clone(), anchor: number.anchor.clone(), ..Self::default() }
    }

    /// The next that is cited by a number.
    fn numbered(&mut self) -> Number {
        self.numbers += 1;
        let point = if self.citation.is_empty() { "" } else { "." };
        let citation = format!("{}{point}{}", self.citation, self.numbers);
        Number { marker: citation.clone(), anchor: citation.clone(), citation, strip: 0 }
    }

    /// The next that is cited by a letter, so deep among items.
    fn lettered(&mut self, depth: u32) -> Number {
        self.letters += 1;
        let letter = letter(self.letters, depth);
        let hyphen = if self.anchor.is_empty() { "" } else { "-" };
        let marker = format!("({letter})");
        Number {
            citation: [self.citation.as_str(), &marker].concat(),
            anchor: [&self.anchor, hyphen, &letter.to_ascii_lowercase()].concat(),
            marker,
            strip: 0,
        }
    }
}

/// Headings and clauses counted in order. Letters go on through all lists below one heading, so that each is its only (c).
fn compute(body: &Prose, style: Numbering, chapter: Option<u32>) -> Numbers {
    let chapter = chapter.map_or_else(String::new, |chapter| chapter.to_string());
    // The page itself, then what is open on it.
    let mut headings = vec![Open { anchor: chapter.clone(), citation: chapter, ..Open::default() }];
    let mut clauses: Vec<Open> = Vec::new();
    let mut numbers = Vec::new();
    for entry in body.outline.entries() {
        let number = match &entry.kind {
            Kind::Heading(index) => {
                clauses.clear();
                headings.truncate(body.outline.heading(*index).depth as usize - 1);
                let number = headings.last_mut().map(Open::numbered);
                headings.extend(number.as_ref().map(Open::of));
                number
            }
            Kind::Item { depth, ordinal } => {
                clauses.truncate(*depth as usize - 1);
                let is_clause = ordinal.is_some() && clauses.len() + 1 == *depth as usize;
                let parent = clauses.last_mut().or(headings.last_mut()).filter(|_| is_clause);
                let number = parent.map(|parent| match style {
                    Numbering::Decimal => parent.numbered(),
                    _ => parent.lettered(*depth),
                });
                clauses.extend(number.as_ref().map(Open::of));
                number
            }
            Kind::Paragraph => None,
        };
        numbers.extend(number.map(|number| (entry.start(), number)));
    }
    Numbers::new(numbers)
}

/// a, b, … z, aa; below them i, ii, iii; below those A, B.
fn letter(count: u32, depth: u32) -> String {
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
