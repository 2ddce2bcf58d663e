//! Rules about ways into the handbook and out of it.

use super::asked;
use super::{Family, Rule};

mod orphan_page;
mod redirect_chain;

/// Rules about ways into the handbook and out of it.
pub const FAMILY: Family = Family { title: "Links", meaning: "Ways into the handbook and out of it.", rules: &RULES };

const RULES: [Rule; 6] = [
    orphan_page::RULE,
    redirect_chain::RULE,
    asked::DEAD_LINK,
    asked::MOVED_LINK,
    asked::UNREACHABLE_LINK,
    asked::LOST_ADDRESS,
];
