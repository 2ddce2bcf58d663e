//! The words of a theme: every text that a reader sees or hears and that no author wrote.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

use super::files::{self, Files};
use crate::finding::{Diagnostic, Findings, Names, codes, list};
use crate::framework::ScaleKind;
use crate::text::{Sources, Text};
use crate::toml_source::{self, Table};

/// Forms of one text, of which a number chooses.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The words of one language.
#[derive(Debug, Clone)]
pub struct Strings {
    /// For templates, as `t`.
    pub value: Value,
    /// All single texts by their paths.
    texts: FxHashMap<String, String>,
    months: Vec<String>,
}

type Tree = BTreeMap<String, Node>;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Text(String),
    List(Vec<String>),
    Table(Tree),
}

impl Strings {
    fn new(tree: Tree) -> Self {
        let value = Value::from_serializable(&Serial(&tree));
        let months = match tree.get("dates") {
            Some(Node::Table(dates)) => match dates.get("months") {
                Some(Node::List(months)) => months.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let mut texts = FxHashMap::default();
        flatten(tree, "", &mut texts);
        Self { value, texts, months }
    }

    /// The text at a path ("generated.a_z"); the path itself where a theme leaves it out, so that what is missing shows.
    pub fn text<'a>(&'a self, path: &'a str) -> &'a str {
        self.texts.get(path).map_or(path, String::as_str)
    }

    /// The text at a path with its placeholders filled.
    pub fn filled(&self, path: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.text(path);
        let mut filled = String::with_capacity(rest.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => filled.push_str(value),
                None => filled.extend(["{", name, "}"]),
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// What the points of a kind of scale are: "Audience", "Level".
    pub fn kind_of_point(&self, kind: ScaleKind) -> &str {
        self.text(match kind {
            ScaleKind::Audience => "generated.audience",
            ScaleKind::Level => "generated.level",
            ScaleKind::Rating => "generated.rating",
            ScaleKind::Stance => "generated.stance",
        })
    }

    /// A day in words.
    pub fn date(&self, date: Date) -> String {
        let month = self.months.get(date.month() as usize - 1).map_or("", String::as_str);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.filled("dates.format", &[("day", &day), ("month", month), ("year", &year)])
    }
}

/// Puts the texts of a table with their paths into `texts`.
fn flatten(tree: Tree, path: &str, texts: &mut FxHashMap<String, String>) {
    for (key, node) in tree {
        match node {
            Node::Text(text) => drop(texts.insert([path, &key].concat(), text)),
            Node::Table(inner) => flatten(inner, &[path, &key, "."].concat(), texts),
            Node::List(_) => {}
        }
    }
}

/// Reads `strings/<language>.toml` of a theme. The built-in English lies below every language, so that none has holes.
pub(super) fn read(files: &Files, sources: &Sources, findings: &Findings) -> BTreeMap<String, Strings> {
    let base = files::read_built_in("strings/en.toml", |table| tree(&table));
    let mut languages = BTreeMap::new();
    for (name, file) in files::below(files, "strings/") {
        let Some(language) = name.strip_suffix(".toml") else {
            continue;
        };
        let own = match file.source {
            Some(id) => {
                let source = sources.file(id);
                let read = |table: Table<'_>| {
                    check(&table, &base, "", files);
                    tree(&table)
                };
                toml_source::parse(source, 0..source.text.len(), "the theme's words", findings, read)
            }
            // What lies below the others is read already.
            None if language == "en" => Some(base.clone()),
            None => Some(files::read_built_in(&format!("strings/{name}"), |table| tree(&table))),
        };
        if let Some(own) = own {
            languages.insert(language.to_owned(), Strings::new(merge(&base, own)));
        }
    }
    languages.entry("en".to_owned()).or_insert_with(|| Strings::new(base));
    languages
}

/// Notes names of words that nothing asks for: neither the built-in theme nor a template of the handbook's own.
fn check(table: &Table<'_>, base: &Tree, path: &str, files: &Files) {
    for (key, value) in table.entries() {
        let name = key.as_str();
        let path = format!("{path}{name}");
        match base.get(name) {
            Some(Node::Table(base)) => {
                if let Some(inner) = value.table("these words") {
                    check(&inner, base, &format!("{path}."), files);
                }
            }
            Some(_) => {}
            None if is_form(name, base) || is_asked_for(&path, files) => {}
            None => table.report(unknown(&key, path.strip_suffix(name).unwrap_or_default(), base)),
        }
    }
}

/// Whether a name is one more form of a text that English has: "few" beside "other", "results_few" beside "results_other".
fn is_form(name: &str, base: &Tree) -> bool {
    let (stem, form) = name.rsplit_once('_').map_or(("", name), |(stem, form)| (stem, form));
    let other = if stem.is_empty() { "other".to_owned() } else { format!("{stem}_other") };
    FORMS.contains(&form) && base.contains_key(&other)
}

/// Whether a template of the handbook's own names a text, or chooses among those around it.
fn is_asked_for(path: &str, files: &Files) -> bool {
    let mut own = files::templates(files).filter(|(_, file)| file.source.is_some());
    let chosen = path.rsplit_once('.').map_or_else(|| "t[".to_owned(), |(above, _)| format!("t.{above}["));
    let named = format!("t.{path}");
    own.any(|(_, file)| file.text.contains(&named) || file.text.contains(&chosen))
}

fn unknown(key: &Text, above: &str, base: &Tree) -> Diagnostic {
    let place = match above.trim_end_matches('.') {
        "" => "the theme's words".to_owned(),
        above => format!("[{above}] of the theme's words"),
    };
    let message = format!("`{}` isn't known in {place}, so nobody will read it", key.as_str());
    let diagnostic = Diagnostic::new(codes::UNKNOWN_KEY, message).at(key.whole());
    match Names::of(base.keys()).nearest(key.as_str()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => {
            diagnostic.help(format!("known here are {}", list(base.keys().map(String::as_str).collect::<Vec<_>>())))
        }
    }
}

fn tree(table: &Table<'_>) -> Tree {
    let mut tree = Tree::new();
    for (key, value) in table.entries() {
        let name = key.as_str().to_owned();
        if let Some(text) = value.text() {
            tree.insert(name, Node::Text(text.as_str().to_owned()));
        } else if let Some(items) = value.items() {
            tree.insert(
                name,
                Node::List(items.iter().filter_map(|item| item.text().map(|text| text.as_str().to_owned())).collect()),
            );
        } else if let Some(inner) = value.table("these words") {
            tree.insert(name, Node::Table(self::tree(&inner)));
        } else {
            table.report(
                Diagnostic::new(codes::WRONG_TYPE, format!("`{name}` needs text in quotation marks")).at(value.span()),
            );
        }
    }
    tree
}

/// What `own` says, and what only `base` does. Forms of one text (one, other) belong together and aren't mixed.
fn merge(base: &Tree, own: Tree) -> Tree {
    let mut merged = base.clone();
    for (key, node) in own {
        let node = match (merged.remove(&key), node) {
            (Some(Node::Table(base)), Node::Table(own)) if !own.contains_key("other") => Node::Table(merge(&base, own)),
            (_, own) => own,
        };
        merged.insert(key, node);
    }
    merged
}

struct Serial<'a>(&'a Tree);

impl serde::Serialize for Serial<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, node)| (key, SerialNode(node))))
    }
}

struct SerialNode<'a>(&'a Node);

impl serde::Serialize for SerialNode<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(items) => serializer.collect_seq(items),
            Node::Table(tree) => Serial(tree).serialize(serializer),
        }
    }
}

/// The filter `fill`: `{{ t.path.step | fill(number=2, total=6) }}` puts values in the place of `{number}` and `{total}`.
///
/// A text with forms (`one`, `other`, perhaps `zero`) is chosen by the argument `n`. Where a value is finished HTML, the text and the
/// other values are escaped, and the whole is HTML.
///
/// # Errors
/// Where the text is none, or a placeholder gets no value.
pub fn fill(text: &Value, values: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let text = chosen(text, &values)?;
    let is_html = values.iter().any(|(_, value)| value.is_safe());
    let mut filled = String::with_capacity(2 * text.len());
    let mut add = |words: &str, is_safe: bool| {
        if is_html && !is_safe {
            filled.push_str(&state.escape(words)?);
        } else {
            filled.push_str(words);
        }
        TeraResult::Ok(())
    };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, value)| value);
        let Some(value) = value else {
            return Err(tera::Error::message(format!("fill: nothing is given for {{{name}}} in “{text}”")));
        };
        add(before, false)?;
        match value.as_str() {
            Some(words) => add(words, value.is_safe())?,
            None => add(&value.to_string(), value.is_safe())?,
        }
        rest = after;
    }
    add(rest, false)?;
    Ok(if is_html { Value::safe_string(&filled) } else { Value::from(filled) })
}

/// A text, or the one of its forms that a number needs.
fn chosen<'a>(text: &'a Value, values: &Kwargs) -> TeraResult<&'a str> {
    if let Some(text) = text.as_str() {
        return Ok(text);
    }
    let form = match values.get::<i64>("n")? {
        Some(0) => "zero",
        Some(1) => "one",
        _ => "other",
    };
    let forms = text.as_map();
    let found = forms.and_then(|forms| forms.get(&Key::Str(form)).or_else(|| forms.get(&Key::Str("other"))));
    found.and_then(Value::as_str).ok_or_else(|| tera::Error::message("fill: there is no such text"))
}
