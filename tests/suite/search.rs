//! The search: what its files hold, whatever stands in the handbook. What a reader finds is tested in a browser.

use std::fs;

use crate::support::{Handbook, SETTINGS, tree};

#[test]
fn texts_become_the_same_words_as_in_the_browser() {
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/words.json");
    let texts: Vec<(String, Vec<String>)> =
        serde_json::from_str(&fs::read_to_string(list).expect("the list of texts")).expect("pairs of text and words");
    assert_eq!(texts.len(), 300);
    for (text, words) in texts {
        assert_eq!(ethos::derive::search::words(&text), words, "{text:?}");
    }
}

#[test]
fn no_text_breaks_out_of_its_script() {
    let hostile = "</script><script>alert(1)</script> \u{2028} \u{2029} \\\" ' ]);alert(2)//";
    let page = format!(
        "+++\ntitle = '''{hostile}'''\nsummary = '''{hostile}'''\n+++\n\n`{hostile}`\n\n## {}\n\nText.\n",
        hostile.replace('<', "\\<")
    );
    let handbook = Handbook::new().file("content/hostile.md", &page).clean();
    let files = search_files(&handbook);
    assert!(files.iter().any(|(_, text)| text.contains("alert(1)")));
    for (path, text) in &files {
        // The calls that bring data stand on lines of their own, behind the client.
        for line in text.lines().filter(|line| line.starts_with("ethosSearch.") && line.ends_with(");")) {
            assert!(!line.contains(['<', '\u{2028}', '\u{2029}']), "{path}: {line}");
            let arguments = line.split_once('(').and_then(|(_, rest)| rest.strip_suffix(");")).expect("a call");
            serde_json::from_str::<serde_json::Value>(&format!("[{arguments}]"))
                .unwrap_or_else(|error| panic!("{path}: {error}: {line}"));
        }
    }
}

#[test]
fn a_small_handbook_is_searched_with_one_file() {
    let handbook = Handbook::new().clean();
    assert_eq!(search_files(&handbook).len(), 1);
}

#[test]
fn a_handbook_without_search_has_no_file_of_it() {
    let handbook = Handbook::new().file("ethos.toml", &format!("{SETTINGS}[search]\nenabled = false\n")).clean();
    assert!(search_files(&handbook).is_empty());
}

#[test]
fn pages_name_no_file_of_the_search_that_changes() {
    let settings = format!("{SETTINGS}[search]\nsuggestions = true\n");
    let handbook = Handbook::new().file("ethos.toml", &settings).clean();
    let home = handbook.read("index.html");
    assert!(home.contains("search/suggest.js") && !home.contains("search/a."));
    assert!(handbook.read("search.html").contains("search/a."));
    let suggest = handbook.read("search/suggest.js");
    let client =
        search_files(&handbook).into_iter().find(|(path, _)| path.starts_with("search/a.")).expect("a client").0;
    assert!(suggest.contains(client.trim_start_matches("search/")), "{suggest:.200}");
}

#[test]
fn unknown_languages_are_searched_without_a_stemmer() {
    let settings = SETTINGS.replace("en-GB", "cy");
    let page = "+++\ntitle = \"Croeso\"\nlanguage = \"tlh\"\n+++\n\nDysgu bob amser.\n";
    let handbook = Handbook::new().file("ethos.toml", &settings).file("content/croeso.md", page);
    let built = handbook.build();
    assert_eq!(built.code, 0, "{}", built.messages);
    assert!(search_files(&handbook).iter().any(|(_, text)| text.contains("dysgu")));
}

fn search_files(handbook: &Handbook) -> Vec<(String, String)> {
    let all = tree(&handbook.root().join("public"));
    all.into_iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}
