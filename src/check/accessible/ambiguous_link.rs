//! Links with the same words that lead to different places.

use std::collections::BTreeMap;

use super::links::{Link, links, target, title};
use super::vague_link::is_vague;
use crate::check::passage::{Passage, Written};
use crate::check::{Look, Rule};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::handbook::{Subject, Target};
use crate::slug::label_key;
use crate::source::Span;

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

/// The end of a link that was seen.
struct Seen {
    place: Place,
    destination: String,
    span: Span,
}

/// Where a link leads.
#[derive(PartialEq, Eq)]
enum Place {
    Inside(Subject, Option<String>),
    Outside(String),
}

impl Place {
    /// A page and a heading of it are the same place to somebody who looks for the page.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Inside(one, None), Self::Inside(other, _)) | (Self::Inside(one, _), Self::Inside(other, None)) => {
                one == other
            }
            (one, other) => one == other,
        }
    }
}

fn look(written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Vec<Seen>> = BTreeMap::new();
    for passage in &written.passages {
        for link in links(passage) {
            let key = label_key(link.words.trim_matches(|c: char| !c.is_alphanumeric()));
            let Some(place) = place(passage, &link).filter(|_| !key.is_empty() && !is_vague(&key)) else { continue };
            let others = seen.entry(key).or_default();
            if others.iter().any(|other| other.place.is_same(&place)) {
                continue;
            }
            let span = passage.span(link.range.clone());
            if let Some(first) = others.first() {
                found.push(finding(passage, &link, span, first));
            }
            others.push(Seen { place, destination: link.destination, span });
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
