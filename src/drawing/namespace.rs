//! The namespaces of a drawing: which prefix means what, at the place that is read.

use rustc_hash::FxHashMap;

use super::fault::{self, Fault};

/// What browsers make of names in a namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// Drawn.
    Svg,
    /// Drawn as a web page is.
    Html,
    /// Browsers know it, and a drawing has no need of it: MathML, XSLT, attributes' namespaces where an element stands.
    Known,
    /// Nothing: an editor keeps things for itself in it. So are names without a namespace.
    Foreign,
}

/// The namespaces of attributes that browsers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeNamespace {
    /// No prefix: the element's own.
    Own,
    /// `xlink:href` and its like.
    Xlink,
    /// `xml:lang` and its like.
    Xml,
    /// Another that browsers know.
    Known,
    /// An editor's.
    Foreign,
}

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Other namespaces that some browser, of today or not long ago, does something with.
const KNOWN: [&str; 8] = [
    "http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul",
    "http://www.mozilla.org/xbl",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/XSL/Transform",
    "http://www.w3.org/2001/XInclude",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/2002/xforms",
    "http://www.w3.org/XML/1998/namespace",
];

/// What a declaration binds a prefix to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Svg,
    Html,
    Xlink,
    Known,
    Foreign,
}

/// The declarations in force. Each prefix has those around the place that is read, innermost last.
#[derive(Debug, Default)]
pub struct Namespaces {
    by_prefix: FxHashMap<String, Vec<Bound>>,
    /// The prefixes that each open element declares.
    declared: Vec<Vec<String>>,
}

impl Namespaces {
    /// Enters an element that declares these prefixes and names.
    pub fn open<'a>(
        &mut self,
        declarations: impl Iterator<Item = (&'a str, &'a str)>,
        at: usize,
    ) -> Result<(), Box<Fault>> {
        let mut declared = Vec::new();
        for (prefix, name) in declarations {
            if matches!(prefix, "xml" | "xmlns") {
                return Err(fault::broken(at, &format!("`{prefix}` can't be given another meaning")));
            }
            self.by_prefix.entry(prefix.to_owned()).or_default().push(bound(name));
            declared.push(prefix.to_owned());
        }
        self.declared.push(declared);
        Ok(())
    }

    /// Leaves the innermost element.
    pub fn close(&mut self) {
        for prefix in self.declared.pop().unwrap_or_default() {
            self.by_prefix.get_mut(&prefix).and_then(Vec::pop);
        }
    }

    fn bound(&self, prefix: &str) -> Option<Bound> {
        self.by_prefix.get(prefix).and_then(|bound| bound.last()).copied()
    }

    /// The namespace of an element with a prefix, or with none. None where the prefix isn't declared.
    pub fn of_element(&self, prefix: &str) -> Option<Namespace> {
        match self.bound(prefix) {
            Some(Bound::Svg) => Some(Namespace::Svg),
            Some(Bound::Html) => Some(Namespace::Html),
            Some(Bound::Xlink | Bound::Known) => Some(Namespace::Known),
            Some(Bound::Foreign) => Some(Namespace::Foreign),
            None if prefix == "xml" => Some(Namespace::Known),
            None => prefix.is_empty().then_some(Namespace::Foreign),
        }
    }

    /// The namespace of an attribute with a prefix, or with none. None where the prefix isn't declared.
    pub fn of_attribute(&self, prefix: &str) -> Option<AttributeNamespace> {
        if prefix.is_empty() {
            return Some(AttributeNamespace::Own);
        }
        match self.bound(prefix) {
            Some(Bound::Xlink) => Some(AttributeNamespace::Xlink),
            Some(Bound::Svg | Bound::Html | Bound::Known) => Some(AttributeNamespace::Known),
            Some(Bound::Foreign) => Some(AttributeNamespace::Foreign),
            None => (prefix == "xml").then_some(AttributeNamespace::Xml),
        }
    }
}

fn bound(uri: &str) -> Bound {
    match uri {
        SVG => Bound::Svg,
        HTML => Bound::Html,
        XLINK => Bound::Xlink,
        uri if KNOWN.contains(&uri) => Bound::Known,
        _ => Bound::Foreign,
    }
}

/// Prefix and local name; the prefix is empty where there is none.
pub fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}
