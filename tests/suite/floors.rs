//! The floors of the program: no import goes up, and none goes round in a circle, between folders or between files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::project;

/// From the ground up. What stands in one line may be told apart, but none of it may name another of the same line.
const FLOORS: &[&[&str]] = &[
    &["error", "text", "words"],
    &["files", "finding"],
    &["drawing", "language", "palette", "toml_source"],
    &["config", "disk"],
    &["content", "project"],
    &["framework"],
    &["handbook"],
    &["theme"],
    &["check", "derive"],
    &["review", "site"],
    &["render"],
    &["publish"],
    &["pipeline"],
    &["serve"],
    &["cli"],
    &["progress"],
    &["commands"],
    &["lib", "main"],
];

/// A module's path: ["framework", "scale"].
type Module = Vec<String>;

/// Which modules each module names, outside of its tests.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let mut texts = BTreeMap::new();
    read(&project().join("src"), &mut Vec::new(), &mut texts);
    let of = |(module, text): (&Module, &String)| {
        let named = named(text, module);
        let named = named
            .iter()
            .filter_map(|path| (1..=path.len()).rev().map(|n| &path[..n]).find(|part| texts.contains_key(*part)));
        (module.clone(), named.filter(|named| named != module).map(<[String]>::to_vec).collect())
    };
    texts.iter().map(of).collect()
}

fn read(folder: &Path, above: &mut Module, texts: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).expect("a folder of the program") {
        let path = entry.expect("a file of the program").path();
        above.push(path.file_stem().expect("a name").to_string_lossy().into_owned());
        if path.is_dir() {
            read(&path, above, texts);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            texts.insert(above.clone(), without_tests(&fs::read_to_string(&path).expect("a file of the program")));
        }
        above.pop();
    }
}

/// A file's lines up to its unit tests, without comments.
fn without_tests(text: &str) -> String {
    let lines =
        text.lines().take_while(|line| !line.starts_with("#[cfg(test)]") && !line.starts_with("#[cfg(all(test"));
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The paths that begin with `crate`, `super` or `self`, from the root; those in braces each by itself.
fn named(text: &str, here: &[String]) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(start) {
            let is_path = text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'));
            if !is_path {
                let rest = &text[at..];
                let is_inside = |c: char| {
                    c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | ':' | '{' | '}' | ',' | '*')
                };
                let path = &rest[..rest.find(|c| !is_inside(c)).unwrap_or(rest.len())];
                expand(path, &mut Vec::new(), here, &mut found);
            }
        }
    }
    found
}

/// Takes a path apart: "a::{b, c::d}" is "a::b" and "a::c::d".
fn expand(path: &str, before: &mut Module, here: &[String], found: &mut BTreeSet<Module>) {
    let path = path.trim();
    if let Some(inside) = path.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    expand(&inside[start..at], &mut before.clone(), here, found);
                    start = at + 1;
                    if c == '}' {
                        return;
                    }
                }
                _ => {}
            }
        }
        return;
    }
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    match name {
        "crate" => before.clear(),
        "self" if before.is_empty() => before.extend_from_slice(here),
        "super" if before.is_empty() => before.extend_from_slice(&here[..here.len() - 1]),
        "super" => drop(before.pop()),
        "" | "self" => {}
        name => before.push(name.to_owned()),
    }
    match rest.strip_prefix("::") {
        Some(rest) => expand(rest, before, here, found),
        None => drop(found.insert(before.clone())),
    }
}

/// A way from a module back to itself, if there is one.
fn circle<'a>(graph: &'a BTreeMap<Module, BTreeSet<Module>>, from: &'a Module) -> Option<Vec<&'a Module>> {
    let mut ways: Vec<Vec<&Module>> = vec![vec![from]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in way.last().and_then(|last| graph.get(*last)).into_iter().flatten() {
            if next == from {
                return Some(way.into_iter().chain([next]).collect());
            }
            if seen.insert(next) {
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}

fn assert_no_circle(graph: &BTreeMap<Module, BTreeSet<Module>>) {
    for module in graph.keys() {
        if let Some(circle) = circle(graph, module) {
            let names: Vec<_> = circle.iter().map(|module| module.join("/")).collect();
            panic!("these name each other in a circle: {}", names.join(" → "));
        }
    }
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    // A module and the files of its own folder are one: a child may name its parent.
    let is_one = |one: &Module, other: &Module| one.starts_with(other) || other.starts_with(one);
    let mut graph = imports();
    graph.retain(|module, _| !matches!(module[0].as_str(), "lib" | "main"));
    for (module, named) in &mut graph {
        named.retain(|other| !is_one(module, other));
    }
    assert!(graph.len() > 200 && graph.values().map(BTreeSet::len).sum::<usize>() > 500, "the imports are read");
    assert_no_circle(&graph);
}

#[test]
fn no_folders_name_each_other_in_a_circle_at_any_depth() {
    let imports = imports();
    let deepest = imports.keys().map(Vec::len).max().unwrap_or_default();
    for depth in 1..=deepest {
        // Folders below the same folder.
        let mut graph: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
        for (module, named) in &imports {
            let siblings = named.iter().filter(|other| {
                module.len() >= depth
                    && other.len() >= depth
                    && module[..depth - 1] == other[..depth - 1]
                    && module[..depth] != other[..depth]
            });
            let folders = siblings.map(|other| other[..depth].to_vec());
            graph.entry(module[..depth.min(module.len())].to_vec()).or_default().extend(folders);
        }
        assert_no_circle(&graph);
    }
}

#[test]
fn no_import_goes_up() {
    let floor = |module: &Module| {
        let name = module[0].as_str();
        FLOORS
            .iter()
            .position(|floor| floor.contains(&name))
            .unwrap_or_else(|| panic!("{name} has no floor: give it one"))
    };
    let mut up = Vec::new();
    for (module, named) in imports() {
        for other in named {
            let is_below = floor(&other) < floor(&module) || other[0] == module[0];
            if !is_below {
                up.push(format!("{} → {}", module.join("/"), other.join("/")));
            }
        }
    }
    assert!(up.is_empty(), "these imports go up, or across a floor:\n{}", up.join("\n"));
}

#[test]
fn paths_are_read_as_the_compiler_does() {
    let here = ["render".to_owned(), "frame".to_owned()];
    let read = |text: &str| named(text, &here).iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(read("use crate::a::{self, b::{C, d}, e};"), ["a", "a::b::C", "a::b::d", "a::e"]);
    assert_eq!(read("use super::menu::Menu;"), ["render::menu::Menu"]);
    assert_eq!(read("use super::super::{menu};\nself::x()"), ["menu", "render::frame::x"]);
    assert_eq!(read("let a = crate::words::slug(x)"), ["words::slug"]);
}
