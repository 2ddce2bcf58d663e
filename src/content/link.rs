//! Links as written, and what their addresses say: a file of the handbook, a place outside it, or nothing that is allowed.
//!
//! Whether that file is there is the handbook's to say (`handbook::link`).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::finding::{Diagnostic, Findings, codes};
use crate::text::{SourceFile, Span};

/// Schemes that a link may have.
pub const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// A link as written.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where its event (or tag of raw HTML) stands in the text.
    pub start: usize,
    /// The address as written.
    pub destination: String,
    /// What it says.
    pub to: Destination,
    /// Where the address stands in the file.
    pub span: Span,
    /// An image or another file that the page shows, rather than leads to.
    pub is_image: bool,
}

/// What an address says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A file of the handbook.
    Inside {
        /// Its path from the handbook's folder: "content/about/index.md". None where the address leads out of that folder.
        path: Option<String>,
        /// The place in it.
        fragment: Option<String>,
    },
    /// Another site, an e-mail or telephone address.
    Outside,
    /// Nothing that can be used. The author has been told.
    Nowhere,
}

impl Link {
    /// Reads the address of a link that stands in a file; what is wrong with the address itself is noted.
    pub fn read(
        start: usize,
        destination: String,
        span: Span,
        is_image: bool,
        file: &SourceFile,
        findings: &Findings,
    ) -> Self {
        let to = match refused(&destination, is_image) {
            Ok(true) => Destination::Outside,
            Ok(false) => inside(&destination, &file.path),
            Err((code, message, help)) => {
                findings.push(Diagnostic::new(code, message).at(span).help(help));
                Destination::Nowhere
            }
        };
        Self { start, destination, to, span, is_image }
    }

    /// The path as written, without its escapes.
    pub fn path(&self) -> String {
        let path = self.destination.split('#').next().unwrap_or_default();
        unescaped(path.split('?').next().unwrap_or(path)).into_owned()
    }
}

/// Whether an address leads outside; or why it isn't allowed, and what to do.
fn refused(destination: &str, is_image: bool) -> Result<bool, (crate::finding::Code, String, &'static str)> {
    let plain: Cow<'_, str> = if destination.bytes().all(|byte| byte.is_ascii_graphic()) {
        destination.into()
    } else {
        destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
    };
    let (path, fragment) = destination.split_once('#').unwrap_or((destination, ""));
    if fragment.is_empty() && (path.is_empty() || path.starts_with('?')) {
        let help = "write the page's file between the round brackets: [Gifts](gifts.md)";
        return Err((codes::BROKEN_LINK, "this link leads nowhere".to_owned(), help));
    }
    let is_other_host = plain.starts_with("//") || plain.starts_with("\\\\");
    let scheme = plain.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).filter(|scheme| {
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    });
    if scheme.is_none() && !is_other_host {
        return Ok(false);
    }
    let scheme = scheme.unwrap_or_default();
    let is_image_data = is_image
        && ["png", "jpeg", "gif", "webp"]
            .iter()
            .any(|kind| plain.to_ascii_lowercase().starts_with(&format!("data:image/{kind};")));
    let is_web_image = is_image && scheme.starts_with("http");
    if is_image_data || (SCHEMES.contains(&scheme.as_str()) && !is_web_image) {
        return Ok(true);
    }
    let (message, help) = if is_web_image {
        (
            "this image is on another web site, and the handbook shows only its own".to_owned(),
            "save it beside the page, and name the file here",
        )
    } else if is_other_host {
        ("this address leaves out its beginning".to_owned(), "begin it with https://")
    } else {
        (
            format!("an address that begins with `{scheme}:` isn't allowed"),
            "links may begin with https:, http:, mailto: or tel:, or name a file of the handbook",
        )
    };
    Err((codes::UNSAFE_LINK, message, help))
}

fn inside(destination: &str, from: &str) -> Destination {
    let (path, fragment) = match destination.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment).filter(|fragment| !fragment.is_empty())),
        None => (destination, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    let path = unescaped(path);
    let fragment = fragment.map(|fragment| unescaped(fragment).into_owned());
    let path = if path.is_empty() { Some(from.to_owned()) } else { join(from, &path) };
    Destination::Inside { path, fragment }
}

fn unescaped(address: &str) -> Cow<'_, str> {
    // Few addresses have escapes.
    if address.contains('%') { percent_decode_str(address).decode_utf8_lossy() } else { address.into() }
}

/// The path that an address means, counted from a file. None where it leads out of the handbook.
pub fn join(from: &str, path: &str) -> Option<String> {
    let folder = if path.starts_with('/') { "content" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut joined = String::with_capacity(folder.len() + 1 + path.len());
    joined.push_str(folder);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part if joined.is_empty() => joined.push_str(part),
            part => joined.extend(["/", part]),
        }
    }
    Some(joined)
}

/// How one source names another.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<_> = from.split('/').collect();
    let to: Vec<_> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let shared = folders.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = vec![".."; folders.len() - shared];
    up.into_iter().chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_count_from_the_file_they_stand_in() {
        assert_eq!(join("content/a/b.md", "../c.md").as_deref(), Some("content/c.md"));
        assert_eq!(join("content/a.md", "../frameworks/v.toml").as_deref(), Some("frameworks/v.toml"));
        assert_eq!(join("content/a.md", "../../x.md"), None);
        assert_eq!(relative("content/a/b.md", "frameworks/v.toml"), "../../frameworks/v.toml");
        assert_eq!(relative("content/a/b.md", "content/a/c.md"), "c.md");
    }
}
