//! What was parsed and judged of texts that may come again unchanged: a preview parses what changed, and finds the rest here.
//!
//! Parsing is pure, so what is remembered can't differ from what parsing would give.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::content::Document;
use crate::finding::findings::Silence;
use crate::finding::{Diagnostic, Findings};
use crate::framework::Framework;
use crate::text::{FileId, SourceFile};
use crate::theme::Theme;

/// All that was parsed and judged the last time.
#[derive(Default)]
pub struct Memory {
    pub(super) documents: Kept<Document>,
    pub(super) frameworks: Kept<Framework>,
    pub(super) themes: Kept<Theme>,
}

/// What is parsed as one: a file, and others that belong to it.
pub(super) struct Input {
    pub file: Arc<SourceFile>,
    pub with: Vec<Arc<SourceFile>>,
}

/// What came of files of one kind.
pub(super) struct Kept<T> {
    by_file: FxHashMap<FileId, Arc<Parsed<T>>>,
}

struct Parsed<T> {
    input: Input,
    value: Option<Arc<T>>,
    found: Vec<Diagnostic>,
    silences: Vec<Silence>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { by_file: FxHashMap::default() }
    }
}

impl Input {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file)
            && self.with.len() == other.with.len()
            && self.with.iter().zip(&other.with).all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

impl<T: Send + Sync> Kept<T> {
    /// Parses what is new on all cores; what is found comes in the order of the files.
    pub(super) fn each(
        &mut self,
        inputs: Vec<Input>,
        findings: &Findings,
        parse: impl Fn(&Input, &Findings) -> Option<T> + Sync,
    ) -> Vec<Arc<T>> {
        let known = std::mem::take(&mut self.by_file);
        let parse_new = |input: Input| {
            if let Some(known) = known.get(&input.file.id).filter(|known| known.input.is(&input)) {
                return known.clone();
            }
            let (value, noted) = Findings::of(|own| parse(&input, own).map(Arc::new));
            let (found, silences) = noted.into_parts();
            Arc::new(Parsed { input, value, found, silences })
        };
        let all: Vec<_> = inputs.into_par_iter().map(parse_new).collect();
        let mut values = Vec::with_capacity(all.len());
        for parsed in &all {
            values.extend(parsed.value.clone());
            findings.extend(parsed.found.iter().cloned());
            findings.extend_silences(parsed.silences.iter().cloned());
        }
        self.by_file = all.into_iter().map(|parsed| (parsed.input.file.id, parsed)).collect();
        values
    }
}
