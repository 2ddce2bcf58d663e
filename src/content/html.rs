//! Raw HTML that authors write: what of it is safe, the links and ids in it, and what is taken out.
//!
//! Two guards. [`clean`] (lol_html) looks at each raw piece where it stands, keeps what the lists below allow and rewrites links;
//! [`sanitise`] (ammonia) then parses all blocks with such pieces in them, and what stands between, as a browser would and writes
//! them anew, so that no mis-nested or clever piece reaches a page. [`inspect`] tells authors beforehand what the first will do.

mod bounds;

use std::collections::HashSet;
use std::sync::LazyLock;

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use bounds::Bounded;

/// Elements that authors may use.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Attributes that authors may use on any of them.
const ATTRIBUTES: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Attributes of single elements.
const OWN_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("audio", &["controls", "src"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("details", &["open"]),
    ("img", &["alt", "height", "src", "width"]),
    ("ol", &["reversed", "start"]),
    ("source", &["src", "type"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("track", &["kind", "label", "src", "srclang"]),
    ("video", &["controls", "height", "poster", "src", "width"]),
];

/// What our own Markdown writer uses beyond that; ammonia must let it pass.
const WRITER_ATTRIBUTES: &[&str] = &["aria-hidden", "aria-label", "role", "tabindex"];
const WRITER_ELEMENTS: &[&str] = &["input"];
const WRITER_INPUT: &[&str] = &["checked", "disabled", "type"];

/// Elements that need no end tag, or can't have one: many of them in a row aren't inside each other.
const UNNESTED: &[&str] = &[
    "br", "col", "colgroup", "dd", "dt", "hr", "img", "li", "p", "rp", "rt", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr",
];

/// Elements whose contents go with them: they aren't words, or a browser reads them as text, so that tags in them were never looked at.
const WITH_CONTENTS: &[&str] =
    &["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &["href", "src", "poster"];

/// A link or image in raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub struct RawLink {
    /// Where its tag begins in the piece.
    pub start: usize,
    /// Which attribute.
    pub attribute: &'static str,
    /// The address.
    pub destination: String,
    /// As it is written, where `&amp;` may stand for `&`.
    pub written: String,
}

/// What a piece of raw HTML holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Links, images, videos.
    pub links: Vec<RawLink>,
    /// Ids, which links may lead to: where each is written, or its tag begins, and how long that is.
    pub ids: Vec<(usize, usize, String)>,
    /// Language tags: where each is written, or its tag begins, and how long that is.
    pub languages: Vec<(usize, usize, String)>,
    /// Images without text: where the tag begins, and how long it is.
    pub textless: Vec<(usize, usize)>,
    /// Headings without words, likewise.
    pub empty_headings: Vec<(usize, usize)>,
    /// What is taken out: where its tag begins, how long that is, and what.
    pub removed: Vec<(usize, usize, String)>,
    /// Where elements begin that can hold others (1), and where such elements end (-1).
    pub nesting: Vec<(usize, isize)>,
}

/// Looks a piece over.
pub fn inspect(piece: &str) -> Inspection {
    let mut found = Inspection::default();
    let Bounded { piece, removed } = Bounded::new(piece);
    found.removed.extend(removed.into_iter().map(|(range, what)| (range.start, range.len(), what)));
    let piece = &*piece;
    let look = element!("*", |element| {
        let location = element.source_location().bytes();
        let name = element.tag_name();
        if !UNNESTED.contains(&name.as_str()) {
            found.nesting.push((location.start, 1));
        }
        if !ELEMENTS.contains(&name.as_str()) {
            found.removed.push((location.start, location.len(), format!("`<{name}>`")));
            return Ok(());
        }
        for attribute in element.attributes() {
            let own = attribute.name();
            if !is_allowed(&name, &own) {
                let tag = piece.get(location.clone()).unwrap_or_default().to_ascii_lowercase();
                let (at, length) = tag.rfind(&own).map_or((0, location.len()), |at| (at, own.len()));
                found.removed.push((location.start + at, length, format!("`{own}` on `<{name}>`")));
            } else if let Some(address) = ADDRESSES.iter().find(|address| **address == own) {
                let written = attribute.value();
                let destination = decoded(&written);
                found.links.push(RawLink { start: location.start, attribute: address, destination, written });
            } else if own == "id" || own == "lang" || own == "srclang" {
                let (at, length) = place_of(&attribute.value(), piece.get(location.clone()).unwrap_or_default());
                let places = if own == "id" { &mut found.ids } else { &mut found.languages };
                places.push((location.start + at, length, attribute.value()));
            }
        }
        if name == "img" && !element.has_attribute("alt") {
            found.textless.push((location.start, location.len()));
        }
        if is_empty_heading(&name, piece.get(location.end..).unwrap_or_default()) {
            found.empty_headings.push((location.start, location.len()));
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(look).with_strict(false);
    // A piece that lol_html gives up on keeps what was found; ammonia still stands behind it.
    let _ = rewrite_str(piece, settings);
    found.nesting.extend(ends(piece).map(|at| (at, -1)));
    found.nesting.sort_unstable();
    found
}

/// Where elements end that can hold others.
fn ends(piece: &str) -> impl Iterator<Item = usize> {
    let name = |at: usize| piece[at..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let found = piece.match_indices("</");
    found.map(|(at, _)| at).filter(move |at| !UNNESTED.contains(&name(at + 2).to_ascii_lowercase().as_str()))
}

/// Where a value stands in its tag; all of the tag where it isn't written like that.
fn place_of(value: &str, tag: &str) -> (usize, usize) {
    let found = [format!("=\"{value}\""), format!("='{value}'"), format!("={value}")];
    let at = found.iter().find_map(|written| Some(tag.find(written)? + written.find(value)?));
    at.map_or((0, tag.len()), |at| (at, value.len()))
}

/// Whether nothing that can be heard stands between the tag of a heading and its end.
fn is_empty_heading(name: &str, after: &str) -> bool {
    if !matches!(name, "h2" | "h3" | "h4" | "h5" | "h6") {
        return false;
    }
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{a0}').trim_start_matches("&nbsp;");
    after.trim_start().get(..4).is_some_and(|end| end.eq_ignore_ascii_case(&format!("</{name}")))
}

fn is_allowed(element: &str, attribute: &str) -> bool {
    ATTRIBUTES.contains(&attribute)
        || OWN_ATTRIBUTES.iter().any(|(name, own)| *name == element && own.contains(&attribute))
}

/// Keeps what is allowed; `address` gives what a link becomes, of the offset of its tag in the piece and the address as written; none
/// to take it out.
pub fn clean(piece: &str, address: &dyn Fn(usize, &str) -> Option<String>) -> String {
    let tidy = element!("*", |element| {
        clean_element(element, address);
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(tidy).with_strict(false);
    rewrite_str(&Bounded::new(piece).piece, settings).unwrap_or_default()
}

fn clean_element(element: &mut Element<'_, '_>, address: &dyn Fn(usize, &str) -> Option<String>) {
    let name = element.tag_name();
    if !ELEMENTS.contains(&name.as_str()) {
        // One that its author didn't close takes no more with it than its own piece.
        match WITH_CONTENTS.contains(&name.as_str()) {
            true => element.remove(),
            false => element.remove_and_keep_content(),
        }
        return;
    }
    let start = element.source_location().bytes().start;
    let names: Vec<_> = element.attributes().iter().map(lol_html::html_content::Attribute::name).collect();
    for own in names {
        if !is_allowed(&name, &own) {
            element.remove_attribute(&own);
        } else if ADDRESSES.contains(&own.as_str()) {
            let written = decoded(&element.get_attribute(&own).unwrap_or_default());
            let url = address(start, &written).map(|url| url.replace('&', "&amp;"));
            let kept = url.is_some_and(|url| element.set_attribute(&own, &url).is_ok());
            if !kept {
                element.remove_attribute(&own);
            }
        }
    }
}

/// Character references that an address may hold; others stay, and lead nowhere.
const REFERENCES: [(&str, &str); 8] = [
    ("amp", "&"),
    ("apos", "'"),
    ("colon", ":"),
    ("gt", ">"),
    ("lt", "<"),
    ("NewLine", "\n"),
    ("quot", "\""),
    ("Tab", "\t"),
];

fn decoded(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or((part, ""));
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        let named = REFERENCES.iter().find(|(own, _)| *own == name).map(|(_, means)| (*means).to_owned());
        match named.or_else(|| number.and_then(char::from_u32).map(String::from)).filter(|_| name.len() < part.len()) {
            Some(means) => out.extend([means.as_str(), rest]),
            None => out.extend(["&", part]),
        }
    }
    out
}

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    let mut own: std::collections::HashMap<&str, HashSet<&str>> =
        OWN_ATTRIBUTES.iter().map(|(name, own)| (*name, own.iter().copied().collect())).collect();
    own.insert("input", WRITER_INPUT.iter().copied().collect());
    builder
        .tags(ELEMENTS.iter().chain(WRITER_ELEMENTS).copied().collect())
        .clean_content_tags(WITH_CONTENTS.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().chain(WRITER_ATTRIBUTES).copied().collect())
        .tag_attributes(own)
        .url_schemes(super::link::SCHEMES.iter().copied().collect())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// Parses whole blocks as a browser would and writes them anew with nothing in them that isn't on the lists. An id stays where it
/// stands first: a browser opens an element that was left open again in every paragraph after it, id and all. A copy of a text keeps
/// none.
pub fn sanitise(blocks: &str, is_copy: bool) -> String {
    let clean = SANITISER.clean(blocks).to_string();
    let mut seen = HashSet::new();
    let once = element!("[id]", |element| {
        if is_copy || !seen.insert(element.get_attribute("id").unwrap_or_default()) {
            element.remove_attribute("id");
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(once).with_strict(false);
    rewrite_str(&clean, settings).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_handlers_and_frames_are_named_and_taken_out() {
        let piece = "<p onclick=\"x()\"><iframe srcdoc=\"x\"></iframe><script>alert(1)</script>kept</p>";
        let names: Vec<_> = inspect(piece).removed.into_iter().map(|(_, _, what)| what).collect();
        assert_eq!(names, ["`onclick` on `<p>`", "`<iframe>`", "`<script>`"]);
        assert_eq!(sanitise(&clean(piece, &|_, _| None), false), "<p>kept</p>");
    }

    #[test]
    fn links_are_rewritten_where_they_stand() {
        let cleaned =
            clean("<a href=\"a.md\">A</a> <a href='b.md'>B</a>", &|start, _| (start == 0).then(|| "a.html".to_owned()));
        assert_eq!(cleaned, "<a href=\"a.html\">A</a> <a>B</a>");
    }

    #[test]
    fn an_id_stays_once_and_in_copies_not_at_all() {
        let piece = "<p><b id=\"x\">one</p><p id=\"y\">two</p>";
        assert_eq!(sanitise(piece, false), "<p><b id=\"x\">one</b></p><p id=\"y\"><b>two</b></p>");
        assert_eq!(sanitise(piece, true), "<p><b>one</b></p><p><b>two</b></p>");
    }

    #[test]
    fn a_tag_that_never_ends_takes_nothing_with_it() {
        for (piece, kept) in [
            ("<p>a</p><div id=\"x\"\nb", "<p>a</p>"),
            ("<p title=\"a > b", ""),
            ("<p title=\"a > b\">c", "<p title=\"a > b\">c"),
            ("<p>it's 1 < 2</p>", "<p>it's 1 < 2</p>"),
        ] {
            assert_eq!(clean(piece, &|_, _| None), kept);
        }
        assert_eq!(inspect("<p>a</p><div id=\"x\"\nb").removed.len(), 1);
    }
}
