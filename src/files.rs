//! Opening and writing single files so that nobody else's come to harm: the ground of all that opens and writes by name.
//!
//! A name may belong to a symbolic link to somebody's file, to a named pipe that keeps whoever opens it waiting, or to a folder. Only
//! ordinary files are opened here, without waiting, and no file is written but one that Ethos made for it.

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use crate::error::Error;

/// In bytes: a manifest of a million pages is 100 MB.
const LARGEST: u64 = 256 * 1024 * 1024;

/// How the name of a file ends that isn't written yet.
const TEMPORARY: &str = ".ethos-new";

/// Opens an ordinary file, or one that a symbolic link leads to, for reading.
///
/// # Errors
/// If something else is there (see [`is_special`]), or the disk refuses.
pub fn open(path: &Path) -> io::Result<(File, Metadata)> {
    open_ordinary(path, &READING)
}

/// As [`open`], but a symbolic link isn't followed.
///
/// # Errors
/// As [`open`].
pub fn open_no_follow(path: &Path) -> io::Result<(File, Metadata)> {
    open_ordinary(path, &Opening { follows_links: false, ..READING })
}

/// Opens an ordinary file for reading and writing as it is, or makes an empty one; a symbolic link isn't followed.
///
/// # Errors
/// As [`open`].
pub fn open_or_create(path: &Path) -> io::Result<(File, Metadata)> {
    open_ordinary(path, &Opening { follows_links: false, writes: true })
}

/// Reads a text whole.
///
/// # Errors
/// As [`open`]; and if the text is longer than 256 MB, or isn't UTF-8.
pub fn read(path: &Path) -> io::Result<String> {
    read_whole(open(path)?)
}

/// As [`read`], but a symbolic link isn't followed.
///
/// # Errors
/// As [`read`].
pub fn read_no_follow(path: &Path) -> io::Result<String> {
    read_whole(open_no_follow(path)?)
}

/// Writes a text in one step: whoever reads the file meets the old text or the new, whoever else writes it at the same time. A symbolic
/// link is replaced, not followed.
///
/// # Errors
/// If the disk refuses.
pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy());
    remove_leftovers(folder, &prefix);
    let write = || {
        // A name of its own, so that no other write and nobody else's file is met.
        let mut new = tempfile::Builder::new();
        new.prefix(&prefix).suffix(TEMPORARY);
        // Otherwise only the user who publishes could read it.
        #[cfg(unix)]
        new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut new = new.tempfile_in(folder)?;
        new.write_all(text.as_bytes())?;
        if let Some(old) = fs::symlink_metadata(path).ok().filter(Metadata::is_file) {
            new.as_file().set_permissions(old.permissions())?;
        }
        new.persist(path).map_err(|error| error.error)
    };
    write().map(drop).map_err(Error::disk("write", path))
}

/// Removes what writes have left that were cut off. What is younger than an hour may still be written.
fn remove_leftovers(folder: &Path, prefix: &str) {
    const HOUR: Duration = Duration::from_secs(60 * 60);
    let is_leftover = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let is_named = name.to_str().is_some_and(|name| name.starts_with(prefix) && name.ends_with(TEMPORARY));
        let metadata = entry.metadata().ok().filter(|metadata| is_named && metadata.is_file());
        metadata.and_then(|metadata| metadata.modified().ok()?.elapsed().ok()).is_some_and(|age| age > HOUR)
    };
    for leftover in fs::read_dir(folder).into_iter().flatten().flatten().filter(is_leftover) {
        // It harms nobody where the disk refuses.
        let _ = fs::remove_file(leftover.path());
    }
}

/// Renames a file, folder or link, but never onto anything.
///
/// # Errors
/// If the new name is taken, or the disk refuses.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    match rename_exclusively(from, to) {
        // Not every disk can do it in one step.
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
            match fs::symlink_metadata(to) {
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(_) => fs::rename(from, to),
            }
        }
        renamed => renamed,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn rename_exclusively(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).map_err(Into::into)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn rename_exclusively(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// What to say of something that has a name which Ethos needs, and can't be what Ethos puts there.
pub fn in_the_way(path: &Path) -> Error {
    Error::Use(format!(
        "{} isn't Ethos's, but Ethos needs that name while it works\nNothing was changed. Move it away, then run this again",
        path.display()
    ))
}

/// Whether an open file is still what its path leads to, without following a link.
#[cfg(unix)]
pub fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let number = |file: Metadata| (file.dev(), file.ino());
    file.metadata().is_ok_and(|open| fs::symlink_metadata(path).is_ok_and(|there| number(open) == number(there)))
}

/// Other systems have no such number for a file, and don't let go of the name of one that is open.
#[cfg(not(unix))]
pub fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// What was found where an ordinary file should be: a pipe, a socket, a device, a folder, or a link that isn't followed.
#[derive(Debug)]
struct Special;

impl fmt::Display for Special {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it isn't an ordinary file")
    }
}

impl std::error::Error for Special {}

fn special() -> io::Error {
    io::Error::other(Special)
}

/// Whether a file wasn't opened because it isn't an ordinary one.
pub fn is_special(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Special>)
}

/// How a file is opened.
struct Opening {
    follows_links: bool,
    writes: bool,
}

const READING: Opening = Opening { follows_links: true, writes: false };

fn open_ordinary(path: &Path, opening: &Opening) -> io::Result<(File, Metadata)> {
    let open = |waits| options(opening, waits).open(path);
    let opened = match open(false) {
        // A file server lends the file to somebody and asks for it back now; a pipe never gives this answer.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => open(true),
        opened => opened,
    };
    let file = opened.map_err(|error| {
        let there = if opening.follows_links { fs::metadata(path) } else { fs::symlink_metadata(path) };
        // Links, folders and sockets each give an error of their own, which says less.
        if there.is_ok_and(|there| !there.is_file()) { special() } else { error }
    })?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(special()) }
}

fn options(opening: &Opening, waits: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(opening.writes).create(opening.writes);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let no_follow = (!opening.follows_links).then_some(rustix::fs::OFlags::NOFOLLOW);
        let no_wait = (!waits).then_some(rustix::fs::OFlags::NONBLOCK);
        let flags: rustix::fs::OFlags = no_follow.into_iter().chain(no_wait).collect();
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        // FILE_FLAG_OPEN_REPARSE_POINT: opens the link itself, which isn't an ordinary file.
        const NO_FOLLOW: u32 = 0x0020_0000;
        options.custom_flags(if opening.follows_links { 0 } else { NO_FOLLOW });
        let _ = waits;
    }
    options
}

fn read_whole((file, metadata): (File, Metadata)) -> io::Result<String> {
    if metadata.len() > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 256 MB"));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    file.take(LARGEST).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it isn't a text saved as UTF-8"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        write(&folder.path().join("file"), "Theirs.").expect("a file");
        folder
    }

    #[test]
    fn only_ordinary_files_are_opened_and_none_is_waited_for() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().expect("mkfifo runs").success());
        fs::create_dir(at("folder")).expect("a folder");
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).expect("a socket");
        for name in ["file", "pipe", "folder", "socket", "missing"] {
            std::os::unix::fs::symlink(at(name), at(&format!("link-to-{name}"))).expect("a link");
        }
        let is_special = |opened: io::Result<(File, Metadata)>| opened.is_err_and(|error| super::is_special(&error));
        for name in ["pipe", "folder", "socket"] {
            assert!(is_special(open(&at(name))), "{name}");
            assert!(is_special(open(&at(&format!("link-to-{name}")))), "{name}");
            assert!(is_special(open_no_follow(&at(name))) && is_special(open_or_create(&at(name))), "{name}");
        }
        for name in ["file", "pipe", "folder", "socket", "missing"].map(|name| format!("link-to-{name}")) {
            assert!(is_special(open_no_follow(&at(&name))) && is_special(open_or_create(&at(&name))), "{name}");
        }
        assert_eq!(read(&at("link-to-file")).expect("a text"), "Theirs.");
        assert!(open(&at("missing")).is_err_and(|error| error.kind() == io::ErrorKind::NotFound));
        assert!(!at("missing").exists());
        open_or_create(&at("file")).expect("a file");
        assert_eq!(read_no_follow(&at("file")).expect("a text"), "Theirs.", "it isn't emptied");
    }

    #[test]
    fn a_file_that_many_write_at_once_is_always_whole() {
        let folder = folder();
        let path = folder.path().join("file");
        let texts: [String; 4] = ["a", "b", "c", "d"].map(|letter| letter.repeat(100_000));
        std::thread::scope(|scope| {
            for text in &texts {
                scope.spawn(|| (0..50).for_each(|_| write(&path, text).expect("a file")));
            }
            for _ in 0..200 {
                let found = read(&path).expect("a text");
                assert!(found == "Theirs." || texts.contains(&found), "{} characters", found.len());
            }
        });
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left behind");
    }

    #[test]
    fn what_a_write_left_that_was_cut_off_goes_later() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        for (name, minutes) in [(".file.a1.ethos-new", 90), (".file.b2.ethos-new", 1), (".other.c3.ethos-new", 90)] {
            let leftover = File::create_new(at(name)).expect("a file");
            let then = std::time::SystemTime::now() - Duration::from_secs(minutes * 60);
            leftover.set_modified(then).expect("a time");
        }
        write(&at("file"), "Ours.").expect("a file");
        assert!(!at(".file.a1.ethos-new").exists());
        assert!(at(".file.b2.ethos-new").exists() && at(".other.c3.ethos-new").exists());
    }

    #[test]
    fn nothing_is_renamed_onto_anything() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        write(&at("other"), "Ours.").expect("a file");
        std::os::unix::fs::symlink("nowhere", at("link")).expect("a link");
        for taken in ["file", "link"] {
            rename_new(&at("other"), &at(taken)).expect_err("something is there");
        }
        rename_new(&at("link"), &at("new")).expect("a new name");
        assert!(fs::symlink_metadata(at("new")).expect("the link").is_symlink());
        assert_eq!(read(&at("file")).expect("a text"), "Theirs.");
    }
}
