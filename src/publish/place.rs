//! Where a site may be published: never over what isn't Ethos's.

use std::path::{Path, PathBuf};

use super::Kind;
use super::manifest::{self, Manifest};
use crate::error::Error;

/// The folder's real place: its own name, in the real folder around it; where it is itself a link, what that leads to.
///
/// # Errors
/// If the disk refuses.
pub fn absolute(output: &Path) -> Result<PathBuf, Error> {
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
///
/// # Errors
/// What to say of such a folder.
pub fn refuse_sources(kind: Kind, root: &Path, output: &Path) -> Result<(), Error> {
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
///
/// # Errors
/// What to say of such a folder.
pub fn refuse_foreign(kind: Kind, output: &Path, published: &Manifest) -> Result<(), Error> {
    const SHOWN: usize = 5;
    if !output.exists() {
        return Ok(());
    }
    if !output.is_dir() {
        return Err(Error::Use(format!("{} is a file, so no {} can be put there", output.display(), kind.name)));
    }
    let mut foreign = manifest::files(output)?;
    foreign.retain(|path| path != manifest::NAME && published.listed(path).is_none());
    if foreign.is_empty() {
        return Ok(());
    }
    foreign.sort();
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
