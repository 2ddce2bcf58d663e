//! Publishing never follows a link, never empties, deletes or strands what Ethos didn't write, never waits for a pipe, and is refused
//! before it changes anything where it couldn't be done again.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Handbook, MANIFEST, SETTINGS, ethos, kept, made, tree};

/// Runs a command of Ethos that must end by itself, and gives its exit code and messages.
fn run(handbook: &Handbook, command: &[&str]) -> (i32, String) {
    let mut run = ethos();
    run.args(command).arg("--root").arg(handbook.root());
    ended(run)
}

fn ended(mut command: Command) -> (i32, String) {
    const LONGEST: Duration = Duration::from_secs(60);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let begun = Instant::now();
    while child.try_wait().expect("a program to wait for").is_none() {
        if begun.elapsed() > LONGEST {
            child.kill().expect("a program to end");
            panic!("{command:?} waits for ever");
        }
        thread::sleep(Duration::from_millis(5));
    }
    let Output { status, stderr, .. } = child.wait_with_output().expect("it has ended");
    (status.code().unwrap_or(-1), String::from_utf8_lossy(&stderr).into_owned())
}

fn build(handbook: &Handbook) -> (i32, String) {
    run(handbook, &["build", "--quiet"])
}

#[expect(clippy::disallowed_methods, reason = "does what others would")]
fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

/// Takes away whatever is at a path, without following it.
fn remove(path: &Path) {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => fs::remove_dir_all(path).expect("a folder to remove"),
        Ok(_) => fs::remove_file(path).expect("a file to remove"),
        Err(_) => {}
    }
}

/// Somebody's file and somebody's folder, outside of the handbook.
struct Neighbour(tempfile::TempDir);

impl Neighbour {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        write(&folder.path().join("thesis.txt"), "Years of work.");
        write(&folder.path().join("photos/cat.jpg"), "A cat.");
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("thesis.txt")
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("photos")
    }

    #[track_caller]
    fn assert_unharmed(&self) {
        let files = tree(self.0.path());
        let texts: Vec<_> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        assert_eq!(texts, [("photos/cat.jpg", &b"A cat."[..]), ("thesis.txt", b"Years of work.")]);
    }
}

/// A handbook that was published and has changed since.
fn changed() -> Handbook {
    let handbook = Handbook::new().file("content/news.md", "+++\ntitle = \"News\"\n+++\n\nNone.\n").clean();
    handbook.file("content/news.md", "+++\ntitle = \"News\"\n+++\n\nSome.\n")
}

/// Builds a handbook at whose side `path` stands: the build must say so, and change nothing.
#[track_caller]
fn assert_in_the_way(handbook: &Handbook, path: &Path) {
    let public = handbook.root().join("public");
    let before = tree(&public);
    let (code, messages) = build(handbook);
    assert_eq!(code, 2, "{}: {messages}", path.display());
    let named = format!("error: {} isn't Ethos's", path.display());
    assert!(messages.starts_with(&named) && messages.contains("Move it away"), "{messages}");
    assert!(tree(&public) == before, "{}", path.display());
}

#[test]
fn links_in_the_place_of_what_stands_beside_the_site_are_not_followed() {
    let (neighbour, handbook) = (Neighbour::new(), changed());
    for name in [".public.ethos-lock", ".public.ethos-new", ".public.ethos-old"] {
        let path = handbook.root().join(name);
        let nowhere = neighbour.0.path().join("nowhere");
        for target in [neighbour.file(), neighbour.folder(), nowhere] {
            symlink(&target, &path).expect("a link");
            assert_in_the_way(&handbook, &path);
            assert_eq!(fs::read_link(&path).expect("the link"), target, "it stays");
            neighbour.assert_unharmed();
            remove(&path);
        }
        pipe(&path);
        assert_in_the_way(&handbook, &path);
        remove(&path);
    }
    let lock = handbook.root().join(".public.ethos-lock");
    write(&lock.join("notes.txt"), "Mine.");
    assert_in_the_way(&handbook, &lock);
    assert_eq!(fs::read_to_string(lock.join("notes.txt")).expect("a file"), "Mine.");
    remove(&lock);
    for name in [".public.ethos-new", ".public.ethos-old"] {
        let path = handbook.root().join(name);
        write(&path, "Mine.");
        assert_in_the_way(&handbook, &path);
        assert_eq!(fs::read_to_string(&path).expect("a file"), "Mine.");
        remove(&path);
    }
    assert!(handbook.clean().read("news.html").contains("Some."));
}

#[test]
fn a_report_does_not_follow_links_either() {
    let (neighbour, handbook) = (Neighbour::new(), changed());
    let folder = handbook.root().join("report");
    for name in [".report.ethos-lock", ".report.ethos-new", ".report.ethos-old"] {
        let path = handbook.root().join(name);
        symlink(neighbour.folder(), &path).expect("a link");
        let (code, messages) = run(&handbook, &["check", "--report", folder.to_str().expect("UTF-8")]);
        assert!(code == 2 && messages.contains(&format!("{} isn't Ethos's", path.display())), "{code}: {messages}");
        assert!(!folder.exists());
        neighbour.assert_unharmed();
        remove(&path);
    }
}

#[test]
fn a_lock_that_is_somebodys_file_is_neither_emptied_nor_removed() {
    let (neighbour, handbook) = (Neighbour::new(), changed());
    let lock = handbook.root().join(".public.ethos-lock");
    fs::hard_link(neighbour.file(), &lock).expect("a second name");
    let handbook = handbook.clean();
    neighbour.assert_unharmed();
    assert_eq!(fs::read_to_string(&lock).expect("the file"), "Years of work.");
    assert!(handbook.read("news.html").contains("Some."));
}

#[test]
fn a_baseline_is_written_without_following_or_waiting() {
    let vague = "+++\ntitle = \"Vague\"\n+++\n\n[Here](index.md)\n";
    let (neighbour, handbook) = (Neighbour::new(), Handbook::new().file("content/vague.md", vague));
    let baseline = handbook.root().join("base.json");
    let new = handbook.root().join(".base.json.ethos-new");
    let path = baseline.to_str().expect("UTF-8").to_owned();
    let update = || run(&handbook, &["check", "--baseline", &path, "--update"]);
    let is_written = || {
        assert_eq!(update().0, 0);
        neighbour.assert_unharmed();
        assert!(fs::symlink_metadata(&new).is_ok(), "what isn't Ethos's stays");
        remove(&new);
        let text = fs::read_to_string(&baseline).expect("a baseline");
        remove(&baseline);
        text
    };
    symlink(neighbour.file(), &new).expect("a link");
    is_written();
    symlink(neighbour.folder(), &new).expect("a link");
    is_written();
    pipe(&new);
    is_written();
    fs::create_dir(&new).expect("a folder");
    is_written();
    fs::hard_link(neighbour.file(), &new).expect("a second name");
    let exact = is_written();
    let loose = exact.replace("\"vague-link\": 1", "\"vague-link\": 7");
    assert!(exact != loose);
    assert_eq!(update().0, 0);

    // The baseline's own name.
    fs::set_permissions(&baseline, Permissions::from_mode(0o640)).expect("permissions");
    write(&baseline, &loose);
    assert_eq!(update().0, 0);
    assert_eq!(fs::metadata(&baseline).expect("a file").mode() & 0o777, 0o640, "whoever may read it still may");
    remove(&baseline);
    write(&handbook.root().join("shared.json"), &loose);
    symlink("shared.json", &baseline).expect("a link");
    assert_eq!(update().0, 0);
    let shared = fs::read_to_string(handbook.root().join("shared.json")).expect("a file");
    assert!(shared == loose && !fs::symlink_metadata(&baseline).expect("a file").is_symlink());
    remove(&baseline);
    pipe(&baseline);
    let (code, messages) = update();
    assert!(code == 2 && messages.contains("base.json: it isn't an ordinary file"), "{code}: {messages}");
    remove(&baseline);
    write(&baseline, "");
    fs::File::options().write(true).open(&baseline).and_then(|file| file.set_len(1 << 40)).expect("a huge file");
    let (code, messages) = update();
    assert!(code == 2 && messages.contains("larger than 256 MB"), "{code}: {messages}");
}

#[test]
fn a_list_of_addresses_that_is_a_pipe_is_not_waited_for() {
    let handbook = Handbook::new().clean();
    let list = handbook.root().join("list.txt");
    pipe(&list);
    let (code, messages) = run(&handbook, &["check", "--published", list.to_str().expect("UTF-8")]);
    assert!(code == 2 && messages.contains("list.txt: it isn't an ordinary file"), "{code}: {messages}");
    let addresses = handbook.root().join("public/addresses.txt");
    remove(&addresses);
    pipe(&addresses);
    let (code, messages) = run(&handbook, &["check", "--published", "public"]);
    assert_eq!(code, 2, "{messages}");
}

#[test]
fn settings_that_are_a_pipe_are_not_waited_for() {
    let handbook = Handbook::new();
    remove(&handbook.root().join("ethos.toml"));
    pipe(&handbook.root().join("ethos.toml"));
    let (code, messages) = build(&handbook);
    assert!(code == 2 && messages.contains("has no ethos.toml"), "{code}: {messages}");
}

#[test]
fn a_manifest_that_cannot_be_used_is_said_and_nothing_changes() {
    let handbook = changed();
    let (neighbour, public) = (Neighbour::new(), handbook.root().join("public"));
    let manifest = public.join(MANIFEST);
    let good = fs::read_to_string(&manifest).expect("a manifest");
    let refused = |reason: &str| {
        let before = fs::symlink_metadata(&manifest).expect("something");
        let page = fs::read_to_string(public.join("news.html")).expect("a page");
        let (code, messages) = build(&handbook);
        assert_eq!(code, 2, "{reason}: {messages}");
        assert!(messages.contains(manifest.to_str().expect("UTF-8")) && messages.contains(reason), "{messages}");
        assert!(messages.contains("Nothing was changed. Move the folder away"), "{messages}");
        let now = fs::symlink_metadata(&manifest).expect("something");
        assert_eq!((now.ino(), now.len()), (before.ino(), before.len()), "{reason}");
        assert_eq!(fs::read_to_string(public.join("news.html")).expect("a page"), page);
        assert!(
            !handbook.root().join(".public.ethos-new").exists() && !handbook.root().join("public.set-aside").exists()
        );
        remove(&manifest);
    };
    remove(&manifest);
    pipe(&manifest);
    refused("it isn't an ordinary file");
    fs::create_dir(&manifest).expect("a folder");
    refused("it isn't an ordinary file");
    let elsewhere = neighbour.0.path().join("list");
    write(&elsewhere, &good);
    symlink(&elsewhere, &manifest).expect("a link");
    refused("it isn't an ordinary file");
    remove(&elsewhere);
    neighbour.assert_unharmed();
    write(&manifest, "");
    refused("damaged");
    write(&manifest, &good[..good.len() / 2]);
    refused("damaged");
    write(&manifest, "Dear diary,\nit rained.\n");
    refused("damaged");
    write(&manifest, &good);
    fs::File::options().write(true).open(&manifest).and_then(|file| file.set_len(1 << 40)).expect("a huge file");
    refused("larger than 256 MB");
    let bytes = [good.as_bytes(), b"\xff\xfe\n"].concat();
    write_bytes(&manifest, &bytes);
    refused("UTF-8");
    write(&manifest, &good);
    assert!(handbook.clean().read("news.html").contains("Some."));
}

#[expect(clippy::disallowed_methods, reason = "damages a manifest")]
fn write_bytes(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("a file");
}

#[test]
fn links_in_the_site_are_neither_followed_nor_published_again() {
    let handbook = changed();
    let (neighbour, public) = (Neighbour::new(), handbook.root().join("public"));
    // One leads to just what the page was, and one to something else.
    let home = neighbour.0.path().join("home.html");
    fs::rename(public.join("index.html"), &home).expect("a page moved away");
    symlink(&home, public.join("index.html")).expect("a link");
    remove(&public.join("news.html"));
    symlink(neighbour.file(), public.join("news.html")).expect("a link");
    let before = fs::read(&home).expect("the page");
    let (code, messages) = build(&handbook);
    assert!(code == 0 && messages.contains("index.html, news.html"), "{code}: {messages}");
    for page in ["index.html", "news.html"] {
        assert!(fs::symlink_metadata(public.join(page)).expect("a page").is_file(), "{page}");
    }
    let links = handbook.root().join("public.set-aside");
    assert_eq!(fs::read_link(links.join("news.html")).expect("a link"), neighbour.file());
    assert_eq!(fs::read(&home).expect("the page"), before);
    remove(&home);
    neighbour.assert_unharmed();
}

#[test]
fn a_second_name_of_a_page_keeps_what_it_had() {
    let handbook = changed();
    let copy = handbook.root().join("copy.html");
    fs::hard_link(handbook.root().join("public/news.html"), &copy).expect("a second name");
    let handbook = handbook.clean();
    assert!(handbook.read("news.html").contains("Some."));
    assert!(fs::read_to_string(&copy).expect("the copy").contains("None."));
}

#[test]
fn no_way_round_leads_into_the_handbooks_folders() {
    let handbook = Handbook::new()
        .file(
            "frameworks/values.toml",
            "title = \"Values\"\n\n[[values]]\ntitle = \"Kind\"\nstatement = \"Be kind.\"\n",
        )
        .file("themes/own/note.md", "Ours.\n")
        .file("elsewhere/deep/note.txt", "Ours.");
    let root = handbook.root();
    symlink(root.join("content"), root.join("pages")).expect("a link");
    symlink(root.join("elsewhere/deep"), root.join("way")).expect("a link");
    symlink("content", root.join("elsewhere/sources")).expect("a link that leads nowhere");
    let before = tree(root);
    let refused = |path: &str, reason: &str| {
        let path = root.join(path);
        for (command, flag) in [("build", "--output"), ("check", "--report")] {
            let (code, messages) = run(&handbook, &[command, flag, path.to_str().expect("UTF-8"), "--quiet"]);
            assert!(code == 2 && messages.contains(reason), "{command} {}: {code}: {messages}", path.display());
            assert!(tree(root) == before, "{command} {}", path.display());
            assert!(!root.join("missing").exists(), "{command} {}", path.display());
        }
    };
    let own = "the handbook's own files";
    for path in [
        "missing/../content/y",
        "missing/deeper/../../content",
        "missing/../frameworks/y",
        "missing/../themes/own/y",
        "content/./y/../z",
        "pages/y",
        "missing/../pages/y",
        "pages/../content/y/z",
        // Out of where the link leads, and back.
        "way/../../content/y",
    ] {
        refused(path, own);
    }
    refused("elsewhere/sources/y", "a link to a place that isn't there");
    // The handbook's folder itself, named in a roundabout way.
    let (code, messages) = run(&handbook, &["build", "--output", root.join("missing/..").to_str().expect("UTF-8")]);
    assert!(code == 2 && messages.contains(own), "{code}: {messages}");

    // Where such a path leads elsewhere, it is fine, and a build that has nothing to do knows the same place.
    let output = root.join("missing/../sites/one");
    let flags = ["build", "--output", output.to_str().expect("UTF-8")];
    assert_eq!(run(&handbook, &flags).0, 0);
    assert!(root.join("sites/one/index.html").exists() && !root.join("missing").exists());
    assert!(run(&handbook, &flags).1.starts_with("Nothing has changed"));
}

#[test]
fn content_that_is_a_link_is_protected_where_it_leads() {
    let handbook = Handbook::empty().file("ethos.toml", SETTINGS).file("texts/index.md", crate::support::HOME);
    symlink("texts", handbook.root().join("content")).expect("a link");
    let output = handbook.root().join("texts/site");
    let (code, messages) = run(&handbook, &["build", "--output", output.to_str().expect("UTF-8")]);
    assert!(code == 2 && messages.contains("the handbook's own files"), "{code}: {messages}");
    assert!(!output.exists());
}

// ── Files of others ──

#[test]
fn an_empty_folder_of_somebody_is_not_taken_away() {
    let handbook = changed();
    let public = handbook.root().join("public");
    fs::create_dir_all(public.join("uploads/2026")).expect("a folder");
    let (code, messages) = build(&handbook);
    assert!(code == 2 && messages.contains("uploads/2026/"), "{code}: {messages}");
    assert!(public.join("uploads/2026").exists());
}

#[test]
fn a_folder_of_the_site_that_somebody_emptied_is_filled_again() {
    let handbook = Handbook::new().file("content/a/b/news.md", "+++\ntitle = \"News\"\n+++\n\nNone.\n").clean();
    let public = handbook.root().join("public");
    remove(&public.join("a/b"));
    fs::create_dir(public.join("a/b")).expect("a folder");
    assert!(handbook.clean().has("a/b/news.html"));
}

/// As a build leaves it that is killed while it takes the old site away, in which a file came at the last moment.
#[test]
fn what_a_build_that_was_cut_off_left_is_given_back() {
    for name in [".public.ethos-old", ".public.ethos-new"] {
        let handbook = changed();
        let (root, public) = (handbook.root().to_path_buf(), handbook.root().join("public"));
        let old = root.join(name);
        assert!(Command::new("cp").arg("-r").arg(&public).arg(&old).status().expect("cp runs").success());
        write(&old.join("minutes.txt"), "Ours.");
        write(&old.join("a/deep/one.txt"), "Ours too.");
        write(&old.join("news.html"), "Mended by hand.");
        remove(&old.join("index.html"));
        let before = made(&public);
        let (code, messages) = build(&handbook);
        assert_eq!(code, 2, "{messages}");
        for named in ["a/, minutes.txt", "news.html", "public.set-aside", "build again"] {
            assert!(messages.contains(named), "{named}: {messages}");
        }
        assert!(!old.exists());
        assert_eq!(fs::read_to_string(public.join("minutes.txt")).expect("a file"), "Ours.");
        assert_eq!(fs::read_to_string(public.join("a/deep/one.txt")).expect("a file"), "Ours too.");
        assert_eq!(fs::read_to_string(root.join("public.set-aside/news.html")).expect("a file"), "Mended by hand.");
        let now = made(&public);
        assert!(before.iter().all(|(path, bytes)| now.get(path) == Some(bytes)), "the site is as it was");

        let (code, messages) = build(&handbook);
        assert!(code == 2 && messages.contains("minutes.txt"), "the next build asks what to do: {code}: {messages}");
        remove(&public.join("minutes.txt"));
        remove(&public.join("a"));
        let handbook = handbook.clean();
        assert!(handbook.read("news.html").contains("Some."));
        assert!(root.join("public.set-aside/news.html").exists());
    }
}

#[test]
fn what_is_set_aside_never_takes_the_place_of_what_was_before() {
    let handbook = changed();
    let public = handbook.root().join("public");
    for turn in 1..=3 {
        write(&public.join("index.html"), &format!("Changed for the {turn}th time."));
        let (code, messages) = build(&handbook);
        let folder = if turn == 1 { "public.set-aside".to_owned() } else { format!("public.set-aside-{turn}") };
        assert!(code == 0 && messages.contains(&folder), "{code}: {messages}");
        let text = fs::read_to_string(handbook.root().join(folder).join("index.html")).expect("the changed page");
        assert_eq!(text, format!("Changed for the {turn}th time."));
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

/// Two editions with pages of other names, so that every folder and most files change.
fn edition(mut handbook: Handbook, turn: usize) -> Handbook {
    let _ = fs::remove_dir_all(handbook.root().join("content"));
    let name = ["red", "blue"][turn % 2];
    for number in 0..30 {
        let text = format!("+++\ntitle = \"Page {number}\"\n+++\n\nThe {name} edition, for the {turn}th time.\n");
        handbook = handbook.file(&format!("content/a/b{}/{name}-{number}.md", number % 5), &text);
    }
    handbook.file("content/index.md", &format!("+++\ntitle = \"Home\"\n+++\n\nThe {name} edition.\n"))
}

/// Puts files of every kind into a site, as others would who know nothing of Ethos. Gives the text of each that was put there.
fn drop_files(public: &Path, other: &Path, turn: usize) -> Vec<String> {
    // The new site has a page of this name, and the old one hasn't.
    let colliding = public.join(format!("a/b0/{}-5.html", ["red", "blue"][turn % 2]));
    let mut dropped = Vec::new();
    let mut drop = |number: usize, put: &dyn Fn(&str) -> io::Result<()>| {
        let text = format!("dropped in turn {turn} as number {number}");
        dropped.extend(put(&text).is_ok().then_some(text));
    };
    let file = |path: &Path, text: &str| fs::File::create_new(path)?.write_all(text.as_bytes());
    drop(0, &|text| file(&public.join("drop-0.txt"), text));
    drop(1, &|text| file(&colliding, text));
    // In one step over a page, as programs save.
    drop(2, &|text| file(other, text).and_then(|()| fs::rename(other, public.join("index.html"))));
    drop(3, &|text| fs::create_dir(public.join("drop-3")).and_then(|()| file(&public.join("drop-3/file.txt"), text)));
    drop(4, &|text| symlink(text, public.join("drop-4")));
    for number in 5..60 {
        drop(number, &|text| file(&public.join(format!("a/b{}/drop-{number}.txt", number % 5)), text));
    }
    dropped
}

/// The texts of all files and the targets of all links below the site and beside it.
fn texts(root: &Path) -> Vec<String> {
    let all = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("a readable folder"));
    all.filter_map(|entry| match entry.file_type() {
        kind if kind.is_symlink() => Some(fs::read_link(entry.path()).expect("a link").to_string_lossy().into_owned()),
        kind if kind.is_file() => Some(String::from_utf8_lossy(&fs::read(entry.path()).expect("a file")).into_owned()),
        _ => None,
    })
    .collect()
}

/// `ETHOS_DROPS=500 cargo test --test suite dropped` for the long form.
#[test]
fn nothing_that_is_dropped_into_a_site_while_it_is_published_is_lost() {
    let turns = std::env::var("ETHOS_DROPS").ok().and_then(|number| number.parse().ok()).unwrap_or(30);
    let mut handbook = edition(Handbook::new(), 0);
    let public = handbook.root().join("public");
    let mut dice = Dice(3);
    let (mut dropped_in_all, mut published) = (0, 0);
    for turn in 1..=turns {
        let mut long = Duration::ZERO;
        for beside in fs::read_dir(handbook.root()).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if beside.file_name().is_some_and(|name| name.to_string_lossy().starts_with("public")) {
                remove(&beside);
            }
        }
        for edited in [turn - 1, turn] {
            handbook = edition(handbook, edited);
            if edited == turn {
                break;
            }
            let started = Instant::now();
            handbook = handbook.clean();
            long = started.elapsed();
        }
        let mut command = ethos();
        command.args(["build", "--quiet", "--root"]).arg(handbook.root());
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program runs");
        // At any moment; or at the worst one, when nothing is left to be done but to put the new site in its place.
        let (begun, moment) = (Instant::now(), Duration::from_micros(dice.below(long.as_micros() as u64)));
        let list = handbook.root().join(".public.ethos-new").join(MANIFEST);
        let is_worst = turn % 3 > 0;
        while begun.elapsed() < if is_worst { 2 * long } else { moment } && !(is_worst && list.exists()) {
            thread::yield_now();
        }
        let dropped = drop_files(&public, &handbook.root().join("other"), turn);
        let ended = child.wait_with_output().expect("it ends");
        let messages = String::from_utf8_lossy(&ended.stderr);
        assert!(matches!(ended.status.code(), Some(0 | 2)), "turn {turn}: {messages}");
        published += usize::from(ended.status.success());
        let found = texts(handbook.root());
        let lost: Vec<_> = dropped.iter().filter(|text| !found.contains(text)).collect();
        assert!(lost.is_empty(), "turn {turn}: lost: {lost:?}\n{messages}");
        dropped_in_all += dropped.len();
    }
    println!("{dropped_in_all} files were dropped into {turns} sites, {published} of which were published");
    assert!(published > 0, "some builds published");
}

// ── Folders of others ──

/// Ethos as a user who isn't root, and a handbook that is that user's; none where this machine doesn't let us.
struct Other {
    handbook: Handbook,
    is_root: bool,
}

const NOBODY: u32 = 65534;

impl Other {
    fn new() -> Option<Self> {
        let handbook = Handbook::new().file("content/a/b/news.md", "+++\ntitle = \"News\"\n+++\n\nNone.\n");
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let other = Self { handbook, is_root };
        fs::set_permissions(other.root(), Permissions::from_mode(0o755)).expect("permissions");
        other.give(other.root());
        let runs = other.command().arg("--version").output().is_ok_and(|run| run.status.success());
        if !runs {
            eprintln!("skipped: this machine doesn't let the test run Ethos as another user");
        }
        runs.then_some(other)
    }

    fn root(&self) -> &Path {
        self.handbook.root()
    }

    fn command(&self) -> Command {
        if !self.is_root {
            return ethos();
        }
        let mut command = Command::new("setpriv");
        command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups", "--"]);
        command.arg(env!("CARGO_BIN_EXE_ethos"));
        command
    }

    fn build(&self) -> (i32, String) {
        let mut command = self.command();
        command.args(["build", "--quiet", "--root"]).arg(self.root());
        ended(command)
    }

    /// Makes everything at a path the other user's.
    fn give(&self, path: &Path) {
        if self.is_root {
            for entry in walkdir::WalkDir::new(path) {
                let entry = entry.expect("a readable folder");
                std::os::unix::fs::lchown(entry.path(), Some(NOBODY), Some(NOBODY)).expect("another owner");
            }
        }
    }

    /// Changes the source, so that there is something to publish.
    fn edit(&self, turn: usize) {
        let page = self.root().join("content/a/b/news.md");
        write(&page, &format!("+++\ntitle = \"News\"\n+++\n\nNumber {turn}.\n"));
        self.give(&page);
    }
}

/// Everything below a folder, with who may do what with it.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (u64, u32, Vec<u8>)> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("a readable folder"));
    let described = |entry: walkdir::DirEntry| {
        let (path, there) = (entry.path().to_path_buf(), entry.metadata().expect("a description"));
        let bytes = if there.is_file() { fs::read(&path).expect("a readable file") } else { Vec::new() };
        (path, (there.ino(), there.mode(), bytes))
    };
    all.map(described).collect()
}

#[test]
fn a_site_that_could_not_be_replaced_again_is_refused_before_anything_changes() {
    let Some(other) = Other::new() else { return };
    assert_eq!(other.build(), (0, String::new()));
    let public = other.root().join("public");
    let mut turn = 0;
    let mut refused = |folder: &Path, mode: u32, owner: Option<u32>| {
        turn += 1;
        other.edit(turn);
        let before = fs::metadata(folder).expect("a folder");
        fs::set_permissions(folder, Permissions::from_mode(mode)).expect("permissions");
        if let Some(owner) = owner.filter(|_| other.is_root) {
            std::os::unix::fs::chown(folder, Some(owner), Some(owner)).expect("another owner");
        }
        let whole = snapshot(other.root());
        // Not only once.
        for _ in 0..2 {
            let (code, messages) = other.build();
            assert_eq!(code, 2, "{} {mode:o}: {messages}", folder.display());
            let said = format!("error: {} can't be changed by the account that runs Ethos", folder.display());
            assert!(messages.starts_with(&said) && messages.contains("--output"), "{messages}");
            assert!(snapshot(other.root()) == whole, "{} {mode:o}", folder.display());
        }
        std::os::unix::fs::chown(folder, Some(before.uid()), Some(before.gid())).expect("the owner from before");
        fs::set_permissions(folder, before.permissions()).expect("permissions");
        assert_eq!(other.build(), (0, String::new()), "{} {mode:o}", folder.display());
        let page = fs::read_to_string(public.join("a/b/news.html")).expect("a page");
        assert!(page.contains(&format!("Number {turn}.")));
    };
    refused(&public, 0o555, None);
    refused(&public.join("a/b"), 0o555, None);
    refused(&public.join("assets"), 0o555, None);
    refused(other.root(), 0o555, None);
    if other.is_root {
        refused(&public, 0o755, Some(0));
        refused(&public.join("a"), 0o755, Some(0));
        refused(other.root(), 0o755, Some(0));
        // Everybody may write there, but not delete what is another's.
        refused(&public.join("a/b"), 0o1777, Some(0));
    }
}

#[test]
fn a_site_is_published_into_a_shared_folder_where_only_owners_delete() {
    let Some(other) = Other::new() else { return };
    let shared = other.root().join("shared");
    fs::create_dir(&shared).expect("a folder");
    fs::set_permissions(&shared, Permissions::from_mode(0o1777)).expect("permissions");
    for turn in 1..=3 {
        other.edit(turn);
        let mut command = other.command();
        command.args(["build", "--quiet", "--root"]).arg(other.root()).arg("--output").arg(shared.join("site"));
        assert_eq!(ended(command), (0, String::new()), "turn {turn}");
    }
    assert!(fs::read_to_string(shared.join("site/a/b/news.html")).expect("a page").contains("Number 3."));
}

#[test]
fn leftovers_that_cannot_be_removed_are_named() {
    let Some(other) = Other::new() else { return };
    assert_eq!(other.build(), (0, String::new()));
    for (name, manifest) in [(".public.ethos-new", false), (".public.ethos-new", true), (".public.ethos-old", true)] {
        other.edit(name.len());
        let left = other.root().join(name);
        write(&left.join("a/page.html"), "Half a page.");
        if manifest {
            write(&left.join(MANIFEST), "ethos 0.1.0\n0000000000000000 12 - a/page.html\n");
        }
        other.give(&left);
        fs::set_permissions(left.join("a"), Permissions::from_mode(0o555)).expect("permissions");
        let site = tree(&other.root().join("public"));
        let (code, messages) = other.build();
        assert_eq!(code, 2, "{name}: {messages}");
        assert!(messages.contains(left.to_str().expect("UTF-8")), "{name}: {messages}");
        assert!(messages.to_lowercase().contains("delete"), "{name}: {messages}");
        assert!(tree(&other.root().join("public")) == site, "{name}");
        fs::set_permissions(left.join("a"), Permissions::from_mode(0o755)).expect("permissions");
        remove(&left);
        assert_eq!(other.build(), (0, String::new()), "{name}");
    }
    if other.is_root {
        other.edit(1);
        let lock = other.root().join(".public.ethos-lock");
        write(&lock, "");
        fs::set_permissions(&lock, Permissions::from_mode(0o600)).expect("permissions");
        let (code, messages) = other.build();
        assert!(code == 2 && messages.contains(lock.to_str().expect("UTF-8")), "{code}: {messages}");
        assert!(messages.contains("delete that file"), "{messages}");
        remove(&lock);
        assert_eq!(other.build(), (0, String::new()));
    }
}

// ── Assets of the site before ──

fn branded(handbook: Handbook, colour: &str) -> Handbook {
    handbook.file("ethos.toml", &format!("{SETTINGS}\n[brand]\ncolour = \"{colour}\"\n"))
}

/// The stylesheet that the first page names.
fn stylesheet(handbook: &Handbook) -> String {
    let home = handbook.read("index.html");
    let (_, rest) = home.split_once("href=\"assets/style.").expect("a stylesheet");
    format!("assets/style.{}", rest.split('"').next().expect("an end"))
}

#[test]
fn a_page_that_is_open_finds_its_assets_until_a_further_site_is_published() {
    let handbook = branded(Handbook::new(), "#0b5394").clean();
    let public = handbook.root().join("public");
    let (first, before) = (stylesheet(&handbook), tree(&public));
    assert_eq!(kept(&public).join(" "), "", "there was nothing before");

    let handbook = branded(handbook, "#38761d").clean();
    let second = stylesheet(&handbook);
    assert_ne!(first, second);
    assert_eq!(kept(&public).join(" "), first, "a page isn't kept, nor what hasn't changed");
    assert_eq!(fs::read(public.join(&first)).expect("the stylesheet"), before[&first]);
    assert!(made(&public) == made(&branded(Handbook::new(), "#38761d").clean().root().join("public")));

    // The same site once more, with nothing to do and with something to mend.
    assert!(handbook.build().messages.starts_with("Nothing has changed"));
    remove(&public.join("index.html"));
    let handbook = handbook.clean();
    assert_eq!(kept(&public).join(" "), first);
    assert_eq!(fs::read(public.join(&first)).expect("the stylesheet"), before[&first]);

    let handbook = branded(handbook, "#741b47").clean();
    assert_eq!(kept(&public).join(" "), second);
    assert!(!handbook.has(&first) && handbook.has(&second) && handbook.has(&stylesheet(&handbook)));

    // Back to what is kept: it is the site's own again.
    let third = stylesheet(&handbook);
    let handbook = branded(handbook, "#38761d").clean();
    assert_eq!((stylesheet(&handbook), kept(&public)), (second, vec![third]));
}

#[test]
fn parts_of_the_search_are_kept_too_and_not_counted() {
    let page = |word: &str| format!("+++\ntitle = \"News\"\n+++\n\nA {word} word.\n");
    let handbook = Handbook::new().file("content/news.md", &page("first")).clean();
    let public = handbook.root().join("public");
    let scripts = |public: &Path| {
        let all = tree(public).into_keys();
        all.filter(|path| path.starts_with("search/") && path.ends_with(".js")).collect::<Vec<_>>()
    };
    let before = scripts(&public);
    let built = handbook.file("content/news.md", &page("second"));
    let said = built.build().messages;
    assert_eq!(kept(&public), before);
    assert!(scripts(&public).len() > before.len());
    let fresh = Handbook::new().file("content/news.md", &page("second"));
    let count = |said: &str| said.split(" in ").next().expect("a count").to_owned();
    assert_eq!(count(&said), count(&fresh.build().messages), "what is kept is no part of the site");
}

#[test]
fn an_authors_file_that_is_gone_is_not_kept() {
    let handbook = Handbook::new()
        .file("content/assets/secret.12345678.css", "Ours.")
        .file("content/search/plan.draft.js", "Ours.")
        .file("content/map.pdf", "Ours.")
        .clean();
    for path in ["assets/secret.12345678.css", "search/plan.draft.js", "map.pdf"] {
        remove(&handbook.root().join("content").join(path));
    }
    let handbook = handbook.clean();
    for path in ["assets/secret.12345678.css", "search/plan.draft.js", "map.pdf"] {
        assert!(!handbook.has(path), "{path}");
    }
}

#[test]
fn an_asset_that_somebody_changed_is_not_kept_in_the_site() {
    let handbook = branded(Handbook::new(), "#0b5394").clean();
    let (public, first) = (handbook.root().join("public"), stylesheet(&handbook));
    write(&public.join(&first), "body { display: none }");
    let handbook = branded(handbook, "#38761d");
    let (code, messages) = build(&handbook);
    assert!(code == 0 && messages.contains(&first), "{code}: {messages}");
    assert!(!handbook.has(&first) && kept(&public).is_empty());
    assert!(handbook.root().join("public.set-aside").join(&first).exists());
    assert!(handbook.build().messages.starts_with("Nothing has changed"));
}

#[test]
fn a_list_that_names_places_outside_the_site_brings_nothing_in() {
    let neighbour = Neighbour::new();
    let handbook = branded(Handbook::new(), "#0b5394").clean();
    let manifest = handbook.root().join("public").join(MANIFEST);
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let line = text.lines().find(|line| line.contains(" assets/style.")).expect("a stylesheet").to_owned();
    let name = line.rsplit('/').next().expect("a name");
    let target = neighbour.0.path().join(name);
    let path = line.splitn(3, ' ').last().expect("a path");
    fs::copy(handbook.root().join("public").join(path), &target).expect("a copy");
    let forged = line.replace(path, target.to_str().expect("UTF-8"));
    write(&manifest, &format!("{text}{forged}\n"));
    let handbook = branded(handbook, "#38761d").clean();
    assert!(kept(&handbook.root().join("public")).iter().all(|path| path.starts_with("assets/")));
    remove(&target);
    neighbour.assert_unharmed();
}
