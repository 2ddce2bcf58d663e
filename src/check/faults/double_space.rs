//! Two spaces, or a tab, between words.

use std::ops::Range;

use super::characters::{and_more, characters, has_pair, word_after, word_before};
use crate::check::passage::{Block, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "double-space",
        severity: Severity::Warning,
        meaning: "Two spaces, or a tab, stand between words.",
    },
    guide: "Two spaces are mostly a slip, and often show where a word was taken out. One finding stands for all of a paragraph. \
            Spaces at the ends of lines, in code and in text that is laid out with spaces are left alone. Leave one space.",
    look: Look::Passage(look),
};

/// So many spaces aren't a slip.
const LAID_OUT: usize = 4;

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for block in &passage.blocks {
        let gaps = gaps(block);
        let is_laid_out = gaps.iter().filter(|gap| gap.len() >= LAID_OUT).count() > 1;
        let Some(first) = gaps.first().filter(|_| !is_laid_out) else { continue };
        let (before, after) = (word_before(&block.text, first.start), word_after(&block.text, first.end));
        let what = match &block.text[first.clone()] {
            gap if gap.contains('\t') => "a tab".to_owned(),
            gap if gap.chars().count() == 2 => "two spaces".to_owned(),
            gap => format!("{} spaces", gap.chars().count()),
        };
        let message = format!("{what} between “{before}” and “{after}”{}", and_more(gaps.len()));
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(block.span(first.clone()))
                .help(format!("leave one space: {before} {after}")),
        );
    }
}

/// The gaps between words that are more than a space.
fn gaps(block: &Block<'_>) -> Vec<Range<usize>> {
    // The second byte of a space that doesn't break is 0xA0.
    let is_space = |byte: u8| matches!(byte, b' ' | 0xa0 | 0xc2);
    if !block.text.contains('\t') && !has_pair(&block.text, |one, other| is_space(one) && is_space(other)) {
        return Vec::new();
    }
    let characters = characters(block);
    let begin = block.text.len() - block.text.trim_start().len();
    let is_gap = |c: char| matches!(c, ' ' | '\t' | '\u{a0}');
    let mut gaps = Vec::new();
    let mut index = 0;
    while let Some((start, c)) = characters.get(index).copied() {
        let length = characters[index..].iter().take_while(|(_, c)| is_gap(*c)).count();
        let next = characters.get(index + length.max(1)).copied();
        let is_wide = length > 1 || c == '\t';
        if let (true, Some(before), Some((end, after))) = (is_wide, index.checked_sub(1), next) {
            let around = [characters[before].1, after];
            let is_field = around.iter().any(|c| *c == '_' || c.is_whitespace());
            let is_written = block.written(start..end) == &block.text[start..end];
            if !is_field && is_written && !follows_mark(block.text.get(begin..start).unwrap_or_default()) {
                gaps.push(start..end);
            }
        }
        index += length.max(1);
    }
    gaps
}

/// Whether all that stands before is a mark of a list, which is another rule's.
fn follows_mark(before: &str) -> bool {
    let mut characters = before.trim().chars();
    let is_one = characters.next().is_some_and(|c| !c.is_alphanumeric()) && characters.next().is_none();
    is_one || matches!(before.trim(), "o" | "v" | "ü" | "q" | "Ø" | "Ÿ")
}
