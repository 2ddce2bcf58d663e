//! The list of what Ethos wrote into a folder, which lies in it.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::{Kind, REPORT, SITE};
use crate::error::Error;
use crate::source::fetch;

/// What stands for inputs that aren't known.
const UNKNOWN: &str = "-";

/// Its name.
pub const NAME: &str = ".ethos-manifest";

/// What is in a file: its length in bytes and its XXH3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// In bytes.
    pub size: u64,
    hash: u64,
}

impl Mark {
    /// That of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, hash: xxh3_64(bytes) }
    }

    /// Opens a file to be read soon, if it is as long as this says.
    pub fn open(self, path: &Path) -> Option<File> {
        let file = options().open(path).ok()?;
        file.metadata().ok().filter(|file| file.is_file() && file.len() == self.size)?;
        fetch::fetch(&file, self.size);
        Some(file)
    }

    /// Whether this is in a file.
    fn is_of(self, mut file: File) -> bool {
        Self::of_copied(&mut file, &mut io::sink()).is_ok_and(|own| own == self)
    }

    /// That of all that can be read, which is written on as it comes.
    pub fn of_copied(from: &mut File, to: &mut impl io::Write) -> io::Result<Self> {
        const LARGEST: u64 = 64 * 1024;
        // One byte more than most files have, so that one read finds their ends too.
        let length = from.metadata()?.len().saturating_add(1).min(LARGEST);
        let mut buffer = vec![0; length as usize];
        let mut hasher = Xxh3Default::new();
        let mut size = 0;
        loop {
            match from.read(&mut buffer)? {
                0 => return Ok(Self { size, hash: hasher.digest() }),
                length => {
                    hasher.update(&buffer[..length]);
                    to.write_all(&buffer[..length])?;
                    size += length as u64;
                }
            }
        }
    }
}

/// What is published in a folder; nothing where none was.
#[derive(Debug, Default)]
pub struct Manifest {
    /// What the site was made from, where it says so.
    pub made_from: Option<String>,
    files: FxHashMap<String, Listed>,
}

/// A file in the list.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// What is in it.
    pub mark: Mark,
    /// What it was made from, where that is known.
    pub inputs: Option<u64>,
}

impl Manifest {
    /// Reads that of a folder.
    ///
    /// # Errors
    /// Where the folder holds the other kind of thing, or the disk refuses.
    pub fn read(kind: Kind, folder: &Path) -> Result<Self, Error> {
        let path = folder.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Self::default());
            }
            Err(error) => return Err(Error::disk("read", &path)(error)),
        };
        let mut lines = text.lines();
        let other = if lines.next().is_some_and(|first| first.ends_with(REPORT.mark)) { REPORT } else { SITE };
        if other.mark != kind.mark {
            return Err(Error::Use(format!(
                "{} holds a {}, so it isn't replaced by a {}; choose another folder with {}",
                folder.display(),
                other.name,
                kind.name,
                kind.flag
            )));
        }
        let mut manifest = Self::default();
        for line in lines {
            if let Some(inputs) = line.strip_prefix("made from ") {
                manifest.made_from = Some(inputs.to_owned());
            } else {
                manifest.files.extend(listed(line));
            }
        }
        Ok(manifest)
    }

    /// Writes one; `files` are sorted by path.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn write(kind: Kind, made_from: Option<&str>, files: &[(String, Listed)], folder: &Path) -> Result<(), Error> {
        let mut text = format!("ethos {}{}\n", env!("CARGO_PKG_VERSION"), kind.mark);
        if let Some(inputs) = made_from {
            text.push_str(&format!("made from {inputs}\n"));
        }
        const LINES: usize = 1_000;
        text.push_str(&files.par_chunks(LINES).map(lines).collect::<Vec<_>>().concat());
        let path = folder.join(NAME);
        File::create(&path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(Error::disk("write", &path))
    }

    /// What it says of a path.
    pub fn listed(&self, path: &str) -> Option<Listed> {
        self.files.get(path).copied()
    }

    /// Its files.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, Mark)> {
        self.files.iter().map(|(path, listed)| (path.as_str(), listed.mark))
    }

    /// Whether this was published at a path, and stands there still. The file is read: by its length and time alone, what a program
    /// did to it at once after the build would go unseen.
    pub fn holds(&self, folder: &Path, path: &str, mark: Mark) -> bool {
        let is_listed = self.listed(path).is_some_and(|listed| listed.mark == mark);
        is_listed && mark.open(&folder.join(path)).is_some_and(|file| mark.is_of(file))
    }

    /// Whether all that it lists stands in a folder still.
    pub fn holds_all(&self, folder: &Path) -> bool {
        let files: Vec<_> = self.files().collect();
        files.par_chunks(fetch::at_once()).all(|some| {
            let open = |(path, mark): &(&str, Mark)| Some((mark.open(&folder.join(path))?, *mark));
            let opened: Option<Vec<_>> = some.iter().map(open).collect();
            opened.is_some_and(|opened| opened.into_iter().all(|(file, mark)| mark.is_of(file)))
        })
    }
}

/// How published files are opened: never to wait, as a named pipe that stands in the place of one would have it.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options
}

fn lines(files: &[(String, Listed)]) -> String {
    let mut text = String::new();
    for (path, Listed { mark: Mark { size, hash }, inputs }) in files {
        let inputs = inputs.map_or_else(|| UNKNOWN.to_owned(), |inputs| format!("{inputs:016x}"));
        // A String takes all that is written to it.
        let _ = writeln!(text, "{hash:016x} {size} {inputs} {path}");
    }
    text
}

/// A line of the list.
fn listed(line: &str) -> Option<(String, Listed)> {
    let mut parts = line.splitn(4, ' ');
    let hash = u64::from_str_radix(parts.next()?, 16).ok()?;
    let size = parts.next()?.parse().ok()?;
    let inputs = u64::from_str_radix(parts.next()?, 16).ok();
    Some((parts.next()?.to_owned(), Listed { mark: Mark { size, hash }, inputs }))
}

/// Every file in a folder and those below it, by its path from there with `/` between folders.
///
/// # Errors
/// If the disk refuses.
pub fn files(folder: &Path) -> Result<Vec<String>, Error> {
    let inside: Vec<DirEntry> =
        entries(folder, WalkDir::new(folder).min_depth(1).max_depth(1)).collect::<Result<_, _>>()?;
    let below = |entry: DirEntry| -> Result<Vec<String>, Error> {
        let relative = |entry: DirEntry| {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            path.to_string_lossy().replace('\\', "/")
        };
        let all = entries(folder, WalkDir::new(entry.path()).follow_root_links(false));
        let files = all.filter(|entry| !entry.as_ref().is_ok_and(|entry| entry.file_type().is_dir()));
        files.map(|entry| entry.map(relative)).collect()
    };
    let files: Vec<Vec<String>> = inside.into_par_iter().map(below).collect::<Result<_, _>>()?;
    Ok(files.concat())
}

fn entries(folder: &Path, walk: WalkDir) -> impl Iterator<Item = Result<DirEntry, Error>> {
    walk.into_iter().map(|entry| {
        entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            Error::Disk { action: "look into", path, source: error.into() }
        })
    })
}
