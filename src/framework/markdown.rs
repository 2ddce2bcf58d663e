//! The other door: values and behaviours as Markdown files, `<framework>/<value>.md` and `<framework>/<value>/<behaviour>.md`.
//!
//! A heading whose words are a point's starts that point; the list under it is its indicators, prose under it the definition (or,
//! after the list, the text). Every other heading is prose.

mod splitter;

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::draft::{FrameworkDraft, ItemDraft, ValueDraft};
use super::{scale, toml};
use crate::content::front_matter::{self, Parts};
use crate::diagnostic::{Diagnostic, Findings, Names, codes, there_are};
use crate::slug::{slug, title_from_name};
use crate::source::{SourceFile, Span, Text};
use crate::toml_source;

/// Adds the Markdown files of a framework, sorted by path, to what its TOML says.
pub fn add<'a>(
    mut draft: FrameworkDraft<'a>,
    file: &SourceFile,
    pages: &[&'a SourceFile],
    findings: &Findings,
) -> FrameworkDraft<'a> {
    let mut values = Vec::new();
    let mut behaviours = Vec::new();
    for page in pages {
        let inside: Vec<_> = page.path.split('/').skip(2).collect();
        match inside[..] {
            [_] => values.push(read(page, &draft, findings)),
            [value, _] => behaviours.push((*page, value, read(page, &draft, findings))),
            _ => findings.push(misplaced(page)),
        }
    }
    values.sort_by(|a, b| (a.order.unwrap_or(i64::MAX), &a.title).cmp(&(b.order.unwrap_or(i64::MAX), &b.title)));
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    for (index, value) in draft.values.iter().enumerate() {
        by_id.entry(value.item.id.clone()).or_insert(index);
    }
    for item in values {
        match by_id.entry(item.id.clone()) {
            Entry::Occupied(known) => merge(&mut draft.values[*known.get()].item, item, findings),
            Entry::Vacant(free) => {
                free.insert(draft.values.len());
                draft.values.push(ValueDraft { item, behaviours: Vec::new() });
            }
        }
    }
    behaviours.sort_by(|(_, _, a), (_, _, b)| {
        (a.order.unwrap_or(i64::MAX), &a.title).cmp(&(b.order.unwrap_or(i64::MAX), &b.title))
    });
    let ids = Names::of(draft.values.iter().map(|value| value.item.id.as_str()));
    for (page, folder, item) in behaviours {
        let named = [by_id.get(folder), by_id.get(&slug(folder))];
        let Some(value) = named.into_iter().flatten().min().map(|index| &mut draft.values[*index]) else {
            findings.push(
                Diagnostic::new(
                    codes::UNKNOWN_VALUE,
                    format!("the framework {} has no value `{folder}`, so this behaviour belongs nowhere", file.stem()),
                )
                .in_file(&page.path)
                .suggest(folder, &ids)
                .help(format!(
                    "give the folder the id of the behaviour's value: {}",
                    there_are("value", "values", &ids)
                )),
            );
            continue;
        };
        match value.behaviours.iter_mut().find(|behaviour| behaviour.id == item.id) {
            Some(behaviour) => merge(behaviour, item, findings),
            None => value.behaviours.push(item),
        }
    }
    draft
}

fn misplaced(page: &SourceFile) -> Diagnostic {
    Diagnostic::new(codes::MISPLACED_FILE, "this file is too deep in a framework's folder to be a value or a behaviour")
        .in_file(&page.path)
        .help("a value is a file such as frameworks/values/kind.md, a behaviour one such as frameworks/values/kind/listens.md")
}

/// A Markdown file for something that the TOML has: its description, or whatever else the TOML leaves out.
fn merge<'a>(item: &mut ItemDraft<'a>, page: ItemDraft<'a>, findings: &Findings) {
    let twice = |what: &str, here: Span, there: Span| {
        Diagnostic::new(
            codes::TWICE_DESCRIBED,
            format!("“{}” has {what} in this file and in the framework's TOML", item.title),
        )
        .at(here)
        .also(there, "here too")
        .help("keep one of the two")
    };
    if let (Some(there), Some(here)) = (&item.description, &page.description) {
        findings.push(twice("a description", here.whole(), there.whole()));
    }
    if let (Some(there), Some(here)) = (item.cells.first(), page.cells.first()) {
        findings.push(twice("indicators", here.span, there.span));
    }
    item.file = page.file;
    item.statement = item.statement.take().or(page.statement);
    item.summary = item.summary.take().or(page.summary);
    item.description = item.description.take().or(page.description);
    item.lead_in = item.lead_in.take().or(page.lead_in);
    item.icon = item.icon.take().or(page.icon);
    item.colour = item.colour.or(page.colour);
    item.governance = std::mem::take(&mut item.governance).or(page.governance);
    item.lines.extend(page.lines);
    item.aka.extend(page.aka);
    item.aliases.extend(page.aliases);
    if item.cells.is_empty() {
        item.cells = page.cells;
        item.scales = page.scales;
    }
}

fn read<'a>(page: &'a SourceFile, draft: &FrameworkDraft<'_>, findings: &Findings) -> ItemDraft<'a> {
    let Parts { settings, body } = front_matter::split(page, findings);
    let stem = Text::mapped(slug(page.stem()), vec![(0, 0)], page.span(0..3));
    let item = settings.and_then(|range| {
        toml_source::parse(page, range, "this value's front matter", findings, |table| {
            let title = table.title();
            let id = table.line("id").or(Some(stem.clone()));
            let used = toml::read_used(&table, &draft.scales);
            let common = toml::read_common(&table, page, title, id, used);
            let item = ItemDraft { order: table.integer("order"), lines: table.texts_below(toml::LINES), ..common };
            // Drafts are left out before frameworks are parsed, unless they are wanted.
            let _ = table.boolean("draft");
            table.finish();
            item
        })
    });
    let mut item = item.unwrap_or_else(|| ItemDraft {
        file: page,
        span: page.span(0..3),
        id: slug(page.stem()),
        title: String::new(),
        statement: None,
        summary: None,
        description: None,
        lead_in: None,
        scales: (0..draft.scales.len()).collect(),
        cells: Vec::new(),
        aka: Vec::new(),
        icon: None,
        colour: None,
        governance: front_matter::Governance::default(),
        aliases: Vec::new(),
        order: None,
        lines: Vec::new(),
    });
    if item.title.is_empty() {
        item.title = title_from_name(page.stem());
    }
    if let Some(diagnostic) = scale::unusable_id(&item.id) {
        findings.push(diagnostic.at(item.span));
    }
    let text = Text::slice(page, body);
    let (prose, cells) = splitter::split(&text, draft, &item.scales, findings);
    if let Some(text) = Text::join(&prose) {
        if item.description.is_some() {
            findings.push(
                Diagnostic::new(
                    codes::TWICE_DESCRIBED,
                    "this file has a description in its front matter and prose below",
                )
                .at(text.whole())
                .help("keep one of the two"),
            );
        }
        item.description = Some(text);
    }
    item.cells = cells;
    item
}
