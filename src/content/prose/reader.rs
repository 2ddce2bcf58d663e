//! What there is to know of a text, read from its events.

mod raw;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::{Heading, Kind, Outline, Prose};
use crate::content::allow::Allowance;
use crate::content::anchors::{AnchorSet, Anchors};
use crate::content::attributes::Attributes;
use crate::content::block;
use crate::content::footnote::{Definition, FootnoteLabel, Mention};
use crate::content::link::Link;
use crate::content::markdown::{DEEPEST, Kept, Marked, Parsed, end_of, is_passage, plain};
use crate::finding::{Diagnostic, Findings, codes};
use crate::language;
use crate::text::{SourceFile, Span, Text};
use crate::words::slug::slug;

/// Walks the events of a text once.
pub(super) struct Reader<'a> {
    prose: Prose,
    file: &'a SourceFile,
    anchors: &'a mut Anchors,
    findings: &'a Findings,
    last_depth: u8,
    /// By how many levels headings are lifted.
    lifted: u8,
    /// The footnote whose text is being read.
    inside: Option<FootnoteLabel>,
    /// How many elements of raw HTML are open.
    open_html: isize,
    /// Whether HTML was too deep in other HTML already.
    is_html_deep: bool,
    /// Remarks that allow something in the next block.
    allowances: Vec<Allowance>,
}

impl<'a> Reader<'a> {
    /// One whose text has headings that are `lifted` so many levels.
    pub(super) fn new(
        text: Text,
        file: &'a SourceFile,
        anchors: &'a mut Anchors,
        findings: &'a Findings,
        lifted: u8,
    ) -> Self {
        Self {
            prose: Prose {
                text,
                kept: Kept::default(),
                outline: Outline::default(),
                links: Vec::new(),
                blocks: Vec::new(),
                mentions: Vec::new(),
                definitions: Vec::new(),
                unresolved: Vec::new(),
                ids: Vec::new(),
                anchors: AnchorSet::default(),
            },
            file,
            anchors,
            findings,
            last_depth: 1,
            lifted,
            inside: None,
            open_html: 0,
            is_html_deep: false,
            allowances: Vec::new(),
        }
    }

    /// Notes what the events of the text say, and keeps them.
    pub(super) fn read(mut self, Parsed { events, unresolved, too_deep }: Parsed<'_>) -> Prose {
        if let Some(range) = too_deep {
            let message = format!("this stands inside more than {DEEPEST} lists, quotations or pairs of marks");
            self.report_depth(message, "take marks away here; a program may have put them there", range.start);
        }
        self.claim_authored_ids(&events);
        self.walk(&events);
        let kept = Kept::new(self.prose.text.as_str(), events);
        let mut prose = Prose { kept, ..self.prose };
        prose.definitions.sort_by(|one, other| one.label.cmp(&other.label));
        // A handbook keeps these for as long as it is built.
        prose.outline.finish();
        prose.links.shrink_to_fit();
        prose.anchors = AnchorSet::of(prose.ids.iter().map(String::as_str));
        prose.unresolved = unresolved;
        prose
    }

    /// Ids that authors chose go first, so that a computed one never takes their place.
    fn claim_authored_ids(&mut self, events: &[Marked<'_>]) {
        for marked in events {
            if let Event::Start(Tag::Heading { id: Some(id), .. }) = &marked.event
                && !self.anchors.claim(id)
            {
                let range = self.word(&format!("#{id}"), marked.range.clone());
                self.report(
                    Diagnostic::new(codes::DUPLICATE_ID, format!("the id `{id}` is taken on this page"))
                        .help("give this heading another id in its braces, or leave the braces out"),
                    range,
                );
            }
        }
    }

    fn walk(&mut self, events: &[Marked<'_>]) {
        let mut lists: Vec<Option<u64>> = Vec::new();
        let mut quotes = 0usize;
        let mut index = 0;
        let mut last_block = 0..self.prose.text.as_str().len();
        while index < events.len() {
            let Marked { event, range, attributes } = &events[index];
            if is_block(event) {
                last_block = range.clone();
                for allowance in std::mem::take(&mut self.allowances) {
                    self.silence(&allowance, range.clone());
                }
            }
            match event {
                Event::Start(Tag::Heading { level, id, attrs, .. }) => {
                    let inner = &events[index + 1..end_of(events, index)];
                    let audience =
                        attrs.iter().find(|(key, _)| &**key == "audience").and_then(|(_, value)| value.as_deref());
                    self.heading(*level, id.as_deref(), audience, inner, range.clone());
                }
                Event::Start(Tag::List(start)) => lists.push(*start),
                Event::End(TagEnd::List(_)) => {
                    lists.pop();
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    quotes += 1;
                    self.definition(label, range.start, index);
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    quotes -= 1;
                    self.inside = None;
                }
                Event::Start(Tag::BlockQuote(_) | Tag::Table(_)) => quotes += 1,
                Event::End(TagEnd::BlockQuote(_) | TagEnd::Table) => quotes -= 1,
                Event::Start(Tag::Item) if quotes == 0 => {
                    // CommonMark reads numbers of nine digits at most.
                    let ordinal = lists.last().copied().flatten().map(|ordinal| ordinal as u32);
                    let depth = lists.len() as u32;
                    self.prose.outline.add(Kind::Item { depth, ordinal }, range.start, words_after(events, index));
                    if let Some(Some(next)) = lists.last_mut() {
                        *next += 1;
                    }
                }
                Event::Start(Tag::Paragraph) if quotes == 0 && lists.is_empty() => {
                    self.prose.outline.add(Kind::Paragraph, range.start, words_after(events, index));
                }
                Event::Start(tag) if is_passage(tag) => {
                    self.passage(attributes.as_deref(), range.clone());
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    self.passage(attributes.as_deref(), range.clone());
                    self.link(dest_url, range.clone(), false);
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let words = plain(&events[index + 1..end_of(events, index)]);
                    let is_decorative = attributes.as_ref().is_some_and(|attributes| attributes.has("decorative"));
                    self.image(dest_url, &words, is_decorative, range.clone());
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if kind.trim() == "framework" => {
                    self.block(&events[index + 1..end_of(events, index)], range.clone());
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = end_of(events, index);
                    match Allowance::read(self.prose.text.as_str(), range.clone()) {
                        Some(allowance) => self.allowances.push(allowance),
                        None => self.html(range.clone()),
                    }
                    index = end;
                }
                Event::InlineHtml(_) => match Allowance::read(self.prose.text.as_str(), range.clone()) {
                    Some(allowance) => self.silence(&allowance, last_block.clone()),
                    None => self.html(range.clone()),
                },
                Event::FootnoteReference(label) => self.mention(label),
                _ => {}
            }
            index += 1;
        }
        for allowance in std::mem::take(&mut self.allowances) {
            self.silence(&allowance, allowance.remark.clone());
        }
    }

    /// Notes what a remark allows in a block.
    fn silence(&self, allowance: &Allowance, block: Range<usize>) {
        allowance.silence(&self.prose.text, block, self.findings);
    }

    /// The last place of a word within a range; the range where the word isn't in it.
    fn word(&self, word: &str, range: Range<usize>) -> Range<usize> {
        let found = self.prose.text.as_str()[range.clone()].rfind(word);
        found.map_or(range.clone(), |at| range.start + at..range.start + at + word.len())
    }

    fn report(&self, diagnostic: Diagnostic, range: Range<usize>) {
        let end = range.start + self.prose.text.as_str()[range.clone()].trim_end().len();
        self.findings.push(diagnostic.at(self.prose.text.span(range.start..end)));
    }

    /// Notes that something stands too deep in others.
    fn report_depth(&self, message: String, help: &str, start: usize) {
        let at = self.prose.text.span(start..start + 1);
        self.findings.push(Diagnostic::new(codes::TOO_DEEP, message).help(help).at(at));
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        audience: Option<&str>,
        inner: &[Marked<'_>],
        range: Range<usize>,
    ) {
        let title = plain(inner);
        let written = level as u8 - self.lifted;
        if written == 1 {
            let is_underlined = !self.prose.text.as_str()[range.clone()].starts_with('#');
            let help =
                if is_underlined { "put ## before it, without the line below" } else { "begin it with two signs" };
            self.report(
                Diagnostic::new(codes::HEADING_ONE, "the page has its main heading already: its title")
                    .help(format!("if this repeats the title, delete it; else {help}: ## {title}")),
                range.clone(),
            );
        }
        if title.is_empty() {
            self.report(
                Diagnostic::new(codes::EMPTY_HEADING, "this heading has no text")
                    .help("give it words, or delete the line"),
                range.clone(),
            );
        }
        let depth = written.clamp(2, self.last_depth + 1);
        if written > depth {
            self.report(
                Diagnostic::new(
                    codes::SKIPPED_HEADING,
                    format!("this heading skips a level; it is shown as level {depth}"),
                )
                .help(format!("begin this line with: {} {title}", "#".repeat((depth + self.lifted) as usize))),
                range.clone(),
            );
        }
        self.last_depth = depth;
        let anchor = match id {
            Some(id) => id.to_owned(),
            None => self.anchors.give(&slug(&title)),
        };
        let ids = audience.map(|ids| ids.trim_matches(['"', '\'', '“', '”']).split(','));
        let audience = ids.map(|ids| ids.map(|id| id.trim().to_owned()).collect()).unwrap_or_default();
        let words = match (inner.first(), inner.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => range.clone(),
        };
        self.prose.outline.add_heading(Heading { depth, anchor, title, audience }, range.start, words);
    }

    fn passage(&self, attributes: Option<&Attributes>, range: Range<usize>) {
        if let Some(tag) = attributes.and_then(|attributes| attributes.pair("lang"))
            && !language::is_tag(tag)
        {
            let braces = self.prose.text.as_str()[range.end..].find('}').map_or(range.end, |end| range.end + end);
            self.report(language::invalid(tag), self.word(tag, range.start..braces));
        }
    }

    fn link(&mut self, destination: &str, range: Range<usize>, is_image: bool) {
        let text = &self.prose.text.as_str()[range.clone()];
        // Nearly all links end with their address; a search would look through all words for it.
        let at_end =
            text.strip_suffix(')').and_then(|text| text.strip_suffix(destination)).filter(|text| text.ends_with("]("));
        let found = at_end.map(str::len).or_else(|| text.rfind(&format!("]({destination}")).map(|at| at + 2));
        let at = found.or_else(|| text.rfind(destination).filter(|_| !destination.is_empty()));
        let place = match at {
            Some(at) => range.start + at..range.start + at + destination.len(),
            None => range.clone(),
        };
        let span = self.prose.text.span(place);
        self.add_link(range.start, destination.to_owned(), span, is_image);
    }

    fn add_link(&mut self, start: usize, destination: String, span: Span, is_image: bool) {
        let link = Link::read(start, destination, span, is_image, self.file, self.findings);
        self.prose.links.push(link);
    }

    fn image(&mut self, destination: &str, words: &str, is_decorative: bool, range: Range<usize>) {
        if words.is_empty() && !is_decorative {
            self.report(
                Diagnostic::new(codes::IMAGE_WITHOUT_TEXT, "this image has no text for people who can't see it")
                    .help(format!("say in the brackets what it shows: ![A short description]({destination})"))
                    .help(format!("if it shows nothing that matters, say so: ![]({destination}){{decorative}}")),
                range.clone(),
            );
        }
        self.link(destination, range, true);
    }

    fn block(&mut self, inner: &[Marked<'_>], range: Range<usize>) {
        let (Some(first), Some(last)) = (inner.first(), inner.last()) else {
            self.report(
                Diagnostic::new(codes::MISSING_KEY, "this framework block is empty")
                    .help("say which framework, and what of it: id = \"values\" and show = \"values\""),
                range,
            );
            return;
        };
        let body = self.prose.text.span(first.range.start..last.range.end).range();
        if let Some(block) = block::parse(self.file, body, range.start, self.findings) {
            self.prose.blocks.push(block);
        }
    }

    fn mention(&mut self, typed: &str) {
        self.prose.mentions.push(Mention { label: FootnoteLabel::new(typed), inside: self.inside.clone() });
    }

    fn definition(&mut self, typed: &str, start: usize, event: usize) {
        let label = FootnoteLabel::new(typed);
        self.inside = Some(label.clone());
        let brackets = start..start + "[^]".len() + typed.len();
        self.prose.definitions.push(Definition { label, event, span: self.prose.text.span(brackets) });
    }
}

/// Whether a block of text begins here that a remark before it can speak of.
fn is_block(event: &Event<'_>) -> bool {
    use Tag::{BlockQuote, CodeBlock, DefinitionList, FootnoteDefinition, Heading, Item, List, Paragraph, Table};
    let Event::Start(tag) = event else { return false };
    matches!(
        tag,
        Paragraph
            | Heading { .. }
            | List(_)
            | Item
            | Table(_)
            | BlockQuote(_)
            | CodeBlock(_)
            | DefinitionList
            | FootnoteDefinition(_)
    )
}

/// Where the words begin that follow an event, and end with their block.
fn words_after(events: &[Marked<'_>], index: usize) -> Range<usize> {
    let mut words: Option<Range<usize>> = None;
    for marked in &events[index + 1..] {
        match &marked.event {
            Event::Start(Tag::Paragraph) if words.is_none() => {}
            Event::Start(Tag::List(_) | Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_)) => break,
            Event::End(TagEnd::Paragraph | TagEnd::Item) => break,
            _ => {
                let start = words.map_or(marked.range.start, |words| words.start);
                words = Some(start..marked.range.end);
            }
        }
    }
    let at = events[index].range.start;
    words.unwrap_or(at..at)
}
