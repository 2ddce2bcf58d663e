//! Publishing: the old site or the new one, whole, whatever happens; and nothing that Ethos didn't write is ever touched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Handbook, ethos, made, tree};

/// Pages of one edition, several folders deep, so that publishing takes a moment.
fn edition(mut handbook: Handbook, name: &str) -> Handbook {
    for number in 0..30 {
        let text = format!("+++\ntitle = \"Page {number}\"\n+++\n\nThe {name} edition. [Home](../../index.md)\n");
        handbook = handbook.file(&format!("content/a/b{}/{name}-{number}.md", number % 5), &text);
    }
    handbook.file("content/index.md", &format!("+++\ntitle = \"Home\"\n+++\n\nThe {name} edition.\n"))
}

/// Takes the pages of an edition away.
fn cleared(handbook: &Handbook) {
    let _ = fs::remove_dir_all(handbook.root().join("content"));
}

/// What stands in a folder, without looking into it.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn built_to(handbook: &Handbook, output: &Path) -> (i32, String) {
    let built = handbook.build_with(&["--quiet", "--output", output.to_str().expect("UTF-8")]);
    (built.code, built.messages)
}

#[test]
fn an_error_leaves_the_old_site_as_it_was() {
    let handbook = Handbook::new().clean();
    let public = handbook.root().join("public");
    let before = tree(&public);

    let handbook = handbook.file("content/broken.md", "+++\ntitle = \"Broken\"\n+++\n\n[x](nowhere.md)\n");
    assert_eq!(handbook.build().code, 1);
    assert!(tree(&public) == before, "an error in a page");

    let handbook = handbook.without("content/broken.md").file("themes/default/templates/page.html", "{% extends");
    assert_eq!(handbook.build().code, 1);
    assert!(tree(&public) == before, "a template that can't be read");

    let handbook = handbook
        .file("content/page.md", "+++\ntitle = \"Page\"\n+++\n\nText.\n")
        .file("themes/default/templates/page.html", "{{ nobody.knows.this }}");
    assert_eq!(handbook.build().code, 1, "a template that fails while it draws");
    assert!(tree(&public) == before, "a template that fails while it draws");
    assert_eq!(names(handbook.root()), ["content", "ethos.toml", "public", "themes"]);
}

#[test]
fn stale_pages_do_not_survive() {
    let handbook = edition(Handbook::new(), "old").clean();
    assert!(handbook.has("a/b3/old-3.html"));
    cleared(&handbook);
    let handbook = edition(handbook, "new").clean();
    let clean = edition(Handbook::new(), "new").clean();
    assert!(
        made(&handbook.root().join("public")) == made(&clean.root().join("public")),
        "as if built for the first time"
    );
}

#[test]
fn what_ethos_did_not_write_is_named_and_left_alone() {
    let foreign = |files: &[&str]| {
        let mut handbook = Handbook::new();
        for path in files {
            handbook = handbook.file(&format!("other/{path}"), path);
        }
        handbook
    };
    let handbook = foreign(&["thesis.docx", "photos/cat.jpg", ".git/HEAD"]);
    let other = handbook.root().join("other");
    let before = tree(&other);
    let (code, messages) = built_to(&handbook, &other);
    assert_eq!(code, 2);
    for name in ["thesis.docx", "photos/cat.jpg", ".git/HEAD", "--output"] {
        assert!(messages.contains(name), "{name}: {messages}");
    }
    assert!(tree(&other) == before);
    assert_eq!(names(handbook.root()), ["content", "ethos.toml", "other"], "nothing was left behind");

    // In a site of Ethos's own, too.
    let handbook = foreign(&[]).clean().file("public/CNAME", "handbook.example");
    let public = handbook.root().join("public");
    let before = tree(&public);
    let built = handbook.build();
    assert_eq!((built.code, built.messages.contains("CNAME")), (2, true), "{}", built.messages);
    assert!(tree(&public) == before);

    let many: Vec<String> = (0..9).map(|number| format!("file-{number}")).collect();
    let handbook = foreign(&many.iter().map(String::as_str).collect::<Vec<_>>());
    let (code, messages) = built_to(&handbook, &handbook.root().join("other"));
    assert_eq!(code, 2);
    assert!(messages.contains("file-4") && messages.contains("4 more") && !messages.contains("file-5"), "{messages}");
}

#[test]
fn an_empty_folder_is_taken() {
    let handbook = Handbook::new();
    fs::create_dir(handbook.root().join("public")).expect("a folder");
    assert!(handbook.clean().has("index.html"));
}

#[test]
fn places_that_hold_other_things_are_refused() {
    let handbook = Handbook::new()
        .file("site/content/index.md", crate::support::HOME)
        .file("site/ethos.toml", crate::support::SETTINGS)
        .file("site/a-file", "words");
    let root = handbook.root().join("site");
    let before = tree(handbook.root());
    let outputs: [PathBuf; 9] = [
        root.clone(),
        root.join("content"),
        root.join("content/public"),
        root.join("frameworks"),
        root.join("themes/x"),
        root.join("content/../content"),
        handbook.root().to_path_buf(),
        "/".into(),
        root.join("a-file"),
    ];
    for output in outputs {
        let run = ethos()
            .args(["build", "--quiet", "--root"])
            .arg(&root)
            .arg("--output")
            .arg(&output)
            .output()
            .expect("the program runs");
        let messages = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{}: {messages}", output.display());
        assert!(messages.starts_with("error: ") && messages.lines().count() <= 3, "{}: {messages}", output.display());
        assert!(tree(handbook.root()) == before, "{}", output.display());
    }
    let inside_a_file = root.join("a-file/public");
    let run = ethos().args(["build", "--root"]).arg(&root).arg("--output").arg(&inside_a_file).output();
    assert_eq!(run.expect("the program runs").status.code(), Some(2));
    assert!(tree(handbook.root()) == before);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    use std::os::unix::fs::symlink;

    let handbook = Handbook::new();
    let served = handbook.root().join("served");
    fs::create_dir(&served).expect("a folder");
    symlink(&served, handbook.root().join("public")).expect("a link");
    let handbook = handbook.clean().clean();
    assert!(fs::symlink_metadata(handbook.root().join("public")).expect("there").is_symlink());
    assert!(served.join("index.html").exists());
    assert_eq!(names(handbook.root()), ["content", "ethos.toml", "public", "served"]);

    // A link into the sources is no way round.
    fs::remove_file(handbook.root().join("public")).expect("a link");
    symlink(handbook.root().join("content"), handbook.root().join("public")).expect("a link");
    let before = tree(&handbook.root().join("content"));
    assert_eq!(handbook.build().code, 2);
    assert!(tree(&handbook.root().join("content")) == before);
}

#[test]
fn a_second_build_at_the_same_time_is_told_so() {
    let handbook = Handbook::new().clean();
    let before = tree(&handbook.root().join("public"));
    let lock = File::create(handbook.root().join(".public.ethos-lock")).expect("a file");
    lock.lock().expect("the lock");
    let handbook = handbook.file("content/new.md", "+++\ntitle = \"New\"\n+++\n\nText.\n");
    let built = handbook.build();
    assert_eq!(built.code, 2);
    assert!(built.messages.starts_with("error: another build is publishing to "), "{}", built.messages);
    assert!(tree(&handbook.root().join("public")) == before);
    drop(lock);
    assert!(handbook.clean().has("new.html"), "a lock that nobody holds is no hindrance");
}

#[test]
fn of_many_builds_at_once_each_publishes_or_says_why_not() {
    const TURNS: usize = 5;
    let handbook = edition(Handbook::new(), "only").clean();
    let before = tree(&handbook.root().join("public"));
    for _ in 0..TURNS {
        let running: Vec<_> = (0..4)
            .map(|_| {
                let mut command = ethos();
                command.args(["build", "--quiet", "--root"]).arg(handbook.root());
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs")
            })
            .collect();
        let ended: Vec<_> = running.into_iter().map(|child| child.wait_with_output().expect("it ends")).collect();
        for output in &ended {
            let messages = String::from_utf8_lossy(&output.stderr);
            match output.status.code() {
                Some(0) => assert_eq!(messages, ""),
                Some(2) => assert!(messages.starts_with("error: another build is publishing to "), "{messages}"),
                code => panic!("{code:?}: {messages}"),
            }
        }
        assert!(ended.iter().any(|output| output.status.success()), "one of them publishes");
        assert!(tree(&handbook.root().join("public")) == before);
        assert_eq!(names(handbook.root()), ["content", "ethos.toml", "public"]);
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

/// `ETHOS_KILLS=200 cargo test --test suite killed` for the long form.
#[test]
fn a_build_that_is_killed_leaves_one_site_whole() {
    let kills = std::env::var("ETHOS_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(20);
    let editions: [BTreeMap<String, Vec<u8>>; 2] = ["red", "blue"].map(|name| {
        let handbook = edition(Handbook::new(), name).clean();
        tree(&handbook.root().join("public"))
    });
    let mut handbook = edition(Handbook::new(), "red");
    let started = Instant::now();
    handbook = handbook.clean();
    let long = started.elapsed().as_micros() as u64 * 5 / 4;
    let public = handbook.root().join("public");
    let mut dice = Dice(1);
    let mut published = 0;
    for turn in 1..=kills {
        cleared(&handbook);
        handbook = edition(handbook, ["red", "blue"][turn % 2]);
        let mut child = ethos()
            .args(["build", "--quiet", "--root"])
            .arg(handbook.root())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        thread::sleep(Duration::from_micros(dice.below(long)));
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().expect("it ends");
        let now = made(&public);
        let which = editions.iter().position(|whole| *whole == now);
        assert!(which.is_some(), "turn {turn}: neither the old site nor the new one: {:?}", now.keys());
        published += usize::from(which == Some(turn % 2));

        handbook = handbook.clean();
        assert!(made(&public) == editions[turn % 2], "turn {turn}: the next build succeeds by itself");
        assert_eq!(
            names(handbook.root()),
            ["content", "ethos.toml", "public"],
            "turn {turn}: nothing is left lying about"
        );
    }
    println!("{kills} builds were killed, {published} of them after they had published");
}

#[test]
fn a_reader_never_misses_the_home_page() {
    let handbook = edition(Handbook::new(), "steady").clean();
    let home = handbook.root().join("public/index.html");
    let is_over = AtomicBool::new(false);
    let reads = AtomicUsize::new(0);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut missed = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                match fs::read_to_string(&home) {
                    Ok(text) if text.trim_end().ends_with("</html>") => {}
                    Ok(text) => missed.push(format!("{} bytes", text.len())),
                    Err(error) => missed.push(error.to_string()),
                }
                reads.fetch_add(1, Ordering::Relaxed);
            }
            missed
        });
        let failed: Vec<_> = (0..10).map(|_| handbook.build()).filter(|built| built.code != 0).collect();
        is_over.store(true, Ordering::Relaxed);
        assert_eq!(reader.join().expect("the reader ends"), Vec::<String>::new());
        assert!(failed.is_empty(), "{}", failed[0].messages);
    });
    assert!(reads.into_inner() > 10, "it did read meanwhile");
}

#[test]
fn leftovers_of_a_build_that_was_cut_off_are_removed() {
    let handbook = Handbook::new()
        .file(".public.ethos-new/index.html", "half a page")
        .file(".public.ethos-new/deep/er/page.html", "")
        .file(".public.ethos-lock", "")
        .clean();
    assert_eq!(names(handbook.root()), ["content", "ethos.toml", "public"]);
    assert!(!handbook.has("deep"));
}

/// A build that waited for the pipe would never end.
#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_a_page_is_replaced() {
    let text = "+++\ntitle = \"About\"\n+++\n\nText.\n";
    let replaced = |handbook: Handbook| {
        let page = handbook.root().join("public/about.html");
        fs::remove_file(&page).expect("a page to remove");
        assert!(Command::new("mkfifo").arg(&page).status().expect("mkfifo runs").success());
        let built = handbook.build_with(&["--quiet"]);
        assert!(built.code == 0 && built.messages.contains("public.set-aside"), "{}", built.messages);
        assert!(page.metadata().expect("a page").is_file());
        assert!(handbook.read("about.html").contains("<p>Text.</p>"));
        handbook
    };
    let handbook = replaced(Handbook::new().file("content/about.md", text).clean());
    // So it is where something else has changed.
    replaced(handbook.file("content/news.md", text.replace("About", "News").as_str()));
}

#[test]
fn times_of_files_do_not_matter() {
    let handbook = Handbook::new().clean();
    let public = handbook.root().join("public");
    let before = tree(&public);
    let day = Duration::from_secs(24 * 60 * 60);
    let now = std::time::SystemTime::now();
    for (path, time) in [("content/index.md", now + 900 * day), ("ethos.toml", now - 9000 * day)] {
        let file = File::options().write(true).open(handbook.root().join(path)).expect("a file");
        file.set_modified(time).expect("a time");
    }
    let handbook = handbook.clean();
    assert!(tree(&public) == before);

    // The same length and the same second: what counts is what stands in the file.
    let path = handbook.root().join("content/index.md");
    let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
    let handbook = handbook.file("content/index.md", &crate::support::HOME.replace("Welcome", "Goodbye"));
    File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("a time");
    assert!(handbook.clean().read("index.html").contains("Goodbye."));
}

/// A small disk of its own, taken away at the end.
struct Disk(PathBuf);

impl Disk {
    /// None where this machine doesn't let us.
    fn mount(at: PathBuf, bytes: u64) -> Option<Self> {
        fs::create_dir_all(&at).expect("a folder");
        let size = format!("size={bytes}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[expect(clippy::disallowed_methods, reason = "fills a disk")]
fn fill(disk: &Disk, bytes: u64) {
    fs::write(disk.0.join("filler"), vec![0; bytes as usize]).expect("there is room for this");
}

/// What files take on a disk that gives out whole blocks.
fn room(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> u64 {
    const BLOCK: u64 = 4096;
    files.into_iter().map(|(_, bytes)| (bytes.len() as u64).div_ceil(BLOCK) * BLOCK).sum()
}

#[test]
fn a_full_disk_leaves_the_old_site_as_it_was() {
    let handbook = edition(Handbook::new(), "old").clean();
    let site = room(tree(&handbook.root().join("public")));
    let Some(disk) = Disk::mount(handbook.root().join("disk"), 3 * site) else {
        println!("skipped: this machine doesn't let the test mount a small disk");
        return;
    };
    let output = disk.0.join("site");
    assert_eq!(built_to(&handbook, &output), (0, String::new()));
    let before = tree(&output);
    let mut handbook = handbook;
    cleared(&handbook);
    handbook = edition(handbook, "new").clean();
    // What stays as it is takes no room.
    let changed =
        room(tree(&handbook.root().join("public")).into_iter().filter(|(path, new)| before.get(path) != Some(new)));
    for percent in [1, 25, 50, 75, 98] {
        fill(&disk, 3 * site - room(before.clone()) - changed * percent / 100);
        let (code, messages) = built_to(&handbook, &output);
        assert_eq!(code, 2, "{percent} per cent: {messages}");
        assert!(messages.contains(disk.0.to_str().expect("UTF-8")), "{percent} per cent: {messages}");
        assert!(messages.to_lowercase().contains("no space"), "{percent} per cent: {messages}");
        assert!(tree(&output) == before, "{percent} per cent: the old site stands");
        assert_eq!(names(&disk.0), ["filler", "site"], "{percent} per cent: nothing is left lying about");
        fs::remove_file(disk.0.join("filler")).expect("the filler");
    }
    assert_eq!(built_to(&handbook, &output), (0, String::new()), "with room again");
    assert!(output.join("a/b1/new-1.html").exists());
}
