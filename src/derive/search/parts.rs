//! The index as scripts that a browser loads: how the parts are cut and written.
//!
//! Numbers and forms are written as `code` tells. What each part holds:
//!
//! - `t`: groups of forms with their postings, cut into ranges of the sorted vocabulary. `form,form,…:postings;`, a form as one
//!   character for what it shares with the one before it and the rest; a posting as the VLQ difference to the document before it
//!   and one character for weight and share. A word that only sentences need has `!` before its postings. `form>other;` says that a form of the group of `other` would stand here.
//! - `d`: what a result shows, page by page: `[url, title, [titles above], [[kind, title, anchor, citation, above], …]]`, trailing
//!   zeros left out; behind the pages where their texts are cut, the hashes of those parts of `x`, and their block, the number of
//!   the first among its parts and how many of its texts belong to documents before.
//! - `x`: the texts that passages are cut from, block by block.
//! - `f`: the choices that narrow a search, each with its documents as VLQ pairs of gap and run.
//! - `v`: all forms that a misspelt word could mean, front-coded like those of `t`.
//!
//! The first file is the client with the table of contents. Parts that are small stand in it too: a small handbook's search is
//! one file.

use std::ops::Range;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::SUGGEST;
use super::code::{digit, form, length, number, numbers, runs};
use super::facets::{Choice, Facet};
use super::index::{Group, Index, Posting};
use super::part::{Part, Placed, Put, hash, script_safe};
use super::results::Results;
use super::vocabulary::{SortKey, primary};
use crate::handbook::Handbook;

/// The parts of the client, which share a scope.
const CLIENT: [&str; 3] =
    [include_str!("client/engine.js"), include_str!("client/meanings.js"), include_str!("client/page.js")];

const SUGGEST_SCRIPT: &str = include_str!("client/suggest.js");

/// Bytes of a part of terms, uncompressed, about.
const TERMS: usize = 9_000;

/// Up to how many bytes all parts of a sort stand in the first file.
const TERMS_IN_FIRST: usize = 12_000;
const RESULTS_IN_FIRST: usize = 40_000;
const CHOICES_IN_FIRST: usize = 4_000;
const VOCABULARY_IN_FIRST: usize = 2_000;

/// What the parts are made from.
pub struct Parts<'a> {
    /// For the settings.
    pub handbook: &'a Handbook,
    /// What was written of the documents themselves.
    pub results: Results,
    /// Kinds in words.
    pub labels: Vec<String>,
    /// The index.
    pub index: &'a Index,
    /// The choices.
    pub facets: &'a [Facet],
}

/// The first file as it grows, and where all others go.
struct Files<'p> {
    first: String,
    put: Put<'p>,
}

impl Files<'_> {
    /// Adds all parts of a sort, which are numbered, and gives the hashes of those that have files.
    fn add(
        &mut self,
        sort: &'static str,
        is_apart: bool,
        parts: impl IntoParallelIterator<Item = String, Iter: IndexedParallelIterator>,
    ) -> String {
        let part = |(number, data): (usize, String)| Part { sort, name: number.to_string(), data };
        let place = |one| part(one).place(is_apart, self.put);
        let placed: Vec<Placed> = parts.into_par_iter().enumerate().map(place).collect();
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
    let Results { parts: results, lengths, counts, texts } = parts.results;
    let mut files = Files { first: texts, put };
    let (terms, (choices, vocabulary)) =
        rayon::join(|| Terms::new(parts.index), || (choices(parts.facets), vocabulary(&parts.index.groups)));
    let of_results = results.iter().map(String::len).sum::<usize>();
    let names = json!({
        "t": files.add("t", terms.size > TERMS_IN_FIRST, terms.parts.par_iter().map(|part| terms.write(part))),
        "d": files.add("d", of_results > RESULTS_IN_FIRST, results),
        "f": files.add("f", choices.len() > CHOICES_IN_FIRST, [choices]),
        "v": files.add("v", vocabulary.len() > VOCABULARY_IN_FIRST, [vocabulary]),
    });
    let starts: Vec<&str> = terms.parts[1..].iter().map(|part| terms.first_form(part)).collect();
    let contents = json!({
        "n": counts.iter().sum::<u32>(),
        "names": names,
        "starts": starts,
        "d": numbers(&lengths),
        "pages": numbers(&counts),
        "kinds": parts.labels,
        "language": primary(&parts.handbook.config.language).to_ascii_lowercase(),
        "functions": parts.index.absent_functions.join(" "),
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

/// The vocabulary, cut into parts.
struct Terms<'a> {
    index: &'a Index,
    /// At least one.
    parts: Vec<TermsPart<'a>>,
    /// Bytes of all of them, about.
    size: usize,
}

/// Some of the groups.
struct TermsPart<'a> {
    groups: Range<usize>,
    /// Forms that would stand here, and the first forms of their groups, which stand elsewhere.
    strays: Vec<(&'a str, &'a str)>,
}

impl<'a> Terms<'a> {
    fn new(index: &'a Index) -> Self {
        let groups = &index.groups;
        let sizes: Vec<usize> = groups.par_iter().map(|group| size(index, group)).collect();
        let mut cuts = vec![0];
        let mut open = 0;
        for (at, size) in sizes.iter().enumerate() {
            if open > 0 && open + size > TERMS {
                cuts.push(at);
                open = 0;
            }
            open += size;
        }
        let first = |cut: &usize| groups.get(*cut).map_or("", |group| &group.forms[0]);
        let mut strays: Vec<Vec<(&str, &str)>> = vec![Vec::new(); cuts.len()];
        for (at, group) in groups.iter().enumerate() {
            let own = cuts.partition_point(|cut| *cut <= at) - 1;
            for form in &group.forms[1..] {
                let part = cuts[1..].partition_point(|cut| SortKey::new(first(cut)) <= SortKey::new(form));
                if part != own {
                    strays[part].push((form, &group.forms[0]));
                }
            }
        }
        let ends = cuts[1..].iter().copied().chain([groups.len()]);
        let ranges = cuts.iter().copied().zip(ends).map(|(start, end)| start..end);
        let parts = ranges.zip(strays).map(|(groups, strays)| TermsPart { groups, strays }).collect();
        Self { index, parts, size: sizes.iter().sum() }
    }

    /// The first form of a part; empty where there are no words at all.
    fn first_form(&self, part: &TermsPart<'_>) -> &'a str {
        self.index.groups.get(part.groups.start).map_or("", |group| &group.forms[0])
    }

    fn write(&self, part: &TermsPart<'_>) -> String {
        let mut out = String::with_capacity(2 * TERMS);
        out.push('"');
        for group in &self.index.groups[part.groups.clone()] {
            let mut last = "";
            for (index, own) in group.forms.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                form(own, last, &mut out);
                last = own;
            }
            out.push(if group.is_function { '!' } else { ':' });
            let mut last = 0;
            for posting in self.index.postings(group) {
                number(posting.document() - last, &mut out);
                last = posting.document();
                out.push(digit(posting.weight_and_share()));
            }
            out.push(';');
        }
        for (form, other) in &part.strays {
            out.extend([*form, ">", *other, ";"]);
        }
        out.push('"');
        out
    }
}

/// How many bytes a group takes, about.
fn size(index: &Index, group: &Group) -> usize {
    let mut last = 0;
    let of_posting =
        |posting: Posting| 1 + length(posting.document() - std::mem::replace(&mut last, posting.document()));
    index.postings(group).map(of_posting).sum::<usize>() + group.forms.iter().map(String::len).sum::<usize>()
}

fn choices(facets: &[Facet]) -> String {
    let choice = |choice: &Choice| json!([choice.slug, choice.label, runs(&choice.documents)]);
    let facet = |facet: &Facet| json!([facet.name, facet.label, facet.choices.iter().map(choice).collect::<Vec<_>>()]);
    script_safe(Value::from_iter(facets.iter().map(facet)).to_string())
}

/// Every form of three letters or more, sorted. A slip for a function word is worth no correction.
fn vocabulary(groups: &[Group]) -> String {
    let mut forms: Vec<SortKey<'_>> = groups
        .iter()
        .filter(|group| !group.is_function)
        .flat_map(|group| &group.forms)
        .filter(|form| form.chars().count() > 2 && form.chars().all(char::is_alphabetic))
        .map(|form| SortKey::new(form))
        .collect();
    forms.par_sort_unstable();
    let mut out = String::from("\"");
    let mut last = "";
    for own in forms {
        form(own.form, last, &mut out);
        out.push(',');
        last = own.form;
    }
    out.push('"');
    out
}
