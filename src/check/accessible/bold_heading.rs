//! Bold lines that are meant as headings.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::passage::{Passage, Role};
use crate::check::{Look, Rule};
use crate::content::markdown::{Marked, end_of, plain};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "bold-heading",
        severity: Severity::Warning,
        meaning: "A line in bold stands where a heading should.",
    },
    guide: "A bold line looks like a heading and isn't one: it is missing from the page's contents, nobody can link to it, and screen \
            readers don't stop there. A short paragraph is found that is wholly bold, has no full stop and has text after it. Bold words \
            at the beginning of a paragraph, whole bold sentences and warnings are fine. Write it as a heading: `## …`.",
    look: Look::Passage(look),
};

/// Longer lines are sentences without a full stop.
const MOST_WORDS: usize = 12;
const MOST_LETTERS: usize = 90;

/// How a bold line begins that warns or asks, and is no heading.
const WARNINGS: &[&str] = &[
    "always ",
    "call ",
    "caution",
    "danger",
    "do not ",
    "don't ",
    "don’t ",
    "email ",
    "if you ",
    "important",
    "in an emergency",
    "never ",
    "note",
    "phone ",
    "please ",
    "remember",
    "reminder",
    "ring ",
    "stop",
    "warning",
];

/// How what stands above a table or an image is numbered.
const CAPTIONS: &[&str] = &["chart ", "fig ", "fig. ", "figure ", "table "];

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if matches!(passage.role, Role::Indicator(..) | Role::Line) {
        return;
    }
    let events = &passage.events;
    let mut depth = None;
    let mut index = 0;
    while index < events.len() {
        let end = end_of(events, index);
        match &events[index].event {
            Event::Start(Tag::Heading { level, .. }) => depth = Some(*level as usize),
            Event::Start(Tag::Paragraph) if has_text_after(&events[end + 1..]) => {
                let words = bold(&events[index + 1..end]).filter(|words| is_heading(words));
                found.extend(words.map(|words| {
                    let signs = "#".repeat(depth.map_or(2, |depth| depth + 1).clamp(2, 6));
                    let title = words.trim_end_matches(':');
                    Diagnostic::new(RULE.code, format!("“{title}” looks like a heading and is only bold"))
                        .at(passage.span(events[index].range.clone()))
                        .help(format!("write it as a heading: {signs} {title}"))
                }));
            }
            _ => {}
        }
        index = end + 1;
    }
}

/// Whether text follows that the line could be a heading of.
fn has_text_after(after: &[Marked<'_>]) -> bool {
    use Tag::{BlockQuote, CodeBlock, DefinitionList, List, Paragraph, Table};
    let Some(Event::Start(tag)) = after.first().map(|marked| &marked.event) else { return false };
    matches!(tag, BlockQuote(_) | CodeBlock(_) | DefinitionList | List(_) | Paragraph | Table(_))
}

/// The words of a paragraph that is one bold line. None where it isn't.
fn bold(inner: &[Marked<'_>]) -> Option<String> {
    let mut strong = 0usize;
    let mut is_bold = false;
    for marked in inner {
        match &marked.event {
            Event::Start(Tag::Strong) => strong += 1,
            Event::End(TagEnd::Strong) => strong = strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => {}
            Event::Text(words) | Event::Code(words) if strong > 0 => is_bold |= !words.trim().is_empty(),
            Event::Text(words) if words.trim().is_empty() || words.trim() == ":" => {}
            _ => return None,
        }
    }
    is_bold.then(|| plain(inner))
}

fn is_heading(words: &str) -> bool {
    let small = words.to_lowercase();
    let count = words.split_whitespace().count();
    let is_short = count <= MOST_WORDS && words.chars().count() <= MOST_LETTERS;
    let ends_as_sentence = words.ends_with(['.', '!', '…', ';', ',']);
    let begins = |list: &[&str]| list.iter().any(|start| small.starts_with(start));
    let is_place = words.contains(['@', '/']) || words.chars().filter(char::is_ascii_digit).count() >= 5;
    let has_letter = words.contains(char::is_alphabetic);
    is_short
        && !ends_as_sentence
        && has_letter
        && !is_place
        && !is_date(&small)
        && !begins(WARNINGS)
        && !begins(CAPTIONS)
}

fn is_date(small: &str) -> bool {
    let parts: Vec<_> = small.split_whitespace().collect();
    matches!(parts[..], [.., month, year] if MONTHS.contains(&month) && year.bytes().all(|byte| byte.is_ascii_digit()))
}
