//! A theme: templates, one stylesheet, scripts and the words in each language.
//!
//! In: the handbook's `themes` folder and the theme built into the program. Out: a [`Theme`], its templates parsed. A handbook's
//! theme replaces files of the one it extends, one by one; below them all lies the built-in `default`.
//!
//! What a theme of the handbook's own gets wrong is found here, before anything is drawn: styles that can't be read (`css`), calls that
//! give a component what it doesn't take (`calls`), and what Ethos leads to and isn't there (`contract`).

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::{Kwargs, State, Tera, Value};

mod calls;
pub mod components;
pub mod contract;
mod css;
mod files;
pub mod options;
pub mod strings;
mod template;

use crate::config::Config;
use crate::finding::{Diagnostic, Findings, codes};
use crate::text::{FileId, Sources, Text};
use components::Folder;
use files::Files;
pub use files::{built_in_options, component_script};
use options::Chosen;
pub use strings::Strings;
pub use template::explain;

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
    /// Further styles for the gallery of the preview, which no page of the site needs.
    pub gallery_stylesheet: String,
    /// Scripts by path: "scripts/main.js", "components/step/step.js".
    pub scripts: BTreeMap<String, String>,
    /// What the handbook has chosen of the theme's options.
    pub chosen: Chosen,
    /// What files the handbook's own styles name, as it is written there.
    pub style_urls: Vec<Text>,
    files: Arc<Files>,
    /// Which file of the sources each template is, for those that aren't built in.
    sources: BTreeMap<String, FileId>,
}

impl Theme {
    /// Reads the theme that the settings name. None if it isn't there or its templates can't be used; why is noted.
    pub fn read(config: &Config, sources: &Sources, findings: &Findings) -> Option<Self> {
        let (name, language) = (&config.theme.name, &*config.language);
        let (files, options) = files::gather(name, sources, findings)?;
        let chosen = options.choose(&config.theme.options, findings);
        let theme = if files.is_empty() { built_in().clone() } else { Self::of(files, sources, findings)? };
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
        Some(Self { chosen, ..theme })
    }

    /// That of some files, and of the built-in ones below them.
    fn of(own: Files, sources: &Sources, findings: &Findings) -> Option<Self> {
        let own_styles = own.iter().filter(|(path, _)| path.ends_with(".css")).filter_map(|(_, file)| file.source);
        let style_urls = own_styles.flat_map(|id| css::check(sources.file(id), findings)).collect();
        let is_own = !own.is_empty();
        let files = files::with_built_in(own);
        let strings = strings::read(&files, sources, findings);
        let mut tera = Tera::default();
        tera.autoescape_on(vec![""]);
        tera.register_filter("fill", strings::fill);
        tera.register_filter("safe", safe);
        let templates = files::templates(&files).map(|(path, file)| (path.clone(), file.text.clone()));
        let added = tera.add_raw_templates(templates);
        let sources_of =
            files.iter().filter_map(|(path, file)| file.source.map(|source| (path.clone(), source))).collect();
        if let Err(error) = added {
            findings.push(template::explain_unread(&error, &files, &sources_of, sources));
            return None;
        }
        if is_own {
            calls::check(&files, &tera, sources, findings);
            contract::check(&files, &tera, sources, findings);
            contract::check_starts(&files, sources, findings);
            components::check(&files, &tera, sources, findings);
        }
        let style = |path: &str| files.get(path).map(|file| file.text.clone()).unwrap_or_default();
        Some(Self {
            tera: Arc::new(tera),
            strings: Arc::new(strings),
            stylesheet: files::stylesheet(&files),
            report_stylesheet: style(files::REPORT_STYLE),
            gallery_stylesheet: style(files::GALLERY_STYLE),
            scripts: files::scripts(&files),
            chosen: Chosen::default(),
            style_urls,
            files: Arc::new(files),
            sources: sources_of,
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
        explain(error, &self.sources, sources)
    }

    /// What the theme says of its components, by folder.
    pub fn components(&self, sources: &Sources) -> Vec<Folder> {
        components::read(&self.files, &self.tera, sources, &Findings::default())
    }
}

/// The theme that is built in, parsed when it is first asked for: most handbooks have no other, and it is the same in all of them.
pub fn built_in() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| {
        let parsed = Theme::of(Files::new(), &Sources::default(), &Findings::default());
        let chosen = built_in_options().choose(&[], &Findings::default());
        let theme = parsed.unwrap_or_else(|| unreachable!("the built-in theme can be used"));
        Theme { chosen, ..theme }
    })
}

/// The filter `safe`: a text as it is, without escapes. Tera's own copies the text, and most of a page goes through it.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> Value {
    match value.as_str() {
        Some(_) => value.mark_safe(),
        None => Value::safe_string(&value.to_string()),
    }
}
