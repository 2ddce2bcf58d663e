//! Errors of templates, said to the people who write themes.

use std::collections::BTreeMap;

use tera::ErrorKind;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileId, Sources};

/// A template's error with its place: in the handbook's own theme with the line marked, in the built-in one by name.
pub fn explain(error: &tera::Error, files: &BTreeMap<String, FileId>, sources: &Sources) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        let message = error.to_string();
        let first = message.lines().next().unwrap_or_default().to_owned();
        return Diagnostic::new(codes::TEMPLATE, format!("a template can't be used: {first}"));
    };
    let diagnostic = Diagnostic::new(codes::TEMPLATE, format!("this template can't be used: {}", report.message()));
    let span = report.span();
    match files.get(report.filename()) {
        Some(id) => {
            let file = sources.file(*id);
            let start = offset(&file.text, span.start_line, span.start_col);
            let end = offset(&file.text, span.end_line, span.end_col);
            diagnostic.at(file.span(start..end.max(start + 1)))
        }
        None => {
            diagnostic.in_file_at(&format!("themes/default/{}", report.filename()), span.start_line, span.start_col + 1)
        }
    }
}

/// The byte at a line (from 1) and a column (from 0, in characters).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}
