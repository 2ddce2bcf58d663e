//! One framework, parsed: its TOML file and the Markdown files beside it become one [`Framework`].
//!
//! In: source files. Out: a [`Framework`], in which every id of its own parts is resolved: indicators know their points, points
//! what they build on, profiles what they need. Both doors, TOML ([`toml`]) and Markdown ([`markdown`]), give drafts of the same
//! kind, and [`assemble`] makes the model of them: so what a door gives can't differ. Pure.

use jiff::civil::Date;

pub mod assemble;
pub mod draft;
pub mod footnotes;
mod index;
pub mod indicators;
mod keys;
pub mod markdown;
pub mod scale;
pub mod statement;
pub mod toml;

use crate::content::anchors::Anchors;
use crate::content::footnote::FootnoteLabel;
use crate::content::front_matter::Governance;
use crate::content::prose::Prose;
use crate::finding::Findings;
use crate::palette::Colour;
use crate::text::{FileId, SourceFile, Span, Text};
pub use index::Index;
pub use scale::{Point, Scale, ScaleKind, Tone};

/// A named set of values, behaviours and indicators, with the scales that indicators stand on.
#[derive(Debug, Clone)]
pub struct Framework {
    /// The file's stem: the first part of its addresses.
    pub id: String,
    /// Its TOML file.
    pub file: FileId,
    /// Its name.
    pub title: String,
    /// One line.
    pub summary: Option<String>,
    /// To whom the whole applies, as shown with the title.
    pub applies_to: Option<String>,
    /// Which edition it is, and how it came to be in force.
    pub edition: Edition,
    /// Shown on every page and extract.
    pub caveat: Option<Prose>,
    /// Before the values.
    pub introduction: Option<Prose>,
    /// After them.
    pub conclusion: Option<Prose>,
    /// Its place among frameworks and pages.
    pub order: Option<i64>,
    /// Owner and dates.
    pub governance: Governance,
    /// Old addresses.
    pub aliases: Vec<Text>,
    /// Built only when drafts are asked for.
    pub draft: bool,
    /// What it calls its parts.
    pub terms: Terms,
    /// Words that items complete, where nothing nearer says.
    pub lead_in: Option<String>,
    /// The dimensions that indicators stand on.
    pub scales: Vec<Scale>,
    /// In order.
    pub values: Vec<Value>,
    /// Grades or roles.
    pub profiles: Vec<Profile>,
    /// Ids on the framework's own page.
    pub anchors: Anchors,
    /// Titles, summaries and lead-ins with their places, for those who look at all words.
    pub lines: Vec<Text>,
    /// What can be called by its id.
    pub index: Index,
}

/// How a framework came to be in force.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// "April 2025"
    pub edition: Option<String>,
    /// A document number.
    pub reference: Option<String>,
    /// The body that publishes it.
    pub issued_by: Option<String>,
    /// The body that agreed to it.
    pub approved_by: Option<String>,
    /// When.
    pub approved_on: Option<When>,
    /// Since when, or from when, it holds.
    pub in_force: Option<When>,
}

/// A day of the calendar, or a time in the author's words.
#[derive(Debug, Clone)]
pub enum When {
    /// A day.
    Day(Date),
    /// "Spring 2026"
    Words(String),
}

/// What a framework calls its parts, where it says.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// "competency", "competencies"
    pub value: Option<Term>,
    /// Likewise.
    pub behaviour: Option<Term>,
    /// Likewise.
    pub indicator: Option<Term>,
}

/// A word for one and for many.
#[derive(Debug, Clone)]
pub struct Term {
    /// "competency"
    pub one: String,
    /// "competencies"
    pub many: String,
}

/// A value with its behaviours.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it has in common with a behaviour.
    pub item: Item,
    /// In order.
    pub behaviours: Vec<Item>,
}

/// What a value and a behaviour have in common: prose, and indicators at points.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its slug.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Where it is declared.
    pub span: Span,
    /// Its Markdown file, or the framework's TOML.
    pub file: FileId,
    /// One or two sentences.
    pub statement: Option<Prose>,
    /// One line, where it has no statement.
    pub summary: Option<String>,
    /// Its prose before what stands at its points.
    pub description: Option<Prose>,
    /// Its prose after that.
    pub conclusion: Option<Prose>,
    /// Words that its items complete.
    pub lead_in: Option<String>,
    /// The scales it uses, as indices into the framework's.
    pub scales: Vec<usize>,
    /// What stands at its points, in the order of the scales' points.
    pub cells: Vec<Cell>,
    /// The footnotes that its texts mention, sorted by label.
    pub footnotes: Vec<Footnote>,
    /// Other words that people look for.
    pub aka: Vec<String>,
    /// An image beside its title.
    pub icon: Option<Text>,
    /// Its own colour, for the bar beside its title.
    pub colour: Option<Colour>,
    /// Owner and dates, where it has its own.
    pub governance: Governance,
    /// Old addresses.
    pub aliases: Vec<Text>,
    /// Ids on its page.
    pub anchors: Anchors,
}

/// A coordinate for each of the framework's scales, as an index of a point; none where the scale isn't used.
pub type Place = Vec<Option<usize>>;

/// What stands at one place of a value or behaviour.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Where it stands. A cell that leaves out an inner scale holds words for all that stand inside: no indicators.
    pub place: Place,
    /// Words that its items complete.
    pub lead_in: Option<String>,
    /// What the point means here.
    pub definition: Option<Prose>,
    /// The list.
    pub indicators: Vec<Indicator>,
    /// After the list.
    pub text: Option<Prose>,
}

/// A footnote that serves all texts of a value.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// Its label.
    pub label: FootnoteLabel,
    /// Its text, as the only thing that this prose holds: its definition.
    pub prose: Prose,
}

/// An observable sign.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Unique in the framework; the anchor on its page.
    pub id: String,
    /// Its statement: mostly one paragraph, but lists and further paragraphs may follow.
    pub text: Prose,
    /// The words of the statement in one line, without marks.
    pub words: String,
    /// How many bytes of them are its first paragraph's.
    pub lead: usize,
    /// An explanation.
    pub note: Option<Prose>,
    /// Examples.
    pub examples: Vec<Prose>,
}

/// A grade or role, and what it needs.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its slug.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Where it is declared.
    pub span: Span,
    /// What it is.
    pub description: Option<Prose>,
    /// In the order of the values.
    pub needs: Vec<Need>,
}

/// The point that a profile needs for a value or behaviour.
#[derive(Debug, Clone)]
pub struct Need {
    /// Which.
    pub item: ItemRef,
    /// The scale.
    pub scale: usize,
    /// The point on it.
    pub point: usize,
    /// Where the point is named.
    pub span: Span,
}

/// A value, or one of its behaviours, as indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemRef {
    /// The value.
    pub value: usize,
    /// The behaviour in it.
    pub behaviour: Option<usize>,
}

impl Framework {
    /// A value or behaviour.
    pub fn item(&self, at: ItemRef) -> &Item {
        let value = &self.values[at.value];
        at.behaviour.map_or(&value.item, |behaviour| &value.behaviours[behaviour])
    }

    /// The id of a value, and of a behaviour with its value's before it: `value/behaviour`.
    pub fn full_id(&self, at: ItemRef) -> String {
        let id = &self.item(at).id;
        match at.behaviour {
            Some(_) => format!("{}/{id}", self.values[at.value].item.id),
            None => id.clone(),
        }
    }

    /// Every value, each followed by its behaviours.
    pub fn items(&self) -> impl Iterator<Item = ItemRef> {
        self.values.iter().enumerate().flat_map(|(value, own)| {
            let behaviours =
                (0..own.behaviours.len()).map(move |behaviour| ItemRef { value, behaviour: Some(behaviour) });
            std::iter::once(ItemRef { value, behaviour: None }).chain(behaviours)
        })
    }

    /// Every cell with the value or behaviour it belongs to, in order.
    pub fn cells(&self) -> impl Iterator<Item = (ItemRef, &Cell)> {
        self.items().flat_map(|at| self.item(at).cells.iter().map(move |cell| (at, cell)))
    }

    /// The words that the list at a place completes: the nearest that say any. A stance's title does so itself, as its heading, and
    /// isn't given here.
    pub fn lead_in<'a>(&'a self, at: ItemRef, cell: &'a Cell) -> Option<&'a str> {
        let item = self.item(at);
        let value = &self.values[at.value].item;
        let outer = (0..cell.place.len()).rev().find_map(|scale| {
            let mut outer = cell.place.clone();
            outer[scale..].fill(None);
            let own = item.cell(&outer).filter(|_| outer != cell.place);
            own.and_then(|own| own.lead_in.as_deref())
        });
        let is_stance = self.nearest_point(&cell.place).is_some_and(|(scale, _)| scale.kind == ScaleKind::Stance);
        // A stance's title is its own lead-in, nearer than those of the points around it.
        let nearest = if is_stance { 1 } else { usize::MAX };
        let of_point = self.points_at(&cell.place).take(nearest).find_map(|(_, point)| point.lead_in.as_deref());
        let of_framework = self.lead_in.as_deref().filter(|_| !is_stance);
        let near = cell.lead_in.as_deref().or(outer).or(item.lead_in.as_deref()).or(value.lead_in.as_deref());
        near.or(of_point).or(of_framework)
    }

    /// The point of the innermost scale that a place uses.
    pub fn nearest_point(&self, place: &Place) -> Option<(&Scale, &Point)> {
        self.points_at(place).next()
    }

    /// The points of a place, the innermost scale's first.
    fn points_at(&self, place: &Place) -> impl Iterator<Item = (&Scale, &Point)> {
        let pairs = place.iter().zip(&self.scales).rev();
        pairs.filter_map(|(point, scale)| point.map(|point| (scale, &scale.points[point])))
    }

    /// Every piece of prose, for those who look at all links.
    pub fn prose(&self) -> Vec<&Prose> {
        let mut all: Vec<&Prose> = [&self.caveat, &self.introduction, &self.conclusion].into_iter().flatten().collect();
        for scale in &self.scales {
            all.extend(&scale.description);
            all.extend(scale.points.iter().flat_map(|point| &point.description));
        }
        for at in self.items() {
            let item = self.item(at);
            all.extend(item.prose());
        }
        all.extend(self.profiles.iter().flat_map(|profile| &profile.description));
        all
    }
}

impl Item {
    /// Every piece of prose, in the order in which readers meet them.
    pub fn prose(&self) -> impl Iterator<Item = &Prose> {
        let at_points = self.cells.iter().flat_map(|cell| {
            let lists = cell.indicators.iter().flat_map(|indicator| {
                std::iter::once(&indicator.text).chain(&indicator.note).chain(&indicator.examples)
            });
            cell.definition.iter().chain(lists).chain(&cell.text)
        });
        let footnotes = self.footnotes.iter().map(|footnote| &footnote.prose);
        self.statement.iter().chain(&self.description).chain(at_points).chain(&self.conclusion).chain(footnotes)
    }

    /// The footnote of a label.
    pub fn footnote(&self, label: &FootnoteLabel) -> Option<&Footnote> {
        self.footnotes.binary_search_by(|footnote| footnote.label.cmp(label)).ok().map(|at| &self.footnotes[at])
    }

    /// What stands at a place.
    pub fn cell(&self, place: &Place) -> Option<&Cell> {
        self.cells.binary_search_by(|cell| cell.place.cmp(place)).ok().map(|index| &self.cells[index])
    }
}

impl Indicator {
    /// The words of its first paragraph.
    pub fn lead(&self) -> &str {
        &self.words[..self.lead]
    }
}

impl Cell {
    /// The anchor of a place: the ids of its points, joined. Empty where no scale is used.
    pub fn anchor(place: &Place, scales: &[Scale]) -> String {
        let ids: Vec<_> = place
            .iter()
            .zip(scales)
            .filter_map(|(point, scale)| point.map(|point| scale.points[point].id.as_str()))
            .collect();
        ids.join("-")
    }

    /// Whether nothing stands here.
    pub fn is_empty(&self) -> bool {
        self.definition.is_none() && self.indicators.is_empty() && self.text.is_none()
    }
}

/// Parses a framework from its TOML and the Markdown files below the folder of its name. None if the TOML can't be read; what is
/// wrong is noted.
pub fn parse(file: &SourceFile, pages: &[&SourceFile], findings: &Findings) -> Option<Framework> {
    let draft = toml::parse(file, findings)?;
    let draft = markdown::add(draft, file, pages, findings);
    Some(assemble::assemble(draft, file, findings))
}
