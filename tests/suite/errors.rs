//! The catalogue of author mistakes: each page of `tests/errors` explains one, shows it, and is held to what it shows.
//!
//! A page's fenced blocks with `file=` in their info string make a handbook; the `expected` block after them ends the case and
//! holds the findings as `--message-format short` says them. README.md beside this file lists the kinds of blocks.
//! `ETHOS_UPDATE=1 cargo test --test suite errors` writes the expected blocks anew.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use ethos::diagnostic::codes;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use rayon::prelude::*;

use crate::support::{Handbook, project};

/// A page of the catalogue.
struct Page {
    path: PathBuf,
    text: String,
    code: String,
    cases: Vec<Case>,
}

/// A handbook with mistakes in it, and what is said of them.
struct Case {
    blocks: Vec<Block>,
    expected: String,
    /// Where the expected lines stand in the page.
    range: Range<usize>,
}

/// A fenced block that makes a file, or something else at a file's path.
struct Block {
    kind: String,
    path: String,
    times: usize,
    text: String,
}

/// One line of the short form, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    path: Option<String>,
    line_column: Option<(usize, usize)>,
    severity: String,
    code: String,
    message: String,
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes: BTreeSet<String> = codes::ALL.iter().map(|code| code.name.to_owned()).collect();
    let pages: BTreeSet<String> = read_pages().into_iter().map(|page| page.code).collect();
    let missing: Vec<_> = codes.difference(&pages).collect();
    let idle: Vec<_> = pages.difference(&codes).collect();
    assert!(missing.is_empty(), "make a page tests/errors/<code>.md for {missing:?}");
    assert!(idle.is_empty(), "no code has the name of these pages of tests/errors: {idle:?}");
}

#[test]
fn every_page_explains_its_mistake_before_it_shows_it() {
    for page in read_pages() {
        let name = page.path.display();
        let mut lines = page.text.lines();
        assert!(lines.next().is_some_and(|line| line.starts_with("# ")), "{name} begins with a title");
        let before = page.text.split("\n```").next().unwrap_or_default();
        assert!(before.lines().skip(1).any(|line| line.ends_with('.')), "{name} explains before it shows");
        assert!(!page.cases.is_empty(), "{name} shows the mistake");
        let shows_it = page.cases.iter().any(|case| case.expected.contains(&format!("[{}]", page.code)));
        assert!(shows_it, "{name} has a case that gives its own code");
    }
}

#[test]
fn every_case_is_reported_as_its_page_says() {
    let updates = std::env::var_os("ETHOS_UPDATE").is_some();
    let mut failures = Vec::new();
    for page in read_pages() {
        let outcomes: Vec<_> = page.cases.par_iter().map(run).collect();
        let mut text = page.text.clone();
        for (case, outcome) in page.cases.iter().zip(&outcomes).rev() {
            let line = page.text[..case.range.start].matches('\n').count() + 1;
            let place = format!("{}:{line}", page.path.display());
            failures.extend(outcome.faults.iter().map(|fault| format!("{place}: {fault}")));
            if updates {
                text.replace_range(case.range.clone(), &outcome.said);
            } else if outcome.said != case.expected {
                failures.push(format!("{place}: expected\n{}but the program said\n{}", case.expected, outcome.said));
            }
        }
        if text != page.text {
            write(&page.path, &text);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn messages_have_no_words_that_only_programmers_know() {
    const JARGON: [&str; 16] = [
        "array",
        "boolean",
        "bool",
        "deserialize",
        "enum",
        "integer",
        "invalid",
        "null",
        "parse",
        "parser",
        "regex",
        "string",
        "struct",
        "token",
        "utf8",
        "os",
    ];
    for page in read_pages() {
        for finding in page.cases.iter().flat_map(|case| case.expected.lines().map(finding)) {
            // What stands between backticks or quotation marks is the author's.
            let own: String = finding.message.split('`').step_by(2).collect();
            let words = own.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
            let found: Vec<_> = words.filter(|word| JARGON.contains(&word.as_str())).collect();
            assert!(found.is_empty(), "{}: {found:?} in: {}", page.path.display(), finding.message);
        }
    }
}

#[test]
fn all_mistakes_of_a_run_come_together_in_the_order_of_files_and_lines() {
    let built = Handbook::new()
        .file("ethos.toml", "title = \"Handbook\"\norganistion = \"Elmford\"\nlanguage = \"english\"\ncolour = 3\n")
        .file("content/index.md", "+++\ntitle = \"Home\"\n+++\n\n# Welcome\n\n[Gifts](gifts.md#limit) and [more](mor.md)\n")
        .file("content/gifts.md", "+++\ntitle = \"Gifts\"\nlast_reviewed = 2026-02-30\n+++\n\n## Limits\n")
        .file("content/more.md", "No front matter.\n")
        .file(
            "frameworks/values.toml",
            "title = \"Values\"\n\n[[values]]\ntitle = \"Kind\"\nindicators = [\"be kind\", \"\"]\n\n[[values]]\ntitle = \"Kind\"\n",
        )
        .build();
    let found: Vec<_> = built.messages.lines().filter(|line| line.contains('[')).map(finding).collect();
    let places: Vec<_> = found
        .iter()
        .map(|finding| (finding.path.as_deref().unwrap(), finding.line_column.unwrap().0, finding.code.as_str()))
        .collect();
    let expected = [
        ("content/gifts.md", 3, "invalid-date"),
        ("content/index.md", 5, "heading-one"),
        ("content/index.md", 7, "broken-fragment"),
        ("content/index.md", 7, "broken-link"),
        ("content/more.md", 1, "missing-front-matter"),
        ("ethos.toml", 1, "missing-key"),
        ("ethos.toml", 2, "unknown-key"),
        ("ethos.toml", 3, "invalid-language"),
        ("ethos.toml", 4, "unknown-key"),
        ("frameworks/values.toml", 5, "empty-indicator"),
        ("frameworks/values.toml", 8, "duplicate-id"),
    ];
    assert_eq!(places, expected, "{}", built.messages);
    assert_eq!(built.code, 1);
    assert!(
        built.messages.ends_with("11 errors; nothing was published, and what was published before stays as it was\n")
    );
}

fn read_pages() -> Vec<Page> {
    let folder = project().join("tests/errors");
    let entries = fs::read_dir(&folder).expect("the catalogue").map(|entry| entry.expect("a page").path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    paths.sort();
    paths.into_iter().map(read_page).collect()
}

fn read_page(path: PathBuf) -> Page {
    let text = fs::read_to_string(&path).expect("a page");
    let code = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut cases = Vec::new();
    let mut blocks = Vec::new();
    let mut open = None;
    for (event, range) in Parser::new(&text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => open = Some((info.to_string(), String::new())),
            Event::Text(words) => {
                if let Some((_, own)) = &mut open {
                    own.push_str(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some((info, own)) = open.take() else { continue };
                if info == "expected" {
                    let range = inside(&text, range);
                    cases.push(Case { blocks: std::mem::take(&mut blocks), expected: own, range });
                } else if let Some(block) = block(&info, own) {
                    blocks.push(block);
                }
            }
            _ => {}
        }
    }
    assert!(blocks.is_empty(), "{}: the last files have no expected block after them", path.display());
    Page { path, text, code, cases }
}

/// Where the lines between a block's fences stand.
fn inside(text: &str, block: Range<usize>) -> Range<usize> {
    let whole = text[block.clone()].trim_end();
    let start = whole.find('\n').map_or(whole.len(), |newline| newline + 1);
    let end = whole.rfind('\n').map_or(whole.len(), |newline| newline + 1);
    block.start + start..block.start + end.max(start)
}

/// "markdown file=content/index.md times=3"
fn block(info: &str, text: String) -> Option<Block> {
    let value = |key: &str| info.split_whitespace().find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
    Some(Block {
        kind: info.split_whitespace().next().unwrap_or_default().to_owned(),
        path: value("file")?.to_owned(),
        times: value("times").map_or(1, |times| times.parse().expect("a number of times")),
        text,
    })
}

/// What the program said of a case, and what is wrong besides that.
struct Outcome {
    said: String,
    faults: Vec<String>,
}

fn run(case: &Case) -> Outcome {
    let mut faults = Vec::new();
    let handbook = Handbook::new();
    lay_out(handbook.root(), &case.blocks);
    let short = handbook.build_with(&["--message-format", "short", "--quiet"]);
    let said = findings_of(&short.messages);
    let findings: Vec<_> = said.lines().map(finding).collect();
    let is_error = findings.iter().any(|finding| finding.severity == "error");
    if short.code != i32::from(is_error) {
        faults.push(format!("the exit code is {}: {}", short.code, short.messages));
    }
    if handbook.has("index.html") == is_error {
        faults.push("a site is published where there is no error, and only then".to_owned());
    }
    let human = handbook.build_with(&["--quiet"]).messages;
    for finding in &findings {
        if !shows(&human, finding, handbook.root()) {
            faults.push(format!("the form for people doesn't show {finding:?}:\n{human}"));
        }
    }
    let json = handbook.build_with(&["--message-format", "json"]).stdout;
    let from_json: Vec<_> = json.lines().map(finding_of_json).collect();
    let without_help = |finding: &Finding| (finding.path.clone(), finding.line_column, finding.code.clone());
    if !from_json.iter().map(without_help).eq(findings.iter().map(without_help)) {
        faults.push(format!("the JSON form says something else:\n{json}"));
    }
    Outcome { said, faults }
}

/// The findings without the last line, which counts them.
fn findings_of(messages: &str) -> String {
    let lines = messages.lines().filter(|line| !line.contains("nothing was published"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Makes the files of a case. Blocks of one file are joined.
fn lay_out(root: &Path, blocks: &[Block]) {
    let mut begun = BTreeSet::new();
    for block in blocks {
        let path = root.join(&block.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let bytes = match block.kind.as_str() {
            "absent" => {
                fs::remove_file(&path).expect("a file that the harness made");
                continue;
            }
            "link" => {
                link(block.text.trim(), &path);
                continue;
            }
            "socket" => {
                socket(&path);
                continue;
            }
            "bytes" => bytes(&block.text),
            _ => block.text.clone().into_bytes(),
        };
        let mut whole = if begun.insert(&block.path) { Vec::new() } else { fs::read(&path).expect("its beginning") };
        whole.extend(bytes.repeat(block.times));
        write(&path, whole);
    }
}

#[expect(clippy::disallowed_methods, reason = "tests write handbooks, and their own pages")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).expect("a file");
}

/// A text in which `\xe9` is one byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hexadecimal digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).expect("a link");
}

#[cfg(unix)]
fn socket(path: &Path) {
    std::os::unix::net::UnixListener::bind(path).expect("a socket");
}

/// Whether the form for people has a finding: its headline, its place, and the author's own line.
fn shows(human: &str, finding: &Finding, root: &Path) -> bool {
    let headline = format!("{}[{}]: ", finding.severity, finding.code);
    let Some(path) = &finding.path else {
        return human.contains(&headline);
    };
    let place = match finding.line_column {
        Some((line, column)) => format!("{path}:{line}:{column}"),
        None => path.clone(),
    };
    let text = fs::read_to_string(root.join(path)).unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n");
    let line = finding.line_column.and_then(|(line, _)| text.lines().nth(line - 1)).unwrap_or_default();
    // What Ethos doesn't read as text can't be shown.
    let has_line = ["not-utf8", "script-in-image"].contains(&finding.code.as_str()) || human.contains(line.trim());
    human.contains(&headline) && human.contains(&place) && has_line
}

fn finding(line: &str) -> Finding {
    let at = ["error[", "warning["].iter().filter_map(|word| line.find(word)).min();
    let at = at.unwrap_or_else(|| panic!("not a finding: {line}"));
    let (severity, rest) = line[at..].split_once('[').expect("a code");
    let (code, message) = rest.split_once("]: ").expect("a message");
    let place = line[..at].strip_suffix(": ");
    let numbers = place.and_then(|place| {
        let (rest, column) = place.rsplit_once(':')?;
        let (path, line) = rest.rsplit_once(':')?;
        Some((path, (line.parse().ok()?, column.parse().ok()?)))
    });
    Finding {
        path: numbers.map(|(path, _)| path).or(place).map(str::to_owned),
        line_column: numbers.map(|(_, line_column)| line_column),
        severity: severity.to_owned(),
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

fn finding_of_json(line: &str) -> Finding {
    let value: serde_json::Value = serde_json::from_str(line).expect("an object a line");
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let number = |key: &str| value[key].as_u64().map(|number| number as usize);
    Finding {
        path: text("file"),
        line_column: number("line").zip(number("column")),
        severity: text("severity").expect("a severity"),
        code: text("code").expect("a code"),
        message: text("message").expect("a message"),
    }
}
