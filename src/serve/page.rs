//! What the preview writes itself: its script's tag, its list of findings, and a plain page where there is nothing else to show.

use crate::diagnostic::{Diagnostic, html};
use crate::site::Site;
use crate::source::Sources;

use super::preview::Findings;

/// The tag that adds the preview to a page of some version.
pub fn script(version: u64) -> String {
    format!("<script src=\"/.ethos/live.js\" data-version=\"{version:x}\" defer></script>")
}

/// The list of findings, with what it means for the page below it.
pub fn findings(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let (title, meaning) = match errors {
        0 => (format!("{warnings} {}", plural(warnings, "warning")), "The handbook can be published all the same."),
        _ => (
            format!("{errors} {} to mend", plural(errors, "mistake")),
            "The page below shows the handbook as it was before. This message goes away by itself when the mistake is mended and saved.",
        ),
    };
    format!(
        "<div class=\"findings\" data-errors=\"{errors}\" data-warnings=\"{warnings}\"><h2>{title}</h2><p>{meaning}</p>\
         <ol class=\"list\">{}</ol></div>",
        html::draw(diagnostics, sources)
    )
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// A plain page for a handbook that was never whole.
pub fn nothing_yet(findings: &Findings) -> String {
    let found = findings.html.replace("The page below shows the handbook as it was before. ", "");
    plain(
        "This handbook can’t be shown yet",
        "It appears here as soon as what is listed below is mended and saved.",
        &found,
    )
}

/// A plain page for one that can't be drawn.
pub fn undrawable(diagnostic: &Diagnostic, site: &Site) -> String {
    let found = format!("<ol class=\"list\">{}</ol>", html::draw(std::slice::from_ref(diagnostic), &site.sources));
    plain("This page can’t be shown", "It appears here as soon as this is mended and saved.", &found)
}

fn plain(title: &str, meaning: &str, found: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>{}<meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\"/.ethos/preview.css\"></head>\n\
         <body class=\"plain\" data-plain><main><h1>{title}</h1><p>{meaning}</p>{found}</main></body>\n</html>\n",
        script(0)
    )
}
