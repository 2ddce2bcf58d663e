//! Which places of a framework hold something, and what they are called.

use crate::framework::{Framework, Item, ItemRef, Place};

/// Whether anything stands at any place of a framework.
pub fn has_any(framework: &Framework) -> bool {
    framework.cells().any(|(_, cell)| !cell.is_empty())
}

/// Whether anything stands at a point of a scale, in some of the values and behaviours.
pub fn is_filled(framework: &Framework, scale: usize, point: usize) -> bool {
    framework.items().any(|at| stands_at(framework.item(at), scale, point))
}

/// Whether a value or behaviour has something at a point of a scale.
pub fn stands_at(item: &Item, scale: usize, point: usize) -> bool {
    item.cells.iter().any(|cell| cell.place[scale] == Some(point) && !cell.is_empty())
}

/// The same, the behaviours of a value counted with it.
pub fn stands_at_or_below(framework: &Framework, at: ItemRef, scale: usize, point: usize) -> bool {
    let behaviours = framework.values[at.value].behaviours.iter().filter(|_| at.behaviour.is_none());
    std::iter::once(framework.item(at)).chain(behaviours).any(|item| stands_at(item, scale, point))
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
