//! Rules about who answers for what is published, and when it was last looked at.

use super::Family;

/// Rules about who answers for what is published.
pub const FAMILY: Family = Family {
    title: "Governance",
    meaning: "Who answers for what is published, and when it was last looked at.",
    rules: &[],
};
