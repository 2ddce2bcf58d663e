//! Pages that need more years of school than most readers have had.
//!
//! The grade is the Flesch–Kincaid grade level: 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (J. P. Kincaid,
//! R. P. Fishburne, R. L. Rogers and B. S. Chissom: "Derivation of new readability formulas for Navy enlisted personnel", 1975).

use std::ops::Range;

use super::sentences::{own_words, sentences, words};
use super::syllables::syllables;
use crate::check::passage::{Block, Kind, Role, Written};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::Subject;
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "reading-grade",
        severity: Severity::Warning,
        meaning: "A page is harder to read than the handbook wants its pages to be.",
    },
    guide: "The grade says roughly how many years of school a page asks of its readers. It is the Flesch–Kincaid grade level (Kincaid, \
            Fishburne, Rogers and Chissom, 1975): 0.39 × words per sentence + 11.8 × syllables per word − 15.59. Pages with fewer \
            than 100 words, headings and code aren't counted. Shorter sentences and shorter words bring it down; the hardest \
            sentences are named, so begin with those. `reading_grade` under `[check]` sets the highest grade that is let pass.",
    look: Look::Written(look),
};

/// A text that is shorter says little about its grade.
const FEWEST_WORDS: usize = 100;

/// A sentence that is shorter is not what makes a page hard.
const FEWEST_WORDS_OF_SENTENCE: usize = 10;

/// How many sentences are named.
const NAMED: usize = 3;

/// What the grade is made of.
#[derive(Default)]
struct Measure {
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Measure {
    fn of_sentence(text: &str) -> Self {
        let mut measure = Self { sentences: 1, ..Self::default() };
        for range in words(text) {
            measure.words += 1;
            measure.syllables += syllables(&text[range]);
        }
        measure
    }

    fn add(&mut self, other: &Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
    }

    fn grade(&self) -> f64 {
        let words = self.words.max(1) as f64;
        0.39 * words / self.sentences.max(1) as f64 + 11.8 * self.syllables as f64 / words - 15.59
    }
}

fn look(written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    let mut page = Measure::default();
    let mut hard: Vec<(f64, &Block<'_>, Range<usize>)> = Vec::new();
    let passages = written.passages.iter().filter(|passage| passage.is_english() && passage.role != Role::Line);
    for block in passages.flat_map(|passage| &passage.blocks).filter(|block| is_read(block)) {
        let text = own_words(block);
        for range in sentences(&text) {
            let sentence = Measure::of_sentence(&text[range.clone()]);
            if sentence.words >= FEWEST_WORDS_OF_SENTENCE {
                hard.push((sentence.grade(), block, range));
            }
            page.add(&sentence);
        }
    }
    let most = written.context.settings().reading_grade;
    // What is shown is what is compared: "grade 12, and 12 is the most" would puzzle.
    let grade = page.grade().round();
    if page.words < FEWEST_WORDS || grade <= f64::from(most) {
        return;
    }
    let Some(title) = title(written) else { return };
    let message = format!("this page is at reading grade {grade}, in years of school; the most is {most}");
    let finding = Diagnostic::new(RULE.code, message).at(title).help(
        "begin with the hardest sentences, which are marked: make two of a long one, and take shorter words where there are some",
    );
    hard.sort_by(|a, b| b.0.total_cmp(&a.0));
    let named = hard.into_iter().take(NAMED);
    found.push(named.fold(finding, |finding, (grade, block, range)| {
        finding.also(block.span(range), format!("among the hardest sentences: grade {}", grade.round()))
    }));
}

/// Whether a block is text that is read from its beginning to its end.
fn is_read(block: &Block<'_>) -> bool {
    matches!(block.kind, Kind::Paragraph | Kind::Item | Kind::Cell(false))
}

/// Where the title of a page stands.
fn title(written: &Written<'_>) -> Option<Span> {
    let handbook = written.context.handbook;
    let line = |title: &str| {
        let mut lines = written.passages.iter().filter(|passage| passage.role == Role::Line);
        lines.find(|passage| passage.text.as_str() == title).map(|passage| passage.text.span(0..title.len()))
    };
    match written.subject {
        Subject::Page(page) => {
            let title = handbook.pages[page].document.as_ref()?.front.title.as_ref()?;
            Some(title.span(0..title.as_str().len()))
        }
        Subject::Framework(framework) => line(&handbook.frameworks[framework].title),
        Subject::Item(framework, at) => Some(handbook.item(framework, at).span),
        Subject::Profile(framework, profile) => Some(handbook.frameworks[framework].profiles[profile].span),
        Subject::Point(..) | Subject::Asset(_) => None,
    }
}
