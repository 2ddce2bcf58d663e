//! The live preview: what it serves is what `build` writes, and it keeps in step with the disk whatever editors do to it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::preview::{LONGEST, Preview, read_answer};
use crate::support::{HOME, Handbook, SETTINGS, ethos, project, tree};

fn page(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n")
}

#[expect(clippy::disallowed_methods, reason = "tests write handbooks")]
fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Builds into a folder of its own: the published files, or none where there are mistakes.
fn build(root: &Path, flags: &[&str]) -> Option<BTreeMap<String, Vec<u8>>> {
    let output = tempfile::tempdir().expect("a folder");
    let public = output.path().join("public");
    let run = ethos()
        .args(["build", "--quiet", "--root"])
        .arg(root)
        .arg("--output")
        .arg(&public)
        .args(flags)
        .output()
        .expect("the program runs");
    let mut files = run.status.success().then(|| tree(&public))?;
    files.remove(".ethos-manifest");
    Some(files)
}

/// What of a built site isn't served as it was built.
fn differences(preview: &Preview, built: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut stream = preview.connect();
    let mut reader = BufReader::new(stream.try_clone().expect("a connection"));
    let mut different = Vec::new();
    for (path, bytes) in built {
        let url: String = path
            .bytes()
            .map(|byte| match byte {
                b'/' | b'-' | b'.' | b'_' => (byte as char).to_string(),
                byte if byte.is_ascii_alphanumeric() => (byte as char).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect();
        write!(stream, "GET /{url} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
        let answer = read_answer(&mut reader, false).unwrap_or_else(|| panic!("no answer for {path}"));
        if answer.status != 200 || answer.published() != *bytes {
            different.push(format!("{path} ({})", answer.status));
        }
    }
    different
}

/// Waits until all of a built site is served.
fn assert_serves(preview: &Preview, built: &BTreeMap<String, Vec<u8>>, after: &str) {
    let until = Instant::now() + LONGEST;
    loop {
        let different = differences(preview, built);
        if different.is_empty() {
            return;
        }
        assert!(Instant::now() < until, "after {after}: {different:?}; {}", preview.findings());
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn serves_what_build_writes() {
    let preview = Preview::start(&project(), &[]);
    let built = build(&project(), &[]).expect("the example builds");
    assert_eq!(differences(&preview, &built), Vec::<String>::new());
    let home = preview.get("/");
    assert!(home.text().contains("/.ethos/live.js"));
    assert_eq!(home.published(), built["index.html"]);
}

#[test]
fn serves_the_real_handbooks() {
    let handbooks = project().join("../shared/handbooks");
    let Ok(folders) = fs::read_dir(&handbooks) else {
        eprintln!("skipped: {} isn't there", handbooks.display());
        return;
    };
    for folder in folders.map(|folder| folder.expect("a folder").path()).filter(|folder| folder.is_dir()) {
        let built = build(&folder, &[]).expect("it builds");
        assert_eq!(differences(&Preview::start(&folder, &[]), &built), Vec::<String>::new(), "{}", folder.display());
    }
}

#[test]
fn says_where_it_is_and_writes_nothing() {
    let handbook = Handbook::new();
    let before = tree(handbook.root());
    let preview = Preview::start(handbook.root(), &[]);
    assert!(preview.address.ip().is_loopback());
    preview.get("/");
    write(&handbook.root().join("content/index.md"), &page("Home", "Again."));
    preview.wait_for_text("/", "Again.");
    assert_eq!(tree(handbook.root()).len(), before.len());
    assert!(!handbook.has("index.html"));
}

#[test]
#[cfg(unix)]
fn stops_cleanly() {
    for signal in ["INT", "TERM", "HUP"] {
        let handbook = Handbook::new();
        let preview = Preview::start(handbook.root(), &[]);
        let address = preview.address;
        let killed =
            std::process::Command::new("kill").args([&format!("-{signal}"), &preview.pid().to_string()]).status();
        assert!(killed.expect("kill runs").success());
        assert_eq!(preview.code(), Some(0), "{signal}");
        std::net::TcpListener::bind(address).expect("the port is free");
    }
}

#[test]
fn a_port_that_is_taken_names_the_next() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let handbook = Handbook::new();
    let run = ethos()
        .args(["serve", "--port", &port.to_string(), "--root"])
        .arg(handbook.root())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("port {port} is taken")) && said.contains("is free: --port "), "{said}");
    let run = ethos().args(["serve", "--port", "70000"]).output().expect("the program runs");
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn draws_the_handbooks_own_page_for_what_isnt_there() {
    let handbook = Handbook::new().file("ethos.toml", &format!("{SETTINGS}base_url = \"https://a.example/deep/\"\n"));
    let preview = Preview::start(handbook.root(), &[]);
    let answer = preview.get("/some/where/else.html");
    assert_eq!(answer.status, 404);
    // The preview has no folder around it, whatever the site will be published under.
    let text = answer.text();
    assert!(text.contains("href=\"/assets/style") && text.contains("/.ethos/live.js"), "{text}");
}

#[test]
fn answers_as_a_web_server_does() {
    let handbook = Handbook::new()
        .bytes("content/film.mp4", &(0..=255).cycle().take(5000).collect::<Vec<u8>>())
        .file("content/café & co/index.md", &page("Café", "Coffee."))
        .file("content/a/b.md", &page("B", "Text."));
    let preview = Preview::start(handbook.root(), &[]);
    let page = preview.get("/a/b.html");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("access-control-allow-origin"), None);
    let etag = page.header("etag").expect("an ETag").to_owned();
    let known = preview.get_with("/a/b.html", &format!("If-None-Match: \"x\", {etag}\r\n"));
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(preview.get_with("/a/b.html", "If-None-Match: junk\r\n").status, 200);
    assert_eq!(preview.get("/caf%C3%A9%20%26%20co/").status, 200);
    assert_eq!(preview.get("/caf%C3%A9%20&%20co/index.html?x=1").status, 200);
    let folder = preview.get("/caf%C3%A9%20&%20co");
    assert_eq!((folder.status, folder.header("location")), (302, Some("/caf%C3%A9%20&%20co/")));

    let mut stream = preview.connect();
    write!(stream, "HEAD /a/b.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("a request");
    let mut rest = String::new();
    stream.read_to_string(&mut rest).expect("an answer");
    assert!(rest.starts_with("HTTP/1.1 200") && rest.ends_with("\r\n\r\n"), "{rest}");
    assert!(rest.contains(&format!("Content-Length: {}", page.body.len())), "{rest}");

    let film = preview.get("/film.mp4");
    assert_eq!((film.header("content-type"), film.body.len()), (Some("video/mp4"), 5000));
    let etag = film.header("etag").expect("an ETag").to_owned();
    let part = |range: &str| preview.get_with("/film.mp4", &format!("Range: {range}\r\n"));
    for (range, want) in
        [("bytes=0-9", 0..10), ("bytes=4990-", 4990..5000), ("bytes=-5", 4995..5000), ("bytes=10-99999", 10..5000)]
    {
        let part = part(range);
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.body, film.body[want.clone()], "{range}");
        let said = format!("bytes {}-{}/5000", want.start, want.end - 1);
        assert_eq!(part.header("content-range"), Some(&*said));
    }
    assert_eq!(part("bytes=5000-").status, 416);
    for whole in ["bytes=0-1,3-4", "bytes=5-1", "lines=1-2", "bytes=x-y", &"bytes=".repeat(1000)] {
        assert_eq!((part(whole).status, part(whole).body.len()), (200, 5000), "{whole}");
    }
    let old = preview.get_with("/film.mp4", "Range: bytes=0-9\r\nIf-Range: \"older\"\r\n");
    assert_eq!(old.status, 200);
    assert_eq!(preview.get_with("/film.mp4", &format!("If-None-Match: {etag}\r\n")).status, 304);
}

/// A way to save a file.
type Save = fn(&Path, &str);

#[expect(clippy::disallowed_methods, reason = "tests write as editors do")]
const SAVES: [(&str, Save); 7] = [
    ("in place", |path, text| fs::write(path, text).expect("a write")),
    ("emptied, then written", |path, text| {
        fs::write(path, "").expect("a write");
        std::thread::sleep(Duration::from_millis(60));
        fs::write(path, text).expect("a write");
    }),
    ("another file renamed onto it", |path, text| {
        let other = path.with_file_name(".page.tmp");
        fs::write(&other, text).expect("a write");
        fs::rename(other, path).expect("a rename");
    }),
    ("as sed -i does", |path, text| {
        let other = path.with_file_name("sedX3bQ1f");
        fs::write(&other, text).expect("a write");
        fs::rename(other, path).expect("a rename");
    }),
    ("moved to a back-up, then written anew, as vim does", |path, text| {
        fs::write(path.with_file_name("4913"), "").expect("a write");
        fs::remove_file(path.with_file_name("4913")).expect("a removal");
        let backup = path.with_extension("md~");
        fs::rename(path, &backup).expect("a rename");
        std::thread::sleep(Duration::from_millis(30));
        fs::write(path, text).expect("a write");
        fs::remove_file(backup).expect("a removal");
    }),
    ("deleted, then made anew", |path, text| {
        fs::remove_file(path).expect("a removal");
        std::thread::sleep(Duration::from_millis(60));
        fs::write(path, text).expect("a write");
    }),
    ("half of it first", |path, text| {
        let mut file = fs::File::create(path).expect("a file");
        file.write_all(&text.as_bytes()[..12]).expect("a write");
        file.flush().expect("a write");
        std::thread::sleep(Duration::from_millis(60));
        file.write_all(&text.as_bytes()[12..]).expect("a write");
    }),
];

/// Each is seen, in one step, without an error for the moment in which the file is gone, empty or half there.
#[test]
fn follows_however_editors_save() {
    let handbook = Handbook::new()
        .file("content/a.md", &page("A", "Zero."))
        .file("content/b.md", &page("B", "See [the first](a.md#zero).\n"))
        .file("content/a.md", &page("A", "## Zero\n\nZero."));
    for (name, save) in SAVES {
        for poll in [false, true] {
            let preview = Preview::start(handbook.root(), if poll { &["--poll"] } else { &[] });
            let text = format!("Saved {name}: {poll}.");
            save(&handbook.root().join("content/a.md"), &page("A", &format!("## Zero\n\n{text}")));
            preview.wait_for_text("/a.html", &text);
            std::thread::sleep(Duration::from_millis(30));
            let said = preview.said();
            assert!(!said.contains("error"), "{name}: {said}");
            // Looked at at intervals, an empty moment can be an honest state of its own.
            assert!(poll || said.matches("Updated").count() == 1, "{name}: {said}");
            assert_eq!(preview.get("/b.html").status, 200);
        }
    }
}

#[test]
fn takes_up_settings_themes_and_frameworks() {
    let handbook = Handbook::new()
        .file("frameworks/values.toml", "title = \"Values\"\n[[values]]\ntitle = \"Kind\"\n")
        .file("themes/ours/theme.toml", "extends = \"default\"\n");
    let root = handbook.root().to_path_buf();
    let preview = Preview::start(&root, &[]);
    write(&root.join("ethos.toml"), &SETTINGS.replace("Test handbook", "Renamed"));
    preview.wait_for_text("/", "Renamed");
    write(&root.join("ethos.toml"), &format!("{SETTINGS}[theme]\nname = \"ours\"\n[brand]\ncolour = \"#1d5b4f\"\n"));
    preview.wait_for_text("/", "Test handbook");
    write(&root.join("frameworks/values.toml"), "title = \"Values\"\n[[values]]\ntitle = \"Brave\"\n");
    preview.wait_for_text("/values/brave.html", "Brave");
    assert_eq!(preview.get("/values/kind.html").status, 404);
    write(&root.join("frameworks/values/brave/speak-up.md"), &page("Speak up", "Say it."));
    preview.wait_for_text("/values/brave/speak-up.html", "Say it.");
    write(&root.join("themes/ours/templates/404.html"), "<!doctype html><title>Ours</title>Nothing at all");
    preview.wait_for_text("/nope", "Nothing at all");
    write(&root.join("themes/ours/styles/own.css"), ".own { color: teal }");
    let style = |text: &str| {
        text.split("href=\"")
            .find_map(|rest| rest.starts_with("assets/style").then(|| rest.split('"').next()))
            .flatten()
            .map(str::to_owned)
    };
    let home = preview.wait_for("/", |home| {
        style(&home.text()).is_some_and(|style| preview.get(&format!("/{style}")).text().contains(".own"))
    });
    assert_eq!(differences(&preview, &build(&root, &[]).expect("it builds")), Vec::<String>::new(), "{}", home.text());
}

#[test]
fn follows_folders_that_come_and_go() {
    let handbook = Handbook::new().file("content/a/one.md", &page("One", "First."));
    let root = handbook.root().to_path_buf();
    let preview = Preview::start(&root, &[]);
    let away = root.join("away");
    // Renamed away and back, deleted and restored, made deep at once.
    fs::rename(root.join("content/a"), &away).expect("a rename");
    preview.wait_for("/a/one.html", |answer| answer.status == 404);
    fs::rename(&away, root.join("content/a")).expect("a rename");
    preview.wait_for("/a/one.html", |answer| answer.status == 200);
    write(&root.join("content/a/one.md"), &page("One", "Second."));
    preview.wait_for_text("/a/one.html", "Second.");
    fs::remove_dir_all(root.join("content/a")).expect("a removal");
    preview.wait_for("/a/one.html", |answer| answer.status == 404);
    write(&root.join("content/b/c/d/deep.md"), &page("Deep", "Down."));
    preview.wait_for_text("/b/c/d/deep.html", "Down.");
    write(&root.join("content/b/c/d/deep.md"), &page("Deep", "Further down."));
    preview.wait_for_text("/b/c/d/deep.html", "Further down.");
    // The whole of content, and the whole handbook.
    fs::rename(root.join("content"), &away).expect("a rename");
    preview.wait_for("/.ethos/findings", |answer| answer.text().contains("no home page"));
    assert_eq!(preview.get("/b/c/d/deep.html").status, 200, "the last good state stays");
    fs::rename(&away, root.join("content")).expect("a rename");
    preview.wait_for("/.ethos/findings", |answer| answer.text().contains("data-errors=\"0\""));
    write(&root.join("content/b/c/d/deep.md"), &page("Deep", "Still here."));
    preview.wait_for_text("/b/c/d/deep.html", "Still here.");
    let elsewhere = root.with_extension("elsewhere");
    fs::rename(&root, &elsewhere).expect("a rename");
    std::thread::sleep(Duration::from_millis(400));
    write(&elsewhere.join("content/index.md"), &page("Home", "Came back."));
    fs::rename(&elsewhere, &root).expect("a rename");
    preview.wait_for_text("/", "Came back.");
    write(&root.join("content/index.md"), &page("Home", "And is watched."));
    preview.wait_for_text("/", "And is watched.");
}

#[test]
fn gathers_a_storm() {
    let mut handbook = Handbook::new();
    for number in 0..800 {
        handbook =
            handbook.file(&format!("content/s{}/p{number}.md", number % 20), &page(&format!("P {number}"), "Old."));
    }
    let root = handbook.root().to_path_buf();
    let preview = Preview::start(&root, &[]);
    preview.said();
    for number in 0..800 {
        write(&root.join(format!("content/s{}/p{number}.md", number % 20)), &page(&format!("P {number}"), "New."));
    }
    for number in [0, 399, 799] {
        preview.wait_for_text(&format!("/s{}/p{number}.html", number % 20), "New.");
    }
    assert_serves(&preview, &build(&root, &[]).expect("it builds"), "a storm");
    std::thread::sleep(Duration::from_millis(500));
    let updates = preview.said().matches("Updated").count();
    assert!(updates <= 3, "{updates} updates");
}

#[test]
fn mistakes_are_shown_and_the_last_good_state_stays() {
    let handbook = Handbook::new().file("content/a.md", &page("A", "Good."));
    let root = handbook.root().to_path_buf();
    let preview = Preview::start(&root, &[]);
    write(&root.join("content/a.md"), &page("A <img src=x onerror=alert(1)>", "Bad [link](nowhere%20%3Cb%3E.md)."));
    let found = preview.wait_for("/.ethos/findings", |answer| answer.text().contains("data-errors=\"1\"")).text();
    assert!(found.contains("broken-link") && found.contains("content/a.md") && found.contains("line 5"), "{found}");
    assert!(found.contains("nowhere &lt;b&gt;.md") && !found.contains("<b>"), "{found}");
    assert!(preview.get("/a.html").text().contains("Good."));
    assert!(preview.said().contains("the preview shows the handbook as it was before"));
    write(&root.join("content/a.md"), &page("A", "Better."));
    preview.wait_for_text("/a.html", "Better.");
    assert!(preview.findings().contains("data-errors=\"0\""));
    // A template that fails stops pages that nobody looks at, too.
    write(&root.join("themes/ours/theme.toml"), "extends = \"default\"\n");
    write(&root.join("themes/ours/templates/page.html"), "{{ nonsense.here }}");
    write(&root.join("ethos.toml"), &format!("{SETTINGS}[theme]\nname = \"ours\"\n"));
    let found = preview.wait_for("/.ethos/findings", |answer| answer.text().contains("data-errors=\"1\"")).text();
    assert!(found.contains("templates/page.html"), "{found}");
    assert!(preview.get("/a.html").text().contains("Better."));
}

#[test]
fn what_the_search_finds_shows_in_the_preview_too() {
    let settings = |word: &str| format!("{SETTINGS}[search]\nsynonyms = {{ {word} = [\"greeting\"] }}\n");
    let handbook =
        Handbook::new().file("ethos.toml", &settings("zebra")).file("content/a.md", &page("Welcome", "Text."));
    let root = handbook.root().to_path_buf();
    let preview = Preview::start(&root, &[]);
    let found = preview.wait_for("/.ethos/findings", |answer| answer.text().contains("unused-synonym")).text();
    assert!(found.contains("zebra") && found.contains("data-warnings=\"1\""), "{found}");
    // Whoever asks for the search waits for the one of what was saved last.
    for turn in 0..6 {
        write(&root.join("content/a.md"), &page("Welcome", &format!("Turn{turn}.")));
        preview.wait_for_text("/a.html", &format!("Turn{turn}."));
        let search = preview.get("/search.html").text();
        let client =
            search.split("src=\"search/a.").nth(1).and_then(|rest| rest.split('"').next()).expect("the client");
        assert_eq!(preview.get(&format!("/search/a.{client}")).status, 200);
    }
    write(&root.join("ethos.toml"), &settings("welcome"));
    preview.wait_for("/.ethos/findings", |answer| answer.text().contains("data-warnings=\"0\""));
    assert!(preview.get("/a-z.html").text().contains("Welcome"));
}

#[test]
fn a_handbook_that_was_never_whole_has_a_plain_page() {
    let handbook = Handbook::new().file("content/index.md", "+++\ntitle = \n+++\n");
    let preview = Preview::start(handbook.root(), &[]);
    let answer = preview.get("/anything.html");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("content/index.md") && answer.text().contains("/.ethos/live.js"));
    std::thread::sleep(Duration::from_millis(100));
    let said = preview.said();
    assert!(said.contains("1 error; as soon as they are mended and saved, the preview shows the handbook"), "{said}");
    write(&handbook.root().join("content/index.md"), HOME);
    preview.wait_for_text("/", "Welcome.");
}

#[test]
fn drafts_are_shown_when_they_are_asked_for() {
    let handbook = Handbook::new().file("content/new.md", "+++\ntitle = \"New\"\ndraft = true\n+++\n\nText.\n");
    assert_eq!(Preview::start(handbook.root(), &[]).get("/new.html").status, 404);
    let preview = Preview::start(handbook.root(), &["--drafts"]);
    assert_eq!(differences(&preview, &build(handbook.root(), &["--drafts"]).expect("it builds")), Vec::<String>::new());
    assert_eq!(preview.get("/new.html").status, 200);
}

/// Edits at random, good and bad, each saved in some way: what is served is always what a fresh build would write, or the last good
/// state. `ETHOS_EDITS=1000` for the long form.
#[test]
fn random_edits_lead_to_what_a_fresh_build_writes() {
    let edits = std::env::var("ETHOS_EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(40);
    let seed = std::env::var("ETHOS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut random = Random(seed);
    let handbook = Handbook::new()
        .file("themes/ours/theme.toml", "extends = \"default\"\n")
        .file("frameworks/values.toml", FRAMEWORKS[0]);
    let root = handbook.root().to_path_buf();
    let preview = Preview::start(&root, &[]);
    let mut last = build(&root, &[]).expect("it builds");
    for number in 0..edits {
        let edit = random.edit(&root, number);
        match build(&root, &[]) {
            Some(built) => {
                let gone: Vec<_> = last.keys().filter(|path| !built.contains_key(*path)).cloned().collect();
                assert_serves(&preview, &built, &format!("{number}: {edit}"));
                for path in gone.iter().filter(|path| path.is_ascii()) {
                    assert_eq!(preview.get(&format!("/{path}")).status, 404, "{path} after {number}: {edit}");
                }
                last = built;
                preview.wait_for("/.ethos/findings", |answer| answer.text().contains("data-errors=\"0\""));
            }
            None => {
                preview.wait_for("/.ethos/findings", |answer| !answer.text().contains("data-errors=\"0\""));
                // Pictures are passed through as they lie on the disk.
                let mut different = differences(&preview, &last);
                different.retain(|path| !path.contains(".svg"));
                assert_eq!(different, Vec::<String>::new(), "after {number}: {edit}");
            }
        }
    }
}

const FRAMEWORKS: [&str; 4] = [
    "title = \"Values\"\n[[scales]]\nid = \"audience\"\nkind = \"audience\"\ntitle = \"Who\"\npoints = [{ id = \"all\", title = \"All\" }]\n\
     [[values]]\ntitle = \"Kind\"\nindicators.all = [\"be kind\", \"say thanks\"]\n",
    "title = \"Values\"\n[[values]]\ntitle = \"Kind\"\nindicators = [\"be kinder\"]\n[[values]]\ntitle = \"Brave\"\n",
    "title = \"Our values\"\norder = 1\n[[values]]\ntitle = \"Kind\"\ndescription = \"See [a page](../content/p1.md).\"\n",
    "title = \"Values\"\n[[values]\n",
];

const TEXTS: [&str; 8] = [
    "Plain words.",
    "## A heading\n\nUnder it.\n\n## Another\n\nAnd more.",
    "See [the other](p1.md), or [its heading](p1.md#a-heading).",
    "See [a value](../frameworks/values.toml#kind).",
    "1. One\n2. Two\n\n![A picture](picture.svg)",
    "[Broken](nowhere.md)",
    "```framework\nid = \"values\"\nshow = \"values\"\n```",
    "Café, naïve, 漢字.[^a]\n\n[^a]: A note.",
];

/// A small generator of numbers (xorshift, Marsaglia 2003): the same edits every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// Changes something in a handbook, and says what.
    fn edit(&mut self, root: &Path, number: usize) -> String {
        let folder = ["", "", "s1/", "s2/", "s2/deep/"][self.below(5)];
        let name = format!("content/{folder}p{}.md", self.below(4));
        let path = root.join(&name);
        let (_, save) = SAVES[self.below(SAVES.len())];
        match self.below(16) {
            0..=6 => {
                let numbered =
                    ["", "", "numbered = true\n", "draft = true\n", "order = 3\n", "aliases = [\"old.html\"]\n"]
                        [self.below(6)];
                let title = self.below(5);
                let text = format!(
                    "+++\ntitle = \"Page {title}\"\n{numbered}+++\n\n{}\n\n{number}\n",
                    TEXTS[self.below(TEXTS.len())]
                );
                if path.exists() {
                    save(&path, &text);
                } else {
                    write(&path, &text);
                }
                format!("write {name}: {text}")
            }
            7 if path.exists() => {
                fs::remove_file(&path).expect("a removal");
                format!("delete {name}")
            }
            8 if path.exists() => {
                fs::rename(&path, path.with_file_name(format!("p{}.md", self.below(4)))).expect("a rename");
                format!("rename {name}")
            }
            9 => {
                let folder = ["s1", "s2"][self.below(2)];
                let (from, to) = (root.join("content").join(folder), root.join("content/s3"));
                if from.exists() && !to.exists() {
                    fs::rename(&from, &to).expect("a rename");
                    return format!("move {folder} to s3");
                }
                let _ = fs::remove_dir_all(&to);
                "delete s3".to_owned()
            }
            10 | 11 => {
                let text = FRAMEWORKS[self.below(FRAMEWORKS.len())];
                save(&root.join("frameworks/values.toml"), text);
                format!("write the framework: {text}")
            }
            12 => {
                let more = [
                    "",
                    "menu = [\"p1\"]\n",
                    "[theme]\nname = \"ours\"\n",
                    "[brand]\ncolour = \"#1d5b4f\"\n",
                    "nonsense = 1\n",
                ][self.below(5)];
                save(
                    &root.join("ethos.toml"),
                    &format!("{}{more}", SETTINGS.replace("Test", &format!("Test {}", self.below(3)))),
                );
                format!("write ethos.toml: {more}")
            }
            13 => {
                let text = [
                    "{% extends \"templates/base.html\" %}{% block main %}Own{% endblock main %}",
                    "{{ broken }",
                    "{{ nonsense.here }}",
                ][self.below(3)];
                write(&root.join("themes/ours/templates/page.html"), text);
                format!("write a template: {text}")
            }
            14 => {
                write(&root.join("themes/ours/styles/own.css"), &format!(".own {{ top: {number}px }}"));
                "write a style".to_owned()
            }
            _ => {
                write(
                    &root.join("content").join(folder).join("picture.svg"),
                    &format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>{number}</desc></svg>"),
                );
                format!("write {folder}picture.svg")
            }
        }
    }
}
