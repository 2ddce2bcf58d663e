//! Words that stand twice in a row.

use super::characters::and_more;
use crate::check::passage::{Block, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { name: "repeated-word", severity: Severity::Warning, meaning: "A word stands twice in a row." },
    guide: "“The the” is easily overlooked, above all at the end of a line. Words that may well stand twice (“that that”, “had had”, \
            “very very”) and names are left alone, and so is text in another language than English.",
    look: Look::Passage(look),
};

/// Words that may follow themselves.
const TWICE: &[&str] = &[
    "blah", "bye", "far", "had", "ha", "hear", "knock", "long", "many", "more", "much", "no", "now", "really", "so",
    "that", "there", "very", "well", "yes",
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if !passage.is_english() {
        return;
    }
    for block in &passage.blocks {
        let repeated = repeated(block);
        let Some((at, word)) = repeated.first() else { continue };
        let message = format!("“{word}” stands twice in a row{}", and_more(repeated.len()));
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(block.span(*at..at + word.len()))
                .help(format!("delete one “{word}”, or write the word that was meant")),
        );
    }
}

/// Words that repeat the one before them, and where.
fn repeated<'a>(block: &'a Block<'_>) -> Vec<(usize, &'a str)> {
    let mut repeated = Vec::new();
    let mut last: Option<(usize, &str)> = None;
    let mut start = 0;
    for piece in block.text.split_inclusive(char::is_whitespace) {
        let (at, written) = (start, piece.trim_end());
        start += piece.len();
        if written.is_empty() {
            continue;
        }
        let word = written.trim_end_matches(|c: char| !c.is_alphanumeric());
        if let Some((before, first)) = last
            && is_slip(first, word)
            && !block.is_apart(&(before..at + word.len()))
            && is_plain(block.written(before..at + word.len()))
        {
            repeated.push((at, word));
        }
        last = Some((at, written));
    }
    repeated
}

/// Whether nothing but letters, spaces and the marks of emphasis stands there: no note, no picture.
fn is_plain(written: &str) -> bool {
    written.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '*' | '_' | '\'' | '’' | '-' | '>'))
}

fn is_slip(first: &str, second: &str) -> bool {
    if first.len() != second.len() {
        return false;
    }
    let is_word = !second.is_empty() && second.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    let is_name = [first, second].iter().all(|word| word.starts_with(char::is_uppercase));
    let is_letter = second.chars().count() == 1 && !second.eq_ignore_ascii_case("a");
    let folded = second.to_lowercase();
    is_word && !is_name && !is_letter && first.to_lowercase() == folded && !TWICE.contains(&folded.as_str())
}
