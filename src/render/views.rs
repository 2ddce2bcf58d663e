//! What templates may see: one small struct a kind of page, serialised for Tera.
//!
//! Every `url` but those of contents lists is relative to the site's root ("values/always-learning.html", perhaps with a "#fragment")
//! and percent-encoded; templates write `{{ root }}{{ url }}`. A field whose name ends in `_html` is finished, safe HTML; every other
//! string is text, which templates escape. What all pages share (`site`, `t`) is made once and passed by reference.

mod report;

use serde::Serialize;

pub use report::{
    CountView, FindingView, MarkView, OwnerView, PlaceView, ReportView, ReviewView, RuleView, TickView, TimelineView,
};

/// A title and where it leads.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub title: String,
    pub url: String,
}

/// `site`: the same for every page of a handbook.
#[derive(Debug, Serialize)]
pub struct SiteView {
    pub title: String,
    pub organisation: String,
    /// BCP 47, for `<html lang>` of pages that say nothing else.
    pub language: String,
    pub home: String,
    pub logo: Option<String>,
    pub contact: Option<ContactView>,
    /// Whether the header has a search form.
    pub search: bool,
    pub search_url: String,
    pub a_z_url: String,
    pub accessibility_url: String,
    /// None in a handbook too large for one printed page.
    pub print_url: Option<String>,
    pub stylesheet: String,
    pub script: String,
    /// The client of the search, on the search page alone.
    pub search_script: Option<String>,
    /// What offers results while a reader types, where the settings ask for it.
    pub suggest_script: Option<String>,
    /// Keeps the fragment where a page has moved (redirect.html).
    pub redirect_script: String,
}

#[derive(Debug, Serialize)]
pub struct ContactView {
    pub team: Option<String>,
    pub email: Option<String>,
}

/// `page`: the frame around the contents of every page.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// page, section, path, home, framework, value, behaviour, point, profile, search, a-z, print, not-found, accessibility, report
    pub kind: &'static str,
    pub url: String,
    pub title: String,
    /// "Being kind – Values – Handbook": unique over the site.
    pub full_title: String,
    pub summary: Option<String>,
    pub language: String,
    /// "ltr" or "rtl".
    pub direction: &'static str,
    /// From the home page to the parent; without the page itself.
    pub breadcrumb: Vec<Link>,
    /// The menus of the handbook and of the section.
    pub menu_html: String,
    /// The section that the page is in, if it has a menu beside it.
    pub section: Option<Link>,
    /// Headings below the title, where there are three or more.
    pub contents: Vec<ContentsEntry>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub meta: MetaView,
    pub draft: bool,
    pub canonical: Option<String>,
    /// A mailto: address for "something wrong with this page?".
    pub report_url: Option<String>,
    /// The chapter's number in a numbered section: "4".
    pub number: Option<String>,
}

/// Who answers for a page, which edition it is, and when it was looked at: what is known, in the order in which it is shown.
#[derive(Debug, Default, Serialize)]
pub struct MetaView {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<DateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<DateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reviewed: Option<DateView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<DateView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// 2026-11-22
    pub iso: String,
    /// "22 November 2026", in the words of the language.
    pub text: String,
}

/// A line of "On this page", or of a code's contents list.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsEntry {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// As it stands in a link: "#anchor" within a page, with the way to the other page before it in lists that span pages.
    pub url: String,
    pub entries: Vec<ContentsEntry>,
}

/// `frame`: what pages have in common that are as deep in the site and of one language, drawn once for all of them.
#[derive(Debug, Serialize)]
pub struct FrameView {
    /// The band at the top. Template header.html.
    pub header_html: String,
    /// Who runs the handbook, and links. Template footer.html.
    pub footer_html: String,
}

/// `menu`: the menus of all pages of a section. Template menu.html, drawn once for all of them.
#[derive(Debug, Serialize)]
pub struct MenuView {
    /// The top level: pages, sections and frameworks, in the order of the menu.
    pub entries: Vec<MenuEntry>,
    pub section: Option<SectionMenu>,
}

#[derive(Debug, Serialize)]
pub struct SectionMenu {
    pub title: String,
    pub url: String,
    pub current_html: String,
    pub groups: Vec<MenuGroup>,
}

#[derive(Debug, Serialize)]
pub struct MenuGroup {
    /// A word over the entries ("Values", "By audience"), where the menu has several groups.
    pub title: Option<String>,
    pub entries: Vec<MenuEntry>,
}

#[derive(Debug, Serialize)]
pub struct MenuEntry {
    pub title: String,
    pub number: Option<String>,
    pub url: String,
    /// Stands in the link's tag, and becomes ` aria-current` on the page that the link leads to.
    pub current_html: String,
    pub entries: Vec<MenuEntry>,
}

/// `document`: a Markdown page. Template page.html (section.html for an index.md, home.html for the first page).
#[derive(Debug, Serialize)]
pub struct DocumentView {
    pub body_html: String,
    /// Titles of the audiences it is written for.
    pub audience: Vec<String>,
    /// Place on an onboarding path.
    pub step: Option<StepView>,
    /// The pages below a section, in order.
    pub children: Vec<ChildView>,
    /// true: the children are steps of an onboarding path.
    pub is_path: bool,
    /// true: a code of conduct, numbered.
    pub is_numbered: bool,
    /// A code's chapters and headings, on the page of a numbered section or on a numbered page alone.
    pub code_contents: Vec<ContentsEntry>,
}

#[derive(Debug, Serialize)]
pub struct StepView {
    pub number: usize,
    pub total: usize,
    pub path: Link,
}

#[derive(Debug, Serialize)]
pub struct ChildView {
    pub title: String,
    pub url: String,
    pub summary: Option<String>,
    pub number: Option<String>,
    /// Reading time in minutes, of the steps of a path.
    pub minutes: Option<usize>,
}

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
    pub html: String,
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

/// `index`: the A to Z. Template a-z.html.
#[derive(Debug, Serialize)]
pub struct IndexView {
    /// Every letter that has entries, for the list of letters; in a large handbook each leads to its own page.
    pub letters: Vec<LetterView>,
}

#[derive(Debug, Serialize)]
pub struct LetterView {
    pub letter: String,
    /// "#letter-a", or the url of the letter's page in a large handbook.
    pub url: String,
    pub anchor: String,
    /// Empty where the entries stand on the letter's own page.
    pub entries: Vec<IndexEntry>,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndexEntry {
    pub title: String,
    pub url: String,
    /// Kind and place in words: "Value, in Our values".
    pub place: String,
}

/// `print`: the whole handbook in reading order. Template print.html.
#[derive(Debug, Serialize)]
pub struct PrintView {
    pub contents: Vec<ContentsEntry>,
    pub parts: Vec<PrintPart>,
}

#[derive(Debug, Serialize)]
pub struct PrintPart {
    pub anchor: String,
    /// The page's main landmark, with ids and links made unique and headings one step down.
    pub html: String,
}
