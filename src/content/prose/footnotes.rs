//! What is wrong with the footnotes of texts that share them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Prose;
use crate::content::footnote::{Definition, FootnoteLabel, Mention};
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::text::Span;

/// Reports what is wrong with the footnotes of texts that share them: mentions without a text, texts without a mention, and a second
/// text of one footnote.
pub fn report(proses: &[&Prose], findings: &Findings) {
    let mut definitions: Vec<&Definition> = proses.iter().flat_map(|prose| &prose.definitions).collect();
    definitions.sort_by_key(|definition| (&definition.label, definition.span));
    for (first, second) in definitions.iter().zip(definitions.iter().skip(1)) {
        if first.label == second.label {
            let message = format!("the footnote `[^{}]` has a text already", second.label.as_str());
            let diagnostic = Diagnostic::new(codes::DUPLICATE_FOOTNOTE, message).at(second.span);
            let help = "give one of the two another name, and mention it where it belongs";
            findings.push(diagnostic.also(first.span, "here").help(help));
        }
    }
    definitions.dedup_by_key(|definition| &definition.label);
    let meant = report_missing(proses, &definitions, findings);
    let reached = reached(proses.iter().flat_map(|prose| &prose.mentions));
    for Definition { label, span, .. } in definitions {
        // One that a misspelt mention probably meant is told there.
        if !reached.contains(label) && !meant.contains(label) {
            let message = format!("the footnote `[^{}]` is mentioned nowhere, so nobody would read it", label.as_str());
            let help = format!("put [^{}] behind the words that it explains, or delete it", label.as_str());
            findings.push(Diagnostic::new(codes::UNUSED_FOOTNOTE, message).at(*span).help(help));
        }
    }
}

/// Reports each footnote that is mentioned and defined nowhere, once, and gives those that were probably meant.
fn report_missing(proses: &[&Prose], definitions: &[&Definition], findings: &Findings) -> HashSet<FootnoteLabel> {
    let mut missing: BTreeMap<FootnoteLabel, Missing<'_>> = BTreeMap::new();
    for prose in proses {
        let text = prose.text.as_str();
        for range in &prose.unresolved {
            let typed = &text[range.start + "[^".len()..range.end - "]".len()];
            let starts_line = range.start == 0 || text[..range.start].ends_with('\n');
            let span = prose.text.span(range.clone());
            let found = Missing { typed, span, starts_line, is_quoted: prose.text.is_quoted() };
            match missing.entry(FootnoteLabel::new(typed)) {
                Entry::Vacant(entry) => _ = entry.insert(found),
                Entry::Occupied(mut entry) if starts_line && !entry.get().starts_line => _ = entry.insert(found),
                Entry::Occupied(_) => {}
            }
        }
    }
    if missing.is_empty() {
        return HashSet::new();
    }
    let known = Names::of(definitions.iter().map(|definition| definition.label.as_str()));
    let mut meant = HashSet::new();
    for (label, missing) in &missing {
        let guess = known.nearest(label.as_str());
        meant.extend(guess.map(FootnoteLabel::new));
        findings.push(missing.diagnostic(guess));
    }
    meant
}

/// A footnote that is mentioned and defined nowhere.
struct Missing<'p> {
    typed: &'p str,
    span: Span,
    /// Then it is probably the footnote's text, and its colon is missing.
    starts_line: bool,
    /// In TOML a line of its own has to stand in quotation marks too.
    is_quoted: bool,
}

impl Missing<'_> {
    fn diagnostic(&self, guess: Option<&str>) -> Diagnostic {
        let typed = self.typed;
        let message = format!("there is no footnote `[^{typed}]` in this text");
        let mut diagnostic = Diagnostic::new(codes::MISSING_FOOTNOTE, message).at(self.span);
        if let Some(guess) = guess {
            diagnostic = diagnostic.help(format!("did you mean `[^{guess}]`?"));
        }
        let help = if self.starts_line {
            format!("if this line is the footnote's text, put a colon behind the brackets: [^{typed}]: …")
        } else if self.is_quoted {
            format!(
                "write the footnote's text at the end of the `description`, within its \"\"\" marks, on a line of its own with an empty \
                 line before it: [^{typed}]: …"
            )
        } else {
            format!("write the footnote's text on a line of its own, with an empty line before it: [^{typed}]: …")
        };
        diagnostic.help(help).help(format!("if readers should see the brackets, put \\ before them: \\[^{typed}]"))
    }
}

/// The footnotes that a reader comes to: those that the running text mentions, and those that these mention in turn.
fn reached<'m>(mentions: impl Iterator<Item = &'m Mention>) -> HashSet<&'m FootnoteLabel> {
    let mut open: Vec<&FootnoteLabel> = Vec::new();
    let mut inside: HashMap<&FootnoteLabel, Vec<&FootnoteLabel>> = HashMap::new();
    for mention in mentions {
        match &mention.inside {
            Some(around) => inside.entry(around).or_default().push(&mention.label),
            None => open.push(&mention.label),
        }
    }
    let mut reached = HashSet::new();
    while let Some(label) = open.pop() {
        if reached.insert(label) {
            open.extend(inside.get(label).into_iter().flatten());
        }
    }
    reached
}
