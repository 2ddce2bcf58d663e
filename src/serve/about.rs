//! The preview panel: what an author wants to know of the page on view.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::edition::Edition;
use super::preview::Findings;
use crate::content::block;
use crate::content::front_matter::Governance;
use crate::finding::html::{self, escaped};
use crate::framework::{Framework, Indicator, Item, Place};
use crate::handbook::{Handbook, Subject};
use crate::site::{Show, Site};
use crate::theme::Strings;

/// What is shown at a path: its source, who answers for it, what was found in it, and the indicators on it with their ids.
pub fn html(edition: &Edition, path: &str, findings: &Findings) -> String {
    let site = edition.site();
    let subject = match edition.route(path).map(|route| route.show) {
        Some(Show::Subject(subject)) => Some(subject),
        Some(Show::Redirect(redirect)) => Some(site.handbook.redirects[redirect].to),
        _ => None,
    };
    let Some(subject) = subject else {
        return "<p>Ethos makes this page itself, from the whole handbook.</p>".to_owned();
    };
    let source = source(site, subject);
    let mut html = format!("<dl><dt>Source</dt><dd><code class=\"path\">{}</code></dd>", escaped(source));
    html.push_str(&governance(site, subject));
    html.push_str("</dl>");
    html.push_str(&found(source, findings));
    html.push_str(&indicators(&site.handbook, subject));
    html
}

/// The file that a page is made from; a section without one of its own has its folder.
fn source(site: &Site, subject: Subject) -> &str {
    let path = site.handbook.source(subject, &site.sources);
    let is_missing = matches!(subject, Subject::Page(page) if site.handbook.pages[page].document.is_none());
    if is_missing { path.trim_end_matches("index.md") } else { path }
}

fn governance(site: &Site, subject: Subject) -> String {
    let governance = site.handbook.governance(subject);
    let owner = escaped(governance.owner.as_deref().unwrap_or("nobody is named"));
    let review = review(&governance, site.theme.strings(&site.handbook.config.language));
    format!("<dt>Owner</dt><dd>{owner}</dd><dt>Review</dt><dd>{review}</dd>")
}

/// "last reviewed 5 January 2026, due 5 January 2027"
fn review(governance: &Governance, strings: &Strings) -> String {
    let say = |date| escaped(&strings.date(date));
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let last = governance.last_reviewed.map(|last| format!("last reviewed {}", say(last)));
    let due = governance.review_by.map(|due| match due < today {
        true => format!("<strong>overdue since {}</strong>", say(due)),
        false => format!("due {}", say(due)),
    });
    let parts: Vec<String> = last.into_iter().chain(due).collect();
    if parts.is_empty() { "never reviewed, and no date is set".to_owned() } else { parts.join(", ") }
}

/// What was found in a file.
fn found(source: &str, findings: &Findings) -> String {
    let is_here = |path: &str| {
        path == source || (source.ends_with('/') && path.starts_with(source) && !path[source.len()..].contains('/'))
    };
    let own: Vec<_> = findings
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.location(&findings.sources).is_some_and(|(path, _)| is_here(path)))
        .cloned()
        .collect();
    match own.len() {
        0 => "<h3>Findings</h3><p>Nothing is wrong with this page.</p>".to_owned(),
        _ => format!("<h3>Findings</h3><ol class=\"list\">{}</ol>", html::draw(&own, &findings.sources)),
    }
}

/// The indicators on a page, each with the id that a link names it by.
fn indicators(handbook: &Handbook, subject: Subject) -> String {
    let mut found: Vec<&Indicator> = Vec::new();
    match subject {
        Subject::Item(framework, at) => found.extend(asked(handbook.item(framework, at), |_| true)),
        Subject::Point(framework, scale, point) => {
            let own = &handbook.frameworks[framework];
            let points = with_included(own, scale, point);
            let items = own.items().map(|at| own.item(at));
            found.extend(items.flat_map(|item| asked(item, |place| is_at(place, scale, &points))));
        }
        Subject::Profile(framework, profile) => {
            let own = &handbook.frameworks[framework];
            for need in &own.profiles[profile].needs {
                let points = with_included(own, need.scale, need.point);
                found.extend(asked(own.item(need.item), |place| is_at(place, need.scale, &points)));
            }
        }
        Subject::Page(page) => {
            let blocks = handbook.pages[page].document.iter().flat_map(|document| &document.body.blocks);
            for block in blocks.filter(|block| block.show == block::Show::Indicators) {
                if let Ok((framework, Some(at))) = handbook.find_block(block) {
                    found.extend(asked(handbook.item(framework, at), |_| true));
                }
            }
        }
        Subject::Framework(_) | Subject::Asset(_) => {}
    }
    if found.is_empty() {
        return String::new();
    }
    let mut html = format!("<h3>Indicators on this page ({})</h3><ul class=\"ids\">", found.len());
    for indicator in found {
        // Writing to a string never fails.
        let _ = write!(html, "<li><code>{}</code> {}</li>", escaped(&indicator.id), escaped(&indicator.words));
    }
    html + "</ul>"
}

fn asked(item: &Item, at: impl Fn(&Place) -> bool) -> impl Iterator<Item = &Indicator> {
    item.cells.iter().filter(move |cell| at(&cell.place)).flat_map(|cell| &cell.indicators)
}

/// A point, and those that it builds on.
fn with_included(framework: &Framework, scale: usize, point: usize) -> Vec<usize> {
    std::iter::once(point).chain(framework.scales[scale].included(point)).collect()
}

fn is_at(place: &Place, scale: usize, points: &[usize]) -> bool {
    place[scale].is_some_and(|point| points.contains(&point))
}
