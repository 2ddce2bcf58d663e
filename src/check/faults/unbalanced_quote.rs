//! Quotation marks that are opened and never closed, closed and never opened, or of two kinds.

use super::characters::{characters, word_before, words_after};
use crate::check::passage::{Block, Kind, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::language;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "unbalanced-quote",
        severity: Severity::Warning,
        meaning: "A quotation mark has no partner in its paragraph, or one of another kind.",
    },
    guide: "Where a quotation mark is missing, readers can't tell whose words they read. “Like this\" is found too. Apostrophes, feet \
            and inches aren't quotation marks, and a quotation over several paragraphs may open each of them anew. Single marks are \
            looked at in English and Welsh.",
    look: Look::Passage(look),
};

/// Languages that close with the mark that opens.
const SAME: &[&str] = &["fi", "he", "sv"];

/// Words that begin with an apostrophe.
const CUT: &[&str] =
    &["bout", "cause", "cos", "em", "n", "neath", "til", "till", "tis", "twas", "twere", "ve", "ll", "r"];

/// So many characters on, nothing is looked for any more.
const FAR: usize = 2000;

/// One of the four kinds of quotation marks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Style {
    is_double: bool,
    is_curly: bool,
}

/// What a mark does where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    /// Either, from where it stands.
    Turns,
    /// It may be an apostrophe, and closes only what is open.
    Perhaps,
}

/// A mark that has no partner.
struct Lone {
    at: usize,
    mark: char,
    style: Style,
    turn: Turn,
    /// The mark of another kind that stands where its partner should.
    other: Option<char>,
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let primary = language::primary(passage.language).to_ascii_lowercase();
    if SAME.contains(&primary.as_str()) {
        return;
    }
    let has_singles = matches!(primary.as_str(), "en" | "cy");
    // A quotation over several paragraphs, or with a list in it.
    let mut around: Vec<Style> = Vec::new();
    for (index, block) in passage.blocks.iter().enumerate() {
        let next = passage.blocks.get(index + 1).map_or("", |next| next.text.trim_start());
        for lone in lone(block, has_singles) {
            let goes_on =
                next.starts_with(lone.mark) || block.text.trim_end().ends_with(':') || is_long(passage, index, &lone);
            match lone.turn {
                Turn::Opens if goes_on && lone.other.is_none() => around.push(lone.style),
                Turn::Closes if lone.other.is_none() && around.contains(&lone.style) => around.clear(),
                _ => found.push(finding(block, &lone)),
            }
        }
    }
}

/// Whether a mark opens a paragraph whose quotation ends with a later paragraph.
fn is_long(passage: &Passage<'_>, index: usize, lone: &Lone) -> bool {
    let close = if lone.mark == '“' { '”' } else { lone.mark };
    let later = passage.blocks[index + 1..].iter().take(5).take_while(|block| block.kind != Kind::Heading);
    lone.style.is_double
        && lone.at == 0
        && later.into_iter().any(|block| {
            let text = block.text.trim_end();
            text.ends_with(close)
                && text.matches(close).count()
                    > text.matches(lone.mark).count().saturating_sub(usize::from(close == lone.mark))
        })
}

fn finding(block: &Block<'_>, lone: &Lone) -> Diagnostic {
    let Lone { at, mark, turn, other, .. } = *lone;
    let span = block.span(at..at + mark.len_utf8());
    let words = words_after(&block.text, at);
    let (message, help) = match (other, turn) {
        (Some(other), _) => (
            format!("the quotation {words} begins with {mark} and ends with {other}"),
            format!("write {} instead of {other}, or {} instead of {mark}", partner(mark), partner(other)),
        ),
        (None, Turn::Closes) => (
            format!(
                "the quotation mark {mark} after “{}” closes a quotation that was never opened",
                word_before(&block.text, at)
            ),
            format!("write {} where the quotation begins, or delete {mark}", partner(mark)),
        ),
        (None, _) => (
            format!("the quotation that begins with {words} is never closed"),
            format!("write {} where the quotation ends, or delete {mark}", partner(mark)),
        ),
    };
    Diagnostic::new(RULE.code, message).at(span).help(help)
}

fn partner(mark: char) -> char {
    match mark {
        '“' => '”',
        '”' => '“',
        '‘' => '’',
        '’' => '‘',
        other => other,
    }
}

/// The marks of a block that have no partner.
fn lone(block: &Block<'_>, has_singles: bool) -> Vec<Lone> {
    let is_ditto = !block.text.contains(char::is_alphanumeric);
    if is_ditto || block.text.contains('„') {
        return Vec::new();
    }
    if !block.text.contains(['"', '\'', '“', '”', '‘', '’']) {
        return Vec::new();
    }
    let characters = characters(block);
    let mut open: Vec<Lone> = Vec::new();
    let mut lone: Vec<Lone> = Vec::new();
    for index in 0..characters.len() {
        let Some((style, turn)) = role(&characters, index, &open).filter(|(style, _)| style.is_double || has_singles)
        else {
            continue;
        };
        let (at, mark) = characters[index];
        let own = open.iter().rposition(|lone| lone.style == style);
        match (turn, own) {
            (Turn::Closes | Turn::Perhaps | Turn::Turns, Some(own)) => {
                open.remove(own);
            }
            (Turn::Opens | Turn::Turns, own) => {
                lone.extend(own.map(|own| open.remove(own)));
                open.push(Lone { at, mark, style, turn: Turn::Opens, other: None });
            }
            (turn, None) => match open.iter().rposition(|lone| turn == Turn::Closes && is_like(lone.style, style)) {
                Some(like) => lone.push(Lone { other: Some(mark), ..open.remove(like) }),
                None => lone.push(Lone { at, mark, style, turn, other: None }),
            },
        }
    }
    lone.extend(open);
    lone.sort_by_key(|lone| lone.at);
    paired(lone, &block.text)
}

/// Whether two kinds differ only in how they are drawn.
fn is_like(one: Style, other: Style) -> bool {
    one.is_double == other.is_double && one.is_curly != other.is_curly
}

/// Takes together what opens with one kind and closes with the other; what may be an apostrophe goes.
fn paired(lone: Vec<Lone>, text: &str) -> Vec<Lone> {
    let mut paired: Vec<Lone> = Vec::new();
    for next in lone {
        let partner = paired.last_mut().filter(|last| {
            last.turn == Turn::Opens
                && last.other.is_none()
                && is_like(last.style, next.style)
                && next.turn != Turn::Opens
        });
        match partner {
            Some(open) => open.other = Some(next.mark),
            None if next.turn == Turn::Perhaps => {}
            None => paired.push(next),
        }
    }
    let has_inches = text.as_bytes().windows(2).any(|two| two[0].is_ascii_digit() && two[1] == b'"');
    paired.retain(|lone| lone.other.is_some() || lone.mark != '"' || !has_inches);
    paired
}

/// What kind of quotation mark stands at an index and what it does there; none for an apostrophe or an inch.
fn role(characters: &[(usize, char)], index: usize, open: &[Lone]) -> Option<(Style, Turn)> {
    let at = |index: Option<usize>| index.and_then(|index| characters.get(index)).map_or(' ', |(_, c)| *c);
    let (before, mark, after) = (at(index.checked_sub(1)), characters[index].1, at(Some(index + 1)));
    let style = Style { is_double: matches!(mark, '“' | '”' | '"'), is_curly: !matches!(mark, '"' | '\'') };
    let is_open = open.iter().any(|lone| lone.style == style);
    let turn = match mark {
        '“' => Turn::Opens,
        '”' if before.is_ascii_digit() && !open.iter().any(|lone| lone.style.is_double) => return None,
        '”' => Turn::Closes,
        '"' if before.is_ascii_digit() && open.iter().all(|lone| !lone.style.is_double) => return None,
        '"' => straight(before, after),
        '‘' | '\'' | '’' if before.is_alphanumeric() && after.is_alphanumeric() => return None,
        '‘' if is_cut(characters, index) => return None,
        '‘' => Turn::Opens,
        '\'' if straight(before, after) == Turn::Opens && is_cut(characters, index) => return None,
        '\'' if straight(before, after) == Turn::Opens => Turn::Opens,
        '\'' | '’' if after.is_alphanumeric() || before.is_whitespace() => return None,
        '\'' | '’' if before.is_ascii_digit() && !open.iter().any(|lone| !lone.style.is_double) => return None,
        '\'' | '’' if is_possessive(characters, index) && !is_open => Turn::Perhaps,
        '\'' | '’' if is_possessive(characters, index) && closes_later(characters, index, mark) => return None,
        '\'' | '’' => Turn::Closes,
        _ => return None,
    };
    Some((style, turn))
}

/// What a straight mark does, from the characters around it.
fn straight(before: char, after: char) -> Turn {
    let opens = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '“' | '‘' | '"' | '\'');
    let closes = after.is_whitespace()
        || matches!(after, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '—' | '–' | '-' | '’' | '”' | '…');
    match (opens, closes) {
        (true, false) => Turn::Opens,
        (false, true) => Turn::Closes,
        _ => Turn::Turns,
    }
}

/// Whether an apostrophe stands for the first letters of a word or the century of a year.
fn is_cut(characters: &[(usize, char)], index: usize) -> bool {
    let rest = characters[index + 1..].iter().map(|(_, c)| *c);
    let word: String = rest.take(7).take_while(|c| c.is_alphanumeric()).collect();
    CUT.contains(&word.to_lowercase().as_str()) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether an apostrophe ends a plural ("councils’") or a word cut short ("o’", "doin’").
fn is_possessive(characters: &[(usize, char)], index: usize) -> bool {
    let letters = characters[..index].iter().rev().map(|(_, c)| *c);
    let word: String = letters.take(20).take_while(|c| c.is_alphabetic()).collect();
    let follows = characters.get(index + 1).is_some_and(|(_, c)| c.is_whitespace());
    let is_short = matches!(word.to_lowercase().as_str(), "o" | "n" | "na" | "lo") || word.starts_with("ni");
    word.starts_with(['s', 'S', 'x', 'z']) || follows && is_short
}

/// Whether another mark further on closes a quotation for certain, or again perhaps.
fn closes_later(characters: &[(usize, char)], index: usize, mark: char) -> bool {
    let rest = &characters[index + 1..characters.len().min(index + FAR)];
    let next_open = rest.windows(2).position(|two| two[0].1.is_whitespace() && matches!(two[1].1, '‘' | '\''));
    rest[..next_open.unwrap_or(rest.len())].iter().enumerate().any(|(offset, (_, c))| {
        let before = characters[index + offset].1;
        let after = rest.get(offset + 1).map_or(' ', |(_, c)| *c);
        *c == mark && !after.is_alphanumeric() && !before.is_whitespace()
    })
}
