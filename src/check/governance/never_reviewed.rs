//! Pages and frameworks that don't say when they were looked at.

use super::governed::governed;
use crate::check::{Context, Look, Rule};
use crate::content::front_matter::Governance;
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "never-reviewed",
        severity: Severity::Warning,
        meaning: "A page or a framework says neither when it was reviewed nor when it will be.",
    },
    guide: "A reader can't tell whether a page without a date still holds, and nobody is reminded of it. `last_reviewed` says when \
            somebody last read it through, `review_by` when it has to be looked at next; one of them will do. A framework's dates \
            hold for all its values.",
    look: Look::Handbook(look),
};

fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for one in governed(context, is_dated).iter().filter(|one| !is_dated(&one.own)) {
        let message = format!("“{}” doesn't say when it was last reviewed", one.title);
        let today = context.today;
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(one.at)
                .help(format!(
                    "when its owner has read it through, add the day below its title: last_reviewed = {today}"
                ))
                .help("or say by when that will be done: review_by = …"),
        );
    }
}

/// A date that can't be read is a finding of its own.
fn is_dated(governance: &Governance) -> bool {
    governance.last_span.or(governance.due_span).is_some()
}
