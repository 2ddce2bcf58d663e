//! Addresses: where everything is published, relative to the site's root.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Handbook, Redirect, Subject};
use crate::content::prose::Prose;
use crate::framework::Cell;
use crate::words::address::{encode, encode_fragment, encode_with, file_at};

impl Handbook {
    /// The address of a subject, unescaped.
    pub fn address(&self, subject: Subject) -> Cow<'_, str> {
        match subject {
            Subject::Page(page) => Cow::Borrowed(&*self.pages[page].address),
            Subject::Framework(framework) => [&self.frameworks[framework].id, "/index.html"].concat().into(),
            Subject::Item(framework, at) => {
                let own = &self.frameworks[framework];
                let value = &own.values[at.value];
                match at.behaviour {
                    None => [&own.id, "/", &value.item.id, ".html"].concat().into(),
                    Some(behaviour) => {
                        [&own.id, "/", &value.item.id, "/", &value.behaviours[behaviour].id, ".html"].concat().into()
                    }
                }
            }
            Subject::Point(framework, scale, point) => {
                let own = &self.frameworks[framework];
                let scale = &own.scales[scale];
                [&own.id, "/", &scale.id, "/", &scale.points[point].id, ".html"].concat().into()
            }
            Subject::Profile(framework, profile) => {
                let own = &self.frameworks[framework];
                [&own.id, "/profiles/", &own.profiles[profile].id, ".html"].concat().into()
            }
            Subject::Asset(asset) => Cow::Borrowed(&self.assets[asset].address),
        }
    }

    /// The address of a subject as it stands in a link, with a fragment.
    pub fn url(&self, subject: Subject, fragment: Option<&str>) -> String {
        encode_with(&self.address(subject), fragment)
    }

    /// The places of a subject that people can link to: headings, clauses, indicators.
    pub fn fragments(&self, subject: Subject) -> Vec<Cow<'_, str>> {
        fn headings(prose: &Prose) -> impl Iterator<Item = Cow<'_, str>> {
            prose.headings().map(|(_, heading)| Cow::from(&heading.anchor))
        }
        match subject {
            Subject::Page(page) => {
                let page = &self.pages[page];
                let numbers = page.numbers.anchors().map(Cow::from);
                let bodies = page.document.iter().map(|document| &document.body);
                let ids = bodies.clone().flat_map(|body| &body.ids).map(Cow::from);
                let chapter = page.chapter.map(|chapter| Cow::from(chapter.to_string()));
                bodies.flat_map(headings).chain(numbers).chain(ids).chain(chapter).collect()
            }
            Subject::Framework(framework) => {
                let own = &self.frameworks[framework];
                let proses = own.introduction.iter().chain(&own.conclusion).flat_map(headings);
                let scales = own.scales.iter().filter(|scale| !scale.kind.has_pages());
                let points = scales.flat_map(|scale| {
                    (0..scale.points.len()).filter_map(|point| scale.point_anchor(point).map(Cow::from))
                });
                proses.chain(points).collect()
            }
            Subject::Item(framework, at) => {
                let item = self.item(framework, at);
                let scales = &self.frameworks[framework].scales;
                let cells = item.cells.iter().flat_map(|cell| {
                    let ids = cell.indicators.iter().map(|indicator| Cow::from(&indicator.id));
                    [Cow::from(Cell::anchor(&cell.place, scales))].into_iter().chain(ids)
                });
                let prose = item.description.iter().chain(&item.conclusion).flat_map(headings);
                prose.chain(cells).filter(|id| item.anchors.has(id)).collect()
            }
            Subject::Point(..) | Subject::Profile(..) | Subject::Asset(_) => Vec::new(),
        }
    }

    /// Every address of the handbook as it stands in a link, sorted, one a line; below each all places on it, sorted too.
    pub fn addresses_text(&self) -> String {
        let of_page = |subject: Subject| {
            let address = encode(&self.address(subject));
            let mut places = self.fragments(subject);
            places.sort_unstable();
            places.dedup();
            let mut lines = String::new();
            for place in &places {
                lines.extend([&address, "#", &encode_fragment(place), "\n"]);
            }
            (address, lines)
        };
        let mut all: Vec<(String, String)> = self.reading_order().into_par_iter().map(of_page).collect();
        let files = (0..self.assets.len()).map(|asset| self.url(Subject::Asset(asset), None));
        let old = self.redirects.iter().map(|redirect| encode(&redirect.from));
        all.extend(files.chain(old).map(|address| (address, String::new())));
        all.sort_unstable();
        all.dedup();
        let mut text = String::with_capacity(all.iter().map(|(address, lines)| address.len() + lines.len() + 1).sum());
        for (address, lines) in &all {
            text.extend([address, "\n", lines]);
        }
        text
    }

    /// The old address at which a file answers.
    pub fn redirect_from(&self, file: &str) -> Option<&Redirect> {
        self.redirects.binary_search_by(|redirect| (*redirect.from).cmp(file)).ok().map(|at| &self.redirects[at])
    }

    /// What to tell the web server so that it leads on from an old address at which no page can answer, in words for whoever keeps it.
    pub fn server_rule(&self, redirect: &Redirect) -> String {
        let base = self.config.base_url.as_deref().and_then(|base| base.splitn(4, '/').nth(3)).unwrap_or_default();
        let from = redirect.from.strip_suffix(".html").unwrap_or(&redirect.from);
        let to = self.url(redirect.to, None);
        // Apache compares the first with the address as it is decoded, and sends the second as it stands (mod_alias).
        let rule = format!("Redirect permanent \"/{base}{from}\" \"/{base}{to}\"");
        format!("ask whoever keeps the server for this rule (Apache's spelling): {rule}")
    }

    /// The address below the site's root that a web address means, unescaped, if it is one of this handbook's; a folder's is its
    /// index.html.
    pub fn own_address(&self, url: &str) -> Option<String> {
        let without_scheme = |url: &str| {
            let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
            let length = ["https://", "http://"].iter().find(|scheme| lower.starts_with(**scheme))?.len();
            Some(url[length..].to_owned())
        };
        let base = without_scheme(self.config.base_url.as_deref()?)?;
        let url = without_scheme(url.trim())?;
        let host = base.find('/')?;
        let is_same_host = url.get(..host)?.eq_ignore_ascii_case(&base[..host]);
        let path = url.split(['#', '?']).next().unwrap_or_default();
        let path = if path.len() == host { "/" } else { &path[host..] };
        let inside = match path.strip_prefix(&base[host..]) {
            Some(inside) => inside,
            None if format!("{path}/") == base[host..] => "",
            None => return None,
        };
        is_same_host.then(|| file_at(&percent_decode_str(inside).decode_utf8_lossy()))
    }

    /// The page, part of a framework or file that a web address of this handbook means, and whether by an old address.
    pub fn own_page(&self, url: &str) -> Option<(Subject, bool)> {
        self.at_address(&self.own_address(url)?)
    }

    /// The same for an address that counts from the site's root.
    pub fn at_address(&self, address: &str) -> Option<(Subject, bool)> {
        self.addresses.get(address).copied()
    }

    /// What stands at each address, and whether it is an old one.
    pub(super) fn by_address(&self) -> FxHashMap<String, (Subject, bool)> {
        let files = (0..self.assets.len()).map(Subject::Asset);
        let now = self.reading_order().into_iter().chain(files);
        let old = self.redirects.iter().map(|redirect| (redirect.from.clone(), (redirect.to, true)));
        old.chain(now.map(|subject| (self.address(subject).into_owned(), (subject, false)))).collect()
    }
}

/// Whether an address is one at which Ethos may make something without a source, in this handbook or another.
pub fn is_made(address: &str) -> bool {
    const MADE: [&str; 7] =
        ["404.html", "a-z.html", "accessibility.html", "addresses.txt", "print.html", "search.html", "sitemap.xml"];
    let is_data = ["/framework.json", "/indicators.csv"].iter().any(|name| address.ends_with(name));
    let is_below = ["a-z/", "assets/", "search/"].iter().any(|folder| address.starts_with(folder));
    MADE.contains(&address) || is_data || is_below
}
