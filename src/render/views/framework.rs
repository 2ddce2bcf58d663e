//! What the templates of a framework may see: its own page, its values, points and profiles, and blocks of it in pages.

use serde::Serialize;

use super::Link;

/// What a framework calls its parts, in lower case, in its own words or the theme's.
#[derive(Debug, Clone, Serialize)]
pub struct TermsView {
    pub value: TermView,
    pub behaviour: TermView,
    pub indicator: TermView,
}

#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    pub one: String,
    pub many: String,
}

/// `framework`: template framework.html; every page of a framework has the first part of it as `of`.
#[derive(Debug, Serialize)]
pub struct FrameworkView {
    pub applies_to: Option<String>,
    pub introduction_html: Option<String>,
    pub conclusion_html: Option<String>,
    pub caveat_html: Option<String>,
    pub terms: TermsView,
    pub scales: Vec<ScaleView>,
    pub values: Vec<CardView>,
    pub matrix: Option<MatrixView>,
    pub profiles: Vec<ProfileCardView>,
    pub indicator_count: usize,
    pub data_json_url: String,
    pub data_csv_url: String,
}

/// `of`: the framework that a value, behaviour, point or profile belongs to.
#[derive(Debug, Serialize)]
pub struct FrameworkHead {
    pub title: String,
    pub url: String,
    pub applies_to: Option<String>,
    pub caveat_html: Option<String>,
    pub terms: TermsView,
}

/// A scale explained.
#[derive(Debug, Clone, Serialize)]
pub struct ScaleView {
    pub id: String,
    /// audience, level, rating, stance
    pub kind: &'static str,
    pub title: String,
    pub description_html: Option<String>,
    /// Whether the first point is the highest, rather than the last.
    pub highest_first: bool,
    pub points: Vec<PointView>,
    /// The same points as boxes within boxes: a point stands inside the first one it builds on. For audiences and levels.
    pub nested: Vec<NestedPoint>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PointView {
    pub id: String,
    /// The id of its place on the framework's page; links to ratings and stances lead there.
    pub anchor: String,
    pub title: String,
    pub description_html: Option<String>,
    /// Its own page, for audiences and levels.
    pub url: Option<String>,
    /// negative, neutral, positive
    pub tone: &'static str,
    pub builds_on: Vec<Link>,
    /// Indicators that stand at this very point, and with those of what it builds on.
    pub count: usize,
    pub total: usize,
}

/// One box: the point, and inside it those that build on it.
#[derive(Debug, Clone, Serialize)]
pub struct NestedPoint {
    pub point: PointView,
    pub inside: Vec<NestedPoint>,
}

/// A value (or a behaviour, in a value's list) on a card. The whole card leads to `url`.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    pub id: String,
    pub title: String,
    pub url: String,
    pub statement_html: Option<String>,
    pub summary: Option<String>,
    /// 0, 1, 2, …: the class `accent-0` … of the palette; from 12 on those that values chose. A behaviour takes its value's.
    pub accent: usize,
    /// Inline SVG or an image's url is never here: the url of an image file that the value names.
    pub icon: Option<String>,
    pub behaviours: Vec<CardView>,
    pub indicator_count: usize,
}

/// Values and behaviours (rows) by points (columns).
#[derive(Debug, Clone, Serialize)]
pub struct MatrixView {
    pub caption: String,
    /// What the first column holds: "Value", "Competency".
    pub corner: String,
    pub columns: Vec<MatrixColumn>,
    pub rows: Vec<MatrixRow>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MatrixColumn {
    pub title: String,
    pub url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MatrixRow {
    pub title: String,
    pub url: String,
    /// true: a behaviour, which stands under the value before it.
    pub is_behaviour: bool,
    /// One a column; `count` 0: nothing stands there. `url` leads to the point's place on the row's page.
    pub cells: Vec<MatrixCell>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MatrixCell {
    pub count: usize,
    /// Prose stands there, with or without indicators.
    pub has_text: bool,
    pub url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ProfileCardView {
    pub title: String,
    pub url: String,
    pub description_html: Option<String>,
}

/// `item`: a value or a behaviour. Templates value.html and behaviour.html.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// "Value", "Competency": what the framework calls it.
    pub term: String,
    pub statement_html: Option<String>,
    pub description_html: Option<String>,
    pub accent: usize,
    pub icon: Option<String>,
    /// For a behaviour: its value.
    pub value: Option<Link>,
    pub behaviours: Vec<CardView>,
    /// What is asked, arranged by the scales.
    pub asked: AskedView,
    /// Prose after it.
    pub conclusion_html: Option<String>,
    /// Profiles that need a point of this value or behaviour.
    pub needed_by: Vec<NeedView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct NeedView {
    pub profile: Link,
    pub point: Option<Link>,
}

/// What is asked under a value or behaviour: the groups of the first scale, each with those of the next inside.
///
/// `kind` says how the groups are arranged: `audience` and `level` as sections, one after the other; `stance` as two lists side
/// by side; `rating` as columns where there is room, in order of `groups`. `none`: one group without a point (no scale is used).
#[derive(Debug, Clone, Serialize)]
pub struct AskedView {
    pub kind: &'static str,
    pub groups: Vec<GroupView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// The words of the point, which stand as a heading; none where no scale is used.
    pub title: Option<String>,
    /// Accessible name that is unique on the page: "Managers: I will".
    pub label: String,
    /// Depth of its heading: 2 to 6.
    pub heading: usize,
    /// The id of its section; none for copies (what a point builds on, shown again), whose home is `home`.
    pub anchor: Option<String>,
    /// The page of the point, for audiences and levels.
    pub point_url: Option<String>,
    pub tone: &'static str,
    /// Words that each item completes, where they aren't the title: "Vendors undertake to:".
    pub lead_in: Option<String>,
    pub definition_html: Option<String>,
    pub indicators: Vec<IndicatorView>,
    pub text_html: Option<String>,
    /// The groups of the next scale.
    pub inner: Option<AskedView>,
    /// What this point builds on: in words with links, and each to be opened in place.
    pub builds_on: Vec<IncludedView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct IncludedView {
    pub title: String,
    /// Where it stands first: "#all" on this page, or another page's place.
    pub url: String,
    pub group: GroupView,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndicatorView {
    /// The id of its list item; none for copies, which link to their home.
    pub anchor: Option<String>,
    /// Where it stands first; none on its own page.
    pub home: Option<String>,
    /// The first paragraph.
    pub html: String,
    /// The paragraphs and lists that follow it.
    pub more_html: Option<String>,
    pub note_html: Option<String>,
    pub examples_html: Vec<String>,
    /// "Link to: be curious", shortened text for the permalink's name.
    pub text: String,
}

/// `point`: all that is asked at a point of an audience or level scale, across the values. Template point.html.
#[derive(Debug, Serialize)]
pub struct PointPageView {
    pub scale_title: String,
    pub scale_kind: &'static str,
    pub description_html: Option<String>,
    pub builds_on: Vec<Link>,
    /// Points that build on this one.
    pub built_on_by: Vec<Link>,
    /// Every value and behaviour that asks something here, in order.
    pub entries: Vec<EntryView>,
    pub count: usize,
}

/// `profile`: what a role or grade needs, in order. Template profile.html.
#[derive(Debug, Serialize)]
pub struct ProfileView {
    pub description_html: Option<String>,
    pub entries: Vec<EntryView>,
}

/// A value or behaviour with a part of what it asks.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    pub title: String,
    pub url: String,
    pub anchor: String,
    pub accent: usize,
    /// 2 for values, 3 for behaviours below a value that is shown before them.
    pub heading: usize,
    pub statement_html: Option<String>,
    /// For a profile: the point it needs here.
    pub needs: Option<Link>,
    /// First what stands at the point itself, then what it builds on; indicators link to their home.
    pub groups: Vec<GroupView>,
}

/// `block`: a framework block in a page. Components block-values, block-audiences, block-levels, block-matrix, block-indicators.
#[derive(Debug, Serialize)]
pub struct BlockView {
    pub show: &'static str,
    pub framework: Link,
    pub caveat_html: Option<String>,
    pub terms: TermsView,
    /// Depth that headings inside the block start at.
    pub heading: usize,
    /// Distinguishes two blocks on one page, for ids.
    pub anchor: String,
    pub values: Vec<CardView>,
    pub scales: Vec<ScaleView>,
    pub matrix: Option<MatrixView>,
    /// The value or behaviour whose indicators are shown.
    pub of: Option<Link>,
    pub asked: Option<AskedView>,
}
