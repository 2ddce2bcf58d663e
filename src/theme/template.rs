//! Errors of templates, said to the people who write themes.

use std::collections::BTreeMap;

use tera::ErrorKind;

use super::calls;
use super::files::{Files, templates};
use crate::finding::{Diagnostic, Names, codes};
use crate::text::{FileId, Sources};

/// What keeps the templates from being read; where one calls a component that isn't there, with the nearest that is.
pub(super) fn explain_unread(
    error: &tera::Error,
    files: &Files,
    sources_of: &BTreeMap<String, FileId>,
    sources: &Sources,
) -> Diagnostic {
    let finding = explain(error, sources_of, sources);
    let called = finding.message.split_once("Unknown component `").and_then(|(_, rest)| rest.split('`').next());
    let Some(called) = called.map(str::to_owned) else { return finding };
    let known = templates(files).flat_map(|(_, file)| calls::definitions(&file.text).map(|(_, name)| name));
    finding.suggest(&called, &Names::of(known))
}

/// A template's error with its place: in the handbook's own theme with the line marked, in the built-in one by name.
pub fn explain(error: &tera::Error, files: &BTreeMap<String, FileId>, sources: &Sources) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return without_place(error, files, sources);
    };
    let message = report.message().trim_end_matches('.');
    let diagnostic = Diagnostic::new(codes::TEMPLATE, format!("this template can't be used: {message}"));
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

/// Tera doesn't say where, of templates that need each other; but it names the template, and often a word that is in it.
fn without_place(error: &tera::Error, files: &BTreeMap<String, FileId>, sources: &Sources) -> Diagnostic {
    let (name, word, message) = match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            (current, parent, format!("this template extends `{parent}`, which isn't there"))
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            (tpl, &"extends".to_owned(), "these templates extend each other in a circle".to_owned())
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            (tpl, &"include".to_owned(), "these templates include each other in a circle".to_owned())
        }
        _ => return unplaced(&error.to_string(), files, sources),
    };
    let diagnostic = Diagnostic::new(codes::TEMPLATE, message);
    match files.get(name) {
        Some(id) => {
            let file = sources.file(*id);
            let start = file.text.find(word.as_str()).unwrap_or(0);
            diagnostic.at(file.span(start..start + word.len()))
        }
        None => diagnostic.in_file(&format!("themes/default/{name}")),
    }
}

/// "error: Unknown function `x`", then a drawing with the template's name and the place: `--> [templates/home.html:4:4]`.
fn unplaced(report: &str, files: &BTreeMap<String, FileId>, sources: &Sources) -> Diagnostic {
    let first = report.lines().next().unwrap_or_default();
    let message = first.trim_start_matches("error: ").trim_end_matches('.');
    let diagnostic = Diagnostic::new(codes::TEMPLATE, format!("this template can't be used: {message}"));
    let place =
        report.lines().find_map(|line| line.trim().strip_prefix("--> ")).map(|place| place.trim_matches(['[', ']']));
    let mut parts = place.unwrap_or_default().rsplitn(3, ':');
    let (column, line, name) = (parts.next(), parts.next(), parts.next());
    let (Some(name), Some(line), Some(column)) =
        (name, line.and_then(|n| n.parse().ok()), column.and_then(|n| n.parse().ok()))
    else {
        return diagnostic;
    };
    let Some(id) = files.get(name) else {
        return diagnostic.in_file_at(&format!("themes/default/{name}"), line, column);
    };
    let file = sources.file(*id);
    let start = offset(&file.text, line, column - 1);
    let length = file.text[start..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0).max(1);
    diagnostic.at(file.span(start..start + length))
}

/// The byte at a line (from 1) and a column (from 0, in characters).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}
