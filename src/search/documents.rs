//! What can be found: a document for each page and heading section, value, behaviour, indicator, clause, point and profile.
//!
//! They stand in the order of the handbook, those of a page together, so that the same handbook gives the same numbers.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::content::markdown::Marked;
use crate::content::prose::{Heading, Kind as Outlined, Prose};
use crate::framework::{Cell, Framework, Item, ItemRef};
use crate::handbook::numbering::{Number, Numbers};
use crate::handbook::{Handbook, Subject};

/// What kind of thing a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A page of prose, or a section under one of its headings.
    Page,
    /// A framework, or a section of its introduction.
    Framework,
    /// A value, or a section of its prose.
    Value,
    /// A behaviour, likewise.
    Behaviour,
    /// An indicator, or the prose that stands in its stead at a point.
    Indicator,
    /// A clause or a numbered heading of a code.
    Clause,
    /// A point of a scale: an audience, a level, a rating.
    Point,
    /// A grade or role.
    Profile,
}

/// Every kind, in the order in which a reader chooses among them.
pub const KINDS: [Kind; 8] = [
    Kind::Page,
    Kind::Framework,
    Kind::Value,
    Kind::Behaviour,
    Kind::Indicator,
    Kind::Clause,
    Kind::Point,
    Kind::Profile,
];

/// A page of the site with what can be found on it.
#[derive(Debug)]
pub struct Place<'h> {
    /// What is drawn there.
    pub subject: Subject,
    /// Its documents, the page's own first.
    pub documents: Vec<Document<'h>>,
}

/// Something that can be found.
#[derive(Debug)]
pub struct Document<'h> {
    /// What a search can be narrowed by.
    pub facts: Facts,
    /// The id of its place on the page; empty at the page's top.
    pub anchor: Cow<'h, str>,
    /// A heading, the words of an indicator, the beginning of a clause.
    pub title: Cow<'h, str>,
    /// How a clause or a numbered heading is cited: "4.2(c)".
    pub citation: Option<Cow<'h, str>>,
    /// What stands there, without the title.
    pub text: String,
    /// Titles between the page and the document: the heading over a clause, the points of an indicator.
    pub above: Vec<&'h str>,
}

/// What is known of a document apart from its words.
#[derive(Debug)]
pub struct Facts {
    /// What it is.
    pub kind: Kind,
    /// The framework and value that it belongs to.
    pub value: Option<(usize, usize)>,
    /// Points that it stands at: framework, scale, point.
    pub points: Vec<(usize, usize, usize)>,
}

impl<'h> Document<'h> {
    fn new(kind: Kind, anchor: impl Into<Cow<'h, str>>, title: impl Into<Cow<'h, str>>) -> Self {
        Self {
            facts: Facts { kind, value: None, points: Vec::new() },
            anchor: anchor.into(),
            title: title.into(),
            citation: None,
            text: String::new(),
            above: Vec::new(),
        }
    }

    /// Adds words to its text.
    fn say(&mut self, words: &str) {
        if !self.text.is_empty() && !words.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(words);
    }
}

/// Everything that can be found on each of some pages.
pub fn collect<'h>(handbook: &'h Handbook, order: &[Subject]) -> Vec<Place<'h>> {
    order.iter().map(|subject| Place { subject: *subject, documents: documents(handbook, *subject) }).collect()
}

fn documents(handbook: &Handbook, subject: Subject) -> Vec<Document<'_>> {
    match subject {
        Subject::Page(page) => page_documents(handbook, page),
        Subject::Framework(framework) => framework_documents(&handbook.frameworks[framework], framework),
        Subject::Item(framework, at) => item_documents(&handbook.frameworks[framework], framework, at),
        Subject::Point(framework, scale, point) => {
            let own = &handbook.frameworks[framework].scales[scale].points[point];
            let mut document = Document::new(Kind::Point, "", &own.title);
            document.facts.points.push((framework, scale, point));
            with_sections(document, own.description.as_ref(), None)
        }
        Subject::Profile(framework, profile) => {
            let own = &handbook.frameworks[framework].profiles[profile];
            with_sections(Document::new(Kind::Profile, "", &own.title), own.description.as_ref(), None)
        }
        Subject::Asset(_) => Vec::new(),
    }
}

fn page_documents(handbook: &Handbook, page: usize) -> Vec<Document<'_>> {
    let own = &handbook.pages[page];
    let mut document = Document::new(Kind::Page, "", &own.title);
    document.citation = own.chapter.map(|chapter| chapter.to_string().into());
    let Some(source) = &own.document else {
        return vec![document];
    };
    document.say(source.front.summary.as_deref().unwrap_or_default());
    let audience: Vec<_> = source.front.audience.iter().filter_map(|id| handbook.audience_point(id.as_str())).collect();
    document.facts.points.clone_from(&audience);
    let mut documents = with_sections(document, Some(&source.body), Some(&own.numbers));
    for document in &mut documents[1..] {
        document.facts.points.extend_from_slice(&audience);
    }
    // Both come in the order of the text.
    let mut rest = documents.iter_mut();
    for (entry, heading) in own.headings() {
        let title = own.heading_title(entry, heading);
        if let Some(document) = rest.find(|document| document.anchor == heading.anchor) {
            document.title = title.into();
            document.facts.points.extend(heading.audience.iter().filter_map(|id| handbook.audience_point(id)));
        }
    }
    documents.retain(|document| !document.title.is_empty());
    documents
}

fn framework_documents(own: &Framework, framework: usize) -> Vec<Document<'_>> {
    let mut document = Document::new(Kind::Framework, "", &own.title);
    document.say(own.summary.as_deref().unwrap_or_default());
    let mut documents = with_sections(document, own.introduction.as_ref(), None);
    for (index, scale) in own.scales.iter().enumerate() {
        for (at, point) in scale.points.iter().enumerate().filter(|_| !scale.kind.has_pages()) {
            let Some(anchor) = scale.point_anchor(at) else {
                continue;
            };
            let mut document = Document::new(Kind::Point, anchor, &point.title);
            document.say(&words(point.description.as_ref()));
            document.facts.points.push((framework, index, at));
            documents.push(document);
        }
    }
    let end = [&own.conclusion, &own.caveat];
    for prose in end.into_iter().flatten() {
        let mut rest = sections(prose, None, Kind::Framework);
        documents[0].say(&rest.remove(0).text);
        documents.append(&mut rest);
    }
    documents
}

fn item_documents(own: &Framework, framework: usize, at: ItemRef) -> Vec<Document<'_>> {
    let item = own.item(at);
    let kind = if at.behaviour.is_some() { Kind::Behaviour } else { Kind::Value };
    let mut document = Document::new(kind, "", &item.title);
    document.say(&item.statement.as_ref().map_or_else(|| item.summary.clone().unwrap_or_default(), Prose::words));
    let mut documents = with_sections(document, item.description.as_ref(), None);
    for cell in &item.cells {
        cell_documents(own, framework, item, cell, &mut documents);
    }
    for document in &mut documents {
        document.facts.value = Some((framework, at.value));
    }
    documents
}

fn cell_documents<'h>(
    own: &'h Framework,
    framework: usize,
    item: &'h Item,
    cell: &'h Cell,
    documents: &mut Vec<Document<'h>>,
) {
    let used = own.scales.iter().zip(&cell.place).enumerate();
    let points: Vec<_> = used.filter_map(|(index, (_, point))| point.map(|point| (framework, index, point))).collect();
    let above: Vec<&str> =
        points.iter().map(|(_, scale, point)| own.scales[*scale].points[*point].title.as_str()).collect();
    let placed = |mut document: Document<'h>| {
        document.above = above.clone();
        document.facts.points = points.clone();
        document
    };
    let prose: Vec<String> = cell.definition.iter().chain(&cell.text).map(Prose::words).collect();
    let prose = prose.join(" ");
    let anchor = Cell::anchor(&cell.place, &own.scales);
    if anchor.is_empty() {
        documents[0].say(&prose);
    } else if !prose.is_empty() {
        let (title, text) = headline(&prose);
        let mut document = Document::new(Kind::Indicator, anchor, title);
        document.say(&text);
        documents.push(placed(document));
    }
    // A list at no point completes the words before it, which say nothing that could be found.
    let lead_in = cell.lead_in.as_ref().or(item.lead_in.as_ref()).filter(|_| above.is_empty());
    for indicator in &cell.indicators {
        let mut document = Document::new(Kind::Indicator, &indicator.id, &indicator.words);
        for prose in indicator.note.iter().chain(&indicator.examples) {
            document.say(&prose.words());
        }
        let mut document = placed(document);
        document.above.extend(lead_in.map(String::as_str));
        documents.push(document);
    }
}

fn words(prose: Option<&Prose>) -> String {
    prose.map(Prose::words).unwrap_or_default()
}

/// A document with a piece of prose: what stands before its first heading is the document's own.
fn with_sections<'h>(
    mut document: Document<'h>,
    prose: Option<&'h Prose>,
    numbers: Option<&'h Numbers>,
) -> Vec<Document<'h>> {
    let Some(prose) = prose else {
        return vec![document];
    };
    let mut rest = sections(prose, numbers, document.facts.kind);
    document.say(&rest.remove(0).text);
    let mut documents = vec![document];
    documents.append(&mut rest);
    documents
}

/// The sections of a piece of prose, and its clauses each after the section that it is in; the first has no heading.
fn sections<'h>(prose: &'h Prose, numbers: Option<&'h Numbers>, kind: Kind) -> Vec<Document<'h>> {
    let mut events = prose.each_event();
    let number_of = |start| numbers.and_then(|numbers| numbers.of(start));
    let mut documents = vec![Document::new(kind, "", "")];
    // Where text goes: the open section, or the innermost clause, each with its depth among items.
    let mut section = 0;
    let mut clauses: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0;
    // Up to where the author's own number stands, which the citation says.
    let mut numbered_until = 0;
    let mut heading = "";
    while let Some(marked) = events.next() {
        match &marked.event {
            Event::Start(Tag::Heading { .. }) => {
                if let Some(Outlined::Heading(own)) = prose.outline.at(marked.range.start).map(|entry| &entry.kind) {
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
    }
    documents
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
fn headline(text: &str) -> (String, String) {
    const LONGEST: usize = 120;
    if text.chars().count() <= LONGEST {
        return (text.to_owned(), String::new());
    }
    let cut = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    (format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' '])), text.to_owned())
}
