//! Anchors of one page: each given once.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

/// What the ids of footnotes and of the places that mention them begin with.
pub const FOOTNOTES: &str = "hb-note-";

/// The ids that a page has given so far.
#[derive(Debug, Default, Clone)]
pub struct Anchors {
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// A page's own: the id of its `main` landmark is taken from the start.
    pub fn for_page() -> Self {
        let mut anchors = Self::default();
        anchors.claim("main");
        anchors
    }

    /// Takes an id exactly as it is. False if it was taken.
    pub fn claim(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned(), 1).is_none() && !id.starts_with(FOOTNOTES)
    }

    /// Whether an id is taken. Footnotes get theirs only when a page is drawn, since any text of it may mention them first.
    pub fn has(&self, id: &str) -> bool {
        id.starts_with(FOOTNOTES) || self.taken.contains_key(id)
    }

    /// An id like the wished one: itself, or with the first free number behind it.
    pub fn give(&mut self, wish: &str) -> String {
        let wish = if wish.is_empty() { "part" } else { wish };
        if self.claim_free(wish) {
            return wish.to_owned();
        }
        let mut number = self.taken.get(wish).copied().unwrap_or(1);
        loop {
            number += 1;
            let id = format!("{wish}-{number}");
            if self.claim_free(&id) {
                self.taken.insert(wish.to_owned(), number);
                return id;
            }
        }
    }

    fn claim_free(&mut self, id: &str) -> bool {
        !self.has(id) && self.claim(id)
    }
}

/// Anchors that links may lead to, as sorted hashes: a page may have as many as it has links to them.
#[derive(Debug, Clone, Default)]
pub struct AnchorSet(Box<[u64]>);

impl AnchorSet {
    /// Of what has an id.
    pub fn of<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hashes: Box<[u64]> = ids.into_iter().map(|id| xxh3_64(id.as_bytes())).collect();
        hashes.sort_unstable();
        Self(hashes)
    }

    /// Whether an id is one of them.
    pub fn has(&self, id: &str) -> bool {
        !self.0.is_empty() && self.0.binary_search(&xxh3_64(id.as_bytes())).is_ok()
    }
}
