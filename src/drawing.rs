//! SVG drawings: read as XML, and held to lists of what only draws ([`allow`]).
//!
//! In: the text of a drawing. Out: its [`Metadata`], or the [`Fault`] for which it can't be published. A drawing that passes is
//! published byte for byte but for that: what editors keep for themselves does nothing in a browser, and says who drew it, in which
//! folder, and now and then what was rubbed out.
//!
//! quick-xml gives tags, texts and references one by one, in time that grows with the length. Namespaces are resolved here: its own
//! resolver takes a declaration as it is written, and `xmlns:x="http://www.w3.org/2000/sv&#103;"` would hide a script from it.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesStart, Event};

mod address;
mod allow;
mod attribute;
mod doctype;
mod fault;
mod namespace;
mod style;

use doctype::Entities;
pub use fault::Fault;
use namespace::{Namespace, Namespaces};

/// A drawing may show drawings that are written into it, and those others, so deep.
const DEEPEST: usize = 4;

/// What only the editor of a drawing reads: parts of the drawing's text, in order, none within another.
#[derive(Debug, Default)]
pub struct Metadata(Vec<Range<usize>>);

impl Metadata {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The drawing's text without it.
    pub fn taken_out_of(&self, text: &str) -> String {
        let ends = self.0.iter().map(|part| part.end);
        let starts = self.0.iter().map(|part| part.start);
        let kept = [0].into_iter().chain(ends).zip(starts.chain([text.len()]));
        kept.filter_map(|(from, to)| text.get(from..to)).collect()
    }
}

/// Finds what a drawing must not have, or why a browser couldn't show it; and what only its editor reads.
///
/// # Errors
/// The first fault.
pub fn check(text: &str) -> Result<Metadata, Box<Fault>> {
    check_inside(text, 0)
}

/// Checks a drawing that stands in the data addresses of so many others.
fn check_inside(text: &str, depth: usize) -> Result<Metadata, Box<Fault>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut check = Check {
        text,
        depth,
        entities: Entities::default(),
        namespaces: Namespaces::default(),
        open: Vec::new(),
        has_root: false,
        metadata: Metadata::default(),
    };
    loop {
        let at = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Eof) => return check.finish(),
            Ok(event) => check.event(event, at..reader.buffer_position() as usize)?,
            Err(error) => return Err(fault::malformed(reader.error_position() as usize, &error)),
        }
    }
}

/// A drawing that is being checked.
struct Check<'t> {
    text: &'t str,
    depth: usize,
    entities: Entities,
    namespaces: Namespaces,
    /// The elements around the place that is read.
    open: Vec<Open>,
    has_root: bool,
    metadata: Metadata,
}

/// An element that isn't closed yet.
struct Open {
    at: usize,
    /// The styles in it so far, where it is a style element: its text counts as one, whatever stands between.
    style: Option<String>,
    /// Whether it, or an element around it, is metadata.
    is_metadata: bool,
}

impl<'t> Check<'t> {
    fn event(&mut self, event: Event<'t>, range: Range<usize>) -> Result<(), Box<Fault>> {
        let at = range.start;
        match event {
            Event::Start(tag) => self.open(&tag, at),
            Event::Empty(tag) => self.open(&tag, at).and_then(|()| self.close(range.end)),
            Event::End(_) => self.close(range.end),
            Event::Text(text) => self.words(&text, at),
            Event::CData(text) => self.words(&text, at),
            Event::GeneralRef(reference) => {
                let reference = format!("&{};", &*reference);
                let words = self.entities.expand(&reference).map_err(|why| why.at(at))?;
                self.words(&words, at)
            }
            Event::PI(instruction) if allow::has(allow::INSTRUCTIONS, instruction.target()) => {
                self.metadata.0.extend((!self.is_in_metadata()).then_some(range));
                Ok(())
            }
            Event::PI(instruction) => Err(fault::not_plain(at, &format!("<?{}", instruction.target()))),
            Event::DocType(_) if self.has_root => Err(fault::not_plain(at, "<!DOCTYPE")),
            Event::DocType(doctype) => {
                self.entities = doctype::read(&doctype).map_err(|why| why.at(at))?;
                Ok(())
            }
            Event::Decl(declaration) => self.declaration(&declaration, at),
            Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    /// The text was read as UTF-8, so a browser must do the same.
    fn declaration(&self, declaration: &BytesDecl<'_>, at: usize) -> Result<(), Box<Fault>> {
        if at != 0 {
            return Err(fault::broken(at, "its first line, `<?xml`, stands further down"));
        }
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name)) if is_read_as_utf8(&name, self.text) => Ok(()),
            Some(Ok(name)) => Err(fault::encoding(at, &name)),
            Some(Err(_)) => Err(fault::broken(at, "its first line, `<?xml`, isn't well formed")),
        }
    }

    fn open(&mut self, tag: &BytesStart<'t>, at: usize) -> Result<(), Box<Fault>> {
        let attributes = attribute::read(tag, self.text, at, &mut self.entities)?;
        let declarations = attributes.iter().filter_map(|attribute| Some((attribute.declares()?, &*attribute.value)));
        self.namespaces.open(declarations, at)?;
        let (prefix, name) = namespace::split(tag.name().0);
        let namespace = self.namespaces.of_element(prefix).ok_or_else(|| fault::unknown_prefix(at, prefix))?;
        if self.open.is_empty() {
            self.root(namespace, name, at)?;
        }
        let is_allowed = match namespace {
            Namespace::Svg => allow::has(allow::ELEMENTS, name),
            Namespace::Html => allow::has(allow::HTML_ELEMENTS, name),
            Namespace::Foreign => true,
            Namespace::Known => false,
        };
        if !is_allowed {
            return Err(fault::element(at, name));
        }
        let is_metadata = self.is_in_metadata()
            || namespace == Namespace::Foreign
            || (namespace == Namespace::Svg && name == "metadata");
        for attribute in &attributes {
            attribute.check((namespace, name), &self.namespaces, self.depth)?;
            if !is_metadata && attribute.is_metadata((namespace, name), &self.namespaces) {
                self.metadata.0.extend(attribute.range(self.text));
            }
        }
        let is_style = namespace == Namespace::Svg && name == "style";
        self.open.push(Open { at, style: is_style.then(String::new), is_metadata });
        Ok(())
    }

    fn is_in_metadata(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_metadata)
    }

    /// A drawing is one `svg` element, and says in which language it is written.
    fn root(&mut self, namespace: Namespace, name: &str, at: usize) -> Result<(), Box<Fault>> {
        if self.has_root {
            return Err(fault::broken(at, "something stands below its end, `</svg>`"));
        }
        self.has_root = true;
        match (namespace, name) {
            (Namespace::Svg, "svg") => Ok(()),
            (Namespace::Foreign, "svg") => Err(fault::without_namespace(at)),
            _ => Err(fault::no_drawing(at)),
        }
    }

    fn close(&mut self, end: usize) -> Result<(), Box<Fault>> {
        self.namespaces.close();
        let Some(Open { at, style, is_metadata }) = self.open.pop() else { return Ok(()) };
        if is_metadata && !self.is_in_metadata() {
            self.metadata.0.push(at..end);
        }
        style.map_or(Ok(()), |style| style::check(&style, self.depth).map_err(|why| why.at(at)))
    }

    fn words(&mut self, text: &str, at: usize) -> Result<(), Box<Fault>> {
        match self.open.last_mut() {
            Some(Open { style: Some(style), .. }) => style.push_str(text),
            Some(_) => {}
            None if text.trim().is_empty() => {}
            None if self.has_root => return Err(fault::broken(at, "something stands below its end, `</svg>`")),
            None => return Err(fault::no_drawing(at)),
        }
        Ok(())
    }

    fn finish(self) -> Result<Metadata, Box<Fault>> {
        match (self.open.last(), self.has_root) {
            (Some(open), _) => Err(fault::unclosed(open.at)),
            (None, false) => Err(fault::no_drawing(0)),
            (None, true) => Ok(self.metadata),
        }
    }
}

/// Whether a browser that is told an encoding reads the same text as one that takes it for UTF-8.
fn is_read_as_utf8(encoding: &str, text: &str) -> bool {
    const LIKE_ASCII: [&str; 5] = ["ascii", "us-ascii", "iso-8859-", "latin1", "windows-125"];
    let encoding = encoding.to_ascii_lowercase();
    let is_like_ascii = LIKE_ASCII.iter().any(|begin| encoding.starts_with(begin));
    matches!(encoding.as_str(), "utf-8" | "utf8") || (is_like_ascii && text.is_ascii())
}
