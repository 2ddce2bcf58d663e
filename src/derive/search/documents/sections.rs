//! Pieces of prose as documents: a section for each heading, and the clauses in it.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Document, Kind};
use crate::content::footnote::FootnoteLabel;
use crate::content::markdown::Marked;
use crate::content::prose::{Heading, Prose};
use crate::framework::Footnote;
use crate::handbook::numbering::{Number, Numbers};

/// A document with a piece of prose: what stands before its first heading is the document's own.
pub(super) fn with_sections<'h>(
    mut document: Document<'h>,
    prose: Option<&'h Prose>,
    numbers: Option<&'h Numbers>,
    shared: &[Footnote],
) -> Vec<Document<'h>> {
    let Some(prose) = prose else {
        return vec![document];
    };
    let mut rest = sections(prose, numbers, document.facts.kind, shared);
    document.say(&rest.remove(0).text);
    let mut documents = vec![document];
    documents.append(&mut rest);
    documents
}

/// The sections of a piece of prose, and its clauses each after the section that it is in; the first has no heading. A footnote's text
/// belongs to each that mentions it. `shared` are footnotes that aren't defined in the prose itself.
pub(super) fn sections<'h>(
    prose: &'h Prose,
    numbers: Option<&'h Numbers>,
    kind: Kind,
    shared: &[Footnote],
) -> Vec<Document<'h>> {
    let mut events = prose.each_event();
    let number_of = |start| numbers.and_then(|numbers| numbers.of(start));
    let mut documents = vec![Document::new(kind, "", "")];
    // Where text goes: the open section, or the innermost clause, each with its depth among items.
    let mut section = 0;
    let mut clauses: Vec<(usize, usize)> = Vec::new();
    let mut mentions: Vec<(usize, FootnoteLabel)> = Vec::new();
    let mut depth = 0;
    // Up to where the author's own number stands, which the citation says.
    let mut numbered_until = 0;
    let mut heading = "";
    while let Some(marked) = events.next() {
        match &marked.event {
            Event::Start(Tag::Heading { .. }) => {
                if let Some(own) = prose.outline.heading_at(marked.range.start) {
                    section = documents.len();
                    clauses.clear();
                    documents.push(heading_document(own, kind));
                    if let Some(number) = number_of(marked.range.start) {
                        documents[section].facts.kind = Kind::Clause;
                        documents[section].citation = Some((&number.citation).into());
                    }
                    heading = &own.title;
                }
                skip(&mut events);
            }
            Event::Start(Tag::Item) => {
                let open = clauses.last().map_or(section, |(_, at)| *at);
                space(&mut documents[open].text);
                depth += 1;
                if let Some(number) = number_of(marked.range.start) {
                    numbered_until = words_start(prose, marked.range.start) + number.strip;
                    clauses.push((depth, documents.len()));
                    documents.push(clause(number, heading));
                }
            }
            Event::End(TagEnd::Item) => {
                clauses.retain(|(own, _)| *own < depth);
                depth -= 1;
            }
            Event::Start(Tag::Paragraph) if depth == 0 => {
                clauses.clear();
                if let Some(number) = number_of(marked.range.start) {
                    numbered_until = words_start(prose, marked.range.start) + number.strip;
                    clauses.push((0, documents.len()));
                    documents.push(clause(number, heading));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if language.trim() == "framework" => {
                skip(&mut events);
            }
            Event::Start(Tag::FootnoteDefinition(_)) => skip(&mut events),
            Event::FootnoteReference(typed) => {
                let at = clauses.last().map_or(section, |(_, at)| *at);
                mentions.push((at, FootnoteLabel::new(typed)));
            }
            event => {
                let at = clauses.last().map_or(section, |(_, at)| *at);
                let skipped = numbered_until.saturating_sub(marked.range.start);
                add_words(event, skipped, &mut documents[at].text);
            }
        }
    }
    for document in &mut documents {
        // As long as it is and no longer: those of a large handbook wait for each other.
        document.text = document.text.trim_ascii_end().to_owned();
        if document.title.is_empty() && document.facts.kind == Kind::Clause {
            let (title, text) = headline(&document.text);
            (document.title, document.text) = (title.into(), text);
        }
        if document.facts.kind == Kind::Clause {
            document.is_statement = document.text.is_empty() || document.title.ends_with('…');
        }
    }
    add_footnotes(mentions, prose, shared, &mut documents);
    documents
}

/// Adds to each document the footnotes that it mentions, each once.
fn add_footnotes(
    mut mentions: Vec<(usize, FootnoteLabel)>,
    prose: &Prose,
    shared: &[Footnote],
    documents: &mut [Document<'_>],
) {
    if mentions.is_empty() {
        return;
    }
    let mut words = footnotes(prose);
    words.extend(shared.iter().map(|footnote| (footnote.label.clone(), footnote.prose.words())));
    let mut seen = HashSet::new();
    mentions.retain(|mention| seen.insert(mention.clone()));
    let mut cited = HashSet::new();
    for (at, label) in mentions {
        let is_first = cited.insert(label.clone());
        documents[at]
            .say(words.get(&label).filter(|words| is_first || is_repeatable(words)).map_or("", String::as_str));
    }
}

/// Whether the words of a footnote are added wherever it is mentioned. One that is long and mentioned everywhere would make the index
/// grow with the square of the text, so it is found where it is mentioned first.
pub(super) fn is_repeatable(words: &str) -> bool {
    const LONGEST_REPEATED: usize = 500;
    words.len() <= LONGEST_REPEATED
}

/// The words of the footnotes that a piece of prose defines.
fn footnotes(prose: &Prose) -> HashMap<FootnoteLabel, String> {
    let mut all: HashMap<FootnoteLabel, String> = HashMap::new();
    let mut open: Option<(FootnoteLabel, String)> = None;
    for marked in prose.each_event() {
        match (&marked.event, &mut open) {
            (Event::Start(Tag::FootnoteDefinition(typed)), _) => {
                open = Some((FootnoteLabel::new(typed), String::new()));
            }
            (Event::End(TagEnd::FootnoteDefinition), _) => {
                if let Some((label, words)) = open.take() {
                    all.entry(label).or_insert_with(|| words.trim_ascii_end().to_owned());
                }
            }
            (event, Some((_, words))) => add_words(event, 0, words),
            _ => {}
        }
    }
    all
}

/// Passes over what stands in something that has just begun, and its end.
fn skip<'e>(events: &mut impl Iterator<Item = Marked<'e>>) {
    let mut depth = 1;
    while depth > 0 {
        match events.next().map(|marked| marked.event) {
            Some(Event::Start(_)) => depth += 1,
            Some(Event::End(_)) => depth -= 1,
            Some(_) => {}
            None => return,
        }
    }
}

fn heading_document(heading: &Heading, kind: Kind) -> Document<'_> {
    Document::new(kind, &heading.anchor, &heading.title)
}

fn words_start(prose: &Prose, start: usize) -> usize {
    prose.outline.at(start).map_or(start, |entry| entry.words().start)
}

fn clause<'h>(number: &'h Number, heading: &'h str) -> Document<'h> {
    let mut document = Document::new(Kind::Clause, &number.anchor, "");
    document.citation = Some((&number.citation).into());
    document.above = [heading].into_iter().filter(|heading| !heading.is_empty()).collect();
    document
}

fn add_words(event: &Event<'_>, skipped: usize, text: &mut String) {
    match event {
        Event::Text(words) | Event::Code(words) => add_folded(words.get(skipped..).unwrap_or_default(), text),
        Event::SoftBreak | Event::HardBreak => space(text),
        Event::End(end) if !is_inline(end) => space(text),
        _ => {}
    }
}

/// Adds words with one space wherever there is white space.
fn add_folded(words: &str, text: &mut String) {
    // Room for most sections at once: what is too much is given back when the section is whole.
    const ROOM: usize = 500;
    if text.is_empty() {
        text.reserve(ROOM);
    }
    let is_folded = words.is_ascii()
        && !words.bytes().any(|byte| byte.is_ascii_whitespace() && byte != b' ')
        && !words.contains("  ");
    if is_folded {
        // Nearly all words come so.
        let has_space = text.is_empty() || text.ends_with(' ');
        text.push_str(if has_space { words.trim_ascii_start() } else { words });
    } else {
        for letter in words.chars() {
            if letter.is_whitespace() { space(text) } else { text.push(letter) }
        }
    }
}

/// Ends a word.
fn space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// Whether what ends goes on in the middle of a sentence.
fn is_inline(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image | TagEnd::Subscript
    )
}

/// A long text's first words, as its title, and the whole; a short one is all title.
pub(super) fn headline(text: &str) -> (String, String) {
    const LONGEST: usize = 120;
    if text.chars().count() <= LONGEST {
        return (text.to_owned(), String::new());
    }
    let cut = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    (format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' '])), text.to_owned())
}
