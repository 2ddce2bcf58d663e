//! Where a site may be published: never over what isn't Ethos's, and only where it could be replaced again.

use std::cell::LazyCell;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::Kind;
use super::manifest::{self, Manifest};
use crate::disk::FOLDERS;
use crate::error::Error;

/// The folder's real place: whatever of its path is there already with symbolic links followed, step by step, so that `..` leads out
/// of where the link leads. Two names that only a file system that ignores capitals takes as one aren't told apart from two places.
///
/// # Errors
/// If a link on the way leads nowhere, or the disk refuses.
pub fn absolute(output: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(output).map_err(Error::disk("find the folder", output))?;
    let mut real = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::Prefix(_) | Component::RootDir => real.push(component),
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => real = resolved(real.join(name))?,
        }
    }
    Ok(real)
}

/// Where a path leads of which all but the last part is resolved.
fn resolved(path: PathBuf) -> Result<PathBuf, Error> {
    match fs::symlink_metadata(&path) {
        Ok(there) => path.canonicalize().map_err(|error| {
            if there.is_symlink() && error.kind() == io::ErrorKind::NotFound {
                return Error::Use(format!(
                    "{} is a link to a place that isn't there; make that folder, or delete the link",
                    path.display()
                ));
            }
            Error::disk("find the folder", &path)(error)
        }),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(path),
        Err(error) => Err(Error::disk("find the folder", &path)(error)),
    }
}

/// Never into the handbook's own folders, or around them.
///
/// # Errors
/// What to say of such a folder.
pub fn refuse_sources(kind: Kind, root: &Path, output: &Path) -> Result<(), Error> {
    let named = FOLDERS.map(|folder| root.join(folder));
    let real = named.iter().filter_map(|folder| folder.canonicalize().ok());
    let holds_sources = |folder: &Path| output.starts_with(folder) || folder.starts_with(output);
    if root.starts_with(output) || named.iter().cloned().chain(real).any(|folder| holds_sources(&folder)) {
        return Err(Error::Use(format!(
            "{} holds the handbook's own files, so it isn't replaced by the {}; choose another folder with {}",
            output.display(),
            kind.name,
            kind.flag
        )));
    }
    Ok(())
}

/// Never in the place of the other kind of thing.
///
/// # Errors
/// What to say of such a folder.
pub fn refuse_other_kind(kind: Kind, output: &Path, published: &Manifest) -> Result<(), Error> {
    if published.kind == kind {
        return Ok(());
    }
    Err(Error::Use(format!(
        "{} holds a {}, so it isn't replaced by a {}; choose another folder with {}",
        output.display(),
        published.kind.name,
        kind.name,
        kind.flag
    )))
}

/// Never over files or folders that Ethos didn't write.
///
/// # Errors
/// What to say of such a folder.
pub fn refuse_foreign(kind: Kind, output: &Path, published: &Manifest) -> Result<(), Error> {
    if !output.exists() {
        return Ok(());
    }
    if !output.is_dir() {
        return Err(Error::Use(format!("{} is a file, so no {} can be put there", output.display(), kind.name)));
    }
    let folders = LazyCell::new(|| published.folders());
    let is_foreign = |path: &String| match path.strip_suffix('/') {
        Some(folder) => !folders.contains(folder),
        None => path != manifest::NAME && published.listed(path).is_none(),
    };
    let mut foreign = manifest::leaves(output)?;
    foreign.retain(is_foreign);
    if foreign.is_empty() {
        return Ok(());
    }
    foreign.sort();
    Err(Error::Use(format!(
        "{} holds files that Ethos didn't make: {}\nNothing was changed. Choose another folder with {}, or move these files away; \
         files that belong to the site go into the folder content",
        output.display(),
        names(&foreign),
        kind.flag
    )))
}

/// "a.txt, b.txt and 3 more"
pub fn names(paths: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = paths.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match paths.len().checked_sub(SHOWN) {
        None | Some(0) => shown,
        Some(more) => format!("{shown} and {more} more"),
    }
}

/// Never where the next build couldn't take the site away again: a folder can be renamed by who may not delete what is in it.
///
/// # Errors
/// What to say of the folder that can't be changed.
pub fn refuse_unwritable(kind: Kind, output: &Path, published: &Manifest) -> Result<(), Error> {
    // Folders around it are made where they aren't there yet.
    let parent = output.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(output);
    let inside = published.folders().into_iter().map(|folder| output.join(folder));
    let emptied = std::iter::once(output.to_path_buf()).chain(inside).find(|folder| !is_changeable(folder, folder));
    match emptied.or_else(|| (!is_changeable(parent, output)).then(|| parent.to_path_buf())) {
        Some(folder) => Err(unwritable(kind, &folder)),
        None => Ok(()),
    }
}

fn unwritable(kind: Kind, folder: &Path) -> Error {
    Error::Use(format!(
        "{} can't be changed by {}, so the {} wasn't published\nNothing was changed. Ask whoever keeps that folder to let this account \
         write there, or choose another folder with {}",
        folder.display(),
        account(),
        kind.name,
        kind.flag
    ))
}

/// Whether files can be put into a folder, and what is there can be taken out; one that isn't there is no hindrance.
#[cfg(unix)]
fn is_changeable(folder: &Path, taken: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    use rustix::fs::{Access, AtFlags, CWD, accessat};
    use rustix::io::Errno;
    use rustix::process::geteuid;

    /// As /tmp has it: only the owners of folder and file may delete a file.
    const STICKY: u32 = 0o1000;
    let Some(there) = fs::metadata(folder).ok().filter(fs::Metadata::is_dir) else { return true };
    let all = Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK;
    if let Err(Errno::ACCESS | Errno::PERM | Errno::ROFS) = accessat(CWD, folder, all, AtFlags::EACCESS) {
        return false;
    }
    let is_ours = |there: &fs::Metadata| geteuid().is_root() || there.uid() == geteuid().as_raw();
    there.mode() & STICKY == 0 || is_ours(&there) || fs::metadata(taken).map_or(true, |taken| is_ours(&taken))
}

/// Other systems say so only when it is tried.
#[cfg(not(unix))]
fn is_changeable(_: &Path, _: &Path) -> bool {
    true
}

#[cfg(unix)]
fn account() -> String {
    format!("the account that runs Ethos (number {})", rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn account() -> String {
    "the account that runs Ethos".to_owned()
}
