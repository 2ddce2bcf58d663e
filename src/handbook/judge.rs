//! What is wrong with what names something else: links, framework blocks, audiences.

use rayon::prelude::*;
use std::collections::BTreeSet;

use super::missing::{Explainer, Fault};
use super::{Handbook, Page};
use crate::content::Document;
use crate::content::link::{Destination, Link};
use crate::content::prose::Prose;
use crate::finding::{Diagnostic, Names, codes, there_are};
use crate::framework::ScaleKind;
use crate::text::Sources;

/// Judges every page and framework.
pub fn judge<'h>(handbook: &'h Handbook, sources: &Sources) -> Vec<Diagnostic> {
    let bodies = |page: &'h Page| page.document.iter().flat_map(|document| faults(handbook, &document.body)).collect();
    let on_pages: Vec<Vec<Fault<'h>>> = handbook.pages.par_iter().map(bodies).collect();
    let proses = handbook.frameworks.iter().flat_map(|framework| framework.prose());
    let in_frameworks: Vec<Fault<'_>> = proses.flat_map(|prose| faults(handbook, prose)).collect();
    let explainer = Explainer::of(on_pages.iter().flatten().chain(&in_frameworks), handbook, sources);
    let audiences = audiences(handbook);
    let of_page = |(page, faults): (&Page, &Vec<Fault<'_>>)| -> Vec<Diagnostic> {
        let of_names = faults.iter().filter_map(|fault| explainer.explain(fault));
        of_names.chain(page.document.iter().flat_map(|document| of_audiences(&audiences, document, sources))).collect()
    };
    let found: Vec<Vec<Diagnostic>> = handbook.pages.par_iter().zip(&on_pages).map(of_page).collect();
    let in_frameworks = in_frameworks.iter().filter_map(|fault| explainer.explain(fault));
    found.into_iter().flatten().chain(in_frameworks).collect()
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
