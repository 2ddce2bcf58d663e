//! Rules about ways into the handbook and out of it.

use super::Family;

/// Rules about ways into the handbook and out of it.
pub const FAMILY: Family = Family { title: "Links", meaning: "Ways into the handbook and out of it.", rules: &[] };
