//! The options of a theme: what `theme.toml` offers, and what a handbook chooses of it in `[theme]`.

use std::collections::BTreeMap;

use crate::finding::{Diagnostic, Findings, Names, codes, either, list};
use crate::text::Text;
use crate::toml_source::Table;

/// Every option of a theme, by its name.
#[derive(Debug, Clone, Default)]
pub struct Options(BTreeMap<String, Choices>);

/// What an option may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// What it is for, in a few words.
    pub about: String,
    /// The words that can be chosen.
    pub choices: Vec<String>,
    /// What holds where nothing is chosen.
    pub default: String,
}

/// What a handbook has chosen of the options.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// The choice of each option.
    pub options: BTreeMap<String, String>,
    /// Classes of the page for choices that aren't the default: "hb-width--narrow".
    pub classes: Option<String>,
}

impl Options {
    /// Adds those of a `theme.toml`, but for those that a nearer theme has.
    pub(super) fn read(&mut self, table: &Table<'_>) {
        let Some(options) = table.table("options") else { return };
        for (name, value) in options.entries() {
            let what = format!("the option `{}`", name.as_str());
            let Some(option) = value.table(&what) else {
                value.wrong(&what, "a line [options.NAME] of its own, with its choices below it");
                continue;
            };
            let about = option.string("about").unwrap_or_default();
            let choices = option.texts("choices");
            let default = option.line("default");
            option.finish();
            let words = || choices.iter().map(Text::as_str);
            if name.as_str() == "name" || !is_word(name.as_str()) {
                options.report(misnamed("an option", &name));
            } else if let Some(wrong) = choices.iter().find(|choice| !is_word(choice.as_str())) {
                options.report(misnamed("a choice", wrong));
            } else if let Some(default) = &default
                && words().any(|word| word == default.as_str())
            {
                let choices = words().map(str::to_owned).collect();
                let choices = Choices { about, choices, default: default.as_str().to_owned() };
                self.0.entry(name.as_str().to_owned()).or_insert(choices);
            } else {
                let message = format!("{what} doesn't say which of its choices is the default");
                let span = default.as_ref().map_or(name.whole(), Text::whole);
                let diagnostic = Diagnostic::new(codes::INVALID_VALUE, message).at(span);
                let help = format!("name one of them: default = \"{}\"", words().next().unwrap_or("…"));
                options.report(match &default {
                    Some(given) => diagnostic.suggest(given.as_str(), &Names::of(words())).help(help),
                    None => diagnostic.help(help),
                });
            }
        }
    }

    /// Each with its name.
    pub fn each(&self) -> impl Iterator<Item = (&str, &Choices)> {
        self.0.iter().map(|(name, choices)| (name.as_str(), choices))
    }

    /// What the settings choose; what they can't choose is noted.
    pub(super) fn choose(&self, given: &[(Text, Text)], findings: &Findings) -> Chosen {
        let mut options: BTreeMap<String, String> =
            self.0.iter().map(|(name, option)| (name.clone(), option.default.clone())).collect();
        for (name, given) in given {
            match self.0.get(name.as_str()) {
                None => findings.push(self.unknown(name)),
                Some(option) if option.choices.iter().any(|choice| choice == given.as_str()) => {
                    options.insert(name.as_str().to_owned(), given.as_str().to_owned());
                }
                Some(option) => {
                    let choices = || option.choices.iter().map(String::as_str);
                    let message = format!("`{}` can't be `{}`", name.as_str(), given.as_str());
                    let diagnostic = Diagnostic::new(codes::INVALID_VALUE, message).at(given.whole());
                    let diagnostic = diagnostic.suggest(given.as_str(), &Names::of(choices()));
                    findings.push(diagnostic.help(format!("it can be {}", either(choices()))));
                }
            }
        }
        let differs = |(name, choice): &(&String, &String)| self.0[*name].default != **choice;
        let classes: Vec<_> =
            options.iter().filter(differs).map(|(name, choice)| format!("hb-{name}--{choice}")).collect();
        Chosen { classes: (!classes.is_empty()).then(|| classes.join(" ")), options }
    }

    fn unknown(&self, name: &Text) -> Diagnostic {
        let message = format!("`{}` isn't an option of this theme", name.as_str());
        let known: Vec<&str> = ["name"].into_iter().chain(self.0.keys().map(String::as_str)).collect();
        let diagnostic = Diagnostic::new(codes::UNKNOWN_KEY, message).at(name.whole());
        match Names::of(known.iter().copied()).nearest(name.as_str()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("known in [theme] are {}", list(known))),
        }
    }
}

/// Whether a name can stand in a class and in a template.
fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn misnamed(what: &str, name: &Text) -> Diagnostic {
    Diagnostic::new(codes::INVALID_VALUE, format!("{what} can't be called `{}`", name.as_str()))
        .at(name.whole())
        .help("use small letters, digits and _, beginning with a letter; `name` stands for the theme itself")
}
