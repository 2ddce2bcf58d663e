//! Rules about plain language.

use super::Family;

/// Rules about plain language.
pub const FAMILY: Family = Family {
    title: "Plain language",
    meaning: "Words and sentences that most people understand at once. These rules are for handbooks, and pages, in English.",
    rules: &[],
};
