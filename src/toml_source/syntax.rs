//! Syntax errors of TOML, said in words for people who don't know TOML.

use std::ops::Range;

use toml::de::Error;

use crate::diagnostic::{Diagnostic, codes};
use crate::source::SourceFile;

/// One finding a line: the parser often stumbles several times over one slip.
pub fn explain(file: &SourceFile, range: Range<usize>, errors: &[Error]) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut last_line = None;
    for error in errors {
        let at = error.span().map_or(range.clone(), |span| span.start + range.start..span.end + range.start);
        let at = at.start.min(range.end)..at.end.min(range.end);
        let (line, _) = file.line_column(at.start as u32);
        if last_line == Some(line) {
            continue;
        }
        last_line = Some(line);
        findings.push(explain_one(file, at, error.message()));
    }
    findings
}

fn explain_one(file: &SourceFile, at: Range<usize>, message: &str) -> Diagnostic {
    let line_start = file.text[..file.span(at.clone()).start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = file.text[line_start..].find('\n').map_or(file.text.len(), |newline| line_start + newline);
    let line = &file.text[line_start..line_end];
    if let Some((offset, mark)) = curly_opening(line) {
        let start = line_start + offset;
        return Diagnostic::new(
            codes::CURLY_QUOTES,
            format!("`{mark}` is a curly quotation mark, and TOML needs straight ones"),
        )
        .at(file.span(start..start + mark.len_utf8()))
        .help("replace the mark at each end of the text by a straight one: title = \"Our values\"")
        .help("inside the text, curly marks are fine");
    }
    let message = in_words(message);
    let diagnostic = Diagnostic::new(codes::TOML_SYNTAX, message).at(file.span(at));
    match advice(line) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// A curly mark where a value or key begins.
fn curly_opening(line: &str) -> Option<(usize, char)> {
    line.char_indices().find(|(at, c)| {
        matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»')
            && matches!(line[..*at].trim_end().chars().next_back(), None | Some('=' | '[' | ',' | '{'))
    })
}

/// The parser's phrases that people meet, and ours.
const PHRASES: [(&str, &str); 15] = [
    ("duplicate key", "this key is given twice"),
    ("unclosed array table", "this header isn't closed: it ends in ]]"),
    ("unclosed table", "this header isn't closed: it ends in ]"),
    ("unclosed array", "this list isn't closed with ]"),
    ("unclosed inline table", "this table isn't closed with }"),
    ("missing comma between array elements", "a comma is missing between two items of the list"),
    ("missing comma between key-value pairs", "a comma is missing between two keys"),
    ("extra comma", "there is a comma too many"),
    ("key with no value", "a key stands without an equals sign and a value"),
    ("missing value", "there is no value after the equals sign"),
    ("extra `=`", "there is an equals sign too many"),
    ("missing assignment", "an equals sign is missing after this key"),
    ("recurs", "lists or tables are nested too deep"),
    ("unexpected content between comment", "this character can't stand in a comment"),
    ("unexpected key or value", "something stands here that doesn't belong on this line"),
];

fn in_words(message: &str) -> String {
    let lower = message.to_lowercase();
    if let Some((_, ours)) = PHRASES.iter().find(|(theirs, _)| lower.contains(theirs)) {
        return (*ours).to_owned();
    }
    if lower.contains("string") || lower.contains("quote") {
        return "a text isn't closed with a straight quotation mark".to_owned();
    }
    let first = message.lines().next().unwrap_or(message).trim_end_matches('.');
    format!("this line breaks the rules of TOML: {first}")
}

fn advice(line: &str) -> Option<String> {
    let line = line.trim();
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    if value.is_empty() {
        return Some(format!("write a value after the equals sign: {key} = \"…\""));
    }
    let starts_plain = value.starts_with(char::is_alphabetic) && !matches!(value, "true" | "false");
    if starts_plain {
        return Some(format!("put the text in straight quotation marks: {key} = \"{value}\""));
    }
    if key.contains(' ') && !key.starts_with(['"', '\'']) {
        return Some(format!("a key is one word, or stands in quotation marks: \"{key}\" = …"));
    }
    let quotes = value.matches('"').count();
    if quotes > 2 && value.starts_with('"') && !value.starts_with("\"\"\"") {
        return Some("inside a text, put a backslash before each quotation mark (\\\"), or use single ones".to_owned());
    }
    None
}
