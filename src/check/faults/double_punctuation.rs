//! Punctuation marks that stand twice.

use super::characters::{and_more, characters, has_pair, word_after, word_before};
use crate::check::passage::{Block, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "double-punctuation",
        severity: Severity::Warning,
        meaning: "Two punctuation marks stand where one does.",
    },
    guide: "Two commas, two full stops or a comma before a full stop are left behind when a sentence is changed. Three full stops \
            (an ellipsis), the full stop of an abbreviation before a comma, `?!` and paths such as `../` are fine.",
    look: Look::Passage(look),
};

/// Pairs that nobody means, and the mark that is left.
const PAIRS: &[(char, char, char)] = &[
    ('!', '.', '!'),
    (',', ',', ','),
    (',', '.', '.'),
    (',', ':', ':'),
    (',', ';', ';'),
    ('.', '.', '.'),
    (':', ',', ','),
    (':', '.', '.'),
    (':', ';', ';'),
    (';', ',', ','),
    (';', '.', '.'),
    (';', ':', ':'),
    (';', ';', ';'),
    ('?', '.', '?'),
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for block in &passage.blocks {
        let pairs = pairs(block);
        let Some((at, pair, left)) = pairs.first() else { continue };
        let end = at + pair.len();
        let kept = word_before(&block.text, *at);
        let message = format!("“{pair}” after “{kept}”{}", and_more(pairs.len()));
        let next = word_after(&block.text, end);
        let mut diagnostic = Diagnostic::new(RULE.code, message)
            .at(block.span(*at..end))
            .help(format!("leave one mark: {}", format!("{kept}{left} {next}").trim_end()));
        if pair == ".." {
            diagnostic = diagnostic.help("or, where words are left out, write …");
        }
        found.push(diagnostic);
    }
}

/// Where such pairs stand, what they are and what should be left of each.
fn pairs(block: &Block<'_>) -> Vec<(usize, String, char)> {
    let is_mark = |byte: u8| matches!(byte, b'!' | b',' | b'.' | b':' | b';' | b'?');
    if !has_pair(&block.text, |one, other| is_mark(one) && is_mark(other)) {
        return Vec::new();
    }
    let characters = characters(block);
    let mut pairs = Vec::new();
    for (index, two) in characters.windows(2).enumerate() {
        let [(at, first), (second_at, second)] = *two else { continue };
        let Some((.., left)) = PAIRS.iter().find(|pair| (pair.0, pair.1) == (first, second)) else { continue };
        let before = index.checked_sub(1).map_or(' ', |before| characters[before].1);
        let after = characters.get(index + 2).map_or(' ', |(_, after)| *after);
        let is_longer = [before, after].iter().any(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '/' | '\\'));
        let is_name = after.is_ascii_digit() || second == '.' && after.is_alphanumeric();
        let is_alone = matches!(before, '“' | '‘' | '"' | '(' | '[')
            || before.is_whitespace() && !(first == '.' && after.is_whitespace() && index > 0);
        if is_longer || is_alone || is_name || block.written(at..second_at + 1).len() != 2 {
            continue;
        }
        pairs.push((at, format!("{first}{second}"), *left));
    }
    pairs
}
