//! Rules about content that everybody can read, however they read it.

use super::Family;

mod vague_link;

/// Rules about accessible content.
pub const FAMILY: Family = Family {
    title: "Accessible content",
    meaning: "What people with a screen reader, with little sight or in a hurry would miss.",
    rules: &[vague_link::RULE],
};
