//! Footnotes work wherever there is Markdown: in every kind of numbered page, in values, and on the pages that show parts of these.

use crate::support::Handbook;

const CODE: &str = "## 1 Lamps\n\nPut the lamps out.[^night]\n\n[^night]: At ten in winter.\n\n## 2 Doors\n\n1. Close the doors.[^Key]\n\n   \
                    [^key]: The key hangs in the hall.\n\n2. Count the keys.\n\n## 3 Windows\n\nShut them.[^night]\n";

fn page(numbered: &str) -> String {
    format!("+++\ntitle = \"Closing time\"\n{numbered}\n+++\n\n{CODE}")
}

#[test]
fn no_footnote_is_lost_in_any_kind_of_numbered_page() {
    for numbered in ["", "numbered = true", "numbered = \"decimal\"", "numbered = \"authored\""] {
        let handbook = Handbook::new().file("content/closing.md", &page(numbered)).clean();
        for path in ["closing.html", "print.html"] {
            let html = handbook.read(path);
            for words in ["At ten in winter.", "The key hangs in the hall."] {
                assert_eq!(html.matches(words).count(), 1, "{path} with {numbered:?} should say once: {words}");
            }
        }
        let html = handbook.read("closing.html");
        assert!(
            html.contains(
                "<li id=\"hb-note-1\"><p>At ten in winter. <a class=\"note-back\" href=\"#hb-note-1-mention\""
            )
        );
        assert!(
            html.contains("<sup class=\"note-mention\" id=\"hb-note-1-mention-2\"><a href=\"#hb-note-1\">1</a></sup>")
        );
    }
}

const SCALES: &str =
    "title = \"Our values\"\n\n[[scales]]\nkind = \"audience\"\npoints = [{ id = \"all\", title = \"Everyone\" }]\n";

const KIND: &str = "+++\ntitle = \"Kind\"\nstatement = \"We mean it.[^since]\"\n+++\n\nIt shows.[^SINCE]\n\n## Everyone\n\n\
                    - hears people out[^code]\n- waits for an answer\n\n[^since]: Since the spring of 2019.\n[^code]: As [the code](../../content/index.md) asks.\n";

fn values() -> Handbook {
    Handbook::new().file("frameworks/values.toml", SCALES).file("frameworks/values/kind.md", KIND)
}

#[test]
fn a_values_texts_share_their_footnotes() {
    let handbook = values().clean();
    let html = handbook.read("values/kind.html");
    assert!(html.contains(
        "We mean it.<sup class=\"note-mention\" id=\"hb-note-1-mention\"><a href=\"#hb-note-1\">1</a></sup>"
    ));
    assert!(html.contains(
        "It shows.<sup class=\"note-mention\" id=\"hb-note-1-mention-2\"><a href=\"#hb-note-1\">1</a></sup>"
    ));
    assert!(html.contains(
        "hears people out<sup class=\"note-mention\" id=\"hb-note-2-mention\"><a href=\"#hb-note-2\">2</a></sup>"
    ));
    assert!(html.contains("<li id=\"hb-note-2\"><p>As <a href=\"../index.html\">the code</a> asks."));
    assert!(!html.contains("[^"), "nothing of Markdown's footnotes is left");
}

#[test]
fn a_footnote_goes_where_its_indicator_goes() {
    let handbook = values()
        .file("content/index.md", "+++\ntitle = \"Home\"\n+++\n\nTea.[^tea]\n\n```framework\nid = \"values\"\nshow = \"indicators\"\nvalue = \"kind\"\n```\n\n[^tea]: At four.\n")
        .clean();
    let point = handbook.read("values/audience/all.html");
    assert!(point.contains("As <a href=\"../../index.html\">the code</a> asks."));
    let home = handbook.read("index.html");
    assert!(home.contains("hears people out<sup class=\"note-mention\" id=\"hb-note-2-mention\">"));
    assert_eq!(home.matches("class=\"footnotes\"").count(), 1, "a page has one list of footnotes");
    assert!(!home.contains("Since the spring"), "what isn't mentioned on a page isn't in its list");
    let cards = handbook.read("values/index.html");
    assert!(cards.contains("We mean it.</") && !cards.contains("note-mention"), "a card is an extract");
}

/// The numbers of a page's footnotes, in the order in which readers meet the mentions, each once.
fn numbers(html: &str) -> Vec<usize> {
    let mut numbers = Vec::new();
    for mention in html.split("class=\"note-mention\"").skip(1) {
        let number = mention.split_once("#hb-note-").and_then(|(_, rest)| rest.split('"').next()?.parse().ok());
        let number = number.expect("a mention leads to a footnote");
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

#[test]
fn numbers_rise_down_every_page() {
    let toml = "title = \"Our values\"\ncaveat = \"Examples.[^c]\\n\\n[^c]: Of many.\"\nintroduction = \"Read on.[^i]\\n\\n[^i]: Slowly.\"\n\
                conclusion = \"The end.[^e]\\n\\n[^e]: For now.\"\n\n[[scales]]\nkind = \"audience\"\npoints = [{ id = \"all\", title = \"Everyone\", description = \"\"\"All.[^x]\n\n[^x]: Of us.\"\"\" }, \
                { id = \"leads\", title = \"Leads\", builds_on = \"all\" }]\n\n[[scales]]\nkind = \"stance\"\npoints = [{ id = \"will\", title = \"I will\" }]\n\n\
                [[profiles]]\ntitle = \"Clerk\"\ndescription = \"New.[^p]\\n\\n[^p]: Or old.\"\nneeds = { kind = \"leads\", listen = \"all\" }\n";
    let value = "+++\ntitle = \"Kind\"\nstatement = \"We mean it.[^a]\"\n+++\n\nIt shows.[^b]\n\n## Everyone\n\nAll of us.[^c]\n\n### I will\n\n\
                 Often.[^d]\n\n- hear people out[^e]\n\n  and wait[^f]\n\nAlways.[^g]\n\n## Leads\n\n### I will\n\n- lead[^h]\n\n## More\n\nRead.[^i]\n\n\
                 [^a]: A.\n[^b]: B.\n[^c]: C.\n[^d]: D.\n[^e]: E.\n[^f]: F.\n[^g]: G.\n[^h]: H.\n[^i]: I.\n";
    let behaviour = "+++\ntitle = \"Listen\"\nstatement = \"With care.[^a]\"\n+++\n\n## Everyone\n\n### I will\n\n- nod[^b]\n\n[^a]: L.\n[^b]: M.\n";
    let home = "+++\ntitle = \"Home\"\n+++\n\nTea.[^t]\n\n```framework\nid = \"values\"\nshow = \"indicators\"\nvalue = \"kind\"\n```\n\nCake.[^u]\n\n[^t]: At four.\n[^u]: Too.\n";
    let handbook = Handbook::new()
        .file("content/index.md", home)
        .file("frameworks/values.toml", toml)
        .file("frameworks/values/kind.md", value)
        .file("frameworks/values/kind/listen.md", behaviour)
        .clean();
    for (path, most) in [
        ("index.html", 10),
        ("values/index.html", 6),
        ("values/kind.html", 10),
        ("values/kind/listen.html", 3),
        ("values/audience/leads.html", 10),
        ("values/profiles/clerk.html", 10),
    ] {
        let html = handbook.read(path);
        let found = numbers(&html);
        for link in html.split("href=\"#hb-note-").skip(1).filter_map(|rest| rest.split('"').next()) {
            let id = format!("id=\"hb-note-{link}\"");
            assert_eq!(html.matches(&id).count(), 1, "{path}: {id}");
        }
        assert!(found.len() + 3 > most && found.iter().copied().eq(1..=found.len()), "{path}: {found:?}");
    }
}

#[test]
fn both_doors_and_the_data_have_the_footnotes() {
    let toml = format!(
        "{SCALES}\n[[values]]\ntitle = \"Kind\"\nstatement = \"We mean it.[^since]\"\ndescription = \"\"\"\nIt shows.[^SINCE]\n\n\
         [^since]: Since the spring of 2019.\n[^code]: As [the code](../content/index.md) asks.\n\"\"\"\n\n[values.indicators]\n\
         all = [\"hears people out[^code]\", \"waits for an answer\"]\n"
    );
    let by_toml = Handbook::new().file("frameworks/values.toml", &toml).clean();
    let by_markdown = values().clean();
    for path in ["values/kind.html", "values/audience/all.html", "values/framework.json", "values/indicators.csv"] {
        assert_eq!(by_toml.read(path), by_markdown.read(path), "{path}");
    }
    let json: serde_json::Value = serde_json::from_str(&by_toml.read("values/framework.json")).expect("JSON");
    assert_eq!(json["indicators"][0]["text"], "hears people out");
    assert_eq!(json["indicators"][0]["footnotes"][0], "As the code asks.");
    assert_eq!(json["values"][0]["description"], "It shows.[^SINCE]\n\n[^since]: Since the spring of 2019.");
}

#[test]
fn a_long_chain_of_footnotes_is_no_deep_recursion() {
    let notes: String = (0..5_000).map(|n| format!("[^{n}]: Then[^{}].\n", n + 1)).collect();
    let page = format!("+++\ntitle = \"Chain\"\n+++\n\nStart.[^0]\n\n{notes}[^5000]: The end.\n");
    let handbook = Handbook::new().file("content/chain.md", &page).clean();
    assert!(handbook.read("chain.html").contains("<li id=\"hb-note-5001\"><p>The end."));
}
