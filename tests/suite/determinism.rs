//! The same handbook gives the same bytes, whatever the machine: threads, folders, time zone, language, the order of files on the disk.

use std::path::Path;
use std::time::{Duration, Instant};

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
        handbook = handbook.file(&path, &text).file(&format!("content/s{section}/file{number}.txt"), &text[4..]);
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

/// Threads that share work take up other work while they wait. If that needs what they are making just now, they wait for ever.
#[test]
fn however_many_threads_there_are_a_build_ends() {
    const RUNS: usize = 20;
    const LONGEST: Duration = Duration::from_secs(120);
    let mut handbook = Handbook::new();
    for number in 0..520_usize {
        let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
        let headings = (0..12).map(|at| format!("## {} {at}\n\nText.\n\n", letter(number * 7 + at * 5)));
        let text = format!("+++\ntitle = \"{} {number}\"\n+++\n\n{}", letter(number), headings.collect::<String>());
        handbook = handbook.file(&format!("content/page-{number}.md"), &text);
    }
    for run in 0..RUNS {
        let output = handbook.root().join(format!("public-{run}"));
        let mut command = ethos();
        command.args(["build", "--quiet", "--root"]).arg(handbook.root()).arg("--output").arg(&output);
        let mut build = command.env("RAYON_NUM_THREADS", "16").spawn().expect("the program runs");
        let begun = Instant::now();
        let ended = loop {
            match build.try_wait().expect("a program to wait for") {
                Some(ended) => break ended,
                None if begun.elapsed() > LONGEST => {
                    build.kill().expect("a program to end");
                    panic!("build {run} waits for ever");
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        assert!(ended.success(), "build {run}");
        if run > 0 {
            std::fs::remove_dir_all(&output).expect("a folder to remove");
        }
    }
}
