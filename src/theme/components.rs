//! What a theme says of its components: `examples.toml` in the folder of each tells what they are for, what they take, and shows them.
//!
//! In: those files, and the components as the template language knows them. Out: a [`Folder`] for each, from which the preview's gallery
//! and the guide's reference are made.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ComponentInfo, Map, Tera, Value};

use super::files::{File, Files};
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::text::{SourceFile, Sources, Text};
use crate::toml_source::{self, Table, Value as Written};

/// The name of the file that describes the components of a folder.
const FILE: &str = "examples.toml";

/// A folder of components.
#[derive(Debug)]
pub struct Folder {
    /// Its name: "card".
    pub name: String,
    /// The components in it, in the order of the file that describes them.
    pub components: Vec<Component>,
    /// The classes that its template and its styles name; one that ends in `…` goes on with a word.
    pub classes: BTreeSet<String>,
    /// Whether it has a script.
    pub has_script: bool,
}

/// A component with what is said of it.
#[derive(Debug)]
pub struct Component {
    /// As templates call it: "cards".
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// What it takes, in the order of the description.
    pub parameters: Vec<Parameter>,
    /// How it looks, in a few cases.
    pub examples: Vec<Example>,
    /// For one that is never drawn alone: the component, or the template, in which it is seen.
    pub seen_in: Option<String>,
}

/// What a component takes.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it holds: "text", "number", or the name of a part of `docs/template-variables.md`.
    pub kind: String,
    /// What it is for.
    pub about: String,
    /// What holds where a call leaves it out; none where it must be given.
    pub default: Option<String>,
}

/// One case of a component.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it shows, in a few words.
    pub title: String,
    /// What the component is given.
    pub given: BTreeMap<String, Value>,
    /// What stands inside it, as HTML.
    pub body: Option<String>,
    /// What stands before it and behind it, as HTML: the list of an item.
    pub around: (String, String),
}

/// Reads what is said of the components of a theme.
pub(super) fn read(files: &Files, tera: &Tera, sources: &Sources, findings: &Findings) -> Vec<Folder> {
    let mut folders = Vec::new();
    for (path, file) in files {
        let Some(name) = path.strip_prefix("components/").and_then(|rest| rest.strip_suffix("/examples.toml")) else {
            continue;
        };
        let components = parse(file, path, sources, findings, |table| described(&table, tera));
        folders.push(Folder {
            name: name.to_owned(),
            components: components.unwrap_or_default(),
            classes: classes(name, files),
            has_script: files.contains_key(&super::files::component_script(name)),
        });
    }
    folders
}

/// Notes what is wrong in the descriptions that are the handbook's own.
pub(super) fn check(files: &Files, tera: &Tera, sources: &Sources, findings: &Findings) {
    let is_own = |(path, file): &(&String, &File)| path.ends_with(FILE) && file.source.is_some();
    let own = files.iter().filter(is_own).map(|(path, file)| (path.clone(), file.clone())).collect();
    read(&own, tera, sources, findings);
}

fn parse<T>(
    file: &File,
    path: &str,
    sources: &Sources,
    findings: &Findings,
    read: impl FnOnce(Table<'_>) -> T,
) -> Option<T> {
    let parse = |file: &SourceFile, findings: &Findings| {
        toml_source::parse(file, 0..file.text.len(), "a description of components", findings, read)
    };
    match file.source {
        Some(id) => parse(sources.file(id), findings),
        None => {
            let own = Sources::new(vec![(path.to_owned(), file.text.clone())], Vec::new());
            own.files().first().and_then(|file| parse(file, &Findings::default()))
        }
    }
}

fn described(table: &Table<'_>, tera: &Tera) -> Vec<Component> {
    let mut components = Vec::new();
    for (name, value) in table.entries() {
        let Some(info) = tera.get_component_definition(name.as_str()) else {
            let names = Names::of(tera.get_component_names());
            let message = format!("there is no component `{}`", name.as_str());
            let finding = Diagnostic::new(codes::UNKNOWN_KEY, message).at(name.whole());
            table.report(finding.suggest(name.as_str(), &names));
            continue;
        };
        match value.table(&format!("`{}`", name.as_str())) {
            Some(own) => components.push(component(own, &info)),
            None => {
                value.wrong(&format!("`{}`", name.as_str()), "a line in [ ] of its own, with its description below");
            }
        }
    }
    components
}

fn component(table: Table<'_>, info: &ComponentInfo) -> Component {
    let about = table.string("about").unwrap_or_default();
    let seen_in = table.string("seen_in");
    let parameters = table.table("parameters").map_or_else(Vec::new, |table| parameters(&table, info));
    let examples = table.tables("examples", "an example").into_iter().map(|table| example(table, info)).collect();
    table.finish();
    Component { name: info.name().to_owned(), about, parameters, examples, seen_in }
}

fn parameters(table: &Table<'_>, info: &ComponentInfo) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for (name, value) in table.entries() {
        let Some(argument) = info.args().iter().find(|argument| argument.name() == name.as_str()) else {
            table.report(unknown(&name, info));
            continue;
        };
        let what = format!("`{}`", name.as_str());
        let Some(own) = value.table(&what) else {
            value.wrong(&what, "settings in braces: { kind = \"text\", about = \"…\" }");
            continue;
        };
        let (kind, about) = (own.string("kind").unwrap_or_default(), own.string("about").unwrap_or_default());
        own.finish();
        let default = argument.default().map(|default| match default.as_str() {
            Some(text) => format!("\"{text}\""),
            None => default.to_string(),
        });
        parameters.push(Parameter { name: name.as_str().to_owned(), kind, about, default });
    }
    parameters
}

fn example(table: Table<'_>, info: &ComponentInfo) -> Example {
    let title = table.string("title").unwrap_or_default();
    let body = table.string("body");
    let html = |key| table.text(key).map(|text| text.as_str().to_owned()).unwrap_or_default();
    let around = (html("before"), html("after"));
    let mut given = BTreeMap::new();
    if let Some(values) = table.table("with") {
        for (name, value) in values.entries() {
            if info.args().iter().any(|argument| argument.name() == name.as_str()) {
                given.insert(name.as_str().to_owned(), plain(&value));
            } else {
                values.report(unknown(&name, info));
            }
        }
    }
    table.finish();
    Example { title, given, body, around }
}

fn unknown(name: &Text, info: &ComponentInfo) -> Diagnostic {
    let names = Names::of(info.args().iter().map(|argument| argument.name()));
    Diagnostic::new(codes::UNKNOWN_KEY, format!("the component `{}` has no parameter `{}`", info.name(), name.as_str()))
        .at(name.whole())
        .suggest(name.as_str(), &names)
}

/// What was written, as a template gets it.
fn plain(value: &Written<'_>) -> Value {
    if let Some(text) = value.text() {
        return Value::from(text.as_str());
    }
    if let Some(items) = value.items() {
        return Value::from(items.iter().map(plain).collect::<Vec<_>>());
    }
    if let Some(table) = value.table("this example") {
        let entries = table.entries();
        let pairs = entries.iter().map(|(key, value)| (key.as_str().to_owned().into(), plain(value)));
        return Value::from(pairs.collect::<Map>());
    }
    match (value.boolean(), value.integer()) {
        (Some(answer), _) => Value::from(answer),
        (None, Some(number)) => Value::from(number),
        (None, None) => Value::none(),
    }
}

/// The classes that the templates and styles of a folder name.
fn classes(folder: &str, files: &Files) -> BTreeSet<String> {
    let below = format!("components/{folder}/");
    let mut classes = BTreeSet::new();
    for (path, file) in files.iter().filter(|(path, _)| path.starts_with(&below)) {
        let text = &file.text;
        for (at, _) in text.match_indices("hb-") {
            let is_class = if path.ends_with(".css") {
                text[..at].ends_with('.')
            } else {
                let open = text[..at].rfind("class=\"").map(|open| open + "class=\"".len());
                path.ends_with(".html") && open.is_some_and(|open| !outside_tags(&text[open..at]).contains('"'))
            };
            let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let end = text[at..].find(|c| !is_inside(c)).map_or(text.len(), |length| at + length);
            let goes_on = if text[end..].starts_with("{{") { "…" } else { "" };
            if is_class {
                classes.insert(format!("{}{goes_on}", &text[at..end]));
            }
        }
    }
    classes
}

/// A stretch of a template without what stands in the tags of the template language.
fn outside_tags(text: &str) -> String {
    let mut outside = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        outside.push_str(before);
        let end = if after.starts_with('%') { "%}" } else { "}}" };
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    outside + rest
}
