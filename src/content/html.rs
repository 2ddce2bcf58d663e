//! Raw HTML that authors write: what of it is safe, the links and ids in it, and what is taken out.
//!
//! Two guards. [`clean`] (lol_html) looks at each raw piece where it stands, keeps what the lists below allow and rewrites links;
//! [`sanitise`] (ammonia) then parses the whole body as a browser would and writes it anew, so that no mis-nested or clever piece
//! reaches a page. [`inspect`] tells authors beforehand what the first will do.

use std::collections::HashSet;
use std::sync::LazyLock;

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};

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

/// Elements whose contents go with them.
const WITH_CONTENTS: &[&str] = &["script", "style"];

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &["href", "src", "poster"];

/// A link or image in raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub struct RawLink {
    /// Where its tag begins in the piece.
    pub start: usize,
    /// Which attribute.
    pub attribute: &'static str,
    /// The address as written.
    pub destination: String,
}

/// What a piece of raw HTML holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Links, images, videos.
    pub links: Vec<RawLink>,
    /// Ids, which links may lead to.
    pub ids: Vec<String>,
    /// What is taken out: where its tag begins, how long that is, and what.
    pub removed: Vec<(usize, usize, String)>,
}

/// Looks a piece over.
pub fn inspect(piece: &str) -> Inspection {
    let mut found = Inspection::default();
    let look = element!("*", |element| {
        let location = element.source_location().bytes();
        let name = element.tag_name();
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
                let destination = attribute.value();
                found.links.push(RawLink { start: location.start, attribute: address, destination });
            } else if own == "id" {
                found.ids.push(attribute.value());
            }
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(look).with_strict(false);
    // A piece that lol_html gives up on keeps what was found; ammonia still stands behind it.
    let _ = rewrite_str(piece, settings);
    found
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
    rewrite_str(piece, settings).unwrap_or_default()
}

fn clean_element(element: &mut Element<'_, '_>, address: &dyn Fn(usize, &str) -> Option<String>) {
    let name = element.tag_name();
    if !ELEMENTS.contains(&name.as_str()) {
        if !WITH_CONTENTS.contains(&name.as_str()) {
            element.remove_and_keep_content();
        }
        return;
    }
    let start = element.source_location().bytes().start;
    let names: Vec<_> = element.attributes().iter().map(lol_html::html_content::Attribute::name).collect();
    for own in names {
        if !is_allowed(&name, &own) {
            element.remove_attribute(&own);
        } else if ADDRESSES.contains(&own.as_str()) {
            let written = element.get_attribute(&own).unwrap_or_default();
            let kept = address(start, &written).is_some_and(|url| element.set_attribute(&own, &url).is_ok());
            if !kept {
                element.remove_attribute(&own);
            }
        }
    }
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
        .url_schemes(super::prose::SCHEMES.iter().copied().collect())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// Parses a whole body as a browser would and writes it anew with nothing in it that isn't on the lists.
pub fn sanitise(body: &str) -> String {
    SANITISER.clean(body).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_handlers_and_frames_are_named_and_taken_out() {
        let piece = "<p onclick=\"x()\"><iframe srcdoc=\"x\"></iframe><script>alert(1)</script>kept</p>";
        let names: Vec<_> = inspect(piece).removed.into_iter().map(|(_, _, what)| what).collect();
        assert_eq!(names, ["`onclick` on `<p>`", "`<iframe>`", "`<script>`"]);
        assert_eq!(sanitise(&clean(piece, &|_, _| None)), "<p>kept</p>");
    }

    #[test]
    fn links_are_rewritten_where_they_stand() {
        let cleaned =
            clean("<a href=\"a.md\">A</a> <a href='b.md'>B</a>", &|start, _| (start == 0).then(|| "a.html".to_owned()));
        assert_eq!(cleaned, "<a href=\"a.html\">A</a> <a>B</a>");
    }
}
