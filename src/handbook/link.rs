//! Links: from what authors wrote to what it leads to, before anything is drawn.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;

use super::{Handbook, Subject};
use crate::content::prose::{Link, Prose, SCHEMES};
use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::framework::{Cell, Framework, ItemRef};
use crate::slug::slug;
use crate::source::{FileId, Sources, Span};
use crate::toml_source::Findings;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Something of the handbook, perhaps a place on it.
    Inside {
        /// What.
        to: Subject,
        /// The id of the place.
        fragment: Option<String>,
    },
    /// Another site, an e-mail or telephone address.
    Outside(String),
    /// Nowhere: the words are shown without a link. The author has been told.
    Nowhere,
}

impl Handbook {
    /// Every piece of prose of pages and frameworks.
    pub fn proses(&self) -> impl Iterator<Item = &Prose> {
        let pages = self.pages.iter().filter_map(|page| page.document.as_ref()).map(|document| &document.body);
        pages.chain(self.frameworks.iter().flat_map(Framework::prose))
    }
}

/// Resolves every link.
pub fn resolve(
    handbook: &Handbook,
    sources: &Sources,
    hidden: &HashSet<FileId>,
    findings: &Findings,
) -> HashMap<Span, Target> {
    let resolver = Resolver::new(handbook, sources, hidden, findings);
    let links = handbook.proses().flat_map(|prose| &prose.links);
    links.map(|link| (link.span, resolver.resolve(link))).collect()
}

struct Resolver<'a> {
    handbook: &'a Handbook,
    sources: &'a Sources,
    hidden: &'a HashSet<FileId>,
    findings: &'a Findings,
    /// What each source is, by its path.
    subjects: HashMap<&'a str, Subject>,
    /// The same paths, sorted, for guesses.
    paths: Vec<&'a str>,
}

impl<'a> Resolver<'a> {
    fn new(handbook: &'a Handbook, sources: &'a Sources, hidden: &'a HashSet<FileId>, findings: &'a Findings) -> Self {
        let mut subjects = HashMap::new();
        for (index, page) in handbook.pages.iter().enumerate() {
            subjects.insert(page.source.as_str(), Subject::Page(index));
        }
        for (index, asset) in handbook.assets.iter().enumerate() {
            subjects.insert(asset.source.path.as_str(), Subject::Asset(index));
        }
        for (index, framework) in handbook.frameworks.iter().enumerate() {
            subjects.insert(&sources.file(framework.file).path, Subject::Framework(index));
            for at in framework.items() {
                let file = framework.item(at).file;
                if file != framework.file {
                    subjects.insert(&sources.file(file).path, Subject::Item(index, at));
                }
            }
        }
        let mut paths: Vec<&str> = subjects.keys().copied().collect();
        paths.sort_unstable();
        Self { handbook, sources, hidden, findings, subjects, paths }
    }

    fn report(&self, diagnostic: Diagnostic, link: &Link) {
        self.findings.borrow_mut().push(diagnostic.at(link.span));
    }

    fn resolve(&self, link: &Link) -> Target {
        let plain: String = link.destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
        if let Some(target) = self.with_scheme(&plain, link) {
            return target;
        }
        let (path, fragment) = match link.destination.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment).filter(|fragment| !fragment.is_empty())),
            None => (link.destination.as_str(), None),
        };
        let path = path.split('?').next().unwrap_or(path);
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let fragment = fragment.map(|fragment| percent_decode_str(fragment).decode_utf8_lossy().into_owned());
        let from = &self.sources.file(link.span.file).path;
        if path.is_empty() && fragment.is_none() {
            self.report(
                Diagnostic::new(codes::BROKEN_LINK, "this link leads nowhere")
                    .help("write the page's file between the round brackets: [Gifts](gifts.md)"),
                link,
            );
            return Target::Nowhere;
        }
        let found = if path.is_empty() { self.own_page(link) } else { self.find(from, &path, link) };
        let Some(to) = found else {
            return Target::Nowhere;
        };
        match fragment {
            None => Target::Inside { to, fragment: None },
            Some(fragment) => self.place(to, &fragment, link).unwrap_or(Target::Nowhere),
        }
    }

    /// An address with a scheme: outside, or not allowed.
    fn with_scheme(&self, plain: &str, link: &Link) -> Option<Target> {
        let is_other_host = plain.starts_with("//") || plain.starts_with("\\\\");
        let scheme = plain.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).filter(|scheme| {
            !scheme.is_empty()
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        });
        if scheme.is_none() && !is_other_host {
            return None;
        }
        let scheme = scheme.unwrap_or_default();
        let is_image_data = link.is_image
            && ["png", "jpeg", "gif", "webp"]
                .iter()
                .any(|kind| plain.to_ascii_lowercase().starts_with(&format!("data:image/{kind};")));
        let is_web_image = link.is_image && scheme.starts_with("http");
        if is_image_data || (SCHEMES.contains(&scheme.as_str()) && !is_web_image) {
            return Some(Target::Outside(link.destination.trim().to_owned()));
        }
        let (message, help) = if is_web_image {
            (
                "this image is on another web site, and the handbook shows only its own".to_owned(),
                "save it beside the page, and name the file here",
            )
        } else if is_other_host {
            ("this address leaves out its beginning".to_owned(), "begin it with https://")
        } else {
            (
                format!("an address that begins with `{scheme}:` isn't allowed"),
                "links may begin with https:, http:, mailto: or tel:, or name a file of the handbook",
            )
        };
        self.report(Diagnostic::new(codes::UNSAFE_LINK, message).help(help), link);
        Some(Target::Nowhere)
    }

    /// The page that a link stands on; in a framework's TOML, the framework.
    fn own_page(&self, link: &Link) -> Option<Subject> {
        self.subjects.get(self.sources.file(link.span.file).path.as_str()).copied()
    }

    fn find(&self, from: &str, path: &str, link: &Link) -> Option<Subject> {
        let wanted = join(from, path);
        if let Some(subject) = wanted.as_deref().and_then(|wanted| self.subjects.get(wanted)) {
            return Some(*subject);
        }
        let known = wanted.as_deref().and_then(|wanted| self.sources.by_path(wanted));
        if let Some(file) = known {
            if self.hidden.contains(&file.id) {
                self.report(
                    Diagnostic::new(codes::LINK_TO_DRAFT, format!("`{path}` is a draft, which isn't published"))
                        .help("take the link out until the page is ready, or take `draft = true` out of that page"),
                    link,
                );
            }
            // What else is there but isn't a subject couldn't be read, and has its own finding.
            return None;
        }
        self.report(self.missing(from, path, wanted.as_deref(), link.is_image), link);
        None
    }

    fn missing(&self, from: &str, path: &str, wanted: Option<&str>, is_image: bool) -> Diagnostic {
        let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
        let is_page = !is_image
            && (name.ends_with(".md") || name.ends_with(".toml") || name.ends_with(".html") || !name.contains('.'));
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
        match self.guess(wanted) {
            Some(guess) => diagnostic.help(format!("did you mean `{}`?", relative(from, guess))),
            None if is_page => {
                diagnostic.help("name the page's own file, counted from this one, such as ../about/contact.md")
            }
            None => diagnostic.help("put the file beside this page, or correct its name"),
        }
    }

    /// The source that was probably meant.
    fn guess(&self, wanted: &str) -> Option<&str> {
        let wanted = wanted.trim_end_matches('/');
        let stem = wanted.strip_suffix(".html").or_else(|| wanted.strip_suffix(".md")).unwrap_or(wanted);
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        let inside = stem.strip_prefix("content/").unwrap_or(stem);
        let candidates = [
            format!("{stem}.md"),
            format!("{stem}/index.md"),
            format!("{stem}.toml"),
            format!("content/{inside}.md"),
            format!("content/{inside}/index.md"),
            format!("frameworks/{inside}.toml"),
        ];
        let exact = candidates.iter().find_map(|candidate| self.subjects.get_key_value(candidate.as_str()));
        let same_letters = || self.paths.iter().copied().find(|path| path.eq_ignore_ascii_case(wanted));
        let (folder, name) = wanted.rsplit_once('/').unwrap_or(("", wanted));
        let same_name = || {
            let mut found = self.paths.iter().copied().filter(|path| name_of(path) == name && name != "index.md");
            found.next().filter(|_| found.next().is_none())
        };
        let near_name = || {
            let beside = |path: &&str| path.rsplit_once('/').is_some_and(|(own, _)| own == folder);
            let near = nearest(name, self.paths.iter().copied().filter(beside).map(name_of))?;
            self.paths.iter().copied().find(|path| beside(path) && name_of(path) == near)
        };
        exact.map(|(path, _)| *path).or_else(same_letters).or_else(same_name).or_else(near_name)
    }

    /// The place that a fragment means.
    fn place(&self, to: Subject, fragment: &str, link: &Link) -> Option<Target> {
        let inside = |to, fragment: Option<&str>| Target::Inside { to, fragment: fragment.map(str::to_owned) };
        let found = match to {
            Subject::Page(page) => self.page_has(page, fragment).then(|| inside(to, Some(fragment))),
            Subject::Framework(index) => self.in_framework(index, fragment),
            Subject::Item(framework, at) => self.item_has(framework, at, fragment).then(|| inside(to, Some(fragment))),
            Subject::Point(..) | Subject::Profile(..) => None,
            Subject::Asset(_) => Some(inside(to, Some(fragment))),
        };
        if found.is_none() {
            let diagnostic = self.missing_place(to, fragment);
            self.findings.borrow_mut().push(diagnostic.at(fragment_span(link)));
        }
        found
    }

    fn missing_place(&self, to: Subject, fragment: &str) -> Diagnostic {
        let known = self.places(to);
        let diagnostic = Diagnostic::new(
            codes::BROKEN_FRAGMENT,
            format!("“{}” has no place `#{fragment}`", self.handbook.title(to)),
        );
        let near = nearest(fragment, known.iter().map(String::as_str)).or_else(|| {
            let as_slug = slug(fragment);
            known
                .iter()
                .map(String::as_str)
                .find(|own| **own == as_slug || (!as_slug.is_empty() && own.contains(&as_slug)))
        });
        match near {
            Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
            None if known.is_empty() => diagnostic.help("that page has no headings; link to the page alone"),
            None => {
                diagnostic.help(format!("its places are {}", crate::diagnostic::list(known.iter().map(String::as_str))))
            }
        }
    }

    fn places(&self, to: Subject) -> Vec<String> {
        match to {
            Subject::Page(page) => {
                let page = &self.handbook.pages[page];
                let headings = page.headings().map(|(_, heading)| heading.anchor.clone());
                headings.chain(page.numbers.anchors().map(str::to_owned)).collect()
            }
            Subject::Framework(index) => {
                let framework = &self.handbook.frameworks[index];
                let items = framework.items().map(|at| framework.item(at).id.clone());
                let points = framework
                    .scales
                    .iter()
                    .flat_map(|scale| scale.points.iter().map(|point| format!("{}/{}", scale.id, point.id)));
                let profiles = framework.profiles.iter().map(|profile| profile.id.clone());
                let indicators = framework
                    .cells()
                    .flat_map(|(_, cell)| cell.indicators.iter().map(|indicator| indicator.id.clone()));
                items.chain(points).chain(profiles).chain(indicators).collect()
            }
            Subject::Item(framework, at) => {
                let cells = &self.handbook.item(framework, at).cells;
                let scales = &self.handbook.frameworks[framework].scales;
                let anchors = cells.iter().map(|cell| Cell::anchor(&cell.place, scales));
                anchors
                    .chain(cells.iter().flat_map(|cell| cell.indicators.iter().map(|indicator| indicator.id.clone())))
                    .collect()
            }
            Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => Vec::new(),
        }
    }

    fn page_has(&self, page: usize, fragment: &str) -> bool {
        let page = &self.handbook.pages[page];
        page.headings().any(|(_, heading)| heading.anchor == fragment)
            || page.numbers.has_anchor(fragment)
            || page.chapter.is_some_and(|chapter| chapter.to_string() == fragment)
            || page.document.as_ref().is_some_and(|document| {
                let notes = document.body.notes.iter().any(|note| note.anchor == fragment);
                notes || document.body.ids.iter().any(|id| id == fragment)
            })
    }

    fn item_has(&self, framework: usize, at: ItemRef, fragment: &str) -> bool {
        self.handbook.item(framework, at).anchors.has(fragment)
    }

    /// A value, a behaviour (`value/behaviour` where it isn't the only one), a point (`scale/point`), a profile, an indicator, or a
    /// heading of the introduction.
    fn in_framework(&self, index: usize, fragment: &str) -> Option<Target> {
        let framework = &self.handbook.frameworks[index];
        let at = |to| Target::Inside { to, fragment: None };
        let item = framework.items().find(|at| {
            let item = framework.item(*at);
            let whole =
                at.behaviour.is_some() && format!("{}/{}", framework.values[at.value].item.id, item.id) == fragment;
            whole || item.id == fragment
        });
        if let Some(item) = item {
            return Some(at(Subject::Item(index, item)));
        }
        if let Some(profile) = framework.profiles.iter().position(|profile| profile.id == fragment) {
            return Some(at(Subject::Profile(index, profile)));
        }
        if let Some((to, fragment)) = self.point(index, fragment) {
            return Some(Target::Inside { to, fragment });
        }
        let (rest, name) = fragment.rsplit_once('/').map_or((None, fragment), |(rest, name)| (Some(rest), name));
        for (at, cell) in framework.cells() {
            let is_here = rest.is_none_or(|rest| {
                framework.item(at).id == rest || rest.ends_with(&format!("/{}", framework.item(at).id))
            });
            if is_here && cell.indicators.iter().any(|indicator| indicator.id == name) {
                return Some(Target::Inside { to: Subject::Item(index, at), fragment: Some(name.to_owned()) });
            }
        }
        framework
            .anchors
            .has(fragment)
            .then(|| Target::Inside { to: Subject::Framework(index), fragment: Some(fragment.to_owned()) })
    }

    /// The page of a point, or for ratings and stances, which have none, its words on the framework's page.
    fn point(&self, index: usize, fragment: &str) -> Option<(Subject, Option<String>)> {
        let framework = &self.handbook.frameworks[index];
        let (scale_id, point_id) =
            fragment.split_once('/').map_or((None, fragment), |(scale, point)| (Some(scale), point));
        let (scale, point) = framework.scales.iter().enumerate().find_map(|(index, scale)| {
            let is_meant = scale_id.is_none_or(|id| scale.id == id);
            scale.points.iter().position(|point| is_meant && point.id == point_id).map(|point| (index, point))
        })?;
        if framework.scales[scale].kind.has_pages() {
            return Some((Subject::Point(index, scale, point), None));
        }
        Some((Subject::Framework(index), framework.scales[scale].point_anchor(point)))
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

/// The path that an address means, counted from a file. None where it leads out of the handbook.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') { vec!["content"] } else { from.split('/').collect() };
    if !path.starts_with('/') {
        parts.pop();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The last part of a path.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// How one source names another.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<_> = from.split('/').collect();
    let to: Vec<_> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let shared = folders.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = vec![".."; folders.len() - shared];
    up.into_iter().chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_count_from_the_file_they_stand_in() {
        assert_eq!(join("content/a/b.md", "../c.md").as_deref(), Some("content/c.md"));
        assert_eq!(join("content/a.md", "../frameworks/v.toml").as_deref(), Some("frameworks/v.toml"));
        assert_eq!(join("content/a.md", "../../x.md"), None);
        assert_eq!(relative("content/a/b.md", "frameworks/v.toml"), "../../frameworks/v.toml");
        assert_eq!(relative("content/a/b.md", "content/a/c.md"), "c.md");
    }
}
