//! A value's Markdown divided into prose and what stands at points.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::content::allow::Allowance;
use crate::content::attributes::Attributes;
use crate::content::markdown::{self, Marked, end_of, plain};
use crate::diagnostic::{Diagnostic, Findings, codes};
use crate::framework::Place;
use crate::framework::draft::{CellDraft, FrameworkDraft, StatementDraft};
use crate::framework::scale::Scale;
use crate::slug::{label_key, slug};
use crate::source::Text;

/// Divides a body, given the scales that the value uses: its prose, and what stands at points.
pub(super) fn split(
    text: &Text,
    draft: &FrameworkDraft<'_>,
    used: &[usize],
    findings: &Findings,
) -> (Vec<Text>, Vec<CellDraft>) {
    let mut splitter = Splitter::new(text, draft, used, findings);
    splitter.walk();
    (splitter.prose, splitter.cells)
}

struct Splitter<'a> {
    text: &'a Text,
    scales: &'a [Scale],
    used: &'a [usize],
    /// What a heading may call the indicators: "Level 3 indicators".
    words: Vec<String>,
    findings: &'a Findings,
    /// Depth of each open point's heading, with its scale and point.
    open: Vec<(u8, usize, usize)>,
    /// Whether what follows belongs to a point (or, without scales, to the indicators).
    in_cell: bool,
    prose: Vec<Text>,
    cells: Vec<CellDraft>,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a Text, draft: &'a FrameworkDraft<'_>, used: &'a [usize], findings: &'a Findings) -> Self {
        let mut words = vec!["indicator".to_owned(), "indicators".to_owned()];
        words.extend(draft.terms.indicator.iter().flat_map(|term| [label_key(&term.one), label_key(&term.many)]));
        Self {
            text,
            scales: &draft.scales,
            used,
            words,
            findings,
            open: Vec::new(),
            in_cell: false,
            prose: Vec::new(),
            cells: Vec::new(),
        }
    }

    fn walk(&mut self) {
        let owner = self.text.clone();
        let events = markdown::events(owner.as_str());
        let mut index = 0;
        let mut run: Option<Range<usize>> = None;
        while index < events.len() {
            let end = end_of(&events, index);
            let range = events[index].range.clone();
            let inner = &events[index + 1..end.max(index + 1)];
            match &events[index].event {
                Event::Start(Tag::Heading { level, .. }) if self.starts_point(*level as u8, &plain(inner)) => {
                    self.close(run.take());
                    self.enter(*level as u8, &plain(inner), range);
                }
                Event::Start(Tag::Heading { level, .. }) if self.leaves(*level as u8) => {
                    self.close(run.take());
                    self.open.retain(|(depth, ..)| *depth < *level as u8);
                    self.in_cell = !self.open.is_empty();
                    run = Some(range);
                }
                Event::Start(Tag::List(_)) if self.in_cell => {
                    self.close(run.take());
                    self.list(inner, range);
                }
                Event::Start(Tag::HtmlBlock) if self.in_cell && self.allows_in_list(&events, index) => {
                    self.close(run.take());
                }
                _ => run = Some(run.map_or(range.clone(), |run| run.start..range.end)),
            }
            index = end.max(index) + 1;
        }
        self.close(run);
    }

    /// Whether a block is a remark that allows something in the list below it, further remarks between them: then that is noted.
    /// A remark above prose stays with the prose.
    fn allows_in_list(&self, events: &[Marked<'_>], start: usize) -> bool {
        let Some(allowance) = self.allowance(&events[start]) else { return false };
        let mut index = start;
        while events.get(index).is_some_and(|marked| self.allowance(marked).is_some()) {
            index = end_of(events, index) + 1;
        }
        match events.get(index) {
            Some(Marked { event: Event::Start(Tag::List(_)), range, .. }) => {
                allowance.silence(self.text, range.clone(), self.findings);
                true
            }
            _ => false,
        }
    }

    fn allowance(&self, marked: &Marked<'_>) -> Option<Allowance> {
        let is_block = matches!(marked.event, Event::Start(Tag::HtmlBlock));
        is_block.then(|| Allowance::read(self.text.as_str(), marked.range.clone())).flatten()
    }

    /// Whether a heading that names no point ends the open one: it stands no deeper than the point's own heading.
    fn leaves(&self, level: u8) -> bool {
        self.in_cell && self.open.last().is_none_or(|(depth, ..)| *depth >= level)
    }

    fn starts_point(&self, level: u8, title: &str) -> bool {
        self.point(level, title).is_some() || (self.used.is_empty() && self.words.contains(&label_key(title)))
    }

    /// The scale and point that a heading names; where two scales have the same words, one that isn't open yet.
    fn point(&self, level: u8, title: &str) -> Option<(usize, usize)> {
        let key = label_key(title);
        let without_word =
            key.rsplit_once(' ').filter(|(_, last)| self.words.iter().any(|word| word == last)).map(|(rest, _)| rest);
        let found: Vec<_> = self
            .used
            .iter()
            .filter_map(|scale| {
                let names = &self.scales[*scale].point_names;
                let point = names.with_title(&key).or_else(|| without_word.and_then(|name| names.with_title(name)));
                let point = point.or_else(|| names.with_id(&slug(title)));
                point.map(|point| (*scale, point))
            })
            .collect();
        let is_open = |scale: usize| self.open.iter().any(|(depth, own, _)| *own == scale && *depth < level);
        found.iter().find(|(scale, _)| !is_open(*scale)).or(found.first()).copied()
    }

    fn enter(&mut self, level: u8, title: &str, range: Range<usize>) {
        self.open.retain(|(depth, ..)| *depth < level);
        if let Some((scale, point)) = self.point(level, title) {
            self.open.retain(|(_, own, _)| *own != scale);
            self.open.push((level, scale, point));
        }
        self.in_cell = true;
        let place = self.place();
        if self.cells.iter().any(|cell| cell.place == place && !cell.statements.is_empty()) {
            self.findings.push(
                Diagnostic::new(codes::DUPLICATE_ID, format!("“{title}” has its indicators above already"))
                    .at(self.text.span(range.clone()))
                    .help("put both lists under one heading"),
            );
        }
        self.cells.push(CellDraft::new(place, self.text.span(range)));
    }

    fn place(&self) -> Place {
        let mut place = vec![None; self.scales.len()];
        for (_, scale, point) in &self.open {
            place[*scale] = Some(*point);
        }
        place
    }

    /// Ends a run of prose: it belongs to the open point, or to the description.
    fn close(&mut self, run: Option<Range<usize>>) {
        let Some(text) = run.map(|run| self.text.part(run).trim()) else {
            return;
        };
        if text.as_str().is_empty() {
            return;
        }
        let place = self.place();
        match self.cells.last_mut().filter(|cell| self.in_cell && cell.place == place) {
            Some(cell) if cell.statements.is_empty() => append(&mut cell.definition, text),
            Some(cell) => append(&mut cell.text, text),
            None => self.prose.push(text),
        }
    }

    fn list(&mut self, events: &[Marked<'_>], range: Range<usize>) {
        let place = self.place();
        if let Some(missing) = self.used.iter().find(|scale| place[**scale].is_none()) {
            let scale = &self.scales[*missing];
            let titles = crate::diagnostic::list(scale.points.iter().map(|point| point.title.as_str()));
            self.findings.push(
                Diagnostic::new(
                    codes::WRONG_DEPTH,
                    format!("this list doesn't say which point of “{}” it is at", scale.title),
                )
                .at(self.text.span(range.start..range.start + 1))
                .help(format!("put a heading above it, one of {titles}")),
            );
            return;
        }
        let statements = self.statements(events);
        if let Some(cell) = self.cells.last_mut() {
            cell.statements.extend(statements);
        }
    }

    fn statements(&self, events: &[Marked<'_>]) -> Vec<StatementDraft> {
        items(events).filter_map(|(item, range)| self.statement(item, range)).collect()
    }

    /// An item: its first paragraph is the indicator, further ones its note, a list in it its examples.
    fn statement(&self, events: &[Marked<'_>], range: Range<usize>) -> Option<StatementDraft> {
        let mut text: Option<Range<usize>> = None;
        let mut notes = Vec::new();
        let mut examples = Vec::new();
        let mut index = 0;
        let mut is_first = true;
        while index < events.len() {
            let end = end_of(events, index);
            let own = events[index].range.clone();
            if let Some(allowance) = self.allowance(&events[index]) {
                allowance.silence(self.text, range.clone(), self.findings);
                index = end + 1;
                continue;
            }
            match &events[index].event {
                Event::Start(Tag::List(_)) => {
                    examples.extend(items(&events[index + 1..end]).map(|(_, range)| self.item_text(range)));
                    is_first = false;
                }
                Event::Start(Tag::Paragraph) if text.is_some() => notes.push(self.text.outdented(own).trim()),
                Event::Start(Tag::Paragraph) => text = Some(own),
                event if is_first && !is_block(event) => {
                    text = Some(text.map_or(own.clone(), |text| text.start..own.end));
                }
                _ => {
                    notes.push(self.text.outdented(own).trim());
                    is_first = false;
                }
            }
            index = end.max(index) + 1;
        }
        let text = text.map(|range| self.text.part(range).trim()).filter(|text| !text.as_str().is_empty());
        let Some(text) = text else {
            self.findings.push(
                Diagnostic::new(codes::EMPTY_INDICATOR, "this indicator is empty")
                    .at(self.text.part(range).trim().whole())
                    .help("write what people do, or delete the line"),
            );
            return None;
        };
        let (text, id) = split_id(&text);
        Some(StatementDraft { text, id, note: Text::join(&notes), examples })
    }

    /// An item's words without its bullet.
    fn item_text(&self, range: Range<usize>) -> Text {
        let item = self.text.as_str()[range.clone()].trim_start();
        let words = item.find(char::is_whitespace).map_or("", |at| item[at..].trim_start());
        let start = range.end - words.len();
        self.text.outdented(start..range.end).trim()
    }
}

/// Adds a stretch of prose to what stands there already.
fn append(slot: &mut Option<Text>, text: Text) {
    let parts: Vec<Text> = slot.take().into_iter().chain([text]).collect();
    *slot = Text::join(&parts);
}

/// Whether an event begins (or is) a block of its own rather than a part of a line.
fn is_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Rule
            | Event::Start(
                Tag::BlockQuote(_)
                    | Tag::CodeBlock(_)
                    | Tag::DefinitionList
                    | Tag::FootnoteDefinition(_)
                    | Tag::Heading { .. }
                    | Tag::HtmlBlock
                    | Tag::Table(_)
            )
    )
}

/// The items of a list, with the events inside each.
fn items<'e, 'a>(events: &'e [Marked<'a>]) -> impl Iterator<Item = (&'e [Marked<'a>], Range<usize>)> {
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

/// Takes `{#id}` from the end of an indicator.
fn split_id(text: &Text) -> (Text, Option<Text>) {
    let words = text.as_str();
    let found = words.rfind("{#").and_then(|at| {
        let (attributes, length) = Attributes::read(&words[at..])?;
        (at + length == words.len()).then_some((at, attributes.id?.len()))
    });
    match found {
        Some((at, length)) => (text.part(0..at).trim(), Some(text.part(at + 2..at + 2 + length))),
        None => (text.clone(), None),
    }
}
