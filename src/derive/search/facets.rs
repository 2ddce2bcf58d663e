//! Choices that narrow a search: kinds, frameworks, values, audiences and other points, each with its documents.

use std::collections::BTreeMap;

use super::documents::{Facts, KINDS, Kind};
use crate::framework::{Scale, ScaleKind};
use crate::handbook::{Handbook, Subject};
use crate::theme::Strings;
use crate::words::slug::slug;

/// One choice that narrows a search.
pub struct Choice {
    /// As it stands in addresses.
    pub slug: String,
    /// As readers see it.
    pub label: String,
    /// In order, each once.
    pub documents: Vec<u32>,
}

/// Choices of one sort: kinds, frameworks, values, audiences …
pub struct Facet {
    /// As it stands in addresses.
    pub name: &'static str,
    /// As readers see it.
    pub label: String,
    /// In the order of their first mention.
    pub choices: Vec<Choice>,
}

/// All choices, for facets that have several; `documents` are those of the handbook in their order, each with what it is on.
pub fn facets<'f>(
    handbook: &Handbook,
    documents: impl Iterator<Item = (Subject, &'f Facts)>,
    strings: &Strings,
) -> Vec<Facet> {
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
    for ((subject, facts), number) in documents.zip(0..) {
        kinds.add(facts.kind as usize, number);
        if let Some(framework) = framework_of(subject) {
            frameworks.add(framework_at[framework], number);
        }
        if let Some((framework, value)) = facts.value {
            values.add(value_at[framework][value], number);
        }
        for (framework, scale, point) in &facts.points {
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
    facets.retain(|facet| facet.choices.len() > 1);
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
}
