//! Points that build on each other in a circle.

use std::collections::HashMap;

use super::Point;
use crate::finding::{Diagnostic, codes};
use crate::text::Text;
use crate::toml_source::Table;

/// Reports each circle once, at its first point, and cuts it there, so that everyone after can follow `builds_on` to an end.
pub(super) fn cut(table: &Table<'_>, points: &mut [Point], builds_on: &[Vec<Text>]) {
    let mut suspects = Suspects::of(points);
    for start in 0..points.len() {
        if !suspects.is_one[start] {
            continue;
        }
        if let Some(circle) = circle_through(start, points, &suspects.is_one) {
            let names: Vec<_> = circle.iter().map(|point| points[*point].id.as_str()).collect();
            let message = match names[..] {
                [point, _] => format!("the point `{point}` builds on itself"),
                _ => format!("these points build on each other in a circle: {}", names.join(" → ")),
            };
            table.report(
                Diagnostic::new(codes::CIRCLE, message)
                    .at(builds_on[start].first().map_or(points[start].span, Text::whole))
                    .help("take out one `builds_on`: the lowest point builds on none"),
            );
            points[start].builds_on.clear();
        }
        suspects.clear(start);
    }
}

/// The points of a circle from one point back to it, if there is one among the suspects.
fn circle_through(start: usize, points: &[Point], is_suspect: &[bool]) -> Option<Vec<usize>> {
    let mut came_from: HashMap<usize, usize> = points[start].builds_on.iter().map(|first| (*first, start)).collect();
    let mut open = points[start].builds_on.clone();
    while let Some(at) = open.pop() {
        if at == start {
            let steps = std::iter::successors(Some(came_from[&start]), |step| came_from.get(step).copied());
            let mut circle = vec![start];
            circle.extend(steps.take_while(|step| *step != start));
            circle.push(start);
            circle.reverse();
            return Some(circle);
        }
        for next in points[at].builds_on.iter().copied().filter(|next| is_suspect[*next]) {
            if next == start || !came_from.contains_key(&next) {
                came_from.insert(next, at);
                open.push(next);
            }
        }
    }
    None
}

/// Points that may be part of a circle: each builds on another suspect, so that a long row of points without a circle is walked once.
struct Suspects {
    is_one: Vec<bool>,
    /// On how many suspects each point builds.
    below: Vec<usize>,
    /// The points that build on each.
    above: Vec<Vec<usize>>,
}

impl Suspects {
    fn of(points: &[Point]) -> Self {
        let mut above = vec![Vec::new(); points.len()];
        for (index, point) in points.iter().enumerate() {
            point.builds_on.iter().for_each(|lower| above[*lower].push(index));
        }
        let below: Vec<usize> = points.iter().map(|point| point.builds_on.len()).collect();
        let mut suspects = Self { is_one: vec![true; points.len()], below, above };
        for point in 0..points.len() {
            if suspects.below[point] == 0 {
                suspects.clear(point);
            }
        }
        suspects
    }

    /// A point is part of no circle, or no longer, and with it all that build on nothing else.
    fn clear(&mut self, point: usize) {
        let mut open = vec![point];
        while let Some(point) = open.pop() {
            if !std::mem::replace(&mut self.is_one[point], false) {
                continue;
            }
            for upper in &self.above[point] {
                self.below[*upper] = self.below[*upper].saturating_sub(1);
                if self.below[*upper] == 0 {
                    open.push(*upper);
                }
            }
        }
    }
}
