//! TOML as authors write it, read key by key: what is wrong is collected in their words, all of it in one run.
//!
//! [`parse`] gives a [`Table`]; its methods take a key's value as a type, or note why they can't. [`Table::finish`] then reports
//! every key that nobody asked for, with the nearest of those that were: so the list of known keys is never written twice.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

mod allow;
mod string;
mod syntax;
mod value;

use crate::finding::{Diagnostic, Findings, Names, codes, either, list};
use crate::text::{SourceFile, Span, Text};
use allow::is_allow;
pub use value::Value;
use value::{in_words, whole_number};

/// Parses a stretch of a file as TOML and hands the whole to `read`; with a syntax error, reports all of them and gives none.
pub fn parse<T>(
    file: &SourceFile,
    range: Range<usize>,
    what: &str,
    findings: &Findings,
    read: impl FnOnce(Table<'_>) -> T,
) -> Option<T> {
    let text = &file.text[range.clone()];
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        findings.extend(syntax::explain(file, range, &errors));
        return None;
    }
    // What front matter lacks is missed at its opening line.
    let opens = file.text[..range.start].ends_with("+++\n");
    Some(read(Table {
        table: table.get_ref(),
        header: if opens { range.start - 4..range.start - 1 } else { range.start..range.start },
        what: what.to_owned(),
        file,
        base: range.start,
        // What stands in front matter speaks for the whole page.
        root: Some(if opens { 0..file.text.len() } else { range }),
        findings,
        asked: RefCell::default(),
        has_allowed: Cell::new(false),
        above: &[],
    }))
}

/// One table: the whole file, `[contact]`, an entry of `[[values]]`, or `{ … }`.
pub struct Table<'a> {
    table: &'a DeTable<'a>,
    /// Where the table begins, for what is missing in it.
    header: Range<usize>,
    what: String,
    file: &'a SourceFile,
    base: usize,
    /// What the outermost table speaks for; none for those in it, which speak for themselves.
    root: Option<Range<usize>>,
    findings: &'a Findings,
    asked: RefCell<Vec<&'static str>>,
    /// Whether `allow` has been read.
    has_allowed: Cell<bool>,
    /// Keys of the table around it: one of these here has slipped below a header.
    above: &'static [&'static str],
}

impl<'a> Table<'a> {
    /// Where the table begins.
    pub fn span(&self) -> Span {
        self.file.span(self.header.clone())
    }

    /// Says which keys belong to the file's top, so that one that slipped below this table's header is told apart from a slip
    /// of spelling.
    pub fn below(mut self, keys: &'static [&'static str]) -> Self {
        self.above = keys;
        self
    }

    /// Whether a key is there, which counts as having asked for it.
    pub fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Where a key stands, or the table if it doesn't.
    pub fn key_span(&self, key: &str) -> Span {
        self.table.get_key_value(key).map_or_else(|| self.span(), |(key, _)| self.spanned(key.span()))
    }

    /// Where the value of a key stands, or the table if it doesn't.
    pub fn value_span(&self, key: &str) -> Span {
        self.table.get(key).map_or_else(
            || self.span(),
            |value| {
                let words = self.as_text(value).map(|text| text.trim()).filter(|text| !text.as_str().is_empty());
                words.map_or_else(|| self.spanned(value.span()), |text| text.whole())
            },
        )
    }

    /// Whether a key that isn't here stands in a table below, under whose header it has slipped.
    pub fn has_slipped(&self, key: &str) -> bool {
        let mut tables = self.table.values().filter_map(|value| value.get_ref().as_table());
        !self.table.contains_key(key) && tables.any(|table| table.contains_key(key))
    }

    /// A string.
    pub fn text(&self, key: &'static str) -> Option<Text> {
        let value = self.value(key)?;
        self.as_text(value).or_else(|| self.wrong(key, value, TEXT))
    }

    /// A string that isn't empty, without white space around it.
    pub fn line(&self, key: &'static str) -> Option<Text> {
        self.text(key).map(|text| text.trim()).filter(|text| !text.as_str().is_empty())
    }

    /// [`line`](Self::line), owned.
    pub fn string(&self, key: &'static str) -> Option<String> {
        self.line(key).map(|text| text.as_str().to_owned())
    }

    /// A title, which every page and part must have.
    pub fn title(&self) -> Option<Text> {
        let title = self.line("title");
        if title.is_none() && self.value("title").is_none_or(|value| value.get_ref().is_str()) {
            self.report(
                Diagnostic::new(
                    codes::MISSING_TITLE,
                    format!("{} has no title", self.what.trim_end_matches(FRONT_MATTER)),
                )
                .at(self.value_span("title"))
                .help("add a line: title = \"Your title\""),
            );
        }
        title
    }

    /// A whole number.
    pub fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        whole_number(value.get_ref()).or_else(|| self.wrong(key, value, "a whole number"))
    }

    /// `true` or `false`.
    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        value.get_ref().as_bool().or_else(|| self.wrong(key, value, "true or false, without quotation marks"))
    }

    /// A date of the calendar; one in quotation marks is understood too.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let value = self.value(key)?;
        let (written, day) = match value.get_ref() {
            DeValue::Datetime(moment) => (moment.to_string(), moment.date.map(|date| date.to_string())),
            DeValue::String(text) => (text.to_string(), Some(text.trim().to_owned())),
            _ => return self.wrong(key, value, "a date such as 2026-11-22"),
        };
        day.and_then(|day| day.parse().ok()).or_else(|| {
            self.report(no_date(&written).at(self.spanned(value.span())));
            None
        })
    }

    /// A list of strings; a single string is a list of one.
    pub fn texts(&self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        if let Some(text) = self.as_text(value) {
            return vec![text];
        }
        let Some(items) = value.get_ref().as_array() else {
            self.wrong::<()>(key, value, "a list such as [\"one\", \"two\"]");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.as_text(item).or_else(|| self.wrong_item(key, item, TEXT))).collect()
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        self.chosen(key, &self.line(key)?, choices)
    }

    fn chosen<T: Copy>(&self, key: &str, text: &Text, choices: &[(&'static str, T)]) -> Option<T> {
        let given = text.as_str();
        let found = choices.iter().find(|(name, _)| *name == given).map(|(_, choice)| *choice);
        if found.is_none() {
            let names = || choices.iter().map(|(name, _)| *name);
            self.report(
                Diagnostic::new(codes::INVALID_VALUE, format!("`{key}` can't be `{given}`"))
                    .at(text.whole())
                    .suggest(given, &Names::of(names()))
                    .help(format!("it can be {}", either(names()))),
            );
        }
        found
    }

    /// A table below this one.
    pub fn table(&self, key: &'static str) -> Option<Table<'_>> {
        let (name, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(self.inner(table, name.span(), format!("`{key}`"))),
            _ => self.wrong(key, value, &format!("a line [{key}] of its own, with its settings below it")),
        }
    }

    /// The tables of `[[key]]`, or of `key = [{ … }]`. `what` names one of them in a message: "a value".
    pub fn tables(&self, key: &'static str, what: &str) -> Vec<Table<'_>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong::<()>(key, value, &format!("a line [[{key}]] for each, with its settings below it"));
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| match item.get_ref() {
                DeValue::Table(table) => Some(self.inner(table, item.span(), what.to_owned())),
                _ => self.wrong_item(key, item, "settings in braces, such as { title = \"…\" }"),
            })
            .collect()
    }

    /// A value of whatever type.
    pub fn any(&self, key: &'static str) -> Option<Value<'_>> {
        self.entry(key).map(|(_, value)| Value { table: self, value })
    }

    /// All keys with their values, for tables whose keys the author chooses.
    pub fn entries(&self) -> Vec<(Text, Value<'_>)> {
        self.read_allowed();
        let own = self.table.iter().filter(|(key, value)| !is_allow(key.get_ref(), value.get_ref()));
        let mut entries: Vec<_> = own.map(|(key, value)| (self.key_text(key), Value { table: self, value })).collect();
        entries.sort_by_key(|(key, _)| key.whole());
        entries
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        self.finish_but(|_| false);
    }

    /// The same, but for keys that the author chooses and a reader knows by their look.
    pub fn finish_but(self, is_known: impl Fn(&str) -> bool) {
        self.read_allowed();
        let asked = self.asked.borrow();
        for (key, value) in self.table.iter() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) && !is_known(name) && !is_allow(name, value.get_ref()) {
                self.report(self.unknown(name, self.spanned(key.span()), &asked));
            }
        }
    }

    /// Every string of some keys, in this table and in all below it.
    pub fn texts_below(&self, keys: &[&str]) -> Vec<Text> {
        let mut texts = Vec::new();
        self.gather(self.table, keys, &mut texts);
        texts.sort_by_key(Text::whole);
        texts
    }

    fn gather(&self, table: &DeTable<'_>, keys: &[&str], texts: &mut Vec<Text>) {
        for (key, value) in table {
            let tables: Vec<_> = match value.get_ref() {
                DeValue::Table(table) => vec![table],
                DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_table()).collect(),
                _ => Vec::new(),
            };
            tables.into_iter().for_each(|table| self.gather(table, keys, texts));
            if keys.contains(&key.get_ref().as_ref()) {
                texts.extend(self.as_text(value));
            }
        }
    }

    /// Says that a key is not one of those that can stand here.
    fn unknown(&self, name: &str, span: Span, known: &[&'static str]) -> Diagnostic {
        if self.above.contains(&name) {
            let header = self.spanned(self.header.clone());
            return Diagnostic::new(
                codes::MISPLACED_KEY,
                format!("`{name}` belongs to the file as a whole, but stands in {}", self.what),
            )
            .at(span)
            .also(header, "everything below this header belongs to it")
            .help("in TOML a line belongs to the header above it: move this one up, above the first line in [ ]");
        }
        let diagnostic = Diagnostic::new(codes::UNKNOWN_KEY, format!("`{name}` isn't known in {}", self.what)).at(span);
        match Names::of(known.iter().copied()).nearest(name) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("known here are {}", list(sorted(known)))),
        }
    }

    /// Notes a finding.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.findings.push(diagnostic);
    }

    /// Where findings go, for a reader that makes some of its own.
    pub fn findings(&self) -> &'a Findings {
        self.findings
    }

    /// The file that the table is in.
    pub fn file(&self) -> &'a SourceFile {
        self.file
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entry(key).map(|(_, value)| value)
    }

    fn entry(&self, key: &'static str) -> Option<(&'a Spanned<std::borrow::Cow<'a, str>>, &'a Spanned<DeValue<'a>>)> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.table.get_key_value(key)
    }

    fn inner<'b>(&'b self, table: &'b DeTable<'b>, header: Range<usize>, what: String) -> Table<'b> {
        Table {
            table,
            header: header.start + self.base..header.end + self.base,
            what,
            file: self.file,
            base: self.base,
            root: None,
            findings: self.findings,
            asked: RefCell::default(),
            has_allowed: Cell::new(false),
            above: &[],
        }
    }

    fn as_text(&self, value: &Spanned<DeValue<'_>>) -> Option<Text> {
        let decoded = value.get_ref().as_str()?;
        let span = value.span();
        Some(string::locate(self.file, span.start + self.base..span.end + self.base, decoded))
    }

    fn key_text(&self, key: &Spanned<std::borrow::Cow<'_, str>>) -> Text {
        let span = key.span();
        string::locate(self.file, span.start + self.base..span.end + self.base, key.get_ref())
    }

    fn spanned(&self, range: Range<usize>) -> Span {
        self.file.span(range.start + self.base..range.end + self.base)
    }

    fn wrong<T>(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Option<T> {
        self.report(
            Diagnostic::new(codes::WRONG_TYPE, format!("`{key}` is {}, but needs {wanted}", in_words(value.get_ref())))
                .at(self.spanned(value.span())),
        );
        None
    }

    fn wrong_item<T>(&self, key: &str, item: &Spanned<DeValue<'_>>, wanted: &str) -> Option<T> {
        let found = in_words(item.get_ref());
        self.report(
            Diagnostic::new(codes::WRONG_TYPE, format!("an item of `{key}` is {found}, but needs to be {wanted}"))
                .at(self.spanned(item.span())),
        );
        None
    }
}

/// What a table of a page or value is called, so that its keys aren't looked for in the text.
const FRONT_MATTER: &str = "'s front matter";

/// What most keys need.
const TEXT: &str = "text in straight quotation marks";

/// What to say of a date that isn't one.
fn no_date(written: &str) -> Diagnostic {
    Diagnostic::new(codes::INVALID_DATE, format!("`{written}` is not a date"))
        .help("write year, month and day, without quotation marks: 2026-11-22")
}

fn sorted(names: &[&'static str]) -> Vec<&'static str> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names
}
