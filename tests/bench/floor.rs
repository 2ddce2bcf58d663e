//! The least that any generator can do: `floor HANDBOOK LIST OUTPUT` reads every file of the handbook, then writes files of the
//! sizes and paths that LIST names, one `SIZE PATH` a line. It does so with as many threads as there are processors.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, io, thread};

fn main() -> io::Result<()> {
    let [handbook, list, output] = [1, 2, 3].map(|at| PathBuf::from(env::args_os().nth(at).expect("three arguments")));
    let mut sources = Vec::new();
    find(&handbook, &mut sources)?;
    let list = fs::read_to_string(list)?;
    let wanted: Vec<(usize, PathBuf)> = list
        .lines()
        .map(|line| {
            let (size, path) = line.split_once(' ').expect("a size and a path");
            (size.parse().expect("a size is a number"), output.join(path))
        })
        .collect();
    let folders: BTreeSet<&Path> = wanted.iter().filter_map(|(_, path)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder)?;
    }
    let longest = wanted.iter().map(|(size, _)| *size).max().unwrap_or_default();
    let text = vec![b'x'; longest];
    for_each(&sources, |source| fs::read(source).map(drop));
    for_each(&wanted, |(size, path)| fs::write(path, &text[..*size]));
    Ok(())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            find(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn for_each<T: Sync>(items: &[T], work: impl Fn(&T) -> io::Result<()> + Sync) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(item).expect("a file that can be read or written");
                }
            });
        }
    });
}
