//! `addresses.txt`, and `ethos check --published`: no address of a published site is lost unnoticed.

use std::collections::BTreeSet;

use crate::support::{Built, Handbook, SETTINGS};

const GIFTS: &str = "+++\ntitle = \"Gifts\"\nnumbered = true\n+++\n\n## Limits\n\n1. Ask first.\n2. Write it down.\n\n## Vendors\n\nNone.\n";
const VALUES: &str =
    "title = \"Our values\"\n\n[[values]]\ntitle = \"Kind\"\nindicators = [\"greet people\", \"say thank you\"]\n";

fn handbook() -> Handbook {
    Handbook::new().file("content/code/gifts.md", GIFTS).file("frameworks/values.toml", VALUES)
}

/// Checks a handbook against the site that it has published.
fn check(handbook: &Handbook, published: &str) -> Built {
    let path = handbook.root().join(published);
    let path = path.to_string_lossy();
    let flags = ["check", "--only", "lost-address", "--message-format", "short", "--quiet", "--published", &path];
    let mut checked = handbook.run(&flags);
    if let Some(end) = checked.messages.find("Checked ") {
        checked.messages.truncate(end);
    }
    checked
}

#[test]
fn every_address_that_is_listed_is_published() {
    let handbook = handbook().file("content/files/claim.pdf", "a form").clean();
    let listed = handbook.read("addresses.txt");
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines.is_sorted(), "{listed}");
    for line in [
        "code/gifts.html",
        "code/gifts.html#1-a",
        "code/gifts.html#limits",
        "files/claim.pdf",
        "values/kind.html#greet-people",
    ] {
        assert!(lines.contains(&line), "{line} isn't in\n{listed}");
    }
    for line in lines {
        let (path, fragment) = line.split_once('#').unwrap_or((line, ""));
        let page = handbook.read(path);
        assert!(fragment.is_empty() || page.contains(&format!("id=\"{fragment}\"")), "{path} has no place {fragment}");
    }
}

#[test]
fn the_example_handbook_lists_what_it_has() {
    let output = tempfile::tempdir().expect("a temporary folder");
    let site = output.path().join("site");
    let built = crate::support::ethos()
        .args(["build", "--quiet", "--root"])
        .arg(crate::support::project())
        .arg("--output")
        .arg(&site)
        .status();
    assert!(built.expect("the program runs").success());
    let listed = std::fs::read_to_string(site.join("addresses.txt")).expect("a list");
    assert!(listed.lines().count() > 200, "the example has many places");
    for line in listed.lines() {
        let (path, fragment) = line.split_once('#').unwrap_or((line, ""));
        assert!(site.join(path).is_file(), "{path}");
        if !fragment.is_empty() {
            let page = std::fs::read_to_string(site.join(path)).expect("a page");
            assert!(page.contains(&format!("id=\"{fragment}\"")), "{path} has no place {fragment}");
        }
    }
}

#[test]
fn nothing_is_lost_where_nothing_has_changed() {
    let handbook = handbook().clean();
    for published in ["public", "public/addresses.txt"] {
        let checked = check(&handbook, published);
        assert_eq!((checked.code, checked.messages.as_str()), (0, ""), "{published}");
    }
}

#[test]
fn a_page_that_was_moved_needs_an_alias() {
    let handbook = handbook().clean();
    let moved = handbook.without("content/code/gifts.md").file("content/policies/gifts.md", GIFTS);
    let checked = check(&moved, "public");
    assert_eq!(checked.code, 1);
    assert_eq!(
        checked.messages,
        "error[lost-address]: `code/index.html` was published, and would lead nowhere (find the page that says now what it said; add to \
         its front matter: aliases = [\"code/index.html\"])\n\
         content/policies/gifts.md:2:10: error[lost-address]: `code/gifts.html` was published, with 6 places on it, and would lead nowhere \
         (if “Gifts” is that page now, add to the front matter of content/policies/gifts.md: aliases = [\"code/gifts.html\"])\n"
    );
    let mended = GIFTS.replace("numbered", "aliases = [\"code/gifts.html\", \"code/\"]\nnumbered");
    let checked = check(&moved.file("content/policies/gifts.md", &mended), "public");
    assert_eq!((checked.code, checked.messages.as_str()), (0, ""));
}

#[test]
fn a_heading_that_was_renamed_needs_its_id() {
    let handbook = handbook().clean();
    let renamed = handbook.file("content/code/gifts.md", &GIFTS.replace("## Vendors", "## Suppliers"));
    let checked = check(&renamed, "public");
    assert_eq!(
        checked.messages,
        "content/code/gifts.md:11:4: error[lost-address]: “Gifts” has no place `#vendors` any more, which was published (if “Suppliers” is \
         meant, give it the id back: ## Suppliers {#vendors})\n"
    );
    let mended = renamed.file("content/code/gifts.md", &GIFTS.replace("## Vendors", "## Suppliers {#vendors}"));
    assert_eq!(check(&mended, "public").code, 0);
}

#[test]
fn an_indicator_that_was_reworded_needs_its_id() {
    let handbook = handbook().clean();
    let reworded = handbook.file("frameworks/values.toml", &VALUES.replace("greet people", "greet everybody"));
    let checked = check(&reworded, "public");
    assert!(checked.messages.contains("“Kind” has no place `#greet-people` any more"), "{}", checked.messages);
    assert!(checked.messages.contains("{ text = \"greet everybody\", id = \"greet-people\" }"), "{}", checked.messages);
}

#[test]
fn a_clause_that_is_gone_is_said_with_its_number() {
    let handbook = handbook().clean();
    let shorter = handbook.file("content/code/gifts.md", &GIFTS.replace("2. Write it down.\n", ""));
    let checked = check(&shorter, "public");
    assert!(checked.messages.contains("“Gifts” has no place `#1-b` any more"), "{}", checked.messages);
}

#[test]
fn a_list_may_have_whole_addresses_and_remarks() {
    let settings = format!("{SETTINGS}base_url = \"https://intranet.example/handbook/\"\n");
    let list = "# from the letters\n\nhttps://intranet.example/handbook/code/gifts.html#limits\n/handbook/code/\n\
                https://elsewhere.example/x.html\ncode/lost.html\ncode/gifts\n";
    let handbook = handbook().file("ethos.toml", &settings).file("list.txt", list);
    let checked = check(&handbook, "list.txt");
    let lost: BTreeSet<_> = checked.messages.lines().filter_map(|line| line.split('`').nth(1)).collect();
    assert_eq!(lost, BTreeSet::from(["code/lost.html"]), "{}", checked.messages);
    let map = "<urlset><url><loc>https://intranet.example/handbook/gone.html</loc></url></urlset>";
    let checked = check(&handbook.file("sitemap.xml", map), "sitemap.xml");
    assert!(checked.messages.contains("`gone.html` was published"), "{}", checked.messages);
}

#[test]
fn a_list_that_is_no_list_is_said() {
    let handbook = handbook().file("list.txt", "https://elsewhere.example/x.html\n");
    let checked = check(&handbook, "list.txt");
    assert_eq!(checked.code, 2);
    assert!(checked.messages.contains("base_url"), "{}", checked.messages);
    let checked = check(&handbook, "content");
    assert_eq!(checked.code, 2);
    assert!(checked.messages.contains("has no addresses.txt"), "{}", checked.messages);
    assert_eq!(check(&handbook, "nowhere.txt").code, 2);
}

#[test]
fn an_alias_that_no_page_can_answer_at_saves_nothing() {
    let aliases = "aliases = [\"Pages/Gifts.aspx\", \"presents\", \"policy-v2.1\"]\nnumbered";
    let list = "Pages/Gifts.aspx\npresents\npresents.html\npolicy-v2.1\n";
    let handbook = handbook().file("content/code/gifts.md", &GIFTS.replace("numbered", aliases)).file("list.txt", list);
    let checked = check(&handbook, "list.txt");
    assert_eq!(checked.code, 1);
    assert!(
        checked.messages.ends_with(
            "content/code/gifts.md:3:12: error[lost-address]: `Pages/Gifts.aspx` was published, and a page can't answer there: its alias \
             needs a rule of the web server (ask whoever keeps the server for this rule (Apache's spelling): Redirect permanent \
             \"/Pages/Gifts.aspx\" \"/code/gifts.html\"; once the rule is there, leave this address out of the list)\n"
        ),
        "{}",
        checked.messages
    );
    assert_eq!(checked.messages.matches("lost-address").count(), 1, "{}", checked.messages);
}

#[test]
fn what_ethos_makes_is_there_if_it_is_made() {
    let list = "a-z.html\nsearch.html\nprint.html\n404.html\nvalues/framework.json\nvalues/indicators.csv\na-z/p.html\nold/framework.json\nsitemap.xml\n";
    let small = handbook().file("list.txt", list);
    let lost = |handbook: &Handbook| -> BTreeSet<String> {
        check(handbook, "list.txt")
            .messages
            .lines()
            .filter_map(|line| Some(line.split('`').nth(1)?.to_owned()))
            .collect()
    };
    let expected = ["a-z/p.html", "old/framework.json", "sitemap.xml"].map(str::to_owned);
    assert_eq!(lost(&small), BTreeSet::from(expected));
    let page = |n: usize| (format!("content/many/p{n}.md"), format!("+++\ntitle = \"Page {n}\"\n+++\n\nWords.\n"));
    let large = (0..501).map(page).fold(small, |handbook, (path, text)| handbook.file(&path, &text));
    let expected = ["old/framework.json", "print.html", "sitemap.xml"].map(str::to_owned);
    assert_eq!(
        lost(&large),
        BTreeSet::from(expected),
        "a large handbook has a page for each letter, and none to print whole"
    );
}
