//! Input that is hostile, broken or huge: nothing that could run reaches a page, nothing is read from outside, nothing hangs or crashes.
//! Mistakes that people make have pages of their own in `tests/errors`.

use std::fs;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

use crate::judge::{Site, judge};
use crate::page::Element;
use crate::support::{Built, HOME, Handbook, SETTINGS, site, tree};

/// Breaks out of attributes, of `<title>`, of scripts and of templates, wherever it isn't written as text.
const HOSTILE: &str =
    r#""'></title></script><script>alert(1)</script><img src=x onerror=alert(1)>&lt;{{ 7*7 }}{% include "x" %}"#;

/// The same for places whose text is Markdown, which may hold HTML that is then taken out.
const HOSTILE_MARKDOWN: &str = r#"a"'></title></script><script>alert(1)</script><b onclick=alert(1)>{{ 7*7 }}</b>z"#;

/// A debug build on a busy machine takes many times as long as a release build does.
const LONGEST: Duration = Duration::from_secs(120);

#[test]
fn hostile_words_are_only_words_everywhere() {
    let quoted = |text: &str| format!("'''{text}'''");
    let (words, prose) = (quoted(HOSTILE), quoted(HOSTILE_MARKDOWN));
    let settings = format!(
        "title = {words}\norganisation = {words}\nlanguage = \"en-GB\"\n\
         [contact]\nteam = {words}\nemail = \"handbook@elmford.example\"\n[search.synonyms]\nword = [{words}]\n"
    );
    let page = format!(
        "+++\ntitle = {words}\nsummary = {words}\nowner = {words}\naudience = \"all\"\naliases = [\"old/page.html\"]\n+++\n\n\
         ## {HOSTILE_MARKDOWN} {{#heading audience=all}}\n\n### {{{{ 7*7 }}}}\n\n## `{HOSTILE}`\n\n\
         ![{HOSTILE_MARKDOWN}](box.svg) [x](https://elmford.example/ \"\\\" onmouseover=alert(1) x=\\\"\")\n\n\
         | {HOSTILE_MARKDOWN} |\n|-|\n| a |\n\n```x\"onclick=alert(1)\n{HOSTILE}\n```\n\n\
         Note.[^\"><script>]\n\n[^\"><script>]: {HOSTILE_MARKDOWN}\n\n```framework\nid = \"values\"\nshow = \"matrix\"\n```\n"
    );
    let framework = format!(
        "title = {words}\nsummary = {words}\napplies_to = {words}\nedition = {words}\nreference = {words}\nissued_by = {words}\n\
         approved_by = {words}\nin_force = {words}\ncaveat = {prose}\nintroduction = {prose}\nlead_in = {words}\nowner = {words}\n\
         [terms]\nvalue = {{ one = {words}, many = {words} }}\nbehaviour = {{ one = {words}, many = {words} }}\n\
         [[scales]]\nid = \"audience\"\nkind = \"audience\"\ntitle = {words}\ndescription = {prose}\n\
         points = [{{ id = \"all\", title = {words}, description = {prose}, lead_in = {words} }}]\n\
         [[values]]\nid = \"kind\"\ntitle = {words}\nstatement = {prose}\ndescription = {prose}\nlead_in = {words}\naka = [{words}]\n\
         indicators.all = {{ definition = {prose}, lead_in = {words}, statements = [{prose}, {{ text = {prose}, note = {prose}, \
         examples = [{prose}] }}], text = {prose} }}\n\
         [[values.behaviours]]\nid = \"listens\"\ntitle = {words}\nstatement = {prose}\n\
         [[profiles]]\nid = \"grade\"\ntitle = {words}\ndescription = {prose}\nneeds = {{ kind = \"all\" }}\n"
    );
    let handbook = Handbook::new()
        .file("ethos.toml", &settings)
        .file("content/section/page.md", &page)
        .file("content/section/box.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("frameworks/values.toml", &framework);
    let site = published(&handbook);
    for (path, title) in [
        ("section/page.html", HOSTILE),
        ("values/index.html", HOSTILE),
        ("values/kind.html", HOSTILE),
        ("values/kind/listens.html", HOSTILE),
        ("values/profiles/grade.html", HOSTILE),
    ] {
        let heading = site.main(path).named("h1")[0].text();
        assert!(heading.contains(title), "{path}: {heading}");
    }
    assert_eq!(site.framework("values").title, HOSTILE);
    let outside = site.pages["index.html"].find(|element| element.name == "title").expect("a title").text();
    assert!(outside.contains(HOSTILE), "{outside}");
}

#[test]
fn addresses_are_escaped_in_the_list_of_pages() {
    let settings = format!("{SETTINGS}base_url = \"https://elmford.example/a&b/'\"\n");
    let built = Handbook::new().file("ethos.toml", &settings).build();
    assert_eq!(built.code, 1, "an apostrophe isn't part of an address: {}", built.messages);
    let settings = format!("{SETTINGS}base_url = \"https://elmford.example/a&b\"\n");
    let handbook = Handbook::new().file("ethos.toml", &settings).file("content/a&b.md", HOME).clean();
    let sitemap = handbook.read("sitemap.xml");
    assert!(sitemap.contains("<loc>https://elmford.example/a&amp;b/a&amp;b.html</loc>"), "{sitemap}");
}

#[test]
fn nothing_in_markdown_can_run() {
    let body = concat!(
        "<script>alert(1)</script>\n\n<SCRIPT SRC=//evil.example/x.js></SCRIPT>\n\n<scr<script>ipt>alert(1)</script>\n\n",
        "<img src=box.png onerror=alert(1)>\n\n<svg/onload=alert(1)>\n\n<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>\n\n",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>\n\n<a href=jav&#x09;ascript:alert(1)>x</a>\n\n",
        "<a href=\"&#106;avascript:alert(1)\">x</a> <a href=' javascript:alert(1)'>x</a>\n\n<math><mtext></p><style><img onerror=alert(1)>\n\n",
        "<p style=\"background:url(javascript:alert(1))\">x</p>\n\n<object data=x></object><embed src=x><base href=//evil.example/>\n\n",
        "<form action=//evil.example><button formaction=javascript:alert(1)>x</button></form>\n\n<details ontoggle=alert(1) open>x</details>\n\n",
        "<div id=hb-target><a id=hb-search>x</a></div>\n\n<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">x</p></noscript>\n\n",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">\n\n<!-- a --!><img src=box.png onerror=alert(1)> -->\n\n",
        "[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](<\u{1}javascript:alert(1)>) [x](<java\tscript:alert(1)>)\n\n",
        "[x](vbscript:x) [x](data:text/html,<script>alert(1)</script>) [x](&#106;avascript:alert(1)) [x](java&#10;script:alert(1))\n\n",
        "<javascript:alert(1)> [x]: javascript:alert(1)\n\n[y][z]\n\n[z]: javascript:alert(1)\n\n",
        "![x](data:image/svg+xml,<svg onload=alert(1)>) ![x](javascript:alert(1)) [x]{lang=\"en\" onclick=alert(1)}\n\n",
        "{{ get_env(name=\"HOME\") }} {% include \"/etc/passwd\" %} {{ 7*7 }}\n",
    );
    let handbook = Handbook::new()
        .file("content/page.md", &format!("+++\ntitle = \"Page\"\n+++\n\n{body}"))
        .file("content/box.png", "A picture.")
        .file(
            "frameworks/values/kind.md",
            &format!("+++\ntitle = \"Kind\"\n+++\n\n{}", body.replace("box.png", "../../content/box.png")),
        )
        .file("frameworks/values.toml", "title = \"Values\"\n");
    let built = handbook.build();
    assert_eq!(built.code, 0, "{}", built.messages);
    assert!(built.messages.lines().all(|line| !line.contains("error[")), "{}", built.messages);
    for code in ["removed-html", "unsafe-link"] {
        let count = built.messages.matches(&format!("warning[{code}]")).count();
        assert!(count > 10, "{count} {code}: {}", built.messages);
    }
    let site = harmless(&handbook);
    let text = site.main("page.html").text();
    assert!(text.contains("{{ get_env(name=“HOME”) }}") && text.contains("{{ 7*7 }}"), "{text}");
}

#[test]
fn a_terminal_shows_hostile_words_as_text() {
    let handbook = Handbook::new()
        .file(
            "ethos.toml",
            &format!("{SETTINGS}menu = [\"\\u001b[31m\\nx\"]\n[theme]\nname = \"\\u001b]0;owned\\u0007\"\n"),
        )
        .file("content/\u{1b}[31m.md", HOME)
        .file("content/page.md", "+++\ntitle = \"P\"\n+++\n\n[x](\u{1b}[2J.md)\u{9b}31m\n");
    for format in ["human", "short", "json"] {
        let built = handbook.build_with(&["--message-format", format]);
        assert_eq!(built.code, 1);
        let said = built.messages + &built.stdout;
        assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{format}: {said:?}");
    }
}

#[test]
fn file_names_are_refused_where_a_computer_or_reader_could_mistake_them() {
    let too_long = "n".repeat(250);
    let names = [
        "con.md",
        "nul.md",
        "aux.md",
        "com1.md",
        "LPT9.md",
        "a:b.md",
        "a\\b.md",
        "a?.md",
        "a*.md",
        "\"a\".md",
        "a|b.md",
        "<img src=x onerror=alert(1)>.md",
        "a.md.",
        "a.md ",
        "a\nb.md",
        "a\u{202e}dm.exe",
        "a\u{1b}.png",
        &too_long,
    ];
    for name in names {
        let handbook = Handbook::new().file(&format!("content/{name}"), HOME);
        let built = handbook.build();
        assert_eq!(built.code, 1, "{name}");
        assert!(built.messages.contains("error[unsafe-file-name]"), "{name}: {}", built.messages);
    }
}

#[test]
fn other_file_names_are_published_and_their_links_resolve() {
    let names = [
        "two words",
        "a#b",
        "100%",
        "a%2fb",
        "it's",
        "a&b",
        "[x]",
        "{y}",
        "Ŵyl",
        "日本語",
        "🎁",
        "a+b",
        "a=b",
        "~a",
        "a;b",
        "a,b",
        "a'b",
        "a@b",
        "$a",
        "a!b",
        "^a",
        "`a`",
        "(a)",
        "İ",
        "assets",
        "index2",
        "1",
    ];
    let mut home = HOME.to_owned();
    let mut handbook = Handbook::new();
    for name in names {
        let link = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
        home.push_str(&format!("\n[page]({link}.md) [file]({link}.txt)\n"));
        handbook = handbook
            .file(&format!("content/{name}.md"), &format!("+++\ntitle = '''{name}'''\n+++\n\n[Home](index.md)\n"))
            .file(&format!("content/{name}.txt"), "A file.");
    }
    let handbook = handbook.file("content/index.md", &home);
    let site = published(&handbook);
    assert_eq!(site.main("index.html").named("a").iter().filter(|link| link.text() == "page").count(), names.len());
}

#[test]
fn names_that_some_computers_take_for_one_clash() {
    let pages = [
        ("Gifts.md", "gifts.md"),
        ("caf\u{e9}.md", "cafe\u{301}.md"),
        ("Gifts.png", "gifts.png"),
        ("Travel/index.md", "travel/index.md"),
    ];
    for (one, two) in pages {
        let handbook = Handbook::new().file(&format!("content/{one}"), HOME).file(&format!("content/{two}"), HOME);
        if fs::read_dir(handbook.root().join("content")).expect("a folder").count() < 3 {
            continue; // This disk takes them for one.
        }
        let built = handbook.build();
        assert_eq!(built.code, 1, "{one}");
        let line = built.messages.lines().find(|line| line.contains("duplicate-address")).expect("a clash");
        let folder = |name: &str| name.trim_end_matches("/index.md").to_owned();
        assert!(line.contains(&folder(one)) && line.contains(&folder(two)), "{line}");
    }
}

#[test]
fn pages_of_ethos_keep_their_names() {
    for name in ["search", "a-z", "print", "404", "accessibility", "Search"] {
        let built = Handbook::new().file(&format!("content/{name}.md"), HOME).build();
        assert_eq!(built.code, 1, "{name}");
        assert!(built.messages.contains("error[reserved-address]"), "{name}: {}", built.messages);
    }
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let page =
        "+++\ntitle = \"Page\"\nsummary = \"\"\"One\ntwo\"\"\"\n+++\n\n## Part\n\nLine one\nline two\n\n- a\n- b\n";
    let framework = "title = \"Values\"\nintroduction = \"\"\"\nOne\n\ntwo\n\"\"\"\n[[values]]\ntitle = \"Kind\"\n";
    let build = |change: &dyn Fn(&str) -> String| {
        let handbook = Handbook::new()
            .file("content/page.md", &change(page))
            .file("frameworks/values.toml", &change(framework))
            .clean();
        site(&handbook.root().join("public"))
    };
    let plain = build(&str::to_owned);
    assert!(build(&|text| text.replace('\n', "\r\n")) == plain, "CRLF");
    assert!(build(&|text| text.replace('\n', "\r")) == plain, "CR");
    assert!(build(&|text| text.replacen('\n', "\r\n", 2)) == plain, "mixed");
    assert!(build(&|text| format!("\u{feff}{text}")) == plain, "byte order mark");
    assert!(build(&|text| text.trim_end().to_owned()) == plain, "no newline at the end");
}

#[test]
fn settings_that_could_break_a_page_are_refused() {
    let refused = |settings: &str, code: &str| {
        let built = Handbook::new().file("ethos.toml", &format!("{SETTINGS}{settings}\n")).build();
        assert_eq!(built.code, 1, "{settings}");
        let errors: Vec<_> = built.messages.lines().filter(|line| line.contains("error[")).collect();
        assert!(errors.len() == 1 && errors[0].contains(code), "{settings}: {}", built.messages);
    };
    for url in [
        "javascript:alert(1)",
        "https://a.example/\\\"x",
        "https://me:secret@a.example/",
        "intranet.example",
        "//a.example/x",
        "https://",
        "https://a.example/?q",
        "https://a.example/#x",
        "https://a b.example/",
        "ftp://a.example/",
        "https:///x",
    ] {
        refused(&format!("base_url = \"{url}\""), "invalid-value");
    }
    for colour in ["red; } body{display:none}", "#12345", "#1d5b4g", "#+12345", "1d5b4f", "url(x)", "#éé"] {
        refused(&format!("[brand]\ncolour = \"{colour}\""), "invalid-value");
    }
    refused("[brand]\ncolour = \"#fffffe\"", "low-contrast");
    for email in ["a@b.example?cc=x@y.example", "a b@c.example", "javascript:alert(1)@x.example", "<a@b.example>", "a"]
    {
        refused(&format!("[contact]\nemail = \"{email}\""), "invalid-value");
    }
    for theme in ["../x", "/etc", ".", "default/../x"] {
        refused(&format!("[theme]\nname = \"{theme}\""), "unknown-theme");
    }
    refused("version = 99", "unknown-key");
    refused("[review]\nevery = \"99999999999999999999 months\"", "invalid-value");
}

#[test]
fn ids_and_old_addresses_stay_inside_the_site() {
    for id in [
        "../../etc/cron.d/x",
        "..\\\\..\\\\x",
        "C:\\\\x",
        "/abs",
        ".",
        "..",
        "a b",
        "a/b",
        "%2e%2e",
        "a?b",
        "a#b",
        "<b>",
    ] {
        let framework = format!("title = \"Values\"\n[[values]]\nid = \"{id}\"\ntitle = \"Kind\"\n");
        let built = Handbook::new().file("frameworks/values.toml", &framework).build();
        assert!(built.code == 1 && built.messages.contains("error[invalid-value]"), "{id}: {}", built.messages);
        let page = format!("+++\ntitle = \"P\"\naliases = [\"{id}\"]\n+++\n\nText.\n");
        let handbook = Handbook::new().file("content/page.md", &page);
        let built = handbook.build();
        let is_inside = built.code == 0 && tree(&handbook.root().join("public")).len() > 5;
        assert!(is_inside || built.messages.contains("error[invalid-value]"), "{id}: {}", built.messages);
    }
    let deep = format!("title = \"Values\"\n[[values]]\nid = \"{}\"\ntitle = \"Kind\"\n", "a".repeat(300));
    let built = Handbook::new().file("frameworks/values.toml", &deep).build();
    assert!(built.code == 1 && built.messages.contains("error[invalid-value]"), "{}", built.messages);
}

#[test]
fn values_of_another_kind_are_reported_where_they_stand() {
    let cases = [
        ("order = 9223372036854775808", "wrong-type"),
        ("order = 1.5", "wrong-type"),
        ("order = nan", "wrong-type"),
        ("order = 1e3", "wrong-type"),
        ("last_reviewed = 2026-13-45", "invalid-date"),
        ("last_reviewed = 10:30:00", "invalid-date"),
        ("last_reviewed = \"2026-11\"", "invalid-date"),
        ("last_reviewed = \"2026-11-22é\"", "invalid-date"),
        ("draft = \"true\"", "wrong-type"),
        ("title = \"Again\"", "toml-syntax"),
        ("= 1", "toml-syntax"),
        ("summary = \"\\q\"", "toml-syntax"),
        ("summary = \"\u{1}\"", "toml-syntax"),
        ("summary = \"\\ud800\"", "toml-syntax"),
        ("aliases = [[\"a\"]]", "wrong-type"),
        ("\"\" = 1", "unknown-key"),
        ("\"a.b\" = 1", "unknown-key"),
        ("a.b = 1", "unknown-key"),
    ];
    for (line, code) in cases {
        let built =
            Handbook::new().file("content/page.md", &format!("+++\ntitle = \"P\"\n{line}\n+++\n\nText.\n")).build();
        let wanted = format!("error[{code}]");
        let found = built.messages.lines().any(|said| said.starts_with("content/page.md:3:") && said.contains(&wanted));
        assert!(built.code == 1 && found, "{line}: {}", built.messages);
    }
}

#[cfg(unix)]
#[test]
fn links_on_the_disk_lead_nowhere_outside_and_never_round() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    let secret = outside.path().join("secret.md");
    fs::copy(crate::support::project().join("Cargo.toml"), &secret).expect("a file");
    let handbook = Handbook::new().file("content/about/index.md", HOME).file("content/real.md", HOME);
    let at = |path: &str| handbook.root().join(path);
    symlink(&secret, at("content/secret.md")).expect("a link");
    symlink(&secret, at("content/secret.png")).expect("a link");
    symlink(outside.path(), at("content/outside")).expect("a link");
    symlink(at("content/secret.md"), at("content/twice.md")).expect("a link");
    symlink("..", at("content/about/round")).expect("a link");
    symlink("self", at("content/self")).expect("a link");
    symlink("/", at("frameworks")).expect("a link");
    symlink(outside.path(), at("themes")).expect("a link");
    let built = timely("links", || handbook.build());
    assert_eq!(built.code, 1);
    for path in [
        "content/secret.md",
        "content/secret.png",
        "content/outside",
        "content/twice.md",
        "content/about/round",
        "frameworks",
        "themes",
    ] {
        let found = built.messages.lines().any(|line| line.starts_with(&format!("{path}: error[outside-project]")));
        assert!(found, "{path}: {}", built.messages);
    }
    assert!(built.messages.contains("content/self: error["), "{}", built.messages);
    assert!(!built.messages.contains("ethos.toml:"), "{}", built.messages);
}

#[cfg(unix)]
#[test]
fn a_link_within_the_handbook_is_a_file_like_any_other() {
    let handbook = Handbook::new().file("content/gifts.md", "+++\ntitle = \"Gifts\"\n+++\n\nText.\n");
    std::os::unix::fs::symlink("gifts.md", handbook.root().join("content/presents.md")).expect("a link");
    assert!(handbook.clean().has("presents.html"));
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_left_out_without_waiting_for_them() {
    let handbook = Handbook::new();
    for name in ["pipe", "pipe.md", "pipe.png"] {
        let pipe = std::process::Command::new("mkfifo").arg(handbook.root().join("content").join(name)).status();
        assert!(pipe.is_ok_and(|status| status.success()), "mkfifo");
    }
    let built = timely("pipes", || handbook.build());
    assert_eq!(built.code, 0);
    assert_eq!(built.messages.matches("warning[special-file]").count(), 3, "{}", built.messages);
    assert!(!handbook.has("pipe"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let handbook = Handbook::new().file("content/gifts.md", HOME).file("content/closed/page.md", HOME);
    for path in ["content/gifts.md", "content/closed"] {
        fs::set_permissions(handbook.root().join(path), fs::Permissions::from_mode(0o000)).expect("a mode");
    }
    let may_read_all = fs::read(handbook.root().join("content/gifts.md")).is_ok();
    let built = handbook.build();
    fs::set_permissions(handbook.root().join("content/closed"), fs::Permissions::from_mode(0o755)).expect("a mode");
    if may_read_all {
        return; // The administrator may read whatever there is.
    }
    assert_eq!(built.code, 1);
    for path in ["content/closed", "content/gifts.md"] {
        assert!(built.messages.contains(&format!("{path}: error[unreadable-file]")), "{}", built.messages);
    }
}

#[test]
fn markdown_made_to_hang_a_parser_does_not() {
    let nested: String = (0..1500).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let ticks: String = (1..2000).map(|length| "`".repeat(length) + " ").collect();
    let notes: String = (0..10_000).map(|note| format!("[^{note}] ")).collect();
    let texts: String = (0..10_000).map(|note| format!("[^{note}]: Text.\n\n")).collect();
    let cases = [
        ("brackets", "[".repeat(1_000_000)),
        ("images", "![".repeat(500_000)),
        ("open tags", "<a ".repeat(300_000)),
        ("open comments", "!-- <".repeat(100_000)),
        ("open notes", "[^\n".repeat(100_000)),
        ("open sections", "a <![CDATA[".repeat(100_000)),
        ("code marks", ticks),
        ("emphasis", "*a_ ".repeat(100_000)),
        ("stars", "*".repeat(500_000)),
        ("nested lists", nested),
        ("nested quotes", ">".repeat(10_000) + " a"),
        ("wide table", format!("{0}|\n{1}|\n{0}|\n", "|a".repeat(10_000), "|-".repeat(10_000))),
        ("long table", "|a|b|\n|-|-|\n".to_owned() + &"|1|2|\n".repeat(20_000)),
        ("one long line", "word ".repeat(500_000)),
        ("one long word", "a".repeat(2_000_000)),
        ("notes", notes + "\n\n" + &texts),
        ("one note", "[^a] ".repeat(10_000) + "\n\n[^a]: Text.\n"),
        ("notes in circles", "[^a]\n\n[^a]: [^a] [^b]\n\n[^b]: [^a]\n".to_owned()),
        ("headings", "## a\n\n".repeat(10_000)),
        ("broken links", "[a](missing.md) ".repeat(2_000)),
        ("passages", "[a]{lang=cy} ".repeat(20_000)),
        ("open braces", "[a]{".repeat(20_000)),
        ("open elements", "<b>".repeat(20_000)),
        ("nested elements", "<div>\n\n".repeat(10_000)),
        ("attributes", format!("<b {}>a</b>", "onclick=x ".repeat(5_000))),
        ("nested links", "[".repeat(2_000) + &"](a.md)".repeat(2_000)),
        ("framework blocks", "```framework\nid = \"x\"\nshow = \"values\"\n```\n\n".repeat(2_000)),
    ];
    for (name, text) in cases {
        let handbook = Handbook::new().file("content/page.md", &format!("+++\ntitle = \"P\"\n+++\n\n{text}\n"));
        let built = timely(name, || handbook.build_with(&["--quiet"]));
        assert!(matches!(built.code, 0 | 1), "{name} ends with {}: {:.300}", built.code, built.messages);
    }
}

#[test]
fn toml_made_to_hang_a_parser_does_not() {
    let cases = [
        ("nested lists", "x = ".to_owned() + &"[".repeat(100_000)),
        ("closed lists", "x = ".to_owned() + &"[".repeat(100_000) + &"]".repeat(100_000)),
        ("nested tables", "x = ".to_owned() + &"{a=".repeat(100_000)),
        ("dotted name", "a.".repeat(5_000) + "a = 1"),
        ("dotted header", format!("[{}a]", "a.".repeat(5_000))),
        ("many names", (0..5_000).map(|name| format!("k{name} = 1\n")).collect()),
        ("a long name", "k".repeat(1_000_000) + " = 1"),
        ("many mistakes", "k\n".repeat(5_000)),
        ("fifty megabytes", "#".repeat(50_000_000)),
        ("one value often", "[[values]]\ntitle = \"A\"\n".repeat(2_000)),
        ("many indicators", format!("[[values]]\ntitle = \"A\"\nindicators = [{}]", "\"be kind\",".repeat(10_000))),
        ("empty indicators", format!("[[values]]\ntitle = \"A\"\nindicators = [{}]", "\"\",".repeat(2_000))),
    ];
    for (name, text) in cases {
        let handbook = Handbook::new().file("frameworks/values.toml", &format!("title = \"V\"\n{text}\n"));
        let built = timely(name, || handbook.build_with(&["--quiet"]));
        assert!(matches!(built.code, 0 | 1), "{name} ends with {}: {:.300}", built.code, built.messages);
    }
}

#[test]
fn templates_made_to_hang_or_overflow_do_not() {
    let base = "{% extends \"templates/base.html\" %}{% block main %}";
    let cases = [
        ("extends itself", "{% extends \"templates/page.html\" %}".to_owned()),
        ("includes itself", format!("{base}{{% include \"templates/page.html\" %}}{{% endblock %}}")),
        ("nested", format!("{base}{}{}{{% endblock %}}", "{% if true %}".repeat(10_000), "{% endif %}".repeat(10_000))),
        ("nested brackets", format!("{base}{{{{ {}1{} }}}}{{% endblock %}}", "(".repeat(10_000), ")".repeat(10_000))),
        ("endless", format!("{base}{{% for n in range(end=1000000000) %}}x{{% endfor %}}{{% endblock %}}")),
        ("a function of other programs", format!("{base}{{{{ get_env(name=\"HOME\") }}}}{{% endblock %}}")),
    ];
    for (name, template) in cases {
        let handbook = Handbook::new()
            .file("ethos.toml", &format!("{SETTINGS}[theme]\nname = \"own\"\n"))
            .file("content/page.md", HOME)
            .file("themes/own/templates/page.html", &template);
        let built = timely(name, || handbook.build());
        assert!(built.code == 1 && built.messages.contains("error[template]"), "{name}: {:.500}", built.messages);
    }
}

#[test]
fn folders_may_be_deep() {
    let mut handbook = Handbook::new();
    let deep = "d/".repeat(200);
    handbook = handbook.file(&format!("content/{deep}page.md"), "+++\ntitle = \"Deep\"\n+++\n\nText.\n");
    let built = timely("deep folders", || handbook.build());
    assert!(built.code == 0 && handbook.has(&format!("{deep}page.html")), "{}", built.messages);
}

/// Builds a handbook whose faults are warnings at most, and holds the site to what every site must keep.
fn published(handbook: &Handbook) -> Site {
    let built = handbook.build();
    assert_eq!(built.code, 0, "{}", built.messages);
    harmless(handbook)
}

/// Every page of a site, judged; and nothing on it could run a program or leave the site without a click.
fn harmless(handbook: &Handbook) -> Site {
    let site = judge(&handbook.root().join("public"));
    for (path, page) in &site.pages {
        for element in page.all() {
            assert!(
                is_harmless(element),
                "{path}: <{} {:?}> {:.200}",
                element.name,
                element.attributes,
                element.text()
            );
        }
    }
    site
}

fn is_harmless(element: &Element) -> bool {
    const NEVER: [&str; 9] = ["applet", "base", "embed", "frame", "iframe", "math", "object", "portal", "style"];
    let is_script = element.name == "script";
    let src = element.attribute("src").unwrap_or_default();
    let folders = ["assets/", "search/a."];
    let is_own_script =
        folders.iter().any(|folder| src.trim_start_matches("../").starts_with(folder)) && element.text().is_empty();
    let is_refresh = element.name == "meta"
        && element.attribute("http-equiv").is_some_and(|own| own != "refresh")
        && element.attribute("http-equiv") != Some("Content-Security-Policy");
    let is_bad = |(name, value): &(String, String)| {
        let plain: String = percent_decode_str(value).decode_utf8_lossy().chars().filter(|c| *c > ' ').collect();
        let plain = plain.to_ascii_lowercase();
        let leads =
            matches!(name.as_str(), "href" | "src" | "action" | "poster" | "content" | "formaction" | "xlink:href");
        let is_program =
            ["javascript:", "vbscript:", "data:text", "data:image/svg"].iter().any(|scheme| plain.contains(scheme));
        name.starts_with("on") || matches!(name.as_str(), "style" | "srcdoc" | "formaction") || (leads && is_program)
    };
    !NEVER.contains(&element.name.as_str())
        && (!is_script || is_own_script)
        && !is_refresh
        && !element.attributes.iter().any(is_bad)
}

/// Runs a build, and fails the test if it looks as if it would never end.
fn timely(name: &str, build: impl FnOnce() -> Built) -> Built {
    let started = Instant::now();
    let built = build();
    assert!(started.elapsed() < LONGEST, "{name} took {:?}", started.elapsed());
    built
}
