//! Putting a finished folder in the place of another, so that a reader sees the old site or the new one and nothing between.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Puts `staged` in the place of `output`, and gives where the folder is now that was there before, if there was one: at `aside`,
/// where no path of a reader or writer leads any more.
///
/// # Errors
/// If the disk refuses; then the old folder is in its place.
pub fn swap(staged: &Path, output: &Path, aside: &Path) -> Result<Option<PathBuf>, Error> {
    if fs::symlink_metadata(output).is_err() {
        fs::rename(staged, output).map_err(Error::disk("write to", output))?;
        return Ok(None);
    }
    if exchange(staged, output).is_err() {
        replace(staged, output, aside)?;
        return Ok(Some(aside.to_path_buf()));
    }
    // The new site is in place, whatever becomes of the old one.
    let is_aside = fs::rename(staged, aside).is_ok();
    Ok(Some(if is_aside { aside } else { staged }.to_path_buf()))
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
fn replace(staged: &Path, output: &Path, aside: &Path) -> Result<(), Error> {
    fs::rename(output, aside).map_err(Error::disk("replace", output))?;
    let Err(error) = fs::rename(staged, output) else { return Ok(()) };
    // The old site goes back first; then the author hears why.
    if fs::rename(aside, output).is_ok() {
        return Err(Error::disk("replace", output)(error));
    }
    Err(Error::Use(format!(
        "{output} can't be replaced: {error}\nThe old site is in {aside} now, since something else took its place. Move that away, then \
         rename {aside} to {output}",
        output = output.display(),
        aside = aside.display()
    )))
}

/// Puts back a site that [`swap`] had moved aside when it was cut off, on systems that can't exchange two folders in one step.
///
/// # Errors
/// If the disk refuses.
pub fn recover(output: &Path, aside: &Path) -> Result<(), Error> {
    let is_cut_off = fs::symlink_metadata(output).is_err() && fs::symlink_metadata(aside).is_ok_and(|old| old.is_dir());
    if is_cut_off { fs::rename(aside, output).map_err(Error::disk("replace", output)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with the new site, the old one and the place aside.
    fn sites() -> (tempfile::TempDir, [PathBuf; 3]) {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = ["new", "site", "old"].map(|name| folder.path().join(name));
        for name in ["new", "site"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
            fs::File::create_new(folder.path().join(name).join(name)).expect("a file");
        }
        (folder, paths)
    }

    #[test]
    fn without_an_exchange_the_old_site_is_moved_aside() {
        let (_folder, [new, site, old]) = sites();
        replace(&new, &site, &old).expect("a new site");
        assert!(site.join("new").exists() && old.join("site").exists() && !new.exists());
    }

    #[test]
    fn without_an_exchange_the_old_site_goes_back_if_the_new_one_is_refused() {
        let (_folder, [new, site, old]) = sites();
        fs::remove_dir_all(&new).expect("a folder");
        replace(&new, &site, &old).expect_err("no new site");
        assert!(site.join("site").exists() && !old.exists());
    }

    #[test]
    fn a_site_that_was_left_aside_is_put_back_unless_another_is_there() {
        let (_folder, [_, site, old]) = sites();
        fs::rename(&site, &old).expect("what a build that is cut off leaves");
        recover(&site, &old).expect("the site again");
        assert!(site.join("site").exists() && !old.exists());

        fs::create_dir(&old).expect("a folder");
        recover(&site, &old).expect("nothing to do");
        assert!(site.join("site").exists() && old.exists());
    }
}
