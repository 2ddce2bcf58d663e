//! The tags of drawn HTML: each can be changed, and all else is passed on as it is.
//!
//! Templates write what browsers read, so this reads tags as browsers do (the tokenizer of the HTML standard, section 13.2.5), as far
//! as they bear on where a tag ends and what its attributes are. HTML from outside the templates is made safe before; that is the work
//! of [`content::html`](crate::content::html).

use memchr::{memchr, memchr_iter};

/// Elements that hold no tags, whatever stands in them.
const WITHOUT_TAGS: [&str; 4] = ["script", "style", "textarea", "title"];

/// A start tag, or an end tag, which has no attributes.
pub struct Tag<'h> {
    name: &'h str,
    new_name: Option<&'static str>,
    attributes: Vec<Attribute<'h>>,
    is_end: bool,
    /// With a slash before its end, which closes an element of SVG.
    is_closed: bool,
    is_changed: bool,
}

struct Attribute<'h> {
    name: &'h str,
    /// As it is written: `&amp;` may stand for `&`.
    value: Option<&'h str>,
    /// With its name and quotation marks.
    written: &'h str,
    new_value: Option<String>,
}

impl<'h> Tag<'h> {
    /// Whether it is one of an element, whose name is given in small letters.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Gives its element another name.
    pub fn rename(&mut self, name: &'static str) {
        self.new_name = Some(name);
        self.is_changed = true;
    }

    /// Whether it has any attributes.
    pub fn has_attributes(&self) -> bool {
        !self.attributes.is_empty()
    }

    /// What an attribute says, with character references as they are written; empty where it has no value.
    pub fn get(&self, name: &str) -> Option<&'h str> {
        let own = self.attributes.iter().find(|own| own.name.eq_ignore_ascii_case(name));
        own.map(|own| own.value.unwrap_or_default())
    }

    /// Lets an attribute say something else; one that isn't there is added.
    pub fn set(&mut self, name: &'h str, value: String) {
        self.is_changed = true;
        match self.attributes.iter_mut().find(|own| own.name.eq_ignore_ascii_case(name)) {
            Some(own) => own.new_value = Some(value),
            None => self.attributes.push(Attribute { name, value: None, written: "", new_value: Some(value) }),
        }
    }

    /// Takes an attribute away.
    pub fn remove(&mut self, name: &str) {
        self.is_changed = true;
        self.attributes.retain(|own| !own.name.eq_ignore_ascii_case(name));
    }

    /// Reads the tag that a text begins with, and how long it is; none where the text begins with another thing.
    fn read(html: &'h str) -> Option<(Self, usize)> {
        let is_end = html.starts_with("</");
        let start = if is_end { 2 } else { 1 };
        if !html.as_bytes().get(start)?.is_ascii_alphabetic() {
            return None;
        }
        let mut at = until(html, start, ends_name);
        let name = &html[start..at];
        let mut attributes = Vec::new();
        loop {
            let next = until(html, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
            if *html.as_bytes().get(next)? == b'>' {
                let is_closed = html[at..next].ends_with('/');
                return Some((
                    Self { name, new_name: None, attributes, is_end, is_closed, is_changed: false },
                    next + 1,
                ));
            }
            let attribute = Attribute::read(html, next)?;
            at = next + attribute.written.len();
            attributes.push(attribute);
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str(if self.is_end { "</" } else { "<" });
        out.push_str(self.new_name.unwrap_or(self.name));
        for attribute in &self.attributes {
            out.push(' ');
            match &attribute.new_value {
                None => out.push_str(attribute.written),
                Some(value) => {
                    out.extend([attribute.name, "=\""]);
                    out.extend(
                        value.split('"').enumerate().flat_map(|(at, part)| [if at > 0 { "&quot;" } else { "" }, part]),
                    );
                    out.push('"');
                }
            }
        }
        out.push_str(if self.is_closed { " />" } else { ">" });
    }
}

impl<'h> Attribute<'h> {
    fn read(html: &'h str, start: usize) -> Option<Self> {
        let bytes = html.as_bytes();
        // An equals sign can begin a name.
        let name_end = until(html, start + 1, |byte| ends_name(byte) || byte == b'=');
        let name = &html[start..name_end];
        let sign = until(html, name_end, |byte| !byte.is_ascii_whitespace());
        if *bytes.get(sign)? != b'=' {
            return Some(Self { name, value: None, written: name, new_value: None });
        }
        let begin = until(html, sign + 1, |byte| !byte.is_ascii_whitespace());
        let (value, end) = match *bytes.get(begin)? {
            quote @ (b'"' | b'\'') => {
                let close = begin + 1 + memchr(quote, &bytes[begin + 1..])?;
                (begin + 1..close, close + 1)
            }
            _ => {
                let end = until(html, begin, |byte| byte.is_ascii_whitespace() || byte == b'>');
                (begin..end, end)
            }
        };
        Some(Self { name, value: Some(&html[value]), written: &html[start..end], new_value: None })
    }
}

/// Passes HTML on with its tags as `change` leaves them.
pub fn rewrite<'h>(html: &'h str, mut change: impl FnMut(&mut Tag<'h>)) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let (mut at, mut passed) = (0, 0);
    while let Some(start) = next_tag(html, at) {
        // One that never ends isn't a tag.
        let Some((mut tag, length)) = Tag::read(&html[start..]) else { break };
        at = start + length;
        change(&mut tag);
        if tag.is_changed {
            out.push_str(&html[passed..start]);
            tag.write(&mut out);
            passed = at;
        }
        if !tag.is_end && WITHOUT_TAGS.iter().any(|name| tag.is(name)) {
            at = after(html, at, &format!("</{}", tag.name));
        }
    }
    out.push_str(&html[passed..]);
    out
}

/// What stands in the first element of a name, up to the last end tag of that name; none where there is no such element.
pub fn inside<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let (mut begin, mut end, mut passed) = (None, None, 0);
    for start in memchr_iter(b'<', html.as_bytes()) {
        let rest = &html.as_bytes()[start + 1..];
        if start < passed {
            continue;
        }
        if rest.starts_with(b"!--") {
            passed = after(html, start + 4, "-->");
            continue;
        }
        // Most tags are of other elements, which a look at the name tells.
        let own = rest.strip_prefix(b"/").unwrap_or(rest).get(..name.len());
        if !own.is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes())) {
            continue;
        }
        match Tag::read(&html[start..]).filter(|(tag, _)| tag.is(name)) {
            Some((tag, _)) if tag.is_end => end = Some(start),
            Some((_, length)) => begin = begin.or(Some(start + length)),
            None => {}
        }
    }
    html.get(begin?..end?)
}

/// Where the next tag begins from a place on; comments are passed over.
fn next_tag(html: &str, mut at: usize) -> Option<usize> {
    loop {
        let start = at + memchr(b'<', html.as_bytes().get(at..)?)?;
        match &html.as_bytes()[start + 1..] {
            [b'!', b'-', b'-', ..] => at = after(html, start + 4, "-->"),
            [b'/', letter, ..] | [letter, ..] if letter.is_ascii_alphabetic() => return Some(start),
            _ => at = start + 1,
        }
    }
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

/// The first place from `from` on where a byte is found, which is an ASCII one; the end of the text where none is.
fn until(html: &str, from: usize, is_found: impl Fn(u8) -> bool) -> usize {
    let rest = html.as_bytes().get(from..).unwrap_or_default();
    rest.iter().position(|byte| is_found(*byte)).map_or(html.len(), |found| from + found)
}

/// The place behind the first `end` from `from` on; the end of the text where there is none.
fn after(html: &str, from: usize, end: &str) -> usize {
    html[from..].find(end).map_or(html.len(), |found| from + found + end.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shouted(html: &str) -> String {
        rewrite(html, |tag| {
            if let Some(id) = tag.get("id") {
                tag.set("id", id.to_uppercase());
            }
            if tag.is("h1") {
                tag.rename("h2");
            }
        })
    }

    #[test]
    fn tags_are_changed_however_they_are_written() {
        for (html, changed) in [
            ("<p id=\"a\">é < b > c</p>", "<p id=\"A\">é < b > c</p>"),
            ("<p id='a' hidden><br id=b/>", "<p id=\"A\" hidden><br id=\"B/\">"),
            ("<h1\n class=\"x > y\"\tid = \"a\" ><b>t</b></h1 >", "<h2 class=\"x > y\" id=\"A\"><b>t</b></h2>"),
            ("<use id=\"a\"/><use id=b />", "<use id=\"A\" /><use id=\"B\" />"),
            ("<p ID=a data-x='\"'>", "<p ID=\"A\" data-x='\"'>"),
            ("<p id='\"'>", "<p id=\"&quot;\">"),
            ("<!-- <p id=\"a\"> --><p id=\"a\">", "<!-- <p id=\"a\"> --><p id=\"A\">"),
            ("<script>'<p id=\"a\">'</script><p id=\"a\">", "<script>'<p id=\"a\">'</script><p id=\"A\">"),
        ] {
            assert_eq!(shouted(html), changed);
        }
    }

    #[test]
    fn an_element_is_found_by_its_name() {
        for (html, found) in [
            ("<body><main id=\"a\"><p>é</p></main></body>", Some("<p>é</p>")),
            ("<mainly></mainly><MAIN>1 < 2 <i></i></main >", Some("1 < 2 <i></i>")),
            ("<!-- <main> --><main>a</main><!-- </main> -->", Some("a")),
            ("<p></p>", None),
            ("<main>", None),
            ("</main><main>", None),
        ] {
            assert_eq!(inside(html, "main"), found);
        }
    }

    #[test]
    fn what_never_ends_stays() {
        for html in ["a <p id=\"a\"", "<p id=\"a", "<p id=", "<", "</", "<!-- <p id=\"a\">", "<script><p id=\"a\">"] {
            assert_eq!(shouted(html), html);
        }
    }

    proptest! {
        #[test]
        fn without_a_change_all_is_passed_on(html in "([<>/=\"'a-c é!-]|<p |id=|<!--|-->|script){0,40}") {
            prop_assert_eq!(rewrite(&html, |_| {}), html);
        }
    }
}
