//! Front matter: the TOML between the two `+++` lines at the top of a page.

use std::ops::Range;

use jiff::civil::Date;

use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::text::{SourceFile, Span, Text};
use crate::toml_source::{self, Table};

/// Where the parts of a page stand in its file.
pub struct Parts {
    /// The TOML; none where there is no front matter that could be read.
    pub settings: Option<Range<usize>>,
    /// The Markdown.
    pub body: Range<usize>,
}

/// How the parts of a code of conduct get their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Headings 1, 1.1; items (a), (b).
    Letters,
    /// Headings 1, 1.1; items go on: 1.1.1.
    Decimal,
    /// The numbers that the author wrote.
    Authored,
}

/// Who answers for a page or framework, and when it was looked at.
#[derive(Debug, Clone, Default)]
pub struct Governance {
    /// A person or team.
    pub owner: Option<String>,
    /// The day.
    pub last_reviewed: Option<Date>,
    /// The day by which the next is due.
    pub review_by: Option<Date>,
    /// Where `last_reviewed` is written.
    pub last_span: Option<Span>,
    /// Where `review_by` is written.
    pub due_span: Option<Span>,
}

impl Governance {
    /// With the day of the next review worked out: as it is said, or so many months after the last.
    pub fn with_due(&self, every: Option<i64>) -> Self {
        let due = || {
            let months = jiff::Span::new().try_months(every?).ok()?;
            self.last_reviewed?.checked_add(months).ok()
        };
        Self { review_by: self.review_by.or_else(due), ..self.clone() }
    }

    /// Whatever isn't said here as it is said above.
    pub fn or(self, above: Self) -> Self {
        Self {
            owner: self.owner.or(above.owner),
            last_reviewed: self.last_reviewed.or(above.last_reviewed),
            review_by: self.review_by.or(above.review_by),
            last_span: self.last_span.or(above.last_span),
            due_span: self.due_span.or(above.due_span),
        }
    }
}

/// The keys of a page.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The page's h1.
    pub title: Option<Text>,
    /// One line.
    pub summary: Option<String>,
    /// Its place among its siblings.
    pub order: Option<i64>,
    /// Whether and how it is a code of conduct; `Some(None)` says that it is not, in a section that is.
    pub numbered: Option<Option<Numbering>>,
    /// Whether a section's pages are an onboarding path.
    pub path: bool,
    /// Its language, where it isn't the handbook's.
    pub language: Option<String>,
    /// Owner and dates.
    pub governance: Governance,
    /// Ids of points of audience scales.
    pub audience: Vec<Text>,
    /// Old addresses.
    pub aliases: Vec<Text>,
    /// Built only when drafts are asked for.
    pub draft: bool,
    /// Title and summary with their places, for those who look at all words.
    pub lines: Vec<Text>,
}

/// A first line is marked no further than this: it stands for the whole page.
const LONGEST_MARK: usize = 40;

/// Finds front matter and body, and says what is wrong with the lines around them.
pub fn split(file: &SourceFile, findings: &Findings) -> Parts {
    let text = &*file.text;
    let first_line_end = text.find('\n').unwrap_or(text.len());
    let first_line = text[..first_line_end].trim_end();
    let after_first = (first_line_end + 1).min(text.len());
    let close = |mark: &str| closing_line(text, after_first, mark);
    if first_line == "+++" {
        if let Some((end, body)) = close("+++") {
            return Parts { settings: Some(after_first..end), body: body..text.len() };
        }
        findings.push(
            Diagnostic::new(
                codes::UNCLOSED_FRONT_MATTER,
                "the front matter isn't closed: its second +++ line is missing",
            )
            .at(file.span(0..3))
            .help(match nearly_closing_line(text, after_first) {
                Some(line) => format!("the line `{line}` needs three plus signs: +++"),
                None => "put a line of three plus signs below the last setting, before the text".to_owned(),
            }),
        );
        return Parts { settings: None, body: text.len()..text.len() };
    }
    if first_line == "---" {
        findings.push(
            Diagnostic::new(codes::YAML_FRONT_MATTER, "this front matter looks like YAML; Ethos reads TOML")
                .at(file.span(0..3))
                .help(format!(
                    "write +++ instead of both --- lines, and each setting as: {}",
                    as_toml(&text[after_first..])
                )),
        );
        let body = close("---").map_or(after_first, |(_, body)| body);
        return Parts { settings: None, body: body..text.len() };
    }
    if let Some((start, settings)) = closing_line(text, 0, "+++")
        && let Some((end, body)) = closing_line(text, settings, "+++")
    {
        let (what, help) = match text[..start].trim() {
            "" => ("a blank line", "delete the blank line"),
            _ => ("text", "move the text below the second +++ line"),
        };
        let message = format!("front matter stands at the very top, but {what} stands above it");
        findings.push(Diagnostic::new(codes::MISSING_FRONT_MATTER, message).at(file.span(start..start + 3)).help(help));
        return Parts { settings: Some(settings..end), body: body..text.len() };
    }
    let title = text.lines().find_map(|line| line.strip_prefix("# ")).map(super::markdown::words);
    let example = title.as_deref().filter(|title| !title.is_empty()).unwrap_or("Your title").replace('"', "'");
    let mut diagnostic = Diagnostic::new(codes::MISSING_FRONT_MATTER, "this page has no front matter")
        .at(file.span(0..first_line_end.min(LONGEST_MARK)))
        .help(format!("put these three lines at its top:\n+++\ntitle = \"{example}\"\n+++"));
    if title.is_some() {
        diagnostic = diagnostic.help("then delete the line that begins with #: the title takes its place");
    }
    findings.push(diagnostic);
    Parts { settings: None, body: 0..text.len() }
}

/// A line that was probably meant to close front matter: plus signs, but not three of them, or another program's mark.
fn nearly_closing_line(text: &str, from: usize) -> Option<&str> {
    let mut lines = text[from..].lines().map(str::trim);
    lines.find(|line| *line == "---" || (!line.is_empty() && line.chars().all(|c| c == '+')))
}

/// The first setting of YAML front matter as TOML has it.
fn as_toml(yaml: &str) -> String {
    let setting = yaml.lines().take_while(|line| line.trim_end() != "---").find_map(|line| line.split_once(": "));
    let (key, value) = setting.unwrap_or(("title", "Your title"));
    format!("{} = \"{}\"", key.trim(), value.trim().trim_matches(['"', '\'']).replace('"', "'"))
}

/// Where the closing line begins, and where the next one does.
fn closing_line(text: &str, from: usize, mark: &str) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_end() == mark {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Reads the TOML of a page.
pub fn parse(file: &SourceFile, range: Range<usize>, findings: &Findings) -> Option<FrontMatter> {
    toml_source::parse(file, range, "this page's front matter", findings, |table| {
        let front = read(&table);
        table.finish();
        front
    })
}

/// Whether a page's front matter says that it is a draft. What is wrong with it is noted when it is parsed.
pub fn is_draft(file: &SourceFile) -> bool {
    let findings = Findings::default();
    let settings = split(file, &findings).settings;
    let draft = settings.and_then(|range| {
        toml_source::parse(file, range, "front matter", &findings, |table| table.boolean("draft").unwrap_or(false))
    });
    draft.unwrap_or(false)
}

/// Reads the keys of a page from a table that may have others.
pub fn read(table: &Table<'_>) -> FrontMatter {
    FrontMatter {
        title: table.title(),
        summary: table.string("summary"),
        order: table.integer("order"),
        numbered: read_numbered(table),
        path: table.boolean("path").unwrap_or(false),
        language: read_language(table),
        governance: read_governance(table),
        audience: table.texts("audience"),
        aliases: table.texts("aliases"),
        draft: table.boolean("draft").unwrap_or(false),
        lines: table.texts_below(&["title", "summary"]),
    }
}

/// Reads owner and dates.
pub fn read_governance(table: &Table<'_>) -> Governance {
    Governance {
        owner: table.string("owner"),
        last_reviewed: table.date("last_reviewed"),
        review_by: table.date("review_by"),
        last_span: table.has("last_reviewed").then(|| table.value_span("last_reviewed")),
        due_span: table.has("review_by").then(|| table.value_span("review_by")),
    }
}

fn read_language(table: &Table<'_>) -> Option<String> {
    table
        .line("lang")
        .or_else(|| table.line("language"))
        .filter(|text| crate::language::check(text, table.findings()))
        .map(|text| text.as_str().to_owned())
}

fn read_numbered(table: &Table<'_>) -> Option<Option<Numbering>> {
    let value = table.any("numbered")?;
    if let Some(is_numbered) = value.boolean() {
        return Some(is_numbered.then_some(Numbering::Letters));
    }
    const CHOICES: &str = "true, \"decimal\" or \"authored\"";
    let Some(text) = value.text() else {
        value.wrong("`numbered`", CHOICES);
        return None;
    };
    match text.as_str() {
        "letters" => Some(Some(Numbering::Letters)),
        "decimal" => Some(Some(Numbering::Decimal)),
        "authored" => Some(Some(Numbering::Authored)),
        given => {
            table.report(
                Diagnostic::new(codes::INVALID_VALUE, format!("`numbered` can't be `{given}`"))
                    .at(text.whole())
                    .suggest(given, &Names::of(["decimal", "authored"]))
                    .help(format!("it can be {CHOICES}")),
            );
            None
        }
    }
}
