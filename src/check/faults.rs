//! Rules about what copying leaves behind, and slips of typing.

use super::Family;

/// Rules about slips of typing and of copying.
pub const FAMILY: Family = Family {
    title: "Text faults",
    meaning: "What copying from a document leaves behind, and slips of typing.",
    rules: &[],
};
