//! Rules about content that everybody can read, however they read it.

use super::Family;

mod ambiguous_link;
mod bold_heading;
mod capitals;
mod diagram_without_text;
mod emoji_bullet;
mod image_file_name;
mod image_of_text;
mod links;
mod table_without_header;
mod tags;
mod vague_link;

/// Rules about accessible content.
pub const FAMILY: Family = Family {
    title: "Accessible content",
    meaning: "What people with a screen reader, with little sight or in a hurry would miss.",
    rules: &[
        ambiguous_link::RULE,
        bold_heading::RULE,
        capitals::RULE,
        diagram_without_text::RULE,
        emoji_bullet::RULE,
        image_file_name::RULE,
        image_of_text::RULE,
        table_without_header::RULE,
        vague_link::RULE,
    ],
};
