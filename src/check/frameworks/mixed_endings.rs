//! Lists whose items don't end alike.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::passage::{Role, Written};
use crate::check::{Look, Rule};
use crate::content::markdown::{Marked, end_of, plain};
use crate::content::prose::Prose;
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::Subject;
use crate::text::{Span, Text};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "mixed-endings",
        severity: Severity::Warning,
        meaning: "One item of a list ends in another mark than the rest.",
    },
    guide: "In a list that is made with care, all items end alike: with a full stop, with a semicolon, or with nothing. An item is \
            found that ends otherwise than most of its list. The last item may end the sentence that the others are parts of, and \
            “; and” before it is fine. Items that end with a link, with code, with “?”, “!” or “:”, or with a list of their own \
            are left alone, and so are lists without a clear majority.",
    look: Look::Written(look),
};

/// How an item ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Stop,
    Semicolon,
    Comma,
    Nothing,
}

/// An item of a list.
struct Item {
    /// None where it says nothing of the others.
    ending: Option<Ending>,
    /// The last word with its mark.
    span: Span,
    word: String,
    is_lower: bool,
    is_long: bool,
}

fn look(written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    for passage in written.passages.iter().filter(|passage| matches!(passage.role, Role::Body | Role::Part)) {
        for (index, marked) in passage.events.iter().enumerate() {
            if matches!(marked.event, Event::Start(Tag::List(_))) {
                let inner = &passage.events[index + 1..end_of(&passage.events, index)];
                judge(&items(inner, passage.text), found);
            }
        }
    }
    let Subject::Item(framework, at) = written.subject else { return };
    for cell in &written.context.handbook.item(framework, at).cells {
        judge(&of_proses(cell.indicators.iter().map(|indicator| &indicator.text)), found);
        for indicator in &cell.indicators {
            judge(&of_proses(&indicator.examples), found);
        }
    }
}

fn of_proses<'a>(proses: impl IntoIterator<Item = &'a Prose>) -> Vec<Item> {
    let item = |prose: &'a Prose| item(&prose.plain_events(), &prose.text);
    proses.into_iter().filter_map(item).collect()
}

/// The items of a list, those of lists inside it left to themselves.
fn items(events: &[Marked<'_>], text: &Text) -> Vec<Item> {
    let mut items = Vec::new();
    let mut index = 0;
    while index < events.len() {
        let end = end_of(events, index).max(index);
        if matches!(events[index].event, Event::Start(Tag::Item)) {
            items.extend(item(&events[index + 1..end], text));
        }
        index = end + 1;
    }
    items
}

/// None of an item without words.
fn item(events: &[Marked<'_>], text: &Text) -> Option<Item> {
    let is_remark = |marked: &&Marked<'_>| {
        matches!(marked.event, Event::InlineHtml(_) | Event::Html(_) | Event::FootnoteReference(_))
    };
    let is_outer = |marked: &&Marked<'_>| {
        matches!(marked.event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) | Event::TaskListMarker(_))
    };
    let kept: Vec<_> = events.iter().filter(|marked| !is_remark(marked) && !is_outer(marked)).cloned().collect();
    let words = plain(&kept);
    let last =
        kept.iter().rev().find(|marked| !matches!(&marked.event, Event::Text(text) if text.trim().is_empty()))?;
    let range = last_word(text.as_str(), kept.first()?.range.start..last.range.end)?;
    let has_blocks = events.iter().filter(|marked| matches!(marked.event, Event::Start(Tag::Paragraph))).count() > 1
        || kept.iter().any(|marked| is_block(&marked.event));
    let is_apart = matches!(last.event, Event::Code(_) | Event::End(TagEnd::Link | TagEnd::Image));
    Some(Item {
        ending: if has_blocks || is_apart { None } else { ending(&words) },
        word: text.as_str()[range.clone()].to_owned(),
        span: text.span(range),
        is_lower: words.starts_with(char::is_lowercase),
        is_long: words.trim_end().trim_end_matches('.').contains(". "),
    })
}

fn is_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::Heading { .. }
        )
    )
}

fn last_word(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let whole = text.get(range.clone())?.trim_end();
    let start =
        whole.rfind(char::is_whitespace).map_or(0, |at| at + whole[at..].chars().next().map_or(1, char::len_utf8));
    (start < whole.len()).then(|| range.start + start..range.start + whole.len())
}

/// How words end; none where that says nothing.
fn ending(words: &str) -> Option<Ending> {
    let words = words.trim_end();
    // "…; and" before the last item.
    let joined = ["and", "or", "and/or", "then"].iter().find_map(|word| words.strip_suffix(word));
    if let Some(before) = joined.filter(|before| before.ends_with(char::is_whitespace)) {
        return mark(before.trim_end()).filter(|ending| matches!(ending, Ending::Comma | Ending::Semicolon));
    }
    let bare = words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '_']);
    let last = bare.rsplit(char::is_whitespace).next().unwrap_or_default();
    if is_abbreviation(last) || bare.ends_with("...") {
        return None;
    }
    // A stop inside quotation marks or brackets ends the item only where nothing else does.
    mark(if mark(words) == Some(Ending::Nothing) { bare } else { words })
}

fn mark(words: &str) -> Option<Ending> {
    match words.chars().next_back()? {
        '.' => Some(Ending::Stop),
        ';' => Some(Ending::Semicolon),
        ',' => Some(Ending::Comma),
        '?' | '!' | ':' | '…' | '–' | '—' | '-' => None,
        _ => Some(Ending::Nothing),
    }
}

/// "etc.", "p.m.", "U.K.": their stop is their own.
fn is_abbreviation(word: &str) -> bool {
    const OWN_STOP: &[&str] = &["co", "dr", "etc", "inc", "jr", "ltd", "no", "plc", "sr", "st", "vs"];
    let word = word.trim_start_matches(['(', '"', '“', '\'', '‘']);
    word.strip_suffix('.').is_some_and(|bare| {
        let has_own = OWN_STOP.contains(&bare.to_lowercase().as_str()) && bare != "no";
        has_own || bare.split('.').filter(|part| part.chars().count() <= 2).count() > 1
    })
}

/// Finds the odd ones among items of which most end alike.
fn judge(items: &[Item], found: &mut Vec<Diagnostic>) {
    let Some(style) = style(items) else { return };
    let last = items.len() - 1;
    let is_odd = |(index, item): &(usize, &Item)| match item.ending {
        Some(ending) if ending != style => !may_differ(item, ending, style, *index == last),
        _ => false,
    };
    let odd: Vec<&Item> = items.iter().enumerate().filter(is_odd).map(|(_, item)| item).collect();
    let alike = items.iter().filter(|item| item.ending == Some(style)).count();
    let Some(first) = odd.first().filter(|_| alike >= 2 * odd.len()) else { return };
    let message = format!("“{}” ends {}, but the other items of this list {}", first.word, own(first), others(style));
    let mut diagnostic = Diagnostic::new(RULE.code, message).at(first.span).help(help(first, style));
    for item in &odd[1..] {
        diagnostic = diagnostic.also(item.span, "this one too");
    }
    found.push(diagnostic);
}

/// How most items end; none where that isn't clear.
fn style(items: &[Item]) -> Option<Ending> {
    let count = |ending: Ending| items.iter().filter(|item| item.ending == Some(ending)).count();
    let all = [Ending::Stop, Ending::Semicolon, Ending::Comma, Ending::Nothing];
    let most = all.into_iter().max_by_key(|ending| count(*ending)).filter(|_| items.len() > 2)?;
    let certain = items.iter().enumerate().filter(|(index, item)| {
        let is_last = index + 1 == items.len();
        item.ending.is_some_and(|own| own == most || !may_differ(item, own, most, is_last))
    });
    let (many, certain) = (count(most), certain.count());
    (many >= 2 && many >= 2 * (certain - many)).then_some(most)
}

/// Whether an item may end otherwise than the rest.
fn may_differ(item: &Item, ending: Ending, style: Ending, is_last: bool) -> bool {
    match style {
        Ending::Comma | Ending::Semicolon => is_last && matches!(ending, Ending::Nothing | Ending::Stop),
        // Whoever writes two sentences has to end them.
        Ending::Nothing => ending == Ending::Stop && (item.is_long || (is_last && item.is_lower)),
        Ending::Stop => false,
    }
}

fn own(item: &Item) -> &'static str {
    match item.ending {
        Some(Ending::Stop) => "with a full stop",
        Some(Ending::Semicolon) => "with a semicolon",
        Some(Ending::Comma) => "with a comma",
        Some(Ending::Nothing) | None => "without a mark",
    }
}

fn others(style: Ending) -> &'static str {
    match style {
        Ending::Stop => "end with a full stop",
        Ending::Semicolon => "end with a semicolon",
        Ending::Comma => "end with a comma",
        Ending::Nothing => "end without one",
    }
}

fn help(item: &Item, style: Ending) -> String {
    let bare = item.word.trim_end_matches(['.', ';', ',']);
    match style {
        Ending::Stop => format!("end it with a full stop as well: “{bare}.”"),
        Ending::Semicolon => format!("end it with a semicolon as well: “{bare};”"),
        Ending::Comma => format!("end it with a comma as well: “{bare},”"),
        Ending::Nothing => format!("take the mark out: “{bare}”"),
    }
}
