//! What the preview writes itself: its script's tag, its list of findings, and a plain page where there is nothing else to show.

use crate::finding::{Diagnostic, html};
use crate::site::Site;
use crate::text::Sources;

/// The tag that adds the preview to a page of some version. A module: its names are its own, whatever a theme's scripts call theirs.
pub fn script(version: u64) -> String {
    format!("<script src=\"/.ethos/live.js\" type=\"module\" data-version=\"{version:x}\"></script>")
}

/// The list of findings, with what it means for the page below it.
pub fn findings(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let (errors, warnings) = count(diagnostics);
    let meaning = match errors {
        0 => "The handbook can be published as it is. Look at these when you have a moment.",
        _ => {
            "Until then, the page below shows the handbook as it was before. Mend what is listed here and save: this \
             message then goes away by itself."
        }
    };
    format!(
        "<div class=\"findings\" data-errors=\"{errors}\" data-warnings=\"{warnings}\"><h2>{}</h2><p class=\"meaning\">{meaning}</p>\
         {}</div>",
        title(errors, warnings),
        list(diagnostics, sources)
    )
}

fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    (errors, diagnostics.len() - errors)
}

/// "2 errors to mend, and 1 warning"
fn title(errors: usize, warnings: usize) -> String {
    let some = |count, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, _) => some(warnings, "warning"),
        (_, 0) => format!("{} to mend", some(errors, "error")),
        _ => format!("{} to mend, and {}", some(errors, "error"), some(warnings, "warning")),
    }
}

/// A plain page for a handbook that was never whole.
pub fn nothing_yet(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let (errors, warnings) = count(diagnostics);
    let title = title(errors, warnings);
    plain(
        "Your handbook can’t be shown yet",
        "Nothing is lost. Mend what is listed here and save: the handbook then appears on this page by itself.",
        &format!("<h2>{title}</h2>{}", list(diagnostics, sources)),
    )
}

/// A plain page for one that can't be drawn.
pub fn undrawable(diagnostic: &Diagnostic, site: &Site) -> String {
    plain(
        "This page can’t be shown",
        "The rest of the handbook can. Mend what is listed here and save: the page then appears by itself.",
        &list(std::slice::from_ref(diagnostic), &site.sources),
    )
}

fn list(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    format!("<ol class=\"list\">{}</ol>", html::draw(diagnostics, sources))
}

fn plain(title: &str, meaning: &str, found: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>{}<meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\"/.ethos/preview.css\"></head>\n\
         <body class=\"plain\" data-plain><main><h1>{title}</h1><p class=\"meaning\">{meaning}</p>{found}</main></body>\n</html>\n",
        script(0)
    )
}
