//! Keeping two builds apart.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::files;

/// Keeps two builds from publishing into one folder. The operating system lets go of it when the program ends, however it ends.
pub struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock at a path, for a build that publishes to `output`. The file there is neither written nor emptied.
    ///
    /// # Errors
    /// Where another build has it, something that isn't a file is there, or the disk refuses.
    pub fn take(path: &Path, output: &Path) -> Result<Self, Error> {
        let refused = |error: io::Error| match error.kind() {
            _ if files::is_special(&error) => files::in_the_way(path),
            io::ErrorKind::PermissionDenied => Error::Use(format!(
                "{} is another account's: its build is at work, or was cut off\nNothing was changed. If none is at work, delete that file, \
                 then build again",
                path.display()
            )),
            _ => Error::disk("write", path)(error),
        };
        loop {
            let (file, _) = files::open_or_create(path).map_err(refused)?;
            match file.try_lock() {
                Ok(()) if files::is_at(&file, path) => return Ok(Self { path: path.to_path_buf(), file }),
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

impl Drop for Lock {
    fn drop(&mut self) {
        // Ethos writes nothing into it, so one with something in it is somebody's. An empty file that stays behind does no harm.
        if self.file.metadata().is_ok_and(|file| file.len() == 0) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
