//! What is wrong with what names something else: links, framework blocks, audiences.
//!
//! Whether a name is good depends on its page and on the world around: which sources there are, and which ids. As long as that world
//! stays the same, only pages that have changed are judged again.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::link::Judge;
use super::{Handbook, Page};
use crate::content::Document;
use crate::content::link::{Destination, Link};
use crate::content::prose::Prose;
use crate::diagnostic::{Diagnostic, codes, there_are};
use crate::framework::{Framework, ScaleKind};
use crate::source::Sources;

/// What was found on each page the last time, and in which world.
#[derive(Default)]
pub struct Judged {
    /// Every source and every id that a link can name, as numbers.
    world: Vec<u64>,
    frameworks: Vec<Arc<Framework>>,
    /// In the order of the handbook's.
    pages: Vec<JudgedPage>,
}

/// A page that was judged.
struct JudgedPage {
    document: Option<Arc<Document>>,
    /// Whether it names anything of a framework.
    names_framework: bool,
    found: Vec<Diagnostic>,
}

/// Judges every page and framework; what was `judged` in the same world isn't judged again.
pub fn judge(handbook: &Handbook, sources: &Sources, judged: &mut Judged) -> Vec<Diagnostic> {
    let world = world(handbook, sources);
    let is_same_world = world == judged.world;
    let are_same = |(one, other): (&Arc<Framework>, &Arc<Framework>)| Arc::ptr_eq(one, other);
    let have_same_frameworks = judged.frameworks.len() == handbook.frameworks.len()
        && judged.frameworks.iter().zip(&handbook.frameworks).all(are_same);
    let last = std::mem::take(judged).pages;
    let known = |index: usize, document: &Arc<Document>| {
        let known = last.get(index).filter(|last| is_same_world && (have_same_frameworks || !last.names_framework))?;
        known.document.as_ref().is_some_and(|known| Arc::ptr_eq(known, document)).then_some(known)
    };
    let judge = Judge { handbook, sources };
    let audiences = audiences(handbook);
    let of_page = |(index, page): (usize, &Page)| {
        let Some(document) = &page.document else {
            return JudgedPage { document: None, names_framework: false, found: Vec::new() };
        };
        let own = Some(document.clone());
        if let Some(known) = known(index, document) {
            return JudgedPage { document: own, names_framework: known.names_framework, found: known.found.clone() };
        }
        let mut found = of_prose(&judge, &document.body);
        found.extend(of_audiences(&audiences, document, sources));
        JudgedPage { document: own, names_framework: names_framework(document), found }
    };
    let pages: Vec<_> = handbook.pages.par_iter().enumerate().map(of_page).collect();
    let proses = handbook.frameworks.iter().flat_map(|framework| framework.prose());
    let in_frameworks = proses.flat_map(|prose| of_prose(&judge, prose));
    let in_pages = pages.iter().flat_map(|page| &page.found).cloned();
    let found = in_pages.chain(in_frameworks).collect();
    *judged = Judged { world, frameworks: handbook.frameworks.clone(), pages };
    found
}

/// Whether a page links to a framework, shows a part of one, or names an audience.
fn names_framework(document: &Document) -> bool {
    let is_framework = |link: &Link| match &link.to {
        Destination::Inside { path, .. } => path.as_ref().is_none_or(|path| path.starts_with("frameworks/")),
        Destination::Outside | Destination::Nowhere => false,
    };
    !document.front.audience.is_empty()
        || !document.body.blocks.is_empty()
        || document.body.headings().any(|(_, heading)| !heading.audience.is_empty())
        || document.body.links.iter().any(is_framework)
}

/// Whatever can be named, apart from frameworks.
fn world(handbook: &Handbook, sources: &Sources) -> Vec<u64> {
    let mut world = Vec::with_capacity(2 * (sources.files().len() + handbook.pages.len()));
    world.extend(sources.files().iter().map(|file| u64::from(file.id.0)));
    for page in &handbook.pages {
        world.push(page.document.as_ref().map_or(0, |document| document.places));
        world.extend(page.chapter.map(u64::from));
        world.extend(page.numbers.anchors().map(|anchor| xxh3_64(anchor.as_bytes())));
    }
    world.extend(handbook.assets.iter().map(|asset| xxh3_64(asset.source.path.as_bytes())));
    let mut hidden: Vec<_> = handbook.hidden.iter().map(|file| u64::from(file.0)).collect();
    hidden.sort_unstable();
    world.extend(hidden);
    world
}

fn of_prose(judge: &Judge<'_>, prose: &Prose) -> Vec<Diagnostic> {
    let links = prose.links.iter().filter_map(|link| judge.finding(link));
    let blocks = prose.blocks.iter().filter_map(|block| judge.handbook.find_block(block).err());
    links.chain(blocks.map(|found| *found)).collect()
}

/// The ids of all audiences.
fn audiences(handbook: &Handbook) -> BTreeSet<&str> {
    let scales = handbook.frameworks.iter().flat_map(|framework| &framework.scales);
    let audiences = scales.filter(|scale| scale.kind == ScaleKind::Audience);
    audiences.flat_map(|scale| scale.points.iter().map(|point| point.id.as_str())).collect()
}

/// Every audience that a page or heading names is some framework's.
fn of_audiences(known: &BTreeSet<&str>, document: &Document, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for id in document.front.audience.iter().filter(|id| !known.contains(id.as_str())) {
        found.push(unknown_audience(known, id.as_str()).at(id.whole()));
    }
    for (entry, heading) in document.body.headings() {
        for id in heading.audience.iter().filter(|id| !known.contains(id.as_str())) {
            let from = document.body.text.span(entry.start()..entry.start()).range().start;
            let line = sources.file(document.file).text[from..].lines().next().unwrap_or_default();
            let braces = line.find("audience=").unwrap_or(0);
            let at = entry.start() + line[braces..].find(id.as_str()).map_or(0, |at| braces + at);
            found.push(unknown_audience(known, id).at(document.body.text.span(at..at + id.len())));
        }
    }
    found
}

fn unknown_audience(known: &BTreeSet<&str>, id: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(codes::UNKNOWN_AUDIENCE, format!("no framework has the audience `{id}`"))
        .suggest(id, known.iter().copied());
    if known.is_empty() {
        return diagnostic.help("an audience is a point of a scale with kind = \"audience\" in a framework");
    }
    diagnostic.help(there_are("audience", "audiences", known.iter().copied()))
}
