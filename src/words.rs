//! Letters and words, whatever they are about: slugs, the order of titles, addresses as text.

pub mod address;
pub mod slug;

/// With a capital at its start.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
