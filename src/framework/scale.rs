//! Scales: the declared dimensions that indicators stand on, and the points on them.

use std::collections::HashMap;

use crate::content::anchors::Anchors;
use crate::content::prose::Prose;
use crate::diagnostic::{Diagnostic, codes, there_are};
use crate::slug::{label_key, slug};
use crate::source::{Span, Text, unpublishable};
use crate::toml_source::Table;

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
    /// Where it is declared.
    pub span: Span,
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
        let key = label_key(name);
        self.points
            .iter()
            .position(|point| point.id == name)
            .or_else(|| self.points.iter().position(|point| label_key(&point.title) == key))
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
        let mut next = self.points[point].builds_on.clone();
        while !next.is_empty() {
            let mut after = Vec::new();
            for index in next {
                if index != point && !found.contains(&index) {
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
    for table in table.tables("scales", "this scale") {
        let table = table.below(super::toml::TOP_KEYS);
        let kind = table.choice("kind", &KINDS);
        if !table.has("kind") {
            table.report(Diagnostic::new(codes::MISSING_KEY, "this scale doesn't say its kind").at(table.span()).help(
                "add one of these lines: kind = \"audience\", kind = \"level\", kind = \"rating\", kind = \"stance\"",
            ));
        }
        let title = table.line("title");
        let id = table.string("id").or_else(|| title.as_ref().map(|title| slug(title.as_str())));
        let id = id.or_else(|| kind.map(|kind| kind.word().to_owned())).unwrap_or_default();
        let scale = Scale {
            title: title.map_or_else(|| crate::slug::title_from_name(&id), |title| title.as_str().to_owned()),
            kind: kind.unwrap_or(ScaleKind::Level),
            description: prose(&table, "description"),
            highest_first: table.choice("highest", &[("last", false), ("first", true)]).unwrap_or(false),
            points: read_points(&table, &id),
            span: table.span(),
            id,
        };
        check_id(&table, &scale.id, scales.iter().map(|scale| (scale.id.as_str(), scale.span)));
        table.finish();
        if !scale.points.is_empty() {
            scales.push(scale);
        }
    }
    scales
}

fn read_points(table: &Table<'_>, scale: &str) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut builds_on: Vec<Vec<Text>> = Vec::new();
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
        check_id(&table, &id, points.iter().map(|point| (point.id.as_str(), point.span)));
        builds_on.push(table.texts("builds_on"));
        let tones = [("negative", Tone::Negative), ("positive", Tone::Positive), ("neutral", Tone::Neutral)];
        points.push(Point {
            title: title.map_or_else(|| id.clone(), |title| title.as_str().to_owned()),
            id,
            description: prose(&table, "description"),
            builds_on: Vec::new(),
            tone: table.choice("tone", &tones).unwrap_or_default(),
            lead_in: table.string("lead_in"),
            span: written.map_or_else(|| table.span(), |id| id.whole()),
        });
        table.finish();
    }
    resolve(table, scale, &mut points, &builds_on);
    points
}

/// Turns the names in `builds_on` into indices.
fn resolve(table: &Table<'_>, scale: &str, points: &mut [Point], builds_on: &[Vec<Text>]) {
    for (index, names) in builds_on.iter().enumerate() {
        for name in names {
            let key = label_key(name.as_str());
            let found = points.iter().position(|point| point.id == name.as_str() || label_key(&point.title) == key);
            match found {
                Some(other) => points[index].builds_on.push(other),
                None => table.report(
                    Diagnostic::new(
                        codes::UNKNOWN_POINT,
                        format!("the scale `{scale}` has no point `{}`", name.as_str()),
                    )
                    .at(name.whole())
                    .suggest(name.as_str(), points.iter().map(|point| point.id.as_str()))
                    .help(there_are(
                        "point",
                        "points",
                        points.iter().map(|point| point.id.as_str()),
                    )),
                ),
            }
        }
    }
    break_circles(table, points, builds_on);
}

/// Reports each circle once, at its first point, and cuts it there, so that everyone after can follow `builds_on` to an end.
fn break_circles(table: &Table<'_>, points: &mut [Point], builds_on: &[Vec<Text>]) {
    for start in 0..points.len() {
        let mut came_from: HashMap<usize, usize> = HashMap::new();
        let mut open = points[start].builds_on.clone();
        for first in &open {
            came_from.insert(*first, start);
        }
        while let Some(at) = open.pop() {
            if at == start {
                let mut names = vec![points[start].id.as_str()];
                let mut step = came_from[&start];
                while step != start {
                    names.push(points[step].id.as_str());
                    step = came_from[&step];
                }
                names.push(points[start].id.as_str());
                names.reverse();
                let message = match names[..] {
                    [own, _] => format!("the point `{own}` builds on itself"),
                    _ => format!("these points build on each other in a circle: {}", names.join(" → ")),
                };
                table.report(
                    Diagnostic::new(codes::CIRCLE, message)
                        .at(builds_on[start].first().map_or(points[start].span, Text::whole))
                        .help("take out one `builds_on`: the lowest point builds on none"),
                );
                points[start].builds_on.clear();
                break;
            }
            for next in points[at].builds_on.clone() {
                if next == start || !came_from.contains_key(&next) {
                    came_from.insert(next, at);
                    open.push(next);
                }
            }
        }
    }
}

/// Notes an id that can't be part of an address, or that a sibling has.
pub fn check_id<'a>(table: &Table<'_>, id: &str, mut siblings: impl Iterator<Item = (&'a str, Span)>) {
    if id.is_empty() && !table.has("id") && !table.has("title") {
        return;
    }
    let span = table.value_span(if table.has("id") { "id" } else { "title" });
    if let Some(diagnostic) = unusable_id(id) {
        table.report(diagnostic.at(span));
    }
    if let Some((_, other)) = siblings.find(|(own, _)| *own == id) {
        table.report(duplicate(id, span, other));
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
