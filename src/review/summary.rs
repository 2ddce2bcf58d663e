//! The end of what `ethos check` says: how many findings there are, by rule and by owner.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::owners::Owners;
use crate::finding::{Diagnostic, Severity};

/// Whoever answers for a finding that nobody answers for.
const NOBODY: &str = "nobody named";

/// "2 errors, 1 warning and 3 hints"; "nothing" where there is none.
pub fn counted(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity| {
        (severity, diagnostics.iter().filter(|diagnostic| diagnostic.code.severity == severity).count())
    };
    said(&[Severity::Error, Severity::Warning, Severity::Hint].map(count))
}

/// The same of counts.
pub fn said(counts: &[(Severity, usize)]) -> String {
    let counted = |(severity, count): &(Severity, usize)| {
        let plural = if *count == 1 { "" } else { "s" };
        format!("{count} {}{plural}", severity.word())
    };
    let counts: Vec<_> = counts.iter().filter(|(_, count)| *count > 0).map(counted).collect();
    match &counts[..] {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// Two short tables: findings by rule and by owner, the most first.
pub fn draw(owners: &Owners<'_>, diagnostics: &[Diagnostic]) -> String {
    let mut by_rule: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_owner: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *by_rule.entry(diagnostic.code.name.to_owned()).or_default() += 1;
        let owner = owners.owner(diagnostic).unwrap_or_else(|| NOBODY.to_owned());
        *by_owner.entry(owner).or_default() += 1;
    }
    let mut text = String::new();
    for (title, counts) in [("By rule", by_rule), ("By owner", by_owner)] {
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let _ = writeln!(text, "{title}:");
        for (name, count) in counts {
            let _ = writeln!(text, "{count:6}  {name}");
        }
        text.push('\n');
    }
    text
}
