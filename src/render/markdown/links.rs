//! Links, images and passages in another language, with the addresses that they lead to.

use pulldown_cmark_escape::escape_href;

use super::{Writer, attribute, escaped};
use crate::content::attributes::Attributes;
use crate::content::markdown::Marked;
use crate::handbook::Target;
use crate::language;
use crate::words::address;

impl Writer<'_> {
    pub(super) fn passage(&mut self, attributes: Option<&Attributes>) {
        match language_of(attributes) {
            Some(tag) => self.push(&format!("<span lang=\"{}\">", attribute(tag))),
            None => self.push("<span>"),
        }
        self.closers.push("</span>");
    }

    pub(super) fn link(&mut self, destination: &str, start: usize, attributes: Option<&Attributes>) {
        let Some((url, is_outside)) = self.address(start, destination) else {
            self.closers.push("");
            return;
        };
        self.push("<a href=\"");
        let _ = escape_href(&mut self.out, &url);
        self.push(if is_outside { "\" class=\"external\"" } else { "\"" });
        if let Some(tag) = language_of(attributes).map(attribute) {
            self.push_all([" lang=\"", &tag, "\" hreflang=\"", &tag, "\""]);
        }
        self.push(">");
        self.closers.push("</a>");
    }

    pub(super) fn image(&mut self, destination: &str, words: &str, marked: &Marked<'_>) {
        match self.address(marked.range.start, destination) {
            Some((url, _)) => {
                self.push("<img src=\"");
                let _ = escape_href(&mut self.out, &url);
                self.push_all(["\" alt=\"", &attribute(words), "\""]);
                if let Some(tag) = language_of(marked.attributes.as_deref()).map(attribute) {
                    self.push_all([" lang=\"", &tag, "\""]);
                }
                self.push(">");
            }
            None => self.push(&escaped(words)),
        }
    }

    /// Where the link that starts at an offset leads, and whether that is outside the handbook.
    pub(super) fn address(&self, start: usize, destination: &str) -> Option<(String, bool)> {
        let link = self.prose.link(start, destination)?;
        match self.pen.handbook.target(link)? {
            Target::Inside { to, fragment } => {
                let own = fragment.as_ref().filter(|_| self.pen.here == Some(to) && self.pen.has_ids);
                let url = match own {
                    Some(fragment) => address::encode_with("", Some(fragment)),
                    None => [self.pen.root, &self.pen.handbook.url(to, fragment.as_deref())].concat(),
                };
                Some((url, false))
            }
            Target::Outside(url) => Some((url.to_owned(), url.starts_with("http"))),
        }
    }
}

/// The language that braces name, if it is one.
fn language_of(attributes: Option<&Attributes>) -> Option<&str> {
    attributes.and_then(|attributes| attributes.pair("lang")).filter(|tag| language::is_tag(tag))
}
