//! The rules of `ethos check`: each has a page in `tests/checks` with what it finds and what it lets pass.
//!
//! `ETHOS_UPDATE=1 cargo test --test suite checks` writes the expected blocks anew.

use std::collections::BTreeSet;

use ethos::check::{Look, rules};

use crate::catalogue::{self, Page};
use crate::support::{Handbook, ethos, project};

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

/// A framework whose Markdown value has a list under “I will”.
fn with_list(list: &str) -> Handbook {
    let scale = "[[scales]]\nid = \"stance\"\nkind = \"stance\"\ntitle = \"Stance\"\npoints = [{ id = \"will\", title = \"I will\" }]\n";
    Handbook::new()
        .file("frameworks/values.toml", &format!("title = \"Values\"\n\n{scale}"))
        .file("frameworks/values/kind.md", &format!("+++\ntitle = \"Kind\"\n+++\n\n## I will\n\n{list}\n"))
}

fn found(handbook: &Handbook, rule: &str) -> usize {
    let flags = ["check", "--today", TODAY, "--message-format", "short", "--only"];
    let checked = handbook.run(&[&flags[..], &[rule, "--only", "unused-silence"]].concat());
    assert!(!checked.messages.contains("[unused-silence]"), "{}", checked.messages);
    checked.messages.matches(&format!("[{rule}]")).count()
}

#[test]
fn a_remark_silences_the_list_below_it_or_the_item_it_is_in() {
    let remark = "<!-- ethos: allow lead-in-mismatch because it is a quotation -->";
    let above = with_list(&format!("What it means.\n\n{remark}\n\n- listens\n- to ask\n"));
    assert_eq!(found(&above, "lead-in-mismatch"), 0);
    above.build();
    let page = above.read("values/kind.html");
    assert!(page.contains("What it means.") && !page.contains("ethos:"), "the remark isn't part of the definition");
    let other = "<!-- ethos: allow near-repeat because it is one -->";
    let two = with_list(&format!("{remark}\n{other}\n- listens to all people\n- listens to all the people\n"));
    assert_eq!(found(&two, "near-repeat") + found(&two, "lead-in-mismatch"), 0);
    let inside = [format!("- listens {remark}\n- to ask\n"), format!("- listens\n  {remark}\n- to ask\n")];
    assert!(inside.iter().all(|list| found(&with_list(list), "lead-in-mismatch") == 1), "the other item is found");
}

#[test]
fn a_framework_in_toml_is_silenced_as_far_as_its_table_goes() {
    let allow = "allow = { repeated-indicator = \"on purpose\" }\n";
    let remark = "<!-- ethos: allow repeated-indicator because it matters -->";
    let found_in = |top: &str, value: &str, one: &str| {
        let values = format!("[[values]]\ntitle = \"Kind\"\n{value}indicators = [\"be kind\", {one}]\n");
        let rest = "\n[[values]]\ntitle = \"Fair\"\nindicators = [\"be kind\"]\n";
        let text = format!("title = \"Values\"\n{top}\n{values}{rest}");
        found(&Handbook::new().file("frameworks/values.toml", &text), "repeated-indicator")
    };
    let again = "\"be kind\"";
    assert_eq!(found_in("", "", again), 2);
    assert_eq!(found_in(allow, "", again), 0);
    assert_eq!(found_in("", allow, again), 1);
    assert_eq!(found_in("", "", "{ text = \"be kind\", allow = { repeated-indicator = \"on purpose\" } }"), 1);
    assert_eq!(found_in("", "", &format!("\"be kind {remark}\"")), 1);
}
