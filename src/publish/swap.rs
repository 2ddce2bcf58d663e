//! Putting a finished folder in the place of another, so that a reader sees the old site or the new one and nothing between.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::error::Error;

/// Puts `staged` in the place of `output`, and removes what was there.
pub fn swap(staged: &Path, output: &Path) -> Result<(), Error> {
    if !output.exists() {
        return fs::rename(staged, output).map_err(Error::disk("write to", output));
    }
    match exchange(staged, output) {
        // What was the old site now has the staged folder's name. The new one is in place, whatever becomes of the old.
        Ok(()) => {
            remove(staged);
            Ok(())
        }
        Err(_) => replace(staged, output),
    }
}

/// Exchanges two folders in one step, where the system can (Linux: renameat2, macOS: renamex_np).
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(staged: &Path, output: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, staged, CWD, output, RenameFlags::EXCHANGE).map_err(Into::into)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Moves the old folder aside, the new one in, and the old one back if that fails.
fn replace(staged: &Path, output: &Path) -> Result<(), Error> {
    let aside = staged.with_extension("ethos-old");
    remove(&aside);
    fs::rename(output, &aside).map_err(Error::disk("replace", output))?;
    if let Err(error) = fs::rename(staged, output) {
        // The old site goes back first; then the author hears why.
        let _ = fs::rename(&aside, output);
        return Err(Error::disk("replace", output)(error));
    }
    remove(&aside);
    Ok(())
}

/// Removes a folder that nobody needs any more, on all cores. What the disk refuses is left for the next build.
fn remove(folder: &Path) {
    let inside = fs::read_dir(folder).into_iter().flatten().flatten();
    inside.par_bridge().for_each(|entry| {
        let _ = match entry.file_type() {
            Ok(kind) if kind.is_dir() => fs::remove_dir_all(entry.path()),
            _ => fs::remove_file(entry.path()),
        };
    });
    let _ = fs::remove_dir_all(folder);
}
