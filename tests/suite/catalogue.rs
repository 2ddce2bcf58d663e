//! Pages that explain a mistake, show it, and are held to what they show: those of `tests/errors` and of `tests/checks`.
//!
//! A page's fenced blocks with `file=` in their info string make a handbook; the `expected` block after them ends the case and
//! holds the findings as `--message-format short` says them. README.md beside this file lists the kinds of blocks.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use rayon::prelude::*;

use crate::support::{Handbook, project};

/// A page of the catalogue.
pub struct Page {
    pub path: PathBuf,
    pub text: String,
    pub code: String,
    pub cases: Vec<Case>,
}

/// A handbook with mistakes in it, and what is said of them.
pub struct Case {
    pub blocks: Vec<Block>,
    pub expected: String,
    /// Where the expected lines stand in the page.
    pub range: Range<usize>,
}

/// A fenced block that makes a file, or something else at a file's path.
pub struct Block {
    pub kind: String,
    pub path: String,
    pub times: usize,
    pub text: String,
}

/// One line of the short form, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: Option<String>,
    pub line_column: Option<(usize, usize)>,
    pub severity: String,
    pub code: String,
    pub message: String,
}

/// Runs every case of some pages with the command that its page asks for, and holds them to what the pages say, or writes that anew.
pub fn hold(pages: &[Page], run: impl Fn(&Page, &Case) -> Outcome + Sync) {
    let updates = std::env::var_os("ETHOS_UPDATE").is_some();
    let mut failures = Vec::new();
    for page in pages {
        let outcomes: Vec<_> = page.cases.par_iter().map(|case| run(page, case)).collect();
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

/// A page explains its mistake before it shows it.
pub fn explains(page: &Page) {
    let name = page.path.display();
    let mut lines = page.text.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("# ")), "{name} begins with a title");
    let before = page.text.split("\n```").next().unwrap_or_default();
    assert!(before.lines().skip(1).any(|line| line.ends_with('.')), "{name} explains before it shows");
}

/// No message has a word that only programmers know.
pub fn has_plain_words(pages: &[Page]) {
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
    for page in pages {
        for finding in page.cases.iter().flat_map(|case| case.expected.lines().map(finding)) {
            // What stands between backticks or quotation marks is the author's.
            let own: String = finding.message.split('`').step_by(2).collect();
            let words = own.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
            let found: Vec<_> = words.filter(|word| JARGON.contains(&word.as_str())).collect();
            assert!(found.is_empty(), "{}: {found:?} in: {}", page.path.display(), finding.message);
        }
    }
}

/// The pages of a folder below the project's.
pub fn read_pages(folder: &str) -> Vec<Page> {
    let folder = project().join(folder);
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
pub struct Outcome {
    pub said: String,
    pub faults: Vec<String>,
}

/// Holds what a command says of a case in its three forms against each other. What a command does besides is the caller's to check.
pub fn run(case: &Case, command: &[&str]) -> (Handbook, Outcome) {
    let mut faults = Vec::new();
    let handbook = Handbook::new();
    lay_out(handbook.root(), &case.blocks);
    let run = |flags: &[&str]| handbook.run(&[command, flags].concat());
    let short = run(&["--message-format", "short", "--quiet"]);
    let said = findings_of(&short.messages);
    let findings: Vec<_> = said.lines().map(finding).collect();
    let is_error = findings.iter().any(|finding| finding.severity == "error");
    if short.code != i32::from(is_error) {
        faults.push(format!("the exit code is {}: {}", short.code, short.messages));
    }
    let human = run(&["--quiet"]).messages;
    for finding in &findings {
        if !shows(&human, finding, handbook.root()) {
            faults.push(format!("the form for people doesn't show {finding:?}:\n{human}"));
        }
    }
    let json = run(&["--message-format", "json"]).stdout;
    let from_json: Vec<_> = json.lines().map(finding_of_json).collect();
    let without_help = |finding: &Finding| (finding.path.clone(), finding.line_column, finding.code.clone());
    if !from_json.iter().map(without_help).eq(findings.iter().map(without_help)) {
        faults.push(format!("the JSON form says something else:\n{json}"));
    }
    (handbook, Outcome { said, faults })
}

/// The findings without the last line, which counts them.
fn findings_of(messages: &str) -> String {
    let ends = |line: &&str| line.contains("nothing was published") || line.starts_with("Checked ");
    let lines = messages.lines().filter(|line| !ends(line));
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
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
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
    let has_line = ["not-utf8", "script-in-image", "broken-drawing"].contains(&finding.code.as_str())
        || human.contains(line.trim());
    human.contains(&headline) && human.contains(&place) && has_line
}

pub fn finding(line: &str) -> Finding {
    let at = ["error[", "warning[", "hint["].iter().filter_map(|word| line.find(word)).min();
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
