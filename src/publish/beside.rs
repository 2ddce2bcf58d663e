//! What stands beside a folder while a site is published into it, and what is left there of a build that was cut off.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::{SITE, clear};
use crate::error::Error;
use crate::files;

/// What stands beside the folder that is published, while a build is at work.
pub struct Beside {
    /// The new site: `.public.ethos-new` beside `public`.
    pub staged: PathBuf,
    /// The old one, while it is taken away: `.public.ethos-old`.
    pub old: PathBuf,
    /// `.public.ethos-lock`.
    pub lock: PathBuf,
}

impl Beside {
    /// None for the top of a disk.
    pub fn of(output: &Path) -> Option<Self> {
        let name = output.file_name()?.to_string_lossy();
        let named = |ending| output.with_file_name(format!(".{name}.ethos-{ending}"));
        Some(Self { staged: named("new"), old: named("old"), lock: named("lock") })
    }

    /// Whether no build is at work, nor was cut off.
    pub fn is_empty(&self) -> bool {
        [&self.staged, &self.old, &self.lock].iter().all(|path| fs::symlink_metadata(path).is_err())
    }

    /// Removes what a build left that was cut off.
    ///
    /// # Errors
    /// If something else is there, the disk refuses, or there was something that isn't Ethos's: then it was moved, and the next build
    /// may begin.
    pub fn clear_leftovers(&self, output: &Path) -> Result<(), Error> {
        for folder in [&self.staged, &self.old] {
            match fs::symlink_metadata(folder) {
                Ok(there) if there.is_dir() => {}
                Ok(_) => return Err(files::in_the_way(folder)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(Error::disk("remove", folder)(error)),
            }
            match Manifest::read(folder).ok().flatten() {
                // Cut off before all was written: the list comes last.
                None if folder == &self.staged => remove_unfinished(folder)?,
                manifest => {
                    let manifest = manifest.unwrap_or_else(|| Manifest::empty(SITE));
                    let warnings = clear::clear(folder, &manifest, output).warnings(output);
                    if !warnings.is_empty() {
                        return Err(Error::Use(format!("{}\nThen build again", warnings.join("\n"))));
                    }
                }
            }
        }
        Ok(())
    }
}

fn remove_unfinished(folder: &Path) -> Result<(), Error> {
    fs::remove_dir_all(folder).map_err(|error| {
        Error::Use(format!(
            "{} is left from a build that was cut off, and can't be removed: {error}\nWhat is published stays as it was. Delete that \
             folder, then build again",
            folder.display()
        ))
    })
}
