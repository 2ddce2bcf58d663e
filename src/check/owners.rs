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
            let own_file = framework.items().find(|at| {
                let file = framework.item(*at).file;
                file == span.file && file != framework.file
            });
            if let Some(at) = own_file {
                return Some(Subject::Item(index, at));
            }
            if framework.file != span.file {
                return None;
            }
            // In the framework's own file, each part begins where it is declared.
            let items = framework.items().map(|at| (framework.item(at).span, Subject::Item(index, at)));
            let profiles = framework.profiles.iter().enumerate();
            let profiles = profiles.map(|(profile, own)| (own.span, Subject::Profile(index, profile)));
            let begun = items.chain(profiles).filter(|(own, _)| own.file == span.file && own.start <= span.start);
            Some(begun.max_by_key(|(own, _)| own.start).map_or(Subject::Framework(index), |(_, part)| part))
        })
    }

    /// Who answers for what a finding is about, if anybody does.
    pub fn owner(&self, diagnostic: &Diagnostic) -> Option<String> {
        self.handbook.governance(self.subject(diagnostic)?).owner
    }
}
