//! The rules of `ethos check`: each has a page in `tests/checks` with what it finds and what it lets pass.
//!
//! `ETHOS_UPDATE=1 cargo test --test suite checks` writes the expected blocks anew.

use std::collections::BTreeSet;

use ethos::check::{Look, rules};

use crate::catalogue::{self, Page};
use crate::support::{ethos, project};

/// The day on which all cases are judged.
const TODAY: &str = "2026-11-22";

fn pages() -> Vec<Page> {
    catalogue::read_pages("tests/checks")
}

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    // What only a flag asks for is tested with that flag.
    let rules: BTreeSet<String> =
        rules().filter(|rule| !matches!(rule.look, Look::Asked)).map(|rule| rule.code.name.to_owned()).collect();
    let pages: BTreeSet<String> = pages().into_iter().map(|page| page.code).collect();
    let missing: Vec<_> = rules.difference(&pages).collect();
    let idle: Vec<_> = pages.difference(&rules).collect();
    assert!(missing.is_empty(), "make a page tests/checks/<rule>.md for {missing:?}");
    assert!(idle.is_empty(), "no rule has the name of these pages of tests/checks: {idle:?}");
}

#[test]
fn every_page_has_three_that_are_found_and_three_that_pass() {
    for page in pages() {
        let name = page.path.display();
        catalogue::explains(&page);
        let found: usize =
            page.cases.iter().map(|case| case.expected.matches(&format!("[{}]", page.code)).count()).sum();
        let passed = page.cases.iter().filter(|case| case.expected.is_empty()).count();
        assert!(found >= 3, "{name} shows {found} findings of its rule, and should show three");
        assert!(passed >= 3, "{name} has {passed} cases that pass, and should have three");
    }
}

#[test]
fn every_case_is_found_as_its_page_says() {
    catalogue::hold(&pages(), |page, case| {
        let (handbook, mut outcome) = catalogue::run(case, &["check", "--today", TODAY, "--only", &page.code]);
        if handbook.has("index.html") {
            outcome.faults.push("a check writes into the site".to_owned());
        }
        outcome
    });
}

#[test]
fn messages_have_no_words_that_only_programmers_know() {
    catalogue::has_plain_words(&pages());
}

#[test]
fn the_example_handbook_has_no_finding_at_all() {
    let flags = ["check", "--today", TODAY, "--message-format", "short"];
    let checked = ethos().args(flags).arg("--root").arg(project()).output().expect("the program runs");
    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(said.starts_with("Checked ") && said.ends_with("found nothing.\n"), "{said}");
    assert_eq!(checked.status.code(), Some(0));
}
