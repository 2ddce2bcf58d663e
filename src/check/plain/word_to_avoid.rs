//! Words that most readers would say more plainly, and words that leave them guessing.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::forms::{FORMS, Form, in_form};
use super::sentences::{is_address, own_words, sentences, words};
use super::words::{Better, WORDS};
use crate::check::passage::{Block, Kind, Written};
use crate::check::{Context, Look, Prepared, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "word-to-avoid",
        severity: Severity::Warning,
        meaning: "A word or phrase has a plainer one, or leaves readers guessing.",
    },
    guide: "“Utilise” says no more than “use”, and “robust” or “holistic” mean something else to everybody. Words of a list are found \
            in all their forms, but not in names, in code, or where a text talks about the word itself; several on a page make one \
            finding. Under `[check.words]`, `client = \"resident\"` adds a word with a better one, and `robust = false` allows one.",
    look: Look::Prepared(prepare),
};

/// How many further places are marked.
const MARKED: usize = 5;

/// Words after which a text talks about a word.
const TALK: &[&str] = &["called", "phrase", "term", "terms", "verb", "word", "words"];

/// What is looked for, by its first word.
struct List<'a> {
    phrases: FxHashMap<String, Phrases<'a>>,
}

/// The phrases that begin with a word.
#[derive(Default)]
struct Phrases<'a> {
    /// By the words after the first, each with a space behind it.
    by_rest: FxHashMap<String, Pattern<'a>>,
    /// How many words may come after the first.
    lengths: BTreeSet<usize>,
}

struct Pattern<'a> {
    /// How many words come after the first.
    more: usize,
    form: Form,
    /// Which entry it is of: all its forms count together.
    entry: usize,
    better: Better<'a>,
}

/// A word of a text.
struct Token<'a> {
    range: Range<usize>,
    /// In small letters, with straight apostrophes.
    word: Cow<'a, str>,
    is_capitalised: bool,
}

/// A place where something of the list stands.
struct Hit<'a> {
    words: String,
    span: Span,
    form: Form,
    better: Better<'a>,
}

/// What was found on a page, entry by entry, in the order of their first places.
#[derive(Default)]
struct Hits<'a> {
    by_entry: Vec<Vec<Hit<'a>>>,
    /// Where an entry's are in `by_entry`.
    places: FxHashMap<usize, usize>,
}

fn prepare<'a>(context: &Context<'a>) -> Prepared<'a> {
    let list = List::of(context);
    Box::new(move |written, found| found.extend(list.look_for(written)))
}

impl<'a> List<'a> {
    /// Our list with the handbook's own words, and without those that it allows.
    fn of(context: &Context<'a>) -> Self {
        let own = &context.settings().words;
        let replaced: FxHashSet<String> = own.iter().map(|(word, _)| word.as_str().trim().to_lowercase()).collect();
        let mut list = Self { phrases: FxHashMap::default() };
        for (entry, (pattern, better)) in WORDS.iter().enumerate() {
            let forms = expanded(pattern);
            if !forms.iter().any(|(words, _)| replaced.contains(&words.join(" "))) {
                list.add(forms, entry, *better);
            }
        }
        for (index, (word, better)) in own.iter().enumerate() {
            if let Some(better) = better {
                list.add(expanded_own(word.as_str()), WORDS.len() + index, Better::Preferred(better.as_str()));
            }
        }
        list
    }

    fn add(&mut self, forms: Vec<(Vec<String>, Form)>, entry: usize, better: Better<'a>) {
        for (words, form) in forms {
            let Some((first, rest)) = words.split_first() else { continue };
            let phrases = self.phrases.entry(first.clone()).or_default();
            phrases.lengths.insert(rest.len());
            let rest_words = rest.iter().flat_map(|word| [word, " "]).collect();
            phrases.by_rest.entry(rest_words).or_insert(Pattern { more: rest.len(), form, entry, better });
        }
    }

    fn look_for(&self, written: &Written<'_>) -> Vec<Diagnostic> {
        let mut hits = Hits::default();
        for block in written.passages.iter().filter(|passage| passage.is_english()).flat_map(|passage| &passage.blocks)
        {
            let text = own_words(block);
            for sentence in sentences(&text) {
                self.look_in(block, &text, &tokens(&text, sentence), &mut hits);
            }
        }
        hits.by_entry.iter().filter_map(|hits| finding(hits)).collect()
    }

    fn look_in(&self, block: &Block<'_>, text: &str, tokens: &[Token<'_>], hits: &mut Hits<'a>) {
        let mut at = 0;
        while at < tokens.len() {
            let Some(pattern) = self.pattern(text, &tokens[at..]) else {
                at += 1;
                continue;
            };
            let range = tokens[at].range.start..tokens[at + pattern.more].range.end;
            let is_meant = pattern.better != Better::Same
                && !is_name(tokens, at, pattern, block.kind)
                && !is_whole_line(block, &range)
                && !is_literal(&text[range.clone()], &text[range.end..])
                && !is_talked_of(text, tokens, at, &range);
            at += 1 + pattern.more;
            if !is_meant {
                continue;
            }
            let words = block.text.get(range.clone()).unwrap_or_default().to_owned();
            let hit = Hit { words, span: block.span(range), form: pattern.form, better: pattern.better };
            hits.add(pattern.entry, hit);
        }
    }

    /// The longest pattern that the tokens begin with.
    fn pattern(&self, text: &str, tokens: &[Token<'_>]) -> Option<&Pattern<'a>> {
        let (first, rest) = tokens.split_first()?;
        let phrases = self.phrases.get(&*first.word)?;
        let longest = phrases.lengths.last()?;
        let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '/');
        // The words that follow with nothing but spaces between, and where each ends.
        let (mut words, mut ends) = (String::new(), vec![0]);
        let mut end = first.range.end;
        for token in rest.iter().take(*longest) {
            if !text[end..token.range.start].chars().all(is_between) {
                break;
            }
            end = token.range.end;
            words.extend([&*token.word, " "]);
            ends.push(words.len());
        }
        phrases.lengths.iter().rev().find_map(|length| phrases.by_rest.get(&words[..*ends.get(*length)?]))
    }
}

impl<'a> Hits<'a> {
    fn add(&mut self, entry: usize, hit: Hit<'a>) {
        let at = *self.places.entry(entry).or_insert(self.by_entry.len());
        match self.by_entry.get_mut(at) {
            Some(hits) => hits.push(hit),
            None => self.by_entry.push(vec![hit]),
        }
    }
}

/// All words that a pattern stands for, each with the form that its verb has there.
fn expanded(pattern: &str) -> Vec<(Vec<String>, Form)> {
    let forms = if pattern.contains('*') { &FORMS[..] } else { &FORMS[..1] };
    let mut all = Vec::new();
    for form in forms {
        let mut so_far = vec![Vec::new()];
        for choice in pattern.split(' ') {
            let words: Vec<String> = choice.split('/').flat_map(|word| spellings(word, *form)).collect();
            so_far = so_far
                .iter()
                .flat_map(|before: &Vec<String>| {
                    words.iter().map(|word| before.iter().chain([word]).cloned().collect::<Vec<_>>())
                })
                .collect();
        }
        all.extend(so_far.into_iter().map(|words| (words, *form)));
    }
    all
}

/// A word of a pattern in a form, with -ise and -ize.
fn spellings(word: &str, form: Form) -> Vec<String> {
    let Some(verb) = word.strip_suffix('*') else { return vec![word.to_owned()] };
    let other = verb.strip_suffix("ise").map(|stem| in_form(&format!("{stem}ize"), form));
    [Some(in_form(verb, form)), other].into_iter().flatten().collect()
}

/// The forms of a word or phrase from the settings: of what ends like a verb all, of any other word the plural.
fn expanded_own(phrase: &str) -> Vec<(Vec<String>, Form)> {
    let phrase = phrase.to_lowercase().replace('’', "'");
    let words: Vec<&str> =
        phrase.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty()).collect();
    let [word] = words[..] else { return vec![(words.into_iter().map(str::to_owned).collect(), Form::Base)] };
    if is_verb(word) {
        return expanded(&format!("{word}*"));
    }
    [Form::Base, Form::Present].map(|form| (vec![in_form(word, form)], form)).into()
}

/// The words of a sentence, split where they are joined; an address is one that nothing matches.
fn tokens(text: &str, sentence: Range<usize>) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for chunk in words(&text[sentence.clone()]) {
        let start = sentence.start + chunk.start;
        let chunk = &text[start..sentence.start + chunk.end];
        if chunk.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let word = Cow::Borrowed(chunk);
            tokens.push(Token { range: start..start + chunk.len(), word, is_capitalised: false });
            continue;
        }
        if is_address(chunk) {
            tokens.push(Token { range: start..start + chunk.len(), word: Cow::Borrowed(""), is_capitalised: false });
            continue;
        }
        let mut offset = start;
        for piece in chunk.split_inclusive(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’')) {
            let word = piece.trim_matches(|c: char| !c.is_alphabetic());
            let at = offset + piece.find(word).unwrap_or_default();
            offset += piece.len();
            if !word.is_empty() {
                tokens.push(Token {
                    range: at..at + word.len(),
                    word: folded(word),
                    is_capitalised: word.starts_with(char::is_uppercase),
                });
            }
        }
    }
    tokens
}

fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}

/// Whether the words are, or begin, a name: a capital within a sentence, or another one after the first word.
fn is_name(tokens: &[Token<'_>], at: usize, pattern: &Pattern<'_>, kind: Kind) -> bool {
    let is_short = matches!(kind, Kind::Heading | Kind::Line | Kind::Cell(_));
    let next = tokens.get(at + 1 + pattern.more);
    let is_all_capitalised = tokens[at..=at + pattern.more].iter().all(|token| token.is_capitalised);
    let is_base = matches!(pattern.form, Form::Base | Form::Present);
    let is_followed = is_all_capitalised
        && is_base
        && next.is_some_and(|next| next.is_capitalised && next.word != "i" && !next.word.starts_with("i'"));
    tokens[at].is_capitalised && (at > 0 || (is_followed && !is_short))
}

/// Whether words that are mostly a manner of speaking mean what they say: "the risks of moving forward when …".
fn is_literal(words: &str, after: &str) -> bool {
    words.eq_ignore_ascii_case("moving forward") && !after.is_empty() && !after.starts_with([',', '.', ';', ':'])
}

/// Whether the words are all there is to a title: the name of a value, which is as it is.
fn is_whole_line(block: &Block<'_>, range: &Range<usize>) -> bool {
    block.kind == Kind::Line && range.len() == block.text.trim().len()
}

/// Whether a text talks about the words: alone between quotation marks, or after "the word".
fn is_talked_of(text: &str, tokens: &[Token<'_>], at: usize, range: &Range<usize>) -> bool {
    let is_mark = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '*');
    let before = text[..range.start].ends_with(is_mark);
    let after = text[range.end..].trim_start_matches([',', '.', '!', '?', '…']).starts_with(is_mark);
    let is_named = at.checked_sub(1).is_some_and(|before| TALK.contains(&&*tokens[before].word));
    (before && after) || is_named
}

fn finding(hits: &[Hit<'_>]) -> Option<Diagnostic> {
    let (first, rest) = hits.split_first()?;
    let words = &first.words;
    let times = if rest.is_empty() { String::new() } else { format!(", {} times on this page", hits.len()) };
    let message = match first.better {
        Better::Words(_) => format!("“{words}” can be said more plainly{times}"),
        Better::Preferred(_) => format!("“{words}” is on this handbook's list of words to avoid{times}"),
        Better::Say(_) => format!("“{words}” leaves readers guessing what is meant{times}"),
        Better::Same => return None,
    };
    let finding = Diagnostic::new(RULE.code, message).at(first.span).help(advice(first));
    Some(
        rest.iter().take(MARKED).fold(finding, |finding, hit| finding.also(hit.span, format!("“{}” again", hit.words))),
    )
}

fn advice(hit: &Hit<'_>) -> String {
    let better = match hit.better {
        Better::Say(what) => return what.to_owned(),
        Better::Preferred(better) => vec![preferred(better, hit)],
        Better::Words(better) => better.split(", ").map(|words| formed(words, hit)).collect(),
        Better::Same => Vec::new(),
    };
    let is_capitalised = hit.words.starts_with(char::is_uppercase);
    let quoted: Vec<_> = better.iter().map(|words| format!("“{}”", cased(words, is_capitalised))).collect();
    format!("write {}", quoted.join(" or "))
}

/// What is better than a hit's words, in their form and with those that stay.
fn formed(better: &str, hit: &Hit<'_>) -> String {
    let kept = hit.words.split_once(char::is_whitespace).map_or("", |(_, kept)| kept);
    let formed: Vec<_> = better
        .split(' ')
        .map(|word| match word.strip_suffix('*') {
            Some(verb) => in_form(verb, hit.form),
            None if word == "~" => kept.to_owned(),
            None => word.to_owned(),
        })
        .collect();
    formed.join(" ")
}

/// What a handbook prefers: the verb at its beginning, or the noun at its end, in the form of what stands there.
fn preferred(better: &str, hit: &Hit<'_>) -> String {
    let is_of_verb = matches!(hit.form, Form::Past | Form::Ongoing) || is_verb(hit.words.trim_end_matches('s'));
    let (before, word, after) = match (is_of_verb, better.split_once(' '), better.rsplit_once(' ')) {
        (true, Some((verb, rest)), _) => (String::new(), verb, format!(" {rest}")),
        (false, _, Some((rest, noun))) => (format!("{rest} "), noun, String::new()),
        _ => (String::new(), better, String::new()),
    };
    format!("{before}{}{after}", in_form(word, hit.form))
}

fn is_verb(word: &str) -> bool {
    ["ate", "ify", "ise", "ize"].iter().any(|ending| word.to_lowercase().ends_with(ending))
}

fn cased(words: &str, is_capitalised: bool) -> String {
    let mut chars = words.chars();
    match chars.next().filter(|_| is_capitalised) {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_names_each_form_once() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0), "sort WORDS");
        let mut seen = FxHashMap::default();
        for (pattern, _) in WORDS {
            for (words, _) in expanded(pattern) {
                let before = seen.insert(words.join(" "), *pattern).filter(|before| before != pattern);
                assert_eq!(before, None, "{pattern} has {words:?} too");
            }
        }
    }

    #[test]
    fn verbs_of_patterns_take_all_forms() {
        let forms: Vec<_> = expanded("utilise*").into_iter().map(|(words, _)| words.join(" ")).collect();
        assert_eq!(forms.join(" "), "utilise utilize utilises utilizes utilised utilized utilising utilizing");
        assert_eq!(expanded("touch* base")[3].0.join(" "), "touching base");
    }
}
