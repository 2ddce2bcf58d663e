//! What a finding is about, and who answers for that.

use rustc_hash::FxHashMap;

use crate::finding::Diagnostic;
use crate::handbook::{Handbook, Subject};
use crate::text::FileId;

/// Looks up what findings are about.
pub struct Owners<'a> {
    handbook: &'a Handbook,
    /// What all of a file is about: a page, a value that has one of its own.
    files: FxHashMap<FileId, Subject>,
    /// In a framework's own file, where each part is declared, in order; the framework's own text comes first.
    parts: FxHashMap<FileId, Vec<(u32, Subject)>>,
}

impl<'a> Owners<'a> {
    /// For a handbook.
    pub fn of(handbook: &'a Handbook) -> Self {
        let pages = handbook.pages.iter().enumerate();
        let pages = pages.filter_map(|(index, page)| Some((page.document.as_ref()?.file, Subject::Page(index))));
        let mut files: FxHashMap<FileId, Subject> = pages.collect();
        let mut parts: FxHashMap<FileId, Vec<(u32, Subject)>> = FxHashMap::default();
        for (index, framework) in handbook.frameworks.iter().enumerate() {
            let items = || framework.items().map(|at| (framework.item(at), Subject::Item(index, at)));
            for (item, subject) in items().filter(|(item, _)| item.file != framework.file) {
                files.entry(item.file).or_insert(subject);
            }
            let profiles = framework.profiles.iter().enumerate();
            let profiles = profiles.map(|(profile, own)| (own.span, Subject::Profile(index, profile)));
            let declared = items().map(|(item, subject)| (item.span, subject)).chain(profiles);
            let declared = declared.filter(|(span, _)| span.file == framework.file);
            let mut declared: Vec<_> = declared.map(|(span, subject)| (span.start, subject)).collect();
            declared.sort_by_key(|(start, _)| *start);
            declared.insert(0, (0, Subject::Framework(index)));
            parts.insert(framework.file, declared);
        }
        Self { handbook, files, parts }
    }

    /// The page or part of a framework in whose text a finding stands. None for settings.
    pub fn subject(&self, diagnostic: &Diagnostic) -> Option<Subject> {
        let span = diagnostic.span()?;
        if let Some(subject) = self.files.get(&span.file) {
            return Some(*subject);
        }
        let parts = self.parts.get(&span.file)?;
        let begun = parts[1..].partition_point(|(start, _)| *start <= span.start);
        Some(parts[begun].1)
    }

    /// Who answers for what a finding is about, if anybody does.
    pub fn owner(&self, diagnostic: &Diagnostic) -> Option<String> {
        self.handbook.governance(self.subject(diagnostic)?).owner
    }
}
