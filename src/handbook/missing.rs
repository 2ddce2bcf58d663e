//! What to tell authors of names that mean nothing: links to what isn't there, unknown frameworks and values in blocks.
//!
//! The names that an author could have meant are gathered once for all findings of a run: after pages have moved, thousands of links
//! may be wrong, and each gets its guess.

use rustc_hash::{FxHashMap, FxHashSet};

use super::block::Unknown;
use super::{Handbook, Subject};
use crate::content::block::FrameworkBlock;
use crate::content::link::{Destination, Link, relative};
use crate::finding::{Diagnostic, Names, codes, list, there_are};
use crate::framework::Cell;
use crate::text::{Sources, Span, name};
use crate::words::slug::slug;

mod paths;

use paths::Paths;

/// A name that means nothing, where a page or framework has one.
#[derive(Debug, Clone, Copy)]
pub enum Fault<'a> {
    /// A link that leads nowhere.
    Link(&'a Link),
    /// A framework block that shows nothing.
    Block(&'a FrameworkBlock, Unknown),
}

/// Says what is wrong, given all that could have been meant.
pub struct Explainer<'a> {
    handbook: &'a Handbook,
    sources: &'a Sources,
    /// None where no link leads to a page or file that isn't there.
    paths: Option<Paths<'a>>,
    /// The places on each page to which a link leads that isn't on it.
    places: FxHashMap<Subject, Names>,
    frameworks: Names,
    /// The values and behaviours of frameworks of which unknown ones are named.
    items: FxHashMap<usize, Names>,
}

impl<'a> Explainer<'a> {
    /// One for some faults, and no others.
    pub fn of<'f>(faults: impl Iterator<Item = &'f Fault<'f>>, handbook: &'a Handbook, sources: &'a Sources) -> Self {
        let mut has_missing_path = false;
        let mut targets = FxHashSet::default();
        let mut frameworks = FxHashSet::default();
        for fault in faults {
            match fault {
                Fault::Link(link) => match handbook.path_target(link) {
                    Some(to) => drop(targets.insert(to)),
                    None => has_missing_path = true,
                },
                Fault::Block(_, Unknown::Item(framework)) => drop(frameworks.insert(*framework)),
                Fault::Block(_, Unknown::Framework) => {}
            }
        }
        let items = |framework: usize| {
            let framework = &handbook.frameworks[framework];
            Names::of(framework.items().map(|at| framework.item(at).id.as_str()))
        };
        Self {
            handbook,
            sources,
            paths: has_missing_path.then(|| Paths::of(handbook)),
            places: targets.into_iter().map(|to| (to, Names::of(places(handbook, to)))).collect(),
            frameworks: Names::of(handbook.frameworks.iter().map(|framework| framework.id.as_str())),
            items: frameworks.into_iter().map(|framework| (framework, items(framework))).collect(),
        }
    }

    /// What to tell the author; none where another finding says it.
    pub fn explain(&self, fault: &Fault<'_>) -> Option<Diagnostic> {
        match fault {
            Fault::Link(link) => self.link(link),
            Fault::Block(block, unknown) => self.block(block, *unknown),
        }
    }

    fn block(&self, block: &FrameworkBlock, unknown: Unknown) -> Option<Diagnostic> {
        let id = block.framework.as_str();
        let Unknown::Item(framework) = unknown else {
            let diagnostic = Diagnostic::new(codes::UNKNOWN_FRAMEWORK, format!("there is no framework `{id}`"));
            return Some(diagnostic.at(block.framework.whole()).suggest(id, &self.frameworks).help(there_are(
                "framework",
                "frameworks",
                &self.frameworks,
            )));
        };
        let (name, known) = (block.item_name()?, self.items.get(&framework)?);
        let message = format!("the framework `{id}` has no value or behaviour `{}`", name.as_str());
        Some(
            Diagnostic::new(codes::UNKNOWN_VALUE, message)
                .at(name.whole())
                .suggest(name.as_str(), known)
                .help(there_are("value", "values and behaviours", known)),
        )
    }

    fn link(&self, link: &Link) -> Option<Diagnostic> {
        let Destination::Inside { path, fragment } = &link.to else { return None };
        match self.handbook.path_target(link) {
            Some(to) => Some(self.missing_place(to, fragment.as_deref()?).at(fragment_span(link))),
            None => Some(self.missing_page(link, path.as_deref())?.at(link.span)),
        }
    }

    fn missing_page(&self, link: &Link, wanted: Option<&str>) -> Option<Diagnostic> {
        let known = wanted.and_then(|wanted| self.sources.by_path(wanted));
        if wanted.is_some_and(|wanted| self.is_file_of_draft(wanted)) {
            let message = format!("`{}` belongs to a draft section, whose files aren't published", link.path());
            let help = "move the file out of that folder, or take the link out until the section is ready";
            return Some(Diagnostic::new(codes::LINK_TO_DRAFT, message).help(help));
        }
        let Some(file) = known else {
            let from = &self.sources.file(link.span.file).path;
            return Some(self.missing(from, &link.path(), wanted, link.is_image));
        };
        // What else is there but isn't a subject couldn't be read, and has its own finding.
        self.handbook.is_hidden(file.id).then(|| {
            Diagnostic::new(codes::LINK_TO_DRAFT, format!("`{}` is a draft, which isn't published", link.path()))
                .help("take the link out until the page is ready, or take `draft = true` out of that page")
        })
    }

    /// Whether a path is that of a file, not of a text, in the folder of a draft.
    fn is_file_of_draft(&self, path: &str) -> bool {
        self.handbook.drafts.holds(path)
            && self.sources.assets.binary_search_by(|asset| (*asset.path).cmp(path)).is_ok()
    }

    fn missing(&self, from: &str, path: &str, wanted: Option<&str>, is_image: bool) -> Diagnostic {
        let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
        let is_page = !is_image
            && (name::is_markdown(name) || name::is_toml(name) || name.ends_with(".html") || !name.contains('.'));
        let code = if is_page { codes::BROKEN_LINK } else { codes::MISSING_FILE };
        let message = match (is_page, is_image) {
            (true, _) => format!("there is no page `{path}`"),
            (false, true) => format!("there is no image `{path}`"),
            (false, false) => format!("there is no file `{path}`"),
        };
        let diagnostic = Diagnostic::new(code, message);
        let Some(wanted) = wanted else {
            return diagnostic
                .help("the address leads out of the handbook; it is counted from the file that it stands in");
        };
        match self.paths.as_ref().and_then(|paths| paths.guess(wanted)) {
            Some(guess) => diagnostic.help(format!("did you mean `{}`?", relative(from, guess))),
            None if is_page => {
                diagnostic.help("name the page's own file, counted from this one, such as ../about/contact.md")
            }
            None => diagnostic.help("put the file beside this page, or correct its name"),
        }
    }

    fn missing_place(&self, to: Subject, fragment: &str) -> Diagnostic {
        let diagnostic = Diagnostic::new(
            codes::BROKEN_FRAGMENT,
            format!("“{}” has no place `#{fragment}`", self.handbook.title(to)),
        );
        let Some(known) = self.places.get(&to).filter(|known| !known.is_empty()) else {
            return diagnostic.help("that page has no headings; link to the page alone");
        };
        let near = known.nearest(fragment).or_else(|| known.containing(&slug(fragment)));
        match near {
            Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
            None => diagnostic.help(format!("its places are {}", list(known.each()))),
        }
    }
}

/// The places of a subject that an author could have meant.
fn places(handbook: &Handbook, to: Subject) -> Vec<String> {
    match to {
        Subject::Page(page) => {
            let page = &handbook.pages[page];
            let headings = page.headings().map(|(_, heading)| heading.anchor.clone());
            headings.chain(page.numbers.anchors().map(str::to_owned)).collect()
        }
        Subject::Framework(index) => {
            let framework = &handbook.frameworks[index];
            let items = framework.items().map(|at| framework.item(at).id.clone());
            let points = framework
                .scales
                .iter()
                .flat_map(|scale| scale.points.iter().map(|point| format!("{}/{}", scale.id, point.id)));
            let profiles = framework.profiles.iter().map(|profile| profile.id.clone());
            let indicators =
                framework.cells().flat_map(|(_, cell)| cell.indicators.iter().map(|indicator| indicator.id.clone()));
            items.chain(points).chain(profiles).chain(indicators).collect()
        }
        Subject::Item(framework, at) => {
            let cells = &handbook.item(framework, at).cells;
            let scales = &handbook.frameworks[framework].scales;
            let anchors = cells.iter().map(|cell| Cell::anchor(&cell.place, scales));
            anchors
                .chain(cells.iter().flat_map(|cell| cell.indicators.iter().map(|indicator| indicator.id.clone())))
                .collect()
        }
        Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => Vec::new(),
    }
}

/// Where the fragment of a link stands, as far as the address is written as it is read.
fn fragment_span(link: &Link) -> Span {
    let whole = link.span;
    let is_plain = (whole.end - whole.start) as usize == link.destination.len();
    match link.destination.find('#').filter(|_| is_plain) {
        Some(at) => Span { start: whole.start + at as u32, ..whole },
        None => whole,
    }
}
