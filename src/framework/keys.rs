//! The keys of a framework's file that may slip below the header of a table further down.

/// Keys of the file as a whole.
pub const TOP_KEYS: &[&str] = &[
    "title",
    "summary",
    "applies_to",
    "edition",
    "reference",
    "issued_by",
    "approved_by",
    "approved_on",
    "in_force",
    "caveat",
    "introduction",
    "conclusion",
    "order",
    "owner",
    "last_reviewed",
    "review_by",
    "aliases",
    "draft",
    "lead_in",
];

/// Keys of a value or behaviour, which may slip below the header of its indicators.
pub const ITEM_KEYS: &[&str] = &[
    "id",
    "title",
    "statement",
    "summary",
    "description",
    "conclusion",
    "lead_in",
    "scales",
    "aka",
    "icon",
    "colour",
    "owner",
    "last_reviewed",
    "review_by",
    "aliases",
];
