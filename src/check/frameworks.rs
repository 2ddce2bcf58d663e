//! Rules about what a framework says at its points.

use super::Family;

mod empty_point;
mod idle_audience;
mod lead_in_mismatch;
mod lists;
mod mixed_endings;
mod mixed_voice;
mod near_repeat;
mod need_without_point;
mod opening;
mod places;
mod repeated_indicator;
mod value_name;
mod verbs;

/// Rules about what a framework says.
pub const FAMILY: Family = Family {
    title: "The framework itself",
    meaning: "Gaps, repeats and slips in what a framework says at its points.",
    rules: &[
        empty_point::RULE,
        idle_audience::RULE,
        need_without_point::RULE,
        repeated_indicator::RULE,
        near_repeat::RULE,
        lead_in_mismatch::RULE,
        mixed_voice::RULE,
        mixed_endings::RULE,
        value_name::RULE,
    ],
};
