//! Keeping two builds apart.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Keeps two builds from publishing into one folder. The operating system lets go of it when the program ends, however it ends.
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock at a path, for a build that publishes to `output`.
    ///
    /// # Errors
    /// Where another build has it, or the disk refuses.
    pub fn take(path: &Path, output: &Path) -> Result<Self, Error> {
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
