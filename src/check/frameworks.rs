//! Rules about what a framework says at its points.

use super::Family;

/// Rules about what a framework says.
pub const FAMILY: Family = Family {
    title: "The framework itself",
    meaning: "Gaps, repeats and slips in what a framework says at its points.",
    rules: &[],
};
