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
use crate::finding::{Diagnostic, Findings, Names, codes, there_are};
use crate::text::{SourceFile, Span, Text};
use crate::toml_source;
use crate::words::slug::{slug, title_from_name};

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
            Entry::Occupied(known) => merge(&mut draft.values[*known.get()].item, item, file, findings),
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
            Some(behaviour) => merge(behaviour, item, file, findings),
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

/// A Markdown file for something that the framework's own file has: its description, or whatever else that leaves out.
fn merge<'a>(item: &mut ItemDraft<'a>, page: ItemDraft<'a>, framework: &SourceFile, findings: &Findings) {
    if item.file.id != framework.id {
        // "kind.md" and "kind.markdown", or two files with one id in their front matter.
        findings.push(scale::duplicate(&page.id, page.span, item.span));
        return;
    }
    let twice = |what: &str, here: Span, there: Span| {
        Diagnostic::new(
            codes::TWICE_DESCRIBED,
            format!("“{}” has {what} in this file and in the framework's TOML", item.title),
        )
        .at(here)
        .also(there, "here too")
        .help("keep one of the two")
    };
    for (what, there, here) in [
        ("a statement", &item.statement, &page.statement),
        ("a description", &item.description, &page.description),
        ("a conclusion", &item.conclusion, &page.conclusion),
        ("an icon", &item.icon, &page.icon),
    ] {
        if let (Some(there), Some(here)) = (there, here) {
            findings.push(twice(what, here.whole(), there.whole()));
        }
    }
    if let (Some(there), Some(here)) = (item.cells.first(), page.cells.first()) {
        findings.push(twice("indicators", here.span, there.span));
    }
    if item.summary.is_some() && page.summary.is_some() {
        findings.push(twice("a summary", page.span, item.span));
    }
    if item.lead_in.is_some() && page.lead_in.is_some() {
        findings.push(twice("a lead-in", page.span, item.span));
    }
    item.file = page.file;
    item.statement = item.statement.take().or(page.statement);
    item.summary = item.summary.take().or(page.summary);
    item.description = item.description.take().or(page.description);
    item.conclusion = item.conclusion.take().or(page.conclusion);
    item.lead_in = item.lead_in.take().or(page.lead_in);
    item.icon = item.icon.take().or(page.icon);
    item.colour = item.colour.or(page.colour);
    item.governance = std::mem::take(&mut item.governance).or(page.governance);
    item.lines.extend(page.lines);
    item.footnotes.extend(page.footnotes);
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
        conclusion: None,
        lead_in: None,
        scales: (0..draft.scales.len()).collect(),
        cells: Vec::new(),
        footnotes: Vec::new(),
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
    let divided = splitter::split(&text, draft, &item.scales, findings);
    item.footnotes = divided.footnotes;
    for (slot, text, name) in [
        (&mut item.description, divided.description, "description"),
        (&mut item.conclusion, divided.conclusion, "conclusion"),
    ] {
        let Some(text) = text else { continue };
        if slot.is_some() {
            let message = format!("this file has a {name} in its front matter and prose below");
            findings
                .push(Diagnostic::new(codes::TWICE_DESCRIBED, message).at(text.whole()).help("keep one of the two"));
        }
        *slot = Some(text);
    }
    item.cells = divided.cells;
    item
}
