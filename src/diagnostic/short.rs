//! One line a finding: `content/index.md:3:1: error[unknown-key]: message (help)`.

use std::fmt::Write as _;

use super::{Diagnostic, printable};
use crate::source::Sources;

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
        let _ = write!(text, "{}[{}]: {}", diagnostic.code.severity.word(), diagnostic.code.name, diagnostic.message);
        if !diagnostic.help.is_empty() {
            let _ = write!(text, " ({})", diagnostic.help.join("; "));
        }
        text.push('\n');
    }
    printable(&text)
}
