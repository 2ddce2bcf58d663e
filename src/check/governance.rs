//! Rules about who answers for what is published, and when it was last looked at.

use super::Family;

mod drawing_metadata;
mod due;
mod future_review;
pub mod governed;
mod never_reviewed;
mod no_owner;
mod people;
mod personal_data;
mod review_due;
mod review_overdue;
mod telephone;

/// Rules about who answers for what is published.
pub const FAMILY: Family = Family {
    title: "Governance",
    meaning: "Who answers for what is published, and when it was last looked at.",
    rules: &[
        no_owner::RULE,
        never_reviewed::RULE,
        review_overdue::RULE,
        review_due::RULE,
        future_review::RULE,
        personal_data::RULE,
        drawing_metadata::RULE,
    ],
};
