//! What a finding is about, and who answers for that.

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::handbook::{Handbook, Subject};
use crate::source::FileId;

/// Looks up what findings are about.
pub struct Owners<'a> {
    handbook: &'a Handbook,
    pages: FxHashMap<FileId, usize>,
}

impl<'a> Owners<'a> {
    /// For a handbook.
    pub fn of(handbook: &'a Handbook) -> Self {
        let files =
            handbook.pages.iter().enumerate().filter_map(|(index, page)| Some((page.document.as_ref()?.file, index)));
        Self { handbook, pages: files.collect() }
    }

    /// The page or part of a framework in whose text a finding stands. None for settings.
    pub fn subject(&self, diagnostic: &Diagnostic) -> Option<Subject> {
        let span = diagnostic.span()?;
        if let Some(page) = self.pages.get(&span.file) {
            return Some(Subject::Page(*page));
        }
        self.handbook.frameworks.iter().enumerate().find_map(|(index, framework)| {
            let begun = framework.items().filter(|at| {
                let item = framework.item(*at);
                let is_own_file = item.file == span.file && item.file != framework.file;
                is_own_file || (item.span.file == span.file && item.span.start <= span.start)
            });
            let last = begun.max_by_key(|at| framework.item(*at).span.start).map(|at| Subject::Item(index, at));
            last.or_else(|| (framework.file == span.file).then_some(Subject::Framework(index)))
        })
    }

    /// Who answers for what a finding is about, if anybody does.
    pub fn owner(&self, diagnostic: &Diagnostic) -> Option<String> {
        self.handbook.governance(self.subject(diagnostic)?).owner
    }
}
