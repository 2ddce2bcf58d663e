//! Bullets that were pasted as characters, and make no list.

use super::characters::line_starts;
use crate::check::passage::{Block, Kind, Passage, Role};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "word-bullet",
        severity: Severity::Warning,
        meaning: "A line begins with a bullet that was pasted as a character, and makes no list.",
    },
    guide: "A bullet copied from Word (“•”, “·”, “o”, “§”, “Ø”) is only a character: lines run together into one paragraph, and \
            screen readers don't say that there is a list. Begin each line with “- ” instead. Indicators and titles need no bullet \
            at all. Lines that follow each other make one finding.",
    look: Look::Passage(look),
};

/// Characters that are nothing but bullets at the start of a line.
const BULLETS: &[char] =
    &['·', '•', '‣', '⁃', '∙', '■', '▪', '▫', '►', '▶', '●', '◆', '◘', '◦', '❖', '➔', '➢', '➤', '⮚'];

/// Characters that Word's fonts draw as bullets, and that are something else as well.
const DRAWN: &[char] = &['o', 'q', 'v', '§', 'Ø', 'ü', 'Ÿ'];

/// A line that begins with a bullet.
struct Line {
    at: usize,
    mark: char,
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(finding) = listed(passage) {
        found.push(finding);
        return;
    }
    let mut run: Option<(&Block<'_>, Line, usize)> = None;
    for (index, block) in passage.blocks.iter().enumerate() {
        let lines = lines(passage, index);
        let count = lines.len();
        let Some(first) = lines.into_iter().next() else {
            found.extend(run.take().map(|run| finding(passage, run)));
            continue;
        };
        match &mut run {
            Some((last, line, total)) if first.at == 0 && (last.kind, line.mark) == (block.kind, first.mark) => {
                *total += count;
            }
            _ => {
                found.extend(run.take().map(|run| finding(passage, run)));
                run = Some((block, first, count));
            }
        }
    }
    found.extend(run.map(|run| finding(passage, run)));
}

/// An indicator or a title that begins with the mark of a list.
fn listed(passage: &Passage<'_>) -> Option<Diagnostic> {
    let text = passage.text.as_str();
    let is_alone = matches!(passage.role, Role::Indicator(..) | Role::Line);
    let mark = text.chars().next().filter(|c| is_alone && matches!(c, '-' | '*' | '–'))?;
    let after = &text[mark.len_utf8()..];
    after.starts_with([' ', '\t']).then(|| {
        Diagnostic::new(RULE.code, format!("“{mark}” at the start of “{}” is a bullet too many", short(after)))
            .at(passage.text.span(0..mark.len_utf8()))
            .help("delete it, and the space behind it")
    })
}

fn finding(passage: &Passage<'_>, (block, line, count): (&Block<'_>, Line, usize)) -> Diagnostic {
    let Line { at, mark } = line;
    let end = at + mark.len_utf8();
    let next = line_starts(block).into_iter().find(|start| *start > at);
    let words = short(&block.text[end..next.unwrap_or(block.text.len())]);
    let message = match count {
        1 => format!("“{mark}” before “{words}” is a bullet that makes no list"),
        _ => format!("{count} lines begin with a bullet that makes no list, such as “{mark}” before “{words}”"),
    };
    let help = match passage.role {
        Role::Indicator(..) | Role::Line => "delete it, and the space behind it".to_owned(),
        _ if block.kind == Kind::Heading => "delete it, and the space behind it".to_owned(),
        _ if block.kind == Kind::Item && at == 0 => "delete it: the line is an item of a list already".to_owned(),
        _ => format!("begin the line with “- ” instead, a blank line before the first such line: - {words}"),
    };
    Diagnostic::new(RULE.code, message).at(block.span(at..end)).help(help)
}

fn short(text: &str) -> String {
    super::characters::words_after(text, 0)
}

/// The lines of a block that begin with a bullet.
fn lines(passage: &Passage<'_>, index: usize) -> Vec<Line> {
    let block = &passage.blocks[index];
    let mut lines = Vec::new();
    if matches!(block.kind, Kind::Cell(_) | Kind::Image) {
        return lines;
    }
    let starts = line_starts(block);
    let dashes = starts.iter().filter(|at| is_dash(&block.text[**at..])).count();
    let mut beside =
        [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|at| passage.blocks.get(at));
    let last_word = block.text.char_indices().rev().find(|(_, c)| c.is_alphanumeric()).map(|(at, _)| at);
    let are_dashed = dashes == starts.len() && (dashes > 1 || beside.any(|block| is_dash(&block.text)));
    for at in starts {
        let rest = &block.text[at..];
        let Some(mark) = rest.chars().next() else { continue };
        let behind = &rest[mark.len_utf8()..];
        let is_fresh = at == 0 || block.text[..at].trim_end().ends_with([':', ';', '.', ',']) || !lines.is_empty();
        let is_wide = behind.starts_with(['\t', '\u{a0}']) || behind.starts_with("  ");
        let is_bullet = is_bullet(rest, mark)
            || is_drawn(rest, mark) && is_fresh && (passage.is_english() || mark == '§')
            || is_dash(rest) && (are_dashed || is_wide)
            || at == 0 && matches!(mark, '-' | '*') && behind.starts_with([' ', '\t']);
        let has_words = last_word.is_some_and(|last| last >= at);
        if is_bullet && has_words && !block.is_apart(&(at..at + mark.len_utf8())) {
            lines.push(Line { at, mark });
        }
    }
    lines
}

/// Whether a line begins with a character that is a bullet and nothing else.
fn is_bullet(rest: &str, mark: char) -> bool {
    let next = rest.chars().nth(1).unwrap_or_default();
    BULLETS.contains(&mark) && (next.is_whitespace() || matches!(mark, '•' | '·' | '▪') && next.is_alphabetic())
}

/// Whether a line begins with a letter or sign that only a font of Word makes a bullet: alone before a word.
fn is_drawn(rest: &str, mark: char) -> bool {
    if !DRAWN.contains(&mark) {
        return false;
    }
    let behind = &rest[mark.len_utf8()..];
    let word = behind.trim_start();
    let is_apart = behind.starts_with([' ', '\t', '\u{a0}']);
    let is_word = word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '‘' | '"' | '('));
    let is_list = word.split(' ').next().is_some_and(|first| ["and", "or", "is", "vs"].contains(&first));
    is_apart && is_word && !is_list
}

fn is_dash(rest: &str) -> bool {
    rest.starts_with(['–', '—']) && rest.chars().nth(1).is_some_and(char::is_whitespace)
}
