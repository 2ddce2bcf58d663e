//! What a theme promises: the ids that Ethos leads readers and its scripts to, and the components that it draws by name.
//!
//! A template of the handbook's own may leave out whatever it likes but these; a test holds the list to the program's sources.

use std::collections::BTreeSet;
use std::ops::Range;

use tera::Tera;

use super::calls::Links;
use super::files::{File, Files, templates};
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::text::{Sources, Span};

/// An id, and what bears it. One that ends in a hyphen is the beginning of several.
type Id = (&'static str, &'static str);

const MAIN: Id = ("main", "the element <main>, which holds what the page is about");

/// Templates with the ids that must stand in what they draw, besides that of [`MAIN`].
const IDS: &[(&str, &[Id])] = &[
    ("404.html", &[]),
    ("a-z.html", &[]),
    ("accessibility.html", &[]),
    ("behaviour.html", VALUE),
    (
        "framework.html",
        &[
            ("hb-values", "the heading over the values"),
            ("hb-scale-", "the heading over a scale, followed by {{ scale.id }}"),
            ("hb-matrix", "the heading over the table of values by points"),
            ("hb-profiles", "the heading over the profiles"),
        ],
    ),
    ("gallery.html", &[]),
    ("home.html", &[("hb-pages", "the heading over the list of pages")]),
    ("page.html", &[]),
    ("point.html", &[]),
    ("print.html", &[]),
    ("profile.html", &[]),
    (
        "report.html",
        &[
            ("hb-overdue", "the heading over the overdue reviews"),
            ("hb-reviews", "the heading over the line of reviews"),
            ("hb-rules", "the heading over the rules"),
            ("hb-owners", "the heading over the owners"),
        ],
    ),
    (
        "search.html",
        &[
            ("hb-q", "the field that words are typed into"),
            ("hb-search-fallback", "what stands there without a script"),
            ("hb-search-filters", "the form for the filters"),
            ("hb-search-status", "the line that says how much was found"),
            ("hb-search-start", "what stands there before anything was searched for"),
            ("hb-search-busy", "what stands there while the search works"),
            ("hb-search-notes", "the place of other spellings"),
            ("hb-search-chosen", "the line with the chosen filters"),
            ("hb-search-results", "the list of results"),
            ("hb-search-more", "the place of the button for more"),
            ("hb-search-help", "what stands there if nothing was found"),
            ("hb-search-words", "the element <template> with the words of the search"),
        ],
    ),
    (
        "section.html",
        &[
            ("hb-steps", "the heading over the steps of a path"),
            ("hb-chapters", "the heading over the chapters of a code"),
            ("hb-pages", "the heading over the list of pages"),
        ],
    ),
    ("value.html", VALUE),
];

const VALUE: &[Id] = &[
    ("hb-behaviours", "the heading over the behaviours"),
    ("hb-needed-by", "the heading over the profiles that need it"),
];

/// Components that Ethos draws by name, each for one thing that a framework block can show.
const COMPONENTS: [&str; 5] = ["block_values", "block_audiences", "block_levels", "block_matrix", "block_indicators"];

/// Every id of the contract, for the test that holds it to the sources.
pub fn ids() -> impl Iterator<Item = &'static str> {
    [MAIN.0].into_iter().chain(IDS.iter().flat_map(|(_, ids)| ids.iter().map(|(id, _)| *id)))
}

/// Notes what the templates of a theme lack.
pub(super) fn check(files: &Files, tera: &Tera, sources: &Sources, findings: &Findings) {
    let mut told = BTreeSet::new();
    let links = Links::new(files);
    for (template, ids) in IDS {
        let Some((path, _)) = files.get_key_value(&format!("templates/{template}")) else { continue };
        let drawn = links.reach(path);
        for id in [MAIN].iter().chain(*ids).filter(|(id, _)| !drawn.iter().any(|(_, file)| bears(file, id))) {
            let own: Vec<_> = drawn.iter().filter(|(_, file)| file.source.is_some()).collect();
            // One that is nearly right says most; else the template itself, or what stands nearest to it.
            let near = own.iter().find_map(|(path, file)| Some((*path, file, Some(nearest(file, id.0)?))));
            let blamed = near.or_else(|| own.first().map(|(path, file)| (*path, file, None)));
            let Some((_, file, range)) = blamed.filter(|(path, ..)| told.insert((*path, id.0))) else { continue };
            findings.push(missing(id, file, range, sources));
        }
    }
    let blocks = files.get("components/framework-block/framework-block.html");
    for name in COMPONENTS.iter().filter(|name| !tera.contains_component(name)) {
        let message = format!("the component `{name}` is missing, which draws framework blocks");
        let definition = format!("{{% component {name}(block, @root, @t) %}}…{{% endcomponent {name} %}}");
        let finding = Diagnostic::new(codes::MISSING_PART, message).help(format!("define it: {definition}"));
        let span = blocks.and_then(|file| file.span(sources, first_line(&file.text)));
        findings.push(placed(finding, span));
    }
}

fn missing((id, bearer): &Id, file: &File, near: Option<Range<usize>>, sources: &Sources) -> Diagnostic {
    let message = format!("the id `{}` is missing, to which Ethos leads", id.trim_end_matches('-'));
    let finding = Diagnostic::new(codes::MISSING_PART, message);
    let finding = match &near {
        Some(near) => finding.help(format!("is it `{}` that should be `{id}`?", &file.text[near.clone()])),
        None => finding,
    };
    let range = near.unwrap_or_else(|| first_line(&file.text));
    placed(finding, file.span(sources, range)).help(format!("give it to {bearer}"))
}

/// A finding at a place, if it is in a file of the handbook's.
fn placed(finding: Diagnostic, span: Option<Span>) -> Diagnostic {
    match span {
        Some(span) => finding.at(span),
        None => finding,
    }
}

/// Whether an id stands in a template: as `id="hb-pages"`, or as what a component makes an id of.
fn bears(file: &File, id: &str) -> bool {
    let end = if id.ends_with('-') { "" } else { "\"" };
    file.text.contains(&format!("\"{id}{end}"))
}

/// An id in a template that may have been meant for another.
fn nearest(file: &File, id: &str) -> Option<Range<usize>> {
    let known: BTreeSet<&str> = ids().collect();
    let given = file.text.split('"').skip(1).step_by(2);
    let names = given.filter(|name| name.starts_with("hb-") && !name.contains(' ') && !known.contains(name));
    let names = Names::of(names);
    let name = names.nearest(id)?;
    let at = file.text.find(&format!("\"{name}\""))? + 1;
    Some(at..at + name.len())
}

fn first_line(text: &str) -> Range<usize> {
    0..text.find('\n').unwrap_or(text.len())
}

/// Notes names in `data-start` that no component has a script for.
pub(super) fn check_starts(files: &Files, sources: &Sources, findings: &Findings) {
    let script = |path: &str| {
        let (folder, name) = path.strip_prefix("components/")?.split_once('/')?;
        (name.strip_suffix(".js") == Some(folder)).then(|| folder.to_owned())
    };
    let names = Names::of(files.keys().filter_map(|path| script(path)));
    for (_, file) in templates(files).filter(|(_, file)| file.source.is_some()) {
        for (at, mark) in file.text.match_indices(START) {
            let start = at + mark.len();
            let value = file.text[start..].split('"').next().unwrap_or_default();
            let unknown = value.split_whitespace().filter(|name| !name.contains(['{', '}', '%']));
            for name in unknown.filter(|name| names.each().all(|known| known != *name)) {
                let message = format!("no component has a script called `{name}`");
                let finding = Diagnostic::new(codes::TEMPLATE, message).suggest(name, &names);
                let finding = finding.help(format!("make the file components/{name}/{name}.js"));
                findings.push(placed(finding, file.span(sources, start..start + value.len())));
            }
        }
    }
}

/// What stands before the names of the scripts that start on an element.
pub const START: &str = "data-start=\"";
