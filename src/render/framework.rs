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
use crate::diagnostic::Diagnostic;
use crate::framework::{Cell, Framework, Item, ItemRef, Scale, Term};
use crate::handbook::Subject;
use crate::site::index::capitalised;
use crate::theme::Strings;
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
        let count = |point: usize| {
            indicators(self.own.cells().map(|(_, cell)| cell).filter(|cell| cell.place[scale] == Some(point)))
        };
        let at = &own.points[point];
        PointView {
            id: at.id.clone(),
            anchor: own.point_anchor(point).unwrap_or_default(),
            title: at.title.clone(),
            description_html: self.copied(at.description.as_ref()),
            url: own.kind.has_pages().then(|| self.url(Subject::Point(self.index, scale, point))),
            tone: at.tone.word(),
            builds_on: at.builds_on.iter().map(|lower| self.point_link(scale, *lower)).collect(),
            count: count(point),
            total: count(point) + own.included(point).into_iter().map(count).sum::<usize>(),
        }
    }

    fn scale(&self, scale: usize) -> ScaleView {
        let own = &self.own.scales[scale];
        ScaleView {
            id: own.id.clone(),
            kind: own.kind.word(),
            title: own.title.clone(),
            description_html: self.copied(own.description.as_ref()),
            highest_first: own.highest_first,
            points: (0..own.points.len()).map(|point| self.point_view(scale, point)).collect(),
            nested: if own.kind.has_pages() { self.nested(scale, own, None) } else { Vec::new() },
        }
    }

    /// The points whose first `builds_on` is `inside`, each with those that build on it.
    fn nested(&self, scale: usize, own: &Scale, inside: Option<usize>) -> Vec<NestedPoint> {
        (0..own.points.len())
            .filter(|point| own.points[*point].builds_on.first().copied() == inside)
            .map(|point| NestedPoint {
                point: self.point_view(scale, point),
                inside: self.nested(scale, own, Some(point)),
            })
            .collect()
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

    fn entry(&self, at: ItemRef, groups: Vec<GroupView>, needs: Option<Link>, heading: usize) -> EntryView {
        let item = self.own.item(at);
        let value = &self.own.values[at.value].item;
        EntryView {
            title: item.title.clone(),
            url: self.url(Subject::Item(self.index, at)),
            anchor: if at.behaviour.is_some() { format!("{}-{}", value.id, item.id) } else { item.id.clone() },
            accent: self.renderer.site.accent(self.index, at),
            heading,
            statement_html: self.statement(item),
            needs,
            groups,
        }
    }

    /// Values and behaviours with what `groups` gives for each, a value before its behaviours even where it has nothing itself.
    fn entries(&self, groups: impl Fn(ItemRef, usize) -> Option<(Vec<GroupView>, Option<Link>)>) -> Vec<EntryView> {
        let mut entries = Vec::new();
        for value in 0..self.own.values.len() {
            let at = ItemRef { value, behaviour: None };
            let behaviours: Vec<_> = (0..self.own.values[value].behaviours.len())
                .filter_map(|behaviour| {
                    let at = ItemRef { value, behaviour: Some(behaviour) };
                    groups(at, 4).map(|(own, needs)| self.entry(at, own, needs, 3))
                })
                .collect();
            match groups(at, 3) {
                Some((own, needs)) => entries.push(self.entry(at, own, needs, 2)),
                None if !behaviours.is_empty() => entries.push(self.entry(at, Vec::new(), None, 2)),
                None => {}
            }
            entries.extend(behaviours);
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

fn indicators<'c>(cells: impl Iterator<Item = &'c Cell>) -> usize {
    cells.map(|cell| cell.indicators.len()).sum()
}
