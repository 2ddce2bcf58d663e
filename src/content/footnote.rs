//! Footnotes as Markdown has them: labels, the places that mention them, and where their texts stand.

use std::collections::BTreeSet;

use crate::text::Span;

/// The labels of footnotes that are defined outside of a text and serve it all the same.
pub type FootnoteLabels = BTreeSet<FootnoteLabel>;

/// A footnote's label as it is compared: letter case and the amount of white space don't count, as in GitHub's Markdown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FootnoteLabel(String);

impl FootnoteLabel {
    /// The label that an author typed between `[^` and `]`.
    pub fn new(typed: &str) -> Self {
        Self(typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
    }

    /// As it is compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A place in a text that mentions a footnote.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Which one.
    pub label: FootnoteLabel,
    /// The footnote in whose text it stands; none in the running text.
    pub inside: Option<FootnoteLabel>,
}

/// A footnote's text within a piece of prose.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its label.
    pub label: FootnoteLabel,
    /// Which of the prose's events begins it.
    pub event: usize,
    /// The label with its brackets, for messages: `[^law]`.
    pub span: Span,
}

/// Everything that looks like a mention of a footnote: `[^law]`, also in code and where no footnote is defined.
pub fn candidates(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("[^").filter_map(|(at, mark)| {
        let inside = &text[at + mark.len()..];
        let mut is_escaped = false;
        let end = inside.find(|c: char| {
            let ends = !is_escaped && matches!(c, ']' | '[' | '\n');
            is_escaped = c == '\\' && !is_escaped;
            ends
        })?;
        let typed = &inside[..end];
        (inside[end..].starts_with(']') && !typed.trim().is_empty()).then_some(typed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_compare_without_case_and_white_space() {
        assert_eq!(FootnoteLabel::new("The  Law"), FootnoteLabel::new("the law"));
        assert_ne!(FootnoteLabel::new("law"), FootnoteLabel::new("laws"));
    }

    #[test]
    fn what_looks_like_a_mention_is_found() {
        let found: Vec<_> = candidates("a[^b] [^c d]: [^] [^e [^f\n] \\[^g] [^h\\]i]").collect();
        assert_eq!(found, ["b", "c d", "g", "h\\]i"]);
    }
}
