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

use rayon::prelude::*;
use serde_json::{Value, json};

use super::SUGGEST;
use super::code::{digit, form, number, numbers, runs};
use super::facets::{Choice, Facet};
use super::index::Group;
use super::part::{Part, Placed, Put, hash, script_safe};
use super::results::Results;
use super::vocabulary::compare;
use crate::handbook::Handbook;

/// The parts of the client, which share a scope.
const CLIENT: [&str; 2] = [include_str!("client/engine.js"), include_str!("client/page.js")];

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
    pub groups: &'a [Group],
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
    fn add(&mut self, sort: &'static str, limit: usize, parts: Vec<String>) -> String {
        let is_apart = parts.iter().map(String::len).sum::<usize>() > limit;
        let part = |(number, data): (usize, String)| Part { sort, name: number.to_string(), data };
        let placed: Vec<Placed> =
            parts.into_par_iter().enumerate().map(|one| part(one).place(is_apart, self.put)).collect();
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
    let (terms, starts) = terms(parts.groups);
    let names = json!({
        "t": files.add("t", TERMS_IN_FIRST, terms),
        "d": files.add("d", RESULTS_IN_FIRST, results),
        "f": files.add("f", CHOICES_IN_FIRST, vec![choices(parts.facets)]),
        "v": files.add("v", VOCABULARY_IN_FIRST, vec![vocabulary(parts.groups)]),
    });
    let contents = json!({
        "n": counts.iter().sum::<u32>(),
        "names": names,
        "starts": starts,
        "d": numbers(&lengths),
        "pages": numbers(&counts),
        "kinds": parts.labels,
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
