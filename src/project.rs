//! Which handbook, and how: found once from the working folder and the flags; nothing after it looks at flags.

use std::fs;
use std::path::{Path, PathBuf};

use crate::disk::SETTINGS;
use crate::error::Error;

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
    Err(Error::Use(match misnamed_settings(&root) {
        Some(name) => rename(&root, &name),
        None => format!("{} has no ethos.toml, so it isn't a handbook", root.display()),
    }))
}

fn nearest(from: &Path) -> Result<PathBuf, Error> {
    let from = from.canonicalize().map_err(Error::disk("find the folder", from))?;
    let found = from.ancestors().find(|folder| folder.join(SETTINGS).is_file());
    let misnamed = || from.ancestors().find_map(|folder| Some(rename(folder, &misnamed_settings(folder)?)));
    found.map(Path::to_path_buf).ok_or_else(|| {
        Error::Use(misnamed().unwrap_or_else(|| format!(
            "neither {} nor any folder above it has an ethos.toml; go to a handbook's folder, or name it with --root",
            from.display()
        )))
    })
}

/// A file in a folder that was probably meant as the settings: "Ethos.toml", or "ethos.toml.txt", whose end Windows hides.
fn misnamed_settings(folder: &Path) -> Option<String> {
    let names = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_meant = |name: &String| {
        let name = name.to_lowercase();
        name == SETTINGS || (name.starts_with(SETTINGS) && name.ends_with(".txt"))
    };
    names.filter(is_meant).min()
}

fn rename(folder: &Path, name: &str) -> String {
    format!(
        "{} has no ethos.toml, but a file {name}: rename that to ethos.toml (Windows hides the last part of names; in the Explorer, \
         choose View, Show, File name extensions)",
        folder.display()
    )
}
