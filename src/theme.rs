//! A theme: templates, one stylesheet, scripts and the words in each language.
//!
//! In: the handbook's `themes` folder and the theme built into the program. Out: a [`Theme`], its templates parsed. A handbook's
//! theme replaces files of the one it extends, one by one; below them all lies the built-in `default`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rust_embed::Embed;
use tera::{Kwargs, State, Tera, Value};

pub mod strings;
mod template;

use crate::config::Config;
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::text::{FileId, Sources, Text};
use crate::toml_source;
pub use strings::Strings;
pub use template::explain;

#[derive(Embed)]
#[folder = "themes/default"]
struct BuiltIn;

/// The theme that every other stands on.
const DEFAULT: &str = "default";

/// Styles in the order of the cascade; components' styles stand before the last.
const STYLES: [&str; 5] = ["tokens", "base", "layout", "prose", "print"];

/// Styles of the report of a check alone.
const REPORT_STYLE: &str = "styles/report.css";

/// A theme, ready to draw; a copy of it costs little.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Templates and components by their paths: "templates/page.html".
    pub tera: Arc<Tera>,
    /// The words, by language.
    strings: Arc<BTreeMap<String, Strings>>,
    /// All styles in order.
    pub stylesheet: String,
    /// Further styles for the report of a check, which no page of the site needs.
    pub report_stylesheet: String,
    /// Scripts by name: "main.js".
    pub scripts: BTreeMap<String, String>,
    /// Which file of the sources each template is, for those that aren't built in.
    files: BTreeMap<String, FileId>,
}

/// One file of a theme.
struct File {
    text: String,
    source: Option<FileId>,
}

impl Theme {
    /// Reads the theme that the settings name. None if it isn't there or its templates can't be used; why is noted.
    pub fn read(config: &Config, sources: &Sources, findings: &Findings) -> Option<Self> {
        let (name, language) = (&config.theme, &*config.language);
        let own = gather(name, sources, findings)?;
        let theme = if own.is_empty() { built_in().clone() } else { Self::of(own, sources, findings)? };
        if !theme.strings.contains_key(language) && !theme.strings.contains_key(crate::language::primary(language)) {
            let wanted = crate::language::primary(language);
            findings.push(
                Diagnostic::new(
                    codes::MISSING_STRINGS,
                    format!("the theme has no words in `{language}`, so its buttons and labels are in English"),
                )
                .at(config.language_span)
                .help(format!(
                    "copy the theme's strings/en.toml to themes/{}/strings/{wanted}.toml and translate it",
                    name.as_str()
                )),
            );
        }
        Some(theme)
    }

    /// That of some files, and of the built-in ones below them.
    fn of(mut files: BTreeMap<String, File>, sources: &Sources, findings: &Findings) -> Option<Self> {
        for path in BuiltIn::iter() {
            if let Some(file) = BuiltIn::get(&path) {
                let text = String::from_utf8_lossy(&file.data).into_owned();
                files.entry(path.into_owned()).or_insert(File { text, source: None });
            }
        }
        let strings = strings::read(&files_below(&files, "strings/"), sources, findings);
        let mut tera = Tera::default();
        tera.autoescape_on(vec![""]);
        tera.register_filter("fill", strings::fill);
        tera.register_filter("safe", safe);
        let templates = files.iter().filter(|(path, _)| {
            path.ends_with(".html") && (path.starts_with("templates/") || path.starts_with("components/"))
        });
        let added = tera.add_raw_templates(templates.map(|(path, file)| (path.clone(), file.text.clone())));
        let sources_of =
            files.iter().filter_map(|(path, file)| file.source.map(|source| (path.clone(), source))).collect();
        if let Err(error) = added {
            findings.push(explain(&error, &sources_of, sources));
            return None;
        }
        Some(Self {
            tera: Arc::new(tera),
            strings: Arc::new(strings),
            stylesheet: stylesheet(&files),
            report_stylesheet: files.get(REPORT_STYLE).map(|file| file.text.clone()).unwrap_or_default(),
            scripts: files_below(&files, "scripts/")
                .into_iter()
                .map(|(name, file)| (name.to_owned(), file.text.clone()))
                .collect(),
            files: sources_of,
        })
    }

    /// The words of a language; of its base language, or English, where it has none of its own.
    pub fn strings(&self, language: &str) -> &Strings {
        let primary = crate::language::primary(language);
        let found = self.strings.get(language).or_else(|| self.strings.get(primary)).or_else(|| self.strings.get("en"));
        found.unwrap_or_else(|| unreachable!("the built-in theme always has English"))
    }

    /// What went wrong in drawing, for the theme's author.
    pub fn explain(&self, error: &tera::Error, sources: &Sources) -> Diagnostic {
        explain(error, &self.files, sources)
    }
}

/// The theme that is built in, parsed when it is first asked for: most handbooks have no other, and it is the same in all of them.
pub fn built_in() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| {
        let parsed = Theme::of(BTreeMap::new(), &Sources::default(), &Findings::default());
        parsed.unwrap_or_else(|| unreachable!("the built-in theme can be used"))
    })
}

/// Every file of the handbook's own for a theme and those it extends, the nearest of each path.
fn gather(name: &Text, sources: &Sources, findings: &Findings) -> Option<BTreeMap<String, File>> {
    let mut files = BTreeMap::new();
    let mut chain = vec![name.as_str().to_owned()];
    let mut next = Some(name.clone());
    while let Some(theme) = next.take() {
        let folder = format!("themes/{}", theme.as_str());
        let own = |file: &&Arc<crate::text::SourceFile>| file.path.starts_with(&format!("{folder}/"));
        let mut is_there = false;
        for file in sources.files().iter().filter(own) {
            is_there = true;
            let path = file.path[folder.len() + 1..].to_owned();
            files.entry(path).or_insert_with(|| File { text: file.text.to_string(), source: Some(file.id) });
        }
        if !is_there && theme.as_str() != DEFAULT {
            findings.push(unknown(&theme, sources));
            return None;
        }
        let settings = sources.by_path(&format!("{folder}/theme.toml"));
        let extends = settings.and_then(|file| {
            toml_source::parse(file, 0..file.text.len(), "theme.toml", findings, |table| {
                let extends = table.line("extends");
                let _ = (table.string("name"), table.string("version"));
                table.finish();
                extends
            })
        });
        if let Some(parent) = extends.flatten() {
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
    }
    Some(files)
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
fn files_below<'a>(files: &'a BTreeMap<String, File>, folder: &str) -> BTreeMap<&'a str, &'a File> {
    files.iter().filter_map(|(path, file)| Some((path.strip_prefix(folder)?, file))).collect()
}

/// Styles in the order of the cascade, then the theme's own further ones, by name.
fn stylesheet(files: &BTreeMap<String, File>) -> String {
    let style = |name: &str| format!("styles/{name}.css");
    let components = files.keys().filter(|path| path.starts_with("components/") && path.ends_with(".css")).cloned();
    let (last, first) = STYLES.split_last().unwrap_or((&"print", &[]));
    let named: Vec<String> = first.iter().map(|name| style(name)).chain(components).chain([style(last)]).collect();
    let further = files
        .keys()
        .filter(|path| path.starts_with("styles/") && path.ends_with(".css"))
        .filter(|path| !named.contains(path) && *path != REPORT_STYLE)
        .cloned();
    let all: Vec<String> = named.iter().cloned().chain(further).collect();
    all.iter().filter_map(|path| files.get(path)).map(|file| file.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The filter `safe`: a text as it is, without escapes. Tera's own copies the text, and most of a page goes through it.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> Value {
    match value.as_str() {
        Some(_) => value.mark_safe(),
        None => Value::safe_string(&value.to_string()),
    }
}
