//! Data for other programs: a framework as JSON, its indicators as a table, the list of pages for search engines.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::rc::Rc;

use serde::Serialize;

use super::markdown::{self, Pen};
use super::{Renderer, url_of};
use crate::content::prose::Prose;
use crate::framework::{Cell, Framework, Item, ItemRef, Scale, When};
use crate::handbook::{Handbook, Subject, Target};
use crate::site::Show;

/// `framework.json`
#[derive(Serialize)]
struct Data<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    summary: Option<&'a str>,
    applies_to: Option<&'a str>,
    edition: Option<&'a str>,
    reference: Option<&'a str>,
    issued_by: Option<&'a str>,
    approved_by: Option<&'a str>,
    approved_on: Option<String>,
    in_force: Option<String>,
    caveat: Option<String>,
    scales: Vec<ScaleData<'a>>,
    values: Vec<ItemData<'a>>,
    indicators: Vec<IndicatorData<'a>>,
    profiles: Vec<ProfileData<'a>>,
}

#[derive(Serialize)]
struct ScaleData<'a> {
    id: &'a str,
    kind: &'static str,
    title: &'a str,
    highest: &'static str,
    points: Vec<PointData<'a>>,
}

#[derive(Serialize)]
struct PointData<'a> {
    id: &'a str,
    title: &'a str,
    description: Option<String>,
    tone: &'static str,
    builds_on: Vec<&'a str>,
}

#[derive(Serialize)]
struct ItemData<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    statement: Option<String>,
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conclusion: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    behaviours: Option<Vec<ItemData<'a>>>,
}

/// An indicator, or (with `"kind": "text"`) the prose that stands at a point instead of a list.
#[derive(Serialize)]
struct IndicatorData<'a> {
    id: String,
    kind: &'static str,
    url: String,
    /// A line for each paragraph and item.
    text: String,
    /// The same as blocks; addresses count from the site's root.
    html: String,
    value: Named<'a>,
    behaviour: Option<Named<'a>>,
    scales: BTreeMap<&'a str, &'a str>,
    /// Words before the list, which the text completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_in: Option<&'a str>,
    /// What the point means here, where a list stands beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    examples: Vec<String>,
    /// The texts of the footnotes that are mentioned in any of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    footnotes: Vec<String>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct ProfileData<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    needs: Vec<NeedData<'a>>,
}

#[derive(Serialize)]
struct NeedData<'a> {
    value: &'a str,
    behaviour: Option<&'a str>,
    scale: &'a str,
    point: &'a str,
}

/// A framework as JSON; every `url` is relative to the site's root.
pub fn json(renderer: &Renderer, index: usize) -> String {
    let handbook = &*renderer.site().handbook;
    let framework = &handbook.frameworks[index];
    let edition = &framework.edition;
    let data = Data {
        id: &framework.id,
        title: &framework.title,
        url: handbook.url(Subject::Framework(index), None),
        summary: framework.summary.as_deref(),
        applies_to: framework.applies_to.as_deref(),
        edition: edition.edition.as_deref(),
        reference: edition.reference.as_deref(),
        issued_by: edition.issued_by.as_deref(),
        approved_by: edition.approved_by.as_deref(),
        approved_on: edition.approved_on.as_ref().map(when),
        in_force: edition.in_force.as_ref().map(when),
        caveat: framework.caveat.as_ref().map(|prose| prose.words()),
        scales: framework.scales.iter().map(scale).collect(),
        values: (0..framework.values.len())
            .map(|value| item(handbook, index, ItemRef { value, behaviour: None }))
            .collect(),
        indicators: indicators(renderer, index),
        profiles: profiles(handbook, index),
    };
    match serde_json::to_string_pretty(&data) {
        Ok(text) => text + "\n",
        Err(error) => unreachable!("strings always become JSON: {error}"),
    }
}

fn when(when: &When) -> String {
    match when {
        When::Day(date) => date.to_string(),
        When::Words(words) => words.clone(),
    }
}

fn scale(scale: &Scale) -> ScaleData<'_> {
    let point = |point| {
        let point: &crate::framework::Point = point;
        PointData {
            id: &point.id,
            title: &point.title,
            description: point.description.as_ref().map(|prose| prose.words()),
            tone: point.tone.word(),
            builds_on: point.builds_on.iter().map(|lower| scale.points[*lower].id.as_str()).collect(),
        }
    };
    ScaleData {
        id: &scale.id,
        kind: scale.kind.word(),
        title: &scale.title,
        highest: if scale.highest_first { "first" } else { "last" },
        points: scale.points.iter().map(point).collect(),
    }
}

fn item(handbook: &Handbook, index: usize, at: ItemRef) -> ItemData<'_> {
    let framework = &handbook.frameworks[index];
    let own = framework.item(at);
    let behaviours = framework.values[at.value].behaviours.len();
    ItemData {
        id: &own.id,
        title: &own.title,
        url: handbook.url(Subject::Item(index, at), None),
        statement: own.statement.as_ref().map(|prose| prose.words()),
        description: own.description.as_ref().map(|prose| with_footnotes(handbook, own, prose)),
        conclusion: own.conclusion.as_ref().map(|prose| with_footnotes(handbook, own, prose)),
        behaviours: (at.behaviour.is_none() && behaviours > 0).then(|| {
            (0..behaviours)
                .map(|behaviour| item(handbook, index, ItemRef { behaviour: Some(behaviour), ..at }))
                .collect()
        }),
    }
}

/// A text of a value as its author wrote it, with the footnotes that it mentions.
fn with_footnotes(handbook: &Handbook, item: &Item, prose: &Prose) -> String {
    let mut text = source(handbook, prose);
    let mut seen = HashSet::new();
    let mentioned = prose.mentions.iter().filter(|mention| seen.insert(&mention.label));
    for footnote in mentioned.filter_map(|mention| item.footnote(&mention.label)) {
        text.push_str("\n\n");
        text.push_str(&source(handbook, &footnote.prose));
    }
    text
}

/// A text as its author wrote it, each link turned into an address that counts from the site's root like every `url` here.
fn source(handbook: &Handbook, prose: &Prose) -> String {
    let text = prose.text.as_str();
    let mut places = BTreeMap::new();
    for link in &prose.links {
        // Behind the words of the link, or where the reference that it names is defined.
        let behind = |mark: &str| {
            let from = link.start + text[link.start..].find(&format!("{mark}{}", link.destination))?;
            Some(from + mark.len())
        };
        let Some(at) = behind("](").or_else(|| behind("](<")).or_else(|| behind("")).or(text.find(&link.destination))
        else {
            continue;
        };
        if let Some(Target::Inside { to, fragment }) = handbook.target(link) {
            places.insert(at, (link.destination.len(), handbook.url(to, fragment.as_deref())));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, (length, url)) in places {
        if let Some(before) = text.get(done..at) {
            out.push_str(before);
            out.push_str(&url);
            done = at + length;
        }
    }
    out.push_str(&text[done..]);
    out.trim().to_owned()
}

fn indicators(renderer: &Renderer, index: usize) -> Vec<IndicatorData<'_>> {
    let handbook = &*renderer.site().handbook;
    let pen = Pen {
        handbook,
        strings: renderer.site().theme.strings(&handbook.config.language),
        root: "",
        here: None,
        numbers: None,
        has_ids: false,
        shift: 0,
        block: &|_, _| String::new(),
        shared: &[],
        footnotes: None,
        names: Rc::default(),
    };
    let framework = &handbook.frameworks[index];
    framework.cells().flat_map(|(at, cell)| cell_data(&pen, index, framework, at, cell)).collect()
}

fn cell_data<'a>(
    pen: &Pen<'a>,
    index: usize,
    framework: &'a Framework,
    at: ItemRef,
    cell: &'a Cell,
) -> Vec<IndicatorData<'a>> {
    let item = framework.item(at);
    let named = |at| {
        let item = framework.item(at);
        Named { id: &item.id, title: &item.title }
    };
    let blocks = |prose: &Prose| markdown::html(prose, pen).unwrap_or_default().trim_end().to_owned();
    let one = |id: &str, kind, texts: &[&Prose]| IndicatorData {
        id: id.to_owned(),
        kind,
        url: pen.handbook.url(Subject::Item(index, at), Some(id).filter(|id| !id.is_empty())),
        text: texts.iter().map(|prose| prose.lines()).collect::<Vec<_>>().join("\n"),
        html: texts.iter().map(|prose| blocks(prose)).collect::<Vec<_>>().join("\n"),
        value: named(ItemRef { behaviour: None, ..at }),
        behaviour: at.behaviour.map(|_| named(at)),
        scales: framework
            .scales
            .iter()
            .zip(&cell.place)
            .filter_map(|(scale, point)| point.map(|point| (scale.id.as_str(), scale.points[point].id.as_str())))
            .collect(),
        lead_in: None,
        definition: None,
        note: None,
        examples: Vec::new(),
        footnotes: footnotes(item, texts),
    };
    if !cell.indicators.is_empty() {
        return cell
            .indicators
            .iter()
            .map(|indicator| {
                let texts = [&indicator.text].into_iter().chain(&indicator.note).chain(&indicator.examples);
                IndicatorData {
                    lead_in: cell.lead_in.as_ref().or(item.lead_in.as_ref()).map(String::as_str),
                    definition: cell.definition.as_ref().map(Prose::words),
                    note: indicator.note.as_ref().map(Prose::lines),
                    examples: indicator.examples.iter().map(Prose::lines).collect(),
                    footnotes: footnotes(item, &texts.chain(&cell.definition).collect::<Vec<_>>()),
                    ..one(&indicator.id, "statement", &[&indicator.text])
                }
            })
            .collect();
    }
    // Only words that stand where a list could: what is said of a whole audience, say, isn't asked at any one place.
    let is_whole = item.scales.iter().all(|scale| cell.place[*scale].is_some());
    let texts: Vec<_> = cell.definition.iter().chain(&cell.text).collect();
    if !is_whole || texts.is_empty() {
        return Vec::new();
    }
    vec![one(&Cell::anchor(&cell.place, &framework.scales), "text", &texts)]
}

/// The texts of the footnotes that some texts of a value mention, in the order of the mentions.
fn footnotes(item: &Item, texts: &[&Prose]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mentioned = texts.iter().flat_map(|prose| &prose.mentions).filter(|mention| seen.insert(&mention.label));
    mentioned.filter_map(|mention| item.footnote(&mention.label)).map(|footnote| footnote.prose.words()).collect()
}

fn profiles(handbook: &Handbook, index: usize) -> Vec<ProfileData<'_>> {
    let framework = &handbook.frameworks[index];
    let need = |need: &crate::framework::Need| NeedData {
        value: &framework.values[need.item.value].item.id,
        behaviour: need.item.behaviour.map(|_| framework.item(need.item).id.as_str()),
        scale: &framework.scales[need.scale].id,
        point: &framework.scales[need.scale].points[need.point].id,
    };
    let profiles = framework.profiles.iter().enumerate();
    profiles
        .map(|(at, profile)| ProfileData {
            id: &profile.id,
            title: &profile.title,
            url: handbook.url(Subject::Profile(index, at), None),
            needs: profile.needs.iter().map(need).collect(),
        })
        .collect()
}

/// A framework's indicators as CSV (RFC 4180), with a column for each scale.
pub fn table(renderer: &Renderer, index: usize) -> String {
    let handbook = &*renderer.site().handbook;
    let framework = &handbook.frameworks[index];
    let scales: Vec<_> = framework.scales.iter().map(|scale| scale.id.as_str()).collect();
    let head = ["id", "value", "behaviour"].into_iter().chain(scales.iter().copied()).chain(["text", "url"]);
    let mut csv = row(head);
    for indicator in indicators(renderer, index) {
        let titles = framework.scales.iter().map(|scale| {
            let point = indicator
                .scales
                .get(scale.id.as_str())
                .and_then(|id| scale.points.iter().find(|point| point.id == **id));
            point.map_or("", |point| point.title.as_str())
        });
        let behaviour = indicator.behaviour.as_ref().map_or("", |behaviour| behaviour.title);
        let start = [indicator.id.as_str(), indicator.value.title, behaviour];
        csv.push_str(&row(start.into_iter().chain(titles).chain([indicator.text.as_str(), indicator.url.as_str()])));
    }
    csv
}

fn row<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let mut line = fields.map(field).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A field, quoted where it must be; one that a spreadsheet would take for a formula gets an apostrophe.
fn field(text: &str) -> String {
    let safe = if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if safe.contains([',', '"', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// `sitemap.xml` (sitemaps.org, version 0.9): every page.
pub fn sitemap(renderer: &Renderer) -> String {
    let site = renderer.site();
    let base = site.handbook.config.base_url.as_deref().unwrap_or_default();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for route in &site.routes {
        if !matches!(route.show, Show::Subject(subject) if !matches!(subject, Subject::Asset(_))) {
            continue;
        }
        let url = markdown::escaped(&format!("{base}{}", url_of(&route.path)));
        let _ = writeln!(xml, "<url><loc>{url}</loc></url>");
    }
    xml.push_str("</urlset>\n");
    xml
}
