//! What the template of a check's report may see.

use serde::Serialize;

use super::{ContentsEntry, DateView};

/// `report`: what `ethos check --report` found. Template report.html.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// The day on which reviews were judged to be due.
    pub date: DateView,
    /// Where the handbook is published, with a slash at its end; pages are linked where it is known.
    pub site_url: Option<String>,
    pub contents: Vec<ContentsEntry>,
    /// How much was found; nothing is left out but noughts.
    pub found: Vec<CountView>,
    /// On how many pages, or in how many files, something was found.
    pub places: usize,
    /// The earliest first.
    pub overdue: Vec<ReviewView>,
    /// Whatever has a day on which its next review is due, the earliest first.
    pub reviews: Vec<ReviewView>,
    pub timeline: Option<TimelineView>,
    pub rules: Vec<RuleView>,
    /// How high the bars of the rules stand together, in lines of text.
    pub rules_height: String,
    pub owners: Vec<OwnerView>,
}

#[derive(Debug, Serialize)]
pub struct CountView {
    /// error, warning, hint
    pub severity: &'static str,
    pub count: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    pub title: String,
    pub url: String,
    pub path: String,
    pub owner: Option<String>,
    pub due: DateView,
    /// How late it is, in one of two units; none where there is time left.
    pub days_late: Option<i64>,
    pub months_late: Option<i64>,
}

/// A line of two years with today in its middle, and the reviews as marks on it. Lengths are of SVG: "42.5%", "3.2em".
#[derive(Debug, Serialize)]
pub struct TimelineView {
    pub height: String,
    /// Where the line itself runs.
    pub base: String,
    pub first: TickView,
    pub last: TickView,
    pub today: TickView,
    /// The months between.
    pub ticks: Vec<TickView>,
    pub marks: Vec<MarkView>,
    /// How many reviews one mark stands for, at most.
    pub each: usize,
    /// How many stand at the left end, as they are due still earlier.
    pub earlier: usize,
    /// How many stand at the right end, as they are due still later.
    pub later: usize,
}

#[derive(Debug, Serialize)]
pub struct TickView {
    pub x: String,
    pub date: DateView,
}

#[derive(Debug, Serialize)]
pub struct MarkView {
    pub x: String,
    pub y: String,
    pub is_overdue: bool,
}

#[derive(Debug, Serialize)]
pub struct RuleView {
    pub name: String,
    /// What it finds, in a sentence.
    pub meaning: String,
    /// error, warning, hint
    pub severity: &'static str,
    pub count: usize,
    /// Where its words and its bar stand, and how long the bar is, as SVG has it.
    pub words_y: String,
    pub bar_y: String,
    pub width: String,
}

#[derive(Debug, Serialize)]
pub struct OwnerView {
    /// None: nobody is named.
    pub name: Option<String>,
    pub anchor: String,
    pub overdue: Vec<ReviewView>,
    pub places: Vec<PlaceView>,
    pub count: usize,
}

#[derive(Debug, Serialize)]
pub struct PlaceView {
    /// None for settings, which have no page, and for the handbook as a whole.
    pub title: Option<String>,
    pub url: Option<String>,
    /// None for the handbook as a whole.
    pub path: Option<String>,
    pub findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
pub struct FindingView {
    pub rule: &'static str,
    /// error, warning, hint
    pub severity: &'static str,
    pub line: Option<usize>,
    /// With what stood between backticks as code.
    pub message_html: String,
    pub help_html: Vec<String>,
}
