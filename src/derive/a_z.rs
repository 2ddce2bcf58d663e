//! The A to Z: every page, framework, value, behaviour, profile and heading under its first letter.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::content::prose::{Heading, OutlineEntry};
use crate::handbook::{Handbook, Subject};
use crate::theme::Strings;
use crate::words::capitalised;
use crate::words::slug::{slug, sort_key};

/// A letter and what stands under it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Which.
    pub initial: Initial,
    /// Sorted by their titles, each once.
    pub entries: Vec<Entry>,
}

/// The letter that titles begin with; what begins with none comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Initial {
    /// A capital.
    Letter(char),
    /// A number or sign.
    Other,
}

/// One line of the A to Z.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its words.
    pub title: String,
    /// Kind and place in words; all headings of a page share theirs.
    pub place: Arc<str>,
    /// Its address, with fragment, as it stands in a link.
    pub url: String,
}

impl Initial {
    /// That of a title.
    fn of(title: &str) -> Self {
        let first = match title.bytes().next() {
            Some(byte) if byte.is_ascii_alphanumeric() => Some(byte.to_ascii_uppercase().into()),
            _ => title.nfd().flat_map(char::to_uppercase).find(|c| c.is_alphanumeric()),
        };
        first.filter(|c| c.is_alphabetic()).map_or(Self::Other, Self::Letter)
    }

    /// As readers see it: "A", or "#" for what begins with no letter.
    pub fn text(self) -> String {
        match self {
            Self::Letter(letter) => letter.to_string(),
            Self::Other => "#".to_owned(),
        }
    }

    /// Its name in addresses.
    pub fn name(self) -> String {
        let name = slug(&self.text());
        if name.is_empty() { "other".to_owned() } else { name }
    }

    /// The path of its own page, in a large handbook.
    pub fn page(self) -> String {
        format!("a-z/{}.html", self.name())
    }
}

/// The letters that anything begins with, in order.
pub fn initials(handbook: &Handbook, order: &[Subject]) -> BTreeSet<Initial> {
    // Nearly all titles begin with a letter that is there already, so those are looked for first, and quickly.
    let of = |mut initials: Vec<Initial>, subject: &Subject| {
        let headings = headings(handbook, *subject).map(|(_, _, title)| title);
        for initial in headings.chain([handbook.title(*subject)]).map(Initial::of) {
            if !initials.contains(&initial) {
                initials.push(initial);
            }
        }
        initials
    };
    order.par_iter().fold(Vec::new, of).flatten_iter().collect::<Vec<_>>().into_iter().collect()
}

/// The headings of a page that have words.
fn headings(handbook: &Handbook, subject: Subject) -> impl Iterator<Item = (&OutlineEntry, &Heading, &str)> {
    let page = match subject {
        Subject::Page(page) => Some(&handbook.pages[page]),
        _ => None,
    };
    page.into_iter().flat_map(|page| {
        let headings = page.headings().map(|(entry, heading)| (entry, heading, page.heading_title(entry, heading)));
        headings.filter(|(.., title)| !title.is_empty())
    })
}

/// Puts everything that has a title under its letter.
pub fn letters(handbook: &Handbook, order: &[Subject], strings: &Strings) -> Vec<Letter> {
    let mut by_letter: BTreeMap<Initial, Vec<Entry>> = BTreeMap::new();
    let mut add = |entry: Entry| by_letter.entry(Initial::of(&entry.title)).or_default().push(entry);
    for subject in order {
        add(Entry {
            title: handbook.title(*subject).to_owned(),
            place: place(handbook, *subject, strings).into(),
            url: handbook.url(*subject, None),
        });
        let Subject::Page(page) = subject else {
            continue;
        };
        let own = &handbook.pages[*page];
        // The same words stand at all headings of a page.
        let [clause, plain] = ["generated.kind_clause", "generated.kind_heading"].map(|kind| {
            let place = || strings.filled("generated.place", &[("kind", strings.text(kind)), ("place", &own.title)]);
            LazyCell::new(move || Arc::<str>::from(place()))
        });
        for (entry, heading, title) in headings(handbook, *subject) {
            let place = if own.numbers.of(entry.start()).is_some() { &clause } else { &plain };
            add(Entry {
                title: title.to_owned(),
                place: Arc::clone(place),
                url: handbook.url(*subject, Some(&heading.anchor)),
            });
        }
    }
    by_letter.into_par_iter().map(|(initial, entries)| Letter { initial, entries: sorted(entries) }).collect()
}

fn sorted(entries: Vec<Entry>) -> Vec<Entry> {
    let mut keyed: Vec<(String, Entry)> = entries.into_iter().map(|entry| (sort_key(&entry.title), entry)).collect();
    keyed.sort_unstable();
    keyed.dedup();
    keyed.into_iter().map(|(_, entry)| entry).collect()
}

/// "Value, in Our values"
fn place(handbook: &Handbook, subject: Subject, strings: &Strings) -> String {
    let kind = match subject {
        Subject::Page(page) if !handbook.pages[page].children.is_empty() => {
            strings.text("generated.kind_section").to_owned()
        }
        Subject::Page(_) | Subject::Asset(_) => strings.text("generated.kind_page").to_owned(),
        Subject::Framework(_) => strings.text("generated.kind_framework").to_owned(),
        Subject::Item(framework, at) => {
            let terms = &handbook.frameworks[framework].terms;
            let (own, word) = match at.behaviour {
                None => (&terms.value, "terms.value.one"),
                Some(_) => (&terms.behaviour, "terms.behaviour.one"),
            };
            capitalised(own.as_ref().map_or_else(|| strings.text(word), |term| &term.one))
        }
        Subject::Point(framework, scale, _) => {
            strings.kind_of_point(handbook.frameworks[framework].scales[scale].kind).to_owned()
        }
        Subject::Profile(..) => strings.text("generated.kind_profile").to_owned(),
    };
    match handbook.parent(subject) {
        Some(parent) if parent != Subject::Page(0) => {
            strings.filled("generated.place", &[("kind", &kind), ("place", handbook.title(parent))])
        }
        _ => kind,
    }
}
