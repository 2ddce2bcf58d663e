//! Sentences with more words than readers hold in their heads.

use std::ops::Range;

use super::sentences::{own_words, sentences, words};
use crate::check::passage::{Passage, Role, Written};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::framework::ItemRef;
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "long-sentence",
        severity: Severity::Warning,
        meaning: "A sentence has more words than people take in at once.",
    },
    guide: "Beyond some 25 words, many readers lose the beginning of a sentence before they come to its end. Every sentence with more \
            is found, and for indicators that stand together there is one finding. Items of a list count by themselves; code doesn't \
            count. Make two sentences of it, or a list. `sentence_words` under `[check]` sets another limit.",
    look: Look::Written(look),
};

/// Where a sentence can be cut in two, the best first.
const SEAMS: &[&[&str]] = &[
    &["; ", " – ", " — ", " - "],
    &[", and ", ", but ", ", so ", ", which ", ", where ", ", while ", ", whilst ", ", because ", ": "],
    &[" and I ", " and it ", " and they ", " and this ", " and we ", " and you "],
    &[" because ", " in order to ", " so that ", " whereas ", " which ", " whilst "],
];

/// A sentence that is too long.
struct Long {
    span: Span,
    words: usize,
    text: String,
}

/// The indicators at one place.
struct Cell {
    place: (ItemRef, usize),
    indicators: usize,
    long: Vec<Long>,
}

fn look(written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    let most = written.context.settings().sentence_words;
    let mut cells: Vec<Cell> = Vec::new();
    for passage in written.passages.iter().filter(|passage| passage.is_english()) {
        let mut long = too_long(passage, most);
        let Role::Indicator(at, cell, _) = passage.role else {
            found.extend(long.iter().map(|long| in_prose(long, most)));
            continue;
        };
        if cells.last().is_none_or(|last| last.place != (at, cell)) {
            cells.push(Cell { place: (at, cell), indicators: 0, long: Vec::new() });
        }
        if let Some(last) = cells.last_mut() {
            last.indicators += 1;
            long.truncate(1);
            last.long.extend(long);
        }
    }
    found.extend(cells.iter().filter_map(|cell| in_indicators(cell, most)));
}

fn too_long(passage: &Passage<'_>, most: usize) -> Vec<Long> {
    let mut long = Vec::new();
    for block in &passage.blocks {
        let text = own_words(block);
        for range in sentences(&text) {
            let words = words(&text[range.clone()]).count();
            if words > most {
                long.push(Long { span: block.span(range.clone()), words, text: block.text[range].to_owned() });
            }
        }
    }
    long
}

fn in_prose(long: &Long, most: usize) -> Diagnostic {
    let message = format!("this sentence has {} words, and {most} are enough for one", long.words);
    Diagnostic::new(RULE.code, message).at(long.span).help(advice(&long.text))
}

fn in_indicators(cell: &Cell, most: usize) -> Option<Diagnostic> {
    let (first, rest) = cell.long.split_first()?;
    if rest.is_empty() {
        let message = format!("this indicator has {} words in one sentence, and {most} are enough", first.words);
        return Some(Diagnostic::new(RULE.code, message).at(first.span).help(advice(&first.text)));
    }
    let message = format!("{} of {} indicators here are longer than {most} words", cell.long.len(), cell.indicators);
    let finding = Diagnostic::new(RULE.code, message).at(first.span).label(format!("{} words", first.words));
    let finding = rest.iter().fold(finding, |finding, long| finding.also(long.span, format!("{} words", long.words)));
    Some(finding.help("keep to one thing that somebody can see in each: make two indicators of one that says more"))
}

fn advice(sentence: &str) -> String {
    if sentence.matches(';').count() > 1 {
        return "make it a list: a line that ends with a colon, then an item for each point".to_owned();
    }
    match seam(sentence) {
        Some(words) => format!("make two sentences of it: the first could end after “{words}”"),
        None => "make two sentences of it, or leave out what readers can do without".to_owned(),
    }
}

/// The last words before the place nearest the middle where a sentence can be cut in two.
fn seam(sentence: &str) -> Option<&str> {
    const LAST: usize = 4;
    let middle = sentence.len() / 2;
    let edge = sentence.len() / 5;
    let at = SEAMS.iter().find_map(|seams| {
        let places = seams.iter().flat_map(|seam| sentence.match_indices(seam)).map(|(at, _)| at);
        places
            .filter(|at| (edge..sentence.len() - edge).contains(at) && !is_in_list(sentence, *at))
            .min_by_key(|at| at.abs_diff(middle))
    })?;
    let before: Vec<Range<usize>> = words(&sentence[..at]).collect();
    let from = before.len().saturating_sub(LAST);
    Some(sentence[before.get(from)?.start..at].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a comma separates the last items of a list within the sentence, or what can't stand alone: "a, b, and c".
fn is_in_list(sentence: &str, at: usize) -> bool {
    const SHORT: usize = 4;
    sentence[at..].starts_with(", and that ")
        || sentence[at..].starts_with(", and")
            && sentence[..at].rfind(',').is_some_and(|comma| words(&sentence[comma..at]).count() <= SHORT)
}
