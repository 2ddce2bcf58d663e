//! The same handbook gives the same bytes, whatever the machine: threads, folders, time zone, language, the order of files on the disk.

use std::path::Path;

use crate::doors::assert_same;
use crate::judge::judge;
use crate::support::{Handbook, SETTINGS, ethos, project};

/// Builds with a number of threads and an environment of its own.
fn build(root: &Path, output: &Path, threads: &str, zone: &str, language: &str) {
    let run = ethos()
        .args(["build", "--quiet", "--root"])
        .arg(root)
        .arg("--output")
        .arg(output)
        .env("RAYON_NUM_THREADS", threads)
        .env("TZ", zone)
        .env("LANG", language)
        .env("LC_ALL", language)
        .output()
        .expect("the program runs");
    assert_eq!((run.status.code(), String::from_utf8_lossy(&run.stderr).as_ref()), (Some(0), ""));
}

/// Pages, frameworks and files, written in the order of a step through their numbers.
fn many(step: usize) -> Handbook {
    const PAGES: usize = 240;
    let mut handbook = Handbook::empty().file("ethos.toml", &format!("{SETTINGS}menu = [\"s3\", \"f1\"]\n"));
    for turn in 0..PAGES {
        let number = turn * step % PAGES;
        let (section, next) = (number % 12, (number + 1) % PAGES);
        let path = if number == 0 { "content/index.md".to_owned() } else { format!("content/s{section}/p{number}.md") };
        let up = if number == 0 { "" } else { "../" };
        let link = if next == 0 { format!("{up}index.md") } else { format!("{up}s{}/p{next}.md", next % 12) };
        let text = format!(
            "+++\ntitle = \"Page {}\"\naliases = [\"old/{number}\"]\nnumbered = {}\n+++\n\n## A heading\n\n1. One[^a]\n2. [Next]({link})\n\n\
             ## A heading\n\n```framework\nid = \"f{}\"\nshow = \"matrix\"\n```\n\n[^a]: Note {number}.\n",
            number % 50,
            number.is_multiple_of(3),
            number % 4,
        );
        handbook = handbook.file(&path, &text).file(&format!("content/s{section}/file{number}.txt"), &text);
    }
    for number in 0..4 {
        let mut text = format!(
            "title = \"Framework {number}\"\n[[scales]]\nkind = \"level\"\ntitle = \"Level\"\npoints = [{{ id = \"one\", title = \"One\" }}, \
             {{ id = \"two\", title = \"Two\", builds_on = \"one\" }}]\n"
        );
        for value in 0..12 {
            text.push_str(&format!(
                "[[values]]\ntitle = \"Value {value}\"\nindicators = {{ one = [\"do this\", \"do that {value}\"], two = [\"do this\"] }}\n"
            ));
        }
        handbook = handbook.file(&format!("frameworks/f{number}.toml"), &text);
        for value in ["late", "early"] {
            let page = format!("+++\ntitle = \"The {value}\"\n+++\n\n## One\n\n- come {value}\n");
            handbook = handbook.file(&format!("frameworks/f{number}/{value}.md"), &page);
        }
    }
    handbook
}

#[test]
fn the_example_handbook_is_the_same_twice() {
    let (one, other) = (Handbook::empty(), Handbook::empty());
    let (one, other) = (one.root().join("a site"), other.root().join("b/other"));
    build(&project(), &one, "1", "UTC", "C");
    build(&project(), &other, "8", "Pacific/Kiritimati", "tr_TR.UTF-8");
    assert_same(&one, &other);
}

#[test]
fn hundreds_of_pages_are_the_same_whatever_the_machine() {
    let (first, second) = (many(1), many(77));
    let (one, other) = (first.root().join("public"), second.root().join("of another/name"));
    build(first.root(), &one, "1", "America/St_Johns", "de_DE.UTF-8");
    build(second.root(), &other, "8", "Asia/Kathmandu", "C");
    assert_same(&one, &other);
    assert!(judge(&one).pages.len() > 300, "enough pages to keep all threads busy");
}
