//! The sources of a handbook, by all that an author may have written instead.

use rustc_hash::FxHashMap;

use crate::finding::Names;
use crate::handbook::Handbook;
use crate::text::name;

/// Every source that a link can lead to.
pub(super) struct Paths<'a> {
    handbook: &'a Handbook,
    /// By path in small letters: the first.
    by_letters: FxHashMap<String, &'a str>,
    /// Markdown by its path in small letters and without its ending: the first.
    by_stem: FxHashMap<String, &'a str>,
    /// By the last part of the path; none where several have it.
    by_name: FxHashMap<&'a str, Option<&'a str>>,
    /// The names in each folder.
    beside: FxHashMap<&'a str, Names>,
    /// The sections in each folder.
    sections: FxHashMap<&'a str, Names>,
}

impl<'a> Paths<'a> {
    pub(super) fn of(handbook: &'a Handbook) -> Self {
        let mut paths: Vec<&str> = handbook.subjects.keys().map(|path| &**path).collect();
        paths.sort_unstable();
        let mut by_letters = FxHashMap::default();
        let mut by_stem = FxHashMap::default();
        let mut by_name = FxHashMap::default();
        let mut beside: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        let mut sections: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for path in paths {
            by_letters.entry(path.to_ascii_lowercase()).or_insert(path);
            if let Some(stem) = name::markdown_stem(path) {
                by_stem.entry(stem.to_ascii_lowercase()).or_insert(path);
            }
            // Every other section has a page of the same name, so that nobody means it by that alone.
            if name::section_folder(path).is_none() {
                by_name.entry(name_of(path)).and_modify(|only| *only = None).or_insert(Some(path));
            }
            if let Some((folder, name)) = path.rsplit_once('/') {
                beside.entry(folder).or_default().push(name);
            }
            if let Some((around, section)) = name::section_folder(path).and_then(|folder| folder.rsplit_once('/')) {
                sections.entry(around).or_default().push(section);
            }
        }
        let named = |all: FxHashMap<&'a str, Vec<&'a str>>| {
            all.into_iter().map(|(folder, names)| (folder, Names::of(names))).collect()
        };
        Self { handbook, by_letters, by_stem, by_name, beside: named(beside), sections: named(sections) }
    }

    /// The source that was probably meant.
    pub(super) fn guess(&self, wanted: &str) -> Option<&'a str> {
        let wanted = wanted.trim_end_matches('/');
        let stem = wanted.strip_suffix(".html").or_else(|| name::markdown_stem(wanted)).unwrap_or(wanted);
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        let inside = stem.strip_prefix("content/").unwrap_or(stem);
        let candidates = [
            format!("{stem}.md"),
            format!("{stem}/index.md"),
            format!("{stem}.toml"),
            format!("content/{inside}.md"),
            format!("content/{inside}/index.md"),
            format!("frameworks/{inside}.toml"),
        ];
        let (folder, name) = wanted.rsplit_once('/').unwrap_or(("", wanted));
        // "pay.md" for "pay.markdown", and "Leave.md" for "leave.MD".
        let same_stem = || self.by_stem.get(&stem.to_ascii_lowercase()).copied();
        let same_letters = || self.by_letters.get(&wanted.to_ascii_lowercase()).copied();
        let same_name = || self.by_name.get(name).copied().flatten();
        let near_name = || {
            let near = self.beside.get(folder)?.nearest(name)?;
            self.known(&format!("{folder}/{near}"))
        };
        let near_section = || {
            let near = self.sections.get(folder)?.nearest(name_of(stem))?;
            self.by_stem.get(&format!("{folder}/{near}/index").to_ascii_lowercase()).copied()
        };
        let exact = candidates.iter().find_map(|candidate| self.known(candidate));
        exact.or_else(same_stem).or_else(same_letters).or_else(same_name).or_else(near_name).or_else(near_section)
    }

    fn known(&self, path: &str) -> Option<&'a str> {
        self.handbook.subjects.get_key_value(path).map(|(path, _)| &**path)
    }
}

/// The last part of a path.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
