//! The built-in theme keeps what a theme promises, and says of itself what there is to say.

use std::collections::BTreeSet;
use std::fs;

use ethos::text::Sources;
use ethos::theme::{self, contract};

use crate::support::{HOME, Handbook, SETTINGS, project, tree};

#[test]
fn every_id_that_the_program_leads_to_is_in_the_contract() {
    let known: BTreeSet<&str> = contract::ids().collect();
    // What scripts and Rust write themselves, and what begins the ids of the search, each of which is looked for below.
    let own = ["hb-suggestions", "hb-suggestion-", "hb-note-", "hb-owner-", "hb-hidden", "hb-search-"];
    let mut unknown = BTreeSet::new();
    let files =
        walkdir::WalkDir::new(project().join("src")).into_iter().map(|entry| entry.expect("a file").into_path());
    for path in files.filter(|path| !path.starts_with(project().join("src/theme"))) {
        let is_read = path.extension().is_some_and(|ending| ending == "rs")
            || path.starts_with(project().join("src/search/client")) && path.is_file();
        let text = if is_read { fs::read_to_string(&path).expect("a text") } else { String::new() };
        let text: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for part in text.split('"').filter(|part| part.starts_with("hb-")) {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(part.len());
            let id = &part[..end];
            if !known.contains(id) && !own.contains(&id) {
                unknown.insert(format!("{id} in {}", path.display()));
            }
        }
        for name in text.split("byId(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let id = format!("hb-search-{name}");
            if !known.contains(id.as_str()) {
                unknown.insert(format!("{id} in {}", path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "src/theme/contract.rs leaves out {unknown:#?}");
}

#[test]
fn the_built_in_theme_keeps_the_contract() {
    // As a theme of the handbook's own, it is held to all that others are held to.
    let mut handbook = Handbook::new();
    for (path, bytes) in tree(&project().join("themes/default")) {
        let text = String::from_utf8(bytes).expect("a text");
        handbook = handbook.file(&format!("themes/default/{path}"), &text);
    }
    handbook.clean();
}

#[test]
fn every_component_is_described_and_shown() {
    let built_in = theme::built_in();
    let folders = built_in.components(&Sources::default());
    let described: BTreeSet<&str> =
        folders.iter().flat_map(|folder| folder.components.iter().map(|component| component.name.as_str())).collect();
    assert_eq!(described, built_in.tera.get_component_names().collect(), "each has a part in an examples.toml");
    for component in folders.iter().flat_map(|folder| &folder.components) {
        let name = &component.name;
        let info = built_in.tera.get_component_definition(name).expect("it is there");
        let taken: BTreeSet<&str> =
            info.args().iter().filter(|argument| !argument.is_implicit()).map(|argument| argument.name()).collect();
        let told: BTreeSet<&str> = component.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        assert_eq!(told, taken, "the parameters of {name}");
        assert!(component.about.ends_with('.'), "{name} says what it is for, in sentences");
        let is_told = |text: &str| !text.is_empty();
        assert!(component.parameters.iter().all(|parameter| is_told(&parameter.kind) && is_told(&parameter.about)));
        let varies = taken.iter().any(|parameter| *parameter != "site");
        let least = usize::from(component.seen_in.is_none()) * (1 + usize::from(varies));
        assert!(component.examples.len() >= least, "{name} has {} examples", component.examples.len());
    }
}

#[test]
fn every_built_in_style_stands_in_a_layer() {
    let handbook = Handbook::new().clean();
    let assets = tree(&handbook.root().join("public/assets"));
    let sheet = assets.iter().find(|(path, _)| path.ends_with(".css")).map(|(_, sheet)| String::from_utf8_lossy(sheet));
    let mut depth = 0;
    let mut statement = String::new();
    for part in sheet.expect("a stylesheet").split("*/").map(|part| part.split("/*").next().unwrap_or_default()) {
        for c in part.chars() {
            if depth == 0 && matches!(c, '{' | ';') {
                assert!(statement.trim().starts_with("@layer "), "{statement}");
                statement.clear();
            } else if depth == 0 && c != '}' {
                statement.push(c);
            }
            depth += i32::from(c == '{') - i32::from(c == '}');
        }
    }
}

#[test]
fn options_are_classes_of_the_page_and_variables_of_templates() {
    let page = "+++\ntitle = \"Leave\"\nowner = \"Human Resources\"\n+++\n\nAsk early.\n";
    let plain = Handbook::new().file("content/leave.md", page).clean().read("leave.html");
    assert!(plain.contains("<html lang=\"en-GB\" dir=\"ltr\">") && plain.find("<main") < plain.find("hb-meta"));
    let settings = format!("{SETTINGS}[theme]\nabout = \"top\"\nwidth = \"narrow\"\nvalues = \"cards\"\n");
    let chosen =
        Handbook::new().file("ethos.toml", &settings).file("content/leave.md", page).clean().read("leave.html");
    assert!(chosen.contains("class=\"hb-about--top hb-width--narrow\">"), "{chosen}");
    assert!(chosen.find("<main") > chosen.find("hb-meta"));
}

#[test]
fn pages_load_the_scripts_of_their_own_components_alone() {
    let handbook = Handbook::new()
        .file("content/start/index.md", "+++\ntitle = \"Start\"\npath = true\n+++\n\nWelcome.\n")
        .file("content/start/first.md", HOME)
        .file("themes/own/theme.toml", "extends = \"default\"\n")
        .file("themes/own/components/caveat/caveat.html", "{% component caveat(html) %}{% endcomponent caveat %}")
        .file(
            "themes/own/components/clock/clock.html",
            "{% component clock() %}<p data-start=\"clock\"></p>{% endcomponent %}",
        )
        .file("themes/own/components/clock/clock.js", "startComponent(\"clock\", () => {});\n")
        .file(
            "themes/own/templates/404.html",
            "{% extends \"templates/base.html\" %}{% block main %}{{ <clock /> }}{% endblock %}",
        )
        .file("ethos.toml", &format!("{SETTINGS}[theme]\nname = \"own\"\n"))
        .clean();
    let scripts = |page: &str| -> Vec<String> {
        let html = handbook.read(page);
        let sources = html.split("<script src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        sources
            .map(|path| path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(scripts("index.html"), ["main", "landing"]);
    assert_eq!(scripts("start/first.html"), ["main", "landing", "step"]);
    assert_eq!(scripts("404.html"), ["main", "clock", "landing"]);
    assert_eq!(scripts("search.html")[1..], ["main", "landing"]);
}
