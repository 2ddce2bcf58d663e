//! Search: what a reader's browser needs to find anything in the handbook, as scripts beside the pages.
//!
//! In: the handbook. Out: a [`Search`]: the client with its table of contents (`search/a.<hash>.js`), and the parts that it loads when
//! they are needed, all classic scripts that call one function, so that they work over http, from a shared drive and under a
//! strict content policy. Nothing is read back from HTML.
//!
//! ```text
//! handbook ── documents::collect ──▶ Place, Document ─┬─ Results::write ──▶ files
//!                                                      └─ tokens::read ──▶ Chunk ── index::build ──▶ Group ── parts::write ──▶ files
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

mod code;
mod documents;
mod forms;
mod index;
mod part;
mod parts;
mod results;
mod tokens;
mod vocabulary;
mod words;

use crate::config::Config;
use crate::framework::{Scale, ScaleKind};
use crate::handbook::{Handbook, Subject};
use crate::site::index::capitalised;
use crate::slug::{slug, slug_starts_with};
use crate::theme::Strings;
use documents::{Document, KINDS, Kind, Place};
pub use part::Put;
use results::Results;
use tokens::Fields;
pub use words::words;

/// The files of the search, and what pages say of them.
#[derive(Debug)]
pub struct Search {
    /// Path and contents; none that were given away as they were made.
    pub files: BTreeMap<String, String>,
    /// The path of the client.
    pub client: String,
    /// Sets of synonyms, by their place in the settings, of which nothing occurs.
    pub unused: Vec<usize>,
}

/// What offers results while a reader types: one name for good, since every page has it.
pub const SUGGEST: &str = "search/suggest.js";

/// One choice that narrows a search.
struct Choice {
    slug: String,
    label: String,
    /// In order, each once.
    documents: Vec<u32>,
}

/// Choices of one sort: kinds, frameworks, values, audiences …
struct Facet {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
}

/// Builds the search of a handbook whose pages are read in an order; `put` takes each file with its path.
pub fn build(handbook: &Handbook, order: &[Subject], strings: &Strings, put: Put<'_>) -> Search {
    let places = documents::collect(handbook, order);
    let documents: Vec<(&Place<'_>, &Document<'_>)> =
        places.iter().flat_map(|place| place.documents.iter().map(move |document| (place, document))).collect();
    let mut facets = facets(handbook, &documents, strings);
    facets.retain(|facet| facet.choices.len() > 1);
    let of_kinds = KINDS.map(|kind| kind.label(strings));
    let label = |document| label(handbook, document, strings, &of_kinds);
    let labels: Vec<Cow<'_, str>> = documents.iter().map(|(_, document)| label(document)).collect();
    let results = Results::write(handbook, &places, &labels, put);
    let language = &handbook.config.language;
    drop((documents, labels));
    let chunks = tokens::read(handbook, places, fields, language);
    let (groups, unused) = index::build(chunks, language, &synonyms(&handbook.config));
    let parts = parts::Parts { handbook, results, groups: &groups, facets: &facets };
    Search { files: BTreeMap::new(), client: parts::write(parts, put), unused }
}

/// Sets of phrases that mean the same.
fn synonyms(config: &Config) -> Vec<Vec<String>> {
    config.synonyms.iter().map(|set| set.iter().map(|phrase| phrase.as_str().to_owned()).collect()).collect()
}

fn fields<'a>(handbook: &'a Handbook, place: &'a Place<'_>) -> Vec<Fields<'a>> {
    place.documents.iter().map(|document| fields_of(handbook, place, document)).collect()
}

fn fields_of<'a>(handbook: &'a Handbook, place: &'a Place<'_>, document: &'a Document<'_>) -> Fields<'a> {
    let is_top = document.anchor.is_empty();
    let trail = handbook.trail(place.subject);
    let above = trail.iter().skip(1).map(|subject| handbook.title(*subject));
    let own = (!is_top).then(|| handbook.title(place.subject));
    let names = match (place.subject, document.kind) {
        (Subject::Item(framework, at), Kind::Value | Kind::Behaviour) if is_top => {
            handbook.item(framework, at).aka.iter().map(String::as_str).collect()
        }
        _ => Vec::new(),
    };
    Fields {
        title: &document.title,
        names,
        citation: document.citation.as_deref(),
        id: Some(&*document.anchor).filter(|id| !slug_starts_with(&document.title, id)),
        place: above.chain(own).chain(document.above.iter().copied()).collect(),
        text: &document.text,
        is_statement: matches!(document.kind, Kind::Indicator)
            || (document.kind == Kind::Clause && is_clause(document)),
        language: language(handbook, place.subject),
    }
}

/// Whether the title is the beginning of a clause rather than a numbered heading.
fn is_clause(document: &Document<'_>) -> bool {
    document.text.is_empty() || document.title.ends_with('…')
}

fn language(handbook: &Handbook, subject: Subject) -> &str {
    let own = match subject {
        Subject::Page(page) => handbook.pages[page].document.as_ref().and_then(|own| own.front.language.as_deref()),
        _ => None,
    };
    own.unwrap_or(&handbook.config.language)
}

impl Kind {
    /// Its name in addresses.
    fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Framework => "framework",
            Self::Value => "value",
            Self::Behaviour => "behaviour",
            Self::Indicator => "indicator",
            Self::Clause => "clause",
            Self::Point => "point",
            Self::Profile => "profile",
        }
    }

    /// What it is called where a framework doesn't say.
    fn label(self, strings: &Strings) -> String {
        let path = match self {
            Self::Page => "generated.kind_page",
            Self::Framework => "generated.kind_framework",
            Self::Value => "terms.value.one",
            Self::Behaviour => "terms.behaviour.one",
            Self::Indicator => "terms.indicator.one",
            Self::Clause => "generated.kind_clause",
            Self::Point => "generated.kind_point",
            Self::Profile => "generated.kind_profile",
        };
        capitalised(strings.text(path))
    }
}

/// The kind of a document in the words of its framework; `of_kinds` are those where it doesn't say.
fn label<'a>(
    handbook: &Handbook,
    document: &Document<'_>,
    strings: &'a Strings,
    of_kinds: &'a [String; KINDS.len()],
) -> Cow<'a, str> {
    if let (Kind::Point, Some((framework, scale, _))) = (document.kind, document.points.first()) {
        return strings.kind_of_point(handbook.frameworks[*framework].scales[*scale].kind).into();
    }
    let terms = document.item.map(|(framework, _)| &handbook.frameworks[framework].terms);
    let own = terms.and_then(|terms| match document.kind {
        Kind::Value => terms.value.as_ref(),
        Kind::Behaviour => terms.behaviour.as_ref(),
        Kind::Indicator => terms.indicator.as_ref(),
        _ => None,
    });
    own.map_or_else(|| Cow::from(&of_kinds[document.kind as usize]), |term| capitalised(&term.one).into())
}

fn facets(handbook: &Handbook, documents: &[(&Place<'_>, &Document<'_>)], strings: &Strings) -> Vec<Facet> {
    let title = |path: &str| strings.text(path).to_owned();
    let mut kinds = Collector::default();
    let mut frameworks = Collector::default();
    let mut values = Collector::default();
    let scales = [ScaleKind::Audience, ScaleKind::Level, ScaleKind::Rating, ScaleKind::Stance];
    let kind_at = |kind| scales.iter().position(|own| *own == kind).unwrap_or_default();
    let mut points: Vec<Collector> = scales.iter().map(|_| Collector::default()).collect();
    for kind in KINDS {
        kinds.choice(kind.word().to_owned(), &kind.label(strings));
    }
    // Where each framework, value and point stands among the choices: those of one name are one choice.
    let mut framework_at: Vec<usize> = Vec::new();
    let mut value_at: Vec<Vec<usize>> = Vec::new();
    let mut point_at: Vec<Vec<Vec<usize>>> = Vec::new();
    for own in &handbook.frameworks {
        framework_at.push(frameworks.choice(own.id.clone(), &own.title));
        value_at
            .push(own.values.iter().map(|value| values.choice(slug(&value.item.title), &value.item.title)).collect());
        let of_scale = |scale: &Scale| {
            let points = &mut points[kind_at(scale.kind)];
            scale.points.iter().map(|point| points.choice(slug(&point.title), &point.title)).collect()
        };
        point_at.push(own.scales.iter().map(of_scale).collect());
    }
    for ((place, document), number) in documents.iter().zip(0..) {
        kinds.add(document.kind as usize, number);
        if let Some(framework) = framework_of(place.subject) {
            frameworks.add(framework_at[framework], number);
        }
        if let Some((framework, at)) = document.item {
            values.add(value_at[framework][at.value], number);
        }
        for (framework, scale, point) in &document.points {
            let kind = handbook.frameworks[*framework].scales[*scale].kind;
            points[kind_at(kind)].add(point_at[*framework][*scale][*point], number);
        }
    }
    let mut facets = vec![
        kinds.facet("kind", title("generated.kind")),
        frameworks.facet("framework", title("generated.kind_framework")),
        values.facet("value", Kind::Value.label(strings)),
    ];
    facets.extend(
        points
            .into_iter()
            .zip(scales)
            .map(|(points, kind)| points.facet(kind.word(), strings.kind_of_point(kind).to_owned())),
    );
    facets
}

fn framework_of(subject: Subject) -> Option<usize> {
    match subject {
        Subject::Framework(framework)
        | Subject::Item(framework, _)
        | Subject::Point(framework, ..)
        | Subject::Profile(framework, _) => Some(framework),
        Subject::Page(_) | Subject::Asset(_) => None,
    }
}

/// Choices in the order of their first mention.
#[derive(Default)]
struct Collector {
    choices: Vec<Choice>,
    by_slug: BTreeMap<String, usize>,
}

impl Collector {
    /// The place of a choice among the others.
    fn choice(&mut self, slug: String, label: &str) -> usize {
        *self.by_slug.entry(slug).or_insert_with_key(|slug| {
            self.choices.push(Choice { slug: slug.clone(), label: label.to_owned(), documents: Vec::new() });
            self.choices.len() - 1
        })
    }

    fn add(&mut self, choice: usize, document: u32) {
        let documents = &mut self.choices[choice].documents;
        if documents.last() != Some(&document) {
            documents.push(document);
        }
    }

    /// Only choices that find something.
    fn facet(mut self, name: &'static str, label: String) -> Facet {
        self.choices.retain(|choice| !choice.documents.is_empty());
        Facet { name, label, choices: self.choices }
    }
}
