//! Markdown to HTML: the events that parsing saw, drawn with numbers, permalinks and resolved links.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use xxhash_rust::xxh3::xxh3_64;

mod blocks;
mod clauses;
mod footnotes;
mod links;
mod tables;

use crate::content::allow::Allowance;
use crate::content::block::FrameworkBlock;
use crate::content::html;
use crate::content::markdown::{Marked, end_of, is_passage, plain};
use crate::content::prose::Prose;
use crate::framework::Footnote;
use crate::handbook::numbering::Numbers;
use crate::handbook::{Handbook, Subject};
use crate::theme::Strings;
pub use footnotes::Footnotes;
use footnotes::Pending;
pub use tables::TableNames;

/// HTML that grows beyond this many times its Markdown (and a floor) comes from input made to do so.
const MOST_GROWTH: usize = 50;
const GROWTH_FLOOR: usize = 1 << 20;

/// What stands where a framework block's HTML goes after the page around it is made safe, without the index of the block that comes
/// behind. No text holds the hash of itself, whatever its author pastes.
fn block_marker(text: &str) -> String {
    format!("\u{f8f0}{:x}-", xxh3_64(text.as_bytes()))
}

/// What ends such a marker.
const MARKER_END: char = '\u{f8f0}';

/// Puts the blocks where their markers stand.
fn with_blocks(html: String, marker: &str, blocks: &[String]) -> String {
    if blocks.is_empty() {
        return html;
    }
    let mut parts = html.split(marker);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (index, after) = part.split_once(MARKER_END).unwrap_or((part, ""));
        out.extend([index.parse().ok().and_then(|index: usize| blocks.get(index)).map_or("", String::as_str), after]);
    }
    out
}

/// What drawing needs to know besides the text.
pub struct Pen<'a> {
    /// For links and audiences.
    pub handbook: &'a Handbook,
    /// The words around the text.
    pub strings: &'a Strings,
    /// From the page to the site's root: "../".
    pub root: &'a str,
    /// The page that is drawn, whose own places are linked with the fragment alone.
    pub here: Option<Subject>,
    /// The numbers of its headings and clauses.
    pub numbers: Option<&'a Numbers>,
    /// Whether headings and notes get ids; not in copies of a text that stands elsewhere.
    pub has_ids: bool,
    /// What is added to the depth of headings.
    pub shift: u8,
    /// Draws a framework block, given the depth of the headings in it.
    pub block: &'a dyn Fn(&FrameworkBlock, usize) -> String,
    /// Footnotes that the text may mention besides its own, sorted by label.
    pub shared: &'a [Footnote],
    /// Where footnotes go that are mentioned; none in an extract, which shows no mentions.
    pub footnotes: Option<&'a Footnotes>,
    /// Names of tables that the page has, which all its texts share.
    pub names: Rc<TableNames>,
}

/// A text as blocks. None where it grows out of all proportion.
pub fn html(prose: &Prose, pen: &Pen<'_>) -> Option<String> {
    let events = prose.events();
    let (html, mut pending) = draw(prose, pen, &events)?;
    let mut next = 0;
    while let Some(footnote) = pending.get(next) {
        let more = footnote.draw(pen, prose, &events)?;
        pending.extend(more);
        next += 1;
    }
    Some(html)
}

/// Some events of a text as blocks, and the footnotes that they are the first on their page to mention.
fn draw<'a>(prose: &'a Prose, pen: &'a Pen<'a>, events: &[Marked<'_>]) -> Option<(String, Vec<Pending<'a>>)> {
    let text = prose.text.as_str();
    let mut writer = Writer::new(prose, pen);
    writer.write(events);
    let most = GROWTH_FLOOR.max(text.len() * MOST_GROWTH);
    if writer.out.len() > most {
        return None;
    }
    writer.end_block();
    let mut out = writer.out;
    if let Some(raw) = writer.raw {
        let safe = html::sanitise(&out[raw.clone()], !pen.has_ids);
        out.replace_range(raw, &safe);
    }
    Some((with_blocks(out, &writer.marker, &writer.blocks), writer.pending))
}

/// A text as the inside of one paragraph if it is one, else as blocks.
pub fn flow(prose: &Prose, pen: &Pen<'_>) -> String {
    let blocks = html(prose, pen).unwrap_or_default();
    match divided(&blocks) {
        Some((lead, "")) => lead.to_owned(),
        _ => blocks,
    }
}

/// The first paragraph of a text, without its tags, and the blocks after it. A text that begins with another block has no first
/// paragraph.
pub fn lead_and_more(prose: &Prose, pen: &Pen<'_>) -> (String, String) {
    let blocks = html(prose, pen).unwrap_or_default();
    match divided(&blocks) {
        Some((lead, more)) => (lead.to_owned(), more.to_owned()),
        None => (String::new(), blocks),
    }
}

/// Raw HTML may hold paragraphs of its own: then nothing is divided.
fn divided(blocks: &str) -> Option<(&str, &str)> {
    let (lead, more) = blocks.trim().strip_prefix("<p>")?.split_once("</p>")?;
    (!lead.contains("<p")).then(|| (lead, more.trim_start()))
}

/// Text as it stands in HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html_body_text(&mut out, text);
    out
}

fn attribute(text: &str) -> Cow<'_, str> {
    // Ids and numbers, nearly all, have nothing to escape.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b' ');
    if text.bytes().all(is_plain) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let _ = escape_html(&mut out, text);
    out.into()
}

struct Writer<'a> {
    prose: &'a Prose,
    pen: &'a Pen<'a>,
    out: String,
    /// What closes each open link or passage.
    closers: Vec<&'static str>,
    /// What closes each open list.
    lists: Vec<&'static str>,
    /// For each open item, the permalink that goes to the end of its first lines.
    items: Vec<Option<String>>,
    /// The same for a numbered paragraph.
    paragraph_end: Option<String>,
    /// A number that goes before the next words.
    number: Option<String>,
    /// Bytes of the text that are an authored number, drawn already.
    drawn: Range<usize>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// What closes the open heading.
    heading: Option<String>,
    blocks: Vec<String>,
    /// What stands for them until they are put in; empty in a text that has none.
    marker: String,
    depth: usize,
    /// How many events are open, and where in the HTML the outermost of them begins.
    open: usize,
    outermost: usize,
    has_raw: bool,
    /// From the first block with raw HTML in it to the last: what has to be made safe.
    raw: Option<Range<usize>>,
    pending: Vec<Pending<'a>>,
}

impl<'a> Writer<'a> {
    fn new(prose: &'a Prose, pen: &'a Pen<'a>) -> Self {
        Self {
            prose,
            pen,
            out: String::with_capacity(prose.text.as_str().len() * 3 / 2),
            closers: Vec::new(),
            lists: Vec::new(),
            items: Vec::new(),
            paragraph_end: None,
            number: None,
            drawn: 0..0,
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            heading: None,
            blocks: Vec::new(),
            marker: if prose.blocks.is_empty() { String::new() } else { block_marker(prose.text.as_str()) },
            depth: 2,
            open: 0,
            outermost: 0,
            has_raw: false,
            raw: None,
            pending: Vec::new(),
        }
    }

    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn push_all<const N: usize>(&mut self, parts: [&str; N]) {
        self.out.extend(parts);
    }

    fn write(&mut self, events: &[Marked<'_>]) {
        let mut index = 0;
        while index < events.len() {
            let marked = &events[index];
            if self.open == 0 {
                self.end_block();
            }
            if !matches!(marked.event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Item)) {
                self.take_number();
            }
            match &marked.event {
                Event::Start(Tag::FootnoteDefinition(_))
                | Event::Start(Tag::Image { .. })
                | Event::Start(Tag::HtmlBlock) => {
                    let end = end_of(events, index);
                    match &marked.event {
                        Event::Start(Tag::Image { dest_url, .. }) => {
                            let words = plain(&events[index + 1..end]);
                            self.image(dest_url, &words, marked);
                        }
                        Event::Start(Tag::HtmlBlock) => self.raw(marked.range.clone()),
                        _ => {}
                    }
                    index = end;
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if kind.trim() == "framework" => {
                    self.block(marked.range.start);
                    index = end_of(events, index);
                }
                Event::Start(tag) => {
                    self.open += 1;
                    self.start(tag, marked, &events[index + 1..]);
                }
                Event::End(tag) => {
                    self.end(*tag);
                    self.open -= 1;
                }
                Event::Text(text) => self.text(text, &marked.range),
                Event::Code(code) => {
                    self.push("<code>");
                    self.push(&escaped(code));
                    self.push("</code>");
                }
                Event::InlineHtml(_) => self.raw(marked.range.clone()),
                Event::FootnoteReference(label) => self.mention(label),
                Event::SoftBreak => self.push("\n"),
                Event::HardBreak => self.push("<br>\n"),
                Event::Rule => self.push("<hr>\n"),
                Event::TaskListMarker(is_done) => self.task(*is_done),
                Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
            }
            index += 1;
        }
    }

    /// Notes where an outermost block ends, and the next begins.
    fn end_block(&mut self) {
        if std::mem::take(&mut self.has_raw) {
            let start = self.raw.as_ref().map_or(self.outermost, |raw| raw.start);
            self.raw = Some(start..self.out.len());
        }
        self.outermost = self.out.len();
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.drawn.contains(&range.start) {
            let skip = (self.drawn.end - range.start).min(text.len());
            if let Some(rest) = text.get(skip..) {
                let rest = escaped(rest);
                self.push(&rest);
            }
            return;
        }
        let _ = escape_html_body_text(&mut self.out, text);
    }

    fn start(&mut self, tag: &Tag<'_>, marked: &Marked<'_>, after: &[Marked<'_>]) {
        let attributes = marked.attributes.as_deref();
        match tag {
            Tag::Paragraph => self.paragraph(marked.range.start),
            Tag::Heading { .. } => self.start_heading(marked.range.start),
            Tag::BlockQuote(kind) => self.quote(*kind),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(first) => self.list(*first, after),
            Tag::Item => self.item(marked.range.start, after),
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => self.table(alignments, after),
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { .. } if is_passage(tag) => self.passage(attributes),
            Tag::Link { dest_url, .. } => self.link(dest_url, marked.range.start, attributes),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.take_permalink();
                self.push("</p>\n");
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(kind) => self.push(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" }),
            TagEnd::CodeBlock => self.push("</code></pre>\n"),
            TagEnd::List(_) => {
                let closer = self.lists.pop().unwrap_or_default();
                self.push(closer);
            }
            TagEnd::Item => {
                self.take_number();
                self.take_permalink();
                self.items.pop();
                self.push("</li>\n");
            }
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.push(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link => {
                let closer = self.closers.pop().unwrap_or_default();
                self.push(closer);
            }
            _ => {}
        }
    }

    fn task(&mut self, is_done: bool) {
        let (key, checked) = if is_done { ("generated.task_done", " checked") } else { ("generated.task_open", "") };
        let name = attribute(self.pen.strings.text(key));
        self.push(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{name}\"> "));
    }

    fn raw(&mut self, range: Range<usize>) {
        if Allowance::read(self.prose.text.as_str(), range.clone()).is_some() {
            return;
        }
        self.has_raw = true;
        let piece = &self.prose.text.as_str()[range.clone()];
        let cleaned =
            html::clean(piece, &|start, written| self.address(range.start + start, written).map(|(url, _)| url));
        self.push(&cleaned);
    }
}
