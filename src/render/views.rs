//! What templates may see: one small struct a kind of page, serialised for Tera.
//!
//! Every `url` but those of contents lists is relative to the site's root ("values/always-learning.html", perhaps with a "#fragment")
//! and percent-encoded; templates write `{{ root }}{{ url }}`. A field whose name ends in `_html` is finished, safe HTML; every other
//! string is text, which templates escape. What all pages share (`site`, `t`) is made once and passed by reference.

mod framework;
mod gallery;
mod report;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

pub use framework::{
    AskedView, BlockView, CardView, EntryView, FrameworkHead, FrameworkView, GroupView, IncludedView, IndicatorView,
    ItemView, MatrixCell, MatrixColumn, MatrixRow, MatrixView, NeedView, NestedPoint, PointPageView, PointView,
    ProfileCardView, ProfileView, ScaleView, TermView, TermsView,
};
pub use gallery::{ExampleView, GalleryComponent, GalleryFolder, GalleryView, ParameterView};
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
    /// The client of the search, on the search page alone.
    pub search_script: Option<String>,
    /// What offers results while a reader types, where the settings ask for it.
    pub suggest_script: Option<String>,
    /// Keeps the fragment where a page has moved (redirect.html).
    pub redirect_script: String,
    /// The choice of each of the theme's options.
    pub options: BTreeMap<String, String>,
    /// For choices that aren't the theme's own: "hb-width--narrow".
    pub option_classes: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct ContactView {
    pub team: Option<String>,
    pub email: Option<String>,
}

/// `page`: the frame around the contents of every page.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// page, section, path, home, framework, value, behaviour, point, profile, search, a-z, print, not-found, accessibility, report, gallery
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

/// `menu`: the menus beside a page. Template menu.html.
#[derive(Debug, Serialize)]
pub struct MenuView {
    /// The top level: pages, sections and frameworks, in the order of the menu.
    pub entries: Vec<MenuEntry>,
    /// Where all of them are listed, if they are too many for a menu.
    pub all: Option<Link>,
    pub section: Option<SectionMenu>,
}

#[derive(Debug, Serialize)]
pub struct SectionMenu {
    pub title: String,
    pub url: String,
    /// The way to it from the page.
    pub href: String,
    pub groups: Vec<MenuGroup>,
    /// Where all of its pages are listed, if they are too many for a menu.
    pub all: Option<Link>,
}

#[derive(Debug, Serialize)]
pub struct MenuGroup {
    /// A word over the entries ("Values", "By audience"), where the menu has several groups.
    pub title: Option<String>,
    pub entries: Vec<MenuEntry>,
    /// Where all of them are listed, if they are too many for a menu.
    pub all: Option<Link>,
}

#[derive(Debug, Serialize)]
pub struct MenuEntry {
    pub title: String,
    pub number: Option<String>,
    /// On its own page it is that of `here`; at the top level it is `here_top` on the pages below it.
    pub url: String,
    /// The way to it from the page.
    pub href: String,
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
    /// The pages below a section, in order; on the home page the top level, if that is too long for a menu.
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

/// `index`: the A to Z. Template a-z.html.
#[derive(Debug, Serialize)]
pub struct IndexView<'a> {
    /// Every letter that has entries, for the list of letters; in a large handbook each leads to its own page.
    pub letters: Vec<LetterView<'a>>,
}

#[derive(Debug, Serialize)]
pub struct LetterView<'a> {
    pub letter: String,
    /// "#letter-a", or the url of the letter's page in a large handbook.
    pub url: String,
    pub anchor: String,
    /// Empty where the entries stand on the letter's own page.
    pub entries: Vec<IndexEntry<'a>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndexEntry<'a> {
    pub title: &'a str,
    pub url: &'a str,
    /// Kind and place in words: "Value, in Our values".
    pub place: &'a str,
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
    pub html: Value,
}
