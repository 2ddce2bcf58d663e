//! The report of a check: a page for a meeting, and text for an e-mail, of handbooks whose reviews and mistakes are known.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Built, Handbook, tree};

const TODAY: &str = "2026-11-22";

/// A page with an owner and the day of its next review.
fn page(title: &str, owner: &str, due: &str, body: &str) -> String {
    let owner = if owner.is_empty() { String::new() } else { format!("owner = \"{owner}\"\n") };
    let due = if due.is_empty() { String::new() } else { format!("review_by = {due}\n") };
    format!("+++\ntitle = \"{title}\"\n{owner}{due}+++\n\n{body}\n")
}

/// Three owners, of whom one is nobody; two reviews are overdue, and a value is due with a date of its own.
fn handbook() -> Handbook {
    Handbook::new()
        .file("content/gifts.md", &page("Gifts & favours", "Legal team", "2026-09-30", "Ask [here](index.md)."))
        .file("content/leave.md", &page("Leave", "People team", "2026-11-21", "Ask early."))
        .file("content/pay.md", &page("Pay", "People team", "2026-11-22", "On the last [day](leave.md)."))
        .file("content/media/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file(
            "content/media.md",
            &page("Social media", "", "2027-05-01", "Read [more](gifts.md).\n\n![](media/logo.svg)"),
        )
        .file(
            "frameworks/values.toml",
            "title = \"Our values\"\nowner = \"People team\"\nreview_by = 2027-02-01\n\n\
             [[values]]\nid = \"kind\"\ntitle = \"Be kind\"\nstatement = \"We are kind.\"\n",
        )
        .file("frameworks/values/fair.md", "+++\ntitle = \"Be fair\"\nreview_by = 2027-03-01\n+++\n\nFair to all.\n")
}

/// Only what builds warn of and links that say nothing, so that other rules may come and go.
const ONLY: &str = "vague-link,image-without-text";

fn report(handbook: &Handbook, folder: &Path, more: &[&str]) -> Built {
    let folder = folder.to_str().expect("UTF-8");
    let flags = ["check", "--today", TODAY, "--only", ONLY, "--report", folder];
    handbook.run(&[&flags, more].concat())
}

/// The report's files, as text.
fn read(folder: &Path) -> BTreeMap<String, String> {
    let text = |(path, bytes): (String, Vec<u8>)| (path, String::from_utf8_lossy(&bytes).into_owned());
    tree(folder).into_iter().map(text).collect()
}

/// What stands between two marks.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html.find(from).unwrap_or_else(|| panic!("no {from} in {html}"));
    let rest = &html[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

#[test]
fn a_report_says_whose_it_is_what_is_overdue_and_what_was_found() {
    let handbook = handbook();
    let folder = handbook.root().join("report");
    let made = report(&handbook, &folder, &[]);
    assert_eq!(made.code, 0, "{}", made.messages);
    assert!(made.messages.contains("index.html in a browser"), "{}", made.messages);
    let files = read(&folder);
    let html = &files["index.html"];
    assert!(html.contains("<title>Handbook check, 22 November 2026 – Test handbook</title>"), "{html}");
    assert!(html.contains("Test Council"));
    let lead = between(html, "class=\"hb-lead\"", "</p>");
    assert!(lead.contains("Ethos found 3 warnings on 2 pages. 2 reviews are overdue."), "{lead}");

    let overdue = between(html, "id=\"hb-overdue\"", "id=\"hb-reviews\"");
    let rows: Vec<_> = overdue.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 2, "{overdue}");
    assert!(rows[0].contains("Gifts &amp; favours") && rows[0].contains("Legal team"), "{}", rows[0]);
    assert!(rows[0].contains("30 September 2026") && rows[0].contains("53 days late"), "{}", rows[0]);
    assert!(rows[1].contains("Leave") && rows[1].contains("1 day late"), "{}", rows[1]);

    // Every review is a mark: two squares on the left, and four rings, of which one is due today.
    let plot = between(html, "hb-report__timeline", "</ul>");
    assert_eq!(between(plot, "", "hb-report__legend").matches("hb-report__mark--overdue").count(), 2, "{plot}");
    assert_eq!(between(plot, "", "hb-report__legend").matches("<circle").count(), 4, "{plot}");

    let owners = between(html, "id=\"hb-owners\"", "<footer");
    let names: Vec<_> =
        owners.split("<h3").skip(1).map(|part| between(part, ">", "<").trim_start_matches('>')).collect();
    assert_eq!(names, ["Legal team", "People team", "Nobody is named"]);
    let nobody = between(owners, ">Nobody is named<", "</section>");
    assert!(nobody.contains("content/media.md") && nobody.contains("Line 6"), "{nobody}");
    assert!(nobody.contains("What to do:") && nobody.contains("vague-link"), "{nobody}");
    let legal = between(owners, ">Legal team<", "</section>");
    assert!(legal.contains("“here” doesn&#39;t say"), "{legal}");
}

#[test]
fn a_report_needs_nothing_but_its_own_files() {
    let handbook = handbook();
    let folder = handbook.root().join("report");
    report(&handbook, &folder, &[]);
    let files = read(&folder);
    let names: Vec<_> = files.keys().filter(|name| *name != ".ethos-manifest").collect();
    assert!(names.len() == 2 && names[0].starts_with("assets/style.") && names[1] == "index.html", "{names:?}");
    let html = &files["index.html"];
    for unwanted in ["<script", " style=", "http://", "https://", "a-z.html", "search.html", "<form"] {
        assert!(!html.contains(unwanted), "{unwanted}");
    }
    let links: Vec<_> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for link in links {
        let is_here = link.strip_prefix('#').is_some_and(|id| html.contains(&format!("id=\"{id}\"")));
        assert!(is_here || files.contains_key(link), "{link} leads nowhere");
    }
}

#[test]
fn pages_are_linked_where_it_is_known_where_they_are_published() {
    let settings = "title = \"Test handbook\"\norganisation = \"Test Council\"\nlanguage = \"en-GB\"\n\
                    base_url = \"https://intranet.example/handbook/\"\n";
    let handbook = handbook().file("ethos.toml", settings);
    let folder = handbook.root().join("report");
    report(&handbook, &folder, &[]);
    let html = &read(&folder)["index.html"];
    for link in ["gifts.html\">Gifts", "media.html\">Social media", "values/fair.html\">Be fair"] {
        assert!(html.contains(&format!("<a href=\"https://intranet.example/handbook/{link}")), "{link}");
    }
    assert!(!html.contains("rel=\"canonical\""));
}

#[test]
fn the_same_day_gives_the_same_bytes() {
    let (one, two) = (handbook(), handbook());
    let of = |handbook: &Handbook| {
        let folder = handbook.root().join("report");
        report(handbook, &folder, &[]);
        tree(&folder)
    };
    let first = of(&one);
    assert!(first == of(&two), "on two disks");
    assert!(first == of(&one), "twice, the second over the first");
}

#[test]
fn a_report_touches_nothing_that_is_not_its_own() {
    let handbook = handbook().file("notes/minutes.txt", "Ours.");
    handbook.build();
    let public = handbook.root().join("public");
    let before = tree(&public);
    let refused = |folder: &str, why: &str| {
        let made = report(&handbook, &handbook.root().join(folder), &[]);
        assert_eq!(made.code, 2, "{folder}: {}", made.messages);
        assert!(made.messages.contains(why) && made.messages.contains("--report"), "{folder}: {}", made.messages);
        assert!(!made.messages.contains("--output"), "{folder}: {}", made.messages);
    };
    refused("notes", "minutes.txt");
    refused("public", "where the site is published");
    refused("public/report", "where the site is published");
    refused("content", "the handbook's own files");
    refused(".", "where the site is published");
    fs::rename(&public, handbook.root().join("old-site")).expect("a site elsewhere");
    refused("old-site", "holds a site");
    fs::rename(handbook.root().join("old-site"), &public).expect("back again");
    assert_eq!(fs::read_to_string(handbook.root().join("notes/minutes.txt")).expect("the minutes"), "Ours.");
    assert!(tree(&public) == before, "the site is as it was");

    let folder = handbook.root().join("report");
    assert_eq!(report(&handbook, &folder, &[]).code, 0);
    assert!(tree(&public) == before, "the site is as it was");
    let built = handbook.build_with(&["--output", folder.to_str().expect("UTF-8")]);
    assert!(built.code == 2 && built.messages.contains("holds a report"), "{}", built.messages);
}

#[test]
fn a_report_can_be_made_of_a_handbook_with_errors_and_of_one_without_a_finding() {
    let handbook = handbook().file("content/pay.md", &page("Pay", "People team", "", "[Leave](leaf.md)"));
    let folder = handbook.root().join("report");
    let made = report(&handbook, &folder, &[]);
    assert_eq!(made.code, 1, "{}", made.messages);
    assert!(read(&folder)["index.html"].contains("1 error and 3 warnings"));

    let clean = Handbook::new();
    let folder = clean.root().join("report");
    assert_eq!(report(&clean, &folder, &[]).code, 0);
    let html = &read(&folder)["index.html"];
    assert!(html.contains("Ethos found nothing to mend. No review is overdue."), "{html}");
    assert!(!html.contains("<svg"), "there is nothing to plot");

    let unusable = Handbook::new().file("ethos.toml", "title = \"\"\n");
    let folder = unusable.root().join("report");
    let made = report(&unusable, &folder, &[]);
    assert!(made.code == 1 && made.messages.contains("The report wasn't written"), "{}", made.messages);
    assert!(!folder.exists());
}

#[test]
fn many_reviews_on_one_day_share_marks() {
    let mut handbook = Handbook::new();
    for number in 0..40 {
        let text = page(&format!("Page {number}"), "People team", "2027-02-01", "Text.");
        handbook = handbook.file(&format!("content/page-{number}.md"), &text);
    }
    let folder = handbook.root().join("report");
    report(&handbook, &folder, &[]);
    let html = &read(&folder)["index.html"];
    assert!(html.contains("One mark stands for up to 4 reviews."), "{html}");
    assert_eq!(between(html, "hb-report__timeline", "hb-report__legend").matches("<circle").count(), 10);
}

#[test]
fn by_owner_is_text_for_an_e_mail() {
    let flags = ["check", "--today", TODAY, "--only", ONLY, "--by-owner"];
    let said = handbook().run(&flags);
    let expected = "\
Test handbook: what Ethos found on 22 November 2026
Found 3 warnings on 2 pages; 2 reviews are overdue.


Legal team
==========

Reviews that are overdue
- Gifts & favours: due on 30 September 2026, 53 days late
  (content/gifts.md)

Gifts & favours (content/gifts.md)
- Line 7: “here” doesn't say where this link leads
  To do: put the name of what it leads to between the brackets:
    [Home](index.md)


People team
===========

Reviews that are overdue
- Leave: due on 21 November 2026, 1 day late (content/leave.md)


Nobody is named
===============

Social media (content/media.md)
- Line 6: “more” doesn't say where this link leads
  To do: put the name of what it leads to between the brackets: [Gifts &
    favours](gifts.md)
- Line 8: this image has no text for people who can't see it
  To do: say in the brackets what it shows: ![A short
    description](media/logo.svg)
  To do: if it shows nothing that matters, say so:
    ![](media/logo.svg){decorative}

To see the whole, with each line marked, go to the handbook's folder and
run: ethos check
For pages to print and to look at together: ethos check --report report
";
    assert_eq!(said.stdout, expected);
    assert_eq!(said.messages, "Checked 8 files: found 3 warnings.\n");
    assert!(said.stdout.lines().all(|line| line.chars().count() <= 72));
    assert_eq!(handbook().run(&[&flags[..], &["--strict"]].concat()).code, 1);
}
