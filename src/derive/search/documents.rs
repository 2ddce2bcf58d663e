//! What can be found: a document for each page and heading section, value, behaviour, indicator, clause, point and profile.
//!
//! They stand in the order of the handbook, those of a page together, so that the same handbook gives the same numbers.

mod sections;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use crate::content::footnote::FootnoteLabel;
use crate::content::prose::Prose;
use crate::framework::{Cell, Framework, Item, ItemRef};
use crate::handbook::{Handbook, Subject};
use sections::{headline, is_repeatable, sections, with_sections};

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
    /// What stands there, without the title; then the footnotes that it mentions.
    pub text: String,
    /// Whether the title is an indicator's, or the beginning of a clause rather than a numbered heading.
    pub is_statement: bool,
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
            is_statement: kind == Kind::Indicator,
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
            with_sections(document, own.description.as_ref(), None, &[])
        }
        Subject::Profile(framework, profile) => {
            let own = &handbook.frameworks[framework].profiles[profile];
            with_sections(Document::new(Kind::Profile, "", &own.title), own.description.as_ref(), None, &[])
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
    let mut documents = with_sections(document, Some(&source.body), Some(&own.numbers), &[]);
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
    let mut documents = with_sections(document, own.introduction.as_ref(), None, &[]);
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
        let mut rest = sections(prose, None, Kind::Framework, &[]);
        documents[0].say(&rest.remove(0).text);
        documents.append(&mut rest);
    }
    documents
}

fn item_documents(own: &Framework, framework: usize, at: ItemRef) -> Vec<Document<'_>> {
    let item = own.item(at);
    let kind = if at.behaviour.is_some() { Kind::Behaviour } else { Kind::Value };
    let mut document = Document::new(kind, "", &item.title);
    let mut footnotes = CitedFootnotes { item, cited: HashSet::new() };
    document.say(&item.statement.as_ref().map_or_else(|| item.summary.clone().unwrap_or_default(), Prose::words));
    document.say(&footnotes.words(&item.statement));
    let mut documents = with_sections(document, item.description.as_ref(), None, &item.footnotes);
    for cell in &item.cells {
        cell_documents(own, framework, cell, &mut footnotes, &mut documents);
    }
    if let Some(prose) = &item.conclusion {
        let mut more = sections(prose, None, kind, &item.footnotes);
        documents[0].say(&more.remove(0).text);
        documents.append(&mut more);
    }
    for document in &mut documents {
        document.facts.value = Some((framework, at.value));
    }
    documents
}

fn cell_documents<'h>(
    own: &'h Framework,
    framework: usize,
    cell: &'h Cell,
    footnotes: &mut CitedFootnotes<'h>,
    documents: &mut Vec<Document<'h>>,
) {
    let item = footnotes.item;
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
    let notes = footnotes.words(cell.definition.iter().chain(&cell.text));
    if anchor.is_empty() {
        documents[0].say(&prose);
        documents[0].say(&notes);
    } else if !prose.is_empty() {
        let (title, text) = headline(&prose);
        let mut document = Document::new(Kind::Indicator, anchor, title);
        document.say(&text);
        document.say(&notes);
        documents.push(placed(document));
    }
    // A list at no point completes the words before it, which say nothing that could be found.
    let lead_in = cell.lead_in.as_ref().or(item.lead_in.as_ref()).filter(|_| above.is_empty());
    for indicator in &cell.indicators {
        let mut document = Document::new(Kind::Indicator, &indicator.id, indicator.lead());
        document.say(indicator.words[indicator.lead..].trim_start());
        for prose in indicator.note.iter().chain(&indicator.examples) {
            document.say(&prose.words());
        }
        let texts = std::iter::once(&indicator.text).chain(&indicator.note).chain(&indicator.examples);
        document.say(&footnotes.words(texts));
        let mut document = placed(document);
        document.above.extend(lead_in.map(String::as_str));
        documents.push(document);
    }
}

/// The footnotes of a value, for the documents that mention them.
struct CitedFootnotes<'h> {
    item: &'h Item,
    /// Those that a document has mentioned already.
    cited: HashSet<&'h FootnoteLabel>,
}

impl<'h> CitedFootnotes<'h> {
    /// The words of those that some texts of one document mention, each once.
    fn words(&mut self, texts: impl IntoIterator<Item = &'h Prose>) -> String {
        let mentions = texts.into_iter().flat_map(|text| &text.mentions);
        let labels: BTreeSet<&FootnoteLabel> = mentions.map(|mention| &mention.label).collect();
        let mut all = Vec::new();
        for footnote in labels.into_iter().filter_map(|label| self.item.footnote(label)) {
            let words = footnote.prose.words();
            if self.cited.insert(&footnote.label) || is_repeatable(&words) {
                all.push(words);
            }
        }
        all.join(" ")
    }
}

fn words(prose: Option<&Prose>) -> String {
    prose.map(Prose::words).unwrap_or_default()
}
