//! Rules about plain language.

use super::Family;

mod forms;
mod long_sentence;
mod passive_paragraph;
mod reading_grade;
mod sentences;
mod syllables;
mod unexplained_abbreviation;
mod word_to_avoid;
mod words;

/// Rules about plain language.
pub const FAMILY: Family = Family {
    title: "Plain language",
    meaning: "Words and sentences that most people understand at once. These rules are for handbooks, and pages, in English.",
    rules: &[
        long_sentence::RULE,
        word_to_avoid::RULE,
        reading_grade::RULE,
        passive_paragraph::RULE,
        unexplained_abbreviation::RULE,
    ],
};
