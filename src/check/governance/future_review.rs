//! Reviews that are said to have been done on a day that hasn't come yet.

use super::due::in_words;
use super::governed::dated;
use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "future-review",
        severity: Severity::Warning,
        meaning: "Something is said to have been reviewed on a day that hasn't come yet.",
    },
    guide: "`last_reviewed` is the day on which somebody read the page through, so it can't lie ahead. Mostly the year is a slip, and \
            the next review would come a year late. A day that is planned belongs into `review_by`.",
    look: Look::Handbook(look),
};

fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for one in dated(context) {
        let own = &one.own;
        let (Some(last), Some(span)) = (own.last_reviewed, own.last_span) else { continue };
        if last <= context.today {
            continue;
        }
        let message =
            format!("“{}” says that it was reviewed on {}, a day that hasn't come yet", one.title, in_words(last));
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(span)
                .help("correct the day; look at the year first")
                .help(format!("if that is when the next review is planned, write: review_by = {last}")),
        );
    }
}
