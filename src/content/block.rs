//! A framework block: a fenced block in a page that shows part of a framework.

use crate::finding::Findings;
use crate::text::SourceFile;
use crate::text::{Span, Text};
use crate::toml_source;

/// What a block shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The values as cards.
    Values,
    /// The audiences, explained.
    Audiences,
    /// The levels, explained.
    Levels,
    /// Values by points.
    Matrix,
    /// The indicators of one value or behaviour.
    Indicators,
}

impl Show {
    /// The word that authors write.
    pub fn word(self) -> &'static str {
        CHOICES.iter().find(|(_, show)| *show == self).map_or("", |(word, _)| word)
    }
}

const CHOICES: [(&str, Show); 5] = [
    ("values", Show::Values),
    ("audiences", Show::Audiences),
    ("levels", Show::Levels),
    ("matrix", Show::Matrix),
    ("indicators", Show::Indicators),
];

/// A block as written; the handbook says what its names mean.
#[derive(Debug, Clone)]
pub struct FrameworkBlock {
    /// Where it stands in its text.
    pub start: usize,
    /// The whole block.
    pub span: Span,
    /// The framework's id.
    pub framework: Text,
    /// What to show of it.
    pub show: Show,
    /// The value, with `show = "indicators"`.
    pub value: Option<Text>,
    /// The behaviour, likewise.
    pub behaviour: Option<Text>,
}

impl FrameworkBlock {
    /// The name of the value or behaviour that it shows.
    pub fn item_name(&self) -> Option<&Text> {
        self.behaviour.as_ref().or(self.value.as_ref())
    }
}

/// Reads a block's body, which stands at `range` of the file.
pub fn parse(
    file: &SourceFile,
    range: std::ops::Range<usize>,
    start: usize,
    findings: &Findings,
) -> Option<FrameworkBlock> {
    use crate::finding::{Diagnostic, codes};

    toml_source::parse(file, range.clone(), "a framework block", findings, |table| {
        let span = file.span(range);
        let missing = |key: &str, example: &str| {
            findings.push(
                Diagnostic::new(codes::MISSING_KEY, format!("this framework block doesn't say `{key}`"))
                    .at(span)
                    .help(format!("add a line: {key} = \"{example}\"")),
            );
        };
        let framework = table.line("id");
        if framework.is_none() {
            missing("id", "values");
        }
        let says_show = table.has("show");
        let show = table.choice("show", &CHOICES);
        if !says_show {
            missing("show", "values");
        }
        let block = FrameworkBlock {
            start,
            span,
            framework: framework?,
            show: show?,
            value: table.line("value"),
            behaviour: table.line("behaviour"),
        };
        if block.show == Show::Indicators && block.value.is_none() && block.behaviour.is_none() {
            missing("value", "always-learning");
        }
        table.finish();
        Some(block)
    })?
}
