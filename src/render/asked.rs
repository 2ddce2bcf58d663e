//! What a value or behaviour asks, arranged by its scales: groups in groups, each point with what it builds on.

use super::markdown::{self, Pen};
use super::views::{AskedView, GroupView, IncludedView, IndicatorView};
use crate::content::prose::Prose;
use crate::framework::{Cell, Framework, Indicator, Item, ItemRef, Place};
use crate::handbook::Subject;
use crate::words::address;

/// How an item's parts are drawn: at home, with ids; or as copies on another page, where each links to its home.
pub struct Drawing<'a> {
    /// For prose.
    pub pen: &'a Pen<'a>,
    /// The framework's index.
    pub index: usize,
    /// The framework.
    pub framework: &'a Framework,
    /// Which value or behaviour.
    pub at: ItemRef,
    /// Whether this is a copy.
    pub is_copy: bool,
}

/// What stands under a point of the outermost scale that an item uses.
#[derive(Clone, Copy)]
struct Level<'p> {
    /// The scales still to nest.
    used: &'p [usize],
    /// Depth of the headings.
    heading: usize,
    /// Whether what a point builds on is shown with it.
    with_included: bool,
}

impl<'a> Drawing<'a> {
    fn item(&self) -> &'a Item {
        self.framework.item(self.at)
    }

    /// All that is asked, with headings from a depth on.
    pub fn asked(&self, heading: usize) -> AskedView {
        let place = vec![None; self.framework.scales.len()];
        let level = Level { used: &self.item().scales, heading, with_included: !self.is_copy };
        self.nest(&place, level).unwrap_or(AskedView { kind: "none", groups: Vec::new() })
    }

    /// What is asked at one point of a scale, and then at each that it builds on, nearest first.
    pub fn at_point(&self, scale: usize, point: usize, heading: usize) -> Vec<GroupView> {
        let own = &self.framework.scales[scale];
        std::iter::once(point)
            .chain(own.included(point))
            .filter_map(|point| self.point_group(scale, point, heading))
            .collect()
    }

    /// Whether anything is asked at one point of a scale, or at those that it builds on.
    pub fn asks_at(&self, scale: usize, point: usize) -> bool {
        let included = self.framework.scales[scale].included(point);
        let is_there = |at: usize| at == point || included.contains(&at);
        let item = self.item();
        item.scales.contains(&scale)
            && item.cells.iter().any(|cell| !cell.is_empty() && cell.place[scale].is_some_and(is_there))
    }

    /// The group of a point that may stand on any of the item's scales: the outer scales nest inside it.
    fn point_group(&self, scale: usize, point: usize, heading: usize) -> Option<GroupView> {
        let item = self.item();
        if !item.scales.contains(&scale) {
            return None;
        }
        let mut place = vec![None; self.framework.scales.len()];
        place[scale] = Some(point);
        let rest: Vec<usize> = item.scales.iter().copied().filter(|own| *own != scale).collect();
        let level = Level { used: &rest, heading, with_included: false };
        self.group(scale, point, &place, level)
    }

    /// The groups of the next scale; none where nothing stands there.
    fn nest(&self, place: &Place, level: Level<'_>) -> Option<AskedView> {
        let Some((scale, rest)) = level.used.split_first() else {
            let cell = self.item().cell(place).filter(|cell| !cell.is_empty())?;
            return Some(AskedView { kind: "none", groups: vec![self.leaf(place, cell, level.heading)] });
        };
        let own = &self.framework.scales[*scale];
        let groups: Vec<_> = (0..own.points.len())
            .filter_map(|point| {
                let mut place = place.clone();
                place[*scale] = Some(point);
                self.group(*scale, point, &place, Level { used: rest, ..level })
            })
            .collect();
        (!groups.is_empty()).then(|| AskedView { kind: own.kind.word(), groups })
    }

    /// A point with what stands at it and inside it.
    fn group(&self, scale: usize, point: usize, place: &Place, level: Level<'_>) -> Option<GroupView> {
        let is_inside =
            |cell: &&Cell| place.iter().zip(&cell.place).all(|(wanted, own)| wanted.is_none() || wanted == own);
        if !self.item().cells.iter().filter(is_inside).any(|cell| !cell.is_empty()) {
            return None;
        }
        let own = &self.framework.scales[scale].points[point];
        let empty = Cell { place: place.clone(), lead_in: None, definition: None, indicators: Vec::new(), text: None };
        let mut group = self.leaf(place, self.item().cell(place).unwrap_or(&empty), level.heading);
        group.title = Some(own.title.clone());
        group.tone = own.tone.word();
        let page = Subject::Point(self.index, scale, point);
        let has_page = self.framework.scales[scale].kind.has_pages() && self.pen.here != Some(page);
        group.point_url = has_page.then(|| self.pen.handbook.url(page, None));
        // After the point's own words, as on the page: footnotes are numbered as they are drawn.
        if !level.used.is_empty() {
            group.inner = self.nest(place, Level { heading: level.heading + 1, ..level });
        }
        if level.with_included {
            group.builds_on = self.included(scale, point, place, level);
        }
        Some(group)
    }

    fn included(&self, scale: usize, point: usize, place: &Place, level: Level<'_>) -> Vec<IncludedView> {
        let own = &self.framework.scales[scale];
        let copy = Drawing { is_copy: true, ..*self };
        own.included(point)
            .into_iter()
            .filter_map(|point| {
                let mut place = place.clone();
                place[scale] = Some(point);
                let level = Level { with_included: false, ..level };
                let group = copy.group(scale, point, &place, level)?;
                let anchor = Cell::anchor(&place, &self.framework.scales);
                Some(IncludedView {
                    title: own.points[point].title.clone(),
                    url: address::encode_with("", Some(&anchor)),
                    group,
                })
            })
            .collect()
    }

    /// What stands at the very place.
    fn leaf(&self, place: &Place, cell: &Cell, heading: usize) -> GroupView {
        let titles: Vec<_> = place
            .iter()
            .zip(&self.framework.scales)
            .filter_map(|(point, scale)| point.map(|point| scale.points[point].title.as_str()))
            .collect();
        let label = if titles.is_empty() { self.item().title.clone() } else { titles.join(": ") };
        let anchor = Cell::anchor(place, &self.framework.scales);
        GroupView {
            title: None,
            label,
            heading: heading.min(6),
            anchor: (!self.is_copy && !anchor.is_empty()).then_some(anchor),
            point_url: None,
            tone: "neutral",
            lead_in: if cell.indicators.is_empty() { None } else { self.lead_in(place, cell) },
            definition_html: cell.definition.as_ref().map(|prose| self.blocks(prose, heading)),
            indicators: cell.indicators.iter().map(|indicator| self.indicator(indicator)).collect(),
            text_html: cell.text.as_ref().map(|prose| self.blocks(prose, heading)),
            inner: None,
            builds_on: Vec::new(),
        }
    }

    /// The words that a list's items complete, unless its heading says them.
    fn lead_in(&self, place: &Place, cell: &Cell) -> Option<String> {
        let found = self.framework.lead_in(self.at, cell)?;
        let title = self.framework.nearest_point(place).map(|(_, point)| crate::words::slug::label_key(&point.title));
        (title.as_deref() != Some(crate::words::slug::label_key(found).as_str())).then(|| found.to_owned())
    }

    fn blocks(&self, prose: &Prose, heading: usize) -> String {
        // The text's own headings begin at the second level and stand below the group's.
        let shift = heading.saturating_sub(1).min(4) as u8;
        markdown::html(prose, &Pen { shift, ..self.item_pen() }).unwrap_or_default()
    }

    fn item_pen(&self) -> Pen<'a> {
        Pen {
            has_ids: self.pen.has_ids && !self.is_copy,
            shared: &self.item().footnotes,
            names: self.pen.names.clone(),
            ..*self.pen
        }
    }

    fn indicator(&self, indicator: &Indicator) -> IndicatorView {
        let pen = self.item_pen();
        let (html, more) = markdown::lead_and_more(&indicator.text, &pen);
        IndicatorView {
            anchor: (!self.is_copy).then(|| indicator.id.clone()),
            home: self.is_copy.then(|| self.pen.handbook.url(Subject::Item(self.index, self.at), Some(&indicator.id))),
            html,
            more_html: (!more.is_empty()).then_some(more),
            note_html: indicator.note.as_ref().and_then(|note| markdown::html(note, &pen)),
            examples_html: indicator.examples.iter().map(|example| markdown::flow(example, &pen)).collect(),
            text: indicator.lead().to_owned(),
        }
    }
}
