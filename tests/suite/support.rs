//! A handbook in a folder of its own, built by the real program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Settings and a home page that build clean, for tests that are about something else.
pub const SETTINGS: &str = "title = \"Test handbook\"\norganisation = \"Test Council\"\nlanguage = \"en-GB\"\n";
pub const HOME: &str = "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n";

/// A handbook that a test writes, changes and builds.
pub struct Handbook {
    folder: TempDir,
}

/// What a build said and made.
pub struct Built {
    pub code: i32,
    pub messages: String,
    pub stdout: String,
    pub output: PathBuf,
}

impl Handbook {
    /// With settings and a home page.
    pub fn new() -> Self {
        Self::empty().file("ethos.toml", SETTINGS).file("content/index.md", HOME)
    }

    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A copy of a folder, relative to the project's root.
    pub fn copy(from: &str) -> Self {
        let handbook = Self::empty();
        let from = project().join(from);
        for entry in walkdir::WalkDir::new(&from) {
            let entry = entry.expect("a readable folder");
            let to = handbook.root().join(entry.path().strip_prefix(&from).expect("inside"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(&to).expect("a folder");
            } else {
                fs::copy(entry.path(), &to).expect("a copy");
            }
        }
        handbook
    }

    pub fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    #[expect(clippy::disallowed_methods, reason = "tests write handbooks")]
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        self
    }

    pub fn without(self, path: &str) -> Self {
        fs::remove_file(self.root().join(path)).expect("a file to remove");
        self
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join("public").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn has(&self, path: &str) -> bool {
        self.root().join("public").join(path).exists()
    }

    /// Builds into `public`, with one line a finding.
    pub fn build(&self) -> Built {
        self.build_with(&["--message-format", "short"])
    }

    pub fn build_with(&self, flags: &[&str]) -> Built {
        self.run(&[&["build"], flags].concat())
    }

    /// Runs a command with its flags.
    pub fn run(&self, command: &[&str]) -> Built {
        let output = ethos().args(command).arg("--root").arg(self.root()).output().expect("the program runs");
        built(&output, self.root().join("public"))
    }

    /// Builds, and fails the test unless there is no finding at all.
    pub fn clean(self) -> Self {
        let built = self.build_with(&["--message-format", "short", "--quiet"]);
        assert_eq!((built.code, built.messages.as_str()), (0, ""), "the handbook should build clean");
        self
    }
}

fn built(output: &Output, folder: PathBuf) -> Built {
    Built {
        code: output.status.code().unwrap_or(-1),
        messages: String::from_utf8_lossy(&output.stderr).into_owned(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        output: folder,
    }
}

/// The program under test.
pub fn ethos() -> Command {
    Command::new(env!("CARGO_BIN_EXE_ethos"))
}

/// The project's root.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of a published site; without the manifest, which says from what the site was made, and what is kept of the site before.
pub fn site(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = made(folder);
    files.remove(MANIFEST).expect("a manifest");
    files
}

/// Every file of a published site with its manifest; without what is kept of the site before.
pub fn made(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(folder);
    for path in kept(folder) {
        files.remove(&path).unwrap_or_else(|| panic!("{path} is kept"));
    }
    if let Some(manifest) = files.get_mut(MANIFEST) {
        let text = String::from_utf8(std::mem::take(manifest)).expect("UTF-8");
        let lines = text.lines().filter(|line| !line.starts_with("kept "));
        *manifest = lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes();
    }
    files
}

/// The assets that are kept of the site before.
pub fn kept(folder: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join(MANIFEST)).unwrap_or_default();
    let lines = manifest.lines().filter(|line| line.starts_with("kept "));
    lines.map(|line| line.splitn(4, ' ').last().expect("a path").to_owned()).collect()
}

pub const MANIFEST: &str = ".ethos-manifest";

/// Every file below a folder with its bytes, by path.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("a readable folder"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
            (path, fs::read(entry.path()).expect("a readable file"))
        })
        .collect()
}
