//! A baseline: how many findings of each rule a file had when the team began. There may be fewer, never more.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::check::asked::ABOVE_BASELINE;
use crate::error::Error;
use crate::files;
use crate::finding::Diagnostic;
use crate::text::Sources;

/// Counts by file and rule; a finding that is in no file has the empty name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, BTreeMap<String, usize>>);

/// Findings held against a baseline.
pub struct Held {
    /// What is shown: whatever the baseline doesn't hold.
    pub shown: Vec<Diagnostic>,
    /// How many findings the baseline holds.
    pub held: usize,
    /// Whether there are fewer than it allows.
    pub has_fallen: bool,
    /// Whether there are more.
    pub has_risen: bool,
}

impl Baseline {
    /// Reads a file; none if it isn't there.
    ///
    /// # Errors
    /// If it can't be read, or isn't a baseline.
    pub fn read(path: &Path) -> Result<Option<Self>, Error> {
        let counts = match files::read(path) {
            Ok(text) => serde_json::from_str(&text).ok(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => None,
            Err(error) => return Err(Error::disk("read", path)(error)),
        };
        let counts = counts.ok_or_else(|| {
            Error::Use(format!(
                "{} isn't a baseline that ethos check wrote; delete it, and run again with --update to begin a new one",
                path.display()
            ))
        })?;
        Ok(Some(Self(counts)))
    }

    /// The counts of some findings, without those that no baseline can hold.
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics.iter().filter(|diagnostic| is_held(diagnostic)) {
            *counts
                .0
                .entry(file(diagnostic, sources))
                .or_default()
                .entry(diagnostic.code.name.to_owned())
                .or_default() += 1;
        }
        counts
    }

    /// Writes the file.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        let mut text =
            serde_json::to_string_pretty(&self.0).unwrap_or_else(|error| unreachable!("counts are JSON: {error}"));
        text.push('\n');
        files::write(path, &text)
    }

    /// Takes away what the baseline holds, and says where there is more.
    pub fn hold(&self, diagnostics: Vec<Diagnostic>, sources: &Sources) -> Held {
        let now = Self::of(&diagnostics, sources);
        let mut held = Held { shown: Vec::new(), held: 0, has_fallen: false, has_risen: false };
        held.has_fallen =
            self.0.iter().any(|(file, rules)| rules.iter().any(|(rule, before)| now.count(file, rule) < *before));
        for diagnostic in diagnostics {
            let (file, rule) = (file(&diagnostic, sources), diagnostic.code.name);
            if is_held(&diagnostic) && now.count(&file, rule) <= self.count(&file, rule) {
                held.held += 1;
            } else {
                held.shown.push(diagnostic);
            }
        }
        for (file, rules) in &now.0 {
            for (rule, count) in rules.iter().filter(|(rule, count)| **count > self.count(file, rule)) {
                held.has_risen = true;
                held.shown.push(risen(file, rule, *count, self.count(file, rule)));
            }
        }
        held
    }

    fn count(&self, file: &str, rule: &str) -> usize {
        self.0.get(file).and_then(|rules| rules.get(rule)).copied().unwrap_or_default()
    }
}

/// What stops publishing is never held.
fn is_held(diagnostic: &Diagnostic) -> bool {
    crate::check::names().any(|name| name == diagnostic.code.name)
}

fn file(diagnostic: &Diagnostic, sources: &Sources) -> String {
    diagnostic.location(sources).map(|(path, _)| path.to_owned()).unwrap_or_default()
}

fn risen(file: &str, rule: &str, now: usize, before: usize) -> Diagnostic {
    let findings = if now == 1 { "1 finding".to_owned() } else { format!("{now} findings") };
    let before = if before == 0 { "none".to_owned() } else { before.to_string() };
    let diagnostic = Diagnostic::new(
        ABOVE_BASELINE.code,
        format!("there are {findings} of `{rule}` here; the baseline has {before}"),
    )
    .help("mend the new one, or one of the others")
    .help("if it must stay, allow it in its place, with the reason");
    if file.is_empty() { diagnostic } else { diagnostic.in_file(file) }
}
