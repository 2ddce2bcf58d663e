//! Indicators that don't go on where their lead-in ends.

use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

use super::lists::{self, Line};
use super::opening::{self, MODALS, Opening, Voice, Word};
use super::verbs::Form;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "lead-in-mismatch",
        severity: Severity::Warning,
        meaning: "An indicator doesn't go on where its lead-in ends.",
    },
    guide: "People read “I will” and then each line below it as one sentence. It breaks where a line repeats the lead-in (“I \
            will” – “I will listen”), where two denials cancel each other (“I won't” – “never gossip”), and where the verb has \
            the wrong form (“I will” – “listening”). A stance's title is its lead-in. Lines that begin with anything else than \
            a well-known verb are left alone, and so is “I won't” – “avoid”, which can be meant.",
    look: Look::Passage(look),
};

/// What has to follow a lead-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// After "will", "to", "don't": "listen".
    Base,
    /// After "I", "we", "you": "listen", "am".
    Finite(Voice),
    /// After "someone who": "listens".
    Third,
    /// After "by": "listening".
    Gerund,
    /// Nothing in particular.
    Anything,
}

/// Words of a lead-in's end that are never said twice in a row.
const NEVER_TWICE: &[&str] =
    &["am", "are", "be", "been", "by", "do", "have", "i", "is", "that", "they", "to", "we", "who", "you"];

/// Words after which "you" or "we" isn't who acts.
const BEFORE_OBJECT: &[&str] =
    &["about", "ask", "at", "by", "expect", "for", "from", "help", "in", "of", "on", "to", "tell", "towards", "with"];

/// Words after which "to" is followed by a thing or by "-ing".
const BEFORE_TO_A_THING: &[&str] =
    &["according", "commit", "commitment", "committed", "contribute", "dedicated", "dedication", "due", "forward"];

/// Whether an indicator is one that this rule finds.
pub fn is_found(passage: &Passage<'_>) -> bool {
    slip(passage).is_some()
}

fn slip<'a>(passage: &'a Passage<'a>) -> Option<(Line<'a>, &'a str, Slip)> {
    let line = Line::of(passage).filter(Line::is_english)?;
    let lead_in = lists::completed(passage)?;
    let text = line.block.text.as_str();
    let (said, own) = (opening::words(lead_in), opening::words(text));
    let slip =
        repeated(&said, &own, text).or_else(|| denied(&said, &own, text)).or_else(|| misfit(&said, &own, text))?;
    Some((line, lead_in, slip))
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let Some((line, lead_in, slip)) = slip(passage) else { return };
    let text = line.block.text.as_str();
    let lead_in = lead_in.trim_end_matches([':', '…', '.', ' ']);
    let shown = &text[slip.range.clone()];
    let message = match slip.kind {
        Kind::Repeated => format!("“{shown}” is in the lead-in “{lead_in}” already"),
        Kind::Denied => format!("“{lead_in}” and “{shown}” cancel each other"),
        Kind::Misfit => format!("“{shown}” doesn't go with the lead-in “{lead_in}”"),
    };
    let diagnostic = Diagnostic::new(RULE.code, message).at(line.block.span(slip.range));
    found.push(match slip.better {
        Some(better) => diagnostic.help(format!("write “{better}”")),
        None => diagnostic.help(format!("write it so that “{lead_in} …” reads as one sentence")),
    });
}

struct Slip {
    kind: Kind,
    range: std::ops::Range<usize>,
    better: Option<String>,
}

enum Kind {
    Repeated,
    Denied,
    Misfit,
}

/// Whether the lead-in's last words are the indicator's first.
fn repeated(said: &[Word], own: &[Word], text: &str) -> Option<Slip> {
    let same = |count: usize| {
        let end = said[said.len() - count..].iter().map(|word| &word.text);
        end.eq(own[..count].iter().map(|word| &word.text))
    };
    let count = (1..=said.len().min(own.len())).rev().find(|count| same(*count))?;
    let only = own[0].text.as_str();
    // "What we ask of you" isn't the beginning of "you listen".
    let is_object = matches!(only, "they" | "we" | "you") && wanted(said) == Wanted::Anything;
    let is_telling = count > 1 || ((NEVER_TWICE.contains(&only) || MODALS.contains(&only)) && !is_object);
    if !is_telling {
        return None;
    }
    // "I" alone is met in "I'm" too, where it can't be taken out by itself.
    if own.get(count).is_some_and(|next| next.range == own[count - 1].range) {
        return None;
    }
    let better = rest(text, own[count - 1].range.end).map(|rest| fitted(&rest, wanted(said)));
    Some(Slip { kind: Kind::Repeated, range: own[0].range.start..own[count - 1].range.end, better })
}

/// Whether both the lead-in and the indicator deny.
fn denied(said: &[Word], own: &[Word], text: &str) -> Option<Slip> {
    if !is_denial(said) {
        return None;
    }
    let first = own.iter().take_while(|word| opening::is_adverb(&word.text)).count();
    let at = |index: usize| own.get(first + index).map_or("", |word| word.text.as_str());
    let count = match (at(0), at(1)) {
        ("not", "just" | "merely" | "only" | "simply") => return None,
        ("never" | "not", _) => 1,
        (helper, "not" | "never")
            if MODALS.contains(&helper) || matches!(helper, "am" | "are" | "do" | "does" | "is") =>
        {
            2
        }
        _ => return None,
    };
    let range = own[first].range.start..own[first + count - 1].range.end;
    let better = rest(text, range.end).map(|rest| fitted(&rest, wanted(said)));
    Some(Slip { kind: Kind::Denied, range, better })
}

/// Whether the indicator begins in a form that can't follow.
fn misfit(said: &[Word], own: &[Word], text: &str) -> Option<Slip> {
    let wanted = wanted(said);
    if wanted == Wanted::Anything {
        return None;
    }
    let first = own.first()?;
    let slip = |range, better| Some(Slip { kind: Kind::Misfit, range, better });
    if matches!(wanted, Wanted::Base | Wanted::Finite(_)) && first.text == "to" && own.len() > 1 {
        let better = rest(text, first.range.end).map(|rest| fitted(&rest, wanted));
        return slip(first.range.clone(), better);
    }
    if wanted == Wanted::Base && MODALS.contains(&first.text.as_str()) {
        return slip(first.range.clone(), without_helper(own, text));
    }
    if wanted == Wanted::Base && matches!(first.text.as_str(), "am" | "are") {
        return slip(first.range.clone(), Some(format!("be{}", &text[first.range.end..])));
    }
    let opening = Opening::read(text)?;
    let helps = own.get(1).is_some_and(|word| word.text == "not") && matches!(first.text.as_str(), "do" | "does");
    if wanted == Wanted::Base && helps {
        let better = rest(text, own[1].range.end).map(|rest| format!("not {rest}"));
        return slip(first.range.start..own[1].range.end, better);
    }
    let fits = match (wanted, opening.voice) {
        (Wanted::Finite(voice), Voice::Verb(Form::Base)) => {
            let is_be = opening.verb.as_ref().is_some_and(|(range, _)| text[range.clone()].eq_ignore_ascii_case("be"));
            !is_be || matches!(voice, Voice::Verb(_))
        }
        (Wanted::Base, Voice::Verb(Form::Base)) | (Wanted::Third, Voice::Verb(Form::Third | Form::Past)) => true,
        (Wanted::Finite(_), Voice::Verb(Form::Past)) | (Wanted::Gerund, Voice::Verb(Form::Gerund | Form::Past)) => true,
        _ => false,
    };
    let better = opening.said_as(text, voice_of(wanted)).map(|better| without_pronoun(better, wanted));
    let better = better.filter(|_| !is_turned(said, own));
    if fits { None } else { slip(opening.shown, better) }
}

/// Whether an indicator with a subject says the opposite of its lead-in, so that taking the subject out would turn its meaning.
fn is_turned(said: &[Word], own: &[Word]) -> bool {
    let has_subject = matches!(own[0].text.as_str(), "i" | "we" | "you");
    let next = own.get(1).map_or("", |word| word.text.as_str());
    has_subject && is_denial(said) && (MODALS.contains(&next) || next == "never")
}

/// "will be kind" without its "will", and "can't wait" as "not wait".
fn without_helper(own: &[Word], text: &str) -> Option<String> {
    let is_denied = own.get(1).is_some_and(|word| word.text == "not");
    let last = &own[usize::from(is_denied)];
    rest(text, last.range.end).map(|rest| if is_denied { format!("not {rest}") } else { rest })
}

/// What has to follow the end of a lead-in.
fn wanted(said: &[Word]) -> Wanted {
    let kept: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
    let adverbs = kept.iter().rev().take_while(|word| opening::is_adverb(word) || matches!(**word, "never" | "not"));
    let kept = &kept[..kept.len() - adverbs.count()];
    let before = kept.len().checked_sub(2).map_or("", |at| kept[at]);
    match kept.last().copied().unwrap_or_default() {
        word if MODALS.contains(&word) || matches!(word, "do" | "does" | "did") && has_not(said) => Wanted::Base,
        "to" if !BEFORE_TO_A_THING.contains(&before) => Wanted::Base,
        "i" => Wanted::Finite(Voice::I),
        "we" => Wanted::Finite(Voice::We),
        "you" if !BEFORE_OBJECT.contains(&before) => Wanted::Finite(Voice::You),
        "they" => Wanted::Finite(Voice::Verb(Form::Base)),
        "who" if is_one(before) => Wanted::Third,
        "who" if is_many(before) => Wanted::Finite(Voice::Verb(Form::Base)),
        "avoid" | "by" => Wanted::Gerund,
        _ => Wanted::Anything,
    }
}

fn has_not(said: &[Word]) -> bool {
    said.last().is_some_and(|word| word.text == "not")
}

fn is_one(word: &str) -> bool {
    matches!(word, "anybody" | "anyone" | "colleague" | "employee" | "everyone" | "leader" | "manager" | "person")
        || matches!(word, "somebody" | "someone")
}

fn is_many(word: &str) -> bool {
    matches!(word, "colleagues" | "employees" | "leaders" | "managers" | "people" | "staff" | "those")
}

/// Whether the end of a lead-in denies what follows.
fn is_denial(said: &[Word]) -> bool {
    let end = said.iter().rev().take_while(|word| {
        opening::is_adverb(&word.text) || matches!(word.text.as_str(), "be" | "never" | "not" | "to")
    });
    end.into_iter().any(|word| matches!(word.text.as_str(), "never" | "not"))
}

fn voice_of(wanted: Wanted) -> Voice {
    match wanted {
        Wanted::Finite(voice) => voice,
        Wanted::Third => Voice::Verb(Form::Third),
        Wanted::Gerund => Voice::Verb(Form::Gerund),
        Wanted::Base | Wanted::Anything => Voice::Verb(Form::Base),
    }
}

/// The lead-in has the pronoun already.
fn without_pronoun(text: String, wanted: Wanted) -> String {
    let pronouns: &[&str] = match wanted {
        Wanted::Finite(_) => &["I ", "we ", "We ", "you ", "You "],
        _ => &[],
    };
    let found = pronouns.iter().find_map(|pronoun| text.strip_prefix(pronoun)).map(str::to_owned);
    found.unwrap_or(text)
}

/// A text in the form that is wanted, where it is surely in another.
fn fitted(text: &str, wanted: Wanted) -> String {
    let opening = Opening::read(text).filter(|opening| matches!(opening.voice, Voice::Verb(_)));
    let better = opening.filter(|_| wanted != Wanted::Anything).and_then(|own| own.said_as(text, voice_of(wanted)));
    better.map_or_else(|| text.to_owned(), |better| without_pronoun(better, wanted))
}

/// What is left after the beginning is taken out.
fn rest(text: &str, from: usize) -> Option<String> {
    let rest = text.get(from..)?.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '…'));
    (!rest.is_empty()).then(|| rest.to_owned())
}
