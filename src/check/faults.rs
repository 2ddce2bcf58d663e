//! Rules about what copying leaves behind, and slips of typing.

use super::Family;

mod characters;
mod double_punctuation;
mod double_space;
mod glued_item;
mod invisible_character;
mod mojibake;
mod private_use_character;
mod repeated_word;
mod space_before_punctuation;
mod unbalanced_bracket;
mod unbalanced_quote;
mod word_bullet;

/// Rules about slips of typing and of copying.
pub const FAMILY: Family = Family {
    title: "Text faults",
    meaning: "What copying from a document leaves behind, and slips of typing.",
    rules: &[
        mojibake::RULE,
        invisible_character::RULE,
        private_use_character::RULE,
        word_bullet::RULE,
        glued_item::RULE,
        double_space::RULE,
        space_before_punctuation::RULE,
        double_punctuation::RULE,
        unbalanced_bracket::RULE,
        unbalanced_quote::RULE,
        repeated_word::RULE,
    ],
};
