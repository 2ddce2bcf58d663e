//! What holds of any input at all, looked for with random ones: `PROPTEST_CASES=10000` for the long form. A case that once failed is
//! kept as a test of its own, below.

use std::path::Path;
use std::sync::Mutex;

use ethos::check::{self, Context};
use ethos::content::{self, front_matter};
use ethos::disk::Disk;
use ethos::finding::{Diagnostic, Findings, Place, codes};
use ethos::framework;
use ethos::pipeline::{self, Assembled, Memory};
use ethos::project::Project;
use ethos::render::Artifact;
use ethos::text::{SourceFile, Sources, Span, Text};
use ethos::toml_source;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::page::{self, Element};
use crate::support::Handbook;

/// What authors' files are made of, and what trips parsers up.
const TOKENS: &[&str] = &[
    "+++\n",
    "+++",
    "---\n",
    "title = \"A\"\n",
    "title = ",
    "\"\"\"\n",
    "'''",
    "\"",
    "'",
    "’",
    "“",
    "\\",
    "\\u00e9",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "[[values]]\n",
    "[[scales]]\n",
    "[values.indicators]\n",
    "[[values.behaviours]]\n",
    "id = \"x\"\n",
    "kind = \"level\"\n",
    "points = [{ id = \"a\", title = \"A\" }]\n",
    "a = [\"b\"]\n",
    "scales = []\n",
    "all.will = [\"x\"]\n",
    "# ",
    "## ",
    "### One\n",
    "{#id}",
    "{#a audience=b}",
    "{lang=cy}",
    "{decorative}",
    "- ",
    "* ",
    "1. ",
    "   1. ",
    "(a) ",
    "(i) ",
    "4.2 ",
    "4.2(c) ",
    "> ",
    "> [!NOTE]\n",
    "```framework\n",
    "```\n",
    "~~~",
    "[x](y.md)",
    "![](z.svg)",
    "[x]",
    "](",
    "[^1]",
    "[^1]: ",
    "| a | b |\n",
    "|---|---|\n",
    ": ",
    "- [ ] ",
    "- [x] ",
    "**",
    "_",
    "~~",
    "`",
    "<b>",
    "</b>",
    "<p id=\"q\">",
    "<a href=\"y.md\">",
    "<!--",
    "-->",
    "<script>",
    "&amp;",
    "&#x3c;",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "\r\n",
    "é",
    "ŷ",
    "漢",
    "\u{301}",
    "\u{202e}",
    "\u{feff}",
    "😀",
    "\u{f8f0}",
    "\0",
    " ",
    "word ",
    "ALL IN CAPITALS ",
    "I will listen. ",
    "was done by SLT; ",
    "in order to utilise, ",
    "Mr. A.B. Smith’s 5'6\" (e.g. 12.5",
    "a.smith@b.example 07700 900123 ",
    "<https://a.example/b>",
    "[here](y.md)",
    "â€™Ã©",
    "\u{200b}",
    "👉 ",
    "• ",
    "o ",
    "<!-- ethos: allow long-sentence because so -->",
];

const PAGE: &str = "+++\ntitle = \"A page – of ours\"\norder = 3\nnumbered = \"authored\"\naudience = [\"all\"]\n+++\n\nŴyn a [link](b.md#c).\n\n\
    ## 4 Gifts {#gifts audience=all}\n\n- 4.1 Keep **nothing**.\n  - (a) not even\n    - (i) pens\n\n4.2 Say[^n] “no”.\n\n[^n]: Kindly.\n\n\
    | A | B |\n| - | - |\n| é | ![x](y.svg) |\n\n```framework\nid = \"v\"\nshow = \"indicators\"\nvalue = \"x\"\n```\n\n\
    > [!WARNING]\n> <b onclick=\"x\">no</b>\n\nTerm\n: What it means\n\n[Croeso]{lang=cy} ![](z.svg){decorative}\n";

const FRAMEWORK: &str = "title = \"Gwerthoedd – ours\"\nlead_in = \"We …\"\nintroduction = \"\"\"\n## Hello\n\n[One](#one)\n\"\"\"\n\
    [terms]\nvalue = { one = \"competency\", many = \"competencies\" }\n[[scales]]\nid = \"who\"\nkind = \"audience\"\ntitle = \"Who\"\n\
    points = [{ id = \"all\", title = \"All’s\" }, { id = \"few\", title = \"Few\", builds_on = \"all\" }]\n\
    [[scales]]\nid = \"stance\"\nkind = \"stance\"\ntitle = \"S\"\npoints = [{ title = \"I will\" }, { title = \"I won’t\", tone = \"negative\" }]\n\
    [[values]]\nid = \"one\"\ntitle = \"Un \\u00e9 – \\\"1\\\"\"\ndescription = '''\n# No\n\n[^x]\n'''\n[values.indicators]\n\
    all.\"I won't\" = [\"é\", { text = \"b\", id = \"b\", note = \"c\", examples = [\"d\"] }]\nfew.i-will = \"Prose\"\n\
    [[values.behaviours]]\ntitle = \"B\"\nscales = [\"stance\"]\nindicators = { i-will = { definition = \"x\", statements = [\"y\"], text = \"z\" } }\n\
    [[profiles]]\ntitle = \"P\"\nneeds = { \"one/b\" = \"who/few\" }\n";

const VALUE: &str = "+++\ntitle = \"Dau\"\nscales = [\"who\", \"stance\"]\n+++\n\nProse.\n\n## All's\n\nFor all.\n\n### I will:\n\n- é {#e}\n\n  \
    Note.\n\n  - Example\n\n### I won’t\n\n1. x\n\nAfter.\n\n## Another\n\nProse again.\n";

/// One change to a text.
#[derive(Debug, Clone)]
enum Change {
    Insert(usize, &'static str),
    Delete(usize, usize),
    Repeat(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = || 0..10_000usize;
    prop_oneof![
        (at(), prop::sample::select(TOKENS)).prop_map(|(at, token)| Change::Insert(at, token)),
        (at(), 1..40usize).prop_map(|(at, length)| Change::Delete(at, length)),
        (at(), 1..60usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

/// A text with some changes, each at a place counted in thousandths of it.
fn changed(text: &str, changes: &[Change]) -> String {
    let mut text = text.to_owned();
    let boundary =
        |text: &str, at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    for change in changes {
        match *change {
            Change::Insert(at, token) => text.insert_str(boundary(&text, at * text.len() / 10_000), token),
            Change::Delete(at, length) => {
                let start = boundary(&text, at * text.len() / 10_000);
                let end = boundary(&text, start + length).max(start);
                text.replace_range(start..end, "");
            }
            Change::Repeat(at, length) => {
                let start = boundary(&text, at * text.len() / 10_000);
                let end = boundary(&text, start + length).max(start);
                let again = text[start..end].to_owned();
                text.insert_str(end, &again);
            }
        }
    }
    text
}

/// A valid file with a few slips.
fn near(text: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(change(), 0..12).prop_map(move |changes| changed(text, &changes))
}

/// Any characters, or any tokens.
fn any_text() -> impl Strategy<Value = String> {
    let tokens = prop::collection::vec(prop::sample::select(TOKENS), 0..40).prop_map(|tokens| tokens.concat());
    let bytes =
        prop::collection::vec(any::<u8>(), 0..200).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    prop_oneof![3 => tokens, 1 => "(?s).{0,120}", 1 => bytes]
}

fn sources(files: &[(&str, &str)]) -> Sources {
    Sources::new(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).into())).collect(), Vec::new())
}

/// Every place that a finding names lies in its file, between characters, and can be drawn.
fn assert_places(findings: &[Diagnostic], sources: &Sources) {
    let check = |span: Span| {
        let text = &sources.file(span.file).text;
        let range = span.range();
        assert!(range.start <= range.end && range.end <= text.len(), "{range:?} of {}", text.len());
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{range:?} in {text:?}");
    };
    for finding in findings {
        if let Place::Span(span) = finding.place {
            check(span);
        }
        finding.also.iter().for_each(|label| check(label.span));
    }
    ethos::finding::human::draw(findings, sources, true);
    ethos::finding::short::draw(findings, sources);
    ethos::finding::json::draw(findings, sources);
}

fn parse_page(text: &str) {
    let sources = sources(&[("content/a.md", text)]);
    let findings = Findings::default();
    let document = content::parse(&sources.files()[0], &findings);
    let own = sources.files()[0].text.len();
    for link in &document.body.links {
        assert!(link.span.range().end <= own);
    }
    assert_places(&findings.into_parts().0, &sources);
}

fn parse_framework(toml: &str, value: &str) {
    let sources =
        sources(&[("frameworks/f.toml", toml), ("frameworks/f/two.md", value), ("frameworks/f/two/b.md", value)]);
    let findings = Findings::default();
    let file = sources.by_path("frameworks/f.toml").expect("it is there");
    let pages: Vec<&SourceFile> = sources.markdown_below("frameworks").map(AsRef::as_ref).collect();
    framework::parse(file, &pages, &findings);
    assert_places(&findings.into_parts().0, &sources);
}

/// A string as TOML writes it, some of its characters escaped; and where each character begins in it.
fn toml_string(text: &str, escaped: &[bool]) -> (String, Vec<usize>) {
    let mut out = String::from("\"");
    let mut starts = Vec::new();
    for (index, letter) in text.chars().enumerate() {
        starts.push(out.len());
        let must = letter.is_control() || matches!(letter, '"' | '\\');
        match letter {
            '\n' => out.push_str("\\n"),
            '"' | '\\' => out.extend(['\\', letter]),
            _ if must || escaped.get(index).copied().unwrap_or(false) => {
                let code = u32::from(letter);
                out.push_str(&if code < 0x1_0000 { format!("\\u{code:04x}") } else { format!("\\U{code:08X}") });
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    (out, starts)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_parsed(text in prop_oneof![any_text(), near(PAGE)]) {
        parse_page(&text);
    }

    #[test]
    fn any_framework_is_parsed(
        toml in prop_oneof![1 => any_text(), 4 => near(FRAMEWORK)],
        value in prop_oneof![1 => any_text(), 4 => near(VALUE)],
    ) {
        parse_framework(&toml, &value);
        parse_framework(FRAMEWORK, &value);
    }

    #[test]
    fn front_matter_and_body_are_the_whole_page(text in prop_oneof![any_text(), near(PAGE)]) {
        let sources = sources(&[("content/a.md", &text)]);
        let file = &sources.files()[0];
        let parts = front_matter::split(file, &Findings::default());
        let all = &*file.text;
        prop_assert!(parts.body.end == all.len() && all.is_char_boundary(parts.body.start));
        match parts.settings {
            Some(settings) => {
                let (open, close) = (&all[..settings.start], &all[settings.end..parts.body.start]);
                let around = format!("{open}{}{close}{}", &all[settings.clone()], &all[parts.body.clone()]);
                prop_assert_eq!(around.as_str(), all);
                let last = open.lines().last().map(str::trim_end);
                prop_assert_eq!((last, close.trim_end()), (Some("+++"), "+++"));
            }
            None if parts.body.start > 0 => prop_assert!(all.starts_with("+++") || all.starts_with("---")),
            None => prop_assert_eq!(parts.body.start, 0),
        }
    }

    #[test]
    fn parts_of_a_text_know_where_they_came_from(
        text in "(?s).{0,60}",
        cuts in prop::collection::vec((0..1000usize, 0..1000usize), 1..5),
    ) {
        let sources = sources(&[("content/a.md", &text)]);
        let file = &sources.files()[0];
        let whole = Text::slice(file, 0..file.text.len());
        let boundary = |at: usize| {
            let at = at * file.text.len() / 1000;
            (0..=at).rev().find(|at| file.text.is_char_boundary(*at)).unwrap_or(0)
        };
        let parts: Vec<Text> = cuts.iter().map(|(a, b)| {
            let (a, b) = (boundary(*a), boundary(*b));
            whole.part(a.min(b)..a.max(b))
        }).collect();
        let joined = Text::join(&parts).expect("there is a part");
        let wanted: Vec<&str> = parts.iter().map(Text::as_str).collect();
        let mut at = 0;
        for (index, part) in wanted.iter().enumerate() {
            if index > 0 && at > 0 {
                at += 2;
            }
            for (offset, letter) in part.char_indices() {
                let range = at + offset..at + offset + letter.len_utf8();
                prop_assert_eq!(&joined.as_str()[range.clone()], letter.to_string());
                let span = joined.span(range.clone()).range();
                prop_assert!(file.text[span.start..].starts_with(letter), "{:?} in {:?}", span, file.text);
                // And again in a part of it.
                let inner = joined.part(range.start..joined.as_str().len());
                prop_assert_eq!(inner.span(0..letter.len_utf8()).start as usize, span.start);
            }
            at += part.len();
        }
        prop_assert_eq!(joined.as_str().len(), at);
    }

    #[test]
    fn characters_of_a_toml_string_are_found_in_the_file(
        before in "[a-zé \n]{0,8}",
        text in "[a-zé漢😀\"\\\\\n\u{7f} ]{1,30}",
        escaped in prop::collection::vec(any::<bool>(), 30),
    ) {
        let (string, starts) = toml_string(&text, &escaped);
        let head = format!("# {}\nkey = ", before.replace('\n', "\n# "));
        let sources = sources(&[("ethos.toml", &format!("{head}{string}\n"))]);
        let file = &sources.files()[0];
        let findings = Findings::default();
        let read = toml_source::parse(file, 0..file.text.len(), "this file", &findings, |table| table.text("key"));
        let read = read.flatten().unwrap_or_else(|| panic!("{string}: {:?}", findings));
        prop_assert_eq!(read.as_str(), &text);
        prop_assert_eq!(&file.text[read.whole().range()], &string);
        for ((offset, letter), start) in text.char_indices().zip(starts) {
            let span = read.span(offset..offset + letter.len_utf8()).range();
            prop_assert_eq!(span.start, head.len() + start, "{} at {} of {}", letter, offset, string);
            prop_assert!(file.text.is_char_boundary(span.end));
            let part = read.part(offset..text.len());
            prop_assert_eq!(part.span(0..letter.len_utf8()).range().start, span.start);
        }
    }
}

/// Draws everything, errors or not: what is published is a part of this.
fn drawn(root: &Path) -> (Vec<Diagnostic>, Vec<(String, String)>) {
    let project = Project::find(root, Some(root), None, true).expect("a handbook");
    let disk = Disk::read(root);
    let Assembled { sources, handbook, site, found } =
        pipeline::assemble_project(&project, &disk, &mut Memory::default());
    let diagnostics = found.sorted(&sources);
    assert_places(&diagnostics, &sources);
    let context = Context { handbook: &handbook, sources: &sources, today: date(2026, 11, 22) };
    assert_places(&check::check(&context, |_| true), &sources);
    let site = site.expect("settings and a theme");
    let pages = Mutex::new(Vec::new());
    let put = |path: &str, artifact| {
        if let (Artifact::Bytes(bytes), true) = (artifact, path.ends_with(".html")) {
            pages.lock().expect("pages").push((path.to_owned(), String::from_utf8(bytes).expect("UTF-8")));
        }
        Ok(())
    };
    pipeline::draw(&site, &put).unwrap_or_else(|failed| panic!("{failed:?}"));
    (diagnostics, pages.into_inner().expect("pages"))
}

/// Nothing that could run: no script but the theme's, no handler, no address that is a program, no frame.
fn assert_tame(path: &str, root: &Element) {
    for element in root.all() {
        if element.name == "script" {
            let src = element.attribute("src").unwrap_or_default().trim_start_matches("../");
            let is_own = src.starts_with("assets/") || (path == "search.html" && src.starts_with("search/a."));
            assert!(is_own && element.text().is_empty(), "{path}: {element:?}");
        }
        let forbidden = ["iframe", "object", "embed", "style", "base", "applet", "frame", "svg", "math"];
        assert!(!forbidden.contains(&element.name.as_str()), "{path}: {element:?}");
        for (name, value) in &element.attributes {
            assert!(!name.to_ascii_lowercase().starts_with("on"), "{path}: {name}");
            assert!(!matches!(name.as_str(), "style" | "srcdoc" | "formaction"), "{path}: {name}");
            if matches!(name.as_str(), "href" | "src" | "action" | "poster") {
                let plain: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                let scheme = plain.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                let is_fine = match scheme.as_deref() {
                    None | Some("http" | "https" | "mailto" | "tel") => true,
                    Some("data") => plain.starts_with("data:image/"),
                    Some(other) => other.contains(['/', '#', '?']),
                };
                assert!(is_fine, "{path}: {name}={value}");
            }
        }
    }
}

/// Pieces that a hostile or careless author could put together.
const PIECES: &[&str] = &[
    "<script>alert(1)</script>",
    "<scr",
    "ipt>",
    "</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVa\tScript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "<javascript:alert(1)>",
    "<x:y>",
    "[x](data:text/html;base64,AAAA)",
    "![x](data:image/svg+xml,%3Csvg%3E)",
    "<svg><script>1</script></svg>",
    "<math><mtext>",
    "<div",
    " onclick=\"x\"",
    " style='x'",
    ">",
    "</div>",
    "</p>",
    "</main>",
    "</body>",
    "<p>",
    "<ul><li>",
    "</li>",
    "<table><tr><td>",
    "<details open><summary>x",
    "<b><i>",
    "</b></i>",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "]]>",
    "<?php ",
    "?>",
    "<template>",
    "<noscript>",
    "<style>a{}",
    "</style>",
    "<title>",
    "<textarea>",
    "<plaintext>",
    "\u{f8f0}0\u{f8f0}",
    "&lt;script&gt;",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "[^1]",
    "\n[^1]: x\n",
    "# One\n",
    "## Two {#two}\n",
    "#### Four {onclick=x .y}\n",
    "\n## <b>\n",
    "\n- [ ] ",
    "\n1. ",
    "\n> ",
    "\n> [!NOTE]\n> ",
    "\n| a | b |\n| - | - |\n| x | ",
    "\n```framework\nid = \"v\"\nshow = \"matrix\"\n```\n",
    "\n```framework\nid = \"v\"\n",
    "\n```\"><script>\n",
    "\n```\n",
    "[x]{lang=cy}",
    "[x]{lang=\"><script>\"}",
    "![](a.svg){decorative}",
    "![<b>](a.svg)",
    "[a](b.md \"t<'\")",
    "[a](<b c.md>)",
    "<https://example.org/?a=\"b\">",
    "https://example.org",
    "a@b.example",
    "`<b>`",
    "**",
    "_",
    "~~",
    "\\",
    "&#0;",
    "&nbsp;",
    "\nTerm\n: ",
    "\n\n",
    "\n",
    "  \n",
    "\t",
    " ",
    "word",
    "é",
    "“",
    "'",
    "\"",
    "<a href=\"index.md\" id=\"two\">",
    "</a>",
    "<p id=\"two\">",
];

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: cases(12),
        rng_seed: seed(),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_authors_write_pages_are_well_nested_and_tame(
        bodies in prop::collection::vec(prop::collection::vec(prop::sample::select(PIECES), 1..25), 12),
    ) {
        let bodies: Vec<String> = bodies.iter().map(|pieces| pieces.concat()).collect();
        judge_bodies(&bodies);
    }
}

/// The short form tries the same texts every time, so that a build is judged by its change; a run with `PROPTEST_CASES` tries new ones.
pub fn seed() -> RngSeed {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => RngSeed::Random,
        None => RngSeed::Fixed(1),
    }
}

/// Cases where each is expensive: as many as asked for, divided.
pub fn cases(few: u32) -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .map_or(few, |cases: u32| cases.div_ceil(20))
}

/// Puts each body wherever Markdown may stand, and looks at every page that comes of it.
fn judge_bodies(bodies: &[String]) {
    let mut handbook = Handbook::new();
    let mut toml = String::from(
        "title = \"V\"\n[[scales]]\nid = \"l\"\nkind = \"level\"\npoints = [{ id = \"a\", title = \"A\" }, { id = \"b\", title = \"B\", builds_on = \"a\" }]\n",
    );
    for (index, body) in bodies.iter().enumerate() {
        let (string, _) = toml_string(body, &[]);
        if index % 3 == 0 {
            toml.push_str(&format!(
                "[[values]]\ntitle = \"V{index}\"\nstatement = {string}\ndescription = {string}\nindicators.a = {{ definition = {string}, \
                 statements = [{{ text = {string}, note = {string}, examples = [{string}] }}], text = {string} }}\n\
                 indicators.b = [\"b\"]\n"
            ));
        }
        let numbered = ["true", "\"decimal\"", "\"authored\"", "false"][index % 4];
        let (title, _) = toml_string(&body.replace('\n', " "), &[]);
        let front = format!("+++\ntitle = {title}\nsummary = {title}\nnumbered = {numbered}\n+++\n\n");
        handbook = handbook.file(&format!("content/p{index}.md"), &format!("{front}{body}"));
    }
    let handbook = handbook.file("frameworks/v.toml", &toml);
    let (diagnostics, pages) = drawn(handbook.root());
    assert!(pages.len() > bodies.len());
    // The same id twice in one text is an error, so that what is drawn here would never be published.
    let has_clashes = diagnostics.iter().any(|found| found.code == codes::DUPLICATE_ID);
    for (path, html) in pages {
        let root = page::parse(&html).unwrap_or_else(|error| panic!("{path}: {error}\n{html}"));
        assert_tame(&path, &root);
        if !has_clashes {
            root.ids();
        }
    }
}

/// The author's page may hold the very character that marks the place of a framework block.
#[test]
fn a_mark_of_ours_in_a_text_is_only_text() {
    let block = "\n```framework\nid = \"v\"\nshow = \"matrix\"\n```\n";
    judge_bodies(&[format!("\u{f8f0}0\u{f8f0}\n{block}\n<b>\u{f8f0}0\u{f8f0}</b>\n")]);
}

/// A browser opens what was left open again in the next paragraph.
#[test]
fn an_element_left_open_gives_its_id_once() {
    judge_bodies(&["<b id=\"two\">one\n\nthree\n\n- four\n".to_owned()]);
}

/// What a browser reads as text hides tags from a first look.
#[test]
fn tags_inside_text_elements_do_not_slip_through() {
    for name in ["title", "textarea", "noscript", "xmp", "iframe", "plaintext"] {
        judge_bodies(&[format!(
            "<{name}><a href=\"p0.md\" id=\"two\">x</a></{name}>\n\nAnd <{name}><b id=\"two\">y.\n"
        )]);
    }
}

/// A tag without its end would take the pages' own HTML for its attributes.
#[test]
fn a_tag_that_never_ends_takes_nothing_of_the_page() {
    judge_bodies(&["<div\n- [ ] \n```framework\nid = \"v\"\nshow = \"matrix\"\n```\n\n[^1]: x\n\nTerm\n: ".to_owned()]);
}
