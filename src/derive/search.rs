//! Search: what a reader's browser needs to find anything in the handbook, as scripts beside the pages.
//!
//! In: the handbook. Out: a [`Search`], and files: the client with its table of contents (`search/a.<hash>.js`), and the parts that it loads when
//! they are needed, all classic scripts that call one function, so that they work over http, from a shared drive and under a
//! strict content policy. Nothing is read back from HTML.
//!
//! ```text
//! handbook ── documents::collect ──▶ Place, Document ─┬─ Results::write ──▶ Results ───────────────┐
//!         (blocks: some pages at a time)              └─ tokens::read ──▶ Chunk ── index::build ──▶ Index ── parts::write ──▶ files
//! ```

mod blocks;
mod code;
mod documents;
mod facets;
mod forms;
mod index;
mod labels;
mod part;
mod parts;
mod results;
mod tokens;
mod vocabulary;
mod words;

use crate::config::Config;
use crate::handbook::{Handbook, Subject};
use crate::theme::Strings;
use labels::Labels;
pub use part::{Put, name_of_hash};
use parts::Parts;
pub use words::words;

/// What pages say of the search.
#[derive(Debug)]
pub struct Search {
    /// The path of the client.
    pub client: String,
    /// Sets of synonyms, by their place in the settings, of which nothing occurs.
    pub unused: Vec<usize>,
}

/// What offers results while a reader types: one name for good, since every page has it.
pub const SUGGEST: &str = "search/suggest.js";

/// Builds the search of a handbook whose pages are read in an order; `put` takes each file with its path.
pub fn build(handbook: &Handbook, order: &[Subject], strings: &Strings, put: Put<'_>) -> Search {
    let labels = Labels::new(handbook, strings);
    let read = blocks::read(handbook, order, &labels, put);
    let facets = facets::facets(handbook, read.facts(), strings);
    let language = &handbook.config.language;
    let index = index::build(read.chunks, language, &synonyms(&handbook.config));
    let parts = Parts { handbook, results: read.results, labels: labels.all, index: &index, facets: &facets };
    Search { client: parts::write(parts, put), unused: index.unused }
}

/// Sets of phrases that mean the same.
fn synonyms(config: &Config) -> Vec<Vec<String>> {
    config.synonyms.iter().map(|set| set.iter().map(|phrase| phrase.as_str().to_owned()).collect()).collect()
}
