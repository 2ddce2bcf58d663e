//! `ethos check --external`: whether links to other web sites still lead somewhere.
//!
//! In: the web addresses of the handbook, each once. Out: a finding for each that is gone, has moved or can't be reached. Sites are
//! asked politely (`ask`), and good answers are remembered for a week (`memory`). Building never does this.

mod ask;
mod memory;

use std::collections::BTreeMap;

use crate::check::Context;
use crate::check::asked::{DEAD_LINK, MOVED_LINK, UNREACHABLE_LINK};
use crate::content::link::Destination;
use crate::finding::Diagnostic;
use crate::text::Span;
use ask::Answer;
use memory::Memory;

/// Where an address stands first, and how often in all.
struct Linked {
    at: Span,
    count: usize,
}

/// Tries every web address that isn't the handbook's own, and says what came of it.
pub fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let links = links(context);
    let mut memory = Memory::read();
    let unknown: Vec<&str> = links.keys().map(String::as_str).filter(|url| memory.answer(url).is_none()).collect();
    let answers: BTreeMap<String, Answer> = ask::all(&unknown).into_iter().collect();
    memory.keep(&answers);
    let told = |(url, linked): (&String, &Linked)| {
        let answer = answers.get(url).or_else(|| memory.answer(url))?;
        finding(url, answer).map(|diagnostic| placed(diagnostic, linked))
    };
    links.iter().filter_map(told).collect()
}

fn links(context: &Context<'_>) -> BTreeMap<String, Linked> {
    let handbook = context.handbook;
    let skip = &context.settings().skip;
    let mut links: BTreeMap<String, Linked> = BTreeMap::new();
    for link in handbook.proses().flat_map(|prose| &prose.links).filter(|link| link.to == Destination::Outside) {
        let url = link.destination.trim().split('#').next().unwrap_or_default();
        let lower = url.to_ascii_lowercase();
        let is_web = lower.starts_with("https://") || lower.starts_with("http://");
        let is_skipped = skip.iter().any(|beginning| url.starts_with(beginning.as_str()));
        if is_web && !is_skipped && handbook.own_address(url).is_none() {
            links.entry(url.to_owned()).or_insert(Linked { at: link.span, count: 0 }).count += 1;
        }
    }
    links
}

fn finding(url: &str, answer: &Answer) -> Option<Diagnostic> {
    match answer {
        Answer::Good => None,
        Answer::Moved { to, steps } => {
            let by_way =
                if *steps > 1 { format!(", by way of {steps} addresses one after the other") } else { String::new() };
            let message = format!("`{url}` has moved for good{by_way}");
            Some(Diagnostic::new(MOVED_LINK.code, message).help(format!("write the new address: {to}")))
        }
        Answer::Dead(why) => Some(
            Diagnostic::new(DEAD_LINK.code, format!("`{url}` leads nowhere: {why}"))
                .help("look for the page on that site and write its new address, or take the link out"),
        ),
        Answer::Unreachable(why) => Some(
            Diagnostic::new(UNREACHABLE_LINK.code, format!("`{url}` couldn't be tried: {why}"))
                .help("try again later; if it stays so, look at it in a browser"),
        ),
    }
}

fn placed(diagnostic: Diagnostic, linked: &Linked) -> Diagnostic {
    let diagnostic = diagnostic.at(linked.at);
    match linked.count - 1 {
        0 => diagnostic,
        1 => diagnostic.help("the same address stands in 1 other place"),
        others => diagnostic.help(format!("the same address stands in {others} other places")),
    }
}
