//! Lists whose items don't speak in one voice.

use crate::check::passage::Written;
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

use super::lead_in_mismatch;
use super::lists::{self, Line};
use super::opening::{self, Opening, Voice};
use super::verbs::Form;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "mixed-voice",
        severity: Severity::Warning,
        meaning: "One item of a list speaks in another voice than the rest.",
    },
    guide: "A list reads easily when all its items begin in the same way: all with “I”, or all with a verb in the same form. An \
            item is found that begins otherwise than most of its list: “I listen” among “ask” and “thank”, “listens” or \
            “listening” among “listen”. Items that begin with anything else than “I”, “we”, “you” or a well-known verb are left \
            alone, and so are lists without a clear majority.",
    look: Look::Written(look),
};

fn look(written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    for list in lists::lists(written) {
        let read = |line: &Line<'_>| Opening::read(&line.block.text).filter(|_| line.is_english());
        let openings: Vec<_> =
            list.iter().filter_map(|line| read(line).filter(is_certain).map(|opening| (line, opening))).collect();
        let Some((model, voice)) = most(&openings, list.len()) else { continue };
        // What doesn't go with its lead-in has been told so already.
        let is_odd = |(line, opening): &&(&Line<'_>, Opening)| {
            opening.voice != voice && !lead_in_mismatch::is_found(line.passage)
        };
        let odd: Vec<_> = openings.iter().filter(is_odd).collect();
        let Some((line, opening)) = odd.first() else { continue };
        let mut diagnostic = finding(line, opening, voice, model);
        for (line, opening) in &odd[1..] {
            diagnostic = diagnostic.also(line.block.span(opening.shown.clone()), "this one too");
        }
        found.push(diagnostic);
    }
}

/// What ends in "ed" may describe people: "committed to fairness".
fn is_certain(opening: &Opening) -> bool {
    opening.voice != Voice::Verb(Form::Past)
}

/// The voice of most items, and an item that has it: of more than half of all, and of twice as many as have another.
fn most<'a>(openings: &'a [(&'a Line<'a>, Opening)], all: usize) -> Option<(&'a Line<'a>, Voice)> {
    let mut counts: Vec<(Voice, usize)> = Vec::new();
    for (_, opening) in openings {
        match counts.iter_mut().find(|(voice, _)| *voice == opening.voice) {
            Some((_, count)) => *count += 1,
            None => counts.push((opening.voice, 1)),
        }
    }
    let count = |voice: Voice| counts.iter().find(|(own, _)| *own == voice).map_or(0, |(_, count)| *count);
    let (line, opening) = openings.iter().max_by_key(|(_, opening)| count(opening.voice))?;
    let many = count(opening.voice);
    let is_clear = many * 2 > all && many >= 2 * (openings.len() - many);
    is_clear.then_some((*line, opening.voice))
}

fn finding(line: &Line<'_>, opening: &Opening, voice: Voice, model: &Line<'_>) -> Diagnostic {
    let text = &line.block.text;
    let shown = &text[opening.shown.clone()];
    let message =
        format!("“{shown}” is another voice than that of this list: the others begin with {}", in_words(voice));
    let better = opening.said_as(text, voice).map(|better| opening::like(&model.block.text, better));
    let first: Vec<_> = model.block.text.split_whitespace().take(3).collect();
    let help = match better {
        Some(better) => format!("write “{better}”"),
        None => format!("begin it as the others do, such as “{} …”", first.join(" ")),
    };
    Diagnostic::new(RULE.code, message)
        .at(line.block.span(opening.shown.clone()))
        .also(model.block.whole(), "as most are")
        .help(help)
}

fn in_words(voice: Voice) -> &'static str {
    match voice {
        Voice::I => "“I”",
        Voice::We => "“we”",
        Voice::You => "“you”",
        Voice::Verb(Form::Base) => "a bare verb, such as “listen”",
        Voice::Verb(Form::Third) => "a verb such as “listens”",
        Voice::Verb(Form::Gerund) => "a verb such as “listening”",
        Voice::Verb(Form::Past) => "a verb such as “listened”",
    }
}
