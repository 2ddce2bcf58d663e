//! One line a finding: `content/index.md:3:1: error[unknown-key]: message (help)`.

use std::fmt::Write as _;

use super::{Diagnostic, printable};
use crate::text::Sources;

/// Draws the findings, one a line.
pub fn draw(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        match diagnostic.location(sources) {
            Some((path, Some((line, column)))) => {
                let _ = write!(text, "{path}:{line}:{column}: ");
            }
            Some((path, None)) => {
                let _ = write!(text, "{path}: ");
            }
            None => {}
        }
        let code = diagnostic.code;
        let _ = write!(text, "{}[{}]: {}", code.severity.word(), code.name, one_line(&diagnostic.message));
        if !diagnostic.help.is_empty() {
            let _ = write!(text, " ({})", one_line(&diagnostic.help.join("; ").replace("?; ", "? ")));
        }
        text.push('\n');
    }
    printable(&text)
}

/// Lines that a help shows one below the other, or that an author's text brings with it, side by side.
fn one_line(text: &str) -> String {
    text.replace(":\n", ": ").replace('\n', " / ")
}
