//! Brackets that are opened and never closed, or closed and never opened.

use super::characters::{characters, word_before, words_after};
use crate::check::passage::{Block, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "unbalanced-bracket",
        severity: Severity::Warning,
        meaning: "A bracket has no partner in its paragraph.",
    },
    guide: "Where a bracket is missing, readers can't tell where the remark ends, and a link may not be one. Looked for within a \
            paragraph, an item, a heading or a cell; marks of lists such as `a)` and smileys are fine, and so are brackets around \
            a list. Add the bracket that is missing, or take the other one out.",
    look: Look::Passage(look),
};

const PAIRS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('{', '}')];

/// Nobody nests brackets so deep.
const DEEP: usize = 20;

/// A block with more faults than this is something else than prose.
const MOST: usize = 20;

/// What is wrong at a bracket.
enum Fault {
    NeverClosed(char),
    NeverOpened(char),
    ClosedWith(char, char),
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    // A bracket may hold a list: opened before the list, closed in an item or after it.
    let mut around_lists = Vec::new();
    for block in &passage.blocks {
        for (at, fault) in faults(block) {
            match fault {
                Fault::NeverClosed(open) if block.text.trim_end().ends_with(':') => around_lists.push(open),
                Fault::NeverOpened(close)
                    if around_lists.last().is_some_and(|open| PAIRS.contains(&(*open, close))) =>
                {
                    around_lists.pop();
                }
                fault => found.push(finding(block, at, &fault)),
            }
        }
    }
}

fn finding(block: &Block<'_>, at: usize, fault: &Fault) -> Diagnostic {
    let words = words_after(&block.text, at);
    let (message, help) = match fault {
        Fault::NeverClosed(open) => (
            format!("“{open}” in “{words}” is never closed"),
            format!("write “{}” where the words in brackets end, or delete “{open}”", partner(*open)),
        ),
        Fault::NeverOpened(close) => (
            format!("“{close}” after “{}” closes a bracket that was never opened", word_before(&block.text, at)),
            format!("write “{}” where the words in brackets begin, or delete “{close}”", partner(*close)),
        ),
        Fault::ClosedWith(open, close) => (
            format!("“{open}” in “{words}” is closed with “{close}”"),
            format!("write “{}” instead of “{close}”", partner(*open)),
        ),
    };
    Diagnostic::new(RULE.code, message).at(block.span(at..at + 1)).help(help)
}

fn partner(bracket: char) -> char {
    let pair = PAIRS.iter().find(|(open, close)| [*open, *close].contains(&bracket));
    pair.map_or(bracket, |(open, close)| if *open == bracket { *close } else { *open })
}

fn faults(block: &Block<'_>) -> Vec<(usize, Fault)> {
    if !block.text.contains(['(', ')', '[', ']', '{', '}']) {
        return Vec::new();
    }
    let characters = characters(block);
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut faults = Vec::new();
    for (index, (at, c)) in characters.iter().copied().enumerate() {
        if PAIRS.iter().any(|pair| pair.0 == c) {
            if !is_sad(&characters, index) {
                open.push((at, c));
            }
        } else if PAIRS.iter().any(|pair| pair.1 == c) {
            close(&block.text, at, c, &mut open, &mut faults);
        }
    }
    faults.extend(open.into_iter().map(|(at, open)| (at, Fault::NeverClosed(open))));
    faults.sort_by_key(|(at, _)| *at);
    faults.truncate(MOST);
    faults
}

/// Takes the partner of a closing bracket off those that are open.
fn close(text: &str, at: usize, close: char, open: &mut Vec<(usize, char)>, faults: &mut Vec<(usize, Fault)>) {
    let near = open.len().saturating_sub(DEEP);
    match open[near..].iter().rposition(|(_, open)| partner(*open) == close) {
        Some(own) => {
            faults.extend(open.drain(near + own + 1..).map(|(at, open)| (at, Fault::NeverClosed(open))));
            open.pop();
        }
        None => match open.pop() {
            Some((start, open)) => faults.push((start, Fault::ClosedWith(open, close))),
            None if close == ')' && (is_list_mark(&text[..at]) || is_smile(&text[..at])) => {}
            None => faults.push((at, Fault::NeverOpened(close))),
        },
    }
}

/// Whether "a", "iv" or "12" before a bracket makes it the mark of an item: at the start, after a mark or after "and".
fn is_list_mark(before: &str) -> bool {
    let length = before.bytes().rev().take(6).take_while(u8::is_ascii_alphanumeric).count();
    let word = &before[before.len() - length..];
    let is_roman = word.chars().all(|c| "ivx".contains(c.to_ascii_lowercase()));
    let is_number = word.chars().all(|c| c.is_ascii_digit()) && word.len() < 4;
    let is_letter = word.len() == 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let rest = before[..before.len() - word.len()].trim_end();
    let is_start = rest.is_empty() || rest.ends_with([':', ';', ',', '.', '–', '-', '•']);
    let follows = rest.split_whitespace().next_back().is_some_and(|last| ["and", "or"].contains(&last));
    let is_apart = rest.is_empty() || rest.len() < before.len() - word.len();
    !word.is_empty() && is_apart && (is_roman || is_number || is_letter) && (is_start || follows)
}

/// Whether a closing bracket belongs to a smiley.
fn is_smile(before: &str) -> bool {
    let face = before.trim_end_matches('-');
    let eyes = face.strip_suffix([':', ';', '=']);
    eyes.is_some_and(|rest| rest.is_empty() || rest.ends_with(|c: char| c.is_whitespace() || ".!?".contains(c)))
}

/// Whether an opening bracket belongs to a smiley.
fn is_sad(characters: &[(usize, char)], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).map_or(' ', |at| characters[at].1);
    let is_end = characters.get(index + 1).is_none_or(|(_, c)| c.is_whitespace());
    is_end && (before(1) == ':' || (before(1) == '-' && before(2) == ':'))
}
