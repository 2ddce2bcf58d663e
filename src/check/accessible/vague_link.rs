//! Links whose words don't say where they lead.

use super::links::{Link, links, title};
use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::text::Span;
use crate::words::slug::is_apostrophe;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code { name: "vague-link", severity: Severity::Warning, meaning: "A link's words don't say where it leads." },
    guide: "Screen readers can read out all links of a page one after the other, and eyes that skim see little else. “Click here” \
            and “read more” say nothing there, and a bare web address is read out letter by letter. Let the link's words \
            name the page that it leads to.",
    look: Look::Passage(look),
};

/// Words that say nothing about a link's end, however they are put together.
const VAGUE: &[&str] = &[
    "a",
    "about",
    "above",
    "all",
    "an",
    "and",
    "article",
    "attached",
    "attachment",
    "below",
    "button",
    "can",
    "check",
    "click",
    "clicking",
    "continue",
    "detail",
    "details",
    "discover",
    "document",
    "download",
    "explore",
    "file",
    "find",
    "follow",
    "following",
    "for",
    "from",
    "full",
    "further",
    "get",
    "go",
    "have",
    "here",
    "heres",
    "how",
    "info",
    "information",
    "is",
    "it",
    "learn",
    "link",
    "links",
    "look",
    "more",
    "now",
    "of",
    "on",
    "one",
    "open",
    "our",
    "out",
    "page",
    "pdf",
    "please",
    "press",
    "read",
    "reading",
    "see",
    "select",
    "site",
    "story",
    "take",
    "tap",
    "that",
    "the",
    "these",
    "this",
    "to",
    "url",
    "using",
    "view",
    "visit",
    "we",
    "web",
    "webpage",
    "website",
    "you",
];

/// Of these, words that may be a name when they stand alone: “Open” is many a council's value.
const NAMES: &[&str] =
    &["about", "discover", "explore", "information", "learn", "open", "our", "reading", "select", "we"];

/// Of these, words that tell something, unless another only points: “how we learn” does, “how we do it: click here” doesn't.
const TELLING: &[&str] = &["about", "discover", "explore", "have", "how", "our", "story", "we", "you"];

/// Words that only point.
const POINTING: &[&str] = &[
    "click", "clicking", "details", "further", "here", "heres", "info", "link", "links", "more", "page", "press",
    "tap", "that", "these", "this", "webpage", "website",
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let links = links(passage);
    found.extend(bare_addresses(passage, &links));
    for link in links {
        let words = &link.words;
        let message = if words.is_empty() {
            "this link has no words, so that nobody hears where it leads".to_owned()
        } else if is_vague(words) && !is_title(passage, &link) {
            format!("“{words}” doesn't say where this link leads")
        } else if is_bare_address(words) && !link.destination.starts_with("mailto:") {
            "this link is a bare web address, which a screen reader reads out letter by letter".to_owned()
        } else {
            continue;
        };
        let diagnostic = Diagnostic::new(RULE.code, message).at(passage.span(link.range.clone()));
        found.push(diagnostic.help(mended(passage, &link)));
    }
}

/// Addresses that stand in the text and are no links.
fn bare_addresses(passage: &Passage<'_>, links: &[Link]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let around = Around::of(passage, links);
    for block in &passage.blocks {
        let mut read = 0;
        for (at, _) in block.text.match_indices("http") {
            if at < read {
                continue;
            }
            let rest = &block.text[at..];
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | ')'))
                .unwrap_or(rest.len());
            read = at + end;
            let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
            let range = at..at + address.len();
            let is_word = !block.text[..at].ends_with(char::is_alphanumeric);
            if !is_word || !is_bare_address(address) || !address.contains("://") || block.is_apart(&range) {
                continue;
            }
            let span = block.span(range);
            if !around.hold(span) {
                let message = "this web address is no link, and a screen reader reads it out letter by letter";
                let help = format!("make it a link that says where it leads: [The name]({address})");
                found.push(Diagnostic::new(RULE.code, message).at(span).help(help));
            }
        }
    }
    found
}

/// The places of links, to tell whether something stands in one.
struct Around {
    /// Where each begins, and the furthest end of any up to it, in order.
    spans: Vec<(u32, u32)>,
}

impl Around {
    fn of(passage: &Passage<'_>, links: &[Link]) -> Self {
        let mut spans: Vec<_> = links.iter().map(|link| passage.span(link.range.clone())).collect();
        spans.sort_by_key(|span| span.start);
        let furthest = |end: &mut u32, span: &Span| {
            *end = span.end.max(*end);
            Some((span.start, *end))
        };
        Self { spans: spans.iter().scan(0, furthest).collect() }
    }

    fn hold(&self, span: Span) -> bool {
        let before = self.spans.partition_point(|(start, _)| *start <= span.start);
        before > 0 && span.end <= self.spans[before - 1].1
    }
}

/// Whether the words are the title of what the link leads to, which may be as short as it likes.
fn is_title(passage: &Passage<'_>, link: &Link) -> bool {
    title(passage, link).is_some_and(|title| title.to_lowercase() == link.words.to_lowercase())
}

/// Whether the words of a link say nothing about its end.
pub fn is_vague(words: &str) -> bool {
    let plain: String = words.chars().filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase).collect();
    let mut parts = plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).peekable();
    let is_said = parts.peek().is_some();
    let parts: Vec<_> = parts.collect();
    let is_name = matches!(parts[..], [one] if NAMES.contains(&one));
    let are = |words: &[&str]| parts.iter().any(|part| words.contains(part));
    is_said && !is_name && parts.iter().all(|part| VAGUE.contains(part)) && (!are(TELLING) || are(POINTING))
}

fn mended(passage: &Passage<'_>, link: &Link) -> String {
    let name = title(passage, link).filter(|title| !is_vague(title)).unwrap_or("The name");
    let destination = &link.destination;
    match link.is_html {
        true => format!("put the name of what it leads to between its tags: <a href=\"{destination}\">{name}</a>"),
        false => format!("put the name of what it leads to between the brackets: [{name}]({destination})"),
    }
}

fn is_bare_address(words: &str) -> bool {
    let starts = ["http://", "https://", "www."].iter().any(|start| words.to_ascii_lowercase().starts_with(start));
    starts && !words.contains(char::is_whitespace)
}
