//! The footnotes of a value: its texts are many (its description, each indicator), and any of them may define one that others mention.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::draft::ItemDraft;
use crate::content::footnote::{FootnoteLabel, candidates};
use crate::content::markdown;
use crate::text::Text;

/// Takes the footnotes' texts out of a value's other texts, and gives them.
pub fn take(draft: &mut ItemDraft<'_>) -> Vec<Text> {
    let mut definitions = std::mem::take(&mut draft.footnotes);
    let mut optional = |slot: &mut Option<Text>| {
        if let Some(text) = slot.take() {
            *slot = take_out(text, &mut definitions);
        }
    };
    optional(&mut draft.statement);
    optional(&mut draft.description);
    optional(&mut draft.conclusion);
    for cell in &mut draft.cells {
        optional(&mut cell.definition);
        optional(&mut cell.text);
        for statement in &mut cell.statements {
            optional(&mut statement.note);
        }
    }
    for statement in draft.cells.iter_mut().flat_map(|cell| &mut cell.statements) {
        for text in std::iter::once(&mut statement.text).chain(&mut statement.examples) {
            // An indicator that holds nothing else keeps it, so that it is reported as one that nobody mentions.
            if let Some(left) = take_out(text.clone(), &mut definitions) {
                *text = left;
            }
        }
    }
    definitions
}

/// The label that the text of a footnote begins with.
pub fn label(definition: &Text) -> Option<FootnoteLabel> {
    candidates(definition.as_str()).next().map(FootnoteLabel::new)
}

/// Takes the definitions out of a text; what is left is nothing where it held only those.
fn take_out(text: Text, definitions: &mut Vec<Text>) -> Option<Text> {
    if candidates(text.as_str()).next().is_none() {
        return Some(text);
    }
    let mut taken: Vec<Range<usize>> = Vec::new();
    for marked in markdown::events(text.as_str()) {
        let is_inside = taken.last().is_some_and(|last| marked.range.start < last.end);
        if matches!(marked.event, Event::Start(Tag::FootnoteDefinition(_))) && !is_inside {
            definitions.push(text.outdented(marked.range.clone()).trim());
            // With its indentation, which would move what follows it.
            let line = text.as_str()[..marked.range.start].trim_end_matches([' ', '\t']).len();
            let end = text.as_str()[marked.range.end..].find(|c| c != '\n').unwrap_or(0);
            let is_first_in_line = text.as_str()[..line].ends_with('\n');
            taken.push(if is_first_in_line { line..marked.range.end + end } else { marked.range });
        }
    }
    if taken.is_empty() {
        return Some(text);
    }
    text.without(taken)
}
