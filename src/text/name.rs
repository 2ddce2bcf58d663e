//! What a file is, by its name: a page, settings, a drawing, or something that is passed through.
//!
//! Every question that is answered by a name is answered here, so that `Leave.MD`, `leave.markdown` and `leave.md` are one kind of file
//! to all stages.

/// Endings of Markdown, in any case.
const MARKDOWN: [&str; 7] = ["md", "markdown", "mdown", "mdwn", "mkd", "mkdn", "mkdown"];

/// Endings of texts in themes. All other files there are taken as they are.
const THEME_TEXTS: [&str; 3] = ["css", "html", "js"];

/// What a file is taken for.
pub enum FileKind {
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
pub fn kind(path: &str) -> FileKind {
    let is_in_theme = path.starts_with("themes/");
    if is_toml(path) || is_markdown(path) || (is_in_theme && has_ending(path, &THEME_TEXTS)) {
        return FileKind::Text;
    }
    if has_ending(path, &["svg"]) {
        FileKind::Drawing
    } else if is_in_theme {
        // What themes hold besides isn't published.
        FileKind::Asset
    } else if has_ending(path, &["xml"]) {
        FileKind::Xml
    } else if ending(path).is_none() || has_ending(path, &["text", "txt"]) {
        FileKind::Nameless
    } else {
        FileKind::Asset
    }
}

/// The ending of a name: "MD" of "content/Leave.MD". None where it has none.
fn ending(path: &str) -> Option<&str> {
    let (_, ending) = path.rsplit_once('.')?;
    (!ending.contains('/')).then_some(ending)
}

/// Whether a path ends in one of some endings, in any case.
pub fn has_ending(path: &str, endings: &[&str]) -> bool {
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
