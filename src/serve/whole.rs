//! What is made of the whole handbook for an edition.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::derive::Derived;
use crate::site::Site;

/// What pages of an edition need of the whole handbook, and the files of its search.
pub struct Whole {
    /// For the A to Z and the search page.
    pub derived: Derived,
    /// Contents by path.
    pub files: BTreeMap<String, String>,
}

impl Whole {
    /// Makes it, on all cores of the pool that this is called in.
    pub fn of(site: &Site) -> Self {
        let files = Mutex::new(BTreeMap::new());
        let derived = site.derive(&|path, text| {
            files.lock().unwrap_or_else(PoisonError::into_inner).insert(path, text);
        });
        Self { derived, files: files.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }
}
