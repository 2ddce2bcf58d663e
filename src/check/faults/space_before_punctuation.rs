//! A space before a comma or a full stop, or inside brackets.

use super::characters::{and_more, characters, has_pair, word_after, word_before};
use crate::check::passage::{Block, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::language;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "space-before-punctuation",
        severity: Severity::Warning,
        meaning: "A space stands before a punctuation mark, or just inside a bracket.",
    },
    guide: "A space before a comma or a full stop lets the mark slip to the next line, and often shows where words were taken out. \
            “ …”, “ –”, “.gov”, “.5” and smileys are fine, and so are texts in French, where some marks have a space. Delete the \
            space.",
    look: Look::Passage(look),
};

/// Languages that put a space before some marks.
const SPACED: &[&str] = &["br", "fr"];

/// Such a space: the mark and the space, and which of them comes first.
struct Gap {
    start: usize,
    end: usize,
    mark: char,
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if SPACED.contains(&language::primary(passage.language).to_ascii_lowercase().as_str()) {
        return;
    }
    for block in &passage.blocks {
        let gaps = gaps(block);
        let Some(gap) = gaps.first() else { continue };
        found.push(finding(block, gap, gaps.len()));
    }
}

fn finding(block: &Block<'_>, gap: &Gap, count: usize) -> Diagnostic {
    let mark = gap.mark;
    let (place, mended) = if mark == '(' {
        (format!("a space after “{mark}”"), format!("({}", word_after(&block.text, gap.end)))
    } else {
        let before = word_before(&block.text, gap.start);
        (format!("a space between “{before}” and “{mark}”"), format!("{before}{mark}"))
    };
    let rest = &block.text[gap.end..];
    let is_lost = mark == '?' && rest.trim_start().starts_with(char::is_lowercase);
    let diagnostic = Diagnostic::new(RULE.code, format!("{place}{}", and_more(count)))
        .at(block.span(gap.start..gap.end))
        .help(format!("delete the space: {mended}"));
    if is_lost {
        diagnostic.help("or, where copying has put “?” in place of a dash, write – instead")
    } else {
        diagnostic
    }
}

fn gaps(block: &Block<'_>) -> Vec<Gap> {
    let is_gap = |one: u8, other: u8| {
        (one == b' ' && !other.is_ascii_alphanumeric()) || (other == b' ' && matches!(one, b'(' | b'['))
    };
    if !has_pair(&block.text, is_gap) {
        return Vec::new();
    }
    let characters = characters(block);
    let at = |index: Option<usize>| index.and_then(|index| characters.get(index)).map(|(_, c)| *c);
    let mut gaps = Vec::new();
    for (index, (start, c)) in characters.iter().enumerate() {
        let before = at(index.checked_sub(1)).filter(|before| *c == ' ' && *before != ' ');
        let Some(before) = before else { continue };
        let length = characters[index..].iter().take_while(|(_, c)| *c == ' ').count();
        let Some(next) = at(Some(index + length)) else { continue };
        let (next_start, after) = (start + length, at(Some(index + length + 1)));
        let gap = if before == '(' && (next.is_alphanumeric() || matches!(next, '“' | '‘' | '"')) {
            Gap { start: *start, end: next_start, mark: before }
        } else if is_slip(&block.text[..*start], before, next, after, at(Some(index + length + 2))) {
            Gap { start: *start, end: next_start + 1, mark: next }
        } else {
            continue;
        };
        if block.written(gap.start..gap.end) == &block.text[gap.start..gap.end] {
            gaps.push(gap);
        }
    }
    gaps
}

/// Whether a mark that follows a space is a slip, from what stands around it.
fn is_slip(text: &str, before: char, mark: char, after: Option<char>, second: Option<char>) -> bool {
    let ends_word = before.is_alphanumeric() || matches!(before, ')' | ']' | '”' | '’' | '"' | '\'' | '%');
    if !ends_word || is_list_mark(text, mark) {
        return false;
    }
    let is_end = after.is_none_or(|after| after.is_whitespace() || matches!(after, '”' | '’' | '"' | '\'' | ')' | ']'));
    match mark {
        ',' => after.is_none_or(|after| after != ',' && !after.is_ascii_digit()),
        '.' => is_end && !(after == Some(' ') && second == Some('.')),
        ':' => after.is_none_or(char::is_whitespace) && !(before.is_ascii_digit() && is_digit(second)),
        ';' => after.is_none_or(char::is_whitespace),
        '!' | '?' => is_end,
        ')' => true,
        _ => false,
    }
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// "1 ." or "a )" at the start numbers an item.
fn is_list_mark(text: &str, mark: char) -> bool {
    matches!(mark, '.' | ')') && text.trim().len() <= 2
}
