//! What a team that meets once a month looks at: the reviews that are due, and the findings by rule, by owner and by page.
//!
//! In: a handbook and all that a check found. Out: a [`Report`], plain data. It is drawn as a page for a browser (`render`) and, owner
//! by owner, as text for an e-mail ([`by_owner`](super::by_owner)).

use jiff::Unit;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::owners::Owners;
use crate::finding::{Diagnostic, Severity};
use crate::handbook::{Handbook, Subject};
use crate::text::Sources;

/// How a handbook stands on a day.
pub struct Report {
    /// The day.
    pub today: Date,
    /// Whatever has a day on which its next review is due, the earliest first.
    pub reviews: Vec<Review>,
    /// How often each rule found something, the most first.
    pub rules: Vec<RuleCount>,
    /// Whoever answers for something that was found or is overdue, by name; last what nobody answers for.
    pub owners: Vec<OwnerPart>,
}

/// The next review of a page, a framework, or a value that has a date of its own.
#[derive(Clone)]
pub struct Review {
    /// What is to be reviewed.
    pub subject: Subject,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The day by which it should be done.
    pub due: Date,
    /// How late it is; none where there is time left.
    pub late: Option<Late>,
}

/// How late a review is, in the larger unit that says enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// Whole days, up to two months.
    Days(i64),
    /// Whole months.
    Months(i64),
}

/// A rule and what it found.
pub struct RuleCount {
    /// Its name.
    pub name: &'static str,
    /// What it finds, in a sentence.
    pub meaning: &'static str,
    /// What its findings count for.
    pub severity: Severity,
    /// How many there are.
    pub count: usize,
}

/// What one owner has before them.
pub struct OwnerPart {
    /// None: nobody is named.
    pub name: Option<String>,
    /// Their reviews that are overdue, the earliest first.
    pub overdue: Vec<Review>,
    /// Their pages on which something was found, in the order of files.
    pub places: Vec<PlacePart>,
}

/// What was found on one page, in one part of a framework, or in one file of settings.
pub struct PlacePart {
    /// None for settings, and for findings about the handbook as a whole.
    pub subject: Option<Subject>,
    /// The file; empty for a finding about the handbook as a whole.
    pub path: String,
    /// In the order of lines.
    pub findings: Vec<Found>,
}

/// A finding, ready to be read out.
pub struct Found {
    /// The rule.
    pub rule: &'static str,
    /// What it counts for.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The line, as far as it is known.
    pub line: Option<usize>,
    /// What to do, step by step.
    pub help: Vec<String>,
}

impl Report {
    /// Of all that a check found, in the order of files and lines.
    pub fn of(handbook: &Handbook, sources: &Sources, diagnostics: &[Diagnostic], today: Date) -> Self {
        let reviews = reviews(handbook, today);
        let owners = owners(handbook, sources, diagnostics, &reviews);
        Self { today, reviews, rules: rules(diagnostics), owners }
    }

    /// Reviews that should have been done before the day.
    pub fn overdue(&self) -> impl Iterator<Item = &Review> {
        self.reviews.iter().filter(|review| review.late.is_some())
    }

    /// How many findings count for so much.
    pub fn count(&self, severity: Severity) -> usize {
        self.rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.count).sum()
    }

    /// On how many pages, or in how many files, something was found.
    pub fn places(&self) -> usize {
        self.owners.iter().map(|owner| owner.places.len()).sum()
    }
}

fn reviews(handbook: &Handbook, today: Date) -> Vec<Review> {
    let every = handbook.config.review_every;
    let mut subjects: Vec<Subject> = (0..handbook.pages.len()).map(Subject::Page).collect();
    for (index, framework) in handbook.frameworks.iter().enumerate() {
        // A value without a date of its own is reviewed with its framework.
        let has_date = |at: &_| framework.item(*at).governance.with_due(every).review_by.is_some();
        subjects.push(Subject::Framework(index));
        subjects.extend(framework.items().filter(has_date).map(|at| Subject::Item(index, at)));
    }
    let review = |subject| {
        let governance = handbook.governance(subject);
        let due = governance.review_by?;
        Some(Review { subject, owner: governance.owner, due, late: late(due, today) })
    };
    let mut reviews: Vec<_> = subjects.into_iter().filter_map(review).collect();
    reviews.sort_by_cached_key(|review| (review.due, handbook.title(review.subject).to_owned(), review.subject));
    reviews
}

fn late(due: Date, today: Date) -> Option<Late> {
    const MONTHS_FROM: i64 = 2;
    if due >= today {
        return None;
    }
    let until = |unit| due.until((unit, today)).ok();
    let months = until(Unit::Month).map_or(0, |span| i64::from(span.get_months()));
    if months >= MONTHS_FROM {
        return Some(Late::Months(months));
    }
    Some(Late::Days(until(Unit::Day).map_or(0, |span| i64::from(span.get_days()))))
}

fn rules(diagnostics: &[Diagnostic]) -> Vec<RuleCount> {
    let mut rules: Vec<RuleCount> = Vec::new();
    for diagnostic in diagnostics {
        let code = diagnostic.code;
        match rules.iter_mut().find(|rule| rule.name == code.name && rule.severity == code.severity) {
            Some(rule) => rule.count += 1,
            None => rules.push(RuleCount { name: code.name, meaning: code.meaning, severity: code.severity, count: 1 }),
        }
    }
    rules.sort_by_key(|rule| (rule.severity, std::cmp::Reverse(rule.count), rule.name));
    rules
}

fn owners(handbook: &Handbook, sources: &Sources, diagnostics: &[Diagnostic], reviews: &[Review]) -> Vec<OwnerPart> {
    let subjects = Owners::of(handbook);
    let mut parts = Parts::default();
    for review in reviews.iter().filter(|review| review.late.is_some()) {
        parts.owner(review.owner.clone()).overdue.push(review.clone());
    }
    for diagnostic in diagnostics {
        let (path, at) = diagnostic.location(sources).unwrap_or_default();
        let subject = subjects.subject(diagnostic);
        let owner = subjects.owner(diagnostic);
        parts.place(owner, subject, path).findings.push(Found {
            rule: diagnostic.code.name,
            severity: diagnostic.code.severity,
            message: diagnostic.message.clone(),
            line: at.map(|(line, _)| line),
            help: diagnostic.help.clone(),
        });
    }
    let mut owners = parts.owners;
    owners.sort_by_cached_key(|owner| {
        let name = owner.name.clone().unwrap_or_default();
        (owner.name.is_none(), name.to_lowercase(), name)
    });
    owners
}

/// Owners and their places, found by what they are.
#[derive(Default)]
struct Parts {
    owners: Vec<OwnerPart>,
    by_name: FxHashMap<Option<String>, usize>,
    by_place: FxHashMap<(Option<Subject>, String), (usize, usize)>,
}

impl Parts {
    fn owner(&mut self, name: Option<String>) -> &mut OwnerPart {
        let index = self.index(name);
        &mut self.owners[index]
    }

    fn index(&mut self, name: Option<String>) -> usize {
        let owners = &mut self.owners;
        *self.by_name.entry(name).or_insert_with_key(|name| {
            owners.push(OwnerPart { name: name.clone(), overdue: Vec::new(), places: Vec::new() });
            owners.len() - 1
        })
    }

    fn place(&mut self, owner: Option<String>, subject: Option<Subject>, path: &str) -> &mut PlacePart {
        let key = (subject, path.to_owned());
        let (owner, place) = match self.by_place.get(&key) {
            Some(at) => *at,
            None => {
                let owner = self.index(owner);
                let places = &mut self.owners[owner].places;
                places.push(PlacePart { subject, path: path.to_owned(), findings: Vec::new() });
                let at = (owner, places.len() - 1);
                self.by_place.insert(key, at);
                at
            }
        };
        &mut self.owners[owner].places[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn lateness_is_said_in_days_and_then_in_months() {
        let today = date(2026, 11, 22);
        let cases = [
            (date(2026, 11, 23), None),
            (today, None),
            (date(2026, 11, 21), Some(Late::Days(1))),
            (date(2026, 9, 23), Some(Late::Days(60))),
            (date(2026, 9, 22), Some(Late::Months(2))),
            (date(2024, 1, 1), Some(Late::Months(34))),
            (Date::MIN, Some(Late::Months(144_310))),
        ];
        for (due, expected) in cases {
            assert_eq!(late(due, today), expected, "{due}");
        }
    }
}
