//! The whole, assembled and linked: every page and framework in its place, every number given, every link resolved.
//!
//! In: documents and frameworks. Out: a [`Handbook`], which nothing changes from here on. Start reading at
//! [`assemble`](assemble::assemble).

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub mod address;
pub mod assemble;
pub mod block;
pub mod drafts;
mod image;
pub mod judge;
pub mod link;
mod missing;
pub mod navigation;

pub mod numbering;

use crate::config::Config;
use crate::content::Document;
use crate::content::front_matter::{Governance, Numbering};
use crate::content::prose::{Heading, OutlineEntry};
use crate::framework::{Framework, Item, ItemRef, ScaleKind};
use crate::text::{FileId, Sources, Span, name};
use drafts::Drafts;
use image::Images;
pub use link::Target;
use numbering::Numbers;

/// Everything that is published, and how it hangs together.
#[derive(Debug)]
pub struct Handbook {
    /// The site's settings.
    pub config: Config,
    /// All pages; the first is the home page.
    pub pages: Vec<Page>,
    /// All frameworks, in order.
    pub frameworks: Vec<Arc<Framework>>,
    /// The top level, in the order of the menu.
    pub top: Vec<Subject>,
    /// Files that are passed through.
    pub assets: Vec<Asset>,
    /// Old addresses, sorted.
    pub redirects: Vec<Redirect>,
    /// The images that the settings and frameworks name.
    images: Images,
    /// What each source is, by its path.
    subjects: FxHashMap<Arc<str>, Subject>,
    /// What isn't built.
    drafts: Drafts,
    /// What stands at each address, and whether it is an old one.
    addresses: FxHashMap<String, (Subject, bool)>,
}

/// Words that people read in a minute, with time to think.
const WORDS_A_MINUTE: usize = 200;

/// A page with its place in the handbook.
#[derive(Debug)]
pub struct Page {
    /// None for a section whose folder has no index.md: it lists its pages.
    pub document: Option<Arc<Document>>,
    /// Its source: "content/about/index.md", also where that isn't there.
    pub source: Arc<str>,
    /// Its title.
    pub title: String,
    /// Its address, unescaped, relative to the site's root.
    pub address: Arc<str>,
    /// The section that it belongs to; none for the home page.
    pub parent: Option<usize>,
    /// The pages of a section, in order.
    pub children: Vec<usize>,
    /// How it is numbered, by itself or as a chapter.
    pub numbering: Option<Numbering>,
    /// Its number as a chapter.
    pub chapter: Option<u32>,
    /// The numbers of its headings and clauses.
    pub numbers: Numbers,
}

/// Anything that has an address of its own. Indices into the handbook's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A page.
    Page(usize),
    /// A framework.
    Framework(usize),
    /// A value or behaviour of a framework.
    Item(usize, ItemRef),
    /// A point of a scale of a framework.
    Point(usize, usize, usize),
    /// A profile of a framework.
    Profile(usize, usize),
    /// A file.
    Asset(usize),
}

/// A file that is passed through.
#[derive(Debug)]
pub struct Asset {
    /// Its source.
    pub source: Arc<crate::text::Asset>,
    /// Its address, unescaped.
    pub address: String,
}

/// An old address.
#[derive(Debug)]
pub struct Redirect {
    /// Where people still come from, unescaped.
    pub from: String,
    /// What they want.
    pub to: Subject,
    /// Where it is written.
    pub span: Span,
}

impl Handbook {
    /// The value or behaviour of a subject that is one.
    pub fn item(&self, framework: usize, at: ItemRef) -> &Item {
        self.frameworks[framework].item(at)
    }

    /// The title of anything that has an address; a file's is its name.
    pub fn title(&self, subject: Subject) -> &str {
        match subject {
            Subject::Page(page) => &self.pages[page].title,
            Subject::Framework(framework) => &self.frameworks[framework].title,
            Subject::Item(framework, at) => &self.item(framework, at).title,
            Subject::Point(framework, scale, point) => &self.frameworks[framework].scales[scale].points[point].title,
            Subject::Profile(framework, profile) => &self.frameworks[framework].profiles[profile].title,
            Subject::Asset(asset) => &self.assets[asset].address,
        }
    }

    /// The file that a subject is written in; for a value in its framework's file, that one. A section without an index.md gives the
    /// path that one would have.
    pub fn source<'a>(&'a self, subject: Subject, sources: &'a Sources) -> &'a str {
        let file = match subject {
            Subject::Page(page) => return &self.pages[page].source,
            Subject::Asset(asset) => return &self.assets[asset].source.path,
            Subject::Item(framework, at) => self.item(framework, at).file,
            Subject::Framework(framework) | Subject::Point(framework, ..) | Subject::Profile(framework, _) => {
                self.frameworks[framework].file
            }
        };
        &sources.file(file).path
    }

    /// Who answers for what has a page, when it was reviewed and when it is due again: for a value or behaviour as it says itself, and
    /// else as its framework does.
    pub fn governance(&self, subject: Subject) -> Governance {
        let every = self.config.review_every;
        let of_framework = |framework: usize| self.frameworks[framework].governance.with_due(every);
        match subject {
            Subject::Page(page) => {
                let document = self.pages[page].document.as_ref();
                document.map(|document| document.front.governance.with_due(every)).unwrap_or_default()
            }
            Subject::Item(framework, at) => {
                self.item(framework, at).governance.with_due(every).or(of_framework(framework))
            }
            Subject::Framework(framework) | Subject::Point(framework, ..) | Subject::Profile(framework, _) => {
                of_framework(framework)
            }
            Subject::Asset(_) => Governance::default(),
        }
    }

    /// Whether a file is a draft's, which isn't built.
    pub fn is_hidden(&self, file: FileId) -> bool {
        self.drafts.has(file)
    }

    /// The audience of an id: the title of the first framework's point that has it.
    pub fn audience(&self, id: &str) -> Option<&str> {
        let (framework, scale, point) = self.audience_point(id)?;
        Some(&self.frameworks[framework].scales[scale].points[point].title)
    }

    /// The audience of an id, as the framework, scale and point of the first framework that has it.
    pub fn audience_point(&self, id: &str) -> Option<(usize, usize, usize)> {
        self.frameworks.iter().enumerate().find_map(|(framework, own)| {
            let audiences = own.scales.iter().enumerate().filter(|(_, scale)| scale.kind == ScaleKind::Audience);
            audiences.into_iter().find_map(|(scale, scale_of)| {
                let point = scale_of.point_names.with_id(id)?;
                Some((framework, scale, point))
            })
        })
    }
}

impl Page {
    /// Whether it is the page of a folder, with a file of its own or without.
    pub fn is_section(&self) -> bool {
        name::section_folder(&self.source).is_some()
    }

    /// Its headings, each with its outline entry.
    pub fn headings(&self) -> impl Iterator<Item = (&OutlineEntry, &Heading)> {
        self.document.iter().flat_map(|document| document.body.headings())
    }

    /// How long it takes to read, in minutes.
    pub fn minutes(&self) -> usize {
        let text = self.document.as_ref().map_or("", |document| document.body.text.as_str());
        text.split_whitespace().count().div_ceil(WORDS_A_MINUTE).max(1)
    }

    /// A heading's words without an authored number.
    pub fn heading_title<'a>(&'a self, entry: &OutlineEntry, heading: &'a Heading) -> &'a str {
        let strip = self.numbers.of(entry.start()).map_or(0, |number| number.strip);
        heading.title.get(strip..).unwrap_or(&heading.title).trim_start()
    }
}
