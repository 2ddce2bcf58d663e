//! The list of what Ethos wrote into a folder, which lies in it.
//!
//! A text of lines, in this order; a path may hold spaces, and is the last of its line:
//!
//! | line | what it says |
//! | --- | --- |
//! | `ethos VERSION`, with ` report` behind it for a report | what wrote it |
//! | `made from HASH` | what stands for all sources, where the next build may leave the site as it is |
//! | `HASH SIZE PATH` | a file of the site: XXH3 and bytes |
//! | `kept HASH SIZE PATH` | an asset of the site before this one (see [`assets`](super::assets)) |

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::{Kind, REPORT, SITE};
use crate::disk::fetch;
use crate::error::Error;
use crate::files;

/// Its name.
pub const NAME: &str = ".ethos-manifest";

/// What is in a file: its length in bytes and its XXH3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// In bytes.
    pub size: u64,
    /// As the names of assets have it, too.
    pub hash: u64,
}

impl Mark {
    /// That of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, hash: xxh3_64(bytes) }
    }

    /// Opens a file to be read soon, if it is as long as this says. A link that stands in its place isn't followed.
    pub fn open(self, path: &Path) -> Option<File> {
        let (file, _) = files::open_no_follow(path).ok().filter(|(_, file)| file.len() == self.size)?;
        fetch::fetch(&file, self.size);
        Some(file)
    }

    /// Whether this is in a file.
    fn is_of(self, mut file: File) -> bool {
        Self::of_copied(&mut file, &mut io::sink()).is_ok_and(|found| found == self)
    }

    /// Whether this is in the file at a path.
    pub fn is_at(self, path: &Path) -> bool {
        self.open(path).is_some_and(|file| self.is_of(file))
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

/// What is published in a folder.
#[derive(Debug)]
pub struct Manifest {
    /// What the folder holds.
    pub kind: Kind,
    /// What the site was made from, where it says so.
    pub made_from: Option<String>,
    files: FxHashMap<String, Listed>,
}

/// A file in the list.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// What is in it.
    pub mark: Mark,
    /// Whether it belongs to the site before this one.
    pub is_kept: bool,
}

impl Manifest {
    /// That of a folder into which nothing was published.
    pub fn empty(kind: Kind) -> Self {
        Self { kind, made_from: None, files: FxHashMap::default() }
    }

    /// Reads that of a folder, if it has one.
    ///
    /// # Errors
    /// Where something else has its name, or it is damaged.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join(NAME);
        let reason = match files::read_no_follow(&path) {
            Ok(text) => match Self::parse(&text) {
                Some(manifest) => return Ok(Some(manifest)),
                None => "it is damaged, or another version of Ethos wrote it".to_owned(),
            },
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => error.to_string(),
        };
        Err(Error::Use(format!(
            "{} should list what Ethos published in this folder, but can't be used: {reason}\nNothing was changed. Move the folder away \
             and build again, or choose another folder",
            path.display()
        )))
    }

    fn parse(text: &str) -> Option<Self> {
        let (first, lines) = text.strip_suffix('\n')?.split_once('\n').unwrap_or((text.trim_end(), ""));
        let version = first.strip_prefix("ethos ")?;
        let mut manifest = Self::empty(if version.ends_with(REPORT.mark) { REPORT } else { SITE });
        for line in lines.lines() {
            if let Some(made_from) = line.strip_prefix("made from ") {
                manifest.made_from = Some(made_from.to_owned());
            } else {
                let kept = line.strip_prefix("kept ");
                manifest.files.extend([listed(kept.unwrap_or(line), kept.is_some())?]);
            }
        }
        Some(manifest)
    }

    /// Writes one; `files` and `kept` are sorted by path.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn write(
        kind: Kind,
        made_from: Option<&str>,
        files: &[(String, Listed)],
        kept: &[(String, Mark)],
        folder: &Path,
    ) -> Result<(), Error> {
        let mut text = format!("ethos {}{}\n", env!("CARGO_PKG_VERSION"), kind.mark);
        if let Some(made_from) = made_from {
            text.push_str(&format!("made from {made_from}\n"));
        }
        const LINES: usize = 1_000;
        text.push_str(&files.par_chunks(LINES).map(lines).collect::<Vec<_>>().concat());
        for (path, Mark { size, hash }) in kept {
            let _ = writeln!(text, "kept {hash:016x} {size} {path}");
        }
        files::write(&folder.join(NAME), &text)
    }

    /// What it says of a path.
    pub fn listed(&self, path: &str) -> Option<Listed> {
        self.files.get(path).copied()
    }

    /// Every file in it, in any order.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, Listed)> {
        self.files.iter().map(|(path, listed)| (path.as_str(), *listed))
    }

    /// The files of the site itself.
    pub fn made(&self) -> impl Iterator<Item = (&str, Mark)> {
        self.files().filter(|(_, listed)| !listed.is_kept).map(|(path, listed)| (path, listed.mark))
    }

    /// Every folder below the published one in which, at any depth, a file is listed.
    pub fn folders(&self) -> FxHashSet<&str> {
        let mut folders = FxHashSet::default();
        for path in self.files.keys() {
            let mut path = path.as_str();
            while let Some((folder, _)) = path.rsplit_once('/') {
                if !folders.insert(folder) {
                    break;
                }
                path = folder;
            }
        }
        folders
    }

    /// Whether this was published at a path, and stands there still. The file is read: by its length and time alone, what a program
    /// did to it at once after the build would go unseen.
    pub fn holds(&self, folder: &Path, path: &str, mark: Mark) -> bool {
        let is_listed = self.listed(path).is_some_and(|listed| listed.mark == mark);
        is_listed && mark.is_at(&folder.join(path))
    }

    /// Whether all that it lists stands in a folder still.
    pub fn holds_all(&self, folder: &Path) -> bool {
        let files: Vec<_> = self.files().collect();
        files.par_chunks(fetch::at_once()).all(|some| {
            let open = |(path, listed): &(&str, Listed)| Some((listed.mark.open(&folder.join(path))?, listed.mark));
            let opened: Option<Vec<_>> = some.iter().map(open).collect();
            opened.is_some_and(|opened| opened.into_iter().all(|(file, mark)| mark.is_of(file)))
        })
    }
}

fn lines(files: &[(String, Listed)]) -> String {
    let mut text = String::new();
    for (path, Listed { mark: Mark { size, hash }, .. }) in files {
        // A String takes all that is written to it.
        let _ = writeln!(text, "{hash:016x} {size} {path}");
    }
    text
}

/// A line of a file, without the word that marks one that is kept.
fn listed(line: &str, is_kept: bool) -> Option<(String, Listed)> {
    let mut parts = line.splitn(3, ' ');
    let mark = mark(&mut parts)?;
    Some((parts.next()?.to_owned(), Listed { mark, is_kept }))
}

fn mark<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Mark> {
    let hash = u64::from_str_radix(parts.next()?, 16).ok()?;
    Some(Mark { hash, size: parts.next()?.parse().ok()? })
}

/// Every file in a folder and below it, and every folder with nothing in it, by its path from there with `/` between folders and
/// behind a folder.
///
/// # Errors
/// If the disk refuses.
pub fn leaves(folder: &Path) -> Result<Vec<String>, Error> {
    let inside: Vec<DirEntry> =
        entries(folder, WalkDir::new(folder).min_depth(1).max_depth(1)).collect::<Result<_, _>>()?;
    let below = |entry: DirEntry| -> Result<Vec<String>, Error> {
        let mut leaves = Vec::new();
        // The last folder, as long as nothing was seen in it, and its depth.
        let mut empty: Option<(usize, String)> = None;
        for entry in entries(folder, WalkDir::new(entry.path()).follow_root_links(false)) {
            let entry = entry?;
            leaves.extend(empty.take().filter(|(depth, _)| entry.depth() <= *depth).map(|(_, path)| path));
            let path = name_of(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
            if entry.file_type().is_dir() {
                empty = Some((entry.depth(), path + "/"));
            } else {
                leaves.push(path);
            }
        }
        leaves.extend(empty.map(|(_, path)| path));
        Ok(leaves)
    };
    let leaves: Vec<Vec<String>> = inside.into_par_iter().map(below).collect::<Result<_, _>>()?;
    Ok(leaves.concat())
}

/// A path below the published folder as the manifest writes it.
pub fn name_of(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn entries(folder: &Path, walk: WalkDir) -> impl Iterator<Item = Result<DirEntry, Error>> {
    walk.into_iter().map(|entry| {
        entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            Error::Disk { action: "look into", path, source: error.into() }
        })
    })
}
