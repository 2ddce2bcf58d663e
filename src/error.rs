//! Failures of the world (the disk, wrong use), as opposed to mistakes in the handbook, which are [`Diagnostic`](crate::finding::Diagnostic)s.

use std::fmt;
use std::path::{Path, PathBuf};

/// Something outside the handbook's text went wrong. Always says with what, and what to do where that is known.
#[derive(Debug)]
pub enum Error {
    /// The disk refused: what was being done, to which path, and its answer.
    Disk {
        /// A verb phrase: "read", "write to".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's answer.
        source: std::io::Error,
    },
    /// The program was asked for something that it can't or won't do; the text says why and what to do.
    Use(String),
}

impl Error {
    /// For `map_err`: `fs::read(p).map_err(Error::disk("read", p))`.
    pub fn disk(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Disk { action, path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk { action, path, source } => {
                write!(f, "can't {action} {}: {source}", path.display())
            }
            Self::Use(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}
