//! Audiences of whom a framework asks nothing.

use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::framework::ScaleKind;

use super::places;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "idle-audience",
        severity: Severity::Warning,
        meaning: "A framework names an audience and asks nothing of it.",
    },
    guide: "Each audience gets a page with all that is asked of it. Where no value says anything for an audience, that page \
            shows nothing of its own. It doesn't help that another audience builds on this one. Write what is asked of these \
            people in at least one value, or take the audience out. A framework that has no list at all yet is left alone.",
    look: Look::Framework(look),
};

fn look(context: &Context<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let framework = &context.handbook.frameworks[index];
    if !places::has_any(framework) {
        return;
    }
    let filled = places::filled(framework);
    let scales = framework.scales.iter().enumerate().filter(|(_, scale)| scale.kind == ScaleKind::Audience);
    for (at, scale) in scales {
        for (point, own) in scale.points.iter().enumerate() {
            if filled.contains(&(at, point)) {
                continue;
            }
            let message = format!("nothing in “{}” is asked of the audience “{}”", framework.title, own.title);
            found.push(
                Diagnostic::new(RULE.code, message)
                    .at(own.span)
                    .help(format!("write in at least one value what is asked of “{}”", own.title))
                    .help("or take this audience out"),
            );
        }
    }
}
