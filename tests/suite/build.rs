//! `ethos build` from the command line: what it says, where, and how it ends.

use std::collections::HashSet;
use std::process::Output;

use crate::judge::judge;
use crate::page;
use crate::support::{HOME, Handbook, SETTINGS, ethos, made, project, tree};

const BROKEN: &str = "+++\ntitle = \"Broken\"\n+++\n\n[Nowhere](nowhere.md)\n";
const ODD: &str = "+++\ntitle = \"Odd\"\n+++\n\n## One\n\n#### Three\n\nText.\n";

fn run(flags: &[&str]) -> Output {
    ethos().args(flags).env_remove("NO_COLOR").output().expect("the program runs")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn a_clean_build_ends_with_0_and_says_what_it_made() {
    let handbook = Handbook::new();
    let built = handbook.build_with(&[]);
    assert_eq!((built.code, built.stdout.as_str()), (0, ""));
    let pages = tree(&built.output).keys().filter(|path| path.ends_with(".html")).count();
    assert!(built.messages.starts_with(&format!("Published {pages} pages and ")), "{}", built.messages);
    let home = built.output.join("index.html");
    assert!(built.messages.contains(home.to_str().expect("UTF-8")), "{}", built.messages);
}

#[test]
fn an_error_ends_with_1_and_a_warning_with_0() {
    let handbook = Handbook::new().file("content/odd.md", ODD);
    let built = handbook.build();
    assert_eq!(built.code, 0);
    assert!(built.messages.starts_with("content/odd.md:7:1: warning[skipped-heading]: "), "{}", built.messages);
    assert!(built.messages.contains("with 1 warning"), "{}", built.messages);

    let handbook = handbook.file("content/broken.md", BROKEN);
    let built = handbook.build();
    assert_eq!(built.code, 1);
    let lines: Vec<&str> = built.messages.lines().collect();
    assert_eq!(lines.len(), 3, "{}", built.messages);
    assert!(lines[0].starts_with("content/broken.md:5:11: error[broken-link]: "), "{}", lines[0]);
    assert!(lines[1].starts_with("content/odd.md:7:1: warning[skipped-heading]: "), "{}", lines[1]);
    assert!(lines[2].starts_with("1 error and 1 warning; nothing was published"), "{}", lines[2]);
}

#[test]
fn every_problem_of_a_run_is_reported_in_the_order_of_files_and_lines() {
    let handbook = Handbook::new()
        .file("ethos.toml", &SETTINGS.replace("organisation", "organization"))
        .file("content/b.md", "+++\ntitel = \"B\"\n+++\n\n# One\n\n[x](y.md)\n")
        .file("content/a.md", "no front matter\n")
        .file("frameworks/f.toml", "title = \"F\"\n[[scales]]\nid = \"s\"\nkind = \"colour\"\n");
    let built = handbook.build();
    assert_eq!(built.code, 1);
    let found: Vec<(String, usize)> = built
        .messages
        .lines()
        .filter_map(|line| {
            let mut parts = line.splitn(4, ':');
            Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?))
        })
        .collect();
    let files: Vec<&str> = found.iter().map(|(file, _)| file.as_str()).collect();
    for file in ["content/a.md", "content/b.md", "ethos.toml", "frameworks/f.toml"] {
        assert!(files.contains(&file), "{file} is missing from:\n{}", built.messages);
    }
    assert!(found.is_sorted(), "{}", built.messages);
    assert!(files.iter().filter(|file| **file == "content/b.md").count() >= 3, "{}", built.messages);
}

#[test]
fn quiet_says_only_what_is_wrong() {
    let handbook = Handbook::new();
    assert_eq!(handbook.build_with(&["--quiet"]).messages, "");
    let handbook = handbook.file("content/odd.md", ODD);
    let built = handbook.build_with(&["-q", "--message-format", "short"]);
    assert_eq!((built.code, built.messages.lines().count()), (0, 1), "{}", built.messages);
}

#[test]
fn json_is_one_object_a_line_on_standard_output() {
    let handbook = Handbook::new().file("content/odd.md", ODD).file("content/broken.md", BROKEN);
    let built = handbook.build_with(&["--message-format", "json"]);
    assert_eq!((built.code, built.messages.as_str()), (1, ""));
    let found: Vec<serde_json::Value> =
        built.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON on each line")).collect();
    let place = |found: &serde_json::Value| {
        (
            found["code"].clone(),
            found["severity"].clone(),
            found["file"].clone(),
            found["line"].clone(),
            found["column"].clone(),
        )
    };
    assert_eq!(
        found.iter().map(place).collect::<Vec<_>>(),
        [
            ("broken-link".into(), "error".into(), "content/broken.md".into(), 5.into(), 11.into()),
            ("skipped-heading".into(), "warning".into(), "content/odd.md".into(), 7.into(), 1.into()),
        ]
    );
    assert!(found.iter().all(|found| found["message"].is_string() && found["help"].is_array()));

    let built = Handbook::new().build_with(&["--message-format", "json"]);
    assert_eq!((built.code, built.stdout.as_str(), built.messages.as_str()), (0, "", ""));
}

#[test]
fn people_are_shown_their_own_line_with_the_place_marked() {
    let built = Handbook::new().file("content/broken.md", BROKEN).build_with(&["--color", "never"]);
    assert!(built.messages.contains("content/broken.md:5:11"), "{}", built.messages);
    let lines: Vec<&str> = built.messages.lines().collect();
    let at = lines.iter().position(|line| line.ends_with("[Nowhere](nowhere.md)")).expect("the author's line");
    let column = lines[at].find("nowhere.md").expect("the address");
    assert_eq!(lines[at + 1].find("^^^^^^^^^^"), Some(column), "{}", built.messages);
}

#[test]
fn colours_are_for_terminals_or_for_those_who_ask() {
    let handbook = Handbook::new().file("content/broken.md", BROKEN);
    let coloured = |flags: &[&str], no_color: bool| {
        let mut command = ethos();
        command.arg("build").arg("--root").arg(handbook.root()).args(flags).env_remove("NO_COLOR");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        said(&command.output().expect("the program runs").stderr).contains('\u{1b}')
    };
    assert!(!coloured(&[], false), "standard error isn't a terminal here");
    assert!(coloured(&["--color", "always"], false));
    assert!(coloured(&["--color", "always"], true), "a flag is nearer than the environment");
    assert!(!coloured(&["--color", "never"], false));
    assert!(!coloured(&["--color", "always", "--message-format", "short"], false), "lines for programs have none");
}

#[test]
fn the_nearest_folder_upwards_with_settings_is_the_handbook() {
    let handbook = Handbook::new()
        .file("content/deep/down/page.md", "+++\ntitle = \"Page\"\n+++\n\nText.\n")
        .file("content/inner/ethos.toml", SETTINGS)
        .file("content/inner/content/index.md", HOME);
    let inner = handbook.root().join("content/inner");
    std::fs::remove_dir_all(&inner).expect("only the outer one counts here");
    let here = handbook.root().join("content/deep/down");
    let output = ethos().arg("build").arg("-q").current_dir(&here).output().expect("the program runs");
    assert_eq!((output.status.code(), said(&output.stderr)), (Some(0), String::new()));
    assert!(handbook.has("deep/down/page.html"));

    let handbook = handbook.file("workshop/ethos.toml", SETTINGS).file("workshop/content/index.md", HOME);
    let here = handbook.root().join("workshop/content");
    let output = ethos().arg("build").arg("-q").current_dir(&here).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert!(handbook.root().join("workshop/public/index.html").exists(), "the nearest, not the outermost");
}

#[test]
fn the_output_counts_from_the_working_folder() {
    let handbook = Handbook::new().file("elsewhere/keep.txt", "");
    let here = handbook.root().join("elsewhere");
    let output = ethos()
        .args(["build", "-q", "--root", "..", "--output", "site/new"])
        .current_dir(&here)
        .output()
        .expect("the program runs");
    assert_eq!((output.status.code(), said(&output.stderr)), (Some(0), String::new()));
    assert!(here.join("site/new/index.html").exists());
    assert!(!handbook.has("index.html"), "only there");
}

#[test]
fn wrong_use_ends_with_2_and_says_what_to_do() {
    let empty = Handbook::empty();
    let root = empty.root().to_str().expect("UTF-8");
    for (flags, words) in [
        (&["build", "--root", root][..], "ethos.toml"),
        (&["build", "--root", "/no/such/folder"], "/no/such/folder"),
        (&["build", "--no-such-flag"], "--no-such-flag"),
        (&["build", "--message-format", "xml"], "xml"),
        (&["publish"], "publish"),
        (&[], "Usage"),
    ] {
        let output = run(flags);
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert!(said(&output.stderr).contains(words), "{flags:?}: {}", said(&output.stderr));
    }
    let output = ethos().arg("build").current_dir(empty.root()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("--root"), "{}", said(&output.stderr));
    assert_eq!(tree(empty.root()).len(), 0, "nothing was written");
}

#[test]
fn help_and_version_end_with_0() {
    for flags in [&["--help"][..], &["--version"], &["build", "--help"]] {
        let output = run(flags);
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn the_example_handbook_builds_clean() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = ethos()
        .args(["build", "-q", "--root"])
        .arg(project())
        .arg("--output")
        .arg(folder.path().join("site"))
        .output()
        .expect("the program runs");
    assert_eq!((output.status.code(), said(&output.stderr)), (Some(0), String::new()));
    let site = judge(&folder.path().join("site"));
    assert!((45..=80).contains(&site.pages.len()), "{} pages", site.pages.len());
    assert!(site.frameworks.len() >= 2 && site.frameworks.iter().any(|framework| !framework.indicators.is_empty()));
}

#[test]
fn sitemap_and_canonical_links_need_a_base_url() {
    let page = "+++\ntitle = \"A page\"\n+++\n\nText.\n";
    let handbook = Handbook::new().file("content/a b/é & page.md", page).clean();
    assert!(!handbook.has("sitemap.xml"));
    let canonical = |handbook: &Handbook, path: &str| {
        let root = page::parse(&handbook.read(path)).expect("well nested");
        let link = root.find(|element| element.attribute("rel") == Some("canonical")).cloned();
        link.and_then(|link| link.attribute("href").map(str::to_owned))
    };
    assert_eq!(canonical(&handbook, "index.html"), None);

    let settings = format!("{SETTINGS}base_url = \"https://intranet.example/handbook\"\n");
    let handbook = handbook.file("ethos.toml", &settings).clean();
    let path = "a%20b/%C3%A9%20&%20page.html";
    let url = format!("https://intranet.example/handbook/{path}");
    assert_eq!(canonical(&handbook, "a b/é & page.html").as_deref(), Some(url.as_str()));
    assert_eq!(canonical(&handbook, "index.html").as_deref(), Some("https://intranet.example/handbook/index.html"));
    let sitemap = handbook.read("sitemap.xml");
    let places: Vec<&str> =
        sitemap.lines().filter_map(|line| line.strip_prefix("<url><loc>")?.strip_suffix("</loc></url>")).collect();
    assert_eq!(
        places,
        [
            "https://intranet.example/handbook/a%20b/index.html",
            url.replace('&', "&amp;").as_str(),
            "https://intranet.example/handbook/index.html",
        ]
    );
}

#[test]
fn assets_have_names_that_change_with_their_contents() {
    let handbook = Handbook::new().clean();
    let assets = |handbook: &Handbook| -> Vec<String> {
        let all = made(&handbook.root().join("public")).into_keys();
        all.filter(|path| path.starts_with("assets/")).collect()
    };
    let before = assets(&handbook);
    assert!(before.iter().any(|path| path.ends_with(".css")) && before.iter().any(|path| path.ends_with(".js")));
    for path in &before {
        let parts: Vec<&str> = path.rsplit('/').next().expect("a name").split('.').collect();
        let hash = parts[parts.len() - 2];
        assert!(parts.len() >= 3, "{path}");
        assert!(hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}");
    }
    let handbook = handbook.file("ethos.toml", &format!("{SETTINGS}[brand]\ncolour = \"#5b1d4f\"\n")).clean();
    let after = assets(&handbook);
    let style = |paths: &[String]| paths.iter().find(|path| path.ends_with(".css")).cloned();
    assert_ne!(style(&before), style(&after));
    assert_eq!(before.len(), after.len(), "the old stylesheet is no part of the site");
    judge(&handbook.root().join("public"));
}

#[test]
fn a_large_handbook_has_a_page_a_letter_and_no_whole_print() {
    let mut handbook = Handbook::new().file("content/z.md", "+++\ntitle = \"Zeal\"\n+++\n\n[Élan](élan.md)\n");
    handbook = handbook.file("content/élan.md", "+++\ntitle = \"Élan\"\n+++\n\nText.\n");
    for number in 0..520 {
        let text = format!("+++\ntitle = \"Page {number}\"\n+++\n\nText {number}.\n");
        handbook = handbook.file(&format!("content/p/{}/{number}.md", number / 20), &text);
    }
    let handbook = handbook.clean();
    let site = judge(&handbook.root().join("public"));
    let letters: Vec<&str> = site.pages.keys().filter_map(|path| path.strip_prefix("a-z/")).collect();
    assert_eq!(letters, ["e.html", "h.html", "other.html", "p.html", "z.html"]);
    assert!(!handbook.has("print.html"));
    let links = site.main("a-z.html").named("a");
    let hrefs: Vec<&str> = links.iter().filter_map(|link| link.attribute("href")).collect();
    assert_eq!(hrefs, ["a-z/e.html", "a-z/h.html", "a-z/p.html", "a-z/z.html", "a-z/other.html"]);
    assert!(site.main("a-z/p.html").text().contains("Page 519"));

    let whole = format!("{SETTINGS}[print]\nwhole = true\n");
    let handbook = handbook.file("ethos.toml", &whole).clean();
    let print = page::parse(&handbook.read("print.html")).expect("well nested");
    assert!(print.text().contains("Text 519."));
}

#[test]
fn a_draft_may_be_unfinished_until_it_is_asked_for() {
    let unfinished = "+++\ntitle = \"Later\"\ndraft = true\nownr = \"Sam\"\n+++\n\n[Nowhere](nowhere.md)\n\n# Two\n";
    let handbook = Handbook::new().file("content/later.md", unfinished).clean();
    let built = handbook.build_with(&["--drafts"]);
    assert_eq!(built.code, 1);
    assert!(built.messages.contains("ownr") && built.messages.contains("nowhere.md"), "{}", built.messages);
}

#[test]
fn data_holds_what_explains_an_indicator() {
    let framework = r#"
title = "Values"

[[scales]]
id = "stance"
kind = "stance"
title = "Stance"
points = [{ id = "i-will", title = "I will" }, { id = "i-wont", title = "I won’t" }]

[[values]]
title = "Kind"
lead_in = "I do this:"
[values.indicators]
i-will = [{ text = "listen", note = "To *all*.", examples = ["At a counter."] }, "wait"]
"#;
    let handbook = Handbook::new().file("frameworks/values.toml", framework).clean();
    let data: serde_json::Value = serde_json::from_str(&handbook.read("values/framework.json")).expect("JSON");
    let (first, second) = (&data["indicators"][0], &data["indicators"][1]);
    assert_eq!((first["note"].as_str(), first["lead_in"].as_str()), (Some("To all."), Some("I do this:")));
    assert_eq!(first["examples"][0], "At a counter.");
    assert!(second.get("note").is_none() && second.get("examples").is_none());
}

#[test]
fn a_menu_leads_the_short_way_within_a_folder() {
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n\nText.\n");
    let handbook = Handbook::new()
        .file("ethos.toml", &format!("{SETTINGS}base_url = \"https://example.org/handbook/\"\n"))
        .file("content/leave/index.md", &page("Leave"))
        .file("content/leave/sick.md", &page("Sick leave"))
        .file("content/leave/parents/index.md", &page("Parents"))
        .file("content/leave/parents/birth.md", &page("Birth"))
        .file("content/pay.md", &page("Pay"))
        .clean();
    let links = |path: &str| {
        let page = handbook.read(path);
        let menu = page.split("<nav class=\"hb-menu\"").nth(1).and_then(|rest| rest.split("<main").next());
        let menu = menu.expect("a menu").split("hb-breadcrumb").next().unwrap_or_default();
        menu.split("<a ").skip(1).map(|link| link.split('>').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let sick = links("leave/sick.html");
    for link in [
        "href=\"index.html\" aria-current=\"true\"",
        "href=\"sick.html\" aria-current=\"page\"",
        "href=\"parents/index.html\"",
        "href=\"../pay.html\"",
    ] {
        assert!(sick.iter().any(|own| own == link), "{link} in {sick:?}");
    }
    let birth = links("leave/parents/birth.html");
    assert!(birth.iter().any(|own| own == "href=\"birth.html\" aria-current=\"page\""), "{birth:?}");
    assert!(birth.iter().any(|own| own == "href=\"../../pay.html\""), "{birth:?}");
    // A server shows it at any depth.
    let missing = links("404.html");
    assert!(missing.iter().any(|own| own == "href=\"/handbook/leave/index.html\""), "{missing:?}");
}

#[test]
fn a_long_menu_shows_what_is_around_the_page_and_where_all_are() {
    const SECTIONS: usize = 31;
    const PAGES: usize = 101;
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n\nText.\n");
    let mut handbook = Handbook::new().file("content/policies/index.md", &page("Policies"));
    for section in 1..SECTIONS {
        handbook = handbook.file(&format!("content/s{section}/index.md"), &page(&format!("Section {section}")));
    }
    for policy in 1..=PAGES {
        handbook = handbook.file(&format!("content/policies/p{policy}.md"), &page(&format!("Policy {policy}")));
    }
    let handbook = handbook.clean();
    // The lists of a page's menu: the titles in each, and which of them are marked.
    let menu = |path: &str| {
        let page = handbook.read(path);
        let menu = page.split("<nav class=\"hb-menu\"").nth(1).and_then(|rest| rest.split("</details>").next());
        let menu = menu.expect("a menu").to_owned();
        let links = |part: &str| -> Vec<(String, bool)> {
            let link = |link: &str| {
                let (tag, rest) = link.split_once('>').expect("a tag");
                (rest.split("</a>").next().unwrap_or_default().to_owned(), tag.contains("aria-current"))
            };
            part.split("<a ").skip(1).map(link).collect()
        };
        let (top, section) = menu.split_once("<nav class=\"hb-section\"").unwrap_or((&menu, ""));
        (links(top), links(section))
    };
    let shown = |links: &[(String, bool)]| links.iter().map(|(title, _)| title.clone()).collect::<Vec<_>>();
    let marked = |links: &[(String, bool)]| -> Vec<String> {
        links.iter().filter(|(_, is_marked)| *is_marked).map(|(title, _)| title.clone()).collect()
    };
    let mut policies = HashSet::new();
    for policy in 1..=PAGES {
        let (top, section) = menu(&format!("policies/p{policy}.html"));
        assert_eq!(marked(&top), ["Policies"], "p{policy}");
        assert_eq!(marked(&section), [format!("Policy {policy}")], "p{policy}");
        assert!(top.len() <= 12 && section.len() <= 42, "{} and {} links on p{policy}", top.len(), section.len());
        assert_eq!(top.last().map(|(title, _)| &**title), Some("All 31 in Test handbook"));
        assert_eq!(section.last().map(|(title, _)| &**title), Some("All 101 in Policies"));
        policies.extend(shown(&section));
    }
    assert_eq!(policies.len(), PAGES + 2, "every policy, the section and all of them");
    for section in 1..SECTIONS {
        let title = format!("Section {section}");
        assert_eq!(marked(&menu(&format!("s{section}/index.html")).0), [title]);
    }
    // Numbers in titles stand by their size.
    assert_eq!(shown(&menu("s1/index.html").0)[..4], ["Policies", "Section 1", "Section 2", "Section 3"]);
    // Where the links to all lead, all are.
    assert!(handbook.read("s1/index.html").contains("<a href=\"../index.html#hb-pages\">All 31 in Test handbook</a>"));
    let home = handbook.read("index.html");
    let (_, listed) = home.split_once("id=\"hb-pages\"").expect("a list");
    assert!((1..SECTIONS).all(|section| listed.contains(&format!("<a href=\"s{section}/index.html\">"))));
    let section = handbook.read("policies/index.html");
    let (_, listed) = section.split_once("id=\"hb-pages\"").expect("a list");
    assert!((1..=PAGES).all(|policy| listed.contains(&format!("<a href=\"../policies/p{policy}.html\">"))));
}

#[test]
fn the_menu_of_a_large_framework_shows_what_is_around_the_page() {
    const MANY: usize = 130;
    let values: String =
        (1..MANY).map(|n| format!("[[values]]\ntitle = \"Value {n}\"\nstatement = \"We do.\"\n\n")).collect();
    let behaviours: String = (1..=MANY)
        .map(|n| format!("[[values.behaviours]]\ntitle = \"Habit {n}\"\ndescription = \"Often.\"\n\n"))
        .collect();
    let profiles: String =
        (1..=MANY).map(|n| format!("[[profiles]]\ntitle = \"Role {n}\"\nneeds = {{ value-1 = \"l1\" }}\n\n")).collect();
    let scale = "[[scales]]\nkind = \"level\"\ntitle = \"Level\"\npoints = [{ id = \"l1\", title = \"Level 1\" }]\n\n";
    let toml = format!("title = \"Values\"\n\n{scale}{values}[[values]]\ntitle = \"Last\"\n\n{behaviours}{profiles}");
    let handbook = Handbook::new().file("frameworks/values.toml", &toml);
    let built = handbook.build();
    assert_eq!(built.code, 0, "{}", built.messages);
    let menu = |path: &str| {
        let page = handbook.read(path);
        let menu = page.split("<nav class=\"hb-section\"").nth(1).and_then(|rest| rest.split("</nav>").next());
        menu.expect("a menu").to_owned()
    };
    for (path, own, around, all) in [
        ("values/value-1.html", "Value 1", "Value 30", ">All 130 in Values</a>"),
        ("values/value-120.html", "Value 120", "Value 129", ">All 130 in Values</a>"),
        ("values/last/habit-77.html", "Habit 77", "Habit 70", ">All 130 in Last</a>"),
        ("values/profiles/role-99.html", "Role 99", "Role 70", ">All 130 in Values</a>"),
    ] {
        let menu = menu(path);
        assert_eq!(menu.matches("aria-current").count(), 1, "{path}: {menu}");
        assert!(menu.contains(&format!("aria-current=\"page\">{own}</a>")), "{path}: {menu}");
        assert!(menu.contains(&format!(">{around}</a>")) && menu.contains(all), "{path}: {menu}");
        assert!(menu.matches("<a ").count() < 140, "{path}: {}", menu.matches("<a ").count());
    }
    // Where the links to all lead, all are.
    let framework = handbook.read("values/index.html");
    assert!((1..MANY).all(|n| framework.contains(&format!("href=\"../values/value-{n}.html\""))), "all values");
}

#[test]
fn a_handbook_of_twice_the_pages_gives_a_site_of_twice_the_size() {
    let text = "Ask early, and ask kindly: whoever answers has a day as full as yours. ".repeat(20);
    type PathOf = fn(usize) -> String;
    let size = |path_of: PathOf, pages: usize| {
        let page = |number| format!("+++\ntitle = \"Page {number}\"\n+++\n\n## What to do\n\n{text}\n");
        let of_framework = |number| {
            let value =
                format!("[[values]]\ntitle = \"Value {number}\"\nstatement = \"We do.\"\ndescription = \"{text}\"\n\n");
            format!("{}{value}", if number == 0 { "title = \"Values\"\n\n" } else { "" })
        };
        let files: Vec<(String, String)> = match path_of(0).ends_with(".toml") {
            true => vec![(path_of(0), (0..pages).map(of_framework).collect())],
            false => (0..pages).map(|number| (path_of(number), page(number))).collect(),
        };
        let files = files.into_iter();
        let handbook = files.fold(Handbook::new(), |handbook, (path, page)| handbook.file(&path, &page)).clean();
        tree(&handbook.root().join("public")).values().map(Vec::len).sum::<usize>()
    };
    let shapes: [(&str, PathOf); 5] = [
        ("at the top", |number| format!("content/page-{number}.md")),
        ("in one section", |number| format!("content/all/page-{number}.md")),
        ("in sections of their own", |number| format!("content/section-{number}/index.md")),
        ("values of a framework", |_| "frameworks/values.toml".to_owned()),
        ("in sections of fifteen", |number| format!("content/section-{}/page-{number}.md", number / 15)),
    ];
    for (place, path_of) in shapes {
        // Large enough that nothing depends on it any more whether the site counts as large.
        let [small, large] = [600, 1200].map(|pages| size(path_of, pages));
        assert!(large < small * 21 / 10, "{place}: {small} bytes, then {large}");
    }
}

#[test]
fn a_theme_may_call_anything_safe() {
    let template = concat!(
        "<main id=\"main\">{{ \"<b>\" | safe }}|{{ \"<i>\" }}|{{ page.summary | safe }}|{{ (1 + 1) | safe }}|{{ page.draft | safe }}|",
        "{{ [\"<u>\"] | safe }}|</main>"
    );
    let handbook = Handbook::new()
        .file("ethos.toml", &format!("{SETTINGS}[theme]\nname = \"own\"\n"))
        .file("themes/own/templates/page.html", template)
        .file("content/plain.md", "+++\ntitle = \"Plain\"\n+++\n\nText.\n")
        .clean();
    assert_eq!(handbook.read("plain.html").trim(), "<main id=\"main\"><b>|&lt;i&gt;||2|false|[\"<u>\"]|</main>");
}
