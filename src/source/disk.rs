//! The folders of a handbook as they were last read, path by path: a change costs what changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::read::{self, FOLDERS, Found, SETTINGS, Seen, Stamp};
use super::{Asset, FileId, SourceFile, Sources};
use crate::diagnostic::Diagnostic;

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
    finding: Option<Diagnostic>,
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
        let mut seen = Vec::new();
        for top in std::iter::once(SETTINGS).chain(FOLDERS) {
            read::walk(&self.root, top, &mut seen);
        }
        let old = std::mem::take(&mut self.entries);
        self.take(seen, old, true)
    }

    /// Reads again what stands at some paths and below them, relative to the project's root.
    pub fn reread<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> Vec<Changed> {
        let mut seen = Vec::new();
        let mut old = BTreeMap::new();
        for path in paths {
            read::walk(&self.root, path, &mut seen);
            let below = format!("{path}/");
            let inside = self.entries.range(below.clone()..).take_while(|(own, _)| own.starts_with(&below));
            let gone: Vec<String> = inside.map(|(own, _)| own.clone()).chain([path.to_owned()]).collect();
            old.extend(gone.into_iter().filter_map(|own| self.entries.remove_entry(&own)));
        }
        self.take(seen, old, false)
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
            diagnostics.extend(entry.finding.clone());
        }
        Sources::of_sorted(files, assets)
    }

    /// Puts what was seen in the place of what was there before; with `trusting`, a file that looks the same isn't read again.
    fn take(&mut self, seen: Vec<(String, Seen)>, mut old: BTreeMap<String, Entry>, trusting: bool) -> Vec<Changed> {
        let looks_same = |path: &str, disk: &Path| {
            let known = old.get(path).filter(|_| trusting)?;
            let metadata = std::fs::metadata(disk).ok()?;
            (Stamp::of(&metadata) == known.stamp).then_some(())
        };
        let read_one = |(path, seen): (String, Seen)| match seen {
            Seen::Fault(finding) => (path, Some((None, Stamp::default(), Found::Fault(finding)))),
            Seen::File(disk) if looks_same(&path, &disk).is_some() => (path, None),
            Seen::File(disk) => {
                let (stamp, found) = read::read(&path, &disk);
                (path, Some((Some(disk), stamp, found)))
            }
        };
        let read: Vec<_> = seen.into_par_iter().map(read_one).collect();
        let mut changed = Vec::new();
        for (path, news) in read {
            let before = old.remove(&path);
            let (entry, change) = match (news, before) {
                (None, Some(before)) => (before, None),
                (None, None) => continue,
                (Some((disk, stamp, found)), before) => self.entry(&path, disk, stamp, found, before),
            };
            changed.extend(change.map(|change| Changed { path: path.clone(), change }));
            self.entries.insert(path, entry);
        }
        changed.extend(old.into_keys().map(|path| Changed { path, change: Change::Gone }));
        changed.sort();
        changed
    }

    fn entry(
        &mut self,
        path: &str,
        disk: Option<PathBuf>,
        stamp: Stamp,
        found: Found,
        before: Option<Entry>,
    ) -> (Entry, Option<Change>) {
        let asset = |before: Option<&Entry>| match before.map(|before| &before.kind) {
            Some(Kind::Asset(asset)) => Kind::Asset(asset.clone()),
            _ => Kind::Asset(Arc::new(Asset { path: path.to_owned(), disk: disk.clone().unwrap_or_default() })),
        };
        let (kind, finding) = match found {
            Found::Text(text) => {
                let known = before.as_ref().and_then(|before| match &before.kind {
                    Kind::Text(file) => Some(file),
                    _ => None,
                });
                match known {
                    Some(file) if file.text == text => {
                        let kind = Kind::Text(file.clone());
                        return (Entry { stamp, kind, finding: None }, None);
                    }
                    _ => {}
                }
                let id = known.map_or_else(|| self.new_id(), |file| file.id);
                let change = if text.is_empty() { Change::Emptied } else { Change::Written };
                let kind = Kind::Text(Arc::new(SourceFile::new(id, path, text)));
                return (Entry { stamp, kind, finding: None }, Some(change));
            }
            Found::Asset => (asset(before.as_ref()), None),
            Found::Doubtful(finding) => (asset(before.as_ref()), Some(finding)),
            Found::Fault(finding) => (Kind::Unusable, Some(finding)),
        };
        let entry = Entry { stamp, kind, finding };
        // What can't be used has no text to compare: it is the same as long as the same is to say of it.
        let is_same = before.is_some_and(|before| {
            let is_unusable = matches!((&before.kind, &entry.kind), (Kind::Unusable, Kind::Unusable));
            before.finding == entry.finding && (is_unusable || before.stamp == entry.stamp)
        });
        (entry, (!is_same).then_some(Change::Written))
    }

    fn new_id(&mut self) -> FileId {
        self.next += 1;
        FileId(self.next - 1)
    }
}
