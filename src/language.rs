//! Language tags (BCP 47): whether one is well formed, and what follows from it.

use crate::diagnostic::{Diagnostic, Findings, codes};
use crate::source::Text;

/// Notes a tag that isn't one. True where it is.
pub fn check(text: &Text, findings: &Findings) -> bool {
    let is_good = is_tag(text.as_str());
    if !is_good {
        findings.push(invalid(text.as_str()).at(text.whole()));
    }
    is_good
}

/// What to say of a tag that isn't one.
pub fn invalid(tag: &str) -> Diagnostic {
    Diagnostic::new(codes::INVALID_LANGUAGE, format!("`{tag}` isn't a language tag"))
        .help("use a tag such as \"en-GB\" for British English, \"cy\" for Welsh, \"pl\" for Polish")
}

/// Whether a tag is well formed: a language of two or three letters, then perhaps a script, a region and variants.
pub fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_language
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The language without script, region and variants: "en" of "en-GB".
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// "rtl" for languages that are written from right to left, else "ltr".
pub fn direction(tag: &str) -> &'static str {
    match primary(tag).to_ascii_lowercase().as_str() {
        "ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}
