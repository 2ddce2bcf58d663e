//! A value's Markdown divided into prose and what stands at points.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::content::allow::Allowance;
use crate::content::markdown::{self, Marked, end_of, plain};
use crate::finding::{Diagnostic, Findings, codes};
use crate::framework::Place;
use crate::framework::draft::{CellDraft, FrameworkDraft, StatementDraft};
use crate::framework::scale::{Scale, ScaleKind};
use crate::framework::statement::{item_text, items};
use crate::text::Text;
use crate::words::slug::{label_key, slug};

/// Divides a body, given the scales that the value uses.
pub(super) fn split(text: &Text, draft: &FrameworkDraft<'_>, used: &[usize], findings: &Findings) -> Divided {
    let mut splitter = Splitter::new(text, draft, used, findings);
    splitter.walk();
    Divided {
        description: Text::join(&splitter.prose),
        conclusion: Text::join(&splitter.conclusion),
        cells: splitter.cells,
        footnotes: splitter.footnotes,
    }
}

/// A body, divided.
pub(super) struct Divided {
    /// What belongs to no point, before the first of them and behind them.
    pub description: Option<Text>,
    pub conclusion: Option<Text>,
    /// What stands at points.
    pub cells: Vec<CellDraft>,
    /// Texts of footnotes, each with its label.
    pub footnotes: Vec<Text>,
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
    conclusion: Vec<Text>,
    cells: Vec<CellDraft>,
    footnotes: Vec<Text>,
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
            conclusion: Vec::new(),
            cells: Vec::new(),
            footnotes: Vec::new(),
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
                    let lead = run.take();
                    self.refuse_second(lead.clone());
                    self.close(lead);
                    self.list(inner, range);
                }
                // It would part two lists, or become the text of the last point.
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    self.close(run.take());
                    self.footnotes.push(self.text.part(range).trim());
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

    /// Reports a second list under a point, which words part from the first: they may say that what follows is on another side.
    fn refuse_second(&self, lead: Option<Range<usize>>) {
        let place = self.place();
        let has_list = self.cells.last().is_some_and(|cell| cell.place == place && !cell.statements.is_empty());
        let Some(lead) =
            lead.map(|lead| self.text.part(lead).trim()).filter(|lead| has_list && !lead.as_str().is_empty())
        else {
            return;
        };
        let last_line = lead.as_str().lines().next_back().unwrap_or_default();
        let words = markdown::words(last_line);
        let point = self.open.last().map(|(_, scale, point)| self.scales[*scale].points[*point].title.as_str());
        let under = point.map_or_else(String::new, |title| format!(" under “{title}”"));
        let message = format!("there is a second list{under}, after “{words}”");
        let at = lead.part(lead.as_str().len() - last_line.len()..lead.as_str().len());
        let diagnostic = Diagnostic::new(codes::SECOND_LIST, message).at(at.whole());
        let sides: Vec<_> = self
            .scales
            .iter()
            .filter(|scale| scale.kind == ScaleKind::Stance)
            .flat_map(|scale| &scale.points)
            .collect();
        let heading = match sides[..] {
            [] => "if the lists say opposite things, give each a heading that is a point of a scale of kind “stance”, such as \
                   “I will” and “I won't”"
                .to_owned(),
            _ => format!(
                "if the lists say opposite things, put each below a heading of its own: {}",
                crate::finding::either(sides.iter().map(|point| point.title.as_str()))
            ),
        };
        self.findings.push(
            diagnostic.help(heading).help(format!(
                "if they belong together, make them one list, and put “{words}” above it or leave it out"
            )),
        );
    }

    /// Reports words behind the lists of the points that stand inside the open one: before them is where they would be shown.
    fn misplaced(&self, text: &Text) {
        let point = |(_, scale, point): &(u8, usize, usize)| self.scales[*scale].points[*point].title.as_str();
        let around = self.open.last().map_or("", point);
        let diagnostic = Diagnostic::new(
            codes::MISPLACED_TEXT,
            format!("these words stand under “{around}”, but behind the lists of the points inside it"),
        );
        let help =
            format!("move them up, to just below the heading “{around}”, or below one of the headings inside it");
        self.findings.push(diagnostic.at(text.whole()).help(help));
    }

    /// Ends a run of prose: it belongs to the open point, or to the description, or to the conclusion.
    fn close(&mut self, run: Option<Range<usize>>) {
        let Some(text) = run.map(|run| self.text.part(run).trim()) else {
            return;
        };
        if text.as_str().is_empty() {
            return;
        }
        let place = self.place();
        let is_first = self.cells.is_empty();
        match self.cells.last_mut().filter(|cell| self.in_cell && cell.place == place) {
            Some(cell) if cell.statements.is_empty() => append(&mut cell.definition, text),
            Some(cell) => append(&mut cell.text, text),
            None if self.in_cell => self.misplaced(&text),
            None if is_first => self.prose.push(text),
            None => self.conclusion.push(text),
        }
    }

    fn list(&mut self, events: &[Marked<'_>], range: Range<usize>) {
        let place = self.place();
        if let Some(missing) = self.used.iter().find(|scale| place[**scale].is_none()) {
            let scale = &self.scales[*missing];
            let titles = crate::finding::list(scale.points.iter().map(|point| point.title.as_str()));
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

    /// An item as its author wrote it. What it is made of is told in [`statement`](crate::framework::statement).
    fn statement(&self, events: &[Marked<'_>], range: Range<usize>) -> Option<StatementDraft> {
        let mut remarks = Vec::new();
        let mut index = 0;
        while index < events.len() {
            let end = end_of(events, index).max(index);
            if let Some(allowance) = self.allowance(&events[index]) {
                allowance.silence(self.text, range.clone(), self.findings);
                remarks.push(events[index].range.clone());
            }
            index = end + 1;
        }
        let text = self.item_without(range.clone(), &remarks);
        if text.as_str().is_empty() {
            self.findings.push(
                Diagnostic::new(codes::EMPTY_INDICATOR, "this indicator is empty")
                    .at(self.text.part(range).trim().whole())
                    .help("write what people do, or delete the line"),
            );
            return None;
        }
        Some(StatementDraft::of_item(&text))
    }

    /// An item's words without its bullet, and without the remarks in it, which stand on lines of their own.
    fn item_without(&self, range: Range<usize>, remarks: &[Range<usize>]) -> Text {
        let text = item_text(self.text, range);
        let is_remark = |line: &str| {
            remarks
                .iter()
                .any(|remark| self.text.as_str()[remark.clone()].lines().any(|part| part.trim() == line.trim()))
        };
        let mut start = 0;
        let mut cut = Vec::new();
        for line in text.as_str().split_inclusive('\n') {
            if !line.trim().is_empty() && is_remark(line) {
                cut.push(start..start + line.len());
            }
            start += line.len();
        }
        if cut.is_empty() { text } else { text.without(cut).unwrap_or_else(|| text.part(0..0)) }
    }
}

/// Adds a stretch of prose to what stands there already.
fn append(slot: &mut Option<Text>, text: Text) {
    let parts: Vec<Text> = slot.take().into_iter().chain([text]).collect();
    *slot = Text::join(&parts);
}
