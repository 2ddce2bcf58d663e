//! Words in capitals for emphasis.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::check::passage::{Block, Kind, Passage};
use crate::check::{Context, Look, Prepared, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "capitals",
        severity: Severity::Warning,
        meaning: "Three words or more in a row are in capitals.",
    },
    guide: "Words in capitals lose their shapes, so that everybody reads them more slowly and people with dyslexia hardly at all; some \
            screen readers spell them out; and they shout. Three words or more in a row are found, in text, headings, titles and \
            indicators. Abbreviations don't count, nor do those of the glossary. Write small letters, and make bold what matters.",
    look: Look::Prepared(prepare),
};

/// So many words in a row, of which two are words rather than abbreviations.
const FEWEST: usize = 3;

/// Abbreviations that look like words.
const ABBREVIATIONS: &[&str] = &[
    "ACAS", "ADASS", "ADHD", "AED", "AIDS", "ANPR", "APPG", "BAME", "BASIC", "BREEAM", "CAFCASS", "CAMHS", "CIPFA",
    "CIPD", "COSHH", "DASH", "DEFRA", "DOLS", "EAP", "EHIA", "EIA", "ESOL", "FOI", "FOIA", "GOV", "HMICFRS", "HMRC",
    "IAPT", "ICO", "IOPC", "IOSH", "ISO", "LADO", "LGBTQIA", "LGBTQIA+", "LOLER", "MAPPA", "MARAC", "MASH", "NATO",
    "NEBOSH", "NICE", "NPCC", "OFCOM", "OFSTED", "PACE", "PALS", "PAYE", "PIN", "PREVENT", "PUWER", "RADAR", "REACH",
    "RIDDOR", "RIPA", "SAR", "SARS", "SENCO", "SEND", "SIRO", "SMART", "SOLACE", "STAR", "TUPE", "UNESCO", "UNICEF",
    "UNISON", "UNITE", "WCAG",
];

/// Words of up to three letters that are words also in capitals; longer ones are words unless they are abbreviations.
const SHORT_WORDS: &[&str] = &[
    "ACT", "ADD", "AGE", "ALL", "AM", "AN", "AND", "ANY", "ARE", "AS", "ASK", "AT", "BAD", "BAG", "BAN", "BE", "BIG",
    "BIN", "BOX", "BUT", "BUY", "BY", "CAN", "CAR", "DAY", "DID", "DO", "DUE", "EAT", "END", "FAR", "FEW", "FOR",
    "GET", "GO", "GOT", "HAD", "HAS", "HE", "HER", "HIM", "HIS", "HOW", "IF", "IN", "IS", "ITS", "JOB", "KEY", "LAW",
    "LET", "LOG", "LOW", "MAY", "ME", "MEN", "MY", "NEW", "NO", "NOR", "NOT", "NOW", "OF", "OFF", "OLD", "ON", "ONE",
    "OR", "OUR", "OUT", "OWN", "PAY", "PER", "PUT", "RED", "ROW", "RUN", "SAY", "SEE", "SET", "SHE", "SIT", "SIX",
    "SO", "TEN", "THE", "TO", "TOO", "TOP", "TRY", "TWO", "UP", "USE", "WAR", "WAS", "WAY", "WE", "WHO", "WHY", "WIN",
    "YES", "YET", "YOU",
];

fn prepare<'a>(context: &Context<'a>) -> Prepared<'a> {
    let glossary: FxHashSet<&str> = context.handbook.config.glossary.iter().map(|(word, _)| word.as_str()).collect();
    Box::new(move |written, found| written.passages.iter().for_each(|passage| look(passage, &glossary, found)))
}

fn look(passage: &Passage<'_>, glossary: &FxHashSet<&str>, found: &mut Vec<Diagnostic>) {
    let is_listed = |word: &str| glossary.contains(word);
    // What an image shows may be quoted as it stands there.
    for block in passage.blocks.iter().filter(|block| block.kind != Kind::Image) {
        for run in runs(block, &is_listed) {
            let words = &block.text[run.clone()];
            let before = block.text[..run.start].trim_end();
            let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', '“', '"']);
            let small = in_small(words, begins, &is_listed);
            found.push(
                Diagnostic::new(RULE.code, format!("“{}” is in capitals, which are hard to read", shown(words)))
                    .at(block.span(run))
                    .help(mended(block, &shown(&small))),
            );
        }
    }
}

fn mended(block: &Block<'_>, small: &str) -> String {
    match block.kind {
        Kind::Line | Kind::Heading => format!("write “{small}”"),
        _ => format!("write “{small}”, and between ** and ** what matters most in it"),
    }
}

/// Long texts in capitals need not be said again whole.
fn shown(words: &str) -> String {
    match words.char_indices().nth(120) {
        Some((end, _)) => format!("{} …", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

/// The stretches of a block that are in capitals.
fn runs(block: &Block<'_>, is_listed: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let is_loud = |pair: &[u8]| pair.iter().all(|byte| byte.is_ascii_uppercase() || !byte.is_ascii());
    if !block.text.as_bytes().windows(2).any(is_loud) {
        return runs;
    }
    let mut run = Run::default();
    let mut end = 0;
    for part in parts(&block.text) {
        let between = &block.text[end..part.start];
        let word = &block.text[part.clone()];
        end = part.end;
        let is_neutral = word.chars().filter(|c| c.is_alphabetic()).count() < 2;
        let is_capital = is_capital(word) && !block.is_apart(&part);
        let is_word = is_capital && is_word(word) && !is_listed(word);
        if block.is_apart(&part) || (!is_neutral && !is_capital) || is_parted(between, is_word && run.ends_in_word) {
            runs.extend(std::mem::take(&mut run).found());
        }
        if !is_neutral && is_capital {
            run.add(part, is_word);
        }
    }
    runs.extend(run.found());
    runs
}

/// Whether what stands between two words parts them: brackets and quotation marks do, and beside an abbreviation also the end of a
/// sentence or a slash.
fn is_parted(between: &str, are_words: bool) -> bool {
    between.contains(['(', ')', '“', '”', '"', '[', ']'])
        || (!are_words && between.contains(['.', '!', '?', ':', ';', '/']))
}

/// Words in capitals in a row.
#[derive(Default)]
struct Run {
    range: Option<Range<usize>>,
    count: usize,
    words: usize,
    ends_in_word: bool,
}

impl Run {
    fn add(&mut self, part: Range<usize>, is_word: bool) {
        let start = self.range.as_ref().map_or(part.start, |range| range.start);
        self.range = Some(start..part.end);
        self.count += 1;
        self.words += usize::from(is_word);
        self.ends_in_word = is_word;
    }

    fn found(self) -> Option<Range<usize>> {
        self.range.filter(|_| self.count >= FEWEST && self.words >= 2 && 2 * self.words >= self.count)
    }
}

/// Words between white space, without marks around them.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '—' | '–')) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = bare.as_ptr() as usize - text.as_ptr() as usize;
        parts.push(start..start + bare.len());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_capital(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// Whether something in capitals is a word rather than an abbreviation.
fn is_word(word: &str) -> bool {
    let word = word.trim_end_matches("'S").trim_end_matches("’S");
    let letters = word.chars().count();
    if word.contains(|c: char| c.is_ascii_digit() || c == '.' || c == '@' || c == '&') {
        return false;
    }
    let has_vowel = word.contains(|c: char| !c.is_ascii() || "AEIOUY".contains(c));
    match letters {
        0..=3 => SHORT_WORDS.contains(&word),
        _ => has_vowel && !ABBREVIATIONS.contains(&word),
    }
}

/// The words in small letters, abbreviations as they are, with a capital at the beginning of a sentence.
fn in_small(words: &str, begins: bool, is_listed: &dyn Fn(&str) -> bool) -> String {
    let mut small = String::with_capacity(words.len());
    let mut at = 0;
    let mut is_first = begins;
    for part in parts(words) {
        let between = &words[at..part.start];
        is_first |= between.contains(['.', '!', '?']);
        small.push_str(between);
        let word = &words[part.clone()];
        let is_kept = word == "I" || !(is_word(word) || word == "A") || is_listed(word);
        let lower = if is_kept { word.to_owned() } else { word.to_lowercase() };
        small.push_str(&if is_first { begun(&lower) } else { lower });
        is_first = false;
        at = part.end;
    }
    small.push_str(&words[at..]);
    small
}

fn begun(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
