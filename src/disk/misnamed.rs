//! What to say of files by their names alone.

use crate::finding::{Diagnostic, codes};
use crate::text::name::{has_ending, is_markdown, is_toml, markdown_stem, unpublishable};

/// Endings of Markdown with programs in it, which other tools run.
const OTHER_MARKDOWN: [&str; 4] = ["livemd", "mdx", "qmd", "rmd"];

/// Endings that editors, and people who want to be safe, put behind a file's own.
const COPIES: [&str; 11] = ["backup", "bak", "copy", "new", "old", "orig", "rej", "sav", "save", "tmp", "txt"];

/// Endings of web pages, which browsers open with all that runs in them.
const WEB_PAGES: [&str; 8] = ["hta", "htm", "html", "mht", "mhtml", "shtml", "xht", "xhtml"];

/// Names are cut after so many characters in messages.
const LONGEST_SHOWN: usize = 60;

/// What to say of a name that some web server, shared drive or operating system can't hold, or that would deceive the eye.
pub(super) fn unsafe_name(path: &str) -> Option<Diagnostic> {
    let (name, reason) = path.split('/').find_map(|name| Some((name, unpublishable(name)?)))?;
    let name: String = name.chars().take(LONGEST_SHOWN).collect();
    Some(
        Diagnostic::new(codes::UNSAFE_FILE_NAME, format!("the name `{name}` can't be published: {reason}"))
            .in_file(path)
            .help("rename it with letters, digits and hyphens, such as code-of-conduct.md"),
    )
}

/// What to say of a file that is passed through, although its author may not know what that means.
pub(super) fn doubt(path: &str) -> Option<Diagnostic> {
    if path.starts_with("themes/") {
        None
    } else if has_ending(path, &["svgz"]) {
        Some(packed_drawing(path))
    } else if has_ending(path, &WEB_PAGES) {
        Some(web_page(path))
    } else {
        misnamed(path)
    }
}

/// What to say of a page or settings that would be published as they are written.
fn misnamed(path: &str) -> Option<Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.')?;
    let finding = |message: String| Diagnostic::new(codes::MISNAMED_FILE, message).in_file(path);
    if has_ending(name, &OTHER_MARKDOWN) {
        let message = format!("`{name}` is written for another program, and would be published as it is");
        return Some(finding(message).help(format!("rename it to {stem}.md, and take out what isn't Markdown")));
    }
    let right = name_behind(stem, ending)?;
    let message =
        format!("`{name}` would be published as it is written, since its name doesn't end as that of `{right}`");
    Some(if ending.eq_ignore_ascii_case("txt") {
        finding(message)
            .help(format!("rename it to {right}"))
            .help("Windows hides the last part of names: in the Explorer, choose View, Show, File name extensions")
    } else {
        finding(message).help(format!("if it is a copy, delete it; if not, rename it to {right}"))
    })
}

/// The name of a page or of settings that stands in a longer name: "gifts.md" in "gifts.md.txt", "gifts.md-old", "gifts.md (2)".
fn name_behind(stem: &str, ending: &str) -> Option<String> {
    let is_source = |name: &str| is_markdown(name) || is_toml(name);
    let is_copy =
        COPIES.iter().any(|copy| ending.eq_ignore_ascii_case(copy)) || ending.bytes().all(|byte| byte.is_ascii_digit());
    if is_copy && is_source(stem) {
        return Some(stem.to_owned());
    }
    let (begin, _) = ending.split_at(ending.find(|c: char| !c.is_ascii_alphanumeric())?);
    Some(format!("{stem}.{begin}")).filter(|name| is_source(name))
}

/// What to say of a page whose name has the ending of plain text, or none.
pub(super) fn hidden_page(path: &str) -> Diagnostic {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let name = markdown_stem(name).unwrap_or(name);
    Diagnostic::new(codes::MISNAMED_FILE, "this file begins as a page does, and would be published as it is written")
        .in_file(path)
        .help(format!("rename it to {name}.md"))
}

/// What to say of a drawing that is compressed.
pub(super) fn packed_drawing(path: &str) -> Diagnostic {
    Diagnostic::new(codes::BROKEN_DRAWING, "this drawing is packed, so that Ethos can't look into it")
        .in_file(path)
        .help("save it anew as a plain drawing (“Plain SVG”), or as PNG")
}

/// What to say of a web page that Ethos didn't make.
pub(super) fn web_page(path: &str) -> Diagnostic {
    let message = "this web page isn't made by Ethos, and is published as it is, with whatever runs in it";
    Diagnostic::new(codes::FOREIGN_PAGE, message).in_file(path).help(
        "write it as a page, in a file that ends in .md, or offer it as PDF; if it should stay, see that you trust it",
    )
}
