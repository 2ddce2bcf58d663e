//! Attributes: what each may say, by the element that it stands on.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::BytesStart;

use super::doctype::Entities;
use super::fault::{self, Fault, Reason, runs, unlisted};
use super::namespace::{AttributeNamespace, Namespace, Namespaces, split};
use super::{address, allow, style};

/// An attribute with its references resolved.
pub struct Attribute<'t> {
    /// An offset into the drawing's text.
    at: usize,
    prefix: &'t str,
    name: &'t str,
    /// What it says.
    pub value: Cow<'t, str>,
    /// Where the quotation mark behind it stands, where that is known.
    end: Option<usize>,
}

/// Reads the attributes of a tag at some byte of a drawing's text.
pub fn read<'t>(
    tag: &'t BytesStart<'_>,
    text: &str,
    at: usize,
    entities: &mut Entities,
) -> Result<Vec<Attribute<'t>>, Box<Fault>> {
    let mut attributes = Vec::new();
    // Two of one name are looked at twice: to find them would take time that grows with the square of their number.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| fault::broken(at, "a setting of this part isn't in quotation marks"))?;
        let (prefix, name) = split(attribute.key.0);
        let at = offset(text, attribute.key.0).unwrap_or(at);
        let mut expand = |value: &str| entities.expand(value).map(Cow::into_owned).map_err(|why| why.at(at));
        let end = offset(text, &attribute.value).map(|at| at + attribute.value.len());
        let value = match attribute.value {
            Cow::Borrowed(value) if !value.contains('&') => Cow::Borrowed(value),
            value => Cow::Owned(expand(&value)?),
        };
        attributes.push(Attribute { at, prefix, name, value, end });
    }
    Ok(attributes)
}

/// Where a part of a text stands in it.
fn offset(text: &str, part: &str) -> Option<usize> {
    let at = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (at + part.len() < text.len()).then_some(at)
}

impl Attribute<'_> {
    /// The prefix that it gives a meaning to, where it does; an empty one for names without.
    pub fn declares(&self) -> Option<&str> {
        match (self.prefix, self.name) {
            ("", "xmlns") => Some(""),
            ("xmlns", prefix) => Some(prefix),
            _ => None,
        }
    }

    /// Whether only an editor reads it: it is an editor's own, or names what is, or holds the whole drawing once more for draw.io.
    pub fn is_metadata(&self, element: (Namespace, &str), namespaces: &Namespaces) -> bool {
        match self.declares() {
            Some(prefix) => namespaces.of_element(prefix) == Some(Namespace::Foreign),
            None if self.prefix.is_empty() => element == (Namespace::Svg, "svg") && self.name == "content",
            None => namespaces.of_attribute(self.prefix) == Some(AttributeNamespace::Foreign),
        }
    }

    /// Where it stands in the drawing's text, with the space before it.
    pub fn range(&self, text: &str) -> Option<Range<usize>> {
        Some(text.get(..self.at)?.trim_ascii_end().len()..self.end? + 1)
    }

    /// Finds what it must not say on an element, in a drawing that stands in the data addresses of so many others.
    pub fn check(&self, element: (Namespace, &str), namespaces: &Namespaces, depth: usize) -> Result<(), Box<Fault>> {
        if self.declares().is_some() {
            return Ok(());
        }
        let namespace = namespaces.of_attribute(self.prefix);
        let namespace = namespace.ok_or_else(|| fault::unknown_prefix(self.at, self.prefix))?;
        let found = match (element.0, namespace) {
            (Namespace::Foreign | Namespace::Known, _) | (_, AttributeNamespace::Foreign) => Ok(()),
            (_, AttributeNamespace::Xml) => self.listed(allow::XML_ATTRIBUTES),
            (Namespace::Svg, AttributeNamespace::Own) => self.of_svg(element.1, depth),
            (Namespace::Svg, AttributeNamespace::Xlink) if self.name == "href" => self.of_svg(element.1, depth),
            (Namespace::Svg, AttributeNamespace::Xlink) => self.listed(allow::XLINK_ATTRIBUTES),
            (Namespace::Html, AttributeNamespace::Own) => self.of_html(element.1, depth),
            (Namespace::Html, AttributeNamespace::Xlink) | (_, AttributeNamespace::Known) => Err(self.unlisted()),
        };
        found.map_err(|why| why.at(self.at))
    }

    fn of_svg(&self, element: &str, depth: usize) -> Result<(), Reason> {
        match self.name {
            "href" if element == "a" => address::of_link(&self.value),
            "href" => address::of_part(&self.value, depth),
            "style" => style::check(&self.value, depth),
            "attributeName" => self.animated(),
            name if allow::has(allow::PROPERTIES, name) => self.property(depth),
            _ => self.listed(allow::ATTRIBUTES),
        }
    }

    fn of_html(&self, element: &str, depth: usize) -> Result<(), Reason> {
        match (element, self.name) {
            ("a", "href") => address::of_link(&self.value),
            ("img", "src") => address::of_part(&self.value, depth),
            (_, "style") => style::check(&self.value, depth),
            _ => self.listed(allow::HTML_ATTRIBUTES),
        }
    }

    /// Properties load nothing without brackets.
    fn property(&self, depth: usize) -> Result<(), Reason> {
        if self.value.contains('(') { style::check(&self.value, depth) } else { Ok(()) }
    }

    /// An animation may change how something looks or where it stands, not where it leads or what it runs.
    fn animated(&self) -> Result<(), Reason> {
        let name = self.value.trim();
        let is_look = allow::has(allow::PROPERTIES, name) || allow::has(allow::ATTRIBUTES, name);
        if is_look { Ok(()) } else { Err(unlisted(&format!("attributeName=\"{name}\""))) }
    }

    fn listed(&self, list: &[&str]) -> Result<(), Reason> {
        let is_free = self.prefix.is_empty() && ["aria-", "data-"].iter().any(|begin| self.name.starts_with(begin));
        if is_free || allow::has(list, self.name) { Ok(()) } else { Err(self.unlisted()) }
    }

    fn unlisted(&self) -> Reason {
        let name = if self.prefix.is_empty() { self.name.to_owned() } else { format!("{}:{}", self.prefix, self.name) };
        let is_handler = name.get(..2).is_some_and(|begin| begin.eq_ignore_ascii_case("on"));
        if is_handler { runs(&name) } else { unlisted(&name) }
    }
}
