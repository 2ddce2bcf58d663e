//! Drawings made of signs or in a drawing language, without a text that says the same.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::content::markdown::{Marked, end_of, plain};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "diagram-without-text",
        severity: Severity::Warning,
        meaning: "A drawing in a fenced block has no text beside it that says the same, or a fenced block is empty.",
    },
    guide: "A screen reader reads a drawing out sign by sign: “plus, dash, dash, dash”. Found are blocks in a drawing language (Mermaid, \
            PlantUML, Graphviz and others) and drawings made of lines and arrows whose words hardly occur in the text under the same \
            heading, and empty blocks. Other code is fine, and so are blocks that show a framework. Say in a paragraph or a list beside \
            the drawing what it shows.",
    look: Look::Passage(look),
};

/// Languages in which drawings are written.
const LANGUAGES: &[&str] = &[
    "ascii",
    "ascii-art",
    "asciiart",
    "blockdiag",
    "bob",
    "d2",
    "diagram",
    "ditaa",
    "dot",
    "flowchart",
    "gantt",
    "graphviz",
    "mermaid",
    "nomnoml",
    "pikchr",
    "plantuml",
    "puml",
    "seqdiag",
    "sequence",
    "svgbob",
    "uml",
    "vega",
    "vega-lite",
    "wavedrom",
];

/// Words of those languages, which nobody need say.
const KEYWORDS: &[&str] = &[
    "actor",
    "activate",
    "alt",
    "arrow",
    "classdef",
    "color",
    "digraph",
    "direction",
    "edge",
    "else",
    "enduml",
    "fill",
    "flowchart",
    "gantt",
    "graph",
    "label",
    "linestyle",
    "loop",
    "mermaid",
    "node",
    "note",
    "over",
    "participant",
    "pie",
    "rankdir",
    "section",
    "sequencediagram",
    "shape",
    "startuml",
    "stroke",
    "style",
    "subgraph",
    "title",
];

/// A text beside a drawing of fewer words only announces it.
const FEWEST_WORDS: usize = 12;

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let mut section: Option<Section> = None;
    for (index, marked) in passage.events.iter().enumerate() {
        if matches!(marked.event, Event::Start(Tag::Heading { .. })) {
            section = None;
        }
        let Event::Start(Tag::CodeBlock(kind)) = &marked.event else { continue };
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_lowercase(),
            CodeBlockKind::Indented => String::new(),
        };
        if language == "framework" {
            continue;
        }
        let drawing = plain(&passage.events[index + 1..end_of(&passage.events, index)]);
        let is_drawing = LANGUAGES.contains(&language.as_str()) || (is_plain(&language) && is_drawn(&drawing));
        let (message, help) = if drawing.is_empty() {
            ("this block is empty", "put into it what was meant to stand here, or delete it")
        } else if is_drawing && !section.get_or_insert_with(|| Section::around(&passage.events, index)).says(&drawing) {
            (
                "no text beside this drawing says what it shows",
                "say the same in a sentence or a list before or after it",
            )
        } else {
            continue;
        };
        let whole = &passage.text.as_str()[marked.range.clone()];
        let line = whole.lines().next().map_or(0, str::len);
        let span = passage.span(marked.range.start..marked.range.start + line);
        found.push(Diagnostic::new(RULE.code, message).at(span).help(help));
    }
}

/// Whether a block says no language that is known to be code.
fn is_plain(language: &str) -> bool {
    matches!(language, "" | "none" | "plain" | "plaintext" | "text" | "txt")
}

/// Whether a text is drawn with signs: boxes and arrows.
fn is_drawn(text: &str) -> bool {
    let boxes = text.chars().filter(|c| matches!(c, '\u{2500}'..='\u{259f}')).count();
    let lines = ["+--", "--+", "+==", "-->", "==>", "<--", "|__", "___|", "─>", "--->"];
    let drawn =
        text.lines().filter(|line| !line.contains("<!--") && lines.iter().any(|sign| line.contains(sign))).count();
    let arrows = text.chars().filter(|c| "→↓←↑▼►▲".contains(*c)).count();
    let alone = text
        .lines()
        .filter(|line| !line.trim().is_empty() && line.trim().chars().all(|c| "|v^/\\ ".contains(c)))
        .count();
    boxes >= 6 || drawn >= 2 || (drawn >= 1 && text.lines().count() <= 3) || arrows >= 2 || alone >= 2
}

/// What is said under a heading, made ready once for all drawings under it.
struct Section {
    words: usize,
    /// The hash of every stretch of [`STEM`] letters and of one less: words begin with these.
    stretches: FxHashSet<u64>,
}

impl Section {
    /// The words under the same heading as an event, without code.
    fn around(events: &[Marked<'_>], index: usize) -> Self {
        let before = events[..index].iter().rposition(|marked| matches!(marked.event, Event::End(TagEnd::Heading(_))));
        let after = events[index..].iter().position(|marked| matches!(marked.event, Event::Start(Tag::Heading { .. })));
        let mut words = String::new();
        let mut is_code = false;
        for marked in &events[before.unwrap_or(0)..after.map_or(events.len(), |at| index + at)] {
            match &marked.event {
                Event::Start(Tag::CodeBlock(_)) => is_code = true,
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Text(text) if !is_code => words.push_str(text),
                Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => words.push(' '),
                _ => {}
            }
        }
        Self::of(&words.to_lowercase())
    }

    fn of(text: &str) -> Self {
        let words = text.split_whitespace().count();
        if words < FEWEST_WORDS {
            return Self { words, stretches: FxHashSet::default() };
        }
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let stretches = |length: usize| starts.windows(length + 1).map(move |at| &text[at[0]..at[length]]);
        let hashes = stretches(STEM).chain(stretches(STEM - 1)).map(|stretch| xxh3_64(stretch.as_bytes()));
        Self { words, stretches: hashes.collect() }
    }

    /// Whether it has enough of a drawing's words.
    fn says(&self, drawing: &str) -> bool {
        if self.words < FEWEST_WORDS {
            return false;
        }
        let small = drawing.to_lowercase();
        let words = small.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= STEM - 1);
        let words: FxHashSet<_> = words.filter(|word| !KEYWORDS.contains(word)).map(stem).collect();
        // A drawing of single letters has no words that could be said again.
        if words.is_empty() {
            return false;
        }
        let said = words.iter().filter(|word| self.stretches.contains(&xxh3_64(word.as_bytes()))).count();
        10 * said >= 3 * words.len()
    }
}

/// So many letters of a word its other forms share.
const STEM: usize = 5;

/// The beginning of a word, which its other forms share.
fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}
