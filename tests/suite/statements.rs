//! What stands in an indicator stays as it was written, in order and level, on pages and in data.

use crate::support::Handbook;

const FRAMEWORK: &str = "title = \"Our values\"\n";

const ITEMS: &str = "\
- tell the depot at once of any:
  - leak, or
  - smell

  and of what you did

- check, before you set out:
  1. the tyres, and
  2. the lights {#check}
- wave to children {#wave}

  Children wave back.

  For example:

  - at the school
  - at the *park*
- stop when:
\t- tired, or
\t- unwell
";

fn by_markdown() -> Handbook {
    let value = format!("+++\ntitle = \"Careful\"\n+++\n\n## Indicators\n\n{ITEMS}");
    Handbook::new().file("frameworks/values.toml", FRAMEWORK).file("frameworks/values/careful.md", &value)
}

fn by_toml() -> Handbook {
    let toml = format!(
        "{FRAMEWORK}\n[[values]]\ntitle = \"Careful\"\nindicators = [\n{}]\n",
        [
            "\"\"\"tell the depot at once of any:\n- leak, or\n- smell\n\nand of what you did\"\"\",\n",
            "\"\"\"check, before you set out:\n1. the tyres, and\n2. the lights {#check}\"\"\",\n",
            "{ id = \"wave\", text = \"\"\"wave to children\n\nChildren wave back.\"\"\", examples = [\"at the school\", \"at the *park*\"] },\n",
            "\"\"\"stop when:\n- tired, or\n- unwell\"\"\",\n",
        ]
        .concat()
    );
    Handbook::new().file("frameworks/values.toml", &toml)
}

#[test]
fn an_indicators_blocks_keep_their_order() {
    let html = by_markdown().clean().read("values/careful.html");
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("the page should say: {words}"));
    let order =
        ["at once of any:", "<li>leak, or", "<li>smell", "and of what you did", "set out:", "<ol>\n<li>the tyres, and"];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "in the order of the file");
    assert_eq!(html.matches("For example").count(), 1, "only where the author says so");
    let after_wave = &html[at("id=\"wave\"")..];
    assert!(after_wave.find("Children wave back.") < after_wave.find("For example"));
    assert!(
        html.contains("<ul>\n<li>tired, or</li>\n<li>unwell</li>\n</ul>"),
        "a list that is indented with tabs is a list"
    );
}

#[test]
fn data_has_lists_with_a_line_for_each_item() {
    let handbook = by_markdown().clean();
    let json: serde_json::Value = serde_json::from_str(&handbook.read("values/framework.json")).expect("JSON");
    let indicators = json["indicators"].as_array().expect("a list");
    assert_eq!(indicators[0]["text"], "tell the depot at once of any:\n- leak, or\n- smell\nand of what you did");
    assert_eq!(
        indicators[0]["html"],
        "<p>tell the depot at once of any:</p>\n<ul>\n<li>leak, or</li>\n<li>smell</li>\n</ul>\n<p>and of what you did</p>"
    );
    assert_eq!(indicators[0]["id"], "tell-the-depot-at-once-of-any");
    assert_eq!(indicators[2]["text"], "wave to children\nChildren wave back.");
    assert_eq!(indicators[2]["id"], "wave");
    assert_eq!(indicators[2]["examples"], serde_json::json!(["at the school", "at the park"]));
    let csv = handbook.read("values/indicators.csv");
    assert!(csv.contains(",\"tell the depot at once of any:\n- leak, or\n- smell\nand of what you did\","));
    assert!(csv.contains(",\"check, before you set out:\n1. the tyres, and\n2. the lights"));
}

#[test]
fn both_doors_keep_them() {
    let (markdown, toml) = (by_markdown().clean(), by_toml().clean());
    for path in ["values/careful.html", "values/framework.json", "values/indicators.csv", "print.html"] {
        assert_eq!(markdown.read(path), toml.read(path), "{path}");
    }
}

#[test]
fn a_statement_of_several_blocks_stays_so() {
    let toml = "title = \"Our values\"\n\n[[values]]\ntitle = \"Careful\"\nstatement = \"\"\"\nWe mind:\n\n- people\n- things\n\"\"\"\n";
    let handbook = Handbook::new().file("frameworks/values.toml", toml).clean();
    for path in ["values/careful.html", "values/index.html"] {
        assert!(
            handbook.read(path).contains("<p>We mind:</p>\n<ul>\n<li>people</li>\n<li>things</li>\n</ul>"),
            "{path}"
        );
    }
}

#[test]
fn prose_behind_the_points_stays_behind_them() {
    let markdown = "+++\ntitle = \"Careful\"\n+++\n\nBefore.\n\n## Indicators\n\n- slow down\n\n## Where to read on\n\nThe library has a shelf of it.[^shelf]\n\n[^shelf]: By the door.\n";
    let markdown = Handbook::new()
        .file("frameworks/values.toml", FRAMEWORK)
        .file("frameworks/values/careful.md", markdown)
        .clean();
    let toml = format!(
        "{FRAMEWORK}\n[[values]]\ntitle = \"Careful\"\ndescription = \"Before.\"\nindicators = [\"slow down\"]\nconclusion = \"\"\"\n\
         ## Where to read on\n\nThe library has a shelf of it.[^shelf]\n\n[^shelf]: By the door.\n\"\"\"\n"
    );
    let toml = Handbook::new().file("frameworks/values.toml", &toml).clean();
    for path in ["values/careful.html", "values/framework.json", "addresses.txt", "print.html"] {
        assert_eq!(markdown.read(path), toml.read(path), "{path}");
    }
    let html = toml.read("values/careful.html");
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("the page should say: {words}"));
    assert!(at("<p>Before.") < at("slow down</span>") && at("slow down</span>") < at("id=\"where-to-read-on\""));
    assert!(toml.read("addresses.txt").contains("values/careful.html#where-to-read-on"));
}

#[test]
fn a_point_that_comes_twice_keeps_all_its_words() {
    let toml =
        "title = \"Our values\"\n\n[[scales]]\nkind = \"level\"\npoints = [{ id = \"one\", title = \"Level 1\" }]\n";
    let value = "+++\ntitle = \"Careful\"\n+++\n\n## Level 1\n\nFirst words.\n\n## Level 1\n\nSecond words.\n\n- slow down\n\nThird words.\n";
    let handbook =
        Handbook::new().file("frameworks/values.toml", toml).file("frameworks/values/careful.md", value).clean();
    let html = handbook.read("values/careful.html");
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("the page should say: {words}"));
    let order = ["First words.", "Second words.", "slow down</span>", "Third words."];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "in the order of the file");
}
