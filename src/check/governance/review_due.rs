//! Reviews that will have to be done soon.

use super::due::{advice, days, due, in_words, length};
use super::governed::dated;
use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "review-due",
        severity: Severity::Warning,
        meaning: "Something has to be reviewed within the next 30 days.",
    },
    guide: "A review takes time: the owner has to find an hour, and perhaps a lawyer. So what is due within 30 days is found before it is \
            overdue. When it has been reviewed, write the new day. A team that plans its reviews elsewhere can switch this \
            off: `review-due = \"off\"`.",
    look: Look::Handbook(look),
};

/// How many days ahead.
const AHEAD: i32 = 30;

fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for one in dated(context) {
        let Some((day, span)) = due(&one) else { continue };
        let left = days(context.today, day);
        if !(0..=AHEAD).contains(&left) {
            continue;
        }
        let when = match left {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            _ => format!("in {}", length(left)),
        };
        let owner = context.handbook.governance(one.subject).owner;
        let by = owner.as_ref().map(|owner| format!(" (owner: {owner})")).unwrap_or_default();
        let message = format!("the review of “{}” is due {when}, on {}{by}", one.title, in_words(day));
        found.push(Diagnostic::new(RULE.code, message).at(span).help(advice(&one, owner.as_deref(), context.today)));
    }
}
