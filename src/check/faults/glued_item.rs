//! Items of a list that are glued to the one before, so that they aren't items.

use super::characters::{characters, has_pair, line_starts, words_after};
use crate::check::passage::{Block, Kind, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::Subject;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "glued-item",
        severity: Severity::Warning,
        meaning: "An item of a list is glued to the text before it.",
    },
    guide: "Copying from a PDF runs items together: “… as agreed; (b) tell your manager”, “… records. 2. Keep them safe”, \
            “… kind • be fair”. Such an item has no number, no link and no place in search. Lettered parts of one sentence with \
            commas between them are fine. Put each item on a line of its own.",
    look: Look::Passage(look),
};

/// How a mark of an item is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// (b)
    Brackets,
    /// b)
    Bracket,
    /// 2.
    Stop,
}

/// The mark of an item within a text.
struct Mark {
    at: usize,
    end: usize,
    shape: Shape,
    /// 2 for "2", "b" and "ii".
    ordinals: Vec<usize>,
    is_number: bool,
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for block in &passage.blocks {
        if !matches!(block.kind, Kind::Paragraph | Kind::Item) {
            continue;
        }
        if let Some(at) = numbered(block).or_else(|| pointed(block)).or_else(|| chained(passage, block)) {
            found.push(finding(block, at));
        }
    }
}

fn finding(block: &Block<'_>, at: usize) -> Diagnostic {
    let words = words_after(&block.text, at);
    let rest = &block.text[at..];
    let end = at + rest.find(char::is_whitespace).unwrap_or(rest.len());
    let bare = words.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let line = match ordinal(block.before()) {
        _ if rest.starts_with(|c: char| c.is_ascii_digit()) => words.clone(),
        Some(own) if !rest.starts_with('(') => format!("{}. {bare}", own + 1),
        _ => format!("- {bare}"),
    };
    let message = format!("the item “{words}” is glued to the text before it");
    Diagnostic::new(RULE.code, message)
        .at(block.span(at..end))
        .help(format!("begin a new line with it, as an item of a list: {line}"))
        .help("leave a blank line before the first item of a list")
}

/// Where the first glued item with a number or a letter begins.
fn numbered(block: &Block<'_>) -> Option<usize> {
    let marks = marks(block);
    if marks.is_empty() {
        return None;
    }
    let starts = line_starts(block);
    let own = ordinal(block.before());
    marks.iter().enumerate().find_map(|(index, mark)| {
        let before = block.text[..mark.at].trim_end();
        if before.is_empty() {
            return None;
        }
        let previous = index.checked_sub(1).map(|previous| &marks[previous]);
        let goes_on = previous.is_some_and(|previous| follows(previous, mark));
        let begins = marks.get(index + 1).is_some_and(|next| follows(mark, next)) && mark.ordinals.contains(&1);
        let counts_on =
            mark.is_number && mark.shape == Shape::Stop && own.is_some_and(|own| mark.ordinals.contains(&(own + 1)));
        let is_line = starts.binary_search(&mark.at).is_ok();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let joined = before.strip_suffix(last).unwrap_or(before).trim_end();
        let is_joint = ["and", "or"].contains(&last) && joined.ends_with(';');
        let is_after_mark = before.ends_with([';', ':', '!', '?']) || before.ends_with('.') && !is_abbreviation(last);
        let is_capital = block.text[mark.end..].trim_start().starts_with(char::is_uppercase);
        let is_sure = is_after_mark || is_joint;
        let is_list = marks[0].at == 0;
        let is_item = match mark.shape {
            Shape::Stop if mark.is_number => {
                is_sure && (is_capital || goes_on || begins || counts_on || is_line || before.ends_with(';'))
                    || (goes_on && is_capital || counts_on) && !refers(last)
                    || is_line && (goes_on || begins)
            }
            Shape::Stop => (is_sure || is_line || is_list) && (goes_on || begins),
            Shape::Brackets | Shape::Bracket => is_sure || (is_line || is_list) && (goes_on || begins),
        };
        is_item.then_some(mark.at)
    })
}

/// The marks of items in a text: "(b)", "b)", "2)", "2.", "b.".
fn marks(block: &Block<'_>) -> Vec<Mark> {
    let text = &block.text;
    let mut marks = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        let written = word.trim_end();
        if depth == 0 {
            marks.extend(mark(written, start).filter(|mark| !block.is_apart(&(mark.at..mark.end))));
        }
        let opened = written.matches('(').count() + depth;
        depth = opened.saturating_sub(written.matches(')').count());
    }
    marks
}

fn mark(word: &str, at: usize) -> Option<Mark> {
    let (inner, shape, length) = if let Some(rest) = word.strip_prefix('(') {
        let inner = &rest[..rest.find(')')?];
        if inner.len() + 1 < rest.len() {
            return None;
        }
        (inner, Shape::Brackets, inner.len() + 2)
    } else if let Some(inner) = word.strip_suffix(')') {
        (inner, Shape::Bracket, word.len())
    } else {
        (word.strip_suffix('.')?, Shape::Stop, word.len())
    };
    let is_number = !inner.is_empty() && inner.len() <= 2 && inner.bytes().all(|byte| byte.is_ascii_digit());
    let ordinals = if is_number { inner.parse().into_iter().collect() } else { letters(inner) };
    (!ordinals.is_empty()).then_some(Mark { at, end: at + length, shape, ordinals, is_number })
}

/// What a letter or a small Roman number counts as: "i" is 9 as a letter and 1 as a number.
fn letters(inner: &str) -> Vec<usize> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let as_letter = match inner.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a') + 1),
        _ => None,
    };
    let as_roman = ROMAN.iter().position(|roman| *roman == inner).map(|index| index + 1);
    as_letter.into_iter().chain(as_roman).collect()
}

fn follows(first: &Mark, second: &Mark) -> bool {
    let counts = first.ordinals.iter().any(|ordinal| second.ordinals.contains(&(ordinal + 1)));
    counts && first.shape == second.shape && first.is_number == second.is_number
}

/// The number of the item that a line begins: 3 for "3. ".
fn ordinal(before: &str) -> Option<usize> {
    let mark = before.trim().trim_end_matches(['.', ')']);
    mark.parse().ok().filter(|number| *number < 1000)
}

fn is_abbreviation(word: &str) -> bool {
    let bare = word.trim_start_matches(['(', '“', '‘']).to_lowercase();
    [
        "art.", "c.", "cf.", "ch.", "cl.", "e.g.", "fig.", "i.e.", "no.", "nos.", "p.", "para.", "paras.", "pp.", "s.",
        "sec.", "vol.",
    ]
    .contains(&bare.as_str())
}

/// Whether a number after this word is said of it ("section 2.") rather than an item's.
fn refers(word: &str) -> bool {
    const BEFORE_NUMBERS: &[&str] = &[
        "and",
        "annex",
        "appendix",
        "article",
        "at",
        "band",
        "by",
        "chapter",
        "clause",
        "figure",
        "for",
        "from",
        "grade",
        "in",
        "is",
        "least",
        "level",
        "most",
        "no",
        "number",
        "of",
        "on",
        "only",
        "or",
        "over",
        "page",
        "paragraph",
        "part",
        "phase",
        "point",
        "principle",
        "rule",
        "schedule",
        "section",
        "stage",
        "standard",
        "step",
        "table",
        "than",
        "the",
        "tier",
        "to",
        "under",
        "value",
        "version",
        "was",
        "were",
        "with",
    ];
    BEFORE_NUMBERS.contains(&word.to_lowercase().as_str())
}

/// Where the first item with a bullet or a hyphen is glued on.
fn pointed(block: &Block<'_>) -> Option<usize> {
    const POINTS: [char; 8] = ['•', '‣', '■', '▪', '►', '●', '◦', '➢'];
    let is_point = |one: u8, other: u8| matches!(one, b'-' | b'*') && !other.is_ascii_alphanumeric();
    if !block.text.contains(POINTS) && !block.text.contains('·') && !has_pair(&block.text, is_point) {
        return None;
    }
    let characters = characters(block);
    let begin = block.text.len() - block.text.trim_start().len();
    let mut hyphens = Vec::new();
    for (index, three) in characters.windows(3).enumerate() {
        let [(_, before), (at, c), (_, after)] = *three else { continue };
        let is_apart = before.is_whitespace() || POINTS.contains(&c) && matches!(before, ';' | ':' | '.' | ',');
        if !is_apart || at <= begin || !(POINTS.contains(&c) || matches!(c, '·' | '-' | '*')) {
            continue;
        }
        let is_break = || block.written(at - before.len_utf8()..at).contains('\n');
        if POINTS.contains(&c) && (after.is_whitespace() || after.is_alphabetic()) && !is_break() {
            return Some(at);
        }
        let last = block.text[..at].trim_end().chars().next_back().unwrap_or_default();
        let next = characters.get(index + 3).map_or(' ', |(_, c)| *c);
        if c == '·' && after.is_whitespace() && matches!(last, ';' | ':' | '.') {
            return Some(at);
        }
        if matches!(c, '-' | '*') && after.is_whitespace() && next.is_alphabetic() {
            hyphens.push((at, last));
        }
    }
    let (first, last) = *hyphens.first()?;
    let sure = hyphens.iter().find(|(_, last)| matches!(last, ';' | ':'));
    let is_chain = hyphens.len() > 2 && !block.text[first..].trim_end_matches('.').contains(". ");
    let is_run = hyphens.len() > 1 && matches!(last, '.' | ',');
    sure.map(|(at, _)| *at).or((is_chain || is_run).then_some(first))
}

/// Where the second part begins of an item in a code of conduct that has three or more parts with semicolons between them.
fn chained(passage: &Passage<'_>, block: &Block<'_>) -> Option<usize> {
    const MOST_WORDS: usize = 15;
    let Subject::Page(page) = passage.subject else { return None };
    let document = passage.context.handbook.pages[page].document.as_ref()?;
    document.front.numbered.flatten()?;
    ordinal(block.before())?;
    let parts: Vec<&str> = block.text.trim_end_matches([';', '.', ' ']).split("; ").collect();
    let is_short = |part: &&str| part.split_whitespace().count() <= MOST_WORDS && !part.contains(". ");
    let goes_on = parts[1..].iter().all(|part| part.starts_with(char::is_lowercase));
    (parts.len() > 2 && goes_on && parts.iter().all(is_short)).then(|| parts[0].len() + 2)
}
