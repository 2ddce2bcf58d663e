//! What each kind of document is called, in the words of the handbook's language and of its frameworks.

use super::documents::{Facts, KINDS, Kind};
use crate::framework::Term;
use crate::handbook::Handbook;
use crate::theme::Strings;
use crate::words::capitalised;

/// Kinds in words, and which of them is meant where.
pub struct Labels {
    /// Each once.
    pub all: Vec<String>,
    of_kinds: [usize; KINDS.len()],
    of_frameworks: Vec<OfFramework>,
}

/// Where the labels of a framework stand: of its value, behaviour and indicator, and of the points of each scale.
struct OfFramework {
    terms: [usize; 3],
    scales: Vec<usize>,
}

impl Labels {
    /// All that a handbook could need.
    pub fn new(handbook: &Handbook, strings: &Strings) -> Self {
        let mut all: Vec<String> = Vec::new();
        let mut number = |label: String| {
            all.iter().position(|known| *known == label).unwrap_or_else(|| {
                all.push(label);
                all.len() - 1
            })
        };
        let of_kinds = KINDS.map(|kind| number(kind.label(strings)));
        let of_frameworks = handbook
            .frameworks
            .iter()
            .map(|own| {
                let terms = [
                    (Kind::Value, &own.terms.value),
                    (Kind::Behaviour, &own.terms.behaviour),
                    (Kind::Indicator, &own.terms.indicator),
                ];
                let mut of_term = |(kind, term): (Kind, &Option<Term>)| {
                    term.as_ref().map_or(of_kinds[kind as usize], |term| number(capitalised(&term.one)))
                };
                let terms = terms.map(&mut of_term);
                let of_scale = |kind| number(strings.kind_of_point(kind).to_owned());
                OfFramework { terms, scales: own.scales.iter().map(|scale| scale.kind).map(of_scale).collect() }
            })
            .collect();
        Self { all, of_kinds, of_frameworks }
    }

    /// The number of a document's.
    pub fn of(&self, facts: &Facts) -> usize {
        let framework = facts.value.map(|(framework, _)| &self.of_frameworks[framework]);
        let own = match (facts.kind, facts.points.first(), framework) {
            (Kind::Point, Some((framework, scale, _)), _) => Some(self.of_frameworks[*framework].scales[*scale]),
            (Kind::Value, _, Some(own)) => Some(own.terms[0]),
            (Kind::Behaviour, _, Some(own)) => Some(own.terms[1]),
            (Kind::Indicator, _, Some(own)) => Some(own.terms[2]),
            _ => None,
        };
        own.unwrap_or(self.of_kinds[facts.kind as usize])
    }
}

impl Kind {
    /// What it is called where a framework doesn't say.
    pub fn label(self, strings: &Strings) -> String {
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
