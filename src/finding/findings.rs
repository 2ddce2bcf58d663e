//! What a stage notes while it works: findings, and the places where an author has allowed some.

use std::cell::RefCell;

use super::Diagnostic;
use crate::text::{Span, Text};

/// What is noted of one file or one stage, shared by all that look at it.
#[derive(Debug, Default)]
pub struct Findings {
    diagnostics: RefCell<Vec<Diagnostic>>,
    silences: RefCell<Vec<Silence>>,
}

/// A place where an author allows what a rule would find, and says why.
#[derive(Debug, Clone)]
pub struct Silence {
    /// The name of the rule.
    pub rule: Text,
    /// Why; none where the author doesn't say.
    pub reason: Option<Text>,
    /// Where findings of the rule are silenced.
    pub scope: Span,
}

impl Findings {
    /// What some work gives, and what it notes on the way.
    pub fn of<T>(work: impl FnOnce(&Self) -> T) -> (T, Self) {
        let own = Self::default();
        (work(&own), own)
    }

    /// Notes a finding.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Notes several.
    pub fn extend(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.borrow_mut().extend(diagnostics);
    }

    /// Notes what an author allows.
    pub fn silence(&self, silence: Silence) {
        self.silences.borrow_mut().push(silence);
    }

    /// Notes all that was noted elsewhere.
    pub fn absorb(&self, other: Self) {
        let (diagnostics, silences) = other.into_parts();
        self.extend(diagnostics);
        self.extend_silences(silences);
    }

    /// Notes all that others have noted.
    pub fn extend_silences(&self, silences: impl IntoIterator<Item = Silence>) {
        self.silences.borrow_mut().extend(silences);
    }

    /// All of it.
    pub fn into_parts(self) -> (Vec<Diagnostic>, Vec<Silence>) {
        (self.diagnostics.into_inner(), self.silences.into_inner())
    }
}
