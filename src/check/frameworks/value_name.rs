//! Links that call a value by another name than its own.

use pulldown_cmark::{Event, Tag};
use rustc_hash::FxHashMap;

use crate::check::passage::Passage;
use crate::check::{Context, Look, Prepared, Rule};
use crate::content::markdown::{Marked, end_of, is_passage, plain};
use crate::finding::{Code, Diagnostic, Severity};
use crate::framework::{Framework, ItemRef};
use crate::handbook::{Subject, Target};
use crate::words::slug::label_key;

use super::repeated_indicator::key;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "value-name",
        severity: Severity::Warning,
        meaning: "A link to a value calls it by another name than its own.",
    },
    guide: "Values work by their names: people should meet each under one name only. A link to a value or behaviour is found when \
            its words are nearly the title but not quite (“Always learn” for “Always learning”), or when they are the title of \
            another value. Links that describe (“what we ask of managers”) are fine, and capitals don't count.",
    look: Look::Prepared(prepare),
};

/// The largest part of the letters in which a name that is meant differs from it.
const MOST_DIFFERENT: f64 = 0.34;

/// Words around a name that don't belong to it.
const AROUND: &[&str] = &["a", "an", "behaviour", "being", "our", "the", "value", "your"];

/// What the values and behaviours of each framework are called, as [`name`] gives it.
type Called = Vec<FxHashMap<String, Vec<ItemRef>>>;

fn prepare<'a>(context: &Context<'a>) -> Prepared<'a> {
    let called: Called = context.handbook.frameworks.iter().map(|framework| called(framework)).collect();
    Box::new(move |written, found| written.passages.iter().for_each(|passage| look(passage, &called, found)))
}

fn called(framework: &Framework) -> FxHashMap<String, Vec<ItemRef>> {
    let mut called: FxHashMap<String, Vec<ItemRef>> = FxHashMap::default();
    for at in framework.items() {
        called.entry(name(&framework.item(at).title)).or_default().push(at);
    }
    called
}

fn look(passage: &Passage<'_>, called: &Called, found: &mut Vec<Diagnostic>) {
    for (index, marked) in passage.events.iter().enumerate() {
        let Event::Start(tag @ Tag::Link { dest_url, .. }) = &marked.event else { continue };
        let inner = &passage.events[index + 1..end_of(&passage.events, index).max(index + 1)];
        let Some((framework, at)) = value(passage, marked, dest_url).filter(|_| !is_passage(tag)) else { continue };
        let called = &called[framework];
        let framework = &passage.context.handbook.frameworks[framework];
        let words = plain(inner);
        let title = &framework.item(at).title;
        let Some(slip) = slip(title, at, &words, called) else { continue };
        let (Some(first), Some(last)) = (inner.first(), inner.last()) else { continue };
        let message = match slip {
            Slip::Other => format!("this link says “{words}”, but leads to “{title}”"),
            Slip::Near => format!("this link says “{words}”, but the name is “{title}”"),
        };
        let diagnostic = Diagnostic::new(RULE.code, message)
            .at(passage.span(first.range.start..last.range.end))
            .help(format!("write [{title}]({dest_url})"));
        found.push(match slip {
            Slip::Other => diagnostic.help(format!("or let the link lead to “{words}”")),
            Slip::Near => diagnostic,
        });
    }
}

enum Slip {
    /// Another value has this name.
    Other,
    /// It is nearly the name.
    Near,
}

/// The value or behaviour that a link leads to.
fn value(passage: &Passage<'_>, marked: &Marked<'_>, destination: &str) -> Option<(usize, ItemRef)> {
    let link = passage.prose?.link(marked.range.start, destination)?;
    match passage.context.handbook.target(link)? {
        Target::Inside { to: Subject::Item(framework, at), fragment: None } => Some((framework, at)),
        _ => None,
    }
}

fn slip(title: &str, at: ItemRef, words: &str, called: &FxHashMap<String, Vec<ItemRef>>) -> Option<Slip> {
    let said = name(words);
    let own = name(title);
    if said.is_empty() || said == own || label_key(words) == label_key(title) {
        return None;
    }
    if called.get(&said).is_some_and(|items| items.iter().any(|other| *other != at)) {
        return Some(Slip::Other);
    }
    // A sentence around the name, or a part of the name, describes it.
    let contains = |text: &str, part: &str| format!(" {text} ").contains(&format!(" {part} "));
    if contains(&said, &own) || contains(&own, &said) {
        return None;
    }
    is_near(&said, &own, words).then_some(Slip::Near)
}

fn name(words: &str) -> String {
    let key = key(&words.replace('&', " and "));
    let mut words: Vec<&str> = key.split(' ').collect();
    while words.len() > 1 && words.first().is_some_and(|word| AROUND.contains(word)) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| AROUND.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Whether a name is meant: its words in another order, or nearly its letters. The first word may bend as its sentence wants
/// (“owning your decisions”), unless it is written as a name.
fn is_near(said: &str, own: &str, words: &str) -> bool {
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    if sorted(said) == sorted(own) {
        return true;
    }
    let (mut said_words, mut own_words) = (said.split(' '), own.split(' '));
    let is_first_bent = said_words.next().zip(own_words.next()).is_some_and(|(one, other)| is_bent(one, other));
    let is_in_sentence = words.starts_with(char::is_lowercase) && is_first_bent && said_words.eq(own_words);
    let is_stem = said.split(' ').count() == own.split(' ').count()
        && said.split(' ').zip(own.split(' ')).all(|(one, other)| is_bent(one, other));
    !is_in_sentence && (is_stem || 1.0 - strsim::normalized_damerau_levenshtein(said, own) <= MOST_DIFFERENT)
}

/// Whether two words are forms of one: "kind" and "kindness".
fn is_bent(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 4;
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = one.chars().count().min(other.chars().count());
    let base = |word: &str| super::verbs::read(word).map(|(base, _)| base);
    one == other || (common >= SHORTEST && common + 1 >= shorter) || (base(one).is_some() && base(one) == base(other))
}
