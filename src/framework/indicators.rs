//! Indicators in TOML: one nesting a scale, in the order of `[[scales]]`, down to a list, a text or a table.

use super::Place;
use super::draft::{CellDraft, StatementDraft};
use super::keys::ITEM_KEYS;
use super::scale::Scale;
use crate::finding::{Diagnostic, Findings, Names, codes, list, there_are};
use crate::text::{Span, Text};
use crate::toml_source::Value;

/// Reads the value of `indicators`, whose key is at a span, for an item that uses some of a framework's scales.
pub fn read(value: Value<'_>, key: Span, scales: &[Scale], used: &[usize], findings: &Findings) -> Vec<CellDraft> {
    let mut reader = Reader { scales, used, findings, cells: Vec::new() };
    reader.nest(value, key, 0, &vec![None; scales.len()]);
    reader.cells
}

struct Reader<'a> {
    scales: &'a [Scale],
    used: &'a [usize],
    findings: &'a Findings,
    cells: Vec<CellDraft>,
}

impl Reader<'_> {
    fn report(&self, diagnostic: Diagnostic) {
        self.findings.push(diagnostic);
    }

    fn nest(&mut self, value: Value<'_>, key: Span, depth: usize, place: &Place) {
        let Some(&index) = self.used.get(depth) else {
            self.leaf(value, place);
            return;
        };
        let scale = &self.scales[index];
        let Some(table) = value.table("this table") else {
            self.report(self.too_shallow(key, scale, place));
            return;
        };
        let mut words = CellDraft::new(place.clone(), value.span());
        for (key, inner) in table.entries() {
            let name = key.as_str();
            if let Some(point) = scale.point(name) {
                let mut place = place.clone();
                place[index] = Some(point);
                self.nest(inner, key.whole(), depth + 1, &place);
            } else if matches!(name, "definition" | "text" | "lead_in") {
                words.take(name, inner);
            } else {
                self.report(self.unknown(&key, scale, table.span()));
            }
        }
        if words.definition.is_some() || words.text.is_some() || words.lead_in.is_some() {
            self.cells.push(words);
        }
    }

    fn too_shallow(&self, span: Span, scale: &Scale, place: &Place) -> Diagnostic {
        let points = list(scale.points.iter().map(|point| point.id.as_str()));
        let under = place
            .iter()
            .zip(self.scales)
            .filter_map(|(at, scale)| at.map(|at| scale.points[at].title.as_str()))
            .next_back();
        let message = match under {
            Some(title) => format!(
                "these indicators stand under “{title}”, but don't say which point of “{}” they are at",
                scale.title
            ),
            None => format!("these indicators don't say which point of “{}” they are at", scale.title),
        };
        let first = scale.points.first().map_or("", |point| point.id.as_str());
        Diagnostic::new(codes::WRONG_DEPTH, message)
            .at(span)
            .help(format!("put them one step deeper, under {points}: {first} = [ … ]"))
            .help("or say which scales this value uses: scales = [] for none")
    }

    fn unknown(&self, key: &Text, scale: &Scale, table: Span) -> Diagnostic {
        let name = key.as_str();
        if let Some(other) = self.scales.iter().find(|other| other.point(name).is_some()) {
            return Diagnostic::new(
                codes::WRONG_DEPTH,
                format!("`{name}` is a point of “{}”, but a point of “{}” belongs here", other.title, scale.title),
            )
            .at(key.whole())
            .help(format!(
                "scales nest in the order in which the framework declares them; here stands one of {}",
                list(scale.points.iter().map(|point| point.id.as_str()))
            ));
        }
        if ITEM_KEYS.contains(&name) {
            return Diagnostic::new(
                codes::MISPLACED_KEY,
                format!("`{name}` belongs to the value itself, but stands in its indicators"),
            )
            .at(key.whole())
            .also(table, "everything below this header belongs to the indicators")
            .help("in TOML a line belongs to the header above it: move this one up, above the indicators");
        }
        Diagnostic::new(codes::UNKNOWN_POINT, format!("the scale “{}” has no point `{name}`", scale.title))
            .at(key.whole())
            .suggest(name, &scale.point_names.ids)
            .help(there_are("point", "points", &scale.point_names.ids))
    }

    fn leaf(&mut self, value: Value<'_>, place: &Place) {
        let mut cell = CellDraft::new(place.clone(), value.span());
        if let Some(text) = value.text() {
            cell.definition = filled(text);
        } else if let Some(items) = value.items() {
            cell.statements = self.statements(&items);
        } else if let Some(table) = value.table("what stands at a point") {
            for (key, inner) in table.entries() {
                match key.as_str() {
                    "statements" | "indicators" => match inner.items() {
                        Some(items) => cell.statements = self.statements(&items),
                        None => inner.wrong("`statements`", "a list: [\"…\", \"…\"]"),
                    },
                    name @ ("definition" | "text" | "lead_in") => cell.take(name, inner),
                    name => self.report(self.unknown_in_leaf(name, &key)),
                }
            }
        } else {
            value.wrong("what stands at this point", "a list of indicators or a text");
        }
        self.cells.push(cell);
    }

    fn unknown_in_leaf(&self, name: &str, key: &Text) -> Diagnostic {
        if self.scales.iter().any(|scale| scale.point(name).is_some()) {
            return Diagnostic::new(
                codes::WRONG_DEPTH,
                format!("`{name}` stands one step too deep: this value has no further scale"),
            )
            .at(key.whole())
            .help("indicators nest once for each scale that the value uses, in the order of [[scales]]");
        }
        let keys = ["definition", "statements", "text", "lead_in"];
        Diagnostic::new(codes::UNKNOWN_KEY, format!("`{name}` isn't known at a point"))
            .at(key.whole())
            .suggest(name, &Names::of(keys))
            .help(format!("known here are {}", list(keys)))
    }

    fn statements(&self, items: &[Value<'_>]) -> Vec<StatementDraft> {
        items.iter().filter_map(|item| self.statement(*item)).collect()
    }

    fn statement(&self, value: Value<'_>) -> Option<StatementDraft> {
        if let Some(text) = value.text() {
            return self.filled_statement(StatementDraft::of(text), value.span());
        }
        let Some(table) = value.table("this indicator") else {
            value.wrong("this indicator", "text in straight quotation marks, or a table { text = \"…\" }");
            return None;
        };
        let Some(text) = table.text("text") else {
            self.report(
                Diagnostic::new(codes::EMPTY_INDICATOR, "this indicator has no text")
                    .at(table.span())
                    .help("add: text = \"…\""),
            );
            return None;
        };
        let mut statement =
            StatementDraft { id: table.line("id"), note: table.line("note"), ..StatementDraft::of(text) };
        statement.examples.extend(table.texts("examples"));
        table.finish();
        self.filled_statement(statement, value.span())
    }

    fn filled_statement(&self, statement: StatementDraft, span: Span) -> Option<StatementDraft> {
        if statement.text.as_str().is_empty() {
            self.report(
                Diagnostic::new(codes::EMPTY_INDICATOR, "this indicator is empty")
                    .at(span)
                    .help("write what people do, or delete it"),
            );
            return None;
        }
        Some(statement)
    }
}

impl CellDraft {
    /// Nothing yet, at a place.
    pub fn new(place: Place, span: Span) -> Self {
        Self { place, span, lead_in: None, definition: None, statements: Vec::new(), text: None }
    }

    fn take(&mut self, name: &str, value: Value<'_>) {
        let Some(text) = value.text() else {
            value.wrong(&format!("`{name}`"), "text in straight quotation marks");
            return;
        };
        match name {
            "definition" => self.definition = filled(text),
            "text" => self.text = filled(text),
            _ => self.lead_in = filled(text).map(|text| text.as_str().to_owned()),
        }
    }
}

fn filled(text: Text) -> Option<Text> {
    let text = text.trim();
    (!text.as_str().is_empty()).then_some(text)
}
