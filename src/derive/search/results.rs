//! What results show, page by page, and the texts that passages are cut from: parts `d` and `x`, as `parts` describes them.

use std::ops::Range;

use super::code::{list, number, quoted};
use super::documents::{Document, Kind, Place};
use super::labels::Labels;
use super::part::{Part, Placed, Put, script_safe};
use crate::handbook::Handbook;
use crate::words::address;
use crate::words::slug::{is_slug, short_slug};

/// Bytes of a part, uncompressed, about.
const RESULTS: usize = 7_000;
const TEXTS: usize = 40_000;

/// Up to how many bytes all texts stand in the first file.
const TEXTS_IN_FIRST: usize = 6_000;

/// A text is kept for passages up to here, in characters.
const LONGEST_TEXT: usize = 600;

/// What results show of some neighbouring pages. Their texts have been written already, since they are large.
#[derive(Default)]
pub struct Results {
    /// The parts of what results show. A page is never cut.
    pub parts: Vec<String>,
    /// How many documents each part tells of.
    pub lengths: Vec<u32>,
    /// How many documents each page has.
    pub counts: Vec<u32>,
    /// Calls for the first file, which bring the texts that have no files.
    pub texts: String,
}

impl Results {
    /// Writes those of a block of pages, which has a number; the texts stay for the first file if they are few, and those of all
    /// the handbook.
    pub fn write(
        handbook: &Handbook,
        block: usize,
        places: &[Place<'_>],
        labels: &Labels,
        is_all: bool,
        put: Put<'_>,
    ) -> Self {
        let texts = Texts::write(block, places, is_all, put);
        let mut parts: Vec<(String, Range<u32>)> = Vec::new();
        for place in places {
            let page = page(handbook, place, labels);
            let count = place.documents.len() as u32;
            match parts.last_mut() {
                Some((pages, documents)) if pages.len() + page.len() < RESULTS => {
                    pages.push(',');
                    pages.push_str(&page);
                    documents.end += count;
                }
                last => {
                    let first = last.map_or(0, |(_, documents)| documents.end);
                    parts.push((page, first..first + count));
                }
            }
        }
        Self {
            lengths: parts.iter().map(|(_, documents)| documents.len() as u32).collect(),
            parts: parts.into_iter().map(|(pages, documents)| script_safe(texts.beside(&pages, documents))).collect(),
            counts: places.iter().map(|place| place.documents.len() as u32).collect(),
            texts: texts.in_first,
        }
    }

    /// Adds those of the pages that follow.
    pub fn append(&mut self, mut other: Self) {
        self.parts.append(&mut other.parts);
        self.lengths.append(&mut other.lengths);
        self.counts.append(&mut other.counts);
        self.texts.push_str(&other.texts);
    }
}

/// The texts of a block, cut into parts.
struct Texts {
    block: usize,
    /// The first document of each part, counted in the block.
    starts: Vec<u32>,
    /// Of its file; empty where it has none.
    hashes: Vec<String>,
    /// Calls that bring the parts without files.
    in_first: String,
}

impl Texts {
    fn write(block: usize, places: &[Place<'_>], is_all: bool, put: Put<'_>) -> Self {
        let mut parts: Vec<(u32, String)> = Vec::new();
        for (document, number) in places.iter().flat_map(|place| &place.documents).zip(0..) {
            let text = cut(&document.text);
            match parts.last_mut() {
                Some((_, part)) if part.len() + text.len() < TEXTS => part.push(','),
                _ => {
                    let mut part = String::with_capacity(TEXTS + 1_000);
                    part.push('[');
                    parts.push((number, part));
                }
            }
            if let Some((_, part)) = parts.last_mut() {
                quoted(text, part);
            }
        }
        let is_apart = !is_all || parts.iter().map(|(_, part)| part.len()).sum::<usize>() > TEXTS_IN_FIRST;
        let mut texts = Self { block, starts: Vec::new(), hashes: Vec::new(), in_first: String::new() };
        for (index, (start, data)) in parts.into_iter().enumerate() {
            let part = Part { sort: "x", name: format!("{block}-{index}"), data: script_safe(data + "]") };
            texts.starts.push(start);
            texts.hashes.push(match part.place(is_apart, put) {
                Placed::Apart(hash) => hash,
                Placed::First(call) => {
                    texts.in_first.push_str(&call);
                    String::new()
                }
            });
        }
        texts
    }

    /// A part of results with the names of the texts of its documents.
    fn beside(&self, pages: &str, documents: Range<u32>) -> String {
        let first = self.starts.partition_point(|start| *start <= documents.start).saturating_sub(1);
        let end = self.starts.partition_point(|start| *start < documents.end).max(first);
        let own = self.starts.get(first..end).unwrap_or_default();
        let skipped = own.first().map_or(0, |start| documents.start - start);
        let mut cuts = String::new();
        for pair in own.windows(2) {
            number(pair[1] - pair[0].max(documents.start), &mut cuts);
        }
        let hashes = self.hashes.get(first..end).unwrap_or_default().join(" ");
        let place = format!("[{},{first},{skipped}]", self.block);
        // All parts wait until the last is known, so none takes more room than it needs.
        ["[[", pages, "],\"", &cuts, "\",\"", hashes.trim_end(), "\",", &place, "]"].concat()
    }
}

fn page(handbook: &Handbook, place: &Place<'_>, labels: &Labels) -> String {
    let trail = handbook.trail(place.subject);
    let title = handbook.title(place.subject);
    let mut out = String::from("[");
    quoted(&handbook.url(place.subject, None), &mut out);
    out.push(',');
    quoted(title, &mut out);
    out.push(',');
    list(trail.iter().skip(1), |subject, out| quoted(handbook.title(*subject), out), &mut out);
    out.push(',');
    let result = |document: &Document<'_>, out: &mut String| result(document, labels.of(&document.facts), title, out);
    list(place.documents.iter(), result, &mut out);
    out.push(']');
    out
}

fn result(document: &Document<'_>, kind: usize, page: &str, out: &mut String) {
    // Whether there is a text to cut a passage from, and how the anchor is worked out from the title.
    let kind = kind * 4 + usize::from(!document.text.is_empty()) * 2 + usize::from(is_short(document));
    let is_page = document.anchor.is_empty() && document.title == page;
    let title = Some(&*document.title).filter(|_| !is_page);
    let is_told = !document.anchor.is_empty() && !is_computed(document);
    let anchor = is_told.then(|| address::encode_fragment(&document.anchor));
    out.push('[');
    let mut end = out.len();
    out.push_str(&kind.to_string());
    if kind > 0 {
        end = out.len();
    }
    for text in [title, anchor.as_deref(), document.citation.as_deref()] {
        out.push(',');
        match text {
            Some(text) => {
                quoted(text, out);
                end = out.len();
            }
            None => out.push('0'),
        }
    }
    if !document.above.is_empty() {
        out.push(',');
        list(document.above.iter(), |title, out| quoted(title, out), out);
        end = out.len();
    }
    out.truncate(end);
    out.push(']');
}

fn is_short(document: &Document<'_>) -> bool {
    document.facts.kind == Kind::Indicator
}

/// Whether the browser works the anchor out from the title, which it doesn't where the two sides could differ.
fn is_computed(document: &Document<'_>) -> bool {
    match (document.title.is_ascii(), is_short(document)) {
        (false, _) => false,
        (true, true) => short_slug(&document.title) == document.anchor,
        (true, false) => is_slug(&document.title, &document.anchor),
    }
}

fn cut(text: &str) -> &str {
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    let mut rest = text.chars();
    match rest.nth(LONGEST_TEXT) {
        Some(next) => {
            let at = text.len() - rest.as_str().len() - next.len_utf8();
            &text[..text[..at].rfind(' ').unwrap_or(at)]
        }
        None => text,
    }
}
