//! Lists of pages: what stands over that of a section, and the numbers of chapters in it.

use crate::handbook::{Handbook, Subject};

/// The heading that the theme gives to the list of a section's pages: its id, and the path of its words.
pub fn children_heading(handbook: &Handbook, index: usize) -> (&'static str, &'static str) {
    let document = handbook.pages[index].document.as_ref().filter(|_| index != 0);
    match document.map(|document| &document.front) {
        Some(front) if front.path => ("hb-steps", "path.steps"),
        Some(front) if matches!(front.numbered, Some(Some(_))) => ("hb-chapters", "section.chapters"),
        _ => ("hb-pages", "section.pages"),
    }
}

/// The number of a chapter.
pub fn number(handbook: &Handbook, subject: Subject) -> Option<String> {
    match subject {
        Subject::Page(page) => handbook.pages[page].chapter.map(|number| number.to_string()),
        _ => None,
    }
}
