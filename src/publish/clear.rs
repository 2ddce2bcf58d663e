//! Taking away a site that was replaced: what Ethos wrote into it, and nothing else.
//!
//! Between the last look at the old site and the moment in which the new one took its place, anybody may have put a file there. A
//! program that works in the folder goes on to write into it afterwards. So no folder is removed with what is in it: files that the
//! manifest lists and that are as it says go one by one, folders once they are empty, and strays are moved. What is left open is the
//! moment between the look at a listed file and its removal, for a program that has that very folder open.

use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::manifest::{Manifest, NAME, name_of};
use super::place::names;
use crate::files;

/// What was in an old site and isn't as Ethos wrote it.
#[derive(Debug, Default)]
pub struct Strays {
    /// Paths that Ethos didn't write, now at the same place in the published folder.
    given_back: Vec<String>,
    /// Paths whose place is taken in the published folder, or that Ethos wrote and somebody changed.
    set_aside: Vec<String>,
    /// The folder that those are in now.
    set_aside_in: Option<PathBuf>,
    /// What couldn't be moved or removed, and why.
    stuck: Vec<(PathBuf, io::Error)>,
}

impl Strays {
    /// What to tell whoever publishes, a warning each.
    pub fn warnings(mut self, output: &Path) -> Vec<String> {
        let mut warnings = Vec::new();
        self.given_back.sort();
        self.set_aside.sort();
        if !self.given_back.is_empty() {
            warnings.push(format!(
                "files that Ethos didn't make came into {} while it was replaced: {}\nThey are still there. Move them away before the \
                 next build; files that belong to the site go into the folder content",
                output.display(),
                names(&self.given_back)
            ));
        }
        if let Some(folder) = self.set_aside_in.as_ref().filter(|_| !self.set_aside.is_empty()) {
            warnings.push(format!(
                "files in {} weren't as Ethos had made them: {}\nWhat was there is in {} now; delete that folder if \
                 nobody needs it",
                output.display(),
                names(&self.set_aside),
                folder.display()
            ));
        }
        if let Some((path, error)) = self.stuck.first() {
            warnings.push(format!(
                "what was published before can't be removed whole: {}: {error}\nMove it away or delete it before the next build; what \
                 Ethos didn't make may be in it",
                path.display()
            ));
        }
        warnings
    }
}

/// Takes away the site in `folder`, which `manifest` lists; `output` is where the site is published now.
pub fn clear(folder: &Path, manifest: &Manifest, output: &Path) -> Strays {
    let clearing = Clearing { folder, manifest, listed: manifest.folders(), output, strays: Mutex::default() };
    clearing.empty(Path::new(""));
    clearing.strays.into_inner().unwrap_or_else(PoisonError::into_inner)
}

struct Clearing<'c> {
    folder: &'c Path,
    manifest: &'c Manifest,
    /// The folders that Ethos made.
    listed: FxHashSet<&'c str>,
    output: &'c Path,
    strays: Mutex<Strays>,
}

impl Clearing<'_> {
    /// Empties a folder below the old site's and removes it. On all cores, since some disks are slow at it.
    fn empty(&self, below: &Path) -> bool {
        let folder = self.folder.join(below);
        loop {
            let entries = fs::read_dir(&folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
            let entries = match entries {
                Ok(entries) => entries,
                Err(error) => return self.is_stuck(folder, error),
            };
            let published = file_numbers(&self.output.join(below));
            let taken: Vec<bool> = entries.into_par_iter().map(|entry| self.take(&entry, below, &published)).collect();
            if taken.contains(&false) {
                return false;
            }
            // The list goes last: a build that is cut off leaves the next one what it needs to go on.
            if below == Path::new("")
                && let Err(error) = remove_file(&folder.join(NAME))
            {
                return self.is_stuck(folder.join(NAME), error);
            }
            match fs::remove_dir(&folder) {
                Ok(()) => return true,
                // Something came meanwhile.
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
                Err(error) => return self.is_stuck(folder, error),
            }
        }
    }

    /// Takes one entry of a folder away; false if it is stuck.
    fn take(&self, entry: &DirEntry, below: &Path, published: &FileNumbers) -> bool {
        let path = below.join(entry.file_name());
        let name = name_of(&path);
        if entry.file_type().is_ok_and(|entry| entry.is_dir()) {
            return if self.listed.contains(name.as_str()) {
                self.empty(&path)
            } else {
                self.rescue(&path, name + "/")
            };
        }
        if name == NAME {
            return true;
        }
        if !is_linked(entry, published) && !self.is_as_listed(&path, &name) {
            return self.rescue(&path, name);
        }
        match remove_file(&entry.path()) {
            Ok(()) => true,
            Err(error) => self.is_stuck(entry.path(), error),
        }
    }

    /// Whether a file is as Ethos wrote it.
    fn is_as_listed(&self, path: &Path, name: &str) -> bool {
        self.manifest.listed(name).is_some_and(|listed| listed.mark.is_at(&self.folder.join(path)))
    }

    /// Moves what isn't Ethos's to where people find it. What somebody made of a page isn't published again by itself: the page may
    /// have been taken out for a reason.
    fn rescue(&self, path: &Path, name: String) -> bool {
        let from = self.folder.join(path);
        if self.manifest.listed(&name).is_none() && move_new(&from, &self.output.join(path)).is_ok() {
            self.strays().given_back.push(name);
            return true;
        }
        match self.set_aside(&from, path) {
            Ok(()) => self.strays().set_aside.push(name),
            Err(error) => return self.is_stuck(from, error),
        }
        true
    }

    /// Moves something into a folder beside the output, which is made for what is found this time.
    fn set_aside(&self, from: &Path, path: &Path) -> io::Result<()> {
        let mut strays = self.strays();
        let folder = match &strays.set_aside_in {
            Some(folder) => folder.clone(),
            None => new_folder(self.output)?,
        };
        strays.set_aside_in = Some(folder.clone());
        drop(strays);
        move_new(from, &folder.join(path))
    }

    fn is_stuck(&self, path: PathBuf, error: io::Error) -> bool {
        self.strays().stuck.push((path, error));
        false
    }

    fn strays(&self) -> MutexGuard<'_, Strays> {
        self.strays.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The numbers by which the disk knows the files of a folder, by name.
type FileNumbers = FxHashMap<OsString, u64>;

/// Those of a folder of the new site. They come with the names: to ask for each would take 1,600 calls more for 1,000 pages.
#[cfg(unix)]
fn file_numbers(folder: &Path) -> FileNumbers {
    use std::os::unix::fs::DirEntryExt as _;

    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| (entry.file_name(), entry.ino())).collect()
}

/// Whether a file of the old site lives on in the new one, under the same name.
#[cfg(unix)]
fn is_linked(old: &DirEntry, published: &FileNumbers) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let number = published.get(&old.file_name());
    // Asked again, since somebody may have put another file in its place.
    old.metadata().is_ok_and(|old| old.nlink() > 1 && number == Some(&old.ino()))
}

/// Other systems don't tell; there, every file is held against the list.
#[cfg(not(unix))]
fn file_numbers(_: &Path) -> FileNumbers {
    FileNumbers::default()
}

#[cfg(not(unix))]
fn is_linked(_: &DirEntry, _: &FileNumbers) -> bool {
    false
}

/// Removes a file; one that has gone is as good.
fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Makes `public.set-aside` beside `public`, or `public.set-aside-2`, and so on.
fn new_folder(output: &Path) -> io::Result<PathBuf> {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 1;
    loop {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        let folder = output.with_file_name(format!("{name}.set-aside{ending}"));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|()| folder),
        }
    }
}

/// Moves something to a path where nothing is, and makes the folders around it.
fn move_new(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    files::rename_new(from, to)
}
