//! Pages and frameworks are what they are, whatever the case and kind of their endings.

use std::process::Output;

use crate::support::{Handbook, SETTINGS, ethos};

fn page(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\nSome words.\n")
}

#[test]
fn markdown_is_a_page_under_each_of_its_endings() {
    let handbook = Handbook::new()
        .file("content/start/Index.MD", &page("Start here"))
        .file("content/start/leave.markdown", &page("Leave"))
        .file("content/start/Pay.Md", &page("Pay"))
        .file("content/start/travel.mkd", "+++\ntitle = \"Travel\"\n+++\n\n[Leave](leave.markdown) [Start](Index.MD)\n")
        .file("content/reindex.md", &page("The index"))
        .clean();
    for path in ["start/index.html", "start/leave.html", "start/Pay.html", "start/travel.html", "reindex.html"] {
        assert!(handbook.has(path), "{path}");
    }
    let raw: Vec<_> = crate::support::site(&handbook.root().join("public")).into_keys().collect();
    assert!(raw.iter().all(|path| !path.to_lowercase().contains(".m")), "nothing is published raw: {raw:?}");
    let travel = handbook.read("start/travel.html");
    assert!(travel.contains("href=\"leave.html\"") && travel.contains("href=\"index.html\""), "{travel}");
}

#[test]
fn a_draft_is_a_draft_under_each_of_its_endings() {
    let draft = "+++\ntitle = \"Secret\"\ndraft = true\n+++\n\nNot yet.\n";
    let handbook = Handbook::new()
        .file("content/secret.markdown", draft)
        .file("content/plans/INDEX.md", draft)
        .file("content/plans/next.MD", &page("Next"))
        .bytes("content/plans/figures/2027.pdf", b"%PDF-1")
        .file("content/plans/old.txt", "Not yet.")
        .file("frameworks/values.toml", "title = \"Values\"\n")
        .file("frameworks/values/kind.MD", draft)
        .file("frameworks/values/kind/listens.md", &page("Listens"))
        .file("frameworks/values/fair.md", &page("Fair"))
        .clean();
    for path in ["secret.html", "plans/index.html", "plans/next.html", "values/kind.html", "values/kind/listens.html"] {
        assert!(!handbook.has(path), "{path}");
    }
    assert!(handbook.has("values/fair.html"));
    assert!(!handbook.has("plans/figures/2027.pdf") && !handbook.has("plans/old.txt"), "nor the files beside it");
    assert_eq!(handbook.build_with(&["--drafts", "--quiet"]).code, 0);
    assert!(handbook.has("plans/figures/2027.pdf") && handbook.has("plans/next.html"));
}

#[test]
fn what_begins_as_a_page_does_is_no_other_file() {
    for name in ["gifts.md.html", "gifts.html", "gifts.md.pdf", "gifts", "gifts.text", "gifts.json"] {
        let built = Handbook::new().file(&format!("content/{name}"), &page("Gifts")).build();
        assert_eq!(built.code, 1, "{name}: {}", built.messages);
        assert!(built.messages.contains("rename it to gifts.md"), "{name}: {}", built.messages);
    }
}

#[test]
fn a_draft_takes_nothing_with_it_that_is_only_named_like_it() {
    let draft = "+++\ntitle = \"Draft\"\ndraft = true\n+++\n\nNot yet.\n";
    let handbook = Handbook::new()
        .file("content/reindex.md", draft)
        .file("content/rest.md", &page("Rest"))
        .file("content/re/more.md", &page("More"))
        .file("frameworks/values.toml", "title = \"Values\"\n")
        .file("frameworks/values/a.mdraft.md", draft)
        .clean();
    assert!(handbook.has("rest.html") && handbook.has("re/more.html") && !handbook.has("reindex.html"));
}

#[test]
fn a_framework_is_one_under_each_of_its_endings() {
    let handbook = Handbook::new()
        .file("frameworks/values.TOML", "title = \"Values\"\n")
        .file("frameworks/values/kind.markdown", &page("Kind"))
        .file("frameworks/values/kind/listens.mkd", &page("Listens"))
        .file("content/about.md", "+++\ntitle = \"About\"\n+++\n\n[Kind](../frameworks/values/kind.markdown)\n")
        .clean();
    assert!(handbook.has("values/kind/listens.html"));
    assert!(handbook.read("about.html").contains("href=\"values/kind.html\""));
}

#[test]
fn settings_under_another_name_are_told() {
    for name in ["ethos.toml.txt", "Ethos.toml", "ethos.TOML"] {
        let handbook = Handbook::empty().file(name, SETTINGS).file("content/index.md", &page("Home"));
        let inside = handbook.root().join("content");
        let here = ethos().arg("build").current_dir(&inside).output().expect("the program runs");
        let named = ethos().args(["build", "--root"]).arg(handbook.root()).output().expect("the program runs");
        for Output { status, stderr, .. } in [here, named] {
            let said = String::from_utf8_lossy(&stderr);
            assert_eq!(status.code(), Some(2), "{said}");
            assert!(said.contains(&format!("a file {name}: rename that to ethos.toml")), "{said}");
        }
    }
}
