//! Pages and files to which no way leads.

use std::collections::{BTreeSet, HashSet};

use rustc_hash::FxHashMap;

use crate::check::governance::governed;
use crate::check::{Context, Look, Rule};
use crate::content::link::Destination;
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::{Handbook, Subject, Target};
use crate::text::FileId;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "orphan-page",
        severity: Severity::Warning,
        meaning: "Nothing leads to a page of the top level, or to a file beside the pages.",
    },
    guide: "A page in a section stands in that section's menu. A page, section or framework of the top level that `menu` doesn't name, \
            and to which no other page links, comes last in the menu, where nobody looks for it. A file (PDF, image) that nothing \
            links to or shows is published all the same: often an old edition. Name it, link to it, or take it out.",
    look: Look::Handbook(look),
};

/// Endings of files that are there for readers. Others may be used by programs.
const FOR_READERS: &[&str] = &[
    "avif", "csv", "doc", "docx", "gif", "jpeg", "jpg", "m4a", "mov", "mp3", "mp4", "odp", "ods", "odt", "pdf", "png",
    "ppt", "pptx", "rtf", "svg", "webm", "webp", "xls", "xlsx", "zip",
];

/// Names that browsers look for by themselves.
const BY_CUSTOM: &[&str] = &["apple-touch-icon", "favicon"];

fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if !context.handbook.config.menu.is_empty() {
        pages(context, found);
    }
    files(context, found);
}

fn pages(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = context.handbook;
    let reached = reached(context);
    for subject in &handbook.top[handbook.config.menu.len().min(handbook.top.len())..] {
        let Some(at) = governed::place(context, *subject).filter(|_| !reached.contains(subject)) else { continue };
        let title = handbook.title(*subject);
        let address = handbook.address(*subject);
        let name = address.trim_end_matches("/index.html").trim_end_matches(".html");
        found.push(
            Diagnostic::new(RULE.code, format!("the menu doesn't name “{title}”, and no page links to it"))
                .at(at)
                .help(format!("add it to `menu` in ethos.toml, in its place: \"{name}\""))
                .help("or link to it from the page where people will need it"),
        );
    }
}

/// The parts of the top level to which, or to something in which, a link leads from elsewhere.
fn reached(context: &Context<'_>) -> HashSet<Subject> {
    let handbook = context.handbook;
    let tops = tops(handbook);
    let mut reached = HashSet::new();
    for prose in handbook.proses() {
        let from = tops.get(&prose.text.whole().file).copied();
        let blocks = prose.blocks.iter().filter_map(|block| Some(handbook.find_block(block).ok()?.0));
        let shown = blocks.map(Subject::Framework);
        let linked = prose.links.iter().filter_map(|link| match handbook.target(link)? {
            Target::Inside { to, .. } => Some(top(handbook, to)),
            Target::Outside(address) => Some(top(handbook, handbook.own_page(address)?.0)),
        });
        reached.extend(linked.chain(shown).filter(|to| Some(*to) != from));
    }
    reached
}

/// The part of the top level to which each file belongs.
fn tops(handbook: &Handbook) -> FxHashMap<FileId, Subject> {
    let pages = handbook.pages.iter().enumerate();
    let pages =
        pages.filter_map(|(index, page)| Some((page.document.as_ref()?.file, top(handbook, Subject::Page(index)))));
    let frameworks = handbook.frameworks.iter().enumerate().flat_map(|(index, framework)| {
        let files = framework.items().map(|at| framework.item(at).file).chain([framework.file]);
        files.map(move |file| (file, Subject::Framework(index)))
    });
    pages.chain(frameworks).collect()
}

/// The part of the top level that something belongs to.
fn top(handbook: &Handbook, subject: Subject) -> Subject {
    match subject {
        Subject::Page(page) => {
            let up = |page: &usize| handbook.pages[*page].parent.filter(|parent| *parent != 0);
            Subject::Page(std::iter::successors(Some(page), up).last().unwrap_or(page))
        }
        Subject::Item(framework, _) | Subject::Point(framework, ..) | Subject::Profile(framework, _) => {
            Subject::Framework(framework)
        }
        Subject::Framework(_) | Subject::Asset(_) => subject,
    }
}

fn files(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = context.handbook;
    let used = used(handbook);
    let drafts = context.sources.files().iter().filter(|file| handbook.is_hidden(file.id));
    let in_drafts: HashSet<&str> = drafts.flat_map(|file| possible_names(&file.text)).collect();
    // Pages that aren't made of Markdown may show files, and nobody reads those.
    let folders: BTreeSet<&str> = handbook
        .assets
        .iter()
        .filter(|asset| [".css", ".htm", ".html", ".js"].iter().any(|ending| asset.address.ends_with(ending)))
        .map(|asset| folder(&asset.source.path))
        .collect();
    for asset in &handbook.assets {
        let path = asset.source.path.as_str();
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let is_for_readers = FOR_READERS.contains(&ending.to_ascii_lowercase().as_str());
        let is_by_custom = BY_CUSTOM.iter().any(|own| stem.starts_with(own));
        let may_be_shown = folders.iter().any(|folder| path.starts_with(folder)) || in_drafts.contains(name);
        if is_for_readers && !is_by_custom && !may_be_shown && !used.contains(path) {
            let message = format!("nothing links to `{}` or shows it, but it is published", asset.address);
            found.push(
                Diagnostic::new(RULE.code, message)
                    .in_file(path)
                    .help("link to it from a page, or take it out of the folder"),
            );
        }
    }
}

/// "content/forms/" of "content/forms/claim.pdf"
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// Whatever may be the name of a file in a draft, whose links aren't resolved: with spaces in it and without.
fn possible_names(text: &str) -> impl Iterator<Item = &str> {
    const AROUND: [char; 14] = ['/', '(', ')', '<', '>', '[', ']', '"', '\'', '=', '?', '#', '{', '}'];
    let parts = text.split(AROUND).flat_map(str::lines);
    parts.flat_map(|part| part.split_whitespace().chain([part.trim()]))
}

/// The paths of files that something links to or shows.
fn used(handbook: &Handbook) -> HashSet<String> {
    let mut used: HashSet<String> = HashSet::new();
    used.extend(handbook.images().map(|asset| asset.source.path.clone()));
    for link in handbook.proses().flat_map(|prose| &prose.links) {
        match &link.to {
            Destination::Inside { path, .. } => used.extend(path.clone()),
            Destination::Outside => {
                let inside = handbook.own_address(&link.destination);
                used.extend(inside.map(|address| format!("content/{address}")));
            }
            Destination::Nowhere => {}
        }
    }
    used
}
