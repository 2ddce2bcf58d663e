//! For people at a browser: the same words as in the terminal, as HTML. Everything an author wrote is escaped.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark_escape::escape_html;

use super::{Diagnostic, Place, Severity, printable};
use crate::text::{Sources, Span};

/// So much of a long line stands before a mark, and so much after its beginning.
const AROUND: (usize, usize) = (80, 200);

/// Draws findings as items of a list, errors first.
pub fn draw(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|diagnostic| diagnostic.is_error());
    errors.into_iter().chain(warnings).map(|diagnostic| draw_one(diagnostic, sources)).collect()
}

fn draw_one(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (class, word) = match diagnostic.code.severity {
        Severity::Error => ("error", "Error"),
        Severity::Warning => ("warning", "Warning"),
        Severity::Hint => ("hint", "Hint"),
    };
    let message = code_spans(&diagnostic.message);
    let mut html =
        format!("<li class=\"finding finding--{class}\"><p class=\"message\"><strong>{word}:</strong> {message}</p>");
    if let Some((path, at)) = diagnostic.location(sources) {
        html.push_str(&place(path, at));
    }
    if let Place::Span(span) = diagnostic.place {
        html.push_str(&excerpt(span, &diagnostic.label, sources));
    }
    for label in &diagnostic.also {
        let file = sources.file(label.span.file);
        html.push_str(&place(&file.path, Some(file.line_column(file.shown(label.span).start as u32))));
        html.push_str(&excerpt(label.span, &label.text, sources));
    }
    if !diagnostic.help.is_empty() {
        html.push_str("<div class=\"help\"><strong>What to do:</strong><ul>");
        for help in &diagnostic.help {
            let _ = write!(html, "<li>{}</li>", code_spans(help));
        }
        html.push_str("</ul></div>");
    }
    let _ = write!(html, "<p class=\"code\">{}</p></li>", escaped(diagnostic.code.name));
    html
}

/// "content/about.md, line 3, column 5"
fn place(path: &str, at: Option<(usize, usize)>) -> String {
    let at = at.map_or_else(String::new, |(line, column)| format!(", line {line}, column {column}"));
    format!("<p class=\"place\"><code>{}</code>{at}</p>", escaped(path))
}

/// The author's own line with the place marked.
fn excerpt(span: Span, label: &str, sources: &Sources) -> String {
    let file = sources.file(span.file);
    let shown = file.shown(span);
    let Range { start, end } = file.line(shown.start);
    let near = file.span(start.max(shown.start.saturating_sub(AROUND.0))..end.min(shown.start + AROUND.1)).range();
    let marked = shown.start..shown.end.min(near.end);
    let (line, _) = file.line_column(shown.start as u32);
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let mark = match &file.text[marked.clone()] {
        "" => String::new(),
        text => format!("<mark>{}</mark>", escaped(text)),
    };
    let label = if label.is_empty() { String::new() } else { format!("<p class=\"label\">{}</p>", code_spans(label)) };
    format!(
        "<pre class=\"excerpt\"><span class=\"number\">{line}</span><code>{}{}{mark}{}{}</code></pre>{label}",
        cut(near.start > start),
        escaped(&file.text[near.start..marked.start]),
        escaped(&file.text[marked.end..near.end]),
        cut(near.end < end),
    )
}

/// What stands between backticks becomes code; line breaks stay.
pub fn code_spans(text: &str) -> String {
    let escaped = escaped(text).replace('\n', "<br>");
    let mut parts = escaped.split('`');
    let mut html = parts.next().unwrap_or_default().to_owned();
    let rest: Vec<&str> = parts.collect();
    for pair in rest.chunks(2) {
        match pair {
            [code, after] => html.push_str(&format!("<code>{code}</code>{after}")),
            [lone, ..] => html.push_str(&format!("`{lone}")),
            [] => {}
        }
    }
    html
}

/// Text as it may stand between tags, without characters that can't be seen.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string never fails.
    let _ = escape_html(&mut html, &printable(text));
    html
}
