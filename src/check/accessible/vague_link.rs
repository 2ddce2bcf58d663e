//! Links whose words don't say where they lead.

use pulldown_cmark::{Event, Tag};

use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::content::markdown::{end_of, is_passage, plain};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { name: "vague-link", severity: Severity::Warning, meaning: "A link's words don't say where it leads." },
    guide: "Screen readers can read out all links of a page one after the other, and eyes that skim see little else. “Click here” \
            and “read more” say nothing there, and a bare web address is read out letter by letter. Let the link's words \
            name the page that it leads to.",
    look: Look::Passage(look),
};

/// Words that say nothing about a link's end, as [`crate::slug::label_key`] folds them.
const VAGUE: &[&str] = &[
    "click",
    "click here",
    "click this link",
    "continue",
    "details",
    "document",
    "download",
    "find out more",
    "follow this link",
    "full details",
    "further information",
    "go",
    "here",
    "info",
    "learn more",
    "link",
    "more",
    "more details",
    "more info",
    "more information",
    "page",
    "read more",
    "read on",
    "see here",
    "see more",
    "this",
    "this document",
    "this link",
    "this page",
    "view",
    "web site",
    "website",
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for (index, marked) in passage.events.iter().enumerate() {
        let Event::Start(tag @ Tag::Link { dest_url, .. }) = &marked.event else { continue };
        if is_passage(tag) {
            continue;
        }
        let words = plain(&passage.events[index + 1..end_of(&passage.events, index)]);
        let key = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let message = if VAGUE.contains(&key.as_str()) {
            format!("“{words}” doesn't say where this link leads")
        } else if is_bare_address(&words) && !dest_url.starts_with("mailto:") {
            "this link is a bare web address, which a screen reader reads out letter by letter".to_owned()
        } else {
            continue;
        };
        let diagnostic = Diagnostic::new(RULE.code, message).at(passage.span(marked.range.clone()));
        found.push(
            diagnostic.help(format!("put the name of what it leads to between the brackets: [The name]({dest_url})")),
        );
    }
}

fn is_bare_address(words: &str) -> bool {
    let words = words.trim();
    let starts = ["http://", "https://", "www."].iter().any(|start| words.to_ascii_lowercase().starts_with(start));
    starts && !words.contains(char::is_whitespace)
}
