//! Characters that nobody sees, and that break words, searches and links.

use super::characters::{stretches, word_after, word_before};
use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "invisible-character",
        severity: Severity::Warning,
        meaning: "A character that can't be seen stands in the text.",
    },
    guide: "A zero-width space or a soft hyphen comes with copying from a web page or a PDF. Nobody sees it, but the word isn't \
            found by search any more and screen readers stumble over it. Where a script or an emoji needs such a character it is \
            left alone, and so are non-breaking spaces. Delete it, or write the word anew.",
    look: Look::Passage(look),
};

/// What can't be seen, in words.
const NAMED: &[(char, &str)] = &[
    ('\u{b}', "an invisible line break from Word"),
    ('\u{c}', "an invisible page break"),
    ('\u{7f}', "an invisible control character"),
    ('\u{ad}', "an invisible soft hyphen"),
    ('\u{34f}', "an invisible joiner"),
    ('\u{61c}', "an invisible mark of writing direction"),
    ('\u{180e}', "an invisible vowel separator"),
    ('\u{200b}', "an invisible zero-width space"),
    ('\u{200c}', "an invisible zero-width non-joiner"),
    ('\u{200d}', "an invisible zero-width joiner"),
    ('\u{2028}', "an invisible line separator"),
    ('\u{2029}', "an invisible paragraph separator"),
    ('\u{2060}', "an invisible word joiner"),
    ('\u{3164}', "an invisible filler"),
    ('\u{feff}', "an invisible byte order mark"),
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let text = passage.text.as_str();
    if !text.contains(|c| name(c).is_some()) {
        return;
    }
    let has_right_to_left = text.contains(is_right_to_left);
    for stretch in stretches(text) {
        let characters: Vec<_> = text[stretch.clone()].char_indices().collect();
        let mut hidden = (0..characters.len()).filter_map(|index| {
            let (at, c) = characters[index];
            let before = index.checked_sub(1).map(|before| characters[before].1);
            let after = characters.get(index + 1).map(|(_, after)| *after);
            let is_meant = has_right_to_left && is_direction(c) || is_needed(c, before, after);
            name(c).filter(|_| !is_meant).map(|name| (stretch.start + at, c, name))
        });
        if let Some((at, c, name)) = hidden.next() {
            found.push(finding(passage, at, c, name, hidden.count()));
        }
    }
}

fn finding(passage: &Passage<'_>, at: usize, c: char, name: &str, others: usize) -> Diagnostic {
    let text = passage.text.as_str();
    let end = at + c.len_utf8();
    let before = visible(last_part(word_before(text, at)));
    let after = visible(first_part(word_after(text, end)));
    let place = match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("between “{before}” and “{after}”"),
        (false, true) => format!("after “{before}”"),
        (true, false) => format!("before “{after}”"),
        (true, true) => "here".to_owned(),
    };
    let more = match others {
        0 => String::new(),
        1 => ", and one more in the same paragraph".to_owned(),
        _ => format!(", and {others} more in the same paragraph"),
    };
    let is_joined = !text[..at].ends_with(char::is_whitespace) && !text[end..].starts_with(char::is_whitespace);
    let help = if is_space(c) || matches!(c, '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}') {
        format!("write an ordinary space or a new line instead: {before} {after}")
    } else if is_joined && !before.is_empty() && !after.is_empty() {
        format!("delete this stretch and write it anew: {before}{after}")
    } else {
        "delete it, and if need be the letters beside it, and write them anew".to_owned()
    };
    Diagnostic::new(RULE.code, format!("{name} {place}{more}")).at(passage.text.span(at..end)).help(help)
}

/// What can't be seen, in words, or nothing of a character that is seen.
fn name(c: char) -> Option<&'static str> {
    if matches!(c, ' '..='~') {
        return None;
    }
    if let Ok(index) = NAMED.binary_search_by_key(&c, |(named, _)| *named) {
        return Some(NAMED[index].1);
    }
    match c {
        '\t' | '\n' | '\r' => None,
        '\0'..='\u{1f}' => Some("an invisible control character"),
        '\u{fff9}'..='\u{fffb}' | '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' => Some("an invisible mark"),
        _ if is_direction(c) => Some("an invisible mark of writing direction"),
        _ if is_space(c) => Some("an unusual space"),
        _ => None,
    }
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Spaces of printers; those that hold a number and its unit together are fine everywhere.
fn is_space(c: char) -> bool {
    matches!(c, '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && c != '\u{61c}'
}

/// Whether a character is needed where it stands: joiners in scripts and emoji, spaces that aren't between letters.
fn is_needed(c: char, before: Option<char>, after: Option<char>) -> bool {
    let around = [before, after];
    if is_space(c) {
        return !around.iter().all(|c| c.is_some_and(char::is_alphabetic))
            || around.into_iter().flatten().any(is_scripted);
    }
    let is_joining = matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}');
    let is_emoji = c == '\u{200d}' && before.is_some_and(is_pictured) && after.is_some_and(is_pictured);
    is_emoji || is_joining && around.into_iter().flatten().any(is_scripted)
}

/// Letters of scripts whose words need joiners, or have no spaces between them.
fn is_scripted(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{18af}' | '\u{3040}'..='\u{9fff}' | '\u{a800}'..='\u{abff}' | '\u{fb1d}'..='\u{fefc}')
}

fn is_pictured(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// A word's part behind the last thing that can't be seen.
fn last_part(word: &str) -> &str {
    word.rsplit(|c| name(c).is_some()).find(|part| !part.is_empty()).unwrap_or_default()
}

/// A word's part before the first thing that can't be seen.
fn first_part(word: &str) -> &str {
    word.split(|c| name(c).is_some()).find(|part| !part.is_empty()).unwrap_or_default()
}

/// A word without the marks of Markdown around it.
fn visible(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '*' | '_' | '#' | '`'))
}
