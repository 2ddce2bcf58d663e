//! Markdown to events: CommonMark with the extensions that authors may use, and attributes in braces.
//!
//! Parsing ([`prose`](super::prose)), drawing (`render::markdown`) and the search walk these same events, so that what is found at
//! an offset once is found there again; between them they are kept as [`Kept`].

mod depth;
mod footnotes;
mod lines;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::attributes::Attributes;
use super::footnote::FootnoteLabels;
pub use depth::DEEPEST;
use depth::Depth;
pub use lines::lines;

/// An event, where it stands, and the braces that follow a link, an image or a passage (on its start).
#[derive(Debug, Clone, PartialEq)]
pub struct Marked<'a> {
    /// The event.
    pub event: Event<'a>,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What stands in braces behind it.
    pub attributes: Option<Box<Attributes>>,
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// The events of a text, none of which is nested deeper than [`DEEPEST`].
pub struct Parsed<'a> {
    /// In the order of the text.
    pub events: Vec<Marked<'a>>,
    /// Places that mention a footnote which is defined neither here nor elsewhere on the page; there the events have the brackets as
    /// text.
    pub unresolved: Vec<Range<usize>>,
    /// The first element that stands too deep: it is left out, as are all others that do.
    pub too_deep: Option<Range<usize>>,
}

/// Parses a text. A passage in brackets with braces behind it (`[Croeso]{lang=cy}`) is a link without a destination: see
/// [`is_passage`]. `known` are footnotes that are defined elsewhere on its page.
pub fn parse<'a>(text: &'a str, known: &FootnoteLabels) -> Parsed<'a> {
    footnotes::parse(text, options(), known)
}

/// The events of a text that shares no footnotes, and whose depth is judged elsewhere.
pub fn events(text: &str) -> Vec<Marked<'_>> {
    parse(text, &FootnoteLabels::new()).events
}

/// The events with quotation marks and dashes as the author typed them, for data.
pub fn plain_events<'a>(text: &'a str, known: &FootnoteLabels) -> Vec<Marked<'a>> {
    footnotes::parse(text, options() - Options::ENABLE_SMART_PUNCTUATION, known).events
}

fn with_options(text: &str, options: Options) -> Parsed<'_> {
    let unparsed = depth::first_unparsed(text);
    let text = unparsed.as_ref().map_or(text, |unparsed| &text[..unparsed.line]);
    let braces_follow = |link: BrokenLink<'_>| {
        let follows = Attributes::read(&text[link.span.end..]).is_some();
        (follows && link.link_type == LinkType::Shortcut).then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(braces_follow));
    // Prose has an event for every twenty to forty bytes, lists of links for every ten: to make room again would cost more than to
    // have too much.
    let mut marked: Vec<Marked<'_>> = Vec::with_capacity(text.len() / 12);
    let mut starts = Vec::new();
    let mut taken_until = 0;
    let mut depth = Depth::default();
    for (mut event, mut range) in parser.into_offset_iter() {
        if depth.leaves_out(&event, &range) {
            continue;
        }
        if range.start < taken_until && is_taken(&mut event, &mut range, taken_until) {
            continue;
        }
        // An e-mail address between angle brackets is a link that doesn't say so in its address.
        if let Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, .. }) = &mut event {
            *dest_url = format!("mailto:{dest_url}").into();
        }
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => starts.push(marked.len()),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let start = starts.pop();
                if let (Some(start), Some((attributes, length))) = (start, Attributes::read(&text[range.end..])) {
                    taken_until = range.end + length;
                    marked[start].attributes = Some(Box::new(attributes));
                }
            }
            _ => {}
        }
        marked.push(Marked { event, range, attributes: None });
    }
    Parsed {
        events: marked,
        unresolved: Vec::new(),
        too_deep: depth.too_deep.or(unparsed.map(|unparsed| unparsed.mark)),
    }
}

/// The events of a text as they are kept: twelve bytes for nearly all, where a parser's take ninety, so that parsing a large handbook
/// once is enough.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    events: Box<[Small]>,
    /// Those that hold more than a kind and a place, in order.
    others: Box<[(Event<'static>, Option<Box<Attributes>>)]>,
}

#[derive(Debug, Clone, Copy)]
struct Small {
    what: What,
    start: u32,
    end: u32,
}

#[derive(Debug, Clone, Copy)]
enum What {
    /// One of [`PLAIN`].
    Start(u8),
    End(TagEnd),
    /// The text at its place.
    Text,
    /// One of [`SIGNS`].
    Sign(u8),
    SoftBreak,
    /// The next of the others.
    Other,
}

/// Signs that stand for what an author typed.
static SIGNS: [&str; 7] = ["’", "‘", "“", "”", "–", "—", "…"];

/// Tags that say nothing but what they are; the most frequent first.
static PLAIN: [Tag<'static>; 10] = [
    Tag::Paragraph,
    Tag::Item,
    Tag::Strong,
    Tag::Emphasis,
    Tag::List(None),
    Tag::TableCell,
    Tag::TableRow,
    Tag::TableHead,
    plain_heading(HeadingLevel::H2),
    plain_heading(HeadingLevel::H3),
];

const fn plain_heading(level: HeadingLevel) -> Tag<'static> {
    Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }
}

impl Kept {
    /// Keeps all events of a text.
    pub fn new(text: &str, events: Vec<Marked<'_>>) -> Self {
        let mut others = Vec::new();
        let small = |Marked { event, range, attributes }: Marked<'_>| {
            let what = match &event {
                _ if attributes.is_some() => None,
                Event::Start(tag) => PLAIN.iter().position(|plain| plain == tag).map(|index| What::Start(index as u8)),
                Event::End(tag) => Some(What::End(*tag)),
                Event::Text(words) if **words == text[range.clone()] => Some(What::Text),
                Event::Text(words) => {
                    SIGNS.iter().position(|sign| **sign == **words).map(|index| What::Sign(index as u8))
                }
                Event::SoftBreak => Some(What::SoftBreak),
                _ => None,
            };
            let what = what.unwrap_or_else(|| {
                others.push((event.into_static(), attributes));
                What::Other
            });
            Small { what, start: range.start as u32, end: range.end as u32 }
        };
        Self { events: events.into_iter().map(small).collect(), others: others.into() }
    }

    /// All of them again, given the same text.
    pub fn read<'a>(&'a self, text: &'a str) -> Vec<Marked<'a>> {
        let mut all = Vec::with_capacity(self.events.len());
        all.extend(self.each(text));
        all
    }

    /// One after another.
    pub fn each<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Marked<'a>> {
        let mut others = self.others.iter().cloned();
        self.events.iter().filter_map(move |small| {
            let range = small.start as usize..small.end as usize;
            let (event, attributes) = match small.what {
                What::Start(plain) => (Event::Start(PLAIN[plain as usize].clone()), None),
                What::End(tag) => (Event::End(tag), None),
                What::Text => (Event::Text(CowStr::Borrowed(&text[range.clone()])), None),
                What::Sign(sign) => (Event::Text(CowStr::Borrowed(SIGNS[sign as usize])), None),
                What::SoftBreak => (Event::SoftBreak, None),
                What::Other => others.next()?,
            };
            Some(Marked { event, range, attributes })
        })
    }
}

/// Whether braces before it have taken all of an event; of a text that they have taken a part of, the rest is left.
fn is_taken(event: &mut Event<'_>, range: &mut Range<usize>, taken_until: usize) -> bool {
    match event {
        Event::Text(text) if range.end > taken_until && text.len() == range.len() => {
            *text = text[taken_until - range.start..].to_owned().into();
            range.start = taken_until;
            false
        }
        Event::Text(_) | Event::SoftBreak => true,
        _ => false,
    }
}

/// Whether a link is a passage with attributes rather than a link.
pub fn is_passage(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Link { link_type: LinkType::ShortcutUnknown, .. })
}

/// The index of the event that ends the one at `start`.
pub fn end_of(events: &[Marked<'_>], start: usize) -> usize {
    let mut depth = 0usize;
    for (index, marked) in events.iter().enumerate().skip(start) {
        match marked.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth -= 1;
                if depth == 0 {
                    return index;
                }
            }
            _ if depth == 0 => return index,
            _ => {}
        }
    }
    events.len().saturating_sub(1)
}

/// The words of some events, without marks.
pub fn plain(events: &[Marked<'_>]) -> String {
    let mut text = String::new();
    for marked in events {
        match &marked.event {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Item) => text.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_))
                if !text.ends_with(' ') =>
            {
                text.push(' ');
            }
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// The words of a text as the author typed them, without Markdown's marks, white space folded.
pub fn words(text: &str) -> String {
    folded(&plain_events(text, &FootnoteLabels::new()))
}

/// The words of some events in one line, white space folded.
pub fn folded(events: &[Marked<'_>]) -> String {
    plain(events).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A line of Markdown of many kinds.
    fn line() -> impl Strategy<Value = String> {
        let marks = "(# |## |### |- |1. |> |\\| a \\| b \\|\n\\|---\\|---\\||    |```|)";
        let words = concat!(
            "(",
            "[a-zé ]{1,6}|'|\"|--|---|\\.\\.\\.|\\*|\\*\\*|`|~~|&amp;|<b>|</b>|",
            "\\[x\\]\\(y.md\\)|!\\[\\]\\(z.png\\)\\{decorative\\}|\\[a\\]\\{lang=cy\\}|\\[\\^1\\]|\\{#id\\}|\\[ \\] |:|\\\\",
            ")"
        );
        (marks, prop::collection::vec(words, 0..8)).prop_map(|(mark, words)| mark + &words.concat())
    }

    proptest! {
        #[test]
        fn events_come_out_as_they_were_kept(lines in prop::collection::vec(line(), 0..12)) {
            let text = lines.join("\n");
            let kept = Kept::new(&text, events(&text));
            prop_assert_eq!(kept.read(&text), events(&text));
        }
    }
}
