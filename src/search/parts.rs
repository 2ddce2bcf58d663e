//! The index as scripts that a browser loads: how the parts are cut and written.
//!
//! Numbers and forms are written as `code` tells. What each part holds:
//!
//! - `t`: groups of forms with their postings, cut into ranges of the sorted vocabulary. `form,form,…:postings;`, a form as one
//!   character for what it shares with the one before it and the rest; a posting as the VLQ difference to the document before it
//!   and one character for weight and share. A word that only sentences need has `!` before its postings. `form>other;` says that a form of the group of `other` would stand here.
//! - `d`: what a result shows, page by page: `[url, title, [titles above], [[kind, title, anchor, citation, above], …]]`, trailing
//!   zeros left out; behind the pages where their texts are cut, and the names of those.
//! - `x`: the texts that passages are cut from, for each part of `d`.
//! - `f`: the choices that narrow a search, each with its documents as VLQ pairs of gap and run.
//! - `v`: all forms that a misspelt word could mean, front-coded like those of `t`.
//!
//! The first file is the client with the table of contents. Parts that are small stand in it too: a small handbook's search is
//! one file.

use std::ops::Range;

use memchr::{memchr, memmem};
use rayon::prelude::*;
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::code::{differences, digit, form, list, number, quoted, runs};
use super::documents::{Document, Kind, Place};
use super::index::Group;
use super::vocabulary::compare;
use super::{Choice, Facet, SUGGEST};
use crate::handbook::{Handbook, address};
use crate::slug::{is_slug, short_slug};

/// The parts of the client, which share a scope.
const CLIENT: [&str; 2] = [include_str!("client/engine.js"), include_str!("client/page.js")];

const SUGGEST_SCRIPT: &str = include_str!("client/suggest.js");

/// Bytes of a part, uncompressed, about.
const TERMS: usize = 9_000;
const RESULTS: usize = 7_000;
const TEXTS: usize = 20_000;

/// Up to how many bytes all parts of a sort stand in the first file.
const TERMS_IN_FIRST: usize = 12_000;
const RESULTS_IN_FIRST: usize = 40_000;
const TEXTS_IN_FIRST: usize = 6_000;
const CHOICES_IN_FIRST: usize = 4_000;
const VOCABULARY_IN_FIRST: usize = 2_000;

/// A text is kept for passages up to here, in characters.
const LONGEST_TEXT: usize = 600;

/// What the parts are made from.
pub struct Parts<'a> {
    /// For the settings.
    pub handbook: &'a Handbook,
    /// What was written of the documents themselves.
    pub results: Results,
    /// The index.
    pub groups: &'a [Group],
    /// The choices.
    pub facets: &'a [Facet],
}

/// Takes a file with its path, from any thread, as soon as it is written: all together are large.
pub type Put<'p> = &'p (dyn Fn(String, String) + Sync);

/// A part: its sort, its name among those, and what the browser is told, as the arguments of a call.
struct Part {
    sort: &'static str,
    name: String,
    data: String,
}

/// Where a part went.
enum Placed {
    /// Into a file of its own, whose name has this hash.
    Apart(String),
    /// Into the first file, with this call.
    First(String),
}

impl Part {
    fn place(self, is_apart: bool, put: Put<'_>) -> Placed {
        let call = ["ethosSearch.", self.sort, "(\"", &self.name, "\",", &self.data, ");\n"].concat();
        if !is_apart {
            return Placed::First(call);
        }
        let hash = hash(&call);
        put(format!("search/{}{}.{hash}.js", self.sort, self.name), call);
        Placed::Apart(hash)
    }
}

impl Placed {
    fn hash(&self) -> &str {
        match self {
            Self::Apart(hash) => hash,
            Self::First(_) => "",
        }
    }
}

/// The first file as it grows, and where all others go.
struct Files<'p> {
    first: String,
    put: Put<'p>,
}

impl Files<'_> {
    /// Adds all parts of a sort, which are numbered, and gives the hashes of those that have files.
    fn add(&mut self, sort: &'static str, limit: usize, parts: Vec<String>) -> String {
        let is_apart = parts.iter().map(String::len).sum::<usize>() > limit;
        let part = |(number, data): (usize, String)| Part { sort, name: number.to_string(), data };
        let placed = parts.into_par_iter().enumerate().map(|one| part(one).place(is_apart, self.put)).collect();
        self.hashes(placed)
    }

    /// The hashes of parts that have files, and the calls of all others in the first file.
    fn hashes(&mut self, placed: Vec<Placed>) -> String {
        let mut hashes = Vec::new();
        for placed in placed {
            match placed {
                Placed::Apart(hash) => hashes.push(hash),
                Placed::First(call) => self.first.push_str(&call),
            }
        }
        hashes.join(" ")
    }
}

/// Writes all files that are left, and gives the path of the client.
pub fn write(parts: Parts<'_>, put: Put<'_>) -> String {
    let mut files = Files { first: String::new(), put };
    let Results { texts, placed, starts: firsts, counts, kinds } = parts.results;
    files.hashes(texts);
    let (terms, starts) = terms(parts.groups);
    let names = json!({
        "t": files.add("t", TERMS_IN_FIRST, terms),
        "d": files.hashes(placed),
        "f": files.add("f", CHOICES_IN_FIRST, vec![choices(parts.facets)]),
        "v": files.add("v", VOCABULARY_IN_FIRST, vec![vocabulary(parts.groups)]),
    });
    let mut pages = String::new();
    for count in &counts {
        number(*count, &mut pages);
    }
    let contents = json!({
        "n": counts.iter().sum::<u32>(),
        "names": names,
        "starts": starts,
        "d": differences(&firsts),
        "pages": pages,
        "kinds": kinds,
    });
    let client = CLIENT.map(stripped).concat();
    let (contents, first) = (script_safe(contents.to_string()), files.first);
    let script = format!("(() => {{\n\"use strict\";\n{client}}})();\nethosSearch.a({contents});\n{first}");
    let name = format!("a.{}.js", hash(&script));
    if parts.handbook.config.suggestions {
        let suggest = stripped(SUGGEST_SCRIPT);
        let script = format!("(() => {{\n\"use strict\";\nconst client = \"{name}\";\n{suggest}}})();\n");
        put(SUGGEST.to_owned(), script);
    }
    let client = format!("search/{name}");
    put(client.clone(), script);
    client
}

/// A script without remarks and indentation: readers' browsers need neither.
fn stripped(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Five characters that change with the contents.
fn hash(text: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    let hash = xxh3_64(text.as_bytes());
    (0..5).map(|index| char::from(DIGITS[(hash >> (5 * index)) as usize & 31])).collect()
}

/// JSON that can stand in any script, whatever its strings hold.
fn script_safe(json: String) -> String {
    // Nearly never, and looked for in all texts: by bytes, which is quicker than by letters.
    let is_safe = memchr(b'<', json.as_bytes()).is_none()
        && !["\u{2028}", "\u{2029}"].iter().any(|end| memmem::find(json.as_bytes(), end.as_bytes()).is_some());
    if is_safe {
        return json;
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The parts of the vocabulary, and the first form of each but the first.
fn terms(groups: &[Group]) -> (Vec<String>, Vec<String>) {
    let written: Vec<String> = groups.par_iter().map(postings).collect();
    let mut cuts = vec![0];
    let mut size = 0;
    for (index, group) in written.iter().enumerate() {
        if size > 0 && size + group.len() > TERMS {
            cuts.push(index);
            size = 0;
        }
        size += group.len() + groups[index].forms.iter().map(String::len).sum::<usize>();
    }
    let starts: Vec<String> = cuts[1..].iter().map(|cut| groups[*cut].forms[0].clone()).collect();
    let part_of = |form: &str| starts.partition_point(|start| compare(start, form).is_le());
    let mut strays: Vec<Vec<(&str, &str)>> = vec![Vec::new(); cuts.len()];
    for (index, group) in groups.iter().enumerate() {
        let own = cuts.partition_point(|cut| *cut <= index) - 1;
        for form in &group.forms[1..] {
            let part = part_of(form);
            if part != own {
                strays[part].push((form, &group.forms[0]));
            }
        }
    }
    let ends = cuts[1..].iter().copied().chain([groups.len()]);
    let ranges: Vec<_> = cuts.iter().copied().zip(ends).zip(strays).collect();
    let parts = ranges
        .into_par_iter()
        .map(|((start, end), strays)| {
            let mut out = String::from("\"");
            for (group, postings) in groups[start..end].iter().zip(&written[start..end]) {
                let mut last = "";
                for (index, own) in group.forms.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    form(own, last, &mut out);
                    last = own;
                }
                out.push(if group.is_function { '!' } else { ':' });
                out.push_str(postings);
                out.push(';');
            }
            for (form, other) in strays {
                out.push_str(form);
                out.push('>');
                out.push_str(other);
                out.push(';');
            }
            out.push('"');
            out
        })
        .collect();
    (parts, starts)
}

fn postings(group: &Group) -> String {
    let mut out = String::with_capacity(group.postings.len() * 3);
    let mut last = 0;
    for posting in &group.postings {
        number(posting.document() - last, &mut out);
        last = posting.document();
        out.push(digit(posting.weight_and_share()));
    }
    out
}

/// Kinds in words, each once, and the number of each document's.
struct Labels {
    all: Vec<String>,
    of: Vec<usize>,
}

impl Labels {
    fn new(labels: &[String]) -> Self {
        let mut all: Vec<String> = Vec::new();
        let of = labels
            .iter()
            .map(|label| {
                all.iter().position(|known| known == label).unwrap_or_else(|| {
                    all.push(label.clone());
                    all.len() - 1
                })
            })
            .collect();
        Self { all, of }
    }
}

/// The parts of what results show and of their texts: written before the index is made, so that the texts needn't be kept.
pub struct Results {
    texts: Vec<Placed>,
    placed: Vec<Placed>,
    /// The number of the first document of each part but the first.
    starts: Vec<u32>,
    /// How many documents each page has.
    counts: Vec<u32>,
    /// Kinds in words.
    kinds: Vec<String>,
}

impl Results {
    /// Writes them. A page is never cut. Each part names the parts of its texts, which are placed with it. `labels` are the kinds of
    /// all documents in words.
    pub fn write(handbook: &Handbook, places: &[Place], labels: &[String], put: Put<'_>) -> Self {
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

fn page(handbook: &Handbook, place: &Place, kinds: &[usize]) -> String {
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

fn result(document: &Document, kind: usize, page: &str, out: &mut String) {
    // Whether there is a text to cut a passage from, and how the anchor is worked out from the title.
    let kind = kind * 4 + usize::from(!document.text.is_empty()) * 2 + usize::from(is_short(document));
    let is_page = document.anchor.is_empty() && document.title == page;
    let title = Some(document.title.as_str()).filter(|_| !is_page);
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

fn is_short(document: &Document) -> bool {
    document.kind == Kind::Indicator
}

/// Whether the browser works the anchor out from the title, which it doesn't where the two sides could differ.
fn is_computed(document: &Document) -> bool {
    match (document.title.is_ascii(), is_short(document)) {
        (false, _) => false,
        (true, true) => short_slug(&document.title) == document.anchor,
        (true, false) => is_slug(&document.title, &document.anchor),
    }
}

/// The parts of the texts of one part of results, and where each but the first starts, counted from its first document.
fn texts(number: usize, places: &[Place]) -> (Vec<Part>, String) {
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

fn choices(facets: &[Facet]) -> String {
    let choice = |choice: &Choice| json!([choice.slug, choice.label, runs(&choice.documents)]);
    let facet = |facet: &Facet| json!([facet.name, facet.label, facet.choices.iter().map(choice).collect::<Vec<_>>()]);
    script_safe(Value::from_iter(facets.iter().map(facet)).to_string())
}

/// Every form of three letters or more, sorted.
fn vocabulary(groups: &[Group]) -> String {
    let mut forms: Vec<&str> = groups
        .iter()
        .flat_map(|group| &group.forms)
        .map(String::as_str)
        .filter(|form| form.chars().count() > 2 && form.chars().all(char::is_alphabetic))
        .collect();
    forms.par_sort_unstable_by(|a, b| compare(a, b));
    let mut out = String::from("\"");
    let mut last = "";
    for own in forms {
        form(own, last, &mut out);
        out.push(',');
        last = own;
    }
    out.push('"');
    out
}
