//! Syntax errors of TOML, said in words for people who don't know TOML.

use std::collections::HashSet;
use std::ops::Range;

use toml::de::Error;

use crate::finding::{Diagnostic, codes};
use crate::text::SourceFile;

/// One finding a line: the parser often stumbles several times over one slip.
pub fn explain(file: &SourceFile, range: Range<usize>, errors: &[Error]) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut seen = HashSet::new();
    for error in errors {
        let at = error.span().map_or(range.clone(), |span| span.start + range.start..span.end + range.start);
        let slip = Slip::new(file, &range, at, error.message());
        if !seen.insert(slip.line.start) {
            continue;
        }
        if let Some(diagnostic) = slip.of_something_open() {
            // Whatever the parser says from here on follows from that.
            findings.push(diagnostic);
            break;
        }
        findings.push(slip.explain());
    }
    findings
}

/// Where the parser stumbled.
struct Slip<'a> {
    file: &'a SourceFile,
    /// The stretch of the file that is TOML.
    toml: Range<usize>,
    at: Range<usize>,
    line: Range<usize>,
    message: String,
}

impl<'a> Slip<'a> {
    fn new(file: &'a SourceFile, toml: &Range<usize>, at: Range<usize>, message: &str) -> Self {
        let at = file.span(at.start.min(toml.end)..at.end.min(toml.end)).range();
        let start = file.text[..at.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = file.text[start..].find('\n').map_or(file.text.len(), |newline| start + newline);
        Self { file, toml: toml.clone(), at, line: start..end, message: message.to_lowercase() }
    }

    fn line(&self) -> &'a str {
        &self.file.text[self.line.clone()]
    }

    /// A long text or a list that is never closed: the parser stumbles far below, over what it takes for a part of it.
    fn of_something_open(&self) -> Option<Diagnostic> {
        let before = &self.file.text[self.toml.start..self.at.start];
        let is_at_end = self.file.text[self.at.start..self.toml.end].trim().is_empty();
        let kinds = [("multi-line basic", "\"\"\""), ("multi-line literal", "'''")];
        let open = kinds.into_iter().find(|(kind, _)| is_at_end && self.message.contains(kind));
        if let Some((_, marks)) = open {
            let start = self.toml.start + before.rfind(marks)?;
            return Some(
                Diagnostic::new(codes::TOML_SYNTAX, format!("the text that begins here with {marks} never ends"))
                    .at(self.file.span(start..start + marks.len()))
                    .help(format!("put {marks} on a line of its own below the text")),
            );
        }
        let is_list = self.message.contains("array") && !self.message.contains("table") || self.is_header();
        if !is_list || before.is_empty() {
            return None;
        }
        let (start, is_far) = open_bracket(before)?;
        if !is_far {
            return None;
        }
        let start = self.toml.start + start;
        Some(
            Diagnostic::new(codes::TOML_SYNTAX, "the list that begins here never ends")
                .at(self.file.span(start..start + 1))
                .help("put ] below its last item"),
        )
    }

    /// Whether the line is a header, which can't be wrong by itself where the parser takes it for text.
    fn is_header(&self) -> bool {
        let line = self.line().trim();
        line.starts_with('[') && line.ends_with(']') && !line.contains(['"', ',', '='])
    }

    fn explain(&self) -> Diagnostic {
        if let Some(curly) = self.curly() {
            return curly;
        }
        let (key, value) = self.line().split_once('=').map_or(("", ""), |(key, value)| (key.trim(), value.trim()));
        if self.message.starts_with("invalid date") || self.is_like_a_date(value) {
            let start = self.line.start + self.line().find(value).unwrap_or(0);
            return super::no_date(value).at(self.file.span(start..start + value.len()));
        }
        let diagnostic = |message: String| Diagnostic::new(codes::TOML_SYNTAX, message).at(self.file.span(self.mark()));
        if let Some((_, message, help)) = PHRASES.iter().find(|(theirs, ..)| self.message.contains(theirs)) {
            let word = self.file.text[self.at.clone()].trim_matches(['"', '\'']);
            let found = diagnostic(message.replace("{}", word));
            if self.message.contains("duplicate") && self.line().trim_start().starts_with('[') {
                return found.help("put all its settings below one header");
            }
            return match advice(self.line(), key, value) {
                // What is known of the whole line is worth more than what the parser saw.
                Some(help) if self.message.contains("key with no value") => found.help(help),
                _ if help.is_empty() => found,
                _ => found.help(*help),
            };
        }
        let rest = self.file.text[self.at.start..self.line.end.max(self.at.start)].trim();
        if self.message.contains("must be quoted") && rest.contains([',', ']', '}']) && !self.at.is_empty() {
            let word = &self.file.text[self.at.clone()];
            return diagnostic("this text has no quotation marks".to_owned())
                .help(format!("put straight ones around it: \"{word}\""));
        }
        if self.message.contains("unquoted key") {
            return diagnostic("a setting's name has only letters from a to z, digits, - and _".to_owned())
                .help("correct it, or put it in straight quotation marks");
        }
        if key.is_empty() {
            return diagnostic("this line is neither a setting nor a header".to_owned())
                .help("write a setting as: title = \"Your title\"");
        }
        if value.is_empty() {
            return diagnostic("nothing stands behind the equals sign".to_owned())
                .help(format!("write what it is: {key} = \"…\""));
        }
        if value.starts_with('#') {
            return diagnostic("# begins a remark, so nothing stands behind the equals sign".to_owned())
                .help(format!("put the text in straight quotation marks: {key} = \"{value}\""));
        }
        if matches!(value.to_lowercase().as_str(), "true" | "false") {
            return diagnostic(format!("`{value}` needs small letters"))
                .help(format!("write: {key} = {}", value.to_lowercase()));
        }
        if self.message.contains("unexpected key or value") {
            if let Some((next, _)) = rest.split_once('=').filter(|(next, _)| !next.trim().contains([' ', '"', '\''])) {
                return diagnostic("two settings stand on one line".to_owned())
                    .help(format!("begin a new line before `{}`", next.trim()));
            }
            if rest.starts_with(',') && rest.len() > 1 {
                return diagnostic("several texts need brackets around them".to_owned())
                    .help(format!("write: {key} = [{value}]"));
            }
        }
        let quotes = value.matches('"').count();
        if quotes > 2 && value.starts_with('"') {
            return diagnostic("a quotation mark inside the text ends it too early".to_owned())
                .help("put a backslash before each mark inside the text (\\\"), or write it with curly ones");
        }
        if value.starts_with('\'') && value.matches('\'').count() > 2 {
            return diagnostic("an apostrophe inside the text ends it too early".to_owned())
                .help(format!("put double marks around the text: {key} = \"{}\"", value.trim_matches('\'')));
        }
        if self.message.contains("unexpected key or value") && !rest.is_empty() {
            return diagnostic(format!("`{rest}` stands behind the end of what `{key}` says"))
                .help("delete it, or put it inside the quotation marks");
        }
        if value.starts_with(['"', '\'']) && self.message.contains("string") {
            let mark = &value[..1];
            return diagnostic("the straight quotation mark at the end of the text is missing".to_owned())
                .help(format!("put {mark} behind the text"));
        }
        if value.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '(' | '£' | '/' | '.')) {
            return diagnostic("this text has no quotation marks".to_owned())
                .help(format!("put straight ones around it: {key} = \"{}\"", value.replace('"', "'")));
        }
        let found = diagnostic("this line isn't written as TOML needs it".to_owned());
        found.help(
            advice(self.line(), key, value).unwrap_or_else(|| "write a setting as: title = \"Your title\"".to_owned()),
        )
    }

    /// The word that the parser stopped at; all of an unquoted text.
    fn mark(&self) -> Range<usize> {
        let rest = &self.file.text[self.at.start..self.line.end.max(self.at.start)];
        if self.message.contains("must be quoted") && !rest.contains([',', ']', '}']) {
            return self.at.start..self.at.start + rest.trim_end().len();
        }
        self.at.clone()
    }

    /// 22/11/2026 or 22 November 2026: digits first and last, or a key that has a date.
    fn is_like_a_date(&self, value: &str) -> bool {
        let is_quoted = value.starts_with(['"', '\'', '[', '{']);
        let key = self.line().split('=').next().unwrap_or_default().trim();
        let has_digits =
            value.starts_with(|c: char| c.is_ascii_digit()) && value.ends_with(|c: char| c.is_ascii_digit());
        let parts = value.split(['/', '-', '.']).count();
        !is_quoted && (matches!(key, "last_reviewed" | "review_by") || (has_digits && parts == 3)) && !value.is_empty()
    }

    /// Curly marks where straight ones belong: at the beginning of a text or key, or only at its end.
    fn curly(&self) -> Option<Diagnostic> {
        let line = self.line();
        let opening = line.char_indices().find(|(at, c)| {
            is_curly(*c) && matches!(line[..*at].trim_end().chars().next_back(), None | Some('=' | '[' | ',' | '{'))
        });
        let is_unclosed = self.message.contains("string") && self.at.start >= self.line.end;
        let closing = || {
            let rest = line.trim_end().trim_end_matches([']', '}', ',', ' ']);
            rest.char_indices().next_back().filter(|(_, c)| is_unclosed && is_curly(*c))
        };
        let (at, mark) = opening.or_else(closing)?;
        let start = self.line.start + at;
        Some(
            Diagnostic::new(
                codes::CURLY_QUOTES,
                format!("`{mark}` is a curly quotation mark, and TOML needs straight ones"),
            )
            .at(self.file.span(start..start + mark.len_utf8()))
            .help("type the mark at each end of the text again, straight: title = \"Our values\"")
            .help("inside the text, curly marks are fine"),
        )
    }
}

fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»')
}

/// The innermost list that is open at the end of a text, and whether it began on an earlier line than the last. What stands in texts
/// and comments doesn't count.
fn open_bracket(text: &str) -> Option<(usize, bool)> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut comment = false;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match (c, quote) {
            ('\n', _) => (quote, comment, escaped) = (None, false, false),
            _ if comment => {}
            _ if escaped => escaped = false,
            ('\\', Some('"')) => escaped = true,
            (c, Some(own)) if c == own => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            ('#', None) => comment = true,
            ('[', None) => open.push(at),
            (']', None) => drop(open.pop()),
            _ => {}
        }
    }
    // Lists alone: a bracket that begins its line is a header's, unless the line before leaves a list open.
    let outermost = *open.iter().find(|at| text[..**at].trim_end_matches([' ', '\t']).ends_with(['=', '[', ',']))?;
    Some((outermost, text[outermost..].contains('\n')))
}

/// The parser's phrases that people meet, what we say (`{}` is the word it stopped at), and what to do.
const PHRASES: [(&str, &str, &str); 16] = [
    ("duplicate key", "`{}` is given twice", "keep one of the two lines"),
    (
        "cannot extend",
        "`{}` has something else as its value already",
        "take out the line above that gives it, or this one",
    ),
    ("unclosed array table", "this header lacks its brackets", "put ]] at its end"),
    ("unclosed table", "this header lacks its bracket", "put ] at its end"),
    ("unclosed array", "this list lacks its bracket", "put ] behind its last item"),
    ("unclosed inline table", "these braces aren't closed", "put } behind the last setting in them"),
    ("missing comma between array elements", "a comma is missing here, between two items of the list", ""),
    ("missing comma between key-value pairs", "a comma is missing here, between two settings", ""),
    ("extra comma", "there is a comma too many", "delete it"),
    (
        "key with no value",
        "a name stands here without an equals sign and a value",
        "write a setting as: title = \"Your title\"",
    ),
    ("extra `=`", "there is an equals sign too many", "delete it"),
    ("recurs", "lists are nested too deep here", "nothing in a handbook needs more than a few"),
    (
        "escaped value",
        "a backslash begins a special character, and this isn't one",
        "write two backslashes for one, or put the text between single quotation marks: 'S:\\handbook'",
    ),
    (
        "visible characters",
        "a character that can't be seen stands in this text",
        "delete it, and type the text around it again",
    ),
    (
        "comment",
        "a character that can't be seen stands in this comment",
        "delete it, and type the words around it again",
    ),
    (
        "unexpected leading zero",
        "a number can't begin with 0",
        "leave it out; a telephone number is text, in quotation marks",
    ),
];

/// What a whole line tells of what was meant.
fn advice(line: &str, key: &str, value: &str) -> Option<String> {
    let with_colon = line.split_once(':').filter(|_| key.is_empty());
    if let Some((name, text)) = with_colon.filter(|(name, _)| !name.trim().contains(' ')) {
        let text = text.trim().trim_matches(['"', '\'']).replace('"', "'");
        return Some(format!(
            "write an equals sign for the colon: {} = \"{text}\"",
            name.trim().trim_matches(['"', '\''])
        ));
    }
    if key.contains(' ') && !key.starts_with(['"', '\'']) {
        return Some(format!("a name is one word, with _ for a space: {} = {value}", key.replace(' ', "_")));
    }
    None
}
