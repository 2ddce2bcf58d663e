//! A framework block: part of a framework, shown in a page.

use tera::Context;

use super::super::markdown::Footnotes;
use super::super::views::BlockView;
use super::{Drawn, Part, Renderer};
use crate::content::block::{FrameworkBlock, Show};
use crate::framework::ScaleKind;
use crate::handbook::Subject;

/// A framework block in a page, drawn by the component of its kind; the page shows the footnotes that it mentions.
///
/// # Errors
/// Where the theme's component fails.
pub fn block(
    renderer: &Renderer,
    block: &FrameworkBlock,
    heading: usize,
    root: &str,
    language: &str,
    footnotes: &Footnotes,
) -> Drawn<String> {
    let site = &*renderer.site;
    // Names that aren't there are reported when the handbook is assembled; then nothing is published.
    let Ok((index, at)) = site.handbook.find_block(block) else {
        return Ok(String::new());
    };
    let part = Part::new(renderer, index, root, None, language, footnotes);
    let wanted = match block.show {
        Show::Audiences => Some(ScaleKind::Audience),
        Show::Levels => Some(ScaleKind::Level),
        _ => None,
    };
    let scales = (0..part.own.scales.len()).filter(|scale| Some(part.own.scales[*scale].kind) == wanted);
    let view = BlockView {
        show: block.show.word(),
        framework: part.link(Subject::Framework(index)),
        terms: part.terms(),
        heading,
        anchor: format!("block-{}", block.start),
        values: if block.show == Show::Values { part.cards() } else { Vec::new() },
        scales: scales.map(|scale| part.scale(scale)).collect(),
        matrix: if block.show == Show::Matrix { part.matrix() } else { None },
        of: at.map(|at| part.link(Subject::Item(index, at))),
        asked: at.filter(|_| block.show == Show::Indicators).map(|at| part.drawing(at, true).asked(heading)),
        // Last, as on the page: footnotes are numbered as they are drawn.
        caveat_html: part.copied(part.own.caveat.as_ref()),
    };
    let mut arguments = Context::new();
    arguments.insert("block", &view);
    let context = renderer.context(root, language);
    let component = format!("block_{}", block.show.word());
    let drawn = site.theme.tera.render_component_with_implicits(&component, &arguments, &context, None, true);
    drawn.map_err(|error| Box::new(site.theme.explain(&error, &site.sources)))
}
