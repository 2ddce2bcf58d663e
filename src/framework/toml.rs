//! A framework's TOML file.

use super::draft::{FrameworkDraft, Head, ItemDraft, ProfileDraft, ValueDraft};
use super::keys::TOP_KEYS;
use super::scale::{self, Scale, Siblings};
use super::{Edition, Term, Terms, When, indicators};
use crate::content::front_matter::read_governance;
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::palette::Colour;
use crate::text::{SourceFile, Span, Text};
use crate::toml_source::{self, Table};
use crate::words::slug::{label_key, slug};

/// Reads the file. None if its TOML can't be read.
pub fn parse<'a>(file: &'a SourceFile, findings: &Findings) -> Option<FrameworkDraft<'a>> {
    toml_source::parse(file, 0..file.text.len(), "this framework", findings, |table| {
        let scales = scale::read(&table);
        let draft = FrameworkDraft {
            head: read_head(&table),
            terms: table.table("terms").map(read_terms).unwrap_or_default(),
            values: read_values(&table, file, &scales),
            profiles: read_profiles(&table),
            scales,
        };
        table.finish();
        draft
    })
}

fn read_head(table: &Table<'_>) -> Head {
    Head {
        title: table.title(),
        summary: table.string("summary"),
        applies_to: table.string("applies_to"),
        edition: Edition {
            edition: table.string("edition"),
            reference: table.string("reference"),
            issued_by: table.string("issued_by"),
            approved_by: table.string("approved_by"),
            approved_on: read_when(table, "approved_on"),
            in_force: read_when(table, "in_force"),
        },
        caveat: table.line("caveat"),
        introduction: table.line("introduction"),
        conclusion: table.line("conclusion"),
        order: table.integer("order"),
        governance: read_governance(table),
        aliases: table.texts("aliases"),
        draft: table.boolean("draft").unwrap_or(false),
        lead_in: table.string("lead_in"),
        lines: table.texts_below(LINES),
    }
}

/// Keys whose text isn't Markdown.
pub const LINES: &[&str] = &["title", "summary", "applies_to", "lead_in"];

/// A date, or a time in words ("Spring 2026").
fn read_when(table: &Table<'_>, key: &'static str) -> Option<When> {
    let words = table.any(key)?.text().map(|text| text.trim().as_str().to_owned());
    match words {
        Some(words) if words.parse::<jiff::civil::Date>().is_err() => Some(When::Words(words)),
        _ => table.date(key).map(When::Day),
    }
}

fn read_terms(table: Table<'_>) -> Terms {
    let table = table.below(TOP_KEYS);
    let terms = Terms {
        value: read_term(&table, "value"),
        behaviour: read_term(&table, "behaviour"),
        indicator: read_term(&table, "indicator"),
    };
    table.finish();
    terms
}

fn read_term(table: &Table<'_>, key: &'static str) -> Option<Term> {
    if let Some(word) = table.any(key)?.text() {
        let one = word.trim().as_str().to_owned();
        return Some(Term { many: format!("{one}s"), one });
    }
    let inner = table.table(key)?;
    let one = inner.string("one");
    let many = inner.string("many");
    if one.is_none() || many.is_none() {
        inner.report(
            Diagnostic::new(codes::MISSING_KEY, format!("`{key}` needs a word for one and a word for many"))
                .at(inner.span())
                .help("for example: { one = \"competency\", many = \"competencies\" }"),
        );
    }
    inner.finish();
    Some(Term { one: one?, many: many? })
}

fn read_values<'a>(table: &Table<'_>, file: &'a SourceFile, scales: &[Scale]) -> Vec<ValueDraft<'a>> {
    let mut values: Vec<ValueDraft<'a>> = Vec::new();
    let mut siblings = Siblings::default();
    for table in table.tables("values", "this value") {
        let table = table.below(TOP_KEYS);
        let Some(item) = read_item(&table, file, scales) else {
            continue;
        };
        scale::check_id(&table, &item.id, &siblings);
        siblings.add(&item.id, item.span);
        let mut behaviours: Vec<ItemDraft<'a>> = Vec::new();
        let mut siblings = Siblings::default();
        for table in table.tables("behaviours", "this behaviour") {
            let table = table.below(TOP_KEYS);
            if let Some(behaviour) = read_item(&table, file, scales) {
                scale::check_id(&table, &behaviour.id, &siblings);
                siblings.add(&behaviour.id, behaviour.span);
                behaviours.push(behaviour);
            }
            table.finish();
        }
        table.finish();
        values.push(ValueDraft { item, behaviours });
    }
    values
}

/// Reads what a value and a behaviour share.
fn read_item<'a>(table: &Table<'_>, file: &'a SourceFile, scales: &[Scale]) -> Option<ItemDraft<'a>> {
    let title = table.title();
    let id = table.line("id");
    let used = read_used(table, scales);
    let cells = table
        .any("indicators")
        .map(|value| indicators::read(value, table.key_span("indicators"), scales, &used, table.findings()));
    let item = ItemDraft {
        span: id.as_ref().or(title.as_ref()).map_or_else(|| table.span(), Text::whole),
        order: None,
        ..read_common(table, file, title.clone(), id, used)
    };
    title.is_some().then(|| ItemDraft { cells: cells.unwrap_or_default(), ..item })
}

/// Reads the keys that a value has in TOML and in the front matter of its own file.
pub fn read_common<'a>(
    table: &Table<'_>,
    file: &'a SourceFile,
    title: Option<Text>,
    id: Option<Text>,
    scales: Vec<usize>,
) -> ItemDraft<'a> {
    let title = title.map_or_else(String::new, |title| title.as_str().to_owned());
    ItemDraft {
        file,
        span: table.span(),
        id: id.map_or_else(|| slug(&title), |id| id.as_str().to_owned()),
        title,
        statement: table.line("statement"),
        summary: table.string("summary"),
        description: table.line("description"),
        conclusion: table.line("conclusion"),
        lead_in: table.string("lead_in"),
        scales,
        cells: Vec::new(),
        footnotes: Vec::new(),
        aka: table.texts("aka").iter().map(|text| text.as_str().to_owned()).collect(),
        icon: table.line("icon"),
        colour: table.line("colour").and_then(|text| Colour::read(&text, table.findings())),
        governance: read_governance(table),
        aliases: table.texts("aliases"),
        order: None,
        lines: Vec::new(),
    }
}

/// Which scales an item uses: those it names, in the framework's order, or all.
pub fn read_used(table: &Table<'_>, scales: &[Scale]) -> Vec<usize> {
    if !table.has("scales") {
        return (0..scales.len()).collect();
    }
    let mut used = Vec::new();
    for name in table.texts("scales") {
        match scales
            .iter()
            .position(|scale| scale.id == name.as_str() || label_key(&scale.title) == label_key(name.as_str()))
        {
            Some(index) => used.push(index),
            None => table.report(unknown_scale(name.as_str(), name.whole(), scales)),
        }
    }
    used.sort_unstable();
    used.dedup();
    used
}

/// What to say of a scale that isn't declared.
pub fn unknown_scale(name: &str, span: Span, scales: &[Scale]) -> Diagnostic {
    let ids = Names::of(scales.iter().map(|scale| scale.id.as_str()));
    let diagnostic = Diagnostic::new(codes::UNKNOWN_SCALE, format!("this framework has no scale `{name}`"))
        .at(span)
        .suggest(name, &ids);
    if scales.is_empty() {
        return diagnostic.help("declare it above the values, under a line [[scales]]");
    }
    diagnostic.help(crate::finding::there_are("scale", "scales", &ids))
}

fn read_profiles(table: &Table<'_>) -> Vec<ProfileDraft> {
    let mut profiles: Vec<ProfileDraft> = Vec::new();
    let mut siblings = Siblings::default();
    for table in table.tables("profiles", "this profile") {
        let table = table.below(TOP_KEYS);
        let title = table.title();
        let id = table.line("id");
        let span = title.as_ref().map_or_else(|| table.span(), Text::whole);
        let mut needs = Vec::new();
        if let Some(needed) = table.table("needs") {
            for (item, value) in needed.entries() {
                match value.text() {
                    Some(point) => needs.push((item, point)),
                    None => value.wrong(&format!("`{}`", item.as_str()), "the id of a point in quotation marks"),
                }
            }
        }
        let description = table.line("description").or_else(|| table.line("summary"));
        if let Some(title) = title {
            let id = id.map_or_else(|| slug(title.as_str()), |id| id.as_str().to_owned());
            scale::check_id(&table, &id, &siblings);
            siblings.add(&id, span);
            profiles.push(ProfileDraft { id, span, title: title.as_str().to_owned(), description, needs });
        }
        table.finish();
    }
    profiles
}
