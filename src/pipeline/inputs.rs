//! What each file of a site is made from, in a number: while that is the same, so is the file, and nobody needs to draw it again.
//!
//! A page is made from its own source and from its surroundings: the program, the settings, the theme, the frameworks, the files, and
//! of every other page its face: what others show of it. So a word that changes in the text of one page leaves all the others as they
//! are, and a heading that changes none.

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3Default;

use crate::handbook::{Handbook, Page, Subject};
use crate::site::Show;
use crate::text::name;

/// The numbers of a site.
#[derive(Debug)]
pub struct Inputs {
    surroundings: u64,
    /// Of the source of each page.
    pages: Vec<u64>,
}

impl Inputs {
    /// Works them out: `program` stands for the program and its flags, and `files` are the hashes of all sources, sorted by path.
    pub fn new(program: &str, files: &[(&str, u128)], handbook: &Handbook) -> Self {
        let mut surroundings = Xxh3Default::new();
        surroundings.update(program.as_bytes());
        for (path, contents) in files.iter().filter(|(path, _)| !is_page(path)) {
            surroundings.update(path.as_bytes());
            surroundings.update(&contents.to_le_bytes());
        }
        let contents = |page: &Page| {
            let at = files.binary_search_by_key(&&*page.source, |(path, _)| path);
            at.map_or(0, |at| files[at].1 as u64)
        };
        let contents_and_face = |page: &Page| {
            let section = page.parent.and_then(|parent| handbook.pages[parent].document.as_ref());
            (contents(page), face(page, section.is_some_and(|section| section.front.path)))
        };
        let (pages, faces): (Vec<u64>, Vec<u64>) = handbook.pages.par_iter().map(contents_and_face).unzip();
        for face in faces {
            surroundings.update(&face.to_le_bytes());
        }
        Self { surroundings: surroundings.digest(), pages }
    }

    /// The number of what is shown; none where it is made from all texts, or is drawn as quickly as it is compared.
    pub fn of(&self, show: Show) -> Option<u64> {
        let own = match show {
            Show::Subject(Subject::Page(page)) => self.pages[page],
            Show::Subject(Subject::Asset(_)) | Show::Search | Show::Print | Show::Sitemap => return None,
            Show::Subject(_)
            | Show::Data(_)
            | Show::Table(_)
            | Show::Index
            | Show::Letter(_)
            | Show::NotFound
            | Show::Accessibility
            | Show::Addresses
            | Show::Redirect(_)
            | Show::Stylesheet
            | Show::Script(_) => 0,
        };
        let mut both = Xxh3Default::new();
        both.update(&self.surroundings.to_le_bytes());
        both.update(&own.to_le_bytes());
        Some(both.digest())
    }
}

/// What others show of a page: its settings and headings ([`Document::face`](crate::content::Document::face)), of a code its numbers,
/// which follow from all of its text, and of a step on a path how long it takes to read.
fn face(page: &Page, is_step: bool) -> u64 {
    let mut hasher = Xxh3Default::new();
    hasher.update(page.source.as_bytes());
    let Some(document) = &page.document else {
        return hasher.digest();
    };
    hasher.update(&document.face.to_le_bytes());
    for number in page.headings().filter_map(|(entry, _)| page.numbers.of(entry.start())) {
        hasher.update(number.citation.as_bytes());
        hasher.update(&number.strip.to_le_bytes());
    }
    for anchor in page.numbers.anchors() {
        hasher.update(anchor.as_bytes());
        hasher.update(&[0]);
    }
    if is_step {
        hasher.update(&page.minutes().to_le_bytes());
    }
    hasher.digest()
}

fn is_page(path: &str) -> bool {
    path.starts_with("content/") && name::is_markdown(path)
}
