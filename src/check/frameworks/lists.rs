//! The lists of indicators that are written for a value or behaviour.

use crate::check::passage::{Block, Passage, Role, Written};
use crate::framework::{Cell, Framework, ItemRef, ScaleKind};
use crate::handbook::Subject;

/// An indicator's words.
pub struct Line<'w> {
    /// All of its text.
    pub passage: &'w Passage<'w>,
    /// Its words.
    pub block: &'w Block<'w>,
}

/// The indicators at each place of a value or behaviour, list by list.
pub fn lists<'w>(written: &'w Written<'w>) -> Vec<Vec<Line<'w>>> {
    let mut lists: Vec<(usize, Vec<Line<'w>>)> = Vec::new();
    for passage in &written.passages {
        let (Role::Indicator(_, cell, _), Some(line)) = (passage.role, Line::of(passage)) else { continue };
        match lists.last_mut().filter(|(own, _)| *own == cell) {
            Some((_, list)) => list.push(line),
            None => lists.push((cell, vec![line])),
        }
    }
    lists.into_iter().map(|(_, list)| list).collect()
}

impl<'w> Line<'w> {
    /// The words of an indicator; none of what isn't one, or has no words of its own.
    pub fn of(passage: &'w Passage<'w>) -> Option<Self> {
        let is_indicator = matches!(passage.role, Role::Indicator(..));
        let block = passage.blocks.first().filter(|_| is_indicator)?;
        Some(Self { passage, block })
    }

    /// Whether its first words are plain English.
    pub fn is_english(&self) -> bool {
        let first = self.block.text.split_whitespace().next().map_or(0, str::len);
        self.passage.is_english() && !self.block.is_apart(&(0..first.max(1)))
    }
}

/// The words that an indicator completes, where any do: a lead-in, or the title of its stance.
pub fn completed<'a>(passage: &Passage<'a>) -> Option<&'a str> {
    let (Subject::Item(framework, _), Role::Indicator(at, cell, _)) = (passage.subject, passage.role) else {
        return None;
    };
    let framework = &passage.context.handbook.frameworks[framework];
    said_before(framework, at, framework.item(at).cells.get(cell)?)
}

fn said_before<'a>(framework: &'a Framework, at: ItemRef, cell: &'a Cell) -> Option<&'a str> {
    framework.lead_in(at, cell).or_else(|| {
        let (_, point) = framework.nearest_point(&cell.place).filter(|(scale, _)| scale.kind == ScaleKind::Stance)?;
        Some(&point.title)
    })
}
