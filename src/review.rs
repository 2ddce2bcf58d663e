//! What people do with findings: allow them, hold them to a baseline or to what was published, share them out among owners, report them.
//!
//! In: what [`check`](mod@crate::check) and the stages before it found, and what only a flag asks for. Out: findings settled, and drawn
//! for those who have to act.

pub mod baseline;
pub mod by_owner;
pub mod external;
pub mod owners;
pub mod published;
pub mod report;
pub mod settle;
pub mod summary;
