//! The documents of a handbook, block by block: those of some neighbouring pages are collected, written for results, taken apart
//! for the index, and let go before the next, so that those of a large handbook never stand in memory together.

use rayon::prelude::*;

use super::documents::{self, Facts, Kind, Place};
use super::labels::Labels;
use super::part::Put;
use super::results::Results;
use super::tokens::{self, Chunk, Fields};
use crate::handbook::{Handbook, Subject};
use crate::words::slug::slug_starts_with;

/// Pages of a block, which has parts of its own: the same however many threads there are.
const PAGES: usize = 32;

/// What is left when documents have been read.
#[derive(Default)]
pub struct Read {
    /// Their words.
    pub chunks: Vec<Chunk>,
    /// What is written of them.
    pub results: Results,
    facts: Vec<(Subject, Box<[Facts]>)>,
}

impl Read {
    /// What is known of each document, with the page that it is on.
    pub fn facts(&self) -> impl Iterator<Item = (Subject, &Facts)> {
        self.facts.iter().flat_map(|(subject, all)| all.iter().map(|facts| (*subject, facts)))
    }

    fn append(mut self, mut other: Self) -> Self {
        self.chunks.append(&mut other.chunks);
        self.results.append(other.results);
        self.facts.append(&mut other.facts);
        self
    }
}

/// Reads all documents of a handbook whose pages stand in an order. Their texts are given to `put`, unless they are so few that they
/// stand in the first file.
pub fn read(handbook: &Handbook, order: &[Subject], labels: &Labels, put: Put<'_>) -> Read {
    // A thread reads some blocks in a row: each chunk has its own list of forms, and those are merged in the end.
    let row = order.len().div_ceil(PAGES).div_ceil(rayon::current_num_threads() * 2).max(1);
    let is_small = order.len() <= PAGES;
    let read_row = |(index, order): (usize, &[Subject])| {
        let mut read = Read::default();
        let mut chunk = Chunk::default();
        for (order, number) in order.chunks(PAGES).zip(index * row..) {
            let places = documents::collect(handbook, order);
            read.results.append(Results::write(handbook, number, &places, labels, is_small, put));
            let fields = places.iter().flat_map(|place| fields(handbook, place));
            tokens::read(fields, &handbook.config.language, &mut chunk);
            // In a slice of their own: a list would keep the room of the documents themselves.
            let facts = |place: Place<'_>| place.documents.into_iter().map(|document| document.facts).collect();
            read.facts.extend(places.into_iter().map(|place| (place.subject, facts(place))));
        }
        read.chunks.push(chunk);
        read
    };
    let rows: Vec<Read> = order.par_chunks(row * PAGES).enumerate().map(read_row).collect();
    rows.into_iter().fold(Read::default(), Read::append)
}

/// What each document of a place says in its fields.
fn fields<'a>(handbook: &'a Handbook, place: &'a Place<'_>) -> impl Iterator<Item = Fields<'a>> {
    let trail: Vec<&str> =
        handbook.trail(place.subject).into_iter().skip(1).map(|subject| handbook.title(subject)).collect();
    let language = language(handbook, place.subject);
    place.documents.iter().map(move |document| {
        let is_top = document.anchor.is_empty();
        let own = (!is_top).then(|| handbook.title(place.subject));
        let names = match (place.subject, document.facts.kind) {
            (Subject::Item(framework, at), Kind::Value | Kind::Behaviour) if is_top => {
                handbook.item(framework, at).aka.iter().map(String::as_str).collect()
            }
            _ => Vec::new(),
        };
        Fields {
            title: &document.title,
            names,
            citation: document.citation.as_deref(),
            id: Some(&*document.anchor).filter(|id| !slug_starts_with(&document.title, id)),
            place: trail.iter().copied().chain(own).chain(document.above.iter().copied()).collect(),
            text: &document.text,
            is_statement: document.is_statement,
            language,
        }
    })
}

fn language(handbook: &Handbook, subject: Subject) -> &str {
    let own = match subject {
        Subject::Page(page) => handbook.pages[page].document.as_ref().and_then(|own| own.front.language.as_deref()),
        _ => None,
    };
    own.unwrap_or(&handbook.config.language)
}
