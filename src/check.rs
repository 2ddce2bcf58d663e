//! What deserves a second look before publishing: content, language, governance. One rule, one file, one table.
//!
//! In: a [`Handbook`] and the texts it was made of. Out: diagnostics; rules change nothing. [`FAMILIES`] is the table, of which the
//! guide's list is made. A rule looks at one of four things, from small to large: a [`Passage`], all that is [`written`](Written) for a
//! page, a framework, the whole handbook; the smallest that will do is best, since those are looked at on all cores.
//!
//! To add a rule: a file in the folder of its family with a `RULE`, a line in the family's table, and a page of cases in
//! `tests/checks`. The rule says what is wrong in the author's words, at the smallest place, and what to do; whether it is a warning,
//! or silent, is [`settle`](crate::review::settle)d afterwards.

pub mod accessible;
pub mod asked;
pub mod faults;
pub mod frameworks;
pub mod governance;
pub mod links;
pub mod passage;
pub mod plain;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::finding::{Code, Diagnostic};
use crate::handbook::{Handbook, Subject};
use crate::text::Sources;
use passage::{Passage, Written};

/// Rules about one thing.
pub struct Family {
    /// The heading in the guide.
    pub title: &'static str,
    /// What they have in common, for the guide.
    pub meaning: &'static str,
    /// In the order of the guide.
    pub rules: &'static [Rule],
}

/// A rule.
pub struct Rule {
    /// Its name, its level unless the handbook sets another, and what it finds in one sentence.
    pub code: Code,
    /// For the guide, as Markdown: why it matters, what is found and what isn't, how to mend it.
    pub guide: &'static str,
    /// How it looks.
    pub look: Look,
}

/// What a rule looks at, and how it finds what it finds.
pub enum Look {
    /// One piece of text after the other.
    Passage(fn(&Passage<'_>, &mut Vec<Diagnostic>)),
    /// All that is written for one page.
    Written(fn(&Written<'_>, &mut Vec<Diagnostic>)),
    /// The same, by what is made ready once for the whole handbook.
    Prepared(for<'a> fn(&Context<'a>) -> Prepared<'a>),
    /// One framework, by its index.
    Framework(fn(&Context<'_>, usize, &mut Vec<Diagnostic>)),
    /// The whole.
    Handbook(fn(&Context<'_>, &mut Vec<Diagnostic>)),
    /// Nothing by itself: what is found needs more than the handbook, and is looked for when a flag asks.
    Asked,
}

/// How a rule that has been made ready looks at what is written for one page.
pub type Prepared<'a> = Box<dyn Fn(&Written<'_>, &mut Vec<Diagnostic>) + Send + Sync + 'a>;

/// What every rule may see.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The handbook.
    pub handbook: &'a Handbook,
    /// The texts.
    pub sources: &'a Sources,
    /// The day on which reviews are due.
    pub today: Date,
}

/// Every rule, in the order of the guide.
pub const FAMILIES: &[Family] = &[
    accessible::FAMILY,
    plain::FAMILY,
    frameworks::FAMILY,
    faults::FAMILY,
    governance::FAMILY,
    links::FAMILY,
    asked::ALLOWED,
    asked::BASELINE,
];

/// Every rule.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules)
}

/// Looks the handbook over with all rules whose name is `wanted`, on all cores.
pub fn check(context: &Context<'_>, wanted: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let rules: Vec<&Rule> = rules().filter(|rule| wanted(rule.code.name)).collect();
    let prepare = |rule: &&Rule| match rule.look {
        Look::Prepared(prepare) => Some(prepare(context)),
        _ => None,
    };
    let prepared: Vec<Prepared<'_>> = rules.iter().filter_map(prepare).collect();
    let mut found = context.each_written(|written| {
        let mut found = Vec::new();
        for rule in &rules {
            match rule.look {
                Look::Passage(look) => written.passages.iter().for_each(|passage| look(passage, &mut found)),
                Look::Written(look) => look(written, &mut found),
                Look::Prepared(_) | Look::Framework(_) | Look::Handbook(_) | Look::Asked => {}
            }
        }
        prepared.iter().for_each(|look| look(written, &mut found));
        found
    });
    let frameworks = 0..context.handbook.frameworks.len();
    let of_rule = |rule: &&Rule| {
        let mut found = Vec::new();
        match rule.look {
            Look::Framework(look) => frameworks.clone().for_each(|framework| look(context, framework, &mut found)),
            Look::Handbook(look) => look(context, &mut found),
            Look::Passage(_) | Look::Written(_) | Look::Prepared(_) | Look::Asked => {}
        }
        found
    };
    found.push(rules.par_iter().flat_map_iter(of_rule).collect());
    found.into_iter().flatten().collect()
}

impl<'a> Context<'a> {
    /// Gives each page and part of a framework with its texts to `look`, on all cores; what comes of it is in their order.
    pub fn each_written<T: Send>(&self, look: impl Fn(&Written<'_>) -> T + Sync) -> Vec<T> {
        let handbook = self.handbook;
        let pages = (0..handbook.pages.len()).map(Subject::Page);
        let frameworks = handbook.frameworks.iter().enumerate().flat_map(|(index, framework)| {
            let items = framework.items().map(move |at| Subject::Item(index, at));
            let profiles = (0..framework.profiles.len()).map(move |profile| Subject::Profile(index, profile));
            std::iter::once(Subject::Framework(index)).chain(items).chain(profiles)
        });
        let subjects: Vec<_> = pages.chain(frameworks).collect();
        subjects.into_par_iter().map(|subject| look(&Written::of(self, subject))).collect()
    }

    /// The settings of the rules.
    pub fn settings(&self) -> &'a crate::config::Check {
        &self.handbook.config.check
    }
}

/// The names that settings and remarks may have: every rule's, and every warning's that building gives.
pub fn names() -> impl Iterator<Item = &'static str> {
    let warnings = crate::finding::codes::ALL.iter().filter(|code| !code.is_error());
    rules().map(|rule| rule.code.name).chain(warnings.map(|code| code.name))
}
