//! What is made of the whole handbook at once, complete when made: the letters of the A to Z, and the search.
//!
//! In: a handbook and its reading order. Out: [`Derived`], and the files of the search. All cores make them together, and a thread of
//! the pool that waits for the others begins whatever work there is: if that asked for what is being made, it would wait for itself, a
//! deadlock. So nothing that draws asks for it: whoever draws is given it, or waits for it outside of the pool.

pub mod a_z;
pub mod search;

use crate::handbook::{Handbook, Subject};
use crate::theme::Strings;
use a_z::Letter;
use search::{Put, Search};

/// What pages need of the whole handbook.
#[derive(Debug)]
pub struct Derived {
    /// The letters that titles begin with, in order.
    pub letters: Vec<Letter>,
    /// None where the settings switch the search off.
    pub search: Option<Search>,
}

/// Makes all of it; `put` takes each file of the search with its path, from any thread, as soon as it is written.
pub fn derive(handbook: &Handbook, order: &[Subject], strings: &Strings, put: Put<'_>) -> Derived {
    let (letters, search) = rayon::join(
        || a_z::letters(handbook, order, strings),
        || handbook.config.search.then(|| search::build(handbook, order, strings, put)),
    );
    Derived { letters, search }
}
