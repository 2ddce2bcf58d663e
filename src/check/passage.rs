//! The handbook's texts as rules look at them: words as readers see them, each with the place where it is written.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Context;
use crate::content::markdown::Marked;
use crate::content::prose::Prose;
use crate::framework::{Framework, Item, ItemRef};
use crate::handbook::Subject;
use crate::text::{Span, Text};

/// All that is written for one page: a page of the handbook, a framework's own texts, a value, a behaviour, a profile.
pub struct Written<'a> {
    /// The handbook around it.
    pub context: &'a Context<'a>,
    /// What it is written for.
    pub subject: Subject,
    /// In the order in which readers meet them.
    pub passages: Vec<Passage<'a>>,
}

/// One piece of text.
pub struct Passage<'a> {
    /// The handbook around it.
    pub context: &'a Context<'a>,
    /// What it is written for.
    pub subject: Subject,
    /// What it is there.
    pub role: Role,
    /// The text as it is written.
    pub text: &'a Text,
    /// What was noted of it; none for a line, which isn't Markdown.
    pub prose: Option<&'a Prose>,
    /// Its language, as a tag.
    pub language: &'a str,
    /// Its Markdown, quotation marks as they are written; nothing for a line.
    pub events: Vec<Marked<'a>>,
    /// Its words, block by block.
    pub blocks: Vec<Block<'a>>,
}

/// What a text is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A title, a summary, a lead-in: plain words.
    Line,
    /// The body of a page.
    Body,
    /// A framework's introduction or description, what a point means.
    Part,
    /// An indicator: whose, in which of its cells, and which there.
    Indicator(ItemRef, usize, usize),
}

/// What a block of words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain words that aren't Markdown.
    Line,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list, without the lists in it.
    Item,
    /// A cell of a table; whether it is in the header row.
    Cell(bool),
    /// What an image says to those who can't see it.
    Image,
}

/// The words of one block.
pub struct Block<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its words, marks taken away, a line break as a space.
    pub text: String,
    /// Stretches of the words that aren't the author's plain language: code, and passages in another language. In order, none inside
    /// another.
    pub apart: Vec<Range<usize>>,
    source: &'a Text,
    /// Where each piece of the words begins, and the bytes of the source that it comes from.
    pieces: Vec<(usize, Range<usize>)>,
}

impl<'a> Written<'a> {
    /// What is written for a subject.
    pub fn of(context: &'a Context<'a>, subject: Subject) -> Self {
        let mut written = Self { context, subject, passages: Vec::new() };
        match subject {
            Subject::Page(page) => {
                if let Some(document) = &context.handbook.pages[page].document {
                    let language = document.front.language.as_deref().unwrap_or(&context.handbook.config.language);
                    written.lines(&document.front.lines, language);
                    written.add(Role::Body, &document.body, language);
                }
            }
            Subject::Framework(framework) => written.framework(&context.handbook.frameworks[framework]),
            Subject::Item(framework, at) => written.item(context.handbook.item(framework, at), at),
            Subject::Profile(framework, profile) => {
                written.parts(&context.handbook.frameworks[framework].profiles[profile].description);
            }
            Subject::Point(..) | Subject::Asset(_) => {}
        }
        written
    }

    fn framework(&mut self, framework: &'a Framework) {
        self.lines(&framework.lines, &self.context.handbook.config.language);
        self.parts([&framework.caveat, &framework.introduction].into_iter().flatten());
        for scale in &framework.scales {
            self.parts(scale.description.iter().chain(scale.points.iter().flat_map(|point| &point.description)));
        }
        self.parts(&framework.conclusion);
    }

    fn item(&mut self, item: &'a Item, at: ItemRef) {
        self.parts(item.statement.iter().chain(&item.description));
        for (index, cell) in item.cells.iter().enumerate() {
            self.parts(&cell.definition);
            for (own, indicator) in cell.indicators.iter().enumerate() {
                self.add(Role::Indicator(at, index, own), &indicator.text, &self.context.handbook.config.language);
                self.parts(indicator.note.iter().chain(&indicator.examples));
            }
            self.parts(&cell.text);
        }
        self.parts(&item.conclusion);
        self.parts(item.footnotes.iter().map(|footnote| &footnote.prose));
    }

    fn parts(&mut self, proses: impl IntoIterator<Item = &'a Prose>) {
        for prose in proses {
            self.add(Role::Part, prose, &self.context.handbook.config.language);
        }
    }

    fn lines(&mut self, lines: &'a [Text], language: &'a str) {
        for text in lines {
            let block = Block {
                kind: Kind::Line,
                text: text.as_str().to_owned(),
                apart: Vec::new(),
                source: text,
                pieces: vec![(0, 0..text.as_str().len())],
            };
            self.passages.push(Passage {
                context: self.context,
                subject: self.subject,
                role: Role::Line,
                text,
                prose: None,
                language,
                events: Vec::new(),
                blocks: vec![block],
            });
        }
    }

    fn add(&mut self, role: Role, prose: &'a Prose, language: &'a str) {
        let events = prose.plain_events();
        let blocks = blocks(&prose.text, &events);
        self.passages.push(Passage {
            context: self.context,
            subject: self.subject,
            role,
            text: &prose.text,
            prose: Some(prose),
            language,
            events,
            blocks,
        });
    }
}

impl Passage<'_> {
    /// Whether it is written in English.
    pub fn is_english(&self) -> bool {
        crate::language::primary(self.language).eq_ignore_ascii_case("en")
    }

    /// The place of some bytes of its text, without white space at their end.
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = range.start + self.text.as_str()[range.clone()].trim_end().len();
        self.text.span(range.start..end)
    }
}

impl Block<'_> {
    /// The place of some of its words.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start);
        let end = if range.is_empty() { start } else { self.end_offset(range.end) };
        self.source.span(start..end.max(start))
    }

    /// The place of all of it.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// What stands in the source for some of its words, with the marks among them.
    pub fn written(&self, range: Range<usize>) -> &str {
        if range.is_empty() {
            return "";
        }
        self.source.as_str().get(self.offset(range.start)..self.end_offset(range.end)).unwrap_or_default()
    }

    /// Where its words have a space for the end of a line.
    pub fn breaks(&self) -> impl Iterator<Item = usize> + '_ {
        let is_break = |(at, source): &&(usize, Range<usize>)| {
            self.text.as_bytes().get(*at) == Some(&b' ') && self.source.as_str()[source.clone()].contains('\n')
        };
        self.pieces.iter().filter(is_break).map(|(at, _)| *at)
    }

    /// What stands before it in its line: the mark of a list or of a heading.
    pub fn before(&self) -> &str {
        let before = self.source.as_str().get(..self.offset(0)).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// Notes that the words from a place to the end so far are apart, with whatever of them is already.
    fn set_apart(&mut self, start: usize) {
        let inside = self.apart.iter().rev().take_while(|apart| start <= apart.start).count();
        self.apart.truncate(self.apart.len() - inside);
        self.apart.push(start..self.text.len());
    }

    /// Whether some of its words are code or in another language.
    pub fn is_apart(&self, range: &Range<usize>) -> bool {
        let first = self.apart.partition_point(|apart| apart.end <= range.start);
        self.apart.get(first).is_some_and(|apart| apart.start < range.end)
    }

    fn piece(&self, at: usize) -> (usize, Range<usize>, bool) {
        let index = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let (start, source) = self.pieces[index].clone();
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
        let is_exact = end - start == source.len();
        (start, source, is_exact)
    }

    fn offset(&self, at: usize) -> usize {
        let (start, source, is_exact) = self.piece(at);
        if is_exact { source.start + (at - start).min(source.len()) } else { source.start }
    }

    fn end_offset(&self, end: usize) -> usize {
        let (start, source, is_exact) = self.piece(end - 1);
        if is_exact { source.start + (end - start).min(source.len()) } else { source.end }
    }
}

/// The words of a Markdown text, block by block.
fn blocks<'a>(source: &'a Text, events: &[Marked<'a>]) -> Vec<Block<'a>> {
    let mut reader = Reader {
        source,
        blocks: Vec::new(),
        open: None,
        around: Vec::new(),
        interrupted: Vec::new(),
        apart: Vec::new(),
    };
    for marked in events {
        reader.take(marked);
    }
    reader.close();
    reader.blocks
}

struct Reader<'a> {
    source: &'a Text,
    blocks: Vec<Block<'a>>,
    open: Option<Block<'a>>,
    /// What the words to come are; none where they aren't words for readers.
    around: Vec<Option<Kind>>,
    /// Blocks in which an image stands.
    interrupted: Vec<Option<Block<'a>>>,
    /// For each open link: where a passage in another language begins in the open block.
    apart: Vec<Option<usize>>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, marked: &Marked<'a>) {
        let Marked { event, range, attributes } = marked;
        match event {
            Event::Start(Tag::Link { .. }) => {
                let is_other = attributes.as_ref().is_some_and(|own| own.pair("lang").is_some());
                let at = self.open.as_ref().map_or(0, |block| block.text.len());
                self.apart.push(is_other.then_some(at));
            }
            Event::End(TagEnd::Link) => {
                if let (Some(Some(start)), Some(block)) = (self.apart.pop(), &mut self.open) {
                    block.set_apart(start);
                }
            }
            Event::Start(Tag::Image { .. }) => {
                self.around.push(Some(Kind::Image));
                self.interrupted.push(self.open.take());
            }
            Event::End(TagEnd::Image) => {
                self.close();
                self.around.pop();
                self.open = self.interrupted.pop().flatten();
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Subscript | Tag::Superscript)
            | Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Subscript | TagEnd::Superscript,
            ) => {}
            Event::Start(tag) => {
                self.close();
                let kind = self.kind(tag);
                self.around.push(kind);
            }
            Event::End(_) => {
                self.close();
                self.around.pop();
            }
            Event::Text(words) => self.push(words, range.clone()),
            Event::Code(words) => {
                let start = self.open.as_ref().map_or(0, |block| block.text.len());
                self.push(words, range.clone());
                if let Some(block) = &mut self.open {
                    block.set_apart(start);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.push(" ", range.clone()),
            _ => {}
        }
    }

    fn kind(&self, tag: &Tag<'_>) -> Option<Kind> {
        let around = self.around.last().copied().flatten();
        match tag {
            Tag::Heading { .. } => Some(Kind::Heading),
            Tag::Paragraph if around == Some(Kind::Item) => Some(Kind::Item),
            Tag::Paragraph => Some(Kind::Paragraph),
            Tag::Item | Tag::DefinitionListDefinition | Tag::DefinitionListTitle => Some(Kind::Item),
            Tag::TableHead => Some(Kind::Cell(true)),
            Tag::TableRow => Some(Kind::Cell(false)),
            Tag::TableCell => around,
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => None,
            _ => Some(Kind::Paragraph),
        }
    }

    fn push(&mut self, words: &str, range: Range<usize>) {
        let Some(kind) = self.around.last().copied().unwrap_or(Some(Kind::Paragraph)) else { return };
        let source = self.source;
        let block = self.open.get_or_insert_with(|| Block {
            kind,
            text: String::new(),
            apart: Vec::new(),
            source,
            pieces: Vec::new(),
        });
        block.pieces.push((block.text.len(), range));
        block.text.push_str(words);
    }

    fn close(&mut self) {
        self.blocks.extend(self.open.take().filter(|block| !block.text.trim().is_empty()));
    }
}
