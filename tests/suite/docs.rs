//! The guide and the README say what is so: their examples are handbooks that build, their tables are the program's own, and their
//! links lead somewhere.
//!
//! In a page, `<!-- handbook: gifts -->` begins a small handbook; the page's own start begins one too. A fenced block whose info
//! string has `file=content/gifts.md` is a file of it. The handbook must build without a finding, or with exactly those that the
//! comment names: `<!-- handbook: gifts; finds broken-link -->`. Further blocks: `built=FILE` is what the build makes, and
//! `console` is a session in the handbook's folder, whose `ethos` commands are run.
//!
//! `ETHOS_UPDATE=1 cargo test --test suite docs` writes what the program makes and says into the pages: then read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ethos::check;
use ethos::finding::{Code, Severity, codes};
use ethos::text::Sources;
use ethos::theme;
use ethos::theme::components::{Folder, Parameter};
use ethos::theme::options::Choices;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::support::{HOME, Handbook, SETTINGS, ethos, project, tree};

/// Where the guide's reader keeps the handbook.
const FOLDER: &str = "/home/sam/handbook";

#[test]
fn examples_build_as_the_guide_says() {
    let mut wrong = Vec::new();
    for page in pages() {
        let mut text = read(&page);
        for example in examples(&page) {
            for (shown, made) in example.check(&mut wrong) {
                if std::env::var_os("ETHOS_UPDATE").is_some() {
                    text = text.replacen(&shown, &made, 1);
                    write(&page, &text);
                } else {
                    wrong.push(format!("{}: the guide shows\n{shown}\nwhere this is\n{made}", example.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    let mut lost = Vec::new();
    for page in pages() {
        let text = read(&page);
        for link in links(&text) {
            if let Some(why) = lost_link(&page, &link) {
                lost.push(format!("{}: {link}: {why}", page.display()));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn every_page_is_in_the_contents() {
    let contents = links(&read(Path::new("docs/README.md")));
    for page in pages().iter().filter_map(|page| page.strip_prefix("docs").ok()) {
        let name = page.to_string_lossy();
        assert!(name == "README.md" || contents.iter().any(|link| *link == name), "docs/README.md leaves out {name}");
    }
}

#[test]
fn every_finding_is_explained() {
    let told: Vec<Vec<String>> = rows(&read(Path::new("docs/findings.md")), None);
    let known: Vec<Vec<String>> = codes::ALL
        .iter()
        .map(|code| vec![format!("`{}`", code.name), code.severity.word().to_owned(), code.meaning.to_owned()])
        .collect();
    assert_eq!(told, known, "docs/findings.md lists the codes of src/finding/codes.rs, in that order");
}

#[test]
fn every_rule_is_told() {
    let page = Path::new("docs/rules.md");
    let told = read(page);
    let (start, _) = told.split_once("\n## ").expect("a part above the list");
    let list: String = check::FAMILIES.iter().map(family).collect();
    let made = format!("{start}\n{}", list.trim_end_matches('\n'));
    if std::env::var_os("ETHOS_UPDATE").is_some() {
        write(page, &format!("{made}\n"));
    } else {
        assert!(told.trim_end() == made, "docs/rules.md isn't what the table of rules says: run with ETHOS_UPDATE=1");
    }
}

#[test]
fn every_component_is_told() {
    let page = Path::new("docs/components.md");
    let told = read(page);
    let (start, _) = told.split_once("\n## ").expect("a part above the list");
    let variables = read(Path::new("docs/template-variables.md"));
    let folders = theme::built_in().components(&Sources::default());
    let list: Vec<String> = folders.iter().map(|folder| components(folder, &variables)).collect();
    let made = format!("{start}\n{}", list.join("\n"));
    if std::env::var_os("ETHOS_UPDATE").is_some() {
        write(page, &made);
    } else {
        assert!(
            told == made,
            "docs/components.md isn't what themes/default says of its components: run with ETHOS_UPDATE=1"
        );
    }
}

/// A folder of components as the guide has it.
fn components(folder: &Folder, variables: &str) -> String {
    let mut text = format!("## {}\n\n", folder.name);
    for component in &folder.components {
        text += &format!("### `{}`\n\n{}\n\n", component.name, component.about);
        if let Some(place) = &component.seen_in {
            text += &format!("It is seen in `{place}`.\n\n");
        }
        if component.parameters.is_empty() {
            text += "It takes no parameters.\n\n";
            continue;
        }
        text += "| Parameter | Kind | What it is for | Without it |\n| --- | --- | --- | --- |\n";
        for Parameter { name, kind, about, default } in &component.parameters {
            let default = default.as_ref().map_or("it must be given".to_owned(), |default| format!("`{default}`"));
            text += &format!("| `{name}` | {} | {about} | {default} |\n", linked(kind, variables));
        }
        text += "\n";
    }
    if folder.has_script {
        text += &format!("It has a script, `{}.js`.\n\n", folder.name);
    }
    let classes: Vec<String> = folder.classes.iter().map(|class| format!("`{class}`")).collect();
    if !classes.is_empty() {
        text += &format!("Classes: {}\n", classes.join(", "));
    }
    text.trim_end().to_owned() + "\n"
}

/// A kind of value, with a link to the part of the guide that has its fields: "list: [card](template-variables.md#card)".
fn linked(kind: &str, variables: &str) -> String {
    let (list, name) = kind.strip_prefix("list: ").map_or(("", kind), |name| ("list: ", name));
    let has_part = [format!("\n### {name}\n"), format!("\n### `{name}`\n")].iter().any(|head| variables.contains(head));
    match has_part {
        true => format!("{list}[{name}](template-variables.md#{})", name.replace(' ', "-")),
        false => kind.to_owned(),
    }
}

/// A family of rules as the guide has it: a table, then a part for each rule.
fn family(family: &check::Family) -> String {
    let rows = family.rules.iter().map(|rule| {
        let Code { name, severity, meaning } = rule.code;
        format!("| [`{name}`](#{name}) | {} | {meaning} |\n", severity.word())
    });
    let rows: String = rows.collect();
    let parts: String =
        family.rules.iter().map(|rule| format!("### `{}`\n\n{}\n\n", rule.code.name, rule.guide)).collect();
    format!(
        "## {}\n\n{}\n\n| Rule | Level | What it finds |\n| --- | --- | --- |\n{rows}\n{parts}",
        family.title, family.meaning
    )
}

#[test]
fn every_variable_of_templates_is_told() {
    let guide = read(Path::new("docs/template-variables.md"));
    let views = ["views.rs", "views/framework.rs", "views/gallery.rs", "views/report.rs"];
    // What they borrow is no matter of templates.
    let views = views.map(|file| read(&Path::new("src/render").join(file))).concat().replace("<'a>", "");
    let mut told = BTreeSet::new();
    for view in guide.lines().filter_map(|line| line.strip_prefix("<!-- view: ")?.strip_suffix(" -->")) {
        told.insert(view.to_owned());
        let here: BTreeSet<_> = names(&rows(&guide, Some(&format!("<!-- view: {view} -->"))));
        assert_eq!(here, fields(&views, view), "docs/template-variables.md and {view} in src/render/views");
    }
    let known: BTreeSet<String> = views
        .lines()
        .filter_map(|line| line.strip_prefix("pub struct ")?.strip_suffix(" {"))
        .map(str::to_owned)
        .collect();
    assert_eq!(told, known, "docs/template-variables.md has a table for each struct of src/render/views");
}

#[test]
fn every_custom_property_is_told() {
    let told = names(&rows(&read(Path::new("docs/themes.md")), Some("<!-- properties -->")));
    let handbook = Handbook::new();
    let assets = tree(&handbook.build().output.join("assets"));
    let sheet = assets.iter().find(|(path, _)| path.ends_with(".css")).map(|(_, sheet)| String::from_utf8_lossy(sheet));
    let sheet = sheet.expect("a stylesheet");
    let is_accent = |name: &str| name.starts_with("--accent-") && name.ends_with(|c: char| c.is_ascii_digit());
    // Those of the root are for every theme; a component's own are its own business.
    let declared: BTreeSet<String> = sheet
        .split('{')
        .zip(sheet.split('{').skip(1))
        .filter(|(before, _)| before.ends_with(":root") || before.ends_with(":root ") || before.contains("\n.accent-0"))
        .flat_map(|(_, block)| block.split('}').next().unwrap_or_default().split([';', '\n']))
        .filter_map(|part| Some(part.trim().split_once(':')?.0))
        .filter(|name| name.starts_with("--") && !is_accent(name))
        .map(str::to_owned)
        .collect();
    let told: BTreeSet<String> = told.into_iter().filter(|name| !is_accent(name)).collect();
    assert_eq!(told, declared, "docs/themes.md and the default theme's custom properties");
}

#[test]
fn every_option_of_the_theme_is_told() {
    let code = |words: &[String]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let options = theme::built_in_options();
    let row = |(name, option): (&str, &Choices)| {
        vec![format!("`{name}`"), option.about.clone(), code(&option.choices), format!("`{}`", option.default)]
    };
    let known: Vec<Vec<String>> = options.each().map(row).collect();
    let told = rows(&read(Path::new("docs/settings.md")), Some("<!-- options -->"));
    assert_eq!(told, known, "docs/settings.md lists the options of themes/default/theme.toml");
}

#[test]
fn servers_get_the_policy_that_is_tested() {
    let text = read(Path::new("docs/publishing.md"));
    let policies: BTreeSet<&str> =
        text.lines().filter_map(|line| Some(&line[line.find("default-src")?..line.find("'none'\"")? + 6])).collect();
    assert_eq!(policies.len(), 1, "the same for every server: {policies:#?}");
    let tested = read(Path::new("tests/browser/server.mjs"));
    for directive in tested.lines().filter_map(|line| line.strip_prefix("  \"")?.strip_suffix("\",")) {
        assert!(policies.iter().all(|policy| policy.contains(directive)), "docs/publishing.md leaves out {directive}");
    }
}

/// The README and every page of the guide, relative to the project's root.
fn pages() -> Vec<PathBuf> {
    let guide = walkdir::WalkDir::new(project().join("docs")).sort_by_file_name().into_iter();
    let guide = guide
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| path.strip_prefix(project()).expect("inside").to_path_buf());
    std::iter::once(PathBuf::from("README.md")).chain(guide).collect()
}

fn read(page: &Path) -> String {
    fs::read_to_string(project().join(page)).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}

#[expect(clippy::disallowed_methods, reason = "the guide shows what the program makes")]
fn write(page: &Path, text: &str) {
    fs::write(project().join(page), text).expect("a page of the guide");
}

/// A small handbook of the guide.
struct Example {
    /// The page, and what the comment calls it.
    name: String,
    /// Codes that it must give.
    finds: BTreeSet<String>,
    files: Vec<(String, String)>,
    built: Vec<(String, String)>,
    sessions: Vec<String>,
}

fn examples(page: &Path) -> Vec<Example> {
    let text = read(page);
    let mut examples = vec![Example::new(page, "start")];
    let mut open: Option<(String, String)> = None;
    for event in Parser::new(&text) {
        match event {
            Event::Html(html) => {
                if let Some(name) =
                    html.trim().strip_prefix("<!-- handbook: ").and_then(|rest| rest.strip_suffix(" -->"))
                {
                    examples.push(Example::new(page, name));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => open = Some((info.to_string(), String::new())),
            Event::Text(part) => {
                if let Some((_, body)) = &mut open {
                    body.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let (Some((info, body)), Some(example)) = (open.take(), examples.last_mut()) {
                    example.add(&info, body);
                }
            }
            _ => {}
        }
    }
    examples
}

impl Example {
    fn new(page: &Path, comment: &str) -> Self {
        let (name, finds) = comment.split_once("; finds ").unwrap_or((comment, ""));
        Self {
            name: format!("{} ({name})", page.display()),
            finds: finds.split([',', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            files: Vec::new(),
            built: Vec::new(),
            sessions: Vec::new(),
        }
    }

    fn add(&mut self, info: &str, body: String) {
        let mut words = info.split_whitespace();
        if words.next() == Some("console") {
            self.sessions.push(body);
            return;
        }
        match words.next().and_then(|word| word.split_once('=')) {
            Some(("file", path)) => {
                let is_new = self.files.iter().all(|(own, _)| own != path);
                assert!(is_new, "{}: {path} stands there twice: begin a new handbook", self.name);
                self.files.push((path.to_owned(), body));
            }
            Some(("built", path)) => self.built.push((path.to_owned(), body)),
            other => {
                assert!(other.is_none(), "{}: a block says {info}", self.name);
                let is_source = ["toml", "markdown", "md"].contains(&info);
                assert!(!is_source, "{}: say which file this {info} is, so that it is tried:\n{body}", self.name);
            }
        }
    }

    /// Builds it, notes what is wrong, and gives what the guide shows otherwise than it is: each as shown, and as made.
    fn check(&self, wrong: &mut Vec<String>) -> Vec<(String, String)> {
        if self.files.is_empty() && self.sessions.is_empty() {
            return Vec::new();
        }
        let mut handbook = Handbook::empty().file("ethos.toml", SETTINGS).file("content/index.md", HOME);
        for (path, text) in &self.files {
            handbook = handbook.file(path, text);
        }
        let built = handbook.build_with(&["--message-format", "json"]);
        let found: BTreeSet<String> = built.stdout.lines().map(code_of).collect();
        let has_error = codes::ALL.iter().any(|code| code.severity == Severity::Error && found.contains(code.name));
        if found != self.finds || built.code != i32::from(has_error) {
            wrong.push(format!("{}: it finds {found:?}:\n{}{}", self.name, built.stdout, built.messages));
        }
        let mut other = Vec::new();
        for (path, shown) in &self.built {
            let made = fs::read_to_string(built.output.join(path)).unwrap_or_else(|error| error.to_string());
            let made = made.replace("\r\n", "\n");
            if made != *shown {
                other.push((format!("built={path}\n{shown}"), format!("built={path}\n{made}")));
            }
        }
        // To the reader of a session, the handbook was never built.
        let _ = fs::remove_dir_all(&built.output);
        other.extend(self.sessions.iter().flat_map(|session| run(session, &handbook)));
        other
    }
}

fn code_of(line: &str) -> String {
    let finding: serde_json::Value = serde_json::from_str(line).expect("a finding is JSON");
    finding["code"].as_str().expect("a finding has a code").to_owned()
}

/// Runs the `ethos` commands of a session, and gives those that say something else than is shown: each as shown, and as said.
fn run(session: &str, handbook: &Handbook) -> Vec<(String, String)> {
    let root = handbook.root().canonicalize().expect("the handbook's folder");
    let mut other = Vec::new();
    for part in format!("\n{session}").split("\n$ ").skip(1) {
        let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
        let flags = command.strip_prefix("ethos ").unwrap_or_else(|| panic!("only ethos is run, not {command}"));
        let output = ethos().args(flags.split_whitespace()).current_dir(&root).env_remove("COLUMNS").output();
        let output = output.expect("the program runs");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let said = said.replace(&*root.to_string_lossy(), FOLDER);
        if tidy(&said) != tidy(shown) {
            let said = said.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            other.push((format!("$ {command}\n{shown}"), format!("$ {command}\n{}\n", said.trim_end())));
        }
    }
    other
}

/// Without what differs from run to run: white space at the ends of lines, and the figures of what was published.
fn tidy(text: &str) -> String {
    let line = |line: &str| {
        if !line.starts_with("Published ") {
            return line.trim_end().to_owned();
        }
        line.split(" and ").next().unwrap_or_default().to_owned()
    };
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

fn links(text: &str) -> Vec<String> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
            _ => None,
        })
        .collect()
}

/// Why a link leads nowhere, if it does.
fn lost_link(page: &Path, link: &str) -> Option<String> {
    if link.starts_with("http") || link.starts_with("mailto:") {
        return None;
    }
    let (path, fragment) = link.split_once('#').map_or((link, None), |(path, fragment)| (path, Some(fragment)));
    let target = if path.is_empty() { page.to_path_buf() } else { page.parent()?.join(path) };
    if !project().join(&target).exists() {
        return Some("there is no such file".to_owned());
    }
    let fragment = fragment?;
    (!anchors(&read(&target)).contains(fragment)).then(|| "there is no such heading".to_owned())
}

/// The ids that code hosts give to headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut heading: Option<String> = None;
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(words) = &mut heading {
                    words.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let kept = heading.take().unwrap_or_default().to_lowercase();
                let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
                let count = times.entry(anchor.clone()).or_default();
                all.insert(if *count == 0 { anchor } else { format!("{anchor}-{count}") });
                *count += 1;
            }
            _ => {}
        }
    }
    all
}

/// The rows of the tables of a page, or of the first one after a comment, as the words of their cells.
fn rows(text: &str, after: Option<&str>) -> Vec<Vec<String>> {
    let start = after.map_or(0, |comment| text.find(comment).unwrap_or_else(|| panic!("no {comment}")));
    let mut rows = Vec::new();
    for line in text[start..].lines() {
        let Some(inner) = line.strip_prefix("| ").and_then(|rest| rest.strip_suffix(" |")) else {
            if after.is_some() && !rows.is_empty() {
                break;
            }
            continue;
        };
        if inner.starts_with('`') {
            rows.push(inner.split(" | ").map(|cell| cell.trim().to_owned()).collect());
        }
    }
    rows
}

/// What stands between backticks in the first cells.
fn names(rows: &[Vec<String>]) -> BTreeSet<String> {
    rows.iter().flat_map(|row| row[0].split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// The fields of a struct.
fn fields(source: &str, name: &str) -> BTreeSet<String> {
    let start = source.find(&format!("pub struct {name} {{")).unwrap_or_else(|| panic!("no struct {name}"));
    let body = source[start..].lines().skip(1).take_while(|line| *line != "}");
    body.filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':').map(|(field, _)| field.to_owned()))
        .collect()
}
