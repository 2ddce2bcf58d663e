//! Whole handbooks of many shapes, each as a stranger would write it: `tests/fixtures/shapes/<name>`, with what must come of it in
//! `expected/` beside the sources. Every file there is compared with the page of its name, as an outline of what a reader meets; a
//! `<framework>.txt` lists the indicators with their places. Besides, all that [`judge`] asks holds of every one of them.
//!
//! `ETHOS_UPDATE=1 cargo test --test suite shapes` writes `expected/` anew: then read the difference, for nobody else does.

use std::collections::BTreeSet;
use std::fs;

use crate::judge::{Site, judge};
use crate::support::{Handbook, project, tree};

/// Builds a shape, which must be clean, and compares what it gives.
fn shape(name: &str) -> (Handbook, Site) {
    shape_with(name, &[])
}

fn shape_with(name: &str, flags: &[&str]) -> (Handbook, Site) {
    let folder = format!("tests/fixtures/shapes/{name}");
    let handbook = Handbook::copy(&folder);
    let flags: Vec<&str> = ["--message-format", "short", "--quiet"].iter().chain(flags).copied().collect();
    let built = handbook.build_with(&flags);
    assert_eq!((built.code, built.messages.as_str()), (0, ""), "{name} should build clean");
    let site = judge(&built.output);
    compare(&folder, &site);
    (handbook, site)
}

/// Holds a site to the files in `expected/`.
fn compare(folder: &str, site: &Site) {
    let expected = project().join(folder).join("expected");
    let mut different = Vec::new();
    for (path, wanted) in tree(&expected) {
        let stem = path.strip_suffix(".txt").unwrap_or_else(|| panic!("{path} isn't an outline"));
        let got = match site.frameworks.iter().find(|framework| framework.id == stem) {
            Some(framework) => framework.places(),
            None => site.main(&format!("{stem}.html")).outline(),
        };
        if std::env::var_os("ETHOS_UPDATE").is_some() {
            write(&expected.join(&path), &got);
        } else if got.as_bytes() != wanted {
            different
                .push(format!("--- {folder}/expected/{path}\n{}", difference(&String::from_utf8_lossy(&wanted), &got)));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[expect(clippy::disallowed_methods, reason = "what is expected is kept beside the sources")]
fn write(path: &std::path::Path, text: &str) {
    fs::write(path, text).expect("a file");
}

/// The lines that only one of two texts has, after a longest common subsequence of their lines.
fn difference(wanted: &str, got: &str) -> String {
    let (wanted, got): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), got.lines().collect());
    let mut common = vec![vec![0; got.len() + 1]; wanted.len() + 1];
    for (i, line) in wanted.iter().enumerate().rev() {
        for (j, other) in got.iter().enumerate().rev() {
            common[i][j] =
                if line == other { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, String::new());
    while i < wanted.len() || j < got.len() {
        if i < wanted.len() && j < got.len() && wanted[i] == got[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < wanted.len() && (j == got.len() || common[i + 1][j] >= common[i][j + 1]) {
            out.push_str(&format!("{}: -{}\n", i + 1, wanted[i]));
            i += 1;
        } else {
            out.push_str(&format!("{}: +{}\n", i + 1, got[j]));
            j += 1;
        }
    }
    out
}

#[test]
fn clusters_of_competencies_at_levels_that_include_each_other() {
    let (_, site) = shape("clusters");
    let profiles = &site.framework("competencies").profiles;
    let crew: Vec<String> = profiles[1]
        .needs
        .iter()
        .map(|need| format!("{}/{} {}", need.value, need.behaviour.as_deref().unwrap_or_default(), need.point))
        .collect();
    assert_eq!(
        crew,
        [
            "under-pressure/staying-calm level-2",
            "under-pressure/reading-the-ground level-3",
            "in-the-community/staying-calm level-1"
        ]
    );
}

#[test]
fn a_grid_of_grades_with_gaps_and_values_that_use_fewer_scales() {
    shape("grades");
}

#[test]
fn will_and_wont_for_audiences_that_fork_whatever_the_quotation_marks() {
    shape("stances");
}

#[test]
fn paragraphs_and_lists_at_ratings() {
    shape("ratings");
}

#[test]
fn numbers_that_the_author_wrote_stay() {
    shape("authored");
}

#[test]
fn a_number_left_out_is_a_warning_and_moves_nothing() {
    let handbook = Handbook::copy("tests/fixtures/shapes/authored");
    let code = fs::read_to_string(handbook.root().join("content/code.md")).expect("a page");
    let handbook = handbook
        .file("content/code.md", &code.replace("## 3 Withdrawn\n", "").replace("- 2.2 Pay", "- 2.4 Pay"))
        .file("content/index.md", "+++\ntitle = \"Home\"\n+++\n\n[4.1](code.md#4.1-a), [2.4](code.md#2.4-b-ii)\n");
    let built = handbook.build();
    let found: Vec<&str> = built.messages.lines().filter(|line| line.contains("number-")).collect();
    assert_eq!(built.code, 0, "{}", built.messages);
    assert_eq!(found.len(), 3, "{}", built.messages);
    for (line, number) in found.iter().zip(["2.4", "2.3", "4"]) {
        let message = line.split_once("warning[number-out-of-order]: ").map_or("", |(_, message)| message);
        assert!(line.starts_with("content/code.md:") && message.starts_with(&format!("{number} ")), "{line}");
    }
    judge(&built.output);
}

#[test]
fn chapters_letters_and_decimals_are_counted() {
    shape("chapters");
}

#[test]
fn indicators_with_ids_notes_and_examples_in_both_doors() {
    shape("tables");
}

#[test]
fn three_scales_at_once_and_a_lead_in_at_every_place() {
    shape("three-scales");
}

#[test]
fn frameworks_without_scales_and_without_indicators() {
    shape("plain");
}

#[test]
fn a_handbook_in_welsh() {
    let (_, site) = shape("welsh");
    for (path, page) in &site.pages {
        let wanted = if path.ends_with("English.html") { "en" } else { "cy" };
        let lang = page.find(|element| element.name == "html").and_then(|html| html.attribute("lang"));
        // A redirect or a page that Ethos makes itself is in the handbook's language too.
        assert_eq!(lang, Some(wanted), "{path}");
    }
}

#[test]
fn deep_folders_drafts_old_addresses_and_files_beside_pages() {
    let (handbook, site) = shape("deep");
    let files: BTreeSet<String> = tree(&handbook.root().join("public")).into_keys().collect();
    for path in ["staff/forms/2026/leave.pdf", "staff/forms/2026/desk.svg", "values/heart.svg", "values/care/hand.svg"]
    {
        assert!(files.contains(path), "{path} is copied");
    }
    assert!(!files.contains("staff/new/first-week/tuesday.html"), "a draft isn't built");
    for (from, to) in [
        ("home.html", "index.html"),
        ("old/start/index.html", "../../index.html"),
        ("staff/badge.html", "../staff/new/badge.html"),
        ("our-values.html", "values/index.html"),
        ("values/caring.html", "../values/care.html"),
    ] {
        let links: Vec<&str> = site.page(from).named("a").iter().filter_map(|link| link.attribute("href")).collect();
        assert!(links.contains(&to), "{from} leads to {to}: {links:?}");
    }
}

#[test]
fn drafts_are_built_when_asked_for_and_marked() {
    let handbook = Handbook::copy("tests/fixtures/shapes/deep");
    let built = handbook.build_with(&["--drafts", "--quiet"]);
    assert_eq!((built.code, built.messages.as_str()), (0, ""));
    let site = judge(&built.output);
    let is_marked = |path: &str| site.page(path).find(|element| element.has_class("hb-draft")).is_some();
    assert!(is_marked("staff/new/first-week/tuesday.html"));
    assert!(!is_marked("staff/new/first-week/monday.html"));
}
