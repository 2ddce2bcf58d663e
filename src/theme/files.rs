//! The files of a theme: the handbook's own, those of the themes that it extends, and below them all the built-in ones.

use std::collections::BTreeMap;

use rust_embed::Embed;

use super::options::Options;
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::text::{FileId, SourceFile, Sources, Span, Text};
use crate::toml_source::{self, Table};

#[derive(Embed)]
#[folder = "themes/default"]
struct BuiltIn;

/// The theme that every other stands on.
pub const DEFAULT: &str = "default";

/// Styles in the order of the cascade; components' styles stand before the last.
const STYLES: [&str; 5] = ["tokens", "base", "layout", "prose", "print"];

/// Styles of the report of a check alone.
pub(super) const REPORT_STYLE: &str = "styles/report.css";

/// Styles of the preview's gallery alone.
pub(super) const GALLERY_STYLE: &str = "styles/gallery.css";

/// One file of a theme.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub text: String,
    /// None of a built-in one.
    pub source: Option<FileId>,
}

/// The files of a theme by their paths in it: "templates/page.html".
pub(super) type Files = BTreeMap<String, File>;

impl File {
    /// Some bytes of one of the handbook's own.
    pub fn span(&self, sources: &Sources, range: std::ops::Range<usize>) -> Option<Span> {
        self.source.map(|source| sources.file(source).span(range))
    }
}

/// Every file of the handbook's own for a theme and those it extends, the nearest of each path, and what options they offer. None
/// where one of the themes isn't there; why is noted.
pub(super) fn gather(name: &Text, sources: &Sources, findings: &Findings) -> Option<(Files, Options)> {
    let mut files = Files::new();
    let mut options = Options::default();
    let mut chain = vec![name.as_str().to_owned()];
    let mut next = Some(name.clone());
    while let Some(theme) = next.take() {
        let folder = format!("themes/{}/", theme.as_str());
        let mut is_there = false;
        for file in sources.files().iter().filter(|file| file.path.starts_with(&folder)) {
            is_there = true;
            let path = file.path[folder.len()..].to_owned();
            files.entry(path).or_insert_with(|| File { text: file.text.to_string(), source: Some(file.id) });
        }
        if !is_there && theme.as_str() != DEFAULT {
            findings.push(unknown(&theme, sources));
            return None;
        }
        let settings = sources.by_path(&format!("{folder}theme.toml"));
        let Some(parent) = settings.and_then(|file| read_settings(file, &mut options, findings)) else { continue };
        if chain.iter().any(|name| name == parent.as_str()) {
            findings.push(
                Diagnostic::new(codes::CIRCLE, "these themes extend each other in a circle")
                    .at(parent.whole())
                    .help("take out one `extends`"),
            );
            return None;
        }
        chain.push(parent.as_str().to_owned());
        next = Some(parent);
    }
    read_built_in("theme.toml", |table| options.read(&table));
    Some((files, options))
}

/// Reads a `theme.toml`: adds its options, and gives the theme that it extends.
fn read_settings(file: &SourceFile, options: &mut Options, findings: &Findings) -> Option<Text> {
    let read = |table: Table<'_>| {
        let extends = table.line("extends");
        let _ = (table.string("name"), table.string("version"));
        options.read(&table);
        table.finish();
        extends
    };
    toml_source::parse(file, 0..file.text.len(), "theme.toml", findings, read).flatten()
}

/// The options of the built-in theme.
pub fn built_in_options() -> Options {
    let mut options = Options::default();
    read_built_in("theme.toml", |table| options.read(&table));
    options
}

/// A built-in file. It is there: a test draws all of them.
pub(super) fn built_in(path: &str) -> String {
    BuiltIn::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// Reads a built-in file of TOML, in which nothing is wrong.
pub(super) fn read_built_in<T: Default>(path: &str, read: impl FnOnce(Table<'_>) -> T) -> T {
    let sources = Sources::new(vec![(path.to_owned(), built_in(path))], Vec::new());
    let findings = Findings::default();
    let file = sources.files().first();
    file.and_then(|file| toml_source::parse(file, 0..file.text.len(), path, &findings, read)).unwrap_or_default()
}

/// Puts the built-in files below the handbook's own.
pub(super) fn with_built_in(mut files: Files) -> Files {
    for path in BuiltIn::iter().filter(|path| path != "theme.toml") {
        files.entry(path.to_string()).or_insert_with(|| File { text: built_in(&path), source: None });
    }
    files
}

fn unknown(theme: &Text, sources: &Sources) -> Diagnostic {
    let mut names: Vec<&str> =
        sources.files().iter().filter_map(|file| file.path.strip_prefix("themes/")?.split('/').next()).collect();
    names.push(DEFAULT);
    names.sort_unstable();
    let names = Names::of(names);
    Diagnostic::new(codes::UNKNOWN_THEME, format!("there is no theme `{}`", theme.as_str()))
        .at(theme.whole())
        .suggest(theme.as_str(), &names)
        .help(format!("a theme is a folder in themes; {}", crate::finding::there_are("theme", "themes", &names)))
}

/// The files below a folder, by the rest of their paths.
pub(super) fn below<'a>(files: &'a Files, folder: &str) -> BTreeMap<&'a str, &'a File> {
    files.iter().filter_map(|(path, file)| Some((path.strip_prefix(folder)?, file))).collect()
}

/// The templates and components, in the order of their paths.
pub(super) fn templates(files: &Files) -> impl Iterator<Item = (&String, &File)> {
    let is_one =
        |path: &str| path.ends_with(".html") && (path.starts_with("templates/") || path.starts_with("components/"));
    files.iter().filter(move |(path, _)| is_one(path))
}

/// The script of a component: "components/step/step.js".
pub fn component_script(name: &str) -> String {
    format!("components/{name}/{name}.js")
}

/// The scripts by their paths: those that stand alone, and those of components.
pub(super) fn scripts(files: &Files) -> BTreeMap<String, String> {
    let is_one = |path: &str| path.starts_with("scripts/") || path.starts_with("components/") && path.ends_with(".js");
    let scripts = files.iter().filter(|(path, _)| is_one(path));
    scripts.map(|(path, file)| (path.clone(), file.text.clone())).collect()
}

/// Styles in the order of the cascade, then the theme's own further ones, by name.
pub(super) fn stylesheet(files: &Files) -> String {
    let style = |name: &str| format!("styles/{name}.css");
    let components = files.keys().filter(|path| path.starts_with("components/") && path.ends_with(".css")).cloned();
    let (last, first) = STYLES.split_last().unwrap_or((&"print", &[]));
    let named: Vec<String> = first.iter().map(|name| style(name)).chain(components).chain([style(last)]).collect();
    let further = files
        .keys()
        .filter(|path| path.starts_with("styles/") && path.ends_with(".css"))
        .filter(|path| !named.contains(path) && ![REPORT_STYLE, GALLERY_STYLE].contains(&path.as_str()))
        .cloned();
    let all: Vec<String> = named.iter().cloned().chain(further).collect();
    all.iter().filter_map(|path| files.get(path)).map(|file| file.text.as_str()).collect::<Vec<_>>().join("\n")
}
