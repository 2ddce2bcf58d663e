//! What can carry a number or be led to: the headings, items and paragraphs of a piece of prose.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

/// Headings, items and numbered paragraphs, in the order of the text.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    entries: Vec<OutlineEntry>,
    headings: Vec<Heading>,
    /// Which entry each heading is.
    heading_entries: Vec<u32>,
    /// The hash of each heading's anchor and which heading it is, sorted: links from all over the handbook lead to headings.
    by_anchor: Vec<(u32, u32)>,
}

/// Something that can carry a number. A handbook has one for every other line.
#[derive(Debug, Clone)]
pub struct OutlineEntry {
    /// What it is.
    pub kind: Kind,
    start: u32,
    words: Range<u32>,
}

impl OutlineEntry {
    /// Where its event stands in the text.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Where its words stand in the text.
    pub fn words(&self) -> Range<usize> {
        self.words.start as usize..self.words.end as usize
    }
}

/// What carries the number.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A heading, which stands with the others of its text: see [`Outline::heading`].
    Heading(HeadingIndex),
    /// An item of a list: how deep among items, and its ordinal in an ordered list, which a new list may start anew.
    Item {
        /// 1 for items of a list that isn't inside another.
        depth: u32,
        /// None in a list of points.
        ordinal: Option<u32>,
    },
    /// A paragraph that isn't inside an item.
    Paragraph,
}

/// Which of the headings of a text.
#[derive(Debug, Clone, Copy)]
pub struct HeadingIndex(u32);

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6: what it is shown as.
    pub depth: u8,
    /// Its id.
    pub anchor: String,
    /// Its words.
    pub title: String,
    /// Whom it is for: ids of points of audience scales, separated by commas in the braces.
    pub audience: Vec<String>,
}

impl Outline {
    /// Adds what comes next in the text: where its event starts, and where its words stand.
    pub(super) fn add(&mut self, kind: Kind, start: usize, words: Range<usize>) {
        let words = words.start as u32..words.end as u32;
        self.entries.push(OutlineEntry { kind, start: start as u32, words });
    }

    /// The same of a heading.
    pub(super) fn add_heading(&mut self, heading: Heading, start: usize, words: Range<usize>) {
        self.by_anchor.push((short_hash(&heading.anchor), self.headings.len() as u32));
        self.heading_entries.push(self.entries.len() as u32);
        self.add(Kind::Heading(HeadingIndex(self.headings.len() as u32)), start, words);
        self.headings.push(heading);
    }

    /// Nothing more comes: makes ready what is looked up, and gives back the room that nothing came into.
    pub(super) fn finish(&mut self) {
        self.by_anchor.sort_unstable();
        self.by_anchor.shrink_to_fit();
        self.entries.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.heading_entries.shrink_to_fit();
    }

    /// All of it.
    pub fn entries(&self) -> &[OutlineEntry] {
        &self.entries
    }

    /// The entry that starts at an offset.
    pub fn at(&self, start: usize) -> Option<&OutlineEntry> {
        self.entries.binary_search_by_key(&start, OutlineEntry::start).ok().map(|index| &self.entries[index])
    }

    /// One of its headings.
    pub fn heading(&self, index: HeadingIndex) -> &Heading {
        &self.headings[index.0 as usize]
    }

    /// The heading that starts at an offset.
    pub fn heading_at(&self, start: usize) -> Option<&Heading> {
        match self.at(start)?.kind {
            Kind::Heading(index) => Some(self.heading(index)),
            _ => None,
        }
    }

    /// The heading of an anchor.
    pub fn heading_of(&self, anchor: &str) -> Option<&Heading> {
        let hash = short_hash(anchor);
        let first = self.by_anchor.partition_point(|(other, _)| *other < hash);
        let alike = self.by_anchor[first..].iter().take_while(|(other, _)| *other == hash);
        alike.map(|(_, index)| &self.headings[*index as usize]).find(|heading| heading.anchor == anchor)
    }

    /// The headings, each with its entry.
    pub fn headings(&self) -> impl Iterator<Item = (&OutlineEntry, &Heading)> {
        self.heading_entries.iter().map(|entry| &self.entries[*entry as usize]).zip(&self.headings)
    }
}

fn short_hash(anchor: &str) -> u32 {
    xxh3_64(anchor.as_bytes()) as u32
}
