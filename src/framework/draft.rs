//! What both doors give: a framework's parts as texts, before ids, anchors and prose are made of them.

use super::{Place, Scale, Terms};
use crate::content::front_matter::Governance;
use crate::palette::Colour;
use crate::text::{SourceFile, Span, Text};

/// A framework as its TOML has it.
pub struct FrameworkDraft<'a> {
    /// The keys that go into the model as they are.
    pub head: Head,
    /// What it calls its parts.
    pub terms: Terms,
    /// Already whole: nothing else adds to them.
    pub scales: Vec<Scale>,
    /// From TOML, then from Markdown.
    pub values: Vec<ValueDraft<'a>>,
    /// With the names they use.
    pub profiles: Vec<ProfileDraft>,
}

/// The keys at the top of a framework's TOML.
#[derive(Default)]
pub struct Head {
    /// Its name.
    pub title: Option<Text>,
    /// One line.
    pub summary: Option<String>,
    /// To whom it applies.
    pub applies_to: Option<String>,
    /// Edition and approval.
    pub edition: super::Edition,
    /// Markdown.
    pub caveat: Option<Text>,
    /// Markdown.
    pub introduction: Option<Text>,
    /// Markdown.
    pub conclusion: Option<Text>,
    /// Its place.
    pub order: Option<i64>,
    /// Owner and dates.
    pub governance: Governance,
    /// Old addresses.
    pub aliases: Vec<Text>,
    /// Only with drafts.
    pub draft: bool,
    /// Words that items complete.
    pub lead_in: Option<String>,
    /// Lines that aren't Markdown, here and in all below.
    pub lines: Vec<Text>,
}

/// A value with its behaviours.
pub struct ValueDraft<'a> {
    /// The value itself.
    pub item: ItemDraft<'a>,
    /// In order; those from Markdown last, by their order and title.
    pub behaviours: Vec<ItemDraft<'a>>,
}

/// A value or behaviour.
pub struct ItemDraft<'a> {
    /// Where it is written.
    pub file: &'a SourceFile,
    /// The place that a message about it marks.
    pub span: Span,
    /// Its slug.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Inline Markdown.
    pub statement: Option<Text>,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<Text>,
    /// Markdown after what stands at points.
    pub conclusion: Option<Text>,
    /// Words that items complete.
    pub lead_in: Option<String>,
    /// Indices of the scales that it uses.
    pub scales: Vec<usize>,
    /// In any order.
    pub cells: Vec<CellDraft>,
    /// Texts of footnotes that stand by themselves, each as Markdown with its label. Others stand in the texts around them until
    /// [`footnotes::take`](super::footnotes::take).
    pub footnotes: Vec<Text>,
    /// Other words.
    pub aka: Vec<String>,
    /// An image.
    pub icon: Option<Text>,
    /// Its own colour, for the bar beside its title.
    pub colour: Option<Colour>,
    /// Owner and dates.
    pub governance: Governance,
    /// Old addresses.
    pub aliases: Vec<Text>,
    /// Its place among its siblings, for those from Markdown.
    pub order: Option<i64>,
    /// Lines of its front matter that aren't Markdown.
    pub lines: Vec<Text>,
}

/// What stands at a place.
pub struct CellDraft {
    /// The place.
    pub place: Place,
    /// Where it is written.
    pub span: Span,
    /// Words that items complete.
    pub lead_in: Option<String>,
    /// Markdown before the list.
    pub definition: Option<Text>,
    /// The list.
    pub statements: Vec<StatementDraft>,
    /// Markdown after the list.
    pub text: Option<Text>,
}

/// An indicator.
pub struct StatementDraft {
    /// Markdown.
    pub text: Text,
    /// Its id, where the author gave one.
    pub id: Option<Text>,
    /// Markdown.
    pub note: Option<Text>,
    /// Markdown each.
    pub examples: Vec<Text>,
}

/// A profile with the names it uses.
pub struct ProfileDraft {
    /// Its slug.
    pub id: String,
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub title: String,
    /// Markdown.
    pub description: Option<Text>,
    /// Value or behaviour, and point, as written.
    pub needs: Vec<(Text, Text)>,
}
