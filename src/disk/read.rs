//! Reading one file of a handbook, and finding all of them.

use std::fs;
use std::io::{self, Read as _};
use std::path::{MAIN_SEPARATOR, Path};
use std::time::SystemTime;

use memchr::memmem;
use walkdir::WalkDir;

use super::fetch;
use super::misnamed::{self, unsafe_name};
use crate::drawing;
use crate::files;
use crate::finding::{Diagnostic, codes};
use crate::text::name::{self, FileKind, is_left_alone};

/// Larger texts are refused: a page for people is never this long, and every later stage can count on it.
const LARGEST_TEXT: u64 = 5 * 1024 * 1024;

/// The file of the settings, which makes a folder a handbook.
pub const SETTINGS: &str = "ethos.toml";

/// Folders that hold a handbook's sources. Everything else at the root is left alone.
pub const FOLDERS: [&str; 3] = ["content", "frameworks", "themes"];

/// What was found at a path.
#[derive(Debug)]
pub(super) enum Found {
    /// A text.
    Text(String),
    /// A file that is passed through.
    Asset,
    /// A drawing that is published without its metadata: as this.
    Plain(String),
    /// A file that is passed through, with something to say of it.
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
            if matches!(name::kind(path), FileKind::Text | FileKind::Drawing) {
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

fn contents(path: &str, length: u64, file: &mut fs::File) -> Found {
    let doubtful = |doubt: Option<Diagnostic>| doubt.map_or(Found::Asset, Found::Doubtful);
    match name::kind(path) {
        FileKind::Text => {
            let text =
                read_whole(path, length, "split it into several pages", file).and_then(|bytes| decode(path, bytes));
            text.map_or_else(|fault| Found::Fault(*fault), Found::Text)
        }
        FileKind::Drawing => match drawing(path, length, file) {
            Ok(plain) => plain.map_or(Found::Asset, Found::Plain),
            Err(fault) => Found::Doubtful(*fault),
        },
        FileKind::Xml => doubtful(is_web_page(file).then(|| misnamed::web_page(path))),
        FileKind::Nameless => {
            doubtful(misnamed::doubt(path).or_else(|| has_front_matter(file).then(|| misnamed::hidden_page(path))))
        }
        FileKind::Asset => {
            let doubt = misnamed::doubt(path);
            let may_be_page = !path.starts_with("themes/") && !doubt.as_ref().is_some_and(Diagnostic::is_error);
            let hidden = (may_be_page && has_front_matter(file)).then(|| misnamed::hidden_page(path));
            doubtful(hidden.or(doubt))
        }
    }
}

/// All that is in a file, unless that is too much; `help` says what to do then.
fn read_whole(path: &str, length: u64, help: &str, file: &mut fs::File) -> Result<Vec<u8>, Box<Diagnostic>> {
    if length > LARGEST_TEXT {
        let message = format!("this file is larger than {} MB", LARGEST_TEXT / 1024 / 1024);
        return Err(Diagnostic::new(codes::TOO_LARGE, message).in_file(path).help(help).into());
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    file.take(LARGEST_TEXT).read_to_end(&mut bytes).map_err(|error| cannot_read(path, &error))?;
    Ok(bytes)
}

/// Checks a drawing, and gives it without its metadata where it has any. One with a fault is passed through all the same: the fault
/// stops publishing, and pages that show the drawing don't lack it.
fn drawing(path: &str, length: u64, file: &mut fs::File) -> Result<Option<String>, Box<Diagnostic>> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    let bytes = read_whole(path, length, "save it with less detail, or as PNG", file)?;
    if bytes.starts_with(&GZIP) {
        return Err(misnamed::packed_drawing(path).into());
    }
    let text = decode(path, bytes)?;
    let metadata = drawing::check(&text).map_err(|fault| {
        let (line, column) = end_of(text.get(..fault.at).unwrap_or(&text));
        fault.finding().in_file_at(path, line, column)
    })?;
    Ok((!metadata.is_empty()).then(|| metadata.taken_out_of(&text)))
}

/// Whether XML is more than data: browsers run what is in web pages and drawings, whatever their ending, and in style sheets.
fn is_web_page(file: &mut fs::File) -> bool {
    const MARKS: [&str; 3] = ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "<?xml-stylesheet"];
    let mut bytes = Vec::new();
    let is_read = file.take(LARGEST_TEXT).read_to_end(&mut bytes).is_ok();
    is_read && MARKS.iter().any(|mark| memmem::find(&bytes, mark.as_bytes()).is_some())
}

/// Whether a file begins as a page does.
fn has_front_matter(file: &mut fs::File) -> bool {
    let mut begin = [0; 4];
    file.read_exact(&mut begin).is_ok() && matches!(&begin, b"+++\n" | b"+++\r")
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

fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    let save_as = "open the file in your editor and save it with the encoding UTF-8";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = "this file is saved as UTF-16, which Ethos can't read";
        return Err(Box::new(Diagnostic::new(codes::NOT_UTF8, message).in_file(path).help(save_as)));
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
            return Err(Box::new(
                Diagnostic::new(codes::NOT_UTF8, message).in_file_at(path, line, column).help(save_as),
            ));
        }
    };
    if let Some(at) = text.find('\0') {
        let (line, column) = end_of(&text[..at]);
        return Err(Box::new(Diagnostic::new(codes::NOT_UTF8, "this file has the ending of a text, but isn't text")
            .in_file_at(path, line, column)
            .help("if it is an image or a document, give it its own ending, such as .png; if it should be text, write it anew")));
    }
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(normalise_newlines(text))
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
