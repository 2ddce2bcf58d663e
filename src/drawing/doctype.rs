//! The document type of a drawing, and the words that it abbreviates: `<!ENTITY ns_svg "http://www.w3.org/2000/svg">`.
//!
//! Illustrator writes such entities for its namespaces. Anything else that can stand here (default attributes, entities made of
//! entities, what is fetched from elsewhere) would let a browser read another drawing than the one that was checked, and is refused.

use std::borrow::Cow;

use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use rustc_hash::FxHashMap;

use super::fault::{Reason, unlisted, unusable};

/// All entities of a drawing together may stand for so many bytes.
const LONGEST_EXPANSION: usize = 5 * 1024 * 1024;

/// What names stand for.
#[derive(Debug, Default)]
pub struct Entities {
    values: FxHashMap<String, String>,
    /// How many bytes they have stood for so far.
    expanded: usize,
}

impl Entities {
    /// The value of an attribute, or a reference by itself, with what its references stand for.
    pub fn expand<'v>(&mut self, value: &'v str) -> Result<Cow<'v, str>, Reason> {
        let mut expanded = self.expanded;
        let mut is_unknown = false;
        let resolve = |name: &str| {
            let predefined = resolve_predefined_entity(name);
            let value = predefined.or_else(|| self.values.get(name).map(String::as_str));
            is_unknown |= value.is_none();
            expanded += value.map_or(0, str::len);
            // What is too much isn't written out.
            value.filter(|_| expanded <= LONGEST_EXPANSION)
        };
        let text = unescape_with(value, resolve);
        self.expanded = expanded;
        if expanded > LONGEST_EXPANSION {
            return Err(unusable("its abbreviations (`<!ENTITY`) stand for far too much"));
        }
        text.map_err(|_| match is_unknown {
            true => unusable("it has an abbreviation (`&…;`) that it doesn't explain"),
            false => unusable("a sign `&` should be written `&amp;`"),
        })
    }
}

/// Reads what stands between `<!DOCTYPE` and `>`.
pub fn read(doctype: &str) -> Result<Entities, Reason> {
    let mut entities = Entities::default();
    let Some(start) = internal_part(doctype) else { return Ok(entities) };
    let mut left = doctype[start + 1..].trim_start();
    loop {
        if let Some(after) = left.strip_prefix(']') {
            let is_whole = after.trim().is_empty();
            return is_whole.then_some(entities).ok_or_else(|| unlisted("<!DOCTYPE"));
        }
        if let Some(comment) = left.strip_prefix("<!--") {
            let (_, after) = comment.split_once("-->").ok_or_else(|| unlisted("<!DOCTYPE"))?;
            left = after.trim_start();
            continue;
        }
        let (name, value, after) = entity(left).ok_or_else(|| unlisted(first_word(left)))?;
        // The first of two with one name counts.
        entities.values.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        left = after.trim_start();
    }
}

/// Where the part between square brackets begins, which a document type may have.
fn internal_part(doctype: &str) -> Option<usize> {
    let mut quote = None;
    doctype.bytes().position(|byte| {
        match quote {
            Some(open) if byte == open => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        quote.is_none() && byte == b'['
    })
}

/// Name and value of an entity that is plain words, and what stands after it.
fn entity(text: &str) -> Option<(&str, &str, &str)> {
    let declaration = text.strip_prefix("<!ENTITY")?.strip_prefix(char::is_whitespace)?.trim_start();
    let (name, after) = declaration.split_once(char::is_whitespace)?;
    let after = after.trim_start();
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, after) = after[1..].split_once(quote)?;
    let after = after.trim_start().strip_prefix('>')?;
    let is_plain = !value.contains(['<', '&', '%']) && !name.is_empty() && !name.contains(['%', '"', '\'', '<', '>']);
    is_plain.then_some((name, value, after))
}

fn first_word(text: &str) -> &str {
    const LONGEST: usize = 30;
    let end = text.find(|c: char| c.is_whitespace()).unwrap_or(text.len());
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= end.min(LONGEST)).last().unwrap_or(0);
    if end == 0 { "<!DOCTYPE" } else { &text[..end] }
}
