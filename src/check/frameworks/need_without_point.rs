//! Profiles that need what isn't there.

use crate::check::{Context, Look, Rule};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::framework::{Framework, Item, Need};

use super::places;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "need-without-point",
        severity: Severity::Warning,
        meaning: "A profile needs a point at which its value or behaviour has nothing.",
    },
    guide: "A profile says which point a grade or role needs of a value. If nothing stands at that point there, readers of the \
            profile's page are sent to an empty place. Name a point that the value has, or write what is asked there. What a \
            behaviour says at the point counts for its value too.",
    look: Look::Framework(look),
};

fn look(context: &Context<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let framework = &context.handbook.frameworks[index];
    if !places::has_any(framework) {
        return;
    }
    for profile in &framework.profiles {
        for need in &profile.needs {
            if !places::stands_at_or_below(framework, need.item, need.scale, need.point) {
                found.push(finding(framework, &profile.title, need));
            }
        }
    }
}

fn finding(framework: &Framework, profile: &str, need: &Need) -> Diagnostic {
    let item = framework.item(need.item);
    let scale = &framework.scales[need.scale];
    let point = &scale.points[need.point].title;
    let is_used = item.scales.contains(&need.scale);
    let why = if is_used { "has nothing there".to_owned() } else { format!("doesn't use “{}”", scale.title) };
    let message = format!("“{profile}” needs “{point}” of “{}”, which {why}", item.title);
    let diagnostic =
        Diagnostic::new(RULE.code, message).at(need.span).also(item.span, format!("“{}” is here", item.title));
    let others = others(framework, item, need);
    let diagnostic = match others[..] {
        [] => diagnostic.help("take this need out"),
        _ => diagnostic.help(format!("need one that it has: {}", places::quoted(&others))),
    };
    if is_used {
        diagnostic.help(format!("or write what “{}” asks at “{point}”", item.title))
    } else {
        diagnostic
    }
}

/// The points of the scale at which something stands, or else those of any other scale.
fn others(framework: &Framework, item: &Item, need: &Need) -> Vec<String> {
    let filled = |scale: usize| {
        let points = framework.scales[scale].points.iter().enumerate();
        points
            .filter(|(point, _)| places::stands_at(item, scale, *point))
            .map(|(_, point)| point.title.clone())
            .collect::<Vec<_>>()
    };
    let own = filled(need.scale);
    if own.is_empty() { item.scales.iter().flat_map(|scale| filled(*scale)).collect() } else { own }
}
