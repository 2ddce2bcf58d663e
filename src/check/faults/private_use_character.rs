//! Characters that only a certain font can show, such as the bullets of Word.

use super::characters::{and_more, stretches, word_after};
use crate::check::passage::{Passage, Role};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "private-use-character",
        severity: Severity::Warning,
        meaning: "A character has no meaning of its own and shows only in the font of the document that it was copied from.",
    },
    guide: "Word draws bullets, ticks and arrows with fonts of its own. Copied, they become an empty box, and screen readers say \
            nothing or nonsense. Write the character that was meant; for a bullet, make a list with “- ”.",
    look: Look::Passage(look),
};

/// What Word's fonts Symbol and Wingdings draw, and the character that shows everywhere.
const DRAWN: &[(char, &str, &str)] = &[
    ('\u{f020}', "a space", " "),
    ('\u{f02d}', "a minus", "−"),
    ('\u{f04a}', "a smiling face", "☺"),
    ('\u{f0a3}', "a “less or equal”", "≤"),
    ('\u{f0ae}', "an arrow", "→"),
    ('\u{f0b0}', "a degree sign", "°"),
    ('\u{f0b1}', "a “plus or minus”", "±"),
    ('\u{f0b3}', "a “greater or equal”", "≥"),
    ('\u{f0b4}', "a multiplication sign", "×"),
    ('\u{f0e0}', "an arrow", "→"),
    ('\u{f0e8}', "an arrow", "→"),
    ('\u{f0f0}', "an arrow", "→"),
    ('\u{f0fb}', "a cross", "✗"),
    ('\u{f0fc}', "a tick", "✓"),
    ('\u{f0fd}', "a crossed box", "☒"),
    ('\u{f0fe}', "a ticked box", "☑"),
];

/// What Word's fonts draw as bullets.
const BULLETS: &[char] = &[
    '\u{f02d}', '\u{f06c}', '\u{f06e}', '\u{f06f}', '\u{f071}', '\u{f075}', '\u{f076}', '\u{f09f}', '\u{f0a7}',
    '\u{f0a8}', '\u{f0b7}', '\u{f0d8}', '\u{f0fc}',
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let text = passage.text.as_str();
    if !text.contains(is_private) {
        return;
    }
    for stretch in stretches(text) {
        let mut private = text[stretch.clone()].char_indices().filter(|(_, c)| is_private(*c));
        let Some((offset, c)) = private.next() else { continue };
        let at = stretch.start + offset;
        let end = at + c.len_utf8();
        let before = text[..at].rsplit('\n').next().unwrap_or_default();
        let is_first = before.chars().all(|c| !c.is_alphanumeric());
        let (what, help) = if BULLETS.contains(&c) && (is_first || c == '\u{f0b7}') {
            let help = match passage.role {
                Role::Indicator(..) | Role::Line => "delete it",
                _ if before.trim_start().starts_with(['-', '*', '+']) => {
                    "delete it: the line is an item of a list already"
                }
                _ => "delete it and begin the line with “- ”, a blank line before the first such line",
            };
            (", probably a bullet".to_owned(), help.to_owned())
        } else if let Some((_, name, better)) = DRAWN.iter().find(|drawn| drawn.0 == c) {
            (format!(", probably {name}"), format!("write “{better}” instead"))
        } else {
            (
                String::new(),
                "look up in the document that it was copied from what stands there, and write that".to_owned(),
            )
        };
        let more = and_more(private.count() + 1);
        let next = word_after(text, end);
        let place = if next.is_empty() { String::new() } else { format!(" before “{next}”") };
        let message = format!("the character{place} shows only in the font that it was copied from{what}{more}");
        found.push(Diagnostic::new(RULE.code, message).at(passage.text.span(at..end)).help(help));
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}
