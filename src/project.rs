//! Which handbook, and how: found once from the working folder and the flags; nothing after it looks at flags.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::source::SETTINGS;

/// A handbook on the disk, and where it is published.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder with ethos.toml.
    pub root: PathBuf,
    /// The folder of the built site.
    pub output: PathBuf,
    /// Whether drafts are built.
    pub drafts: bool,
}

impl Project {
    /// Finds the handbook: the given folder, or the nearest one upwards from `from` that has an ethos.toml.
    ///
    /// # Errors
    /// Where there is none, or the output would overwrite the handbook.
    pub fn find(from: &Path, root: Option<&Path>, output: Option<&Path>, drafts: bool) -> Result<Self, Error> {
        let root = match root {
            Some(root) => given(&from.join(root))?,
            None => nearest(from)?,
        };
        let output = match output {
            Some(output) => from.join(output),
            None => root.join("public"),
        };
        Ok(Self { root, output, drafts })
    }
}

fn given(root: &Path) -> Result<PathBuf, Error> {
    let root = root.canonicalize().map_err(Error::disk("find the folder", root))?;
    if root.join(SETTINGS).is_file() {
        return Ok(root);
    }
    Err(Error::Use(format!("{} has no ethos.toml, so it isn't a handbook", root.display())))
}

fn nearest(from: &Path) -> Result<PathBuf, Error> {
    let from = from.canonicalize().map_err(Error::disk("find the folder", from))?;
    let found = from.ancestors().find(|folder| folder.join(SETTINGS).is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        Error::Use(format!(
            "neither {} nor any folder above it has an ethos.toml; go to a handbook's folder, or name it with --root",
            from.display()
        ))
    })
}
