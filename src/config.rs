//! `ethos.toml`: what the whole handbook shares.

use crate::finding::{Diagnostic, Findings, Severity, codes};
use crate::language;
use crate::palette::Colour;
use crate::text::{SourceFile, Span, Text};
use crate::toml_source::{self, Table};

/// The site's own settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// The handbook's title.
    pub title: String,
    /// Whose handbook it is.
    pub organisation: String,
    /// BCP 47.
    pub language: String,
    /// Where it is written, for what is found of it later.
    pub language_span: Span,
    /// With a slash at its end.
    pub base_url: Option<String>,
    /// Which theme, and what of its options.
    pub theme: ThemeSettings,
    /// Names of the top level, in order.
    pub menu: Vec<Text>,
    /// Who answers for the handbook.
    pub contact: Contact,
    /// The organisation's own colour.
    pub brand: Option<Colour>,
    /// The path of a logo, relative to `content`.
    pub logo: Option<Text>,
    /// How often a page that says nothing is reviewed, in months.
    pub review_every: Option<i64>,
    /// Whether pages have a search form.
    pub search: bool,
    /// Whether the search form offers results while a reader types.
    pub suggestions: bool,
    /// Sets of phrases that mean the same to a reader.
    pub synonyms: Vec<Vec<Text>>,
    /// Whether a handbook of any size is printed whole.
    pub print_whole: bool,
    /// Abbreviations and names with what they mean.
    pub glossary: Vec<(Text, Text)>,
    /// What `ethos check` holds the handbook to.
    pub check: Check,
}

/// What `[check]` says.
#[derive(Debug, Clone)]
pub struct Check {
    /// Rules whose level is another than their own.
    pub levels: Vec<(Text, Level)>,
    /// The most words that a sentence should have.
    pub sentence_words: usize,
    /// The highest reading grade that a page should need: years of school.
    pub reading_grade: u32,
    /// Words to avoid, each with a better one; none for a word that may be used although the list has it.
    pub words: Vec<(Text, Option<Text>)>,
    /// Beginnings of web addresses that aren't tried.
    pub skip: Vec<Text>,
}

impl Default for Check {
    fn default() -> Self {
        Self { levels: Vec::new(), sentence_words: 25, reading_grade: 12, words: Vec::new(), skip: Vec::new() }
    }
}

/// What a rule's findings count for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Nothing: they aren't shown.
    Off,
    /// This much.
    At(Severity),
}

/// What `[theme]` says.
#[derive(Debug, Clone)]
pub struct ThemeSettings {
    /// The theme's folder name.
    pub name: Text,
    /// Options with what was chosen; whether there are such is said where the theme is known.
    pub options: Vec<(Text, Text)>,
}

/// The team behind "something wrong with this page?".
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// Its name.
    pub team: Option<String>,
    /// Its address.
    pub email: Option<String>,
}

const TOP_KEYS: &[&str] = &["title", "organisation", "language", "base_url", "menu"];

/// Reads `ethos.toml`. None where its TOML can't be read at all, or something it needs is missing.
pub fn parse(file: &SourceFile, findings: &Findings) -> Option<Config> {
    toml_source::parse(file, 0..file.text.len(), "ethos.toml", findings, read)?
}

fn read(table: Table<'_>) -> Option<Config> {
    let title = if table.has_slipped("title") { None } else { table.title() };
    let organisation = required(&table, "organisation", "the organisation's name");
    let language = required(&table, "language", "its language, such as \"en-GB\"")
        .filter(|text| language::check(text, table.findings()));
    let (brand, logo) = table.table("brand").map(read_brand).unwrap_or_default();
    let search = table.table("search").map_or_else(SearchSettings::default, read_search);
    let theme = read_theme(&table);
    let base_url = table.line("base_url").and_then(|text| base_url(&text, table.findings()));
    let menu = table.texts("menu");
    let contact = table.table("contact").map(read_contact).unwrap_or_default();
    let review_every = table.table("review").and_then(read_review);
    let print_whole = table.table("print").is_some_and(read_print);
    let glossary = table.table("glossary").map(read_glossary).unwrap_or_default();
    let check = table.table("check").map(read_check).unwrap_or_default();
    table.finish();
    let language = language?;
    Some(Config {
        title: title?.as_str().to_owned(),
        organisation: organisation?.as_str().to_owned(),
        language: language.as_str().to_owned(),
        language_span: language.whole(),
        base_url,
        theme,
        menu,
        contact,
        brand,
        logo,
        review_every,
        search: search.enabled,
        suggestions: search.suggestions,
        synonyms: search.synonyms,
        print_whole,
        glossary,
        check,
    })
}

fn read_theme(top: &Table<'_>) -> ThemeSettings {
    let default = || Text::mapped("default".to_owned(), vec![(0, 0)], top.span());
    if let Some(name) = top.any("theme").and_then(|value| value.text()) {
        let message = "`theme` is text, but needs a line [theme] of its own, with its settings below it";
        let help = format!(
            "write, below all lines without a header: [theme], and on the next line name = \"{}\"",
            name.as_str()
        );
        top.report(Diagnostic::new(codes::WRONG_TYPE, message).at(name.whole()).help(help));
        return ThemeSettings { name: default(), options: Vec::new() };
    }
    let Some(table) = top.table("theme") else { return ThemeSettings { name: default(), options: Vec::new() } };
    let name = table.line("name").unwrap_or_else(default);
    let mut options = Vec::new();
    for (option, value) in table.entries().into_iter().filter(|(option, _)| option.as_str() != "name") {
        match value.text() {
            Some(choice) => options.push((option, choice.trim())),
            None => value.wrong(&format!("`{}`", option.as_str()), "one of its choices, in quotation marks"),
        }
    }
    ThemeSettings { name, options }
}

fn read_glossary(table: Table<'_>) -> Vec<(Text, Text)> {
    let mut glossary = Vec::new();
    for (word, value) in table.entries() {
        match value.text() {
            Some(meaning) => glossary.push((word, meaning)),
            None => value.wrong(&format!("`{}`", word.as_str()), "what it means, in quotation marks"),
        }
    }
    glossary
}

/// What `[check]` may say of a rule.
const LEVELS: [(&str, Level); 4] = [
    ("error", Level::At(Severity::Error)),
    ("warning", Level::At(Severity::Warning)),
    ("hint", Level::At(Severity::Hint)),
    ("off", Level::Off),
];

fn read_check(table: Table<'_>) -> Check {
    let table = table.below(TOP_KEYS);
    let mut check = Check::default();
    let number = |key: &'static str, least: i64, most: i64| {
        let number = table.integer(key)?;
        if (least..=most).contains(&number) {
            return Some(number);
        }
        table.report(
            Diagnostic::new(codes::INVALID_VALUE, format!("`{key}` can't be {number}"))
                .at(table.value_span(key))
                .help(format!("write a number from {least} to {most}")),
        );
        None
    };
    check.sentence_words = number("sentence_words", 5, 100).map_or(check.sentence_words, |number| number as usize);
    check.reading_grade = number("reading_grade", 1, 30).map_or(check.reading_grade, |number| number as u32);
    if let Some(words) = table.table("words") {
        for (word, value) in words.entries() {
            match (value.text(), value.boolean()) {
                (Some(better), _) => check.words.push((word, Some(better))),
                (None, Some(false)) => check.words.push((word, None)),
                _ => value.wrong(&format!("`{}`", word.as_str()), "a better word, or false where it may be used"),
            }
        }
    }
    if let Some(external) = table.table("external") {
        check.skip = external.texts("skip");
        external.finish();
    }
    for (rule, value) in table.entries().into_iter().filter(|(key, _)| is_rule(key.as_str())) {
        check.levels.extend(value.choice(rule.as_str(), &LEVELS).map(|level| (rule.clone(), level)));
    }
    table.finish_but(is_rule);
    check
}

/// Whether a key of `[check]` is meant as the name of a rule, and not as one of the settings; whether there is such a rule is said
/// where rules are known.
fn is_rule(key: &str) -> bool {
    let is_setting = key.contains('_') || ["words", "external"].contains(&key) || TOP_KEYS.contains(&key);
    !is_setting
}

fn read_print(table: Table<'_>) -> bool {
    let table = table.below(TOP_KEYS);
    let whole = table.boolean("whole").unwrap_or(false);
    table.finish();
    whole
}

fn required(table: &Table<'_>, key: &'static str, meaning: &str) -> Option<Text> {
    let text = table.line(key);
    // A line that has slipped below a header, or is a number, is reported where it stands.
    let is_said = table.has_slipped(key) || table.any(key).is_some_and(|value| value.text().is_none());
    if text.is_none() && !is_said {
        table.report(
            Diagnostic::new(codes::MISSING_KEY, format!("ethos.toml doesn't say `{key}`"))
                .at(table.value_span(key))
                .help(format!("add {meaning}: {key} = \"…\"")),
        );
    }
    text
}

fn base_url(text: &Text, findings: &Findings) -> Option<String> {
    let url = text.as_str();
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_good = host.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty() && !host.contains('@') && !rest.contains(['"', '\'', '<', '>', ' ', '?', '#', '\\'])
    });
    if is_good {
        return Some(if url.ends_with('/') { url.to_owned() } else { format!("{url}/") });
    }
    findings.push(
        Diagnostic::new(codes::INVALID_VALUE, "`base_url` isn't the address of a web site").at(text.whole()).help(
            "write the whole address, without a question mark or a user name: \"https://intranet.example/handbook/\"",
        ),
    );
    None
}

fn read_contact(table: Table<'_>) -> Contact {
    let table = table.below(TOP_KEYS);
    let email = table.line("email").filter(|text| {
        let is_good = text.as_str().split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !text.as_str().contains([' ', '<', '>', '"', ':', '?', '&'])
        });
        if !is_good {
            table.report(
                Diagnostic::new(codes::INVALID_VALUE, "`email` isn't an e-mail address")
                    .at(text.whole())
                    .help("write it alone: email = \"handbook@council.example\""),
            );
        }
        is_good
    });
    let contact = Contact { team: table.string("team"), email: email.map(|text| text.as_str().to_owned()) };
    table.finish();
    contact
}

fn read_brand(table: Table<'_>) -> (Option<Colour>, Option<Text>) {
    let table = table.below(TOP_KEYS);
    let colour = table
        .line("colour")
        .or_else(|| table.line("color"))
        .and_then(|text| Colour::read_brand(&text, table.findings()));
    let logo = table.line("logo");
    table.finish();
    (colour, logo)
}

/// "12 months", "2 years".
fn read_review(table: Table<'_>) -> Option<i64> {
    let table = table.below(TOP_KEYS);
    let every = table.line("every");
    let months = every.as_ref().and_then(|text| {
        let (number, unit) = text.as_str().split_once(' ')?;
        let number: i64 = number.parse().ok().filter(|number| (1..=120).contains(number))?;
        match unit.trim().trim_end_matches('s') {
            "month" => Some(number),
            "year" => Some(number * 12),
            _ => None,
        }
    });
    if let (Some(text), None) = (&every, months) {
        table.report(
            Diagnostic::new(codes::INVALID_VALUE, format!("`every` can't be `{}`", text.as_str()))
                .at(text.whole())
                .help("write a number of months or years: every = \"12 months\""),
        );
    }
    table.finish();
    months
}

/// What `[search]` says.
struct SearchSettings {
    enabled: bool,
    suggestions: bool,
    synonyms: Vec<Vec<Text>>,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self { enabled: true, suggestions: false, synonyms: Vec::new() }
    }
}

fn read_search(table: Table<'_>) -> SearchSettings {
    let table = table.below(TOP_KEYS);
    let enabled = table.boolean("enabled").unwrap_or(true);
    let suggestions = table.boolean("suggestions").unwrap_or(false);
    let mut synonyms = Vec::new();
    if let Some(words) = table.table("synonyms") {
        for (word, value) in words.entries() {
            let others = value.items().unwrap_or_else(|| vec![value]);
            let texts: Vec<_> = others.iter().filter_map(|other| other.text()).collect();
            if texts.len() == others.len() {
                synonyms.push([word].into_iter().chain(texts).collect());
            } else {
                value.wrong(&format!("`{}`", word.as_str()), "a list of words: [\"PDR\", \"performance review\"]");
            }
        }
    }
    table.finish();
    SearchSettings { enabled, suggestions, synonyms }
}

impl Config {
    /// Stands in for settings that can't be read, so that pages can still be looked over. Nothing is published with it.
    pub fn unknown() -> Self {
        let source = crate::text::Sources::new(vec![("ethos.toml".to_owned(), "".into())], Vec::new());
        let nowhere = Text::slice(&source.files()[0], 0..0);
        Self {
            title: String::new(),
            organisation: String::new(),
            language: "en".to_owned(),
            language_span: nowhere.whole(),
            base_url: None,
            theme: ThemeSettings { name: nowhere, options: Vec::new() },
            menu: Vec::new(),
            contact: Contact::default(),
            brand: None,
            logo: None,
            review_every: None,
            search: false,
            suggestions: false,
            synonyms: Vec::new(),
            print_whole: false,
            glossary: Vec::new(),
            check: Check::default(),
        }
    }
}
