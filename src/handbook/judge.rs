//! What is wrong with what names something else: links, framework blocks, audiences.
//!
//! Whether a name is good depends on its page and on the world around: which sources there are, and which ids. As long as that world
//! stays the same, only pages that have changed are judged again.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::missing::{Explainer, Fault};
use super::{Handbook, Page};
use crate::content::Document;
use crate::content::link::{Destination, Link};
use crate::content::prose::Prose;
use crate::finding::{Diagnostic, Names, codes, there_are};
use crate::framework::{Framework, ScaleKind};
use crate::text::Sources;

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
pub fn judge<'h>(handbook: &'h Handbook, sources: &Sources, judged: &mut Judged) -> Vec<Diagnostic> {
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
    let look = |(index, page): (usize, &'h Page)| {
        let document = page.document.as_ref()?;
        known(index, document).is_none().then(|| faults(handbook, &document.body))
    };
    let faulty: Vec<Option<Vec<Fault<'_>>>> = handbook.pages.par_iter().enumerate().map(look).collect();
    let proses = handbook.frameworks.iter().flat_map(|framework| framework.prose());
    let in_frameworks: Vec<Fault<'_>> = proses.flat_map(|prose| faults(handbook, prose)).collect();
    let all = faulty.iter().flatten().flatten().chain(&in_frameworks);
    let explainer = Explainer::of(all, handbook, sources);
    let audiences = audiences(handbook);
    let of_page = |((index, page), faults): ((usize, &Page), &Option<Vec<Fault<'_>>>)| {
        let Some(document) = &page.document else {
            return JudgedPage { document: None, names_framework: false, found: Vec::new() };
        };
        let own = Some(document.clone());
        let Some(faults) = faults else {
            let known = known(index, document);
            let names_framework = known.is_some_and(|known| known.names_framework);
            let found = known.map(|known| known.found.clone()).unwrap_or_default();
            return JudgedPage { document: own, names_framework, found };
        };
        let mut found: Vec<_> = faults.iter().filter_map(|fault| explainer.explain(fault)).collect();
        found.extend(of_audiences(&audiences, document, sources));
        JudgedPage { document: own, names_framework: names_framework(document), found }
    };
    let pages: Vec<_> = handbook.pages.par_iter().enumerate().zip(&faulty).map(of_page).collect();
    let in_frameworks = in_frameworks.iter().filter_map(|fault| explainer.explain(fault));
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

/// The links and framework blocks of a text that name what isn't there.
fn faults<'a>(handbook: &Handbook, prose: &'a Prose) -> Vec<Fault<'a>> {
    let is_inside = |link: &&Link| matches!(link.to, Destination::Inside { .. });
    let links = prose.links.iter().filter(is_inside).filter(|link| handbook.target(link).is_none()).map(Fault::Link);
    let blocks = prose.blocks.iter().filter_map(|block| Some(Fault::Block(block, handbook.find_block(block).err()?)));
    links.chain(blocks).collect()
}

/// The ids of all audiences.
struct Audiences<'a> {
    ids: BTreeSet<&'a str>,
    names: Names,
}

/// The audiences of all frameworks.
fn audiences(handbook: &Handbook) -> Audiences<'_> {
    let scales = handbook.frameworks.iter().flat_map(|framework| &framework.scales);
    let audiences = scales.filter(|scale| scale.kind == ScaleKind::Audience);
    let ids: BTreeSet<&str> = audiences.flat_map(|scale| scale.points.iter().map(|point| point.id.as_str())).collect();
    Audiences { names: Names::of(ids.iter().copied()), ids }
}

/// Every audience that a page or heading names is some framework's.
fn of_audiences(known: &Audiences<'_>, document: &Document, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for id in document.front.audience.iter().filter(|id| !known.ids.contains(id.as_str())) {
        found.push(unknown_audience(&known.names, id.as_str()).at(id.whole()));
    }
    for (entry, heading) in document.body.headings() {
        if heading.audience.iter().all(|id| known.ids.contains(id.as_str())) {
            continue;
        }
        let from = document.body.text.span(entry.start()..entry.start()).range().start;
        let line = sources.file(document.file).text[from..].lines().next().unwrap_or_default();
        let mut read = line.find("audience=").map_or(0, |at| at + "audience=".len());
        for id in &heading.audience {
            let at = line[read..].find(id.as_str()).map(|at| read + at);
            if !known.ids.contains(id.as_str()) {
                let start = entry.start() + at.unwrap_or(0);
                let place = document.body.text.span(start..start + id.len());
                found.push(unknown_audience(&known.names, id).at(place));
            }
            read = at.map_or(read, |at| at + id.len());
        }
    }
    found
}

fn unknown_audience(known: &Names, id: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(codes::UNKNOWN_AUDIENCE, format!("no framework has the audience `{id}`")).suggest(id, known);
    if known.is_empty() {
        return diagnostic.help("an audience is a point of a scale with kind = \"audience\" in a framework");
    }
    diagnostic.help(there_are("audience", "audiences", known))
}
