//! The catalogue of author mistakes: each page of `tests/errors` explains one, shows it, and is held to what it shows.
//!
//! `ETHOS_UPDATE=1 cargo test --test suite errors` writes the expected blocks anew. README.md beside this file lists the kinds of blocks.

use std::collections::BTreeSet;

use ethos::finding::codes;

use crate::catalogue::{self, Page};
use crate::support::Handbook;

fn pages() -> Vec<Page> {
    catalogue::read_pages("tests/errors")
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes: BTreeSet<String> = codes::ALL.iter().map(|code| code.name.to_owned()).collect();
    let pages: BTreeSet<String> = pages().into_iter().map(|page| page.code).collect();
    let missing: Vec<_> = codes.difference(&pages).collect();
    let idle: Vec<_> = pages.difference(&codes).collect();
    assert!(missing.is_empty(), "make a page tests/errors/<code>.md for {missing:?}");
    assert!(idle.is_empty(), "no code has the name of these pages of tests/errors: {idle:?}");
}

#[test]
fn every_page_explains_its_mistake_before_it_shows_it() {
    for page in pages() {
        let name = page.path.display();
        catalogue::explains(&page);
        assert!(!page.cases.is_empty(), "{name} shows the mistake");
        let shows_it = page.cases.iter().any(|case| case.expected.contains(&format!("[{}]", page.code)));
        assert!(shows_it, "{name} has a case that gives its own code");
    }
}

#[test]
fn every_case_is_reported_as_its_page_says() {
    catalogue::hold(&pages(), |_, case| {
        let (handbook, mut outcome) = catalogue::run(case, &["build"]);
        if handbook.has("index.html") == outcome.said.contains("error[") {
            outcome.faults.push("a site is published where there is no error, and only then".to_owned());
        }
        outcome
    });
}

#[test]
fn messages_have_no_words_that_only_programmers_know() {
    catalogue::has_plain_words(&pages());
}

#[test]
fn all_mistakes_of_a_run_come_together_in_the_order_of_files_and_lines() {
    let built = Handbook::new()
        .file("ethos.toml", "title = \"Handbook\"\norganistion = \"Elmford\"\nlanguage = \"english\"\ncolour = 3\n")
        .file("content/index.md", "+++\ntitle = \"Home\"\n+++\n\n# Welcome\n\n[Gifts](gifts.md#limit) and [more](mor.md)\n")
        .file("content/gifts.md", "+++\ntitle = \"Gifts\"\nlast_reviewed = 2026-02-30\n+++\n\n## Limits\n")
        .file("content/more.md", "No front matter.\n")
        .file(
            "frameworks/values.toml",
            "title = \"Values\"\n\n[[values]]\ntitle = \"Kind\"\nindicators = [\"be kind\", \"\"]\n\n[[values]]\ntitle = \"Kind\"\n",
        )
        .build();
    let found: Vec<_> = built.messages.lines().filter(|line| line.contains('[')).map(catalogue::finding).collect();
    let places: Vec<_> = found
        .iter()
        .map(|finding| (finding.path.as_deref().unwrap(), finding.line_column.unwrap().0, finding.code.as_str()))
        .collect();
    let expected = [
        ("content/gifts.md", 3, "invalid-date"),
        ("content/index.md", 5, "heading-one"),
        ("content/index.md", 7, "broken-fragment"),
        ("content/index.md", 7, "broken-link"),
        ("content/more.md", 1, "missing-front-matter"),
        ("ethos.toml", 1, "missing-key"),
        ("ethos.toml", 2, "unknown-key"),
        ("ethos.toml", 3, "invalid-language"),
        ("ethos.toml", 4, "unknown-key"),
        ("frameworks/values.toml", 5, "empty-indicator"),
        ("frameworks/values.toml", 8, "duplicate-id"),
    ];
    assert_eq!(places, expected, "{}", built.messages);
    assert_eq!(built.code, 1);
    assert!(
        built.messages.ends_with("11 errors; nothing was published, and what was published before stays as it was\n")
    );
}
