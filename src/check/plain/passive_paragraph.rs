//! Paragraphs in which things are done and nobody does them.

use std::ops::Range;

use super::sentences::{own_words, sentences, words};
use crate::check::passage::{Kind, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "passive-paragraph",
        severity: Severity::Hint,
        meaning: "Most sentences of a paragraph say that something is done, and not who does it.",
    },
    guide: "“Requests are considered” doesn't say by whom, so nobody knows whom to ask. A paragraph of three sentences or more is found \
            when more than half of them are like that; a single one is often just right. Say who does what: “Your manager considers \
            your request.”",
    look: Look::Passage(look),
};

/// A shorter paragraph may well be about what is done.
const FEWEST_SENTENCES: usize = 3;

/// Words that make a passive with what follows.
const BE: &[&str] = &[
    "am", "are", "aren't", "be", "been", "being", "get", "gets", "getting", "got", "is", "isn't", "they're", "was",
    "wasn't", "we're", "were", "weren't", "you're",
];

/// Words that may stand between.
const BETWEEN: &[&str] = &[
    "all", "also", "always", "both", "each", "ever", "often", "never", "not", "now", "only", "soon", "still", "then",
    "to", "be",
];

/// Forms that aren't made with -ed.
const IRREGULAR: &[&str] = &[
    "begun",
    "bought",
    "bound",
    "broken",
    "brought",
    "built",
    "caught",
    "chosen",
    "cut",
    "dealt",
    "done",
    "drawn",
    "driven",
    "found",
    "forgotten",
    "given",
    "heard",
    "held",
    "hidden",
    "hit",
    "hurt",
    "kept",
    "known",
    "laid",
    "led",
    "left",
    "lent",
    "lost",
    "made",
    "meant",
    "met",
    "overseen",
    "paid",
    "put",
    "read",
    "said",
    "seen",
    "sent",
    "set",
    "shown",
    "shut",
    "sold",
    "spent",
    "spoken",
    "spread",
    "stolen",
    "sworn",
    "taken",
    "taught",
    "told",
    "thought",
    "thrown",
    "torn",
    "understood",
    "undertaken",
    "upheld",
    "withdrawn",
    "withheld",
    "won",
    "worn",
    "written",
];

/// Words that end like a participle and say how somebody or something is.
const STATES: &[&str] = &[
    "advanced",
    "aged",
    "ashamed",
    "committed",
    "complicated",
    "concerned",
    "dedicated",
    "delighted",
    "detailed",
    "determined",
    "disabled",
    "disappointed",
    "embarrassed",
    "engaged",
    "excited",
    "frightened",
    "experienced",
    "hundred",
    "indeed",
    "interested",
    "limited",
    "married",
    "motivated",
    "naked",
    "need",
    "pleased",
    "prepared",
    "qualified",
    "related",
    "relaxed",
    "retired",
    "sacred",
    "satisfied",
    "scared",
    "skilled",
    "supposed",
    "surprised",
    "talented",
    "tired",
    "unexpected",
    "uninterested",
    "unlimited",
    "unqualified",
    "unskilled",
    "used",
    "varied",
    "wicked",
    "worried",
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    if !passage.is_english() {
        return;
    }
    for block in passage.blocks.iter().filter(|block| matches!(block.kind, Kind::Paragraph | Kind::Item)) {
        let text = own_words(block);
        let sentences = sentences(&text);
        if sentences.len() < FEWEST_SENTENCES {
            continue;
        }
        let passive: Vec<Range<usize>> = sentences
            .iter()
            .filter_map(|range| {
                let inner = passive(&text[range.clone()])?;
                Some(range.start + inner.start..range.start + inner.end)
            })
            .collect();
        if passive.len() * 2 <= sentences.len() {
            continue;
        }
        let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { continue };
        let message = format!(
            "{} of {} sentences here say what is done rather than who does it, such as “{}”",
            passive.len(),
            sentences.len(),
            &block.text[passive[0].clone()]
        );
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(block.span(first.start..last.end))
                .help("begin each sentence with whoever acts: “your manager decides”, not “it is decided”"),
        );
    }
}

/// Where a form of "be" and its participle stand in a sentence, if it has them.
fn passive(sentence: &str) -> Option<Range<usize>> {
    let words: Vec<Range<usize>> = words(sentence).collect();
    let word = |at: usize| words.get(at).map(|range| sentence[range.clone()].to_lowercase().replace('’', "'"));
    (0..words.len()).find_map(|be| {
        if !is_be(&sentence[words[be].clone()]) {
            return None;
        }
        let is_between = |word: &str| BETWEEN.contains(&word) || (word.ends_with("ly") && word.len() > 3);
        let last = (be + 1..words.len().min(be + 4)).find(|at| word(*at).is_some_and(|word| !is_between(&word)))?;
        let stretch = words[be].start..words[last].end;
        let is_unbroken = !sentence[stretch.clone()].contains([',', ';', ':', '(', '.']);
        (is_unbroken && is_participle(&word(last)?)).then_some(stretch)
    })
}

fn is_be(word: &str) -> bool {
    match word.contains('’') {
        true => BE.contains(&word.to_lowercase().replace('’', "'").as_str()),
        false => BE.iter().any(|be| be.eq_ignore_ascii_case(word)),
    }
}

fn is_participle(word: &str) -> bool {
    let plain = ["well-", "re-", "co-"].iter().find_map(|start| word.strip_prefix(start)).unwrap_or(word);
    let is_regular = plain.ends_with("ed") && plain.len() > 4 && (!plain.ends_with("eed") || plain.ends_with("reed"));
    (is_regular && !STATES.contains(&plain)) || IRREGULAR.contains(&plain)
}
