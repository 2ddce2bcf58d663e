//! SARIF 2.1.0 (OASIS, 2020): one document a run, which code hosts and editors show beside the lines.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Diagnostic, Severity};
use crate::text::{SourceFile, Sources, Span};

/// Draws the findings as one SARIF log. Columns count characters, as `columnKind` says.
pub fn draw(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let names: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.name).collect();
    let names: Vec<_> = names.into_iter().collect();
    let rules: Vec<_> = names.iter().filter_map(|name| rule(name, diagnostics)).collect();
    let results: Vec<_> = diagnostics.iter().map(|diagnostic| result(diagnostic, &names, sources)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "ethos", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log}\n")
}

fn rule(name: &str, diagnostics: &[Diagnostic]) -> Option<Value> {
    let code = diagnostics.iter().find(|diagnostic| diagnostic.code.name == name)?.code;
    Some(json!({
        "id": name,
        "shortDescription": { "text": code.meaning },
        "defaultConfiguration": { "level": level(code.severity) },
    }))
}

fn result(diagnostic: &Diagnostic, names: &[&str], sources: &Sources) -> Value {
    let help = diagnostic.help.iter().map(|help| format!("\n- {help}"));
    let text: String = std::iter::once(diagnostic.message.clone()).chain(help).collect();
    let mut result = json!({
        "ruleId": diagnostic.code.name,
        "ruleIndex": names.iter().position(|name| *name == diagnostic.code.name),
        "level": level(diagnostic.code.severity),
        "message": { "text": text },
    });
    if let Some((path, at)) = diagnostic.location(sources) {
        let region = match (diagnostic.span(), at) {
            (Some(span), _) => Some(region(sources.file(span.file), span)),
            (None, Some((line, column))) => Some(json!({ "startLine": line, "startColumn": column })),
            (None, None) => None,
        };
        result["locations"] = json!([location(path, region)]);
    }
    if !diagnostic.also.is_empty() {
        let also = diagnostic.also.iter().map(|label| {
            let file = sources.file(label.span.file);
            let mut location = location(&file.path, Some(region(file, label.span)));
            location["message"] = json!({ "text": label.text });
            location
        });
        result["relatedLocations"] = also.collect();
    }
    result
}

fn location(path: &str, region: Option<Value>) -> Value {
    let uri = crate::words::address::encode(path);
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(region) = region {
        physical["region"] = region;
    }
    json!({ "physicalLocation": physical })
}

/// What a message marks, from 1; the end column is the one after the last.
fn region(file: &SourceFile, span: Span) -> Value {
    let shown = file.shown(span);
    let (line, column) = file.line_column(shown.start as u32);
    let (_, end) = file.line_column(shown.end as u32);
    json!({ "startLine": line, "startColumn": column, "endColumn": end.max(column) })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}
