//! Links with the same words that lead to different places.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::links::{Link, links, target, title};
use super::vague_link::is_vague;
use crate::check::passage::{Passage, Written};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::{Subject, Target};
use crate::text::Span;
use crate::words::slug::label_key;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "ambiguous-link",
        severity: Severity::Warning,
        meaning: "Two links of a page have the same words and lead to different places.",
    },
    guide: "In a list of a page's links, as screen readers offer it, two links with the same words can't be told apart, and sighted \
            readers take the second for the first too. Two links to the same place may have the same words. Say in each link \
            what is particular about its page.",
    look: Look::Written(look),
};

/// The links that were seen with some words.
struct Seen {
    /// Where the first leads, as it is written, and where it stands.
    destination: String,
    span: Span,
    places: FxHashSet<Place>,
    /// The pages to which one of them leads, or to a place on them.
    pages: FxHashSet<Subject>,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Place {
    Inside(Subject, Option<String>),
    Outside(String),
}

impl Seen {
    /// Notes a place. False if one of the links leads there already: a page and a heading of it are the same place to somebody who
    /// looks for the page.
    fn add(&mut self, place: Place) -> bool {
        let is_same = match &place {
            Place::Inside(page, None) => self.pages.contains(page),
            Place::Inside(page, Some(_)) => self.places.contains(&Place::Inside(*page, None)),
            Place::Outside(_) => false,
        };
        if is_same {
            return false;
        }
        if let Place::Inside(page, _) = &place {
            self.pages.insert(*page);
        }
        self.places.insert(place)
    }
}

fn look(written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for passage in &written.passages {
        for link in links(passage) {
            let key = label_key(link.words.trim_matches(|c: char| !c.is_alphanumeric()));
            let Some(place) = place(passage, &link).filter(|_| !key.is_empty() && !is_vague(&key)) else { continue };
            let span = passage.span(link.range.clone());
            let first = || Seen {
                destination: link.destination.clone(),
                span,
                places: FxHashSet::default(),
                pages: FxHashSet::default(),
            };
            let seen = seen.entry(key).or_insert_with(first);
            let is_first = seen.places.is_empty();
            if seen.add(place) && !is_first {
                found.push(finding(passage, &link, span, seen));
            }
        }
    }
}

fn finding(passage: &Passage<'_>, link: &Link, span: Span, first: &Seen) -> Diagnostic {
    let Link { words, destination, .. } = link;
    let message =
        format!("“{words}” leads to `{destination}` here, and to `{}` earlier on this page", first.destination);
    let name = title(passage, link).filter(|title| label_key(title) != label_key(words));
    let help = match name {
        Some(name) if !link.is_html => format!("name what this one leads to: [{name}]({destination})"),
        Some(name) => format!("name what this one leads to: <a href=\"{destination}\">{name}</a>"),
        None => format!("say in each of the two what is particular about its page: “{words} on …”, “{words} for …”"),
    };
    Diagnostic::new(RULE.code, message).at(span).also(first.span, "the same words, to another place").help(help)
}

fn place(passage: &Passage<'_>, link: &Link) -> Option<Place> {
    Some(match target(passage, link)? {
        Target::Inside { to, fragment } => Place::Inside(to, fragment.map(|fragment| fragment.into_owned())),
        Target::Outside(address) => Place::Outside(same_address(address)),
    })
}

/// An address without what makes no difference to where it leads.
fn same_address(address: &str) -> String {
    let small = address.to_lowercase();
    let bare = small.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_end_matches('/').to_owned()
}
