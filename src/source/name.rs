//! What a file is, by its name: a page, settings, a drawing, or something that is passed through.
//!
//! Every question that is answered by a name is answered here, so that `Leave.MD`, `leave.markdown` and `leave.md` are one kind of file
//! to all stages.

use crate::diagnostic::{Diagnostic, codes};

/// Endings of Markdown, in any case.
const MARKDOWN: [&str; 7] = ["md", "markdown", "mdown", "mdwn", "mkd", "mkdn", "mkdown"];

/// Endings of Markdown with programs in it, which other tools run.
const OTHER_MARKDOWN: [&str; 4] = ["livemd", "mdx", "qmd", "rmd"];

/// Endings that editors, and people who want to be safe, put behind a file's own.
const COPIES: [&str; 11] = ["backup", "bak", "copy", "new", "old", "orig", "rej", "sav", "save", "tmp", "txt"];

/// Endings of texts in themes. All other files there are taken as they are.
const THEME_TEXTS: [&str; 3] = ["css", "html", "js"];

/// Endings of web pages, which browsers open with all that runs in them.
const WEB_PAGES: [&str; 8] = ["hta", "htm", "html", "mht", "mhtml", "shtml", "xht", "xhtml"];

/// What a file is taken for.
pub(super) enum Kind {
    /// A text that Ethos reads.
    Text,
    /// An SVG drawing, which is read, and passed through.
    Drawing,
    /// A file that may hold anything, a page too.
    Nameless,
    /// Data, or a web page in disguise.
    Xml,
    /// A file that is passed through unread.
    Asset,
}

/// What the file at a path is taken for.
pub(super) fn kind(path: &str) -> Kind {
    let is_in_theme = path.starts_with("themes/");
    if is_toml(path) || is_markdown(path) || (is_in_theme && has_ending(path, &THEME_TEXTS)) {
        return Kind::Text;
    }
    if has_ending(path, &["svg"]) {
        Kind::Drawing
    } else if is_in_theme {
        // What themes hold besides isn't published.
        Kind::Asset
    } else if has_ending(path, &["xml"]) {
        Kind::Xml
    } else if ending(path).is_none() || has_ending(path, &["text", "txt"]) {
        Kind::Nameless
    } else {
        Kind::Asset
    }
}

/// The ending of a name: "MD" of "content/Leave.MD". None where it has none.
fn ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit_once('.')?;
    (!ending.contains('/')).then_some(ending)
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    ending(path).is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Whether a path is that of Markdown.
pub fn is_markdown(path: &str) -> bool {
    has_ending(path, &MARKDOWN)
}

/// Whether a path is that of TOML.
pub fn is_toml(path: &str) -> bool {
    has_ending(path, &["toml"])
}

/// The path of Markdown without its ending: "content/leave" of "content/leave.markdown". None of other files.
pub fn markdown_stem(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(stem, _)| stem).filter(|_| is_markdown(path))
}

/// The folder whose own page a path is: "content/about" of "content/about/index.md". None of other files.
pub fn section_folder(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/')?;
    markdown_stem(name)?.eq_ignore_ascii_case("index").then_some(folder)
}

/// Hidden files, editors' back-ups and swap files, and what file managers leave behind.
pub fn is_left_alone(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.starts_with("~$")
        || matches!(name, "Thumbs.db" | "desktop.ini" | "4913")
}

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

/// Names are cut after so many characters in messages.
const LONGEST_SHOWN: usize = 60;

/// File systems hold 255 bytes, and `.html` and a temporary ending need some of them.
const LONGEST_NAME: usize = 200;

/// "com1" is longer than the other names that Windows keeps for its devices.
const LONGEST_DEVICE: usize = 4;

/// Why a file or folder of a name can't be published everywhere; none where it can.
pub fn unpublishable(name: &str) -> Option<String> {
    let stem = name.split('.').next().unwrap_or(name);
    // Nearly every name is of letters, digits and hyphens, and longer than those that Windows keeps for itself.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_ordinary = stem.len() > LONGEST_DEVICE && name.len() <= LONGEST_NAME && !name.ends_with('.');
    if is_ordinary && name.bytes().all(is_plain) {
        return None;
    }
    let stem = stem.to_ascii_lowercase();
    let is_numbered = stem.len() == LONGEST_DEVICE && stem.ends_with(|c: char| c.is_ascii_digit());
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (is_numbered && (stem.starts_with("com") || stem.starts_with("lpt")));
    let sign = name.chars().find(|c| matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'));
    let is_unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{fffd}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if is_device {
        Some(format!("Windows keeps the word {stem} for itself"))
    } else if let Some(sign) = sign {
        Some(format!("not every computer can have {sign} in a name"))
    } else if name.chars().any(is_unseen) {
        Some("it has a character that can't be seen or isn't a letter".to_owned())
    } else if name.ends_with([' ', '.']) {
        Some("Windows can't have a space or a full stop at its end".to_owned())
    } else if name.len() > LONGEST_NAME {
        Some("it is too long".to_owned())
    } else {
        None
    }
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
