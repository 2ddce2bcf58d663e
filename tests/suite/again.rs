//! Building again: what hasn't changed stays as it is, and the site is always the one that a first build would make.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{Handbook, ethos, made, tree};

/// A path of pages, which says how long they take, a code of three chapters, a section like any other, a framework and a file.
fn handbook() -> Handbook {
    let block = "```framework\nid = \"values\"\nshow = \"values\"\n```\n";
    let links = "[The map](map.pdf), [a page](part-2/page-2.md#where-it-holds)\n";
    let mut handbook = Handbook::new()
        .file("content/index.md", &format!("+++\ntitle = \"Home\"\n+++\n\nWelcome. {links}\n{block}"))
        .file("content/part-0/index.md", "+++\ntitle = \"First days\"\npath = true\n+++\n")
        .file("content/part-1/index.md", "+++\ntitle = \"The code\"\nnumbered = true\n+++\n")
        .file(
            "frameworks/values.toml",
            "title = \"Values\"\n\n[[values]]\ntitle = \"Kind\"\nstatement = \"We listen.\"\n",
        )
        .bytes("content/map.pdf", b"%PDF-1 a map");
    for number in 0..PAGES {
        handbook = handbook.file(&path(number), &page(number, "Text."));
    }
    handbook
}

const PAGES: usize = 9;

fn path(number: usize) -> String {
    format!("content/part-{}/page-{number}.md", number % 3)
}

fn page(number: usize, text: &str) -> String {
    format!("+++\ntitle = \"Page {number}\"\n+++\n\n{text}\n\n## Where it holds\n\nHere.\n")
}

/// What a first build makes of the same files, in a folder of its own.
fn cold(handbook: &Handbook) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("cold");
    let status =
        ethos().args(["build", "--quiet", "--output"]).arg(&output).arg("--root").arg(handbook.root()).status();
    assert!(status.expect("the program runs").success());
    tree(&output)
}

#[track_caller]
fn assert_as_if_first(handbook: &Handbook) {
    let (warm, cold) = (made(&handbook.root().join("public")), cold(handbook));
    let differing: Vec<_> = cold.keys().chain(warm.keys()).filter(|path| cold.get(*path) != warm.get(*path)).collect();
    assert_eq!(differing, Vec::<&String>::new());
}

/// When each file of the site was written.
fn times(handbook: &Handbook) -> BTreeMap<String, std::time::SystemTime> {
    let public = handbook.root().join("public");
    let time = |path: &String| fs::metadata(public.join(path)).and_then(|file| file.modified()).expect("a time");
    tree(&public).into_keys().map(|path| (path.clone(), time(&path))).collect()
}

#[test]
fn with_nothing_changed_nothing_is_written() {
    let handbook = handbook().clean();
    let before = times(&handbook);
    let again = handbook.build();
    assert_eq!(again.code, 0);
    assert!(again.messages.starts_with("Nothing has changed: "), "{}", again.messages);
    assert!(again.messages.contains("index.html in a browser"), "{}", again.messages);
    assert_eq!(times(&handbook), before, "not even the manifest");
    assert_as_if_first(&handbook);
}

#[test]
fn with_one_page_changed_the_others_stay() {
    let handbook = handbook().clean();
    let before = times(&handbook);
    let handbook = handbook.file("content/part-2/page-2.md", &page(2, "Another text.")).clean();
    let after = times(&handbook);
    assert!(after["part-2/page-2.html"] > before["part-2/page-2.html"]);
    for path in ["part-2/page-5.html", "part-1/page-1.html", "values/kind.html", "map.pdf", "a-z.html"] {
        assert_eq!(after[path], before[path], "{path}");
    }
    assert!(handbook.read("part-2/page-2.html").contains("Another text."));
    assert_as_if_first(&handbook);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "does what a hand at the site would")]
fn what_somebody_did_to_the_site_is_mended() {
    let handbook = handbook().clean();
    let public = handbook.root().join("public");
    let text = handbook.read("part-2/page-2.html").replace("Text.", "Fake.");
    fs::write(public.join("part-2/page-2.html"), &text).expect("a change of the same length");
    let built = handbook.build_with(&["--quiet"]);
    assert_eq!(built.code, 0, "{}", built.messages);
    assert_as_if_first(&handbook);
    // Nobody's work is lost without a word.
    let kept = handbook.root().join("public.set-aside");
    assert!(
        built.messages.starts_with("warning: ") && built.messages.contains("part-2/page-2.html"),
        "{}",
        built.messages
    );
    assert!(built.messages.contains(kept.to_str().expect("UTF-8")), "{}", built.messages);
    assert_eq!(fs::read_to_string(kept.join("part-2/page-2.html")).expect("the changed page"), text);
    fs::remove_file(public.join("values/kind.html")).expect("a removal");
    let handbook = handbook.clean();
    assert_as_if_first(&handbook);
    fs::write(public.join("new.html"), "new").expect("a file");
    let built = handbook.build();
    assert_eq!(built.code, 2, "a file that isn't Ethos's: {}", built.messages);
}

#[test]
fn what_was_said_is_said_again() {
    let handbook = handbook().file("content/rule.md", "+++\ntitle = \"Rule\"\n+++\n\n<script>x()</script>\n\nText.\n");
    let first = handbook.build();
    assert!(first.messages.contains("removed-html"), "{}", first.messages);
    let again = handbook.build();
    assert!(again.messages.contains("removed-html"), "{}", again.messages);
    assert_as_if_first(&handbook);
}

#[test]
fn programs_read_that_nothing_was_found() {
    let handbook = handbook();
    let [first, again] = [(); 2].map(|()| handbook.build_with(&["--message-format", "sarif"]));
    assert!(first.stdout.contains("\"results\": []") || first.stdout.contains("\"results\":[]"), "{}", first.stdout);
    assert_eq!((again.code, again.stdout), (0, first.stdout));
    assert_eq!(again.messages, "");
}

#[test]
fn what_others_show_of_a_page_changes_with_it() {
    let handbook = handbook().clean();
    let minutes = handbook.read("part-0/index.html");
    let long = page(3, &"Take your time. ".repeat(400)) + "\n## A new heading\n";
    let handbook = handbook.file(&path(3), &long).file(&path(4), &page(4, "## Gifts\n\n1. None.")).clean();
    assert_ne!(handbook.read("part-0/index.html"), minutes);
    assert!(handbook.read("a-z.html").contains("A new heading"));
    assert!(handbook.read("part-1/index.html").contains("Gifts"));
    assert_as_if_first(&handbook);
}

#[test]
fn a_flag_is_a_change() {
    let draft = "+++\ntitle = \"Plan\"\ndraft = true\n+++\n\nNot yet.\n";
    let handbook = handbook().file("content/plan.md", draft).clean();
    assert!(!handbook.has("plan.html"));
    assert_eq!(handbook.build_with(&["--drafts"]).code, 0);
    assert!(handbook.has("plan.html"));
    let handbook = handbook.clean();
    assert!(!handbook.has("plan.html"));
}

/// Something that happens between two builds.
#[derive(Debug, Clone)]
enum Edit {
    Text(usize, usize),
    Title(usize),
    Removed(usize),
    Asset(u8),
    Framework(u8),
    Site(usize),
    Nothing,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0..PAGES, 0..TEXTS.len()).prop_map(|(number, text)| Edit::Text(number, text)),
        (0..PAGES).prop_map(Edit::Title),
        (0..PAGES).prop_map(Edit::Removed),
        any::<u8>().prop_map(Edit::Asset),
        any::<u8>().prop_map(Edit::Framework),
        any::<usize>().prop_map(Edit::Site),
        Just(Edit::Nothing),
    ]
}

/// Texts with other headings, clauses, notes and lengths.
const TEXTS: [&str; 5] = [
    "Another text.",
    "## A heading\n\nText.",
    "## A heading {#own}\n\n### And one below\n\n1. A clause.\n2. A second.",
    "1. A clause.\n\n   a. Within it.\n\nA note.[^1]\n\n[^1]: Said.",
    "<b id=\"marked\">Raw</b> words. [The map](/map.pdf)",
];

#[expect(clippy::disallowed_methods, reason = "does what a hand at the site would")]
fn done(handbook: Handbook, edit: &Edit, turn: usize) -> Handbook {
    match edit {
        Edit::Text(number, text) => {
            let text = format!("{}\n\n{}", TEXTS[*text], "Said for the first time. ".repeat(40 * turn));
            handbook.file(&path(*number), &page(*number, &text))
        }
        Edit::Title(number) => handbook.file(&path(*number), &page(*number + 10 * turn, "Text.")),
        // A link on the first page leads there.
        Edit::Removed(2) => handbook,
        Edit::Removed(number) if handbook.root().join(path(*number)).exists() => handbook.without(&path(*number)),
        Edit::Asset(byte) => handbook.bytes("content/map.pdf", &[b'%', *byte]),
        Edit::Framework(byte) => handbook.file(
            "frameworks/values.toml",
            &format!("title = \"Values\"\n\n[[values]]\ntitle = \"Kind {byte}\"\nstatement = \"We listen.\"\n"),
        ),
        Edit::Site(any) => {
            let public = handbook.root().join("public");
            let files: Vec<_> = tree(&public).into_keys().filter(|path| path.ends_with(".html")).collect();
            let file = public.join(Path::new(&files[any % files.len()]));
            let mut text = fs::read(&file).expect("a page");
            text.reverse();
            fs::write(&file, text).expect("a change of the same length");
            handbook
        }
        Edit::Removed(_) | Edit::Nothing => handbook,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn however_a_site_came_to_be_it_is_what_a_first_build_makes(edits in prop::collection::vec(edit(), 1..5)) {
        let mut handbook = handbook().clean();
        for (turn, edit) in edits.iter().enumerate() {
            handbook = done(handbook, edit, turn + 1);
            let built = handbook.build_with(&["--quiet"]);
            let is_edited = matches!(edit, Edit::Site(_));
            assert_eq!((built.code, built.messages.is_empty()), (0, !is_edited), "{}", built.messages);
            assert_as_if_first(&handbook);
        }
    }
}
