//! Reviews that should have been done.

use super::due::{advice, days, due, in_words, length};
use super::governed::{Governed, dated};
use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "review-overdue",
        severity: Severity::Warning,
        meaning: "The day by which something had to be reviewed has passed.",
    },
    guide: "People rely on what a handbook says, and an old page may be wrong. A review is due on `review_by`; where a page doesn't say \
            that, as long after `last_reviewed` as the settings say under `[review]`. Have its owner read it through, then \
            write the new day. `--today 2026-12-31` shows what will be overdue at the end of the year.",
    look: Look::Handbook(look),
};

fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for one in dated(context) {
        let Some((day, span)) = due(&one).filter(|(day, _)| *day < context.today) else { continue };
        let since = one.own.last_reviewed.filter(|last| *last >= day && one.own.due_span.is_some());
        let owner = context.handbook.governance(one.subject).owner;
        let late = length(days(day, context.today));
        let message = match since {
            Some(last) => format!(
                "“{}” was reviewed on {}, but its next review is still down for {}",
                one.title,
                in_words(last),
                in_words(day)
            ),
            None => format!("the review of “{}” was due on {}: {late} overdue{}", one.title, in_words(day), by(&owner)),
        };
        let help = match since {
            Some(_) => "move `review_by` to the day of the next review".to_owned(),
            None => advice(&one, owner.as_deref(), context.today),
        };
        found.push(counted(&one, Diagnostic::new(RULE.code, message).at(span)).help(help));
    }
}

fn by(owner: &Option<String>) -> String {
    owner.as_ref().map(|owner| format!(" (owner: {owner})")).unwrap_or_default()
}

/// Says where the day comes from, if it isn't written there.
fn counted(one: &Governed, diagnostic: Diagnostic) -> Diagnostic {
    if one.own.due_span.is_some() { diagnostic } else { diagnostic.label("the next review is counted from this day") }
}
