//! Pages and frameworks for which nobody answers.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::governed::{Governed, governed};
use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::{Handbook, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "no-owner",
        severity: Severity::Warning,
        meaning: "Nobody is named who answers for a page or a framework.",
    },
    guide: "Somebody has to keep each page true. Without an owner nobody is asked when a law changes, and readers don't know whose rule it \
            is. A framework's owner answers for all its values; only where the values of a framework name their own, each file \
            has to. Name a team or a role rather than a person: `owner = \"Human Resources\"`.",
    look: Look::Handbook(look),
};

/// How many times each owner is named in a section, by the section.
type Neighbours<'a> = FxHashMap<Option<usize>, BTreeMap<&'a str, usize>>;

fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let all = governed(context, |governance| governance.owner.is_some());
    let neighbours = neighbours(context.handbook, &all);
    for one in all.iter().filter(|one| one.own.owner.is_none()) {
        let message = format!("nobody is named who answers for “{}”", one.title);
        let diagnostic = Diagnostic::new(RULE.code, message).at(one.at);
        found.push(match common(neighbours.get(&section(context.handbook, one.subject))) {
            Some(owner) => {
                diagnostic.help(format!("add a line below its title, as its neighbours have: owner = \"{owner}\""))
            }
            None => {
                diagnostic.help("add a line below its title: owner = \"…\", with the team that keeps it up to date")
            }
        });
    }
}

fn neighbours<'a>(handbook: &Handbook, all: &'a [Governed]) -> Neighbours<'a> {
    let mut neighbours = Neighbours::default();
    for one in all {
        if let Some(owner) = &one.own.owner {
            *neighbours.entry(section(handbook, one.subject)).or_default().entry(owner).or_default() += 1;
        }
    }
    neighbours
}

/// What stands together: the pages of a folder with the section's own, and all frameworks with the pages at the top.
fn section(handbook: &Handbook, subject: Subject) -> Option<usize> {
    let Subject::Page(page) = subject else { return None };
    let is_section = !handbook.pages[page].children.is_empty();
    let section = if is_section { Some(page) } else { handbook.pages[page].parent };
    section.filter(|section| *section != 0)
}

/// The owner of most, where more than one thing has it or there is only one owner.
fn common<'a>(owners: Option<&BTreeMap<&'a str, usize>>) -> Option<&'a str> {
    let owners = owners?;
    let (owner, count) = owners.iter().max_by_key(|(_, count)| **count)?;
    (*count > 1 || owners.len() == 1).then_some(*owner)
}
