//! What results show, page by page, and the texts that passages are cut from: parts `d` and `x`, as `parts` describes them.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::code::{differences, list, quoted};
use super::documents::{Document, Kind, Place};
use super::part::{Part, Placed, Put, script_safe};
use crate::handbook::{Handbook, address};
use crate::slug::{is_slug, short_slug};

/// Bytes of a part, uncompressed, about.
const RESULTS: usize = 7_000;
const TEXTS: usize = 40_000;

/// Up to how many bytes all parts of a sort stand in the first file.
const RESULTS_IN_FIRST: usize = 40_000;
const TEXTS_IN_FIRST: usize = 6_000;

/// A text is kept for passages up to here, in characters.
const LONGEST_TEXT: usize = 600;

/// Kinds in words, each once, and the number of each document's.
struct Labels {
    all: Vec<String>,
    of: Vec<usize>,
}

impl Labels {
    fn new(labels: &[Cow<'_, str>]) -> Self {
        let mut all: Vec<String> = Vec::new();
        let of = labels
            .iter()
            .map(|label| {
                all.iter().position(|known| known == label).unwrap_or_else(|| {
                    all.push(label.clone().into_owned());
                    all.len() - 1
                })
            })
            .collect();
        Self { all, of }
    }
}

/// The parts of what results show and of their texts: written before the index is made, so that the texts needn't be kept.
pub struct Results {
    /// The parts of the texts.
    pub texts: Vec<Placed>,
    /// Those of what results show.
    pub placed: Vec<Placed>,
    /// The number of the first document of each part but the first.
    pub starts: Vec<u32>,
    /// How many documents each page has.
    pub counts: Vec<u32>,
    /// Kinds in words.
    pub kinds: Vec<String>,
}

impl Results {
    /// Writes them. A page is never cut. Each part names the parts of its texts, which are placed with it. `labels` are the kinds of
    /// all documents in words.
    pub fn write(handbook: &Handbook, places: &[Place<'_>], labels: &[Cow<'_, str>], put: Put<'_>) -> Self {
        let labels = Labels::new(labels);
        let counts: Vec<u32> = places.iter().map(|place| place.documents.len() as u32).collect();
        let mut next = 0;
        let mut firsts: Vec<usize> = Vec::with_capacity(places.len());
        for count in &counts {
            firsts.push(next);
            next += *count as usize;
        }
        let pages: Vec<String> = places
            .par_iter()
            .zip(&firsts)
            .map(|(place, first)| script_safe(page(handbook, place, &labels.of[*first..])))
            .collect();
        let mut cuts = vec![0];
        let mut size = 0;
        for (index, page) in pages.iter().enumerate() {
            if size > 0 && size + page.len() > RESULTS {
                cuts.push(index);
                size = 0;
            }
            size += page.len() + 1;
        }
        let starts = cuts[1..].iter().map(|cut| firsts[*cut] as u32).collect();
        let ends = cuts[1..].iter().copied().chain([pages.len()]);
        let ranges: Vec<Range<usize>> = cuts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
        let is_apart = pages.iter().map(String::len).sum::<usize>() > RESULTS_IN_FIRST;
        let mut documents = places.iter().flat_map(|place| &place.documents);
        let left = documents.try_fold(TEXTS_IN_FIRST, |left, document| left.checked_sub(cut(&document.text).len()));
        let are_texts_apart = left.is_none();
        let place_range = |(number, range): (usize, Range<usize>)| {
            let (texts, starts) = texts(number, &places[range.clone()]);
            let texts: Vec<_> = texts.into_iter().map(|part| part.place(are_texts_apart, put)).collect();
            let hashes: Vec<_> = texts.iter().map(Placed::hash).collect();
            let data = format!("[[{}],\"{starts}\",\"{}\"]", pages[range].join(","), hashes.join(" ").trim_end());
            (texts, Part { sort: "d", name: number.to_string(), data }.place(is_apart, put))
        };
        let placed: Vec<(Vec<Placed>, Placed)> = ranges.into_par_iter().enumerate().map(place_range).collect();
        let (texts, placed): (Vec<_>, Vec<_>) = placed.into_iter().unzip();
        Self { texts: texts.into_iter().flatten().collect(), placed, starts, counts, kinds: labels.all }
    }
}

fn page(handbook: &Handbook, place: &Place<'_>, kinds: &[usize]) -> String {
    let trail = handbook.trail(place.subject);
    let title = handbook.title(place.subject);
    let mut out = String::from("[");
    quoted(&handbook.url(place.subject, None), &mut out);
    out.push(',');
    quoted(title, &mut out);
    out.push(',');
    list(trail.iter().skip(1), |subject, out| quoted(handbook.title(*subject), out), &mut out);
    out.push(',');
    list(place.documents.iter().zip(kinds), |(document, kind), out| result(document, *kind, title, out), &mut out);
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
    document.kind == Kind::Indicator
}

/// Whether the browser works the anchor out from the title, which it doesn't where the two sides could differ.
fn is_computed(document: &Document<'_>) -> bool {
    match (document.title.is_ascii(), is_short(document)) {
        (false, _) => false,
        (true, true) => short_slug(&document.title) == document.anchor,
        (true, false) => is_slug(&document.title, &document.anchor),
    }
}

/// The parts of the texts of one part of results, and where each but the first starts, counted from its first document.
fn texts(number: usize, places: &[Place<'_>]) -> (Vec<Part>, String) {
    let mut out = vec![Vec::new()];
    let mut starts = Vec::new();
    let mut size = 0;
    for (document, first) in places.iter().flat_map(|place| &place.documents).zip(0..) {
        let text = cut(&document.text);
        if size > 0 && size + text.len() > TEXTS {
            out.push(Vec::new());
            starts.push(first);
            size = 0;
        }
        size += text.len() + 3;
        out[starts.len()].push(text);
    }
    let part = |(index, texts): (usize, Vec<&str>)| {
        let mut data = String::with_capacity(TEXTS);
        list(texts.into_iter(), quoted, &mut data);
        Part { sort: "x", name: format!("{number}-{index}"), data: script_safe(data) }
    };
    (out.into_iter().enumerate().map(part).collect(), differences(&starts))
}

fn cut(text: &str) -> &str {
    let mut rest = text.chars();
    match rest.nth(LONGEST_TEXT) {
        Some(next) => {
            let at = text.len() - rest.as_str().len() - next.len_utf8();
            &text[..text[..at].rfind(' ').unwrap_or(at)]
        }
        None => text,
    }
}
