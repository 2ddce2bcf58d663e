//! A piece of Markdown, parsed once for what others need to know of it: headings, items, links, blocks, notes.
//!
//! A page's body is one; so is a framework's introduction, a value's description, an indicator. Nothing is drawn here: drawing
//! walks the same events again (`render::markdown`) and finds by offset what was noted.

mod outline;
mod reader;

use pulldown_cmark::{Event, Tag};

use super::anchors::{AnchorSet, Anchors};
use super::block::FrameworkBlock;
use super::link::Link;
use super::markdown::{self, Kept, Marked};
use crate::diagnostic::Findings;
use crate::source::{SourceFile, Text};
pub use outline::{Heading, HeadingIndex, Kind, Outline, OutlineEntry};
use reader::Reader;

/// Markdown with what is known of it.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The Markdown.
    pub text: Text,
    kept: Kept,
    /// Headings, items and numbered paragraphs, in order.
    pub outline: Outline,
    /// Links and images, in order.
    pub links: Vec<Link>,
    /// Framework blocks.
    pub blocks: Vec<FrameworkBlock>,
    /// Footnotes in the order of their first mention.
    pub notes: Vec<Note>,
    /// Ids in raw HTML.
    pub ids: Vec<String>,
    /// The anchors of notes, and those ids.
    anchors: AnchorSet,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct Note {
    /// As the author calls it.
    pub label: String,
    /// The id of its text.
    pub anchor: String,
    /// The ids of the places that mention it.
    pub mentions: Vec<String>,
}

impl Prose {
    /// Parses a text; its ids are taken from `anchors`, which all texts of a page share.
    pub fn parse(text: Text, anchors: &mut Anchors, file: &SourceFile, findings: &Findings) -> Self {
        Self::read(text, anchors, file, findings, |_| 0)
    }

    /// Parses what stands below a heading that isn't part of it, such as a point's: its highest heading counts as one of the second
    /// level, however deep it is written.
    pub fn parse_below(text: Text, anchors: &mut Anchors, file: &SourceFile, findings: &Findings) -> Self {
        Self::read(text, anchors, file, findings, |highest| highest.saturating_sub(2))
    }

    fn read(
        text: Text,
        anchors: &mut Anchors,
        file: &SourceFile,
        findings: &Findings,
        lifted: impl Fn(u8) -> u8,
    ) -> Self {
        let owner = text.clone();
        let parsed = markdown::parse(owner.as_str());
        let levels = parsed.events.iter().filter_map(|marked| match &marked.event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        });
        let lifted = levels.min().map_or(0, lifted);
        Reader::new(text, file, anchors, findings, lifted).read(parsed)
    }

    /// All events of the text.
    pub fn events(&self) -> Vec<Marked<'_>> {
        self.kept.read(self.text.as_str())
    }

    /// The same one after another, for those who look at each once.
    pub fn each_event(&self) -> impl Iterator<Item = Marked<'_>> {
        self.kept.each(self.text.as_str())
    }

    /// The headings, each with its entry.
    pub fn headings(&self) -> impl Iterator<Item = (&OutlineEntry, &Heading)> {
        self.outline.headings()
    }

    /// The link that starts at an offset and has an address as written: a tag of raw HTML can have several.
    pub fn link(&self, start: usize, destination: &str) -> Option<&Link> {
        let first = self.links.partition_point(|link| link.start < start);
        self.links[first..].iter().take_while(|link| link.start == start).find(|link| link.destination == destination)
    }

    /// Whether a link may lead to an id.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.outline.heading_of(id).is_some() || self.anchors.has(id)
    }

    /// Every id that a link may lead to.
    pub fn each_anchor(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings().map(|(_, heading)| &heading.anchor);
        let notes = self.notes.iter().map(|note| &note.anchor);
        headings.chain(notes).chain(&self.ids).map(String::as_str)
    }

    /// The words, without Markdown's marks.
    pub fn words(&self) -> String {
        markdown::words(self.text.as_str())
    }
}
