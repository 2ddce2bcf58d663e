//! Points at which a value or behaviour has nothing, though the others have.

use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::framework::{Framework, Item, ItemRef, Place, ScaleKind};

use super::places;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "empty-point",
        severity: Severity::Warning,
        meaning: "A value or behaviour has nothing at a point where the others have something.",
    },
    guide: "Readers who look up “Managers” or “Level 2” expect to find every value there. A value is found that has nothing at a \
            place where most others have, or at a level between two that it fills; values are compared with values, and \
            behaviours with behaviours, that use the same scales. A level or rating at which no value has anything is found \
            once, where it is declared. Write the missing list, or a sentence there that says why there is none. A framework \
            that declares one level only is fine, and so is one without any list.",
    look: Look::Framework(look),
};

/// A value or behaviour with the places that it fills.
struct Row<'a> {
    item: &'a Item,
    is_behaviour: bool,
    filled: Vec<&'a Place>,
}

fn look(context: &Context<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let framework = &context.handbook.frameworks[index];
    if !places::has_any(framework) {
        return;
    }
    unused_points(framework, found);
    let mut groups: Vec<Vec<Row<'_>>> = Vec::new();
    for at in framework.items() {
        let Some(row) = row(framework, at) else { continue };
        let is_alike = |group: &&mut Vec<Row<'_>>| {
            group[0].is_behaviour == row.is_behaviour && group[0].item.scales == row.item.scales
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups.iter().for_each(|group| compare(framework, group, found));
}

/// None of a value whose behaviours say everything.
fn row(framework: &Framework, at: ItemRef) -> Option<Row<'_>> {
    let item = framework.item(at);
    let filled: Vec<_> = item.cells.iter().filter(|cell| !cell.is_empty()).map(|cell| &cell.place).collect();
    let has_behaviours = at.behaviour.is_none() && !framework.values[at.value].behaviours.is_empty();
    (!filled.is_empty() || !has_behaviours).then_some(Row { item, is_behaviour: at.behaviour.is_some(), filled })
}

/// Levels and ratings that are declared, and then left empty everywhere.
fn unused_points(framework: &Framework, found: &mut Vec<Diagnostic>) {
    let filled = places::filled(framework);
    for (index, scale) in framework.scales.iter().enumerate() {
        let is_meant = matches!(scale.kind, ScaleKind::Level | ScaleKind::Rating);
        let empty: Vec<_> = (0..scale.points.len()).filter(|point| !filled.contains(&(index, *point))).collect();
        if !is_meant || empty.is_empty() {
            continue;
        }
        if empty.len() == scale.points.len() {
            let message = format!("no value or behaviour has anything at a point of “{}”", scale.title);
            found.push(
                Diagnostic::new(RULE.code, message).at(scale.span).help("take this scale out, or fill its points"),
            );
            continue;
        }
        for point in empty {
            let point = &scale.points[point];
            let message = format!("no value or behaviour has anything at “{}”", point.title);
            found.push(
                Diagnostic::new(RULE.code, message)
                    .at(point.span)
                    .help(format!("write what is asked at “{}”", point.title))
                    .help("or take this point out"),
            );
        }
    }
}

fn compare(framework: &Framework, group: &[Row<'_>], found: &mut Vec<Diagnostic>) {
    let mut wanted: Vec<(&Place, usize)> = Vec::new();
    for place in group.iter().flat_map(|row| &row.filled) {
        let is_whole = group[0].item.scales.iter().all(|scale| place[*scale].is_some());
        match wanted.iter_mut().find(|(own, _)| own == place) {
            Some((_, count)) => *count += 1,
            None if is_whole => wanted.push((place, 1)),
            None => {}
        }
    }
    wanted.sort();
    for row in group {
        let missing: Vec<&Place> = wanted
            .iter()
            .filter(|(place, count)| {
                !row.covers(place) && (*count * 2 > group.len() - 1 || row.has_gap(framework, place))
            })
            .map(|(place, _)| *place)
            .collect();
        if let Some(place) = missing.first() {
            let other = group.iter().find(|other| other.filled.contains(place));
            found.push(row.finding(framework, &missing, &wanted, other.map(|other| other.item)));
        }
    }
}

impl Row<'_> {
    /// Whether something stands at a place, or at a point around it that has nothing inside.
    fn covers(&self, place: &Place) -> bool {
        let is_around = |own: &Place| own.iter().zip(place).all(|(own, wanted)| own.is_none() || own == wanted);
        let is_alone = |own: &Place| {
            let inside = |other: &&&Place| {
                **other != own && own.iter().zip(other.iter()).all(|(own, other)| own.is_none() || own == other)
            };
            !self.filled.iter().any(|other| inside(&other))
        };
        let has_point = |own: &Place| own.iter().any(Option::is_some);
        self.filled.iter().any(|own| *own == place || (has_point(own) && is_around(own) && is_alone(own)))
    }

    /// Whether it fills a lower and a higher level or rating than that of a place, otherwise the same.
    fn has_gap(&self, framework: &Framework, place: &Place) -> bool {
        framework.scales.iter().enumerate().any(|(scale, own)| {
            let Some(point) = place[scale].filter(|_| matches!(own.kind, ScaleKind::Level | ScaleKind::Rating)) else {
                return false;
            };
            let beside = |own: &&&Place| own.iter().zip(place).enumerate().all(|(at, (a, b))| at == scale || a == b);
            let points: Vec<_> = self.filled.iter().filter(beside).filter_map(|own| own[scale]).collect();
            points.iter().any(|own| *own < point) && points.iter().any(|own| *own > point)
        })
    }

    fn finding(
        &self,
        framework: &Framework,
        missing: &[&Place],
        wanted: &[(&Place, usize)],
        other: Option<&Item>,
    ) -> Diagnostic {
        let title = &self.item.title;
        let names = names(framework, missing, wanted);
        let where_others = other.map_or_else(String::new, |other| format!(", where “{}” has", other.title));
        let message = match names[..] {
            [] => format!("“{title}” has nothing{where_others} something"),
            _ => format!("“{title}” has nothing at {}{where_others} something", places::quoted(&names)),
        };
        let diagnostic = Diagnostic::new(RULE.code, message).at(self.item.span);
        let diagnostic = match other {
            Some(other) => diagnostic.also(other.span, format!("“{}” has it", other.title)),
            None => diagnostic,
        };
        let there = if names.len() > 1 { "at each of these" } else { "there" };
        diagnostic
            .help(format!("write what “{title}” asks {there}"))
            .help("or, if nothing is asked on purpose, say so there in a sentence")
    }
}

/// The names of missing places: of an outer point alone where all that others have inside it is missing.
fn names(framework: &Framework, missing: &[&Place], wanted: &[(&Place, usize)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for place in missing {
        let mut outer = vec![None; place.len()];
        if let Some(first) = place.iter().position(Option::is_some) {
            outer[first] = place[first];
            let inside = wanted.iter().filter(|(other, _)| other[first] == place[first]);
            let is_whole = inside.clone().all(|(other, _)| missing.contains(other)) && inside.count() > 1;
            let name = places::name(framework, if is_whole { &outer } else { place });
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}
