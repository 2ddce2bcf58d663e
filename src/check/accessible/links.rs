//! The links and images of a text, in Markdown and in raw HTML, with the words that stand for them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::tags::{self, RawTag};
use crate::check::passage::Passage;
use crate::content::markdown::{Marked, end_of, is_passage, plain};
use crate::handbook::{Subject, Target};

/// A link that leads somewhere, or an image.
pub struct Link {
    /// Its words; an image's text.
    pub words: String,
    /// Where its words stand in the text; all of it where there are none.
    pub words_at: Range<usize>,
    /// The address as it is written.
    pub destination: String,
    /// All of it.
    pub range: Range<usize>,
    /// Whether it is raw HTML.
    pub is_html: bool,
}

/// The links of a text, in order.
pub fn links(passage: &Passage<'_>) -> Vec<Link> {
    let own = |tag: &Tag<'_>| match tag {
        Tag::Link { dest_url, .. } if !is_passage(tag) => Some(dest_url.to_string()),
        _ => None,
    };
    both(passage, own, |passage, tags| {
        let tags: Vec<&RawTag<'_>> = tags.iter().filter(|tag| tag.name == "a").collect();
        let link = |pair: &[&RawTag<'_>]| {
            // A second link that begins before the first has ended ends it.
            let (tag, end) = Some((pair[0], pair[1])).filter(|(tag, end)| !tag.is_end && end.is_end)?;
            let (destination, _) = tag.attribute("href")?;
            let words_at = tag.range.end..end.range.start;
            let words = tags::plain(&passage.text.as_str()[words_at.clone()]);
            let words = words.trim_matches(['*', '_', '`']).to_owned();
            Some(Link { words, words_at, destination, range: tag.range.start..end.range.end, is_html: true })
        };
        tags.windows(2).filter_map(link).collect()
    })
}

/// The images of a text, in order. One in raw HTML that has no text at all isn't among them.
pub fn images(passage: &Passage<'_>) -> Vec<Link> {
    let own = |tag: &Tag<'_>| match tag {
        Tag::Image { dest_url, .. } => Some(dest_url.to_string()),
        _ => None,
    };
    both(passage, own, |_, tags| {
        let image = |tag: &RawTag<'_>| {
            let (words, own) = tag.attribute("alt")?;
            let (destination, _) = tag.attribute("src")?;
            let words_at = tag.range.start + own.start..tag.range.start + own.end;
            Some(Link { words, words_at, destination, range: tag.range.clone(), is_html: true })
        };
        tags.iter().filter(|tag| tag.name == "img").filter_map(image).collect()
    })
}

fn both(
    passage: &Passage<'_>,
    own: impl Fn(&Tag<'_>) -> Option<String>,
    raw: impl Fn(&Passage<'_>, &[RawTag<'_>]) -> Vec<Link>,
) -> Vec<Link> {
    let mut found = raw(passage, &tags::tags(passage));
    for (index, marked) in passage.events.iter().enumerate() {
        let Event::Start(tag) = &marked.event else { continue };
        if let Some(destination) = own(tag) {
            found.push(written(&passage.events[index..=end_of(&passage.events, index)], destination));
        }
    }
    found.sort_by_key(|link| link.range.start);
    found
}

/// A link of Markdown with all of its events.
fn written(events: &[Marked<'_>], destination: String) -> Link {
    let range = events[0].range.clone();
    let inner = events.get(1..events.len() - 1).unwrap_or_default();
    let words_at = match (inner.first(), inner.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end.max(first.range.end),
        _ => range.clone(),
    };
    let words = plain(inner).split_whitespace().collect::<Vec<_>>().join(" ");
    Link { words, words_at, destination, range, is_html: false }
}

/// What a link or an image of a text leads to, where that is something of the handbook or outside it.
pub fn target<'a>(passage: &Passage<'a>, link: &Link) -> Option<Target<'a>> {
    let noted = passage.prose?.link(link.range.start, &link.destination)?;
    passage.context.handbook.target(noted)
}

/// What the end of a link is called: the title of a page, or of a heading of it. None for files and places outside.
pub fn title<'a>(passage: &Passage<'a>, link: &Link) -> Option<&'a str> {
    let handbook = passage.context.handbook;
    let Target::Inside { to, fragment } = target(passage, link)? else { return None };
    let heading = match (to, &fragment) {
        (Subject::Page(page), Some(fragment)) => {
            let document = handbook.pages[page].document.as_ref();
            let heading = document.and_then(|document| document.body.outline.heading_of(fragment));
            heading.map(|heading| heading.title.as_str())
        }
        _ => None,
    };
    match to {
        Subject::Asset(_) => None,
        to => Some(heading.unwrap_or_else(|| handbook.title(to))),
    }
}
