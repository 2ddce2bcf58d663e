//! Writing: the new site beside the old one, then swapped in whole. The only stage that writes.
//!
//! A published folder carries a manifest: the list of what Ethos wrote there. A folder without one, or with files that it doesn't
//! list, isn't Ethos's to replace, and is left as it is.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

mod swap;

use crate::error::Error;
use crate::render::Artifact;

/// The name of the list of what was written.
const MANIFEST: &str = ".ethos-manifest";

/// What was published.
#[derive(Debug, Clone, Copy)]
pub struct Published {
    /// How many files.
    pub files: usize,
    /// How many of them are pages.
    pub pages: usize,
    /// How many bytes in them.
    pub bytes: u64,
}

/// What a folder is written for. One is never replaced by the other.
#[derive(Debug, Clone, Copy)]
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

/// Publishes a site into a folder, all of it or nothing.
///
/// # Errors
/// Where the folder isn't Ethos's, another build is at work, or the disk refuses. The old site stands as it did.
pub fn publish(artifacts: &[(Arc<str>, Artifact)], root: &Path, output: &Path) -> Result<Published, Error> {
    let output = absolute(output)?;
    write(artifacts, SITE, root, &output)
}

/// Writes a report into a folder in the same way; never into that of the site.
///
/// # Errors
/// As [`publish`].
pub fn publish_report(
    artifacts: &[(Arc<str>, Artifact)],
    root: &Path,
    site: &Path,
    folder: &Path,
) -> Result<Published, Error> {
    let (folder, site) = (absolute(folder)?, absolute(site)?);
    if folder.starts_with(&site) || site.starts_with(&folder) {
        return Err(Error::Use(format!(
            "{} is where the site is published, so the report isn't put there; choose another folder with --report",
            folder.display()
        )));
    }
    write(artifacts, REPORT, root, &folder)
}

fn write(artifacts: &[(Arc<str>, Artifact)], kind: Kind, root: &Path, output: &Path) -> Result<Published, Error> {
    refuse_sources(kind, root, output)?;
    let (parent, name) = match (output.parent(), output.file_name()) {
        (Some(parent), Some(name)) => (parent.to_path_buf(), name.to_string_lossy().into_owned()),
        _ => {
            return Err(Error::Use(format!("{} can't be replaced by a {}", output.display(), kind.name)));
        }
    };
    fs::create_dir_all(&parent).map_err(Error::disk("make the folder", &parent))?;
    let lock = Lock::take(&parent.join(format!(".{name}.ethos-lock")), output)?;
    refuse_foreign(kind, output)?;
    // Whoever holds the lock is the only one at work here, so what lies about is left from a build that was cut off.
    let staged = parent.join(format!(".{name}.ethos-new"));
    remove(&staged)?;
    let published = write_all(artifacts, kind, &staged).and_then(|published| {
        // The folder may have changed hands while pages were drawn.
        refuse_foreign(kind, output)?;
        swap::swap(&staged, output)?;
        Ok(published)
    });
    if published.is_err() {
        // The first error is the one to tell; the leftovers go with the next build if not now.
        let _ = fs::remove_dir_all(&staged);
    }
    drop(lock);
    published
}

/// Writes one file that isn't part of a site, in one step: whoever reads it meets the old text or the new.
///
/// # Errors
/// If the disk refuses.
#[expect(clippy::disallowed_methods, reason = "here is where writing is done")]
pub fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = path.with_file_name(format!(".{name}.ethos-new"));
    fs::write(&new, text).map_err(Error::disk("write", &new))?;
    fs::rename(&new, path).map_err(Error::disk("write", path))
}

/// The folder's real place: its own name, in the real folder around it; where it is itself a link, what that leads to.
fn absolute(output: &Path) -> Result<PathBuf, Error> {
    if output.exists() {
        return output.canonicalize().map_err(Error::disk("find the folder", output));
    }
    let absolute = std::path::absolute(output).map_err(Error::disk("find the folder", output))?;
    let there = absolute.ancestors().find(|folder| folder.exists()).map(Path::to_path_buf).unwrap_or_default();
    let rest = absolute.strip_prefix(&there).unwrap_or(&absolute).to_path_buf();
    let real = there.canonicalize().map_err(Error::disk("find the folder", &there))?;
    Ok(real.join(rest))
}

/// Never into the handbook's own folders, or around them.
fn refuse_sources(kind: Kind, root: &Path, output: &Path) -> Result<(), Error> {
    let sources = ["content", "frameworks", "themes"].map(|folder| root.join(folder));
    let is_around = root.starts_with(output);
    let is_inside = sources.iter().any(|folder| output.starts_with(folder));
    if is_around || is_inside {
        return Err(Error::Use(format!(
            "{} holds the handbook's own files, so it isn't replaced by the {}; choose another folder with {}",
            output.display(),
            kind.name,
            kind.flag
        )));
    }
    Ok(())
}

/// Never over files that Ethos didn't write.
fn refuse_foreign(kind: Kind, output: &Path) -> Result<(), Error> {
    const SHOWN: usize = 5;
    if !output.exists() {
        return Ok(());
    }
    if !output.is_dir() {
        return Err(Error::Use(format!("{} is a file, so no {} can be put there", output.display(), kind.name)));
    }
    let own = read_manifest(kind, output)?;
    let mut foreign = Vec::new();
    for entry in WalkDir::new(output).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(output).to_path_buf();
            Error::Disk { action: "look into", path, source: error.into() }
        })?;
        let path = entry.path().strip_prefix(output).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if !entry.file_type().is_dir() && path != MANIFEST && !own.contains(&path) {
            foreign.push(path);
        }
    }
    if foreign.is_empty() {
        return Ok(());
    }
    let mut shown = foreign.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if foreign.len() > SHOWN {
        shown.push_str(&format!(" and {} more", foreign.len() - SHOWN));
    }
    Err(Error::Use(format!(
        "{} holds files that Ethos didn't make: {shown}\nNothing was changed. Choose another folder with {}, or move these files away; \
         files that belong to the site go into the folder content",
        output.display(),
        kind.flag
    )))
}

fn read_manifest(kind: Kind, output: &Path) -> Result<BTreeSet<String>, Error> {
    let path = output.join(MANIFEST);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(Error::disk("read", &path)(error)),
    };
    let mut lines = text.lines();
    let other = if lines.next().is_some_and(|first| first.ends_with(REPORT.mark)) { REPORT } else { SITE };
    if other.mark != kind.mark {
        return Err(Error::Use(format!(
            "{} holds a {}, so it isn't replaced by a {}; choose another folder with {}",
            output.display(),
            other.name,
            kind.name,
            kind.flag
        )));
    }
    Ok(lines.filter_map(|line| line.split_once(' ').map(|(_, path)| path.to_owned())).collect())
}

/// Writes every artifact into a new folder, on all cores, and the manifest last.
fn write_all(artifacts: &[(Arc<str>, Artifact)], kind: Kind, staged: &Path) -> Result<Published, Error> {
    let folders: BTreeSet<&Path> = artifacts.iter().filter_map(|(path, _)| Path::new(&**path).parent()).collect();
    fs::create_dir_all(staged).map_err(Error::disk("make the folder", staged))?;
    for folder in folders {
        let folder = staged.join(folder);
        fs::create_dir_all(&folder).map_err(Error::disk("make the folder", &folder))?;
    }
    let sizes: Vec<u64> = artifacts
        .par_iter()
        .map(|(path, artifact)| write_one(&staged.join(&**path), artifact))
        .collect::<Result<_, _>>()?;
    let mut manifest = format!("ethos {}{}\n", env!("CARGO_PKG_VERSION"), kind.mark);
    for ((path, _), size) in artifacts.iter().zip(&sizes) {
        manifest.push_str(&format!("{size} {path}\n"));
    }
    write_one(&staged.join(MANIFEST), &Artifact::Bytes(manifest.into_bytes()))?;
    let pages = artifacts.iter().filter(|(path, _)| path.ends_with(".html")).count();
    Ok(Published { files: artifacts.len(), pages, bytes: sizes.iter().sum() })
}

fn write_one(path: &Path, artifact: &Artifact) -> Result<u64, Error> {
    match artifact {
        Artifact::Bytes(bytes) => {
            let mut file = File::create(path).map_err(Error::disk("write", path))?;
            file.write_all(bytes).map_err(Error::disk("write", path))?;
            Ok(bytes.len() as u64)
        }
        Artifact::File(source) => {
            let mut from = File::open(source).map_err(Error::disk("read", source))?;
            let mut to = File::create(path).map_err(Error::disk("write", path))?;
            io::copy(&mut from, &mut to).map_err(Error::disk("write", path))
        }
    }
}

fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::disk("remove", folder)(error)),
        _ => Ok(()),
    }
}

/// Keeps two builds from publishing into one folder. The operating system lets go of it when the program ends, however it ends.
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    fn take(path: &Path, output: &Path) -> Result<Self, Error> {
        loop {
            let file = File::create(path).map_err(Error::disk("write", path))?;
            match file.try_lock() {
                Ok(()) if stands_at(&file, path) => return Ok(Self { path: path.to_path_buf(), _file: file }),
                // Another build ended meanwhile and took this file away: a third could lock the one that is there now.
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => {
                    return Err(Error::Use(format!(
                        "another build is publishing to {}; wait until it is done",
                        output.display()
                    )));
                }
                Err(fs::TryLockError::Error(error)) => return Err(Error::disk("lock", path)(error)),
            }
        }
    }
}

/// Whether an open file is still the one at its path.
#[cfg(unix)]
fn stands_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn stands_at(_: &File, _: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // An empty file that stays behind does no harm.
        let _ = fs::remove_file(&self.path);
    }
}
