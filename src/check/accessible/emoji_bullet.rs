//! Emoji and signs that stand where a list's own marks should.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::passage::{Passage, Role, Written};
use crate::check::{Look, Rule};
use crate::content::markdown::{Marked, end_of, plain};
use crate::finding::{Code, Diagnostic, Severity};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "emoji-bullet",
        severity: Severity::Warning,
        meaning: "Lines, items or headings begin with an emoji or a sign as a list mark.",
    },
    guide: "A screen reader reads “✅” out as “white heavy check mark”, in every line anew, and lines that begin with “•” or “►” aren't a \
            list to it. Lines of a paragraph, items of a list, indicators, headings and titles are found that begin with such a sign; one \
            finding for a whole list. An emoji within a sentence is fine, and so are ticks in a table. Begin each item with a hyphen and a \
            space instead, and say in words what a sign means.",
    look: Look::Written(look),
};

fn look(written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    let mut cells = BTreeSet::new();
    for passage in &written.passages {
        match passage.role {
            Role::Line => found.extend(mark(passage.text.as_str()).map(|mark| of_title(passage, mark))),
            Role::Indicator(at, cell, _) => {
                let mark = mark(passage.text.as_str());
                found.extend(mark.filter(|_| cells.insert((at, cell))).map(|mark| of_indicator(passage, mark)));
            }
            Role::Body | Role::Part => look_at_blocks(passage, found),
        }
    }
}

fn look_at_blocks(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let mut last_marked = None;
    for (index, marked) in passage.events.iter().enumerate() {
        if !matches!(marked.event, Event::Start(_)) {
            continue;
        }
        let end = end_of(&passage.events, index);
        let inner = passage.events.get(index + 1..end).unwrap_or_default();
        match &marked.event {
            Event::Start(Tag::Heading { .. }) => {
                let title = plain(inner);
                found.extend(mark(&title).map(|mark| of_heading(passage, inner, &title, mark)));
            }
            Event::Start(Tag::List(_)) => found.extend(of_list(passage, index, end)),
            Event::Start(Tag::Paragraph) if !is_in_item(&passage.events, index) => {
                let lines = lines(inner);
                let marks = lines.iter().filter(|line| mark(&line.words).is_some()).count();
                let is_marked = marks > 0 && mark(&lines[0].words).is_some();
                // Paragraphs of one line each, one after the other, are one list.
                let goes_on = is_marked && last_marked == Some(index);
                let is_begun = is_marked && begins_marked(&passage.events[end + 1..]);
                if (marks > 1 || is_begun) && !goes_on {
                    found.extend(of_lines(passage, &lines));
                }
                last_marked = (is_marked && (marks > 1 || is_begun || goes_on)).then_some(end + 1);
            }
            _ => {}
        }
    }
}

/// Whether a paragraph begins here that begins with a mark.
fn begins_marked(events: &[Marked<'_>]) -> bool {
    let is_paragraph = matches!(events.first().map(|marked| &marked.event), Some(Event::Start(Tag::Paragraph)));
    is_paragraph && lines(&events[1..=end_of(events, 0)]).first().is_some_and(|line| mark(&line.words).is_some())
}

fn is_in_item(events: &[Marked<'_>], index: usize) -> bool {
    index > 0 && matches!(events[index - 1].event, Event::Start(Tag::Item) | Event::TaskListMarker(_))
}

/// A line of a paragraph.
#[derive(Default)]
struct Line {
    words: String,
    start: usize,
}

/// The lines of a paragraph, up to a list in it.
fn lines(inner: &[Marked<'_>]) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for marked in inner {
        match &marked.event {
            Event::SoftBreak | Event::HardBreak => lines.push(Line::default()),
            Event::InlineHtml(tag) if tag.starts_with("<br") => lines.push(Line::default()),
            Event::Start(Tag::List(_)) | Event::End(TagEnd::Paragraph) => break,
            Event::Text(words) | Event::Code(words) => {
                if let Some(line) = lines.last_mut() {
                    line.start = if line.words.is_empty() { marked.range.start } else { line.start };
                    line.words.push_str(words);
                }
            }
            _ => {}
        }
    }
    lines.retain(|line| !line.words.trim().is_empty());
    lines
}

fn of_lines(passage: &Passage<'_>, lines: &[Line]) -> Option<Diagnostic> {
    let line = lines.iter().find(|line| mark(&line.words).is_some())?;
    let (sign, rest) = mark(&line.words)?;
    let message =
        format!("“{sign}” stands where a list mark should: these lines are no list, and the sign is read out in each");
    let help =
        format!("leave an empty line before the first, and begin each with a hyphen and a space: - {}", short(rest));
    Some(finding(message, place(passage, line.start, sign)).help(help).help(in_words()))
}

/// The finding of a list of whose items at least two, or the only one, begin with a mark.
fn of_list(passage: &Passage<'_>, start: usize, end: usize) -> Option<Diagnostic> {
    let events = &passage.events;
    let mut items = Vec::new();
    let mut index = start + 1;
    while index < end {
        let item_end = end_of(events, index);
        items.extend(lines(&events[index + 1..item_end.max(index + 1)]).into_iter().next());
        index = item_end + 1;
    }
    let count = items.len();
    let mut marked = items.into_iter().filter(|line| mark(&line.words).is_some_and(|(_, rest)| !is_explained(rest)));
    let first = marked.next()?;
    if count > 1 && marked.next().is_none() {
        return None;
    }
    let (sign, rest) = mark(&first.words)?;
    let message =
        format!("“{sign}” stands beside this list's own marks, and a screen reader reads it out in each item");
    let diagnostic = finding(message, place(passage, first.start, sign));
    Some(diagnostic.help(format!("take it out of each item: - {}", short(rest))).help(in_words()))
}

/// Whether the words after a sign say what it means, as in a key.
fn is_explained(rest: &str) -> bool {
    ["means ", "=", ":", "–", "- ", "stands for ", "shows "].iter().any(|start| rest.starts_with(start))
}

fn of_heading(passage: &Passage<'_>, inner: &[Marked<'_>], title: &str, (sign, rest): (&str, &str)) -> Diagnostic {
    let start = inner.first().map_or(0, |first| first.range.start);
    let message = format!("this heading begins with “{sign}”, which a screen reader reads out as part of it");
    let end = inner.last().map_or(start, |last| last.range.end.max(start));
    let before = passage.text.as_str()[start..end].find(sign).filter(|at| *at <= title.len()).unwrap_or(0);
    finding(message, place(passage, start + before, sign)).help(format!("take it out: {rest}")).help(in_words())
}

fn of_title(passage: &Passage<'_>, (sign, rest): (&str, &str)) -> Diagnostic {
    let message = format!("this line begins with “{sign}”, which a screen reader reads out as part of it");
    finding(message, at_start(passage, sign)).help(format!("take it out: {}", short(rest)))
}

fn of_indicator(passage: &Passage<'_>, (sign, rest): (&str, &str)) -> Diagnostic {
    let message =
        format!("“{sign}” stands beside the list mark that indicators have, and a screen reader reads it out");
    let help = format!("take it out of each of these indicators: {}", short(rest));
    finding(message, at_start(passage, sign)).help(help)
}

fn at_start(passage: &Passage<'_>, sign: &str) -> Span {
    let text = passage.text.as_str();
    let start = text.len() - text.trim_start().len();
    place(passage, start, sign)
}

/// The place of a sign; of its first byte where it is written as a character reference.
fn place(passage: &Passage<'_>, start: usize, sign: &str) -> Span {
    let is_written = passage.text.as_str().get(start..).is_some_and(|text| text.starts_with(sign));
    passage.span(start..start + if is_written { sign.len() } else { 1 })
}

fn finding(message: String, span: Span) -> Diagnostic {
    Diagnostic::new(RULE.code, message).at(span)
}

fn in_words() -> &'static str {
    "if the sign means something, say it in words"
}

/// The first words of a line.
fn short(words: &str) -> String {
    let mut short: Vec<_> = words.split_whitespace().take(9).collect();
    if short.len() > 8 {
        short[8] = "…";
    }
    short.join(" ")
}

/// The sign that a line begins with, and what follows it. None where it begins with words, or is only a sign.
fn mark(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let first = line.chars().next()?;
    let is_keycap = first.is_ascii_digit() && line[1..].trim_start_matches('\u{fe0f}').starts_with('\u{20e3}');
    if !is_sign(first) && !is_keycap {
        return None;
    }
    let end = line.char_indices().skip(1).find(|(_, c)| !is_sign(*c) && !is_joined(*c)).map(|(at, _)| at)?;
    let rest = line[end..].trim_start();
    rest.contains(char::is_alphanumeric).then_some((&line[..end], rest))
}

/// What belongs to the sign before it: its colour, its shape, a second sign joined to it.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{20e3}' | '\u{fe0e}' | '\u{fe0f}')
}

fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21ff}' | '\u{2460}'..='\u{24ff}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{1f300}'..='\u{1faff}')
}
