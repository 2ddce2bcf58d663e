//! Reading one file of a handbook, and finding all of them.

use std::fs;
use std::io::{self, Read as _};
use std::path::{MAIN_SEPARATOR, Path};
use std::time::SystemTime;

use walkdir::WalkDir;

use super::fetch;
use crate::diagnostic::{Diagnostic, codes};
use crate::files;

/// Larger texts are refused: a page for people is never this long, and every later stage can count on it.
const LARGEST_TEXT: u64 = 5 * 1024 * 1024;

/// The file of the settings, which makes a folder a handbook.
pub const SETTINGS: &str = "ethos.toml";

/// Folders that hold a handbook's sources. Everything else at the root is left alone.
pub const FOLDERS: [&str; 3] = ["content", "frameworks", "themes"];

/// Extensions of texts that Ethos reads; `themes` has more kinds of text, and takes all of its files as text where they are.
const TEXTS: [&str; 2] = ["md", "toml"];
const THEME_TEXTS: [&str; 5] = ["toml", "html", "css", "js", "md"];

/// What was found at a path.
#[derive(Debug)]
pub(super) enum Found {
    /// A text.
    Text(String),
    /// A file that is passed through.
    Asset,
    /// One that is passed through, with something to say of it.
    Doubtful(Diagnostic),
    /// What can't be used.
    Fault(Diagnostic),
}

/// What a file looks like from outside: when that is the same, so is what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// The time of the last change of any kind, which no program can set back, and the number of the file on its disk.
    #[cfg(unix)]
    changed: (i64, i64, u64),
}

impl Stamp {
    pub(super) fn of(metadata: &fs::Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            changed: (metadata.ctime(), metadata.ctime_nsec(), metadata.ino()),
        }
    }
}

/// What stands on the disk: a file to read, or something that can't be used.
pub(super) enum Seen {
    File,
    Fault(Diagnostic),
}

/// Looks for files at a path and below it, in the order of the disk.
pub(super) fn walk<'w>(root: &'w Path, path: &'w str) -> impl Iterator<Item = (String, Seen)> + Send + use<'w> {
    // The settings are asked for even where they are missing, so that it is said.
    let settings = (path == SETTINGS).then(|| (path.to_owned(), Seen::File));
    let top = Some(root.join(path)).filter(|top| settings.is_none() && top.symlink_metadata().is_ok());
    settings.into_iter().chain(top.into_iter().flat_map(|top| walk_below(root, &top)))
}

fn walk_below<'w>(root: &'w Path, top: &Path) -> impl Iterator<Item = (String, Seen)> + Send + use<'w> {
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let mut entries = WalkDir::new(top)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_left_alone(&entry.file_name().to_string_lossy()));
    std::iter::from_fn(move || {
        loop {
            let entry = match entries.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    let at = error.path().map_or_else(String::new, |path| relative(root, path));
                    return Some((at, Seen::Fault(unreadable(root, &error))));
                }
            };
            let is_folder = entry.file_type().is_dir();
            let leads_out = entry.path_is_symlink() && leads_out(entry.path(), &real_root);
            if is_folder && leads_out {
                entries.skip_current_dir();
            }
            if leads_out || !is_folder {
                let path = relative(root, entry.path());
                let fault = if leads_out {
                    Some(foreign(&path))
                } else if entry.file_type().is_file() {
                    unsafe_name(&path)
                } else {
                    Some(special(&path))
                };
                return Some((path, fault.map_or(Seen::File, Seen::Fault)));
            }
        }
    })
}

fn foreign(path: &str) -> Diagnostic {
    Diagnostic::new(codes::OUTSIDE_PROJECT, format!("`{path}` is a link to a place outside the handbook"))
        .in_file(path)
        .help("put a copy of the file in the handbook's folder instead")
}

fn special(path: &str) -> Diagnostic {
    Diagnostic::new(codes::SPECIAL_FILE, format!("`{path}` is not an ordinary file, and is left out"))
        .in_file(path)
        .help("delete it, or put an ordinary file in its place")
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

fn leads_out(link: &Path, real_root: &Path) -> bool {
    link.canonicalize().is_ok_and(|target| !target.starts_with(real_root))
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
fn unsafe_name(path: &str) -> Option<Diagnostic> {
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

fn unreadable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().map_or_else(String::new, |path| relative(root, path));
    if error.loop_ancestor().is_some() {
        return Diagnostic::new(
            codes::OUTSIDE_PROJECT,
            format!("`{path}` is a link back to a folder that holds it, so it would never end"),
        )
        .in_file(&path)
        .help("delete the link");
    }
    match error.io_error() {
        Some(reason) => cannot_read(&path, reason),
        None => cannot_read(&path, &io::ErrorKind::Other.into()),
    }
}

/// A file that is about to be read.
pub(super) enum Opened {
    /// What it looked like when it was opened, so that whoever writes meanwhile is noticed the next time.
    File(Stamp, fs::File),
    Fault(Diagnostic),
}

/// Opens a file. If it will be read, the disk is asked for it at once, and fetches it while others are opened.
pub(super) fn open(path: &str, disk: &Path) -> Opened {
    match files::open(disk) {
        Ok((file, metadata)) => {
            let stamp = Stamp::of(&metadata);
            if is_text(path) || is_drawing(path) {
                fetch::fetch(&file, stamp.length);
            }
            Opened::File(stamp, file)
        }
        // It was an ordinary file when the folder was read.
        Err(error) if files::is_special(&error) && path != SETTINGS => Opened::Fault(special(path)),
        Err(error) => Opened::Fault(cannot_read(path, &error)),
    }
}

/// Reads a file that was opened.
pub(super) fn read(path: &str, opened: Opened) -> (Stamp, Found) {
    match opened {
        Opened::File(stamp, mut file) => (stamp, contents(path, stamp.length, &mut file)),
        Opened::Fault(finding) => (Stamp::default(), Found::Fault(finding)),
    }
}

fn is_text(path: &str) -> bool {
    let known: &[&str] = if path.starts_with("themes/") { &THEME_TEXTS } else { &TEXTS };
    known.iter().any(|known| has_extension(path, known))
}

fn is_drawing(path: &str) -> bool {
    has_extension(path, "svg")
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(extension))
}

fn contents(path: &str, length: u64, file: &mut fs::File) -> Found {
    if !is_text(path) {
        return is_drawing(path).then(|| script_in(file, path)).flatten().map_or(Found::Asset, Found::Doubtful);
    }
    if length > LARGEST_TEXT {
        return Found::Fault(
            Diagnostic::new(codes::TOO_LARGE, format!("this file is larger than {} MB", LARGEST_TEXT / 1024 / 1024))
                .in_file(path)
                .help("split it into several pages"),
        );
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    match file.take(LARGEST_TEXT).read_to_end(&mut bytes) {
        Ok(_) => decode(path, bytes),
        Err(error) => Found::Fault(cannot_read(path, &error)),
    }
}

/// What to say of a drawing with a program in it. Pages show drawings as images, in which nothing runs; but people open them too.
fn script_in(file: &mut fs::File, path: &str) -> Option<Diagnostic> {
    let mut bytes = Vec::new();
    file.take(LARGEST_TEXT).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let handler = || {
        let mut attributes =
            text.match_indices("on").map(|(at, _)| at).filter(|at| text[..*at].ends_with([' ', '\n', '\t', '/']));
        attributes.find(|at| {
            let rest = text[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
            rest.len() < text.len() - at - 2 && rest.trim_start().starts_with('=')
        })
    };
    let at = ["<script", "javascript:"].iter().filter_map(|mark| text.find(mark)).chain(handler()).min()?;
    let (line, column) = end_of(&text[..at]);
    Some(
        Diagnostic::new(codes::SCRIPT_IN_IMAGE, "this drawing holds a program, which runs when it is opened by itself")
            .in_file_at(path, line, column)
            .help("save it anew as a plain drawing (“Plain SVG”), or as PNG"),
    )
}

fn cannot_read(path: &str, error: &io::Error) -> Diagnostic {
    let (reason, help) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("it is a link to something that isn't there".to_owned(), "delete the link, or put back what it leads to")
        }
        io::ErrorKind::PermissionDenied => {
            ("you aren't allowed to".to_owned(), "ask whoever keeps the folder to let you read it")
        }
        _ if files::is_special(error) => (error.to_string(), "delete it, or put an ordinary file in its place"),
        _ => (error.to_string(), "try to open it in another program; the disk or the network may be at fault"),
    };
    Diagnostic::new(codes::UNREADABLE_FILE, format!("`{path}` can't be opened: {reason}")).in_file(path).help(help)
}

fn decode(path: &str, bytes: Vec<u8>) -> Found {
    let save_as = "open the file in your editor and save it with the encoding UTF-8";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Found::Fault(
            Diagnostic::new(codes::NOT_UTF8, "this file is saved as UTF-16, which Ethos can't read")
                .in_file(path)
                .help(save_as),
        );
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
            let (line, column) = end_of(&before);
            let words: Vec<char> = before.chars().rev().take_while(|c| *c != '\n').take(30).collect();
            let words: String = words.into_iter().rev().collect();
            let message = match words.trim() {
                "" => "the first character of the line isn't saved as UTF-8".to_owned(),
                words => format!("the character after “{words}” isn't saved as UTF-8"),
            };
            return Found::Fault(
                Diagnostic::new(codes::NOT_UTF8, message).in_file_at(path, line, column).help(save_as),
            );
        }
    };
    if let Some(at) = text.find('\0') {
        let (line, column) = end_of(&text[..at]);
        return Found::Fault(
            Diagnostic::new(codes::NOT_UTF8, "this file has the ending of a text, but isn't text")
                .in_file_at(path, line, column)
                .help("if it is an image or a document, give it its own ending, such as .png; if it should be text, write it anew"),
        );
    }
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Found::Text(normalise_newlines(text))
}

/// The line and column that come after a text.
fn end_of(text: &str) -> (usize, usize) {
    (text.matches('\n').count() + 1, text.chars().rev().take_while(|c| *c != '\n').count() + 1)
}

/// A carriage return alone ends a line too (old files), and every line ends in the same way, so that bytes don't depend on the
/// machine that a page was written on.
fn normalise_newlines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
