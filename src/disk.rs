//! The folders of a handbook as they were last read, path by path.
//!
//! In: a project's folders. Out: [`Sources`]. No later stage reads the handbook's texts from the disk. A [`Disk`] keeps what was read,
//! so that after a change only what changed is read again.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

pub mod fetch;
mod misnamed;
mod read;

use crate::files;
use crate::finding::Diagnostic;
use crate::text::{Asset, FileId, SourceFile, Sources};
pub use read::{FOLDERS, SETTINGS};
use read::{Found, Opened, Seen, Stamp};

/// What was read from a handbook's folders, and how its files looked then.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    entries: BTreeMap<String, Entry>,
    /// The id of the next file that wasn't there before.
    next: u32,
}

/// What stands at a path.
#[derive(Debug)]
struct Entry {
    stamp: Stamp,
    kind: Kind,
    /// Boxed, since nearly all have none.
    finding: Option<Box<Diagnostic>>,
}

#[derive(Debug)]
enum Kind {
    Text(Arc<SourceFile>),
    Asset(Arc<Asset>),
    Unusable,
}

/// A path at which something else stands now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// Relative to the project's root, with `/` between folders.
    pub path: String,
    /// What happened to it.
    pub change: Change,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It has come, or something else is in it.
    Written,
    /// Nothing is in it any more.
    Emptied,
    /// It isn't there any more.
    Gone,
}

impl Disk {
    /// Reads `ethos.toml` and the three folders below `root`, in parallel.
    pub fn read(root: &Path) -> Self {
        let mut disk = Self { root: root.to_path_buf(), entries: BTreeMap::new(), next: 0 };
        disk.rescan();
        disk
    }

    /// Reads again whatever looks different from before, wherever it is.
    pub fn rescan(&mut self) -> Vec<Changed> {
        let old = std::mem::take(&mut self.entries);
        let seen = std::iter::once(SETTINGS).chain(FOLDERS).flat_map(|top| read::walk(&self.root, top));
        let news = news(&self.root, seen, &old);
        self.take(news, old)
    }

    /// Reads again what stands at some paths and below them, relative to the project's root.
    pub fn reread<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> Vec<Changed> {
        let paths: Vec<&str> = paths.into_iter().collect();
        let mut old = BTreeMap::new();
        for path in &paths {
            let below = format!("{path}/");
            let inside = self.entries.range(below.clone()..).take_while(|(own, _)| own.starts_with(&below));
            let gone: Vec<String> = inside.map(|(own, _)| own.clone()).chain([(*path).to_owned()]).collect();
            old.extend(gone.into_iter().filter_map(|own| self.entries.remove_entry(&own)));
        }
        let seen = paths.iter().flat_map(|path| read::walk(&self.root, path));
        let news = news(&self.root, seen, &BTreeMap::new());
        self.take(news, old)
    }

    /// Every file, and what is wrong with those that can't be used.
    pub fn sources(&self, diagnostics: &mut Vec<Diagnostic>) -> Sources {
        let mut files = Vec::with_capacity(self.entries.len());
        let mut assets = Vec::new();
        for entry in self.entries.values() {
            match &entry.kind {
                Kind::Text(file) => files.push(file.clone()),
                Kind::Asset(asset) => assets.push(asset.clone()),
                Kind::Unusable => {}
            }
            diagnostics.extend(entry.finding.as_deref().cloned());
        }
        Sources::of_sorted(files, assets)
    }

    /// The XXH3 of every file's contents by its path, sorted; none where some can't be used, or can't be read any more.
    pub fn hashes(&self) -> Option<Vec<(&str, u128)>> {
        let of_one = |(_, entry): (&String, &Entry)| match &entry.kind {
            Kind::Text(file) => Some(xxh3_128(file.text.as_bytes())),
            Kind::Asset(asset) => hash_file(&asset.disk).ok(),
            Kind::Unusable => None,
        };
        let hashes: Option<Vec<u128>> = self.entries.par_iter().map(of_one).collect();
        Some(self.entries.keys().map(String::as_str).zip(hashes?).collect())
    }

    /// Puts what was read in the place of what was there before.
    fn take(&mut self, news: Vec<News>, mut old: BTreeMap<String, Entry>) -> Vec<Changed> {
        let mut entries = Vec::with_capacity(news.len());
        let mut changed = Vec::new();
        for (path, news) in news {
            let before = old.remove(&path);
            let (entry, change) = match (news, before) {
                (None, Some(before)) => (before, None),
                (None, None) => continue,
                (Some((stamp, found)), before) => self.entry(&path, stamp, found, before),
            };
            changed.extend(change.map(|change| Changed { path: path.clone(), change }));
            entries.push((path, entry));
        }
        self.entries.append(&mut entries.into_iter().collect());
        changed.extend(old.into_keys().map(|path| Changed { path, change: Change::Gone }));
        changed.sort();
        changed
    }

    fn entry(&mut self, path: &str, stamp: Stamp, found: Found, before: Option<Entry>) -> (Entry, Option<Change>) {
        let (kind, finding) = match found {
            Found::Text(text) => {
                let known = match before.as_ref().map(|before| &before.kind) {
                    Some(Kind::Text(file)) => Some(file),
                    _ => None,
                };
                if let Some(same) = known.filter(|file| *file.text == text) {
                    return (Entry { stamp, kind: Kind::Text(same.clone()), finding: None }, None);
                }
                let id = known.map_or_else(|| self.new_id(), |file| file.id);
                let change = if text.is_empty() { Change::Emptied } else { Change::Written };
                let kind = Kind::Text(Arc::new(SourceFile::new(id, path, text)));
                return (Entry { stamp, kind, finding: None }, Some(change));
            }
            Found::Asset => (self.asset(path, None), None),
            Found::Plain(plain) => (self.asset(path, Some(plain)), None),
            Found::Doubtful(finding) => (self.asset(path, None), Some(Box::new(finding))),
            Found::Fault(finding) => (Kind::Unusable, Some(Box::new(finding))),
        };
        let entry = Entry { stamp, kind, finding };
        // What can't be used has no text to compare: it is the same as long as the same is to say of it.
        let is_same = before.is_some_and(|before| {
            let is_unusable = matches!((&before.kind, &entry.kind), (Kind::Unusable, Kind::Unusable));
            before.finding == entry.finding && (is_unusable || before.stamp == entry.stamp)
        });
        (entry, (!is_same).then_some(Change::Written))
    }

    fn asset(&self, path: &str, plain: Option<String>) -> Kind {
        Kind::Asset(Arc::new(Asset { path: path.to_owned(), disk: self.root.join(path), plain }))
    }

    fn new_id(&mut self) -> FileId {
        self.next += 1;
        FileId(self.next - 1)
    }
}

/// A path with what was read there; nothing where it looks as it did.
type News = (String, Option<(Stamp, Found)>);

/// Reads what was seen, sorted by path; nothing of files that look as they do in `known`.
fn news(
    root: &Path,
    mut seen: impl Iterator<Item = (String, Seen)> + Send,
    known: &BTreeMap<String, Entry>,
) -> Vec<News> {
    let looks_same = |path: &str, disk: &Path| {
        let known = known.get(path);
        known.is_some_and(|known| fs::metadata(disk).is_ok_and(|metadata| Stamp::of(&metadata) == known.stamp))
    };
    let open_one = |(path, seen): (String, Seen)| {
        let disk = root.join(&path);
        let opened = match seen {
            Seen::Fault(finding) => Some(Opened::Fault(finding)),
            Seen::File if looks_same(&path, &disk) => None,
            Seen::File => Some(read::open(&path, &disk)),
        };
        (path, opened)
    };
    let read_one = |(path, opened): (String, Option<Opened>)| {
        let found = opened.map(|opened| read::read(&path, opened));
        (path, found)
    };
    let read_some = |some: Vec<(String, Seen)>| {
        let opened: Vec<_> = some.into_iter().map(open_one).collect();
        opened.into_iter().map(read_one)
    };
    let each = fetch::at_once();
    let some =
        std::iter::from_fn(|| Some(seen.by_ref().take(each).collect::<Vec<_>>()).filter(|some| !some.is_empty()));
    let mut news: Vec<_> = some.par_bridge().flat_map_iter(read_some).collect();
    news.par_sort_by(|(one, _), (other, _)| one.cmp(other));
    // Whoever names a folder and a file in it means that file once.
    news.dedup_by(|(one, _), (other, _)| one == other);
    news
}

fn hash_file(path: &Path) -> io::Result<u128> {
    let (mut file, _) = files::open(path)?;
    let mut hasher = Xxh3Default::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.digest128()),
            length => hasher.update(&buffer[..length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "tests write handbooks")]
    fn a_file_keeps_its_id_and_changes_once_however_often_it_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("content/a/x.md");
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, "one").expect("a file");
        let mut disk = Disk::read(folder.path());
        let id = |disk: &Disk| disk.sources(&mut Vec::new()).by_path("content/a/x.md").map(|file| file.id);
        let first = id(&disk);
        fs::write(&file, "two").expect("a file");
        let changed = Changed { path: "content/a/x.md".to_owned(), change: Change::Written };
        assert_eq!(disk.reread(["content/a", "content/a/x.md"]), [changed]);
        assert_eq!(id(&disk), first);
        assert_eq!(disk.reread(["content/a"]), []);
        assert_eq!(disk.rescan(), []);
        fs::remove_dir_all(folder.path().join("content/a")).expect("a removal");
        let changed = Changed { path: "content/a/x.md".to_owned(), change: Change::Gone };
        assert_eq!(disk.rescan(), [changed]);
    }

    /// The walk through the folders leaves pipes out; this is one that comes between the walk and the reading.
    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join(SETTINGS);
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
        let mut found = Vec::new();
        Disk::read(folder.path()).sources(&mut found);
        assert_eq!(found.iter().map(|found| found.code.name).collect::<Vec<_>>(), ["unreadable-file"]);
        let (_, found) = read::read("content/page.md", read::open("content/page.md", &pipe));
        assert!(matches!(found, Found::Fault(finding) if finding.code.name == "special-file"));
        hash_file(&pipe).expect_err("no file");
    }
}
