//! What is wrong in a handbook, for the people who write it: plain data, drawn later in several ways.
//!
//! A diagnostic has a stable [`Code`], says in the author's words what is wrong, where, and what to do. Stages push them into a
//! list and go on; [`sort`] puts the list of a run into the order of files and lines, each finding once.

use std::fmt::Write as _;

pub mod codes;
pub mod findings;
pub mod html;
pub mod human;
pub mod json;
mod names;
pub mod sarif;
pub mod short;

use crate::text::{FileId, Sources, Span};
pub use findings::Findings;
pub use names::Names;

/// Whether a finding stops publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Publishing stops; what was published stays as it was.
    Error,
    /// Published all the same.
    Warning,
    /// Worth a look, and often right as it is.
    Hint,
}

impl Severity {
    /// "error", "warning" or "hint".
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A kind of finding. Its name never changes; [`codes::ALL`] lists every one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Kebab-case: "broken-link".
    pub name: &'static str,
    /// What it does to publishing.
    pub severity: Severity,
    /// One sentence for the guide.
    pub meaning: &'static str,
}

impl Code {
    /// Whether it stops publishing.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a text that was read.
    Span(Span),
    /// In a file that could not be read as text, or that is missing: its path, and line and column where they are known.
    File(String, Option<(usize, usize)>),
    /// Nowhere in particular.
    Handbook,
}

/// A second place that explains the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A few words: "first used here".
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Words beside the mark, if they add something.
    pub label: String,
    /// Other places.
    pub also: Vec<Label>,
    /// What to do, one step an entry.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding without a place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: shortened(message.into()),
            place: Place::Handbook,
            label: String::new(),
            also: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The text that it is about, where it is about one.
    pub fn file(&self) -> Option<FileId> {
        self.span().map(|span| span.file)
    }

    /// Where in a text it is, where it is in one.
    pub fn span(&self) -> Option<Span> {
        match &self.place {
            Place::Span(span) => Some(*span),
            Place::File(..) | Place::Handbook => None,
        }
    }

    /// Places it in a text.
    pub fn at(mut self, span: Span) -> Self {
        self.place = Place::Span(span);
        self
    }

    /// Words beside the mark.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Places it in a file as a whole.
    pub fn in_file(mut self, path: &str) -> Self {
        self.place = Place::File(path.to_owned(), None);
        self
    }

    /// Places it in a file that could not be taken as text, at a line and a column.
    pub fn in_file_at(mut self, path: &str, line: usize, column: usize) -> Self {
        self.place = Place::File(path.to_owned(), Some((line, column)));
        self
    }

    /// A second place.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// A step that mends it.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(shortened(text.into()));
        self
    }

    /// "Did you mean `x`?", where some known name is near.
    pub fn suggest(self, given: &str, known: &Names) -> Self {
        match known.nearest(given) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Whether it stops publishing.
    pub fn is_error(&self) -> bool {
        self.code.is_error()
    }

    /// Path, line and column, as far as they are known.
    pub fn location<'a>(&'a self, sources: &'a Sources) -> Option<(&'a str, Option<(usize, usize)>)> {
        match &self.place {
            Place::Span(span) => {
                let file = sources.file(span.file);
                Some((&file.path, Some(file.line_column(file.shown(*span).start as u32))))
            }
            Place::File(path, line_column) => Some((path, *line_column)),
            Place::Handbook => None,
        }
    }
}

/// Author's words of any length may stand in a message, which is for reading.
fn shortened(text: String) -> String {
    const LONGEST: usize = 600;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}

/// Puts a run's findings into the order of file and place, and drops what was found twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostics.sort_by_cached_key(|diagnostic| {
        let (path, line_column) = diagnostic.location(sources).unwrap_or_default();
        (path.to_owned(), line_column, diagnostic.code.name, diagnostic.message.clone())
    });
    diagnostics.dedup();
}

/// "`a`, `b` and `c`": names for a message, not too many of them.
pub fn list<'a>(names: impl IntoIterator<Item = &'a str, IntoIter: ExactSizeIterator>) -> String {
    joined(names, "and")
}

/// "`a`, `b` or `c`": what there is to choose from.
pub fn either<'a>(names: impl IntoIterator<Item = &'a str, IntoIter: ExactSizeIterator>) -> String {
    joined(names, "or")
}

/// "the scales are `a` and `b`", "the only scale is `a`", "there is none yet": what an author could have named.
pub fn there_are(one: &str, many: &str, names: &Names) -> String {
    let mut each = names.each();
    match (each.next(), each.next()) {
        (None, _) => "there is none yet".to_owned(),
        (Some(name), None) => format!("the only {one} is `{name}`"),
        _ => format!("the {many} are {}", list(names.each())),
    }
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str, IntoIter: ExactSizeIterator>, word: &str) -> String {
    const MOST: usize = 20;
    let names = names.into_iter();
    let count = names.len();
    let mut text = String::new();
    for (index, name) in names.take(MOST).enumerate() {
        if index > 0 {
            let _ = if index + 1 == count { write!(text, " {word} ") } else { write!(text, ", ") };
        }
        let _ = write!(text, "`{name}`");
    }
    if count > MOST {
        let _ = write!(text, " and {} more", count - MOST);
    }
    text
}

/// Text from a handbook made safe for a terminal: control characters, which could move the cursor or recolour, become `�`.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}
