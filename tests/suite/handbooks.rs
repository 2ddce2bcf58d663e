//! Five real handbooks, where a checkout has them beside it: each builds without a word, nothing in them is lost, and every indicator
//! stands at the place that its TOML gives it, as a second reader finds it here.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use toml::de::{DeTable, DeValue};

use crate::judge::{Framework, Site, judge, typed};
use crate::support::{Handbook, project};

const NAMES: [&str; 5] = ["banes", "derbyshire", "durham", "oxfordshire", "policing"];

/// Value and behaviour by their titles, then the points by their ids.
type Place = (String, Option<String>, Vec<String>);

fn folder() -> Option<PathBuf> {
    let folder = project().join("../shared/handbooks");
    if !folder.is_dir() {
        println!("skipped: there is no folder shared/handbooks beside the project");
        return None;
    }
    Some(folder)
}

/// A copy of one, built.
fn built(name: &str) -> (Handbook, Site) {
    let handbook = Handbook::copy(&format!("../shared/handbooks/{name}")).clean();
    let site = judge(&handbook.root().join("public"));
    (handbook, site)
}

/// The sources below a folder, each with the part of its name before the ending.
fn sources(handbook: &Handbook, folder: &str, ending: &str) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(handbook.root().join(folder)) else {
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let path = entry.expect("an entry").path();
            let stem = path.file_name()?.to_str()?.strip_suffix(ending)?.to_owned();
            Some((stem, fs::read_to_string(path).expect("a text")))
        })
        .collect();
    found.sort();
    found
}

fn string(table: &DeTable<'_>, key: &str) -> Option<String> {
    table.get(key)?.get_ref().as_str().map(str::to_owned)
}

fn tables<'a, 'b>(table: &'a DeTable<'b>, key: &str) -> Vec<&'a DeTable<'b>> {
    let items = table.get(key).and_then(|value| value.get_ref().as_array());
    items.into_iter().flatten().filter_map(|item| item.get_ref().as_table()).collect()
}

/// Every list below a value's `indicators`, with the keys that lead to it.
fn lists(value: &DeValue<'_>, keys: &[String], found: &mut Vec<(Vec<String>, Vec<String>)>) {
    if let Some(items) = value.as_array() {
        let words = items.iter().map(|item| match item.get_ref().as_table() {
            Some(table) => string(table, "text").expect("an indicator's text"),
            None => item.get_ref().as_str().expect("an indicator").to_owned(),
        });
        found.push((keys.to_vec(), words.map(|words| plain(&words)).collect()));
    } else if let Some(table) = value.as_table() {
        for (key, inner) in table {
            let mut keys = keys.to_vec();
            keys.extend((key.get_ref() != "statements").then(|| key.get_ref().to_string()));
            lists(inner.get_ref(), &keys, found);
        }
    }
}

/// What a framework's TOML asks, by place.
fn asked(framework: &DeTable<'_>) -> BTreeMap<Place, Vec<String>> {
    let mut asked = BTreeMap::new();
    for value in tables(framework, "values") {
        let title = string(value, "title").expect("a title");
        let behaviours =
            tables(value, "behaviours").into_iter().map(|behaviour| (string(behaviour, "title"), behaviour));
        for (behaviour, table) in std::iter::once((None, value)).chain(behaviours) {
            let mut found = Vec::new();
            if let Some(indicators) = table.get("indicators") {
                lists(indicators.get_ref(), &[], &mut found);
            }
            for (keys, words) in found {
                asked.insert((title.clone(), behaviour.clone(), keys), words);
            }
        }
    }
    asked
}

/// The same of what is published.
fn published(framework: &Framework) -> BTreeMap<Place, Vec<String>> {
    let mut found: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    for indicator in framework.indicators.iter().filter(|indicator| indicator.kind == "statement") {
        let points = framework.scales.iter().filter_map(|scale| indicator.scales.get(&scale.id).cloned()).collect();
        let behaviour = indicator.behaviour.as_ref().map(|own| own.title.clone());
        found.entry((indicator.value.title.clone(), behaviour, points)).or_default().push(typed(&indicator.text));
    }
    found
}

/// Words without Markdown's marks, as far as these handbooks use them.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let open = before.rfind('[').expect("a link");
        out.push_str(&before[..open]);
        out.push_str(&before[open + 1..]);
        rest = after.split_once(')').expect("the end of a link").1;
    }
    out.push_str(rest);
    typed(&out.replace("**", "").replace(['*', '`'], ""))
}

/// Headings, paragraphs and items of a text; framework blocks aside.
fn pieces(markdown: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut in_block = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            let line = line.trim();
            let ordinal = line.split_once(". ").filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()));
            let item = line.strip_prefix("- ").or(ordinal.map(|(_, rest)| rest));
            if line.is_empty() || line.starts_with('#') || item.is_some() {
                pieces.push(String::new());
            }
            let words = item.unwrap_or(line).trim_start_matches('#');
            let last = pieces.last_mut().expect("a piece");
            last.push_str(words);
            last.push(' ');
        }
    }
    pieces.iter().map(|piece| plain(piece)).filter(|piece| !piece.is_empty()).collect()
}

/// Fails for the first piece of a text that a page doesn't show.
fn assert_shown(site: &Site, path: &str, markdown: &str) -> usize {
    let shown = typed(&site.main(path).text());
    let pieces = pieces(markdown);
    for piece in &pieces {
        assert!(shown.contains(piece.as_str()), "{path} doesn't show: {piece}");
    }
    pieces.len()
}

#[test]
fn every_indicator_stands_where_its_author_put_it() {
    let Some(_) = folder() else { return };
    let mut total = 0;
    for name in NAMES {
        let (handbook, site) = built(name);
        for (stem, text) in sources(&handbook, "frameworks", ".toml") {
            let (toml, errors) = DeTable::parse_recoverable(&text);
            assert!(errors.is_empty(), "{name}/{stem}: {errors:?}");
            let framework = site.framework(&stem);
            let asked = asked(toml.get_ref());
            assert_eq!(published(framework), asked, "{name}/{stem}");
            let titles: Vec<String> =
                tables(toml.get_ref(), "values").iter().filter_map(|value| string(value, "title")).collect();
            let shown: Vec<String> = framework.values.iter().map(|value| value.title.clone()).collect();
            assert_eq!(shown, titles, "{name}/{stem}: the order of the values");
            total += asked.values().map(Vec::len).sum::<usize>();
        }
    }
    assert_eq!(total, 259);
}

#[test]
fn every_paragraph_is_shown() {
    let Some(_) = folder() else { return };
    for name in NAMES {
        let (handbook, site) = built(name);
        let mut count = 0;
        for (stem, text) in sources(&handbook, "content", ".md") {
            let body = text.splitn(3, "+++\n").nth(2).expect("a body");
            count += assert_shown(&site, &format!("{stem}.html"), body);
        }
        for (stem, text) in sources(&handbook, "frameworks", ".toml") {
            let (toml, _) = DeTable::parse_recoverable(&text);
            let toml = toml.get_ref();
            let home = format!("{stem}/index.html");
            for key in ["introduction", "conclusion", "caveat", "summary", "applies_to"] {
                count += assert_shown(&site, &home, &string(toml, key).unwrap_or_default());
            }
            let framework = site.framework(&stem);
            for (value, item) in tables(toml, "values").into_iter().zip(&framework.values) {
                let behaviours = tables(value, "behaviours").into_iter().zip(&item.behaviours);
                for (table, item) in std::iter::once((value, item)).chain(behaviours) {
                    for key in ["title", "statement", "description"] {
                        count += assert_shown(&site, &item.url, &string(table, key).unwrap_or_default());
                    }
                }
            }
            for scale in tables(toml, "scales") {
                for point in tables(scale, "points") {
                    let description = string(point, "description").unwrap_or_default();
                    let path = format!("{stem}/{}/{}.html", string(scale, "id").unwrap(), string(point, "id").unwrap());
                    let path = if site.pages.contains_key(&path) { path } else { home.clone() };
                    count += assert_shown(&site, &path, &description);
                }
            }
        }
        assert!(count > 10, "{name}: only {count} pieces were looked for");
    }
}

#[test]
fn durhams_clauses_have_their_letters() {
    let Some(_) = folder() else { return };
    let (handbook, site) = built("durham");
    let code = fs::read_to_string(handbook.root().join("content/code-of-conduct.md")).expect("the code");
    let (mut section, mut part, mut letter) = (0, 0, 0u8);
    let mut count = 0;
    for line in code.lines() {
        if line.starts_with("## ") {
            (section, part, letter) = (section + 1, 0, 0);
        } else if line.starts_with("### ") {
            (part, letter) = (part + 1, 0);
        } else if let Some((_, words)) = line
            .split_once(". ")
            .filter(|(number, _)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        {
            let sign = char::from(b'a' + letter);
            let number = if part == 0 { section.to_string() } else { format!("{section}.{part}") };
            let clause = site.at(&format!("code-of-conduct.html#{number}-{sign}"));
            assert_eq!(clause.name, "li");
            assert_eq!(typed(&clause.text()), format!("({sign}) {}", plain(words)));
            (letter, count) = (letter + 1, count + 1);
        }
    }
    assert_eq!(count, 20);
}
