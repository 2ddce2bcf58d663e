//! `ethos check` as a command: what it says and how it ends, levels, what is allowed, baselines.

use std::fs;

use crate::support::{Built, Handbook, SETTINGS, tree};

/// Two findings of one rule: a warning each.
const VAGUE: &str = "+++\ntitle = \"Gifts\"\nowner = \"Audit\"\nlast_reviewed = 2026-09-01\n+++\n\nTo ask, [click here](index.md).\n\nTo know more, [read more](index.md).\n";

/// A handbook with those findings and no other.
fn vague() -> Handbook {
    with(VAGUE)
}

fn with(page: &str) -> Handbook {
    Handbook::new().file("content/gifts.md", page)
}

/// Looks for links that say nothing; other rules have their own pages.
fn check(handbook: &Handbook, flags: &[&str]) -> Built {
    let own = ["check", "--today", "2026-11-22", "--message-format", "short", "--only", "vague-link,unused-silence"];
    handbook.run(&[&own, flags].concat())
}

/// The lines that are findings, without what is said after them.
fn found(built: &Built) -> Vec<&str> {
    built.messages.lines().filter(|line| line.contains("]: ")).collect()
}

#[test]
fn warnings_are_told_and_counted_by_rule_and_owner() {
    let checked = check(&vague(), &[]);
    assert_eq!((checked.code, found(&checked).len()), (0, 2), "{}", checked.messages);
    let end = "By rule:\n     2  vague-link\n\nBy owner:\n     2  Audit\n\nChecked 3 files: found 2 warnings.\n";
    assert!(checked.messages.ends_with(end), "{}", checked.messages);
}

#[test]
fn strict_makes_warnings_count() {
    assert_eq!(check(&vague(), &["--strict"]).code, 1);
    assert_eq!(check(&with("+++\ntitle = \"Gifts\"\n+++\n\nSay no.\n"), &["--strict"]).code, 0);
}

#[test]
fn nothing_is_written() {
    let handbook = vague();
    let before = tree(handbook.root());
    check(&handbook, &[]);
    assert_eq!(tree(handbook.root()), before);
}

#[test]
fn what_stops_publishing_is_found_too_whatever_is_looked_for() {
    let checked = check(&with("+++\ntitle = \"Gifts\"\n+++\n\n[Gone](gone.md), [click here](index.md)\n"), &[]);
    assert_eq!(checked.code, 1);
    let codes: Vec<_> = found(&checked).iter().map(|line| line.contains("broken-link")).collect();
    assert_eq!(codes, [true, false], "{}", checked.messages);
}

#[test]
fn templates_that_fail_are_found_without_a_build() {
    let handbook = vague()
        .file("ethos.toml", &format!("{SETTINGS}[theme]\nname = \"own\"\n"))
        .file("themes/own/theme.toml", "extends = \"default\"\n")
        .file("themes/own/templates/page.html", "{{ page.title | round }}");
    let checked = check(&handbook, &[]);
    assert!(checked.code == 1 && checked.messages.contains("[template]"), "{}", checked.messages);
}

#[test]
fn a_level_of_the_settings_holds() {
    for (level, code, said) in
        [("error", 1, "error["), ("warning", 0, "warning["), ("hint", 0, "hint["), ("off", 0, "")]
    {
        let handbook = vague().file("ethos.toml", &format!("{SETTINGS}[check]\nvague-link = \"{level}\"\n"));
        let checked = check(&handbook, &[]);
        assert_eq!(checked.code, code, "{level}: {}", checked.messages);
        assert!(found(&checked).iter().all(|line| line.contains(said)), "{level}: {}", checked.messages);
        assert_eq!(found(&checked).is_empty(), said.is_empty(), "{level}: {}", checked.messages);
    }
}

#[test]
fn a_level_holds_for_what_is_found_of_remarks_and_baselines_too() {
    let page = VAGUE.replace("To ask,", "<!-- ethos: allow capitals -->\n\nTo ask,");
    let both = with(&page).run(&[
        "check",
        "--message-format",
        "short",
        "--only",
        "unused-silence,capitals,silence-without-reason",
    ]);
    assert_eq!(found(&both).len(), 2, "{}", both.messages);
    let settings = format!(
        "{SETTINGS}[check]\nunused-silence = \"off\"\nsilence-without-reason = \"error\"\nabove-baseline = \"warning\"\n"
    );
    let handbook = with(&page).file("ethos.toml", &settings).file("baseline.json", "{}");
    let path = handbook.root().join("baseline.json");
    let flags =
        ["check", "--message-format", "short", "--today", "2026-11-22", "--baseline", path.to_str().expect("a path")];
    let checked = handbook.run(&flags);
    assert!(!checked.messages.contains("[unused-silence]"), "{}", checked.messages);
    assert!(checked.messages.contains("error[silence-without-reason]"), "{}", checked.messages);
    assert!(checked.messages.contains("warning[above-baseline]"), "{}", checked.messages);
    // A rule that is off still says whether its silence is needed.
    let needed = with(&VAGUE.replace("To ask,", "<!-- ethos: allow vague-link because it is so -->\n\nTo ask,"))
        .file("ethos.toml", &format!("{SETTINGS}[check]\nvague-link = \"off\"\n"));
    assert_eq!(found(&check(&needed, &[])), [""; 0]);
}

#[test]
fn each_part_of_a_framework_has_its_own_owner() {
    let framework = "title = \"Values\"\nowner = \"Human Resources\"\n\n[[values]]\ntitle = \"Kind\"\nowner = \"Care team\"\n\
        description = \"Ask [here](../content/index.md).\"\n\n[[profiles]]\ntitle = \"Grade 7\"\n\
        description = \"Ask [here](../content/index.md).\"\n";
    let checked = check(&Handbook::new().file("frameworks/values.toml", framework), &[]);
    assert!(checked.messages.contains("     1  Care team\n     1  Human Resources\n"), "{}", checked.messages);
}

#[test]
fn a_day_that_is_none_is_wrong_use() {
    let checked = vague().run(&["check", "--today", "2026-13-01"]);
    assert_eq!(checked.code, 2);
    assert!(checked.messages.contains("write year, month and day of a day in the calendar: 2026-11-22"));
}

#[test]
fn a_level_holds_for_what_building_finds_too() {
    let page = "+++\ntitle = \"Gifts\"\n+++\n\n## Limits\n\n#### Small\n\nA pen.\n";
    let off = with(page).file("ethos.toml", &format!("{SETTINGS}[check]\nskipped-heading = \"off\"\n"));
    assert_eq!(off.build_with(&["--quiet"]).messages, "");
    let error = with(page).file("ethos.toml", &format!("{SETTINGS}[check]\nskipped-heading = \"error\"\n"));
    assert_eq!(error.build().code, 1);
}

#[test]
fn a_finding_is_allowed_in_its_place_and_nowhere_else() {
    let remark = "<!-- ethos: allow vague-link because the poster says so -->";
    for page in [
        VAGUE.replace("To ask,", &format!("{remark}\n\nTo ask,")),
        VAGUE.replace("To ask,", &format!("{remark} To ask,")),
        VAGUE.replace(
            "To ask, [click here](index.md).",
            &format!("- To ask, [click here](index.md). {remark}\n- Or don't."),
        ),
        VAGUE.replace("To ask, [click here](index.md).", &format!("{remark}\n- To ask, [click here](index.md).")),
    ] {
        let checked = check(&with(&page), &[]);
        assert_eq!(found(&checked).len(), 1, "{page}\n{}", checked.messages);
        assert!(found(&checked)[0].contains("read more"), "{page}\n{}", checked.messages);
    }
    let whole = VAGUE.replace("owner", "allow = { vague-link = \"the poster says so\" }\nowner");
    assert_eq!(found(&check(&with(&whole), &[])), [""; 0]);
}

#[test]
fn a_remark_is_no_part_of_the_site() {
    let remark = "<!-- ethos: allow vague-link because the poster says so -->";
    let handbook = with(&VAGUE.replace("To ask,", &format!("{remark}\n\nTo {remark} ask,"))).clean();
    assert!(!handbook.read("gifts.html").contains("poster"));
    let plain = with(&VAGUE.replace("To ask,", "To  ask,")).clean();
    assert_eq!(handbook.read("gifts.html"), plain.read("gifts.html"));
}

#[test]
fn a_remark_that_nothing_needs_is_found() {
    let page = VAGUE.replace("click here", "the form for gifts").replace("read more", "all our rules");
    let page = page.replace("To ask,", "<!-- ethos: allow vague-link because it was needed -->\n\nTo ask,");
    let checked = check(&with(&page), &[]);
    assert_eq!(found(&checked).len(), 1, "{}", checked.messages);
    assert!(found(&checked)[0].contains("content/gifts.md:7:19: warning[unused-silence]"), "{}", checked.messages);
    // Of a rule that isn't looked for, nobody can say whether its silence is needed.
    let other = with(&page).run(&["check", "--message-format", "short", "--only", "image-without-text,unused-silence"]);
    assert_eq!(found(&other), [""; 0]);
}

#[test]
fn a_name_that_no_rule_has_is_wrong_use() {
    let checked = vague().run(&["check", "--only", "vage-link"]);
    assert_eq!(checked.code, 2);
    assert_eq!(checked.messages, "error: no rule is called `vage-link`; did you mean `vague-link`?\n");
}

#[test]
fn a_baseline_holds_what_there_was_and_may_only_fall() {
    let handbook = vague();
    let path = handbook.root().join("baseline.json");
    let baseline = ["--baseline", path.to_str().expect("a path")];
    let missing = check(&handbook, &baseline);
    assert_eq!(missing.code, 2, "{}", missing.messages);
    assert!(missing.messages.contains("isn't there yet; add --update"), "{}", missing.messages);

    let begun = check(&handbook, &[&baseline[..], &["--update"]].concat());
    assert_eq!((begun.code, found(&begun).len()), (0, 0), "{}", begun.messages);
    let written = fs::read_to_string(&path).expect("a baseline");
    assert_eq!(written, "{\n  \"content/gifts.md\": {\n    \"vague-link\": 2\n  }\n}\n");

    let same = check(&handbook, &[&baseline[..], &["--strict"]].concat());
    assert_eq!((same.code, found(&same).len()), (0, 0), "{}", same.messages);
    assert!(same.messages.contains("The baseline holds 2 findings more."), "{}", same.messages);

    let handbook = handbook.file("content/gifts.md", &format!("{VAGUE}\n[Here](index.md)\n"));
    for flags in [&baseline[..], &[&baseline[..], &["--update"]].concat()] {
        let more = check(&handbook, flags);
        assert_eq!((more.code, found(&more).len()), (1, 4), "{}", more.messages);
        assert!(
            more.messages
                .contains("error[above-baseline]: there are 3 findings of `vague-link` here; the baseline has 2")
        );
        assert_eq!(fs::read_to_string(&path).expect("a baseline"), written, "it never rises");
    }

    let handbook = handbook.file("content/gifts.md", &VAGUE.replace("read more", "our other rules"));
    let fewer = check(&handbook, &baseline);
    assert_eq!((fewer.code, found(&fewer).len()), (0, 0), "{}", fewer.messages);
    assert!(fewer.messages.contains("run again with --update"), "{}", fewer.messages);
    assert_eq!(fs::read_to_string(&path).expect("a baseline"), written, "only when asked");
    check(&handbook, &[&baseline[..], &["--update"]].concat());
    assert!(fs::read_to_string(&path).expect("a baseline").contains("\"vague-link\": 1"));
}

#[test]
fn a_file_that_is_no_baseline_is_left_as_it_is() {
    let handbook = vague().file("notes.txt", "not a baseline");
    let path = handbook.root().join("notes.txt");
    let checked = check(&handbook, &["--baseline", path.to_str().expect("a path"), "--update"]);
    assert_eq!(checked.code, 2);
    assert!(checked.messages.contains("isn't a baseline that ethos check wrote"), "{}", checked.messages);
    assert_eq!(fs::read_to_string(&path).expect("notes"), "not a baseline");
}

#[test]
fn two_checks_say_the_same() {
    let flags = ["--message-format", "json"];
    let run = |handbook: &Handbook| handbook.run(&[&["check", "--today", "2026-11-22"], &flags[..]].concat()).stdout;
    let handbook = vague();
    assert_eq!(run(&handbook), run(&handbook));
}
