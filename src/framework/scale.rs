//! Scales: the declared dimensions that indicators stand on, and the points on them.

mod circles;

use rustc_hash::FxHashMap;

use super::keys::TOP_KEYS;
use crate::content::anchors::Anchors;
use crate::content::prose::Prose;
use crate::finding::{Diagnostic, Names, codes, there_are};
use crate::text::{Span, Text, name::unpublishable};
use crate::toml_source::Table;
use crate::words::slug::{label_key, slug};

/// What a scale says of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleKind {
    /// Whom it is for.
    Audience,
    /// At what level.
    Level,
    /// How well it is done.
    Rating,
    /// On which side of "I will / I won't".
    Stance,
}

impl ScaleKind {
    /// The word in files and templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Level => "level",
            Self::Rating => "rating",
            Self::Stance => "stance",
        }
    }

    /// Whether its points have pages of their own.
    pub fn has_pages(self) -> bool {
        matches!(self, Self::Audience | Self::Level)
    }
}

const KINDS: [(&str, ScaleKind); 4] = [
    ("audience", ScaleKind::Audience),
    ("level", ScaleKind::Level),
    ("rating", ScaleKind::Rating),
    ("stance", ScaleKind::Stance),
];

/// How a point reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// "I won't", "Below".
    Negative,
    /// Neither.
    #[default]
    Neutral,
    /// "Exceeds".
    Positive,
}

impl Tone {
    /// The word in templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        }
    }
}

/// A dimension.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Its id.
    pub id: String,
    /// What it says.
    pub kind: ScaleKind,
    /// Its name.
    pub title: String,
    /// What it is.
    pub description: Option<Prose>,
    /// Whether the first point is the highest, rather than the last.
    pub highest_first: bool,
    /// In order.
    pub points: Vec<Point>,
    /// How authors call them.
    pub point_names: PointNames,
    /// Where it is declared.
    pub span: Span,
}

/// The names of a scale's points: each can be called by its id or by its title.
#[derive(Debug, Clone, Default)]
pub struct PointNames {
    /// The ids.
    pub ids: Names,
    by_id: FxHashMap<String, usize>,
    by_title: FxHashMap<String, usize>,
}

impl PointNames {
    fn of(points: &[Point]) -> Self {
        let mut names = Self { ids: Names::of(points.iter().map(|point| point.id.as_str())), ..Self::default() };
        for (index, point) in points.iter().enumerate() {
            names.by_id.entry(point.id.clone()).or_insert(index);
            names.by_title.entry(label_key(&point.title)).or_insert(index);
        }
        names
    }

    /// The point of an id.
    pub fn with_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The point of a title, as [`label_key`] gives it.
    pub fn with_title(&self, key: &str) -> Option<usize> {
        self.by_title.get(key).copied()
    }
}

/// A position on a scale.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its id.
    pub id: String,
    /// Its words.
    pub title: String,
    /// What it means.
    pub description: Option<Prose>,
    /// Indices of the points that it includes.
    pub builds_on: Vec<usize>,
    /// How it reads.
    pub tone: Tone,
    /// Words that items complete.
    pub lead_in: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

impl Scale {
    /// The point of an id, or of its words, straight quotes or curly.
    pub fn point(&self, name: &str) -> Option<usize> {
        self.point_names.with_id(name).or_else(|| self.point_names.with_title(&label_key(name)))
    }

    /// Whether the framework's page explains it. A stance without words of its own says all in its headings.
    pub fn is_explained(&self) -> bool {
        self.kind != ScaleKind::Stance || self.description.is_some()
    }

    /// The id of a point's words on the framework's page, where they are explained.
    pub fn point_anchor(&self, point: usize) -> Option<String> {
        self.is_explained().then(|| format!("{}-{}", self.id, self.points[point].id))
    }

    /// All that a point includes, nearest first, each once; itself not among them.
    pub fn included(&self, point: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut is_found = vec![false; self.points.len()];
        is_found[point] = true;
        let mut next = self.points[point].builds_on.clone();
        while !next.is_empty() {
            let mut after = Vec::new();
            for index in next {
                if !std::mem::replace(&mut is_found[index], true) {
                    found.push(index);
                    after.extend(&self.points[index].builds_on);
                }
            }
            next = after;
        }
        found
    }
}

/// Keys of a scale's table.
const KEYS: &[&str] = &["id", "kind", "title", "description", "highest", "points"];

/// Reads `[[scales]]`, every problem noted; what can't be used is left out.
pub fn read(table: &Table<'_>) -> Vec<Scale> {
    let mut scales: Vec<Scale> = Vec::new();
    let mut siblings = Siblings::default();
    for table in table.tables("scales", "this scale") {
        let table = table.below(TOP_KEYS);
        let kind = table.choice("kind", &KINDS);
        if !table.has("kind") {
            table.report(Diagnostic::new(codes::MISSING_KEY, "this scale doesn't say its kind").at(table.span()).help(
                "add one of these lines: kind = \"audience\", kind = \"level\", kind = \"rating\", kind = \"stance\"",
            ));
        }
        let title = table.line("title");
        let id = table.string("id").or_else(|| title.as_ref().map(|title| slug(title.as_str())));
        let id = id.or_else(|| kind.map(|kind| kind.word().to_owned())).unwrap_or_default();
        let points = read_points(&table, &id);
        let scale = Scale {
            title: title.map_or_else(|| crate::words::slug::title_from_name(&id), |title| title.as_str().to_owned()),
            kind: kind.unwrap_or(ScaleKind::Level),
            description: prose(&table, "description"),
            highest_first: table.choice("highest", &[("last", false), ("first", true)]).unwrap_or(false),
            point_names: PointNames::of(&points),
            points,
            span: table.span(),
            id,
        };
        check_id(&table, &scale.id, &siblings);
        table.finish();
        if !scale.points.is_empty() {
            siblings.add(&scale.id, scale.span);
            scales.push(scale);
        }
    }
    scales
}

fn read_points(table: &Table<'_>, scale: &str) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut builds_on: Vec<Vec<Text>> = Vec::new();
    let mut siblings = Siblings::default();
    let tables = table.tables("points", "this point");
    if tables.is_empty() {
        table.report(
            Diagnostic::new(codes::MISSING_KEY, format!("the scale `{scale}` has no points"))
                .at(table.span())
                .help("add a list such as: points = [{ id = \"all\", title = \"All colleagues\" }]"),
        );
    }
    for table in tables {
        let table = table.below(KEYS);
        let title = table.title();
        let written = table.line("id");
        let id = match (&written, &title) {
            (Some(id), _) => id.as_str().to_owned(),
            (None, Some(title)) => slug(title.as_str()),
            (None, None) => continue,
        };
        check_id(&table, &id, &siblings);
        builds_on.push(table.texts("builds_on"));
        let span = written.map_or_else(|| table.span(), |id| id.whole());
        siblings.add(&id, span);
        let tones = [("negative", Tone::Negative), ("positive", Tone::Positive), ("neutral", Tone::Neutral)];
        points.push(Point {
            title: title.map_or_else(|| id.clone(), |title| title.as_str().to_owned()),
            id,
            description: prose(&table, "description"),
            builds_on: Vec::new(),
            tone: table.choice("tone", &tones).unwrap_or_default(),
            lead_in: table.string("lead_in"),
            span,
        });
        table.finish();
    }
    resolve(table, scale, &mut points, &builds_on);
    points
}

/// Turns the names in `builds_on` into indices.
fn resolve(table: &Table<'_>, scale: &str, points: &mut [Point], builds_on: &[Vec<Text>]) {
    if builds_on.iter().all(Vec::is_empty) {
        return;
    }
    let known = PointNames::of(points);
    for (point, names) in points.iter_mut().zip(builds_on) {
        for name in names {
            // Where one point has the id and another the title, the first of the scale is meant.
            let found = [known.with_id(name.as_str()), known.with_title(&label_key(name.as_str()))];
            match found.into_iter().flatten().min() {
                Some(other) => point.builds_on.push(other),
                None => table.report(
                    Diagnostic::new(
                        codes::UNKNOWN_POINT,
                        format!("the scale `{scale}` has no point `{}`", name.as_str()),
                    )
                    .at(name.whole())
                    .suggest(name.as_str(), &known.ids)
                    .help(there_are("point", "points", &known.ids)),
                ),
            }
        }
    }
    circles::cut(table, points, builds_on);
}

/// The ids that siblings have, each with the place of its first.
#[derive(Default)]
pub struct Siblings(FxHashMap<String, Span>);

impl Siblings {
    /// Notes one; it stays with whoever had it first.
    pub fn add(&mut self, id: &str, span: Span) {
        self.0.entry(id.to_owned()).or_insert(span);
    }
}

/// Notes an id that can't be part of an address, or that a sibling has.
pub fn check_id(table: &Table<'_>, id: &str, siblings: &Siblings) {
    if id.is_empty() && !table.has("id") && !table.has("title") {
        return;
    }
    let span = table.value_span(if table.has("id") { "id" } else { "title" });
    if let Some(diagnostic) = unusable_id(id) {
        table.report(diagnostic.at(span));
    }
    if let Some(other) = siblings.0.get(id) {
        table.report(duplicate(id, span, *other));
    }
}

/// What to say of an id that an address can't hold.
pub fn unusable_id(id: &str) -> Option<Diagnostic> {
    if let Some(reason) = unpublishable(&format!("{id}.html")).filter(|_| has_letters(id)) {
        return Some(
            Diagnostic::new(codes::INVALID_VALUE, format!("`{id:.60}` can't be an id: {reason}"))
                .help("give it another: id = \"…\""),
        );
    }
    (!has_letters(id)).then(|| {
        let message = match id {
            "" => "no id can be made of a title without letters or digits".to_owned(),
            _ => format!("`{id}` can't be an id"),
        };
        Diagnostic::new(codes::INVALID_VALUE, message)
            .help("an id has letters, digits and hyphens: id = \"always-learning\"")
    })
}

fn has_letters(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// What to say of two things with one id.
pub fn duplicate(id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(codes::DUPLICATE_ID, format!("the id `{id}` is given twice"))
        .at(span)
        .also(first, "first here")
        .help("give one of them another title, or an id of its own: id = \"…\"")
}

/// A key's Markdown, on no page in particular: its ids are its own.
fn prose(table: &Table<'_>, key: &'static str) -> Option<Prose> {
    let text = table.line(key)?;
    Some(Prose::parse(text, &mut Anchors::default(), table.file(), table.findings()))
}
