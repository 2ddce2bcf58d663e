//! Writing: the new site beside the old one, then swapped in whole. The only stage that writes.
//!
//! In: artifacts, from any number of threads as they are drawn, so that none is kept. Out: a folder. It carries a manifest: the list
//! of what Ethos wrote there. A folder without one, or with files that it doesn't list, isn't Ethos's to replace, and is left as it
//! is. A file that stands in the old site just as it would be written is linked into the new one instead: some disks take ten times
//! as long to make files where as many were deleted, and programs that copy the site elsewhere see what has changed. The manifest
//! says what each was made from too, so that those of the same inputs needn't even be drawn.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

mod assets;
mod beside;
mod clear;
mod lock;
mod manifest;
mod place;
mod swap;

use crate::error::Error;
use crate::files;
use crate::render::Artifact;
use beside::Beside;
use lock::Lock;
use manifest::{Listed, Manifest, Mark};
use place::{absolute, refuse_foreign, refuse_other_kind, refuse_sources, refuse_unwritable};

/// What was published.
#[derive(Debug, Default)]
pub struct Published {
    /// How many files.
    pub files: usize,
    /// How many of them are pages.
    pub pages: usize,
    /// How many bytes in them.
    pub bytes: u64,
    /// What whoever publishes must know: what others put into the old site, and what couldn't be removed.
    pub warnings: Vec<String>,
}

impl Published {
    fn of<'a>(files: impl Iterator<Item = (&'a str, Mark)>) -> Self {
        files.fold(Self::default(), |sum, (path, mark)| Self {
            files: sum.files + 1,
            pages: sum.pages + usize::from(path.ends_with(".html")),
            bytes: sum.bytes + mark.size,
            ..sum
        })
    }
}

/// What a folder is written for. One is never replaced by the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// Its name in messages.
    name: &'static str,
    /// The flag that names the folder.
    flag: &'static str,
    /// The first line of the manifest ends with this.
    mark: &'static str,
}

const SITE: Kind = Kind { name: "site", flag: "--output", mark: "" };
const REPORT: Kind = Kind { name: "report", flag: "--report", mark: " report" };

/// A new folder beside the one that it will replace. It is put away unless it is published.
pub struct Staging {
    kind: Kind,
    output: PathBuf,
    beside: Beside,
    old: Manifest,
    written: Mutex<Vec<(String, Listed)>>,
    is_published: bool,
    _lock: Lock,
}

impl Staging {
    /// Begins a site that will be published into a folder.
    ///
    /// # Errors
    /// Where the folder isn't Ethos's, another build is at work, or the disk refuses.
    pub fn of_site(root: &Path, output: &Path) -> Result<Self, Error> {
        Self::new(SITE, root, absolute(output)?)
    }

    /// Begins a report, in the same way; never in the folder of the site.
    ///
    /// # Errors
    /// As [`of_site`](Self::of_site).
    pub fn of_report(root: &Path, site: &Path, folder: &Path) -> Result<Self, Error> {
        let (folder, site) = (absolute(folder)?, absolute(site)?);
        if folder.starts_with(&site) || site.starts_with(&folder) {
            return Err(Error::Use(format!(
                "{} is where the site is published, so the report isn't put there; choose another folder with --report",
                folder.display()
            )));
        }
        Self::new(REPORT, root, folder)
    }

    fn new(kind: Kind, root: &Path, output: PathBuf) -> Result<Self, Error> {
        refuse_sources(kind, root, &output)?;
        let (Some(beside), Some(parent)) = (Beside::of(&output), output.parent()) else {
            return Err(Error::Use(format!("{} can't be replaced by a {}", output.display(), kind.name)));
        };
        refuse_unwritable(kind, &output, &Manifest::empty(kind))?;
        fs::create_dir_all(parent).map_err(Error::disk("make the folder", parent))?;
        let lock = Lock::take(&beside.lock, &output)?;
        swap::recover(&output, &beside.old)?;
        let old = Manifest::read(&output)?.unwrap_or_else(|| Manifest::empty(kind));
        refuse_other_kind(kind, &output, &old)?;
        refuse_foreign(kind, &output, &old)?;
        refuse_unwritable(kind, &output, &old)?;
        // Whoever holds the lock is the only one at work here, so what lies about is left from a build that was cut off.
        beside.clear_leftovers(&output)?;
        fs::create_dir(&beside.staged).map_err(Error::disk("make the folder", &beside.staged))?;
        Ok(Self { kind, output, beside, old, written: Mutex::default(), is_published: false, _lock: lock })
    }

    /// Puts a file into the new folder.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn put(&self, path: &str, artifact: &Artifact) -> Result<(), Error> {
        let to = self.beside.staged.join(path);
        let mark = match artifact {
            Artifact::Bytes(bytes) => {
                let mark = Mark::of(bytes);
                if !self.link_same(path, mark, &to) {
                    let write = || File::create_new(&to)?.write_all(bytes);
                    in_folder(&to, write).map_err(Error::disk("write", &to))?;
                }
                mark
            }
            Artifact::File(source) => self.copy(path, source, &to)?,
        };
        self.note(path, Listed { mark, is_kept: false });
        Ok(())
    }

    fn note(&self, path: &str, listed: Listed) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_owned(), listed));
    }

    fn copy(&self, path: &str, source: &Path, to: &Path) -> Result<Mark, Error> {
        let open = || files::open(source).map(|(file, _)| file).map_err(Error::disk("read", source));
        // One that was never published isn't read twice.
        if self.old.listed(path).is_some() {
            let mark = Mark::of_copied(&mut open()?, &mut io::sink()).map_err(Error::disk("read", source))?;
            if self.link_same(path, mark, to) {
                return Ok(mark);
            }
        }
        let mut from = open()?;
        let mut new = in_folder(to, || File::create_new(to)).map_err(Error::disk("write", to))?;
        Mark::of_copied(&mut from, &mut new).map_err(Error::disk("write", to))
    }

    /// Links a file of the old site, if the same is in it.
    fn link_same(&self, path: &str, mark: Mark, to: &Path) -> bool {
        self.old.holds(&self.output, path, mark) && self.link(path, to)
    }

    /// Puts an asset of the old site into the new folder if it is as it was published.
    fn keep_asset(&self, path: &str, mark: Mark) -> bool {
        let to = self.beside.staged.join(path);
        if self.link_same(path, mark, &to) {
            return true;
        }
        let Ok((mut from, _)) = files::open_no_follow(&self.output.join(path)) else { return false };
        let Ok(mut new) = in_folder(&to, || File::create_new(&to)) else { return false };
        let is_kept = Mark::of_copied(&mut from, &mut new).is_ok_and(|copied| copied == mark);
        if !is_kept {
            let _ = fs::remove_file(&to);
        }
        is_kept
    }

    /// Links a file of the old site; not every disk can.
    fn link(&self, path: &str, to: &Path) -> bool {
        in_folder(to, || fs::hard_link(self.output.join(path), to)).is_ok()
    }

    /// Puts the new folder in the place of the old one. `made_from` stands for everything that it was made from; with it, the next
    /// build may leave the site alone (see [`published`]), so it is none where that build has something to say.
    ///
    /// # Errors
    /// Where the folder has changed hands meanwhile, or the disk refuses. The old site stands as it did.
    pub fn publish(mut self, made_from: Option<&str>) -> Result<Published, Error> {
        let mut made = std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        made.par_sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let kept = assets::keep(&self, &made);
        Manifest::write(self.kind, made_from, &made, &kept, &self.beside.staged)?;
        refuse_foreign(self.kind, &self.output, &self.old)?;
        refuse_unwritable(self.kind, &self.output, &self.old)?;
        let replaced = swap::swap(&self.beside.staged, &self.output, &self.beside.old)?;
        self.is_published = true;
        let strays = replaced.map(|folder| clear::clear(&folder, &self.old, &self.output)).unwrap_or_default();
        let warnings = strays.warnings(&self.output);
        Ok(Published { warnings, ..Published::of(made.iter().map(|(path, listed)| (path.as_str(), listed.mark))) })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Once it is published, the staged folder's name may be that of the old site, with what isn't Ethos's in it.
        if !self.is_published {
            // What is left goes with the next build at the latest.
            let _ = fs::remove_dir_all(&self.beside.staged);
        }
    }
}

/// The site that stands in a folder, if it was made from just this, nobody has touched it since, and no build that was cut off has
/// left anything beside it.
pub fn published(output: &Path, made_from: &str) -> Option<Published> {
    let output = absolute(output).ok()?;
    if !Beside::of(&output)?.is_empty() {
        return None;
    }
    let manifest = Manifest::read(&output).ok()??;
    if manifest.kind != SITE || manifest.made_from.as_deref() != Some(made_from) {
        return None;
    }
    refuse_foreign(SITE, &output, &manifest).ok()?;
    manifest.holds_all(&output).then(|| Published::of(manifest.made()))
}

/// Makes a file, and its folder first where that is the first file in it.
fn in_folder<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match make() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            make()
        }
        made => made,
    }
}
