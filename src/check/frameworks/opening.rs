//! How an indicator begins: who speaks in it, and in which form its verb is.

use std::ops::Range;

use super::verbs::{self, Form};

/// Who is said to act, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// "I listen"
    I,
    /// "we listen"
    We,
    /// "you listen"
    You,
    /// "listen", "listens", "listening", "listened"
    Verb(Form),
}

/// The beginning of an indicator, where its voice is certain.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Its voice.
    pub voice: Voice,
    /// The words that show it.
    pub shown: Range<usize>,
    /// The verb: where it stands, and its base.
    pub verb: Option<(Range<usize>, &'static str)>,
    /// Words of a subject, with its auxiliary ("I will"), that a list of verbs does without.
    pub subject: Range<usize>,
}

/// A word in lower case with straight apostrophes, and where it stands. What is contracted is several words in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether a mark follows it that ends a phrase.
    pub is_last: bool,
}

/// Words before a verb that don't change its form.
const ADVERBS: &[&str] =
    &["also", "always", "both", "even", "often", "rarely", "seldom", "simply", "sometimes", "still", "then"];

/// Verbs that say how others are meant.
pub const MODALS: &[&str] = &["can", "could", "may", "might", "must", "shall", "should", "will", "would"];

/// Words that are nouns where one of these follows.
const NOUNS: &[&str] = &[
    "aim",
    "approach",
    "balance",
    "benefit",
    "blame",
    "book",
    "brief",
    "call",
    "care",
    "cause",
    "challenge",
    "change",
    "charge",
    "check",
    "claim",
    "comment",
    "control",
    "copy",
    "cover",
    "damage",
    "deal",
    "delay",
    "demand",
    "design",
    "display",
    "document",
    "drive",
    "end",
    "exercise",
    "fill",
    "focus",
    "form",
    "gossip",
    "guide",
    "hand",
    "help",
    "honour",
    "influence",
    "interest",
    "judge",
    "label",
    "link",
    "look",
    "measure",
    "model",
    "move",
    "name",
    "notice",
    "offer",
    "order",
    "panic",
    "pause",
    "pay",
    "place",
    "plan",
    "play",
    "praise",
    "present",
    "progress",
    "question",
    "reach",
    "record",
    "reply",
    "report",
    "request",
    "research",
    "respect",
    "review",
    "reward",
    "run",
    "shape",
    "share",
    "shift",
    "show",
    "sign",
    "stand",
    "start",
    "state",
    "step",
    "stop",
    "structure",
    "struggle",
    "study",
    "supply",
    "support",
    "survey",
    "test",
    "thank",
    "time",
    "track",
    "train",
    "treat",
    "trust",
    "turn",
    "update",
    "use",
    "value",
    "view",
    "visit",
    "voice",
    "waste",
    "watch",
    "welcome",
    "work",
    "worry",
];

/// Words that follow a noun rather than the verb it looks like.
const AFTER_NOUN: &[&str] =
    &["are", "between", "can", "has", "have", "is", "may", "must", "of", "should", "was", "were", "will"];

/// Verbs among those that "for" may follow.
const WITH_FOR: &[&str] = &["call", "care", "check", "look", "pay", "plan", "stand", "watch", "work"];

/// Nouns in "ing" that "for", "in" and "to" often follow.
const NAMED_IN_ING: &[&str] = &["building", "learning", "meeting", "training", "understanding"];

/// A text's words, contractions taken apart.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let at = start + (piece.len() - piece.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            let is_last = piece.trim_end().ends_with([',', ';', ':', '.', '–', '—', '…', '!', '?', ')']);
            let range = at..at + bare.len();
            let plain = bare.to_lowercase().replace(['’', '‘', 'ʼ'], "'");
            let mut parts = apart(&plain).peekable();
            while let Some(text) = parts.next() {
                words.push(Word { text, range: range.clone(), is_last: is_last && parts.peek().is_none() });
            }
        }
        start += piece.len();
    }
    words
}

fn apart(word: &str) -> impl Iterator<Item = String> {
    let (first, second) = match word {
        "won't" | "wont" => ("will", "not"),
        "can't" | "cannot" => ("can", "not"),
        "i'm" => ("i", "am"),
        "shan't" => ("shall", "not"),
        "dont" => ("do", "not"),
        _ => match word.split_once('\'') {
            Some((first, "ll")) => (first, "will"),
            Some((first, "re")) => (first, "are"),
            Some((first, "ve")) => (first, "have"),
            Some((first, "d")) => (first, "would"),
            Some((first, "t")) if first.ends_with('n') && first.len() > 2 => (&first[..first.len() - 1], "not"),
            _ => (word, ""),
        },
    };
    [first.to_owned(), second.to_owned()].into_iter().filter(|part| !part.is_empty())
}

/// Whether a word may stand before a verb without changing its form.
pub fn is_adverb(word: &str) -> bool {
    ADVERBS.contains(&word) || (word.ends_with("ly") && word.len() > 4 && verbs::read(word).is_none())
}

impl Opening {
    /// Reads the beginning of an English text.
    pub fn read(text: &str) -> Option<Self> {
        let words = words(text);
        if words.iter().take(4).any(|word| ends_label(text, word)) {
            return None;
        }
        let first = words.first()?;
        let voice = match first.text.as_str() {
            "i" => Voice::I,
            "we" => Voice::We,
            "you" => Voice::You,
            _ => return Self::verb(&words),
        };
        let own = words.get(1).filter(|word| MODALS.contains(&word.text.as_str()));
        let after = if own.is_some() { 2 } else { 1 };
        let end = own.map_or(first.range.end, |word| word.range.end);
        Some(Self {
            voice,
            shown: first.range.start..end,
            verb: after_subject(&words, after),
            subject: first.range.start..end,
        })
    }

    fn verb(words: &[Word]) -> Option<Self> {
        let index = after_adverbs(words, 0);
        let word = words.get(index)?;
        let (base, form) = verbs::read(&word.text)?;
        if is_noun(words, index, base, form) {
            return None;
        }
        let verb = Some((word.range.clone(), base));
        Some(Self { voice: Voice::Verb(form), shown: word.range.clone(), verb, subject: 0..0 })
    }

    /// The text in another voice; none where that takes more than changing a word or two.
    pub fn said_as(&self, text: &str, voice: Voice) -> Option<String> {
        let (range, base) = self.verb.clone()?;
        let form = match voice {
            Voice::Verb(form) => form,
            Voice::I | Voice::We | Voice::You => Form::Base,
        };
        let is_negative = words(&text[range.start..]).get(1).is_some_and(|word| word.text == "not") && base == "do";
        if is_negative && form != Form::Base && form != Form::Third {
            return None;
        }
        let pronoun = match voice {
            Voice::I => "I ",
            Voice::We => "we ",
            Voice::You => "you ",
            Voice::Verb(_) => "",
        };
        let verb = match (voice, base) {
            (Voice::I, "be") => "am".to_owned(),
            (Voice::We | Voice::You, "be") => "are".to_owned(),
            _ => verbs::in_form(base, form),
        };
        let between = text.get(self.subject.end..range.start)?.trim_start();
        let rest = text.get(range.end..)?;
        let old = if let Voice::Verb(form) = self.voice { form } else { Form::Base };
        let rest = if is_negative { in_do(&text[range], rest) } else { joined(rest, old, form) };
        let said = format!("{pronoun}{between}{verb}{rest}");
        Some(like(text, said.trim_start().to_owned()))
    }
}

/// Words that follow a verb rather than a noun.
const AFTER_VERB: &[&str] = &[
    "a", "an", "each", "her", "him", "how", "it", "my", "others", "our", "people", "that", "the", "their", "them",
    "us", "what", "when", "where", "you", "your",
];

/// What follows a verb, with the verbs that "and" joins to it in its new form.
fn joined(rest: &str, old: Form, new: Form) -> String {
    let mut text = String::with_capacity(rest.len());
    let mut is_near = true;
    let mut after_link = false;
    for piece in rest.split_inclusive(' ') {
        let word = piece.trim_end_matches([' ', ',']);
        let is_link = matches!(word, "and" | "or");
        let verb = verbs::read(word).filter(|(_, form)| *form == old && after_link);
        let next = rest[text_end(rest, piece)..].split(' ').next().unwrap_or_default();
        match verb.filter(|_| is_near || AFTER_VERB.contains(&next)) {
            Some((base, _)) => {
                text.push_str(&verbs::in_form(base, new));
                text.push_str(&piece[word.len()..]);
            }
            None => {
                is_near &= is_link || word.is_empty();
                text.push_str(piece);
            }
        }
        after_link = is_link || piece.trim_end().ends_with(',');
    }
    text
}

/// Where a piece of a text ends in it.
fn text_end(text: &str, piece: &str) -> usize {
    (piece.as_ptr() as usize - text.as_ptr() as usize) + piece.len()
}

/// What follows "do" where its "n't" stands in one word with it.
fn in_do(word: &str, rest: &str) -> String {
    if word.to_lowercase().ends_with('t') { format!("n't{rest}") } else { rest.to_owned() }
}

/// The index of the first word that isn't an adverb.
fn after_adverbs(words: &[Word], from: usize) -> usize {
    let is_before = |word: &&Word| (is_adverb(&word.text) || word.text == "never") && !word.is_last;
    from + words[from.min(words.len())..].iter().take_while(is_before).count()
}

/// The verb of a subject; in "I'm", where it has no place of its own, it stands at the end of the word.
fn after_subject(words: &[Word], from: usize) -> Option<(Range<usize>, &'static str)> {
    let word = words.get(after_adverbs(words, from))?;
    let is_be = matches!(word.text.as_str(), "am" | "are");
    if is_be && word.range == words[0].range {
        return Some((word.range.end..word.range.end, "be"));
    }
    if is_be {
        return Some((word.range.clone(), "be"));
    }
    let (base, form) = verbs::read(&word.text)?;
    (form == Form::Base && word.range != words[0].range).then(|| (word.range.clone(), base))
}

fn ends_label(text: &str, word: &Word) -> bool {
    let after = text[word.range.end..].trim_start_matches(['*', '_']);
    after.starts_with(':') || after.trim_start().starts_with(['–', '—']) || after.starts_with(" - ")
}

/// Whether what looks like a verb is a noun: "respect for others", "plans are", "training of staff".
fn is_noun(words: &[Word], index: usize, base: &str, form: Form) -> bool {
    if form == Form::Base && !NOUNS.contains(&base) {
        return false;
    }
    let same = |index: usize| {
        let other = words.get(index).and_then(|word| verbs::read(&word.text));
        other.is_some_and(|(_, other)| other == form)
    };
    let Some(next) = words.get(index + 1) else {
        return NOUNS.contains(&base) || NAMED_IN_ING.contains(&words[index].text.as_str());
    };
    if words[index].is_last {
        return !same(index + 1);
    }
    let after = next.text.as_str();
    match after {
        "and" | "or" => !same(index + 2),
        "for" if form == Form::Base => !WITH_FOR.contains(&base),
        "from" => matches!(base, "help" | "question" | "report" | "request" | "support"),
        "in" if form == Form::Base => matches!(base, "change" | "trust"),
        "to" if form == Form::Base => matches!(base, "approach" | "challenge" | "change"),
        "for" | "in" | "to" => NAMED_IN_ING.contains(&words[index].text.as_str()),
        _ => AFTER_NOUN.contains(&after),
    }
}

/// A text that begins with a capital where another does.
pub fn like(model: &str, text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if model.starts_with(char::is_uppercase) && !is_only_i(model) => {
            first.to_uppercase().chain(letters).collect()
        }
        Some(first) if model.starts_with(char::is_lowercase) && !text.starts_with("I ") => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text,
    }
}

/// Whether its capital is that of "I", which says nothing of others.
fn is_only_i(text: &str) -> bool {
    text.strip_prefix('I').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
