//! Mentions of footnotes that a text doesn't define itself.

use std::collections::HashSet;

use pulldown_cmark::{CowStr, Event, Options, Tag};

use super::{Marked, Parsed, with_options};
use crate::content::footnote::{FootnoteLabel, FootnoteLabels, candidates};

/// Parses a text with some options, given the footnotes that are defined elsewhere on its page.
///
/// pulldown-cmark takes `[^x]` for text where the text itself defines no such footnote, so that one that is defined elsewhere, or
/// nowhere, couldn't be told from brackets in code or behind a backslash. Such texts, which are few, are parsed again with a
/// definition of each put before them.
pub(super) fn parse<'a>(text: &'a str, options: Options, known: &FootnoteLabels) -> Parsed<'a> {
    let parsed = with_options(text, options);
    let mut mentioned = candidates(text).peekable();
    if mentioned.peek().is_none() {
        return parsed;
    }
    let here = defined(&parsed.events);
    let mut seen = here.clone();
    let missing: Vec<&str> = mentioned.filter(|typed| seen.insert(FootnoteLabel::new(typed))).collect();
    if missing.is_empty() {
        return parsed;
    }
    let mut whole: String = missing.iter().map(|typed| format!("[^{typed}]: .\n")).collect();
    // A rule ends the last definition, whatever the text begins with.
    whole.push_str("\n***\n\n");
    let before = whole.len();
    whole.push_str(text);
    let mut unresolved = Vec::new();
    let of_text = |Marked { event, range, attributes }: Marked<'_>| {
        let range = range.start.checked_sub(before)?..range.end - before;
        let event = match event {
            Event::Text(words) if *words == text[range.clone()] => Event::Text(CowStr::Borrowed(&text[range.clone()])),
            Event::FootnoteReference(typed) => {
                let label = FootnoteLabel::new(&typed);
                if here.contains(&label) || known.contains(&label) {
                    Event::FootnoteReference(typed.into_static())
                } else {
                    unresolved.push(range.clone());
                    Event::Text(CowStr::Borrowed(&text[range.clone()]))
                }
            }
            event => event.into_static(),
        };
        Some(Marked { event, range, attributes })
    };
    let events = with_options(&whole, options).events.into_iter().filter_map(of_text).collect();
    Parsed { events, unresolved, too_deep: parsed.too_deep }
}

/// The labels of the footnotes that some events define.
fn defined(events: &[Marked<'_>]) -> HashSet<FootnoteLabel> {
    let label = |marked: &Marked<'_>| match &marked.event {
        Event::Start(Tag::FootnoteDefinition(typed)) => Some(FootnoteLabel::new(typed)),
        _ => None,
    };
    events.iter().filter_map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{parse, plain};
    use super::*;

    #[test]
    fn a_footnote_that_is_defined_elsewhere_is_told_from_brackets() {
        let known = FootnoteLabels::from([FootnoteLabel::new("Law")]);
        let text = "a[^law] `[^law]` \\[^law] [^none] [x](y.md)";
        let Parsed { events, unresolved, .. } = parse(text, &known);
        let mentions = events.iter().filter(|marked| matches!(marked.event, Event::FootnoteReference(_)));
        assert_eq!(mentions.map(|marked| &text[marked.range.clone()]).collect::<Vec<_>>(), ["[^law]"]);
        assert_eq!(unresolved.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), ["[^none]"]);
        assert_eq!(plain(&events), "a [^law] [^law] [^none] x");
    }
}
