//! Profiles that need what isn't there.

use rustc_hash::FxHashMap;

use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::framework::{Framework, Item, ItemRef, Need};

use super::places::{self, Filled};

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
    // Many profiles need something of the same values.
    let mut filled: FxHashMap<ItemRef, Filled> = FxHashMap::default();
    let mut others: FxHashMap<(ItemRef, usize), Option<String>> = FxHashMap::default();
    for profile in &framework.profiles {
        for need in &profile.needs {
            let filled = filled.entry(need.item).or_insert_with(|| places::filled_by_or_below(framework, need.item));
            if filled.contains(&(need.scale, need.point)) {
                continue;
            }
            let others = others.entry((need.item, need.scale));
            let others = others.or_insert_with(|| others_of(framework, framework.item(need.item), need.scale));
            found.push(finding(framework, &profile.title, need, others.as_deref()));
        }
    }
}

fn finding(framework: &Framework, profile: &str, need: &Need, others: Option<&str>) -> Diagnostic {
    let item = framework.item(need.item);
    let scale = &framework.scales[need.scale];
    let point = &scale.points[need.point].title;
    let is_used = item.scales.contains(&need.scale);
    let why = if is_used { "has nothing there".to_owned() } else { format!("doesn't use “{}”", scale.title) };
    let message = format!("“{profile}” needs “{point}” of “{}”, which {why}", item.title);
    let diagnostic =
        Diagnostic::new(RULE.code, message).at(need.span).also(item.span, format!("“{}” is here", item.title));
    let diagnostic = match others {
        None => diagnostic.help("take this need out"),
        Some(others) => diagnostic.help(format!("need one that it has: {others}")),
    };
    if is_used {
        diagnostic.help(format!("or write what “{}” asks at “{point}”", item.title))
    } else {
        diagnostic
    }
}

/// The points of a scale at which something stands, or else those of any other scale. None where nothing stands at any.
fn others_of(framework: &Framework, item: &Item, scale: usize) -> Option<String> {
    let filled = places::filled_by(item);
    let titles = |scale: usize| {
        let points = framework.scales[scale].points.iter().enumerate();
        let own = points.filter(|(point, _)| filled.contains(&(scale, *point)));
        own.map(|(_, point)| point.title.clone()).collect::<Vec<_>>()
    };
    let own = titles(scale);
    let all = if own.is_empty() { item.scales.iter().flat_map(|scale| titles(*scale)).collect() } else { own };
    (!all.is_empty()).then(|| places::quoted(&all))
}
