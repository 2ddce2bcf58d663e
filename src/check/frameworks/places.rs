//! Which places of a framework hold something, and what they are called.

use rustc_hash::FxHashSet;

use crate::framework::{Framework, Item, ItemRef, Place};

/// Whether anything stands at any place of a framework.
pub fn has_any(framework: &Framework) -> bool {
    framework.cells().any(|(_, cell)| !cell.is_empty())
}

/// Points at which something stands, each with its scale before it.
pub type Filled = FxHashSet<(usize, usize)>;

/// The points at which some value or behaviour has something.
pub fn filled(framework: &Framework) -> Filled {
    framework.items().flat_map(|at| points(framework.item(at))).collect()
}

/// The points at which a value or behaviour has something.
pub fn filled_by(item: &Item) -> Filled {
    points(item).collect()
}

/// The same, the behaviours of a value counted with it.
pub fn filled_by_or_below(framework: &Framework, at: ItemRef) -> Filled {
    let behaviours = framework.values[at.value].behaviours.iter().filter(|_| at.behaviour.is_none());
    std::iter::once(framework.item(at)).chain(behaviours).flat_map(points).collect()
}

fn points(item: &Item) -> impl Iterator<Item = (usize, usize)> {
    let places = item.cells.iter().filter(|cell| !cell.is_empty()).map(|cell| &cell.place);
    places.flat_map(|place| place.iter().enumerate().filter_map(|(scale, point)| point.map(|point| (scale, point))))
}

/// A place in words: "Managers, I won’t".
pub fn name(framework: &Framework, place: &Place) -> String {
    let titles: Vec<_> = place
        .iter()
        .zip(&framework.scales)
        .filter_map(|(point, scale)| point.map(|point| scale.points[point].title.as_str()))
        .collect();
    titles.join(", ")
}

/// Some names as a list: "“A”, “B” and “C”".
pub fn quoted(names: &[String]) -> String {
    const MOST: usize = 8;
    let mut text = String::new();
    for (index, name) in names.iter().take(MOST).enumerate() {
        let is_last = index + 1 == names.len();
        text.push_str(if index == 0 {
            ""
        } else if is_last {
            " and "
        } else {
            ", "
        });
        text.push_str(&format!("“{name}”"));
    }
    if names.len() > MOST {
        text.push_str(&format!(" and {} more", names.len() - MOST));
    }
    text
}
