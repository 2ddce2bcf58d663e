//! Addresses in a drawing: what a link leads to, and what is fetched without anybody asking.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::percent_decode_str;

use super::fault::{Reason, loads, runs, unusable};
use super::{DEEPEST, check_inside};

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Kinds of data that are pixels.
const PIXELS: [&str; 5] = ["image/gif", "image/jpeg", "image/jpg", "image/png", "image/webp"];

/// Kinds of data that are fonts begin so.
const FONTS: [&str; 4] = ["font/", "application/font-", "application/x-font", "application/vnd.ms-fontobject"];

const DRAWING: &str = "image/svg+xml";

/// Where a link leads when somebody chooses it.
pub fn of_link(address: &str) -> Result<(), Reason> {
    let plain = plain(address);
    match scheme(&plain) {
        None => Ok(()),
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => Ok(()),
        Some(scheme) => Err(runs(&format!("{scheme}:"))),
    }
}

/// What a part of a drawing shows or uses: another part of it, or an image that is written into it.
pub fn of_part(address: &str, depth: usize) -> Result<(), Reason> {
    fetched(address, &[], depth)
}

/// The same for a style, which may bring its fonts.
pub fn of_style(address: &str, depth: usize) -> Result<(), Reason> {
    fetched(address, &FONTS, depth)
}

fn fetched(address: &str, further: &[&str], depth: usize) -> Result<(), Reason> {
    let plain = plain(address);
    if plain.is_empty() || plain.starts_with('#') {
        return Ok(());
    }
    let scheme = scheme(&plain);
    if scheme.as_deref() != Some("data") {
        let is_program = scheme.as_deref().is_some_and(|scheme| scheme.ends_with("script"));
        return Err(if is_program { runs(&format!("{}:", scheme.unwrap_or_default())) } else { loads(&plain) });
    }
    let (head, data) = plain["data:".len()..].split_once(',').unwrap_or((&plain, ""));
    let head = head.to_ascii_lowercase();
    let kind = head.split(';').next().unwrap_or_default();
    if PIXELS.contains(&kind) || further.iter().any(|begin| kind.starts_with(begin)) {
        return Ok(());
    }
    if kind != DRAWING {
        return Err(loads(&plain));
    }
    drawing_in(data, head.ends_with(";base64"), depth)
}

/// A drawing in a drawing, as draw.io writes its icons.
fn drawing_in(data: &str, is_base64: bool, depth: usize) -> Result<(), Reason> {
    let bytes: Vec<u8> = percent_decode_str(data).collect();
    let bytes = if is_base64 {
        let digits: Vec<u8> = bytes.into_iter().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').collect();
        STANDARD_NO_PAD.decode(digits).ok()
    } else {
        Some(bytes)
    };
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.filter(|_| depth < DEEPEST).ok_or_else(|| unusable("an image in it can't be read"))?;
    check_inside(text.strip_prefix('\u{feff}').unwrap_or(&text), depth + 1).map(drop).map_err(|fault| fault.reason)
}

/// An address as a browser takes it: without the control characters that it overlooks at the ends, and in the middle.
fn plain(address: &str) -> String {
    address.trim_matches(|c: char| c <= ' ').replace(['\t', '\n', '\r'], "")
}

/// "https" of "https://…"; none of an address that counts from where it stands.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_one.then(|| scheme.to_ascii_lowercase())
}
