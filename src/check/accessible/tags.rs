//! The tags of raw HTML in a text, for rules that look at what authors don't write in Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::check::passage::Passage;
use crate::content::markdown::end_of;

/// A tag of raw HTML.
pub struct RawTag<'a> {
    /// Its name in small letters.
    pub name: String,
    /// Whether it ends an element.
    pub is_end: bool,
    /// Where it stands in its text.
    pub range: Range<usize>,
    /// As it is written.
    pub written: &'a str,
}

impl RawTag<'_> {
    /// The value of an attribute, and where in the tag it stands. None where the tag hasn't got it.
    pub fn attribute(&self, name: &str) -> Option<(String, Range<usize>)> {
        let small = self.written.to_ascii_lowercase();
        let mut from = 0;
        while let Some(found) = small[from..].find(name) {
            let at = from + found;
            from = at + name.len();
            let is_begun = small[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
            let Some(value) = small[from..].trim_start().strip_prefix('=').filter(|_| is_begun) else { continue };
            let start = small.len() - value.trim_start().len();
            let quote = small[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
            let start = start + usize::from(quote.is_some());
            let is_end = |c: char| quote.map_or(c.is_whitespace() || c == '>', |quote| c == quote);
            let end = small[start..].find(is_end).map_or(small.len(), |end| start + end);
            return Some((plain(&self.written[start..end]), start..end));
        }
        None
    }
}

/// All tags of a text, in order.
pub fn tags<'a>(passage: &'a Passage<'_>) -> Vec<RawTag<'a>> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(marked) = passage.events.get(index) {
        match marked.event {
            Event::Start(Tag::HtmlBlock) => {
                read(passage.text.as_str(), marked.range.clone(), &mut found);
                index = end_of(&passage.events, index);
            }
            Event::InlineHtml(_) => read(passage.text.as_str(), marked.range.clone(), &mut found),
            _ => {}
        }
        index += 1;
    }
    found
}

fn read<'a>(text: &'a str, range: Range<usize>, found: &mut Vec<RawTag<'a>>) {
    let mut at = range.start;
    while let Some(open) = text[at..range.end].find('<') {
        let start = at + open;
        let rest = &text[start..range.end];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(range.end, |end| start + end + 3);
            continue;
        }
        let is_end = rest.starts_with("</");
        let inner = &rest[1 + usize::from(is_end)..];
        let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        let Some(length) = length(rest) else { return };
        at = start + length;
        found.push(RawTag { name: name.to_ascii_lowercase(), is_end, range: start..at, written: &text[start..at] });
    }
}

/// How long the tag is with which a text begins. None where it never ends.
fn length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The words of raw HTML, without tags, white space folded.
pub fn plain(html: &str) -> String {
    let mut words = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            _ if is_tag => {}
            _ => words.push(c),
        }
    }
    let words = words.replace("&nbsp;", " ").replace("&quot;", "\"").replace("&amp;", "&");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
