//! A piece of Markdown, parsed once for what others need to know of it: headings, items, links, blocks, notes.
//!
//! A page's body is one; so is a framework's introduction, a value's description, an indicator. Nothing is drawn here: drawing
//! walks the same events again (`render::markdown`) and finds by offset what was noted.

mod footnotes;
mod outline;
mod reader;

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::anchors::{AnchorSet, Anchors};
use super::block::FrameworkBlock;
use super::footnote::{Definition, FootnoteLabel, FootnoteLabels, Mention};
use super::link::Link;
use super::markdown::{self, Kept, Marked};
use crate::finding::Findings;
use crate::text::{SourceFile, Text};
pub use footnotes::report as report_footnotes;
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
    /// Mentions of footnotes, in order.
    pub mentions: Vec<Mention>,
    /// Footnotes that are defined in the text, sorted by label; where several have one label, in the order of the text.
    pub definitions: Vec<Definition>,
    /// Places that mention a footnote which is defined neither here nor in the texts that share theirs.
    pub unresolved: Vec<Range<usize>>,
    /// Ids in raw HTML.
    pub ids: Vec<String>,
    /// The same, to look one up.
    anchors: AnchorSet,
}

impl Prose {
    /// Parses a text that defines its own footnotes; its ids are taken from `anchors`, which all texts of a page share.
    pub fn parse(text: Text, anchors: &mut Anchors, file: &SourceFile, findings: &Findings) -> Self {
        let prose = Self::parse_among(text, &FootnoteLabels::new(), anchors, file, findings);
        report_footnotes(&[&prose], findings);
        prose
    }

    /// Parses one of several texts that share their footnotes, of which `known` are the labels. Whoever parses them all holds them
    /// against each other: see [`report_footnotes`].
    pub fn parse_among(
        text: Text,
        known: &FootnoteLabels,
        anchors: &mut Anchors,
        file: &SourceFile,
        findings: &Findings,
    ) -> Self {
        Self::read(text, known, anchors, file, findings, |_| 0)
    }

    /// The same of what stands below a heading that isn't part of it, such as a point's: its highest heading counts as one of the
    /// second level, however deep it is written.
    pub fn parse_below(
        text: Text,
        known: &FootnoteLabels,
        anchors: &mut Anchors,
        file: &SourceFile,
        findings: &Findings,
    ) -> Self {
        Self::read(text, known, anchors, file, findings, |highest| highest.saturating_sub(2))
    }

    fn read(
        text: Text,
        known: &FootnoteLabels,
        anchors: &mut Anchors,
        file: &SourceFile,
        findings: &Findings,
        lifted: impl Fn(u8) -> u8,
    ) -> Self {
        let owner = text.clone();
        let parsed = markdown::parse(owner.as_str(), known);
        let levels = parsed.events.iter().filter_map(|marked| match &marked.event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as u8),
            _ => None,
        });
        let lifted = levels.min().map_or(0, lifted);
        Reader::new(text, file, anchors, findings, lifted).read(parsed)
    }

    /// The first footnote of a label that is defined in this text.
    pub fn definition(&self, label: &FootnoteLabel) -> Option<&Definition> {
        let first = self.definitions.partition_point(|definition| definition.label < *label);
        self.definitions.get(first).filter(|definition| definition.label == *label)
    }

    /// Its events with quotation marks and dashes as the author typed them.
    pub fn plain_events(&self) -> Vec<Marked<'_>> {
        let mentioned = self.mentions.iter().map(|mention| mention.label.clone()).collect();
        markdown::plain_events(self.text.as_str(), &mentioned)
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

    /// The words with a line for each paragraph and item.
    pub fn lines(&self) -> String {
        markdown::lines(&self.plain_events())
    }

    /// The words in one line, without Markdown's marks.
    pub fn words(&self) -> String {
        markdown::folded(&self.plain_events())
    }
}
