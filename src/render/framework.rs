//! Frameworks: their own page, their values, behaviours, points and profiles, and the blocks that show parts of them in pages.

use std::cell::RefCell;
use std::rc::Rc;

use tera::Context;

mod block;
mod sheets;

use super::asked::Drawing;
use super::frame::{self, Own};
use super::markdown::{self, Footnotes, Pen};
use super::views::{
    CardView, ContentsEntry, EntryView, FrameworkHead, GroupView, Link, MatrixCell, MatrixColumn, MatrixRow,
    MatrixView, MetaView, NestedPoint, PointView, ScaleView, TermView, TermsView,
};
use super::{Drawn, Renderer, Sheet, root_of};
use crate::content::block::FrameworkBlock;
use crate::content::prose::Prose;
use crate::finding::Diagnostic;
use crate::framework::{Cell, Framework, Item, ItemRef, Scale, Term};
use crate::handbook::Subject;
use crate::theme::Strings;
use crate::words::capitalised;
pub use block::block;
pub use sheets::{item, point, profile, sheet};

/// One framework while a page is drawn.
struct Part<'r> {
    renderer: &'r Renderer,
    index: usize,
    own: &'r Framework,
    strings: &'r Strings,
    footnotes: &'r Footnotes,
    pen: Pen<'r>,
}

/// There are no framework blocks inside a framework's own prose.
const NO_BLOCKS: &dyn Fn(&FrameworkBlock, usize) -> String = &|_, _| String::new();

impl<'r> Part<'r> {
    /// `here`: the page that is drawn, if it is one of the framework's.
    fn new(
        renderer: &'r Renderer,
        index: usize,
        root: &'r str,
        here: Option<Subject>,
        language: &str,
        footnotes: &'r Footnotes,
    ) -> Self {
        let handbook = &*renderer.site.handbook;
        let strings = renderer.site.theme.strings(language);
        let pen = Pen {
            handbook,
            strings,
            root,
            here,
            numbers: None,
            has_ids: here.is_some(),
            shift: 0,
            block: NO_BLOCKS,
            shared: &[],
            footnotes: Some(footnotes),
            names: Rc::default(),
        };
        Self { renderer, index, own: &handbook.frameworks[index], strings, footnotes, pen }
    }

    fn blocks(&self, prose: Option<&Prose>) -> Option<String> {
        prose.and_then(|prose| markdown::html(prose, &self.pen))
    }

    /// A framework's own prose may hold framework blocks.
    fn blocks_with(&self, prose: Option<&Prose>, failed: &RefCell<Option<Box<Diagnostic>>>) -> Option<String> {
        let draw = |shown: &FrameworkBlock, heading: usize| {
            let language = &self.pen.handbook.config.language;
            let footnotes = self.footnotes;
            block(self.renderer, shown, heading, self.pen.root, language, footnotes).unwrap_or_else(|diagnostic| {
                failed.replace(Some(diagnostic));
                String::new()
            })
        };
        let pen = Pen { block: &draw, names: self.pen.names.clone(), ..self.pen };
        prose.and_then(|prose| markdown::html(prose, &pen))
    }

    /// The same without ids, for a text whose home is another page.
    fn copied(&self, prose: Option<&Prose>) -> Option<String> {
        let pen = Pen { has_ids: false, names: self.pen.names.clone(), ..self.pen };
        prose.and_then(|prose| markdown::html(prose, &pen))
    }

    /// A value's statement, on its own page or on another.
    fn statement(&self, item: &Item) -> Option<String> {
        let pen = Pen { has_ids: false, shared: &item.footnotes, names: self.pen.names.clone(), ..self.pen };
        item.statement.as_ref().map(|prose| markdown::flow(prose, &pen))
    }

    /// The same on a card, which leads to the value's page as a whole, so that no footnote is mentioned.
    fn statement_on_card(&self, item: &Item) -> Option<String> {
        let pen = Pen { has_ids: false, footnotes: None, names: self.pen.names.clone(), ..self.pen };
        item.statement.as_ref().map(|prose| markdown::flow(prose, &pen))
    }

    /// A text of a value on its own page.
    fn item_blocks(&self, prose: Option<&Prose>, item: &Item) -> Option<String> {
        let pen = Pen { shared: &item.footnotes, names: self.pen.names.clone(), ..self.pen };
        prose.and_then(|prose| markdown::html(prose, &pen))
    }

    fn url(&self, subject: Subject) -> String {
        self.pen.handbook.url(subject, None)
    }

    fn drawing(&self, at: ItemRef, is_copy: bool) -> Drawing<'_> {
        Drawing { pen: &self.pen, index: self.index, framework: self.own, at, is_copy }
    }

    fn terms(&self) -> TermsView {
        let term = |own: &Option<Term>, name: &str| match own {
            Some(term) => TermView { one: term.one.clone(), many: term.many.clone() },
            None => TermView {
                one: self.strings.text(&format!("terms.{name}.one")).to_owned(),
                many: self.strings.text(&format!("terms.{name}.many")).to_owned(),
            },
        };
        let own = &self.own.terms;
        TermsView {
            value: term(&own.value, "value"),
            behaviour: term(&own.behaviour, "behaviour"),
            indicator: term(&own.indicator, "indicator"),
        }
    }

    fn head(&self) -> FrameworkHead {
        FrameworkHead {
            title: self.own.title.clone(),
            url: self.url(Subject::Framework(self.index)),
            applies_to: self.own.applies_to.clone(),
            caveat_html: self.copied(self.own.caveat.as_ref()),
            terms: self.terms(),
        }
    }

    fn meta(&self, subject: Subject) -> MetaView {
        let edition = &self.own.edition;
        MetaView {
            edition: edition.edition.clone(),
            reference: edition.reference.clone(),
            issued_by: edition.issued_by.clone(),
            approved_by: edition.approved_by.clone(),
            approved_on: frame::when(edition.approved_on.as_ref(), self.strings),
            in_force: frame::when(edition.in_force.as_ref(), self.strings),
            ..frame::meta(self.pen.handbook, subject, self.strings)
        }
    }

    fn link(&self, subject: Subject) -> Link {
        frame::link(self.pen.handbook, subject)
    }

    fn point_link(&self, scale: usize, point: usize) -> Link {
        let own = &self.own.scales[scale];
        let url = if own.kind.has_pages() {
            self.url(Subject::Point(self.index, scale, point))
        } else {
            self.pen.handbook.url(Subject::Framework(self.index), own.point_anchor(point).as_deref())
        };
        Link { title: own.points[point].title.clone(), url }
    }

    fn card(&self, at: ItemRef) -> CardView {
        let item = self.own.item(at);
        let behaviours = match at.behaviour {
            None => (0..self.own.values[at.value].behaviours.len())
                .map(|behaviour| self.card(ItemRef { behaviour: Some(behaviour), ..at }))
                .collect(),
            Some(_) => Vec::new(),
        };
        CardView {
            id: item.id.clone(),
            title: item.title.clone(),
            url: self.url(Subject::Item(self.index, at)),
            statement_html: self.statement_on_card(item),
            summary: item.summary.clone(),
            accent: self.renderer.site.accent(self.index, at),
            icon: self.icon(at),
            indicator_count: indicators(item.cells.iter())
                + behaviours.iter().map(|card: &CardView| card.indicator_count).sum::<usize>(),
            behaviours,
        }
    }

    fn icon(&self, at: ItemRef) -> Option<String> {
        let icon = self.pen.handbook.icon(self.index, at)?;
        Some(self.pen.handbook.url(icon, None))
    }

    fn cards(&self) -> Vec<CardView> {
        (0..self.own.values.len()).map(|value| self.card(ItemRef { value, behaviour: None })).collect()
    }

    fn point_view(&self, scale: usize, point: usize) -> PointView {
        let own = &self.own.scales[scale];
        let at = &own.points[point];
        PointView {
            id: at.id.clone(),
            anchor: own.point_anchor(point).unwrap_or_default(),
            title: at.title.clone(),
            description_html: self.copied(at.description.as_ref()),
            url: own.kind.has_pages().then(|| self.url(Subject::Point(self.index, scale, point))),
            tone: at.tone.word(),
            builds_on: at.builds_on.iter().map(|lower| self.point_link(scale, *lower)).collect(),
            count: self.count(scale, point),
            total: self.total(scale, point),
        }
    }

    /// How many indicators stand at a point itself.
    fn count(&self, scale: usize, point: usize) -> usize {
        indicators(self.own.cells().map(|(_, cell)| cell).filter(|cell| cell.place[scale] == Some(point)))
    }

    /// The same with those of the points that it builds on.
    fn total(&self, scale: usize, point: usize) -> usize {
        let included = self.own.scales[scale].included(point);
        self.count(scale, point) + included.into_iter().map(|lower| self.count(scale, lower)).sum::<usize>()
    }

    fn scale(&self, scale: usize) -> ScaleView {
        let own = &self.own.scales[scale];
        let description_html = self.copied(own.description.as_ref());
        // Each drawn once, though a theme may show it as a box too: a footnote's first mention is what leads back from it.
        let points: Vec<_> = (0..own.points.len()).map(|point| self.point_view(scale, point)).collect();
        ScaleView {
            id: own.id.clone(),
            kind: own.kind.word(),
            title: own.title.clone(),
            description_html,
            highest_first: own.highest_first,
            nested: if own.kind.has_pages() { nested(own, &points, None) } else { Vec::new() },
            points,
        }
    }

    /// Values and behaviours by the points of the first scale that each uses. None without a scale, or without anything at a point.
    fn matrix(&self) -> Option<MatrixView> {
        let first_scale = |at: ItemRef| self.own.item(at).scales.first().copied();
        let filled: Vec<ItemRef> =
            self.own.items().filter(|at| !self.own.item(*at).cells.is_empty() && first_scale(*at).is_some()).collect();
        let mut columns: Vec<(usize, usize)> = filled
            .iter()
            .filter_map(|at| first_scale(*at))
            .flat_map(|scale| (0..self.own.scales[scale].points.len()).map(move |point| (scale, point)))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        if columns.is_empty() {
            return None;
        }
        let has_row = |at: ItemRef| {
            filled.iter().any(|other| *other == at || (at.behaviour.is_none() && other.value == at.value))
        };
        let terms = self.terms();
        let rows_are = if filled.iter().any(|at| at.behaviour.is_some()) { &terms.behaviour } else { &terms.value };
        Some(MatrixView {
            caption: self
                .strings
                .filled("generated.matrix_caption", &[("many", &terms.indicator.many), ("row", &rows_are.one)]),
            corner: capitalised(&rows_are.one),
            columns: columns.iter().map(|(scale, point)| self.column(*scale, *point)).collect(),
            rows: self
                .own
                .items()
                .filter(|at| has_row(*at))
                .map(|at| self.row(at, &columns, filled.contains(&at)))
                .collect(),
        })
    }

    fn column(&self, scale: usize, point: usize) -> MatrixColumn {
        let own = &self.own.scales[scale];
        let url = own.kind.has_pages().then(|| self.url(Subject::Point(self.index, scale, point)));
        MatrixColumn { title: own.points[point].title.clone(), url }
    }

    /// A row without cells is a heading for the behaviours below it.
    fn row(&self, at: ItemRef, columns: &[(usize, usize)], has_cells: bool) -> MatrixRow {
        let item = self.own.item(at);
        let cell = |(scale, point): &(usize, usize)| {
            // A place on a page is named by the first scale there, so only that one can be linked to.
            let is_first = item.scales.first() == Some(scale);
            let stands_here = |cell: &&Cell| is_first && cell.place[*scale] == Some(*point);
            let here: Vec<&Cell> = item.cells.iter().filter(stands_here).collect();
            let mut place = vec![None; self.own.scales.len()];
            place[*scale] = Some(*point);
            let anchor = Cell::anchor(&place, &self.own.scales);
            MatrixCell {
                count: indicators(here.iter().copied()),
                has_text: here.iter().any(|cell| cell.definition.is_some() || cell.text.is_some()),
                url: (!here.is_empty()).then(|| self.pen.handbook.url(Subject::Item(self.index, at), Some(&anchor))),
            }
        };
        MatrixRow {
            title: item.title.clone(),
            url: self.url(Subject::Item(self.index, at)),
            is_behaviour: at.behaviour.is_some(),
            cells: if has_cells { columns.iter().map(cell).collect() } else { Vec::new() },
        }
    }

    /// A value or behaviour with what `asked` draws of it: its groups, and the point that a profile needs.
    fn entry(&self, at: ItemRef, heading: usize, asked: impl FnOnce() -> (Vec<GroupView>, Option<Link>)) -> EntryView {
        let item = self.own.item(at);
        let value = &self.own.values[at.value].item;
        // Before what is asked, as on the page: footnotes are numbered as they are drawn.
        let statement_html = self.statement(item);
        let (groups, needs) = asked();
        EntryView {
            title: item.title.clone(),
            url: self.url(Subject::Item(self.index, at)),
            anchor: if at.behaviour.is_some() { format!("{}-{}", value.id, item.id) } else { item.id.clone() },
            accent: self.renderer.site.accent(self.index, at),
            heading,
            statement_html,
            needs,
            groups,
        }
    }

    /// The values and behaviours that are meant, each with what `asked` draws of it at a depth of headings; a value comes before its
    /// behaviours even where it isn't meant itself.
    fn entries(
        &self,
        is_meant: impl Fn(ItemRef) -> bool,
        asked: impl Fn(ItemRef, usize) -> (Vec<GroupView>, Option<Link>),
    ) -> Vec<EntryView> {
        let mut entries = Vec::new();
        for (index, value) in self.own.values.iter().enumerate() {
            let at = ItemRef { value: index, behaviour: None };
            let behaviours = (0..value.behaviours.len()).map(|behaviour| ItemRef { behaviour: Some(behaviour), ..at });
            let behaviours: Vec<ItemRef> = behaviours.filter(|at| is_meant(*at)).collect();
            if is_meant(at) {
                entries.push(self.entry(at, 2, || asked(at, 3)));
            } else if !behaviours.is_empty() {
                entries.push(self.entry(at, 2, || (Vec::new(), None)));
            }
            entries.extend(behaviours.into_iter().map(|at| self.entry(at, 3, || asked(at, 4))));
        }
        entries
    }

    fn context(
        &self,
        subject: Subject,
        kind: &'static str,
        summary: Option<String>,
        contents: Vec<ContentsEntry>,
        meta: MetaView,
    ) -> Drawn<Context> {
        let own = Own { kind, summary, language: None, contents, meta, draft: self.own.draft };
        frame::context(self.renderer, subject, own)
    }
}

/// The points whose first `builds_on` is `inside`, each with those that build on it.
fn nested(scale: &Scale, points: &[PointView], inside: Option<usize>) -> Vec<NestedPoint> {
    let is_inside = |index: &usize| scale.points[*index].builds_on.first().copied() == inside;
    let one = |index: usize| NestedPoint { point: points[index].clone(), inside: nested(scale, points, Some(index)) };
    (0..points.len()).filter(is_inside).map(one).collect()
}

fn indicators<'c>(cells: impl Iterator<Item = &'c Cell>) -> usize {
    cells.map(|cell| cell.indicators.len()).sum()
}
