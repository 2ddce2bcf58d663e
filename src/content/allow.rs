//! A remark by which an author allows what a rule would find: `<!-- ethos: allow RULE because REASON -->`.

use std::ops::Range;

use crate::finding::Findings;
use crate::finding::findings::Silence;
use crate::text::Text;

/// What a remark says, as places in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The remark itself.
    pub remark: Range<usize>,
    /// The rules that it names; what stands there if it says something else.
    pub rules: Vec<Range<usize>>,
    /// Why; none where it doesn't say.
    pub reason: Option<Range<usize>>,
}

impl Allowance {
    /// Reads the HTML at a range of a text. None where it isn't such a remark.
    pub fn read(text: &str, range: Range<usize>) -> Option<Self> {
        let piece = text[range.clone()].trim();
        let said = piece.strip_prefix("<!--")?.strip_suffix("-->")?.trim().strip_prefix("ethos:")?.trim();
        let at = |part: &str| {
            let start = part.as_ptr() as usize - text.as_ptr() as usize;
            start..start + part.len()
        };
        let asked = said.strip_prefix("allow ").unwrap_or(said);
        let (names, reason) = match asked.split_once(" because") {
            Some((names, reason)) => (names, Some(reason.trim()).filter(|reason| !reason.is_empty())),
            None => (asked, None),
        };
        let rules = names.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()).map(at).collect();
        Some(Self { remark: at(piece), rules, reason: reason.map(at) })
    }

    /// Notes what it allows in a stretch of its text.
    pub fn silence(&self, text: &Text, scope: Range<usize>, findings: &Findings) {
        for rule in &self.rules {
            findings.silence(Silence {
                rule: text.part(rule.clone()),
                reason: self.reason.clone().map(|reason| text.part(reason)),
                scope: text.span(scope.clone()),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<&str>, Option<&str>)> {
        let found = Allowance::read(text, 0..text.len())?;
        Some((found.rules.into_iter().map(|rule| &text[rule]).collect(), found.reason.map(|reason| &text[reason])))
    }

    #[test]
    fn a_remark_names_rules_and_a_reason() {
        assert_eq!(
            read("<!-- ethos: allow long-sentence because it is the law's -->"),
            Some((vec!["long-sentence"], Some("it is the law's")))
        );
        assert_eq!(read("<!--ethos: allow a, b because of c-->"), Some((vec!["a", "b"], Some("of c"))));
        assert_eq!(read("<!-- ethos: allow a -->"), Some((vec!["a"], None)));
        assert_eq!(read("<!-- ethos: alow a because b -->"), Some((vec!["alow", "a"], Some("b"))));
        assert_eq!(read("<!-- allow a because b -->"), None);
    }
}
