//! What an author writes as one indicator, divided into its statement, its id and its examples. Both doors come through here.
//!
//! A statement may go on below its first line, with paragraphs and lists; all of it stays as written. Only a list at its very end that
//! comes after a line "For example:" or "Examples:" is its examples.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::draft::StatementDraft;
use crate::content::attributes::Attributes;
use crate::content::markdown::{self, Marked, end_of};
use crate::text::Text;

/// Lines that call the list below them examples, as they are compared.
const CALLED_EXAMPLES: [&str; 2] = ["for example:", "examples:"];

impl StatementDraft {
    /// One whose text is Markdown of any length.
    pub fn of(text: Text) -> Self {
        let (text, examples) = split_examples(text.trim());
        Self { text, id: None, note: None, examples }
    }

    /// One that is an item of a list, with `{#id}` at the end of its first paragraph if its author chose one.
    pub fn of_item(item: &Text) -> Self {
        let draft = Self::of(item.clone());
        let (text, id) = split_id(&draft.text);
        Self { text, id, ..draft }
    }
}

/// The words of an item of a list without its bullet and its indentation.
pub fn item_text(text: &Text, range: Range<usize>) -> Text {
    let item = text.as_str()[range.clone()].trim_start();
    let words = item.find(char::is_whitespace).map_or("", |at| item[at..].trim_start());
    let start = range.end - words.len();
    text.outdented(start..range.end).trim()
}

/// The items of a list, with the events inside each; `events` are those inside the list.
pub fn items<'e, 'a>(events: &'e [Marked<'a>]) -> impl Iterator<Item = (&'e [Marked<'a>], Range<usize>)> {
    let mut index = 0;
    std::iter::from_fn(move || {
        while index < events.len() {
            let end = end_of(events, index);
            let start = index;
            index = end.max(index) + 1;
            if matches!(events[start].event, Event::Start(Tag::Item)) {
                return Some((&events[start + 1..end], events[start].range.clone()));
            }
        }
        None
    })
}

fn split_examples(text: Text) -> (Text, Vec<Text>) {
    let is_called = |line: &str| CALLED_EXAMPLES.iter().any(|call| line.eq_ignore_ascii_case(call));
    let lines = || text.as_str().lines().map(|line| line.trim_matches(['*', '_', ' ', '\t']));
    // Few statements have any, and only those are parsed for them.
    if !lines().any(is_called) {
        return (text, Vec::new());
    }
    let events = markdown::events(text.as_str());
    let Some(start) = last_block(&events).filter(|start| matches!(events[*start].event, Event::Start(Tag::List(_))))
    else {
        return (text, Vec::new());
    };
    let before = text.as_str()[..events[start].range.start].trim_end();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let statement = text.part(0..line).trim();
    if !is_called(before[line..].trim_matches(['*', '_', ' ', '\t'])) || statement.as_str().is_empty() {
        return (text, Vec::new());
    }
    let inside = &events[start + 1..end_of(&events, start)];
    let examples = items(inside).map(|(_, range)| item_text(&text, range)).collect();
    (statement, examples)
}

/// Where the last block begins, footnotes aside.
fn last_block(events: &[Marked<'_>]) -> Option<usize> {
    let mut last = None;
    let mut index = 0;
    while index < events.len() {
        if !matches!(events[index].event, Event::Start(Tag::FootnoteDefinition(_))) {
            last = Some(index);
        }
        index = end_of(events, index).max(index) + 1;
    }
    last
}

/// Takes `{#id}` from the end of an item's first paragraph.
fn split_id(item: &Text) -> (Text, Option<Text>) {
    let whole = item.as_str();
    if !whole.contains("{#") {
        return (item.clone(), None);
    }
    let events = markdown::events(whole);
    let first = match events.first().map(|marked| &marked.event) {
        Some(Event::Start(Tag::Paragraph)) => whole[..events[0].range.end].trim_end(),
        _ => whole,
    };
    let found = first.rfind("{#").and_then(|at| {
        let (attributes, length) = Attributes::read(&first[at..])?;
        (at + length == first.len()).then_some((at, attributes.id?.len()))
    });
    let Some((at, length)) = found else { return (item.clone(), None) };
    let id = item.part(at + "{#".len()..at + "{#".len() + length);
    let start = first[..at].trim_end().len();
    let empty = item.part(0..0);
    (item.without(std::iter::once(start..first.len())).unwrap_or(empty), Some(id))
}
