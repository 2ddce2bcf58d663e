//! One JSON object a line, for editors and pipelines.

use serde::Serialize;

use super::Diagnostic;
use crate::text::{Sources, Span};

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    help: &'a [String],
    also: Vec<Also<'a>>,
}

#[derive(Serialize)]
struct Also<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

/// Draws the findings as JSON, one object a line; lines and columns count from 1, columns in characters.
pub fn draw(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let location = diagnostic.location(sources);
        let line_column = location.and_then(|(_, at)| at);
        let finding = Finding {
            code: diagnostic.code.name,
            severity: diagnostic.code.severity.word(),
            message: &diagnostic.message,
            file: location.map(|(path, _)| path),
            line: line_column.map(|(line, _)| line),
            column: line_column.map(|(_, column)| column),
            help: &diagnostic.help,
            also: diagnostic.also.iter().map(|label| also(label.span, &label.text, sources)).collect(),
        };
        match serde_json::to_string(&finding) {
            Ok(line) => text.push_str(&line),
            Err(error) => unreachable!("strings and numbers always become JSON: {error}"),
        }
        text.push('\n');
    }
    text
}

fn also<'a>(span: Span, message: &'a str, sources: &'a Sources) -> Also<'a> {
    let file = sources.file(span.file);
    let (line, column) = file.line_column(file.shown(span).start as u32);
    Also { file: &file.path, line, column, message }
}
