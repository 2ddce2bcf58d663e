//! Indicators that say nearly the same.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::framework::{Framework, Indicator, ItemRef, Place, ScaleKind};

use super::repeated_indicator::{key, shortened, whereabouts};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "near-repeat",
        severity: Severity::Warning,
        meaning: "Two indicators of a framework say nearly the same.",
    },
    guide: "Two lines that differ in a word or two are mostly one line that somebody edited in one place and forgot in the other. \
            Lines of four words or more, and of 1,500 letters at most, are compared: they are near when at most a fifth of their letters would have to change, \
            or three in ten where words are only added or bent, numbers being equal. Two levels or ratings of the same value may differ in words that say how well, how often or how \
            widely, since that is what levels are for. Keep one of the two, or say what is different more clearly.",
    look: Look::Framework(look),
};

/// The largest part of the letters in which near lines differ.
const MOST_DIFFERENT: f64 = 0.3;

/// The same where a word stands for another: lines may be alike on purpose, as “listen to residents” and “listen to colleagues” are.
const MOST_EXCHANGED: f64 = 0.2;

/// Shorter lines are like each other by chance.
const FEWEST_WORDS: usize = 4;

/// Longer lines are no indicators any more, and to hold two against each other letter by letter takes the square of their length.
const MOST_LETTERS: usize = 1500;

/// Pairs of words that more lines have than this say nothing of any two.
const MOST_ALIKE: usize = 100;

/// Words that carry no meaning of their own: levels don't differ by these alone.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "at", "be", "for", "her", "his", "i", "in", "is", "it", "its", "me", "my", "of", "on",
    "our", "that", "the", "their", "them", "they", "this", "to", "us", "we", "with", "you", "your",
];

/// An indicator to compare.
struct Line<'a> {
    at: ItemRef,
    place: &'a Place,
    indicator: &'a Indicator,
    key: String,
}

fn look(context: &Context<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let framework = &context.handbook.frameworks[index];
    let lines = lines(framework);
    let mut with_pair: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (index, line) in lines.iter().enumerate() {
        let pairs: FxHashSet<(&str, &str)> = line.key.split(' ').zip(line.key.split(' ').skip(1)).collect();
        let mut near: Vec<usize> = pairs
            .iter()
            .filter_map(|pair| with_pair.get(pair))
            .filter(|alike| alike.len() <= MOST_ALIKE)
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        if let Some(earlier) = near.into_iter().map(|at| &lines[at]).find(|other| is_near(framework, line, other)) {
            found.push(finding(framework, line, earlier));
        }
        for pair in pairs {
            with_pair.entry(pair).or_default().push(index);
        }
    }
}

fn lines(framework: &Framework) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (at, cell) in framework.cells() {
        for indicator in &cell.indicators {
            let key = key(&indicator.words);
            if key.split(' ').count() >= FEWEST_WORDS && key.len() <= MOST_LETTERS {
                lines.push(Line { at, place: &cell.place, indicator, key });
            }
        }
    }
    lines
}

fn is_near(framework: &Framework, one: &Line<'_>, other: &Line<'_>) -> bool {
    let longest = one.key.len().max(other.key.len());
    let is_alike_in_length = one.key.len().abs_diff(other.key.len()) as f64 <= MOST_DIFFERENT * longest as f64;
    // What is the same has a rule of its own.
    if !is_alike_in_length || one.key == other.key || numbers(&one.key) != numbers(&other.key) {
        return false;
    }
    let (without, within) = different(&one.key, &other.key);
    if without.len() + within.len() > 6 || says_opposite(&without, &within) {
        return false;
    }
    let is_small = |words: &[&str]| words.iter().all(|word| SMALL.contains(word));
    let is_same = is_same_but_small(&without, &within);
    let most = if is_same || is_small(&without) || is_small(&within) { MOST_DIFFERENT } else { MOST_EXCHANGED };
    1.0 - strsim::normalized_levenshtein(&one.key, &other.key) <= most && (is_same || !are_steps(framework, one, other))
}

fn numbers(key: &str) -> Vec<&str> {
    key.split(' ').filter(|word| word.chars().any(|c| c.is_ascii_digit())).collect()
}

/// The words that only one of two texts has, and those that only the other has.
fn different<'a>(one: &'a str, other: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let has = |text: &str, word: &str| text.split(' ').any(|own| own == word);
    let without = one.split(' ').filter(|word| !has(other, word)).collect();
    let within = other.split(' ').filter(|word| !has(one, word)).collect();
    (without, within)
}

/// Whether one denies what the other says: "available" and "unavailable", "share" and "never share".
fn says_opposite(without: &[&str], within: &[&str]) -> bool {
    let denies = |word: &&str| matches!(*word, "cannot" | "dont" | "never" | "no" | "not" | "without" | "wont");
    let pairs = || without.iter().flat_map(|one| within.iter().map(move |other| (*one, *other)));
    let is_opposite = |(one, other): (&str, &str)| {
        let prefixed = |a: &str, b: &str| ["dis", "im", "in", "un"].iter().any(|begin| a == format!("{begin}{b}"));
        prefixed(one, other) || prefixed(other, one)
    };
    without.iter().any(denies) != within.iter().any(denies) || pairs().any(is_opposite)
}

/// Whether two lines stand at different levels or ratings of the same value or behaviour.
fn are_steps(framework: &Framework, one: &Line<'_>, other: &Line<'_>) -> bool {
    let differs = |(scale, own): (usize, &crate::framework::Scale)| {
        matches!(own.kind, ScaleKind::Level | ScaleKind::Rating) && one.place[scale] != other.place[scale]
    };
    one.at == other.at && framework.scales.iter().enumerate().any(differs)
}

/// Whether two texts differ in small words and in endings or misspellings alone.
fn is_same_but_small(without: &[&str], within: &[&str]) -> bool {
    let is_small = |word: &str| SMALL.contains(&word);
    let is_like = |one: &str, other: &str| {
        let longest = one.chars().count().max(other.chars().count());
        strsim::damerau_levenshtein(one, other) <= longest / 4
    };
    let explained = |words: &[&str], others: &[&str]| {
        words.iter().all(|word| is_small(word) || others.iter().any(|other| is_like(word, other)))
    };
    explained(without, within) && explained(within, without)
}

fn finding(framework: &Framework, line: &Line<'_>, earlier: &Line<'_>) -> Diagnostic {
    let there = whereabouts(framework, earlier.at, earlier.place);
    let message = format!(
        "“{}” is nearly the same as “{}” in {there}",
        shortened(&line.indicator.words),
        shortened(&earlier.indicator.words)
    );
    Diagnostic::new(RULE.code, message)
        .at(line.indicator.text.text.whole())
        .also(earlier.indicator.text.text.whole(), "nearly the same")
        .help("keep one of the two, or make plain how they differ")
}
