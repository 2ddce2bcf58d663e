//! Addresses as text: how they stand in links, and what a server makes of them.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a path in an address can't hold as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// What a fragment can't hold as it is.
const ESCAPED_FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'#');

/// An address as it stands in a link.
pub fn encode(address: &str) -> String {
    escaped(address, ESCAPED).into_owned()
}

/// An address with a fragment, as it stands in a link.
pub fn encode_with(address: &str, fragment: Option<&str>) -> String {
    match fragment {
        Some(fragment) => [&escaped(address, ESCAPED), "#", &encode_fragment(fragment)].concat(),
        None => encode(address),
    }
}

/// A fragment as it stands in a link, behind the "#".
pub fn encode_fragment(fragment: &str) -> Cow<'_, str> {
    escaped(fragment, ESCAPED_FRAGMENT)
}

/// Nearly all addresses are of letters, digits and a few marks that nothing escapes: seen without a look at each byte by itself.
fn escaped<'t>(text: &'t str, escaped: &'static AsciiSet) -> Cow<'t, str> {
    let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'-'..=b'9' | b'_');
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::from(utf8_percent_encode(text, escaped))
}

/// The ending of a file's name that says what a server should do with it: "aspx" of "Pages/Gifts.aspx". None of a page's address, and
/// of a name that has a full stop for another reason, such as "policy-v2.1".
pub fn ending(address: &str) -> Option<&str> {
    const LONGEST: usize = 5;
    let (_, ending) = address.rsplit('/').next()?.rsplit_once('.')?;
    let is_ending = ending.len() <= LONGEST
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_ending && !["html", "htm"].iter().any(|page| ending.eq_ignore_ascii_case(page))).then_some(ending)
}

/// The file that a server sends for an address.
pub fn file_at(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() }
}
