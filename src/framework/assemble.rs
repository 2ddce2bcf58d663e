//! Drafts to the model: ids and anchors are given, prose is parsed, names become indices.

mod profiles;

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::draft::{CellDraft, FrameworkDraft, ItemDraft, StatementDraft};
use super::scale::{self, Scale};
use super::{Cell, Footnote, Framework, Index, Indicator, Item, Place, Value, footnotes};
use crate::content::anchors::Anchors;
use crate::content::footnote::FootnoteLabels;
use crate::content::markdown;
use crate::content::prose::{Prose, report_footnotes};
use crate::finding::{Diagnostic, Findings, codes};
use crate::text::{SourceFile, Span, Text};
use crate::words::slug::{short_slug, title_from_name};

/// Ids of the framework page's own parts, which headings of its introduction don't get.
const FRAMEWORK_PAGE: [&str; 3] = ["hb-values", "hb-matrix", "hb-profiles"];

/// Ids of a value page's own parts.
const ITEM_PAGE: [&str; 2] = ["hb-behaviours", "hb-needed-by"];

/// Makes the model. What is wrong is noted, and what can't be used is left out.
pub fn assemble(draft: FrameworkDraft<'_>, file: &SourceFile, findings: &Findings) -> Framework {
    let mut ids = Ids { findings, authored: FxHashMap::default(), given: Anchors::default() };
    for value in &draft.values {
        for item in std::iter::once(&value.item).chain(&value.behaviours) {
            ids.claim(item);
        }
    }
    let mut lines = draft.head.lines.clone();
    lines.extend(draft.values.iter().flat_map(|value| {
        std::iter::once(&value.item).chain(&value.behaviours).flat_map(|item| item.lines.iter().cloned())
    }));
    let values: Vec<_> = draft
        .values
        .into_iter()
        .map(|value| Value {
            item: assemble_item(value.item, &draft.scales, &mut ids),
            behaviours: value.behaviours.into_iter().map(|item| assemble_item(item, &draft.scales, &mut ids)).collect(),
        })
        .collect();
    let mut anchors = page_anchors(&FRAMEWORK_PAGE);
    for scale in &draft.scales {
        for anchor in (0..scale.points.len()).filter_map(|point| scale.point_anchor(point)) {
            anchors.claim(&anchor);
        }
    }
    let mut prose = |text: Option<Text>| text.map(|text| Prose::parse(text, &mut anchors, file, findings));
    let head = draft.head;
    let mut framework = Framework {
        id: file.stem().to_owned(),
        file: file.id,
        title: head.title.map_or_else(|| title_from_name(file.stem()), |title| title.as_str().to_owned()),
        summary: head.summary,
        applies_to: head.applies_to,
        edition: head.edition,
        caveat: prose(head.caveat),
        introduction: prose(head.introduction),
        conclusion: prose(head.conclusion),
        order: head.order,
        governance: head.governance,
        aliases: head.aliases,
        draft: head.draft,
        terms: draft.terms,
        lead_in: head.lead_in,
        scales: draft.scales,
        values,
        profiles: Vec::new(),
        anchors: Anchors::default(),
        index: Index::default(),
        lines,
    };
    framework.anchors = anchors;
    framework.profiles = profiles::assemble(draft.profiles, &framework, file, findings);
    framework.index = Index::of(&framework);
    framework
}

fn page_anchors(own: &[&str]) -> Anchors {
    let mut anchors = Anchors::for_page();
    for id in own {
        anchors.claim(id);
    }
    anchors
}

/// Indicators' ids, unique in the framework: those that authors chose first.
struct Ids<'a> {
    findings: &'a Findings,
    /// Where each was given first.
    authored: FxHashMap<String, Span>,
    given: Anchors,
}

impl Ids<'_> {
    fn claim(&mut self, item: &ItemDraft<'_>) {
        for id in item.cells.iter().flat_map(|cell| &cell.statements).filter_map(|statement| statement.id.as_ref()) {
            let own = id.as_str();
            if let Some(diagnostic) = scale::unusable_id(own) {
                self.findings.push(diagnostic.at(id.whole()));
            }
            match self.authored.entry(own.to_owned()) {
                Entry::Occupied(first) => self.findings.push(scale::duplicate(own, id.whole(), *first.get())),
                Entry::Vacant(free) => {
                    free.insert(id.whole());
                }
            }
            self.given.claim(own);
        }
    }

    /// The author's id, or one of the first words that neither the framework nor the page has.
    fn give(&mut self, authored: Option<&Text>, words: &str, page: &mut Anchors) -> String {
        if let Some(id) = authored {
            page.claim(id.as_str());
            return id.as_str().to_owned();
        }
        let wish = short_slug(words);
        loop {
            let id = self.given.give(&wish);
            if !page.has(&id) {
                page.claim(&id);
                return id;
            }
        }
    }
}

fn assemble_item(mut draft: ItemDraft<'_>, scales: &[Scale], ids: &mut Ids<'_>) -> Item {
    let file = draft.file;
    let findings = ids.findings;
    let footnotes = footnotes::take(&mut draft);
    let known = footnotes.iter().filter_map(footnotes::label).collect();
    let mut anchors = page_anchors(&ITEM_PAGE);
    let mut drafts = merge_places(draft.cells);
    drafts.sort_by(|a, b| a.place.cmp(&b.place));
    for cell in &drafts {
        for depth in 1..=cell.place.len() {
            anchors.claim(&Cell::anchor(&cell.place[..depth].to_vec(), scales));
        }
    }
    let authored = drafts.iter().flat_map(|cell| &cell.statements).filter_map(|statement| statement.id.as_ref());
    let mut own = Anchors::default();
    for id in authored {
        // Two indicators with one id are reported as such.
        if own.claim(id.as_str()) && anchors.has(id.as_str()) {
            findings.push(
                Diagnostic::new(
                    codes::DUPLICATE_ID,
                    format!("the id `{}` is a part of this page already", id.as_str()),
                )
                .at(id.whole())
                .help("give the indicator another id"),
            );
        }
        anchors.claim(id.as_str());
    }
    let mut page = ItemPage { file, known: &known, anchors: &mut anchors, findings };
    let statement = page.parse_some(draft.statement);
    let description = page.parse_some(draft.description);
    let cells = drafts
        .into_iter()
        .map(|cell| assemble_cell(cell, &mut page, ids))
        .filter(|cell| !cell.is_empty() || cell.lead_in.is_some())
        .collect();
    let conclusion = page.parse_some(draft.conclusion);
    let footnotes = footnotes.into_iter().filter_map(|text| {
        let label = footnotes::label(&text)?;
        Some(Footnote { label, prose: page.parse(text) })
    });
    let mut footnotes: Vec<_> = footnotes.collect();
    footnotes.sort_by(|one, other| one.label.cmp(&other.label));
    let item = Item {
        id: draft.id,
        title: draft.title,
        span: draft.span,
        file: file.id,
        statement,
        summary: draft.summary,
        description,
        conclusion,
        lead_in: draft.lead_in,
        scales: draft.scales,
        cells,
        aka: draft.aka,
        icon: draft.icon,
        colour: draft.colour,
        governance: draft.governance,
        aliases: draft.aliases,
        footnotes,
        anchors,
    };
    report_footnotes(&item.prose().collect::<Vec<_>>(), findings);
    item
}

/// What the texts of a value share: its page.
struct ItemPage<'a> {
    file: &'a SourceFile,
    /// Its footnotes.
    known: &'a FootnoteLabels,
    anchors: &'a mut Anchors,
    findings: &'a Findings,
}

impl ItemPage<'_> {
    fn parse(&mut self, text: Text) -> Prose {
        Prose::parse_among(text, self.known, self.anchors, self.file, self.findings)
    }

    fn parse_some(&mut self, text: Option<Text>) -> Option<Prose> {
        text.map(|text| self.parse(text))
    }

    fn parse_below(&mut self, text: Option<Text>) -> Option<Prose> {
        text.map(|text| Prose::parse_below(text, self.known, self.anchors, self.file, self.findings))
    }
}

/// One draft a place: in Markdown a point may come twice, once with words and once with its list.
fn merge_places(drafts: Vec<CellDraft>) -> Vec<CellDraft> {
    let mut merged: Vec<CellDraft> = Vec::new();
    let mut places: FxHashMap<Place, usize> = FxHashMap::default();
    for draft in drafts {
        match places.get(&draft.place).map(|index| &mut merged[*index]) {
            Some(own) => {
                own.lead_in = own.lead_in.take().or(draft.lead_in);
                let is_begun = !own.statements.is_empty() || own.text.is_some();
                append(if is_begun { &mut own.text } else { &mut own.definition }, draft.definition);
                own.statements.extend(draft.statements);
                append(&mut own.text, draft.text);
            }
            None => {
                places.insert(draft.place.clone(), merged.len());
                merged.push(draft);
            }
        }
    }
    merged
}

fn append(slot: &mut Option<Text>, text: Option<Text>) {
    let parts: Vec<Text> = slot.take().into_iter().chain(text).collect();
    *slot = Text::join(&parts);
}

fn assemble_cell(draft: CellDraft, page: &mut ItemPage<'_>, ids: &mut Ids<'_>) -> Cell {
    let definition = page.parse_below(draft.definition);
    let indicators = draft.statements.into_iter().map(|statement| assemble_indicator(statement, page, ids)).collect();
    let text = page.parse_below(draft.text);
    Cell { place: draft.place, lead_in: draft.lead_in, definition, indicators, text }
}

fn assemble_indicator(draft: StatementDraft, page: &mut ItemPage<'_>, ids: &mut Ids<'_>) -> Indicator {
    let text = page.parse(draft.text);
    let events = text.plain_events();
    let words = markdown::folded(&events);
    // What follows the first paragraph may change without a change of the id, which people cite.
    let first = markdown::folded(events.get(..=markdown::end_of(&events, 0)).unwrap_or_default());
    let lead = if words.starts_with(&first) { first.len() } else { words.len() };
    let id = ids.give(draft.id.as_ref(), &words[..lead], page.anchors);
    let note = page.parse_some(draft.note);
    let examples = draft.examples.into_iter().map(|text| page.parse(text.trim())).collect();
    Indicator { id, words, lead, text, note, examples }
}
