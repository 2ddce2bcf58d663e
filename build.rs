//! Tells the program what it was built from, so that it knows a site that it would make again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3Default;

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in ["Cargo.lock", "Cargo.toml", "src", "themes"] {
        println!("cargo::rerun-if-changed={source}");
        gather(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hasher = Xxh3Default::new();
    for file in files {
        hasher.update(file.to_string_lossy().as_bytes());
        hasher.update(&fs::read(&file)?);
    }
    println!("cargo::rustc-env=ETHOS_SOURCES={:016x}", hasher.digest());
    Ok(())
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.extend(path.exists().then(|| path.to_path_buf()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        gather(&entry?.path(), files)?;
    }
    Ok(())
}
