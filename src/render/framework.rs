//! Frameworks: their own page, their values, behaviours, points and profiles, and the blocks that show parts of them in pages.

use std::cell::RefCell;
use std::collections::HashSet;

use tera::Context;

use super::asked::Drawing;
use super::frame::{self, Own};
use super::markdown::{self, Pen};
use super::views::{
    BlockView, CardView, ContentsEntry, EntryView, FrameworkHead, FrameworkView, ItemView, Link, MatrixCell,
    MatrixColumn, MatrixRow, MatrixView, MetaView, NeedView, NestedPoint, PointPageView, PointView, ProfileCardView,
    ProfileView, ScaleView, TermView, TermsView,
};
use super::{Drawn, Renderer, Sheet, root_of};
use crate::content::block::{FrameworkBlock, Show};
use crate::content::prose::Prose;
use crate::framework::{Cell, Framework, ItemRef, Scale, ScaleKind, Term};
use crate::handbook::{Subject, address};
use crate::site::index::capitalised;
use crate::theme::Strings;

/// One framework while a page is drawn.
struct Part<'r, 'a> {
    renderer: &'r Renderer<'a>,
    index: usize,
    own: &'a Framework,
    strings: &'a Strings,
    pen: Pen<'r>,
}

/// There are no framework blocks inside a framework's own prose.
const NO_BLOCKS: &dyn Fn(&FrameworkBlock, usize) -> String = &|_, _| String::new();

impl<'r, 'a: 'r> Part<'r, 'a> {
    /// `here`: the page that is drawn, if it is one of the framework's.
    fn new(renderer: &'r Renderer<'a>, index: usize, root: &'r str, here: Option<Subject>, language: &str) -> Self {
        let handbook = renderer.site.handbook;
        let strings = renderer.site.theme.strings(language);
        let pen = Pen {
            handbook,
            strings,
            root,
            here,
            numbers: None,
            has_ids: here.is_some(),
            shift: 0,
            block: NO_BLOCKS,
            names: RefCell::new(HashSet::new()),
        };
        Self { renderer, index, own: &handbook.frameworks[index], strings, pen }
    }

    fn blocks(&self, prose: Option<&Prose>) -> Option<String> {
        prose.and_then(|prose| markdown::html(prose, &self.pen))
    }

    /// A framework's own prose may hold framework blocks.
    fn blocks_with(
        &self,
        prose: Option<&Prose>,
        failed: &RefCell<Option<Box<crate::diagnostic::Diagnostic>>>,
    ) -> Option<String> {
        let draw = |shown: &FrameworkBlock, heading: usize| {
            let language = &self.pen.handbook.config.language;
            block(self.renderer, shown, heading, self.pen.root, language).unwrap_or_else(|diagnostic| {
                failed.replace(Some(diagnostic));
                String::new()
            })
        };
        let pen = Pen { block: &draw, names: self.pen.names.clone(), ..self.pen };
        prose.and_then(|prose| markdown::html(prose, &pen))
    }

    /// The same without ids, for a text whose home is another page.
    fn copied(&self, prose: Option<&Prose>) -> Option<String> {
        let pen = Pen { has_ids: false, names: self.pen.names.clone(), ..self.pen };
        prose.and_then(|prose| markdown::html(prose, &pen))
    }

    fn inline(&self, prose: Option<&Prose>) -> Option<String> {
        let pen = Pen { has_ids: false, names: self.pen.names.clone(), ..self.pen };
        prose.map(|prose| markdown::inline(prose, &pen))
    }

    fn url(&self, subject: Subject) -> String {
        self.pen.handbook.url(subject, None)
    }

    fn drawing(&self, at: ItemRef, is_copy: bool) -> Drawing<'_> {
        Drawing { pen: &self.pen, index: self.index, framework: self.own, at, is_copy }
    }

    fn terms(&self) -> TermsView {
        let term = |own: &Option<Term>, name: &str| match own {
            Some(term) => TermView { one: term.one.clone(), many: term.many.clone() },
            None => TermView {
                one: self.strings.text(&format!("terms.{name}.one")).to_owned(),
                many: self.strings.text(&format!("terms.{name}.many")).to_owned(),
            },
        };
        let own = &self.own.terms;
        TermsView {
            value: term(&own.value, "value"),
            behaviour: term(&own.behaviour, "behaviour"),
            indicator: term(&own.indicator, "indicator"),
        }
    }

    fn head(&self) -> FrameworkHead {
        FrameworkHead {
            title: self.own.title.clone(),
            url: self.url(Subject::Framework(self.index)),
            applies_to: self.own.applies_to.clone(),
            caveat_html: self.copied(self.own.caveat.as_ref()),
            terms: self.terms(),
        }
    }

    fn meta(&self) -> MetaView {
        let edition = &self.own.edition;
        MetaView {
            edition: edition.edition.clone(),
            reference: edition.reference.clone(),
            issued_by: edition.issued_by.clone(),
            approved_by: edition.approved_by.clone(),
            approved_on: frame::when(edition.approved_on.as_ref(), self.strings),
            in_force: frame::when(edition.in_force.as_ref(), self.strings),
            ..frame::meta(&self.own.governance, self.pen.handbook, self.strings)
        }
    }

    fn link(&self, subject: Subject) -> Link {
        frame::link(self.pen.handbook, subject)
    }

    fn point_link(&self, scale: usize, point: usize) -> Link {
        let own = &self.own.scales[scale];
        let url = if own.kind.has_pages() {
            self.url(Subject::Point(self.index, scale, point))
        } else {
            self.pen.handbook.url(Subject::Framework(self.index), own.point_anchor(point).as_deref())
        };
        Link { title: own.points[point].title.clone(), url }
    }

    fn card(&self, at: ItemRef) -> CardView {
        let item = self.own.item(at);
        let behaviours = match at.behaviour {
            None => (0..self.own.values[at.value].behaviours.len())
                .map(|behaviour| self.card(ItemRef { behaviour: Some(behaviour), ..at }))
                .collect(),
            Some(_) => Vec::new(),
        };
        CardView {
            id: item.id.clone(),
            title: item.title.clone(),
            url: self.url(Subject::Item(self.index, at)),
            statement_html: self.inline(item.statement.as_ref()),
            summary: item.summary.clone(),
            accent: self.renderer.site.accent(self.index, at),
            icon: self.icon(at),
            indicator_count: indicators(item.cells.iter())
                + behaviours.iter().map(|card: &CardView| card.indicator_count).sum::<usize>(),
            behaviours,
        }
    }

    fn icon(&self, at: ItemRef) -> Option<String> {
        let item = self.own.item(at);
        let icon = item.icon.as_ref()?;
        let folder =
            self.renderer.site.sources.file(icon.whole().file).path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = format!("{folder}/{}", icon.as_str());
        let found =
            self.pen.handbook.assets.iter().find(|asset| asset.source.path == path || asset.address == icon.as_str());
        found.map(|asset| address::encode(&asset.address))
    }

    fn cards(&self) -> Vec<CardView> {
        (0..self.own.values.len()).map(|value| self.card(ItemRef { value, behaviour: None })).collect()
    }

    fn point_view(&self, scale: usize, point: usize) -> PointView {
        let own = &self.own.scales[scale];
        let count = |point: usize| {
            indicators(self.own.cells().map(|(_, cell)| cell).filter(|cell| cell.place[scale] == Some(point)))
        };
        let at = &own.points[point];
        PointView {
            id: at.id.clone(),
            anchor: own.point_anchor(point).unwrap_or_default(),
            title: at.title.clone(),
            description_html: self.copied(at.description.as_ref()),
            url: own.kind.has_pages().then(|| self.url(Subject::Point(self.index, scale, point))),
            tone: at.tone.word(),
            builds_on: at.builds_on.iter().map(|lower| self.point_link(scale, *lower)).collect(),
            count: count(point),
            total: count(point) + own.included(point).into_iter().map(count).sum::<usize>(),
        }
    }

    fn scale(&self, scale: usize) -> ScaleView {
        let own = &self.own.scales[scale];
        ScaleView {
            id: own.id.clone(),
            kind: own.kind.word(),
            title: own.title.clone(),
            description_html: self.copied(own.description.as_ref()),
            highest_first: own.highest_first,
            points: (0..own.points.len()).map(|point| self.point_view(scale, point)).collect(),
            nested: if own.kind.has_pages() { self.nested(scale, own, None) } else { Vec::new() },
        }
    }

    /// The points whose first `builds_on` is `inside`, each with those that build on it.
    fn nested(&self, scale: usize, own: &Scale, inside: Option<usize>) -> Vec<NestedPoint> {
        (0..own.points.len())
            .filter(|point| own.points[*point].builds_on.first().copied() == inside)
            .map(|point| NestedPoint {
                point: self.point_view(scale, point),
                inside: self.nested(scale, own, Some(point)),
            })
            .collect()
    }

    /// Values and behaviours by the points of the first scale that each uses. None without a scale, or without anything at a point.
    fn matrix(&self) -> Option<MatrixView> {
        let first_scale = |at: ItemRef| self.own.item(at).scales.first().copied();
        let filled: Vec<ItemRef> =
            self.own.items().filter(|at| !self.own.item(*at).cells.is_empty() && first_scale(*at).is_some()).collect();
        let mut columns: Vec<(usize, usize)> = filled
            .iter()
            .filter_map(|at| first_scale(*at))
            .flat_map(|scale| (0..self.own.scales[scale].points.len()).map(move |point| (scale, point)))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        if columns.is_empty() {
            return None;
        }
        let has_row = |at: ItemRef| {
            filled.iter().any(|other| *other == at || (at.behaviour.is_none() && other.value == at.value))
        };
        let terms = self.terms();
        let rows_are = if filled.iter().any(|at| at.behaviour.is_some()) { &terms.behaviour } else { &terms.value };
        Some(MatrixView {
            caption: self
                .strings
                .filled("generated.matrix_caption", &[("many", &terms.indicator.many), ("row", &rows_are.one)]),
            corner: capitalised(&rows_are.one),
            columns: columns.iter().map(|(scale, point)| self.column(*scale, *point)).collect(),
            rows: self
                .own
                .items()
                .filter(|at| has_row(*at))
                .map(|at| self.row(at, &columns, filled.contains(&at)))
                .collect(),
        })
    }

    fn column(&self, scale: usize, point: usize) -> MatrixColumn {
        let own = &self.own.scales[scale];
        let url = own.kind.has_pages().then(|| self.url(Subject::Point(self.index, scale, point)));
        MatrixColumn { title: own.points[point].title.clone(), url }
    }

    /// A row without cells is a heading for the behaviours below it.
    fn row(&self, at: ItemRef, columns: &[(usize, usize)], has_cells: bool) -> MatrixRow {
        let item = self.own.item(at);
        let cell = |(scale, point): &(usize, usize)| {
            let here: Vec<&Cell> = item.cells.iter().filter(|cell| cell.place[*scale] == Some(*point)).collect();
            let mut place = vec![None; self.own.scales.len()];
            place[*scale] = Some(*point);
            let anchor = Cell::anchor(&place, &self.own.scales);
            MatrixCell {
                count: indicators(here.iter().copied()),
                has_text: here.iter().any(|cell| cell.definition.is_some() || cell.text.is_some()),
                url: (!here.is_empty()).then(|| self.pen.handbook.url(Subject::Item(self.index, at), Some(&anchor))),
            }
        };
        MatrixRow {
            title: item.title.clone(),
            url: self.url(Subject::Item(self.index, at)),
            is_behaviour: at.behaviour.is_some(),
            cells: if has_cells { columns.iter().map(cell).collect() } else { Vec::new() },
        }
    }

    fn entry(
        &self,
        at: ItemRef,
        groups: Vec<super::views::GroupView>,
        needs: Option<Link>,
        heading: usize,
    ) -> EntryView {
        let item = self.own.item(at);
        let value = &self.own.values[at.value].item;
        EntryView {
            title: item.title.clone(),
            url: self.url(Subject::Item(self.index, at)),
            anchor: if at.behaviour.is_some() { format!("{}-{}", value.id, item.id) } else { item.id.clone() },
            accent: self.renderer.site.accent(self.index, at),
            heading,
            statement_html: self.inline(item.statement.as_ref()),
            needs,
            groups,
        }
    }

    /// Values and behaviours with what `groups` gives for each, a value before its behaviours even where it has nothing itself.
    fn entries(
        &self,
        groups: impl Fn(ItemRef, usize) -> Option<(Vec<super::views::GroupView>, Option<Link>)>,
    ) -> Vec<EntryView> {
        let mut entries = Vec::new();
        for value in 0..self.own.values.len() {
            let at = ItemRef { value, behaviour: None };
            let behaviours: Vec<_> = (0..self.own.values[value].behaviours.len())
                .filter_map(|behaviour| {
                    let at = ItemRef { value, behaviour: Some(behaviour) };
                    groups(at, 4).map(|(own, needs)| self.entry(at, own, needs, 3))
                })
                .collect();
            match groups(at, 3) {
                Some((own, needs)) => entries.push(self.entry(at, own, needs, 2)),
                None if !behaviours.is_empty() => entries.push(self.entry(at, Vec::new(), None, 2)),
                None => {}
            }
            entries.extend(behaviours);
        }
        entries
    }

    fn context(
        &self,
        subject: Subject,
        kind: &'static str,
        summary: Option<String>,
        contents: Vec<ContentsEntry>,
        meta: MetaView,
    ) -> Context {
        let own = Own { kind, summary, language: None, contents, meta, draft: self.own.draft };
        frame::context(self.renderer, subject, own)
    }
}

fn indicators<'c>(cells: impl Iterator<Item = &'c Cell>) -> usize {
    cells.map(|cell| cell.indicators.len()).sum()
}

/// A part of a page's contents list.
fn line(title: &str, anchor: &str) -> ContentsEntry {
    ContentsEntry {
        title: title.to_owned(),
        number: None,
        url: address::encode_with("", Some(anchor)),
        entries: Vec::new(),
    }
}

fn headings(prose: Option<&Prose>) -> Vec<ContentsEntry> {
    let headings = prose.into_iter().flat_map(Prose::headings);
    headings.filter(|heading| heading.depth == 2).map(|heading| line(&heading.title, &heading.anchor)).collect()
}

/// The sheet of a framework's own page.
pub fn sheet<'r, 'a>(renderer: &'r Renderer<'a>, index: usize) -> Drawn<Sheet<'r, 'a>> {
    let subject = Subject::Framework(index);
    let handbook = renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language);
    let failed = RefCell::new(None);
    let view = FrameworkView {
        applies_to: part.own.applies_to.clone(),
        introduction_html: part.blocks_with(part.own.introduction.as_ref(), &failed),
        conclusion_html: part.blocks_with(part.own.conclusion.as_ref(), &failed),
        caveat_html: part.blocks(part.own.caveat.as_ref()),
        terms: part.terms(),
        scales: (0..part.own.scales.len())
            .filter(|scale| part.own.scales[*scale].is_explained())
            .map(|scale| part.scale(scale))
            .collect(),
        values: part.cards(),
        matrix: part.matrix(),
        profiles: part
            .own
            .profiles
            .iter()
            .enumerate()
            .map(|(at, profile)| ProfileCardView {
                title: profile.title.clone(),
                url: part.url(Subject::Profile(index, at)),
                description_html: part.copied(profile.description.as_ref()),
            })
            .collect(),
        indicator_count: indicators(part.own.cells().map(|(_, cell)| cell)),
        data_json_url: format!("{}/framework.json", part.own.id),
        data_csv_url: format!("{}/indicators.csv", part.own.id),
    };
    if let Some(diagnostic) = failed.take() {
        return Err(diagnostic);
    }
    let mut contents = headings(part.own.introduction.as_ref());
    let many = &view.terms.value.many;
    if !view.values.is_empty() {
        contents.push(line(&part.strings.filled("framework.values", &[("many", many)]), "hb-values"));
    }
    for scale in &view.scales {
        contents.push(line(&scale.title, &format!("hb-scale-{}", scale.id)));
    }
    if view.matrix.is_some() {
        contents.push(line(part.strings.text("framework.matrix"), "hb-matrix"));
    }
    if !view.profiles.is_empty() {
        contents.push(line(part.strings.text("framework.profiles"), "hb-profiles"));
    }
    contents.extend(headings(part.own.conclusion.as_ref()));
    let mut context = part.context(subject, "framework", part.own.summary.clone(), contents, part.meta());
    context.insert("framework", &view);
    Ok(Sheet { renderer, template: "templates/framework.html", context })
}

/// The sheet of a value or behaviour.
pub fn item<'r, 'a>(renderer: &'r Renderer<'a>, index: usize, at: ItemRef) -> Drawn<Sheet<'r, 'a>> {
    let subject = Subject::Item(index, at);
    let handbook = renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language);
    let item = part.own.item(at);
    let terms = part.terms();
    let general = item.cells.iter().find(|cell| cell.place.iter().all(Option::is_none) && !item.scales.is_empty());
    let description = [
        item.description.as_ref(),
        general.and_then(|cell| cell.definition.as_ref()),
        general.and_then(|cell| cell.text.as_ref()),
    ];
    let description: Vec<_> = description.into_iter().filter_map(|prose| part.blocks(prose)).collect();
    let asked = part.drawing(at, false).asked(2);
    let view = ItemView {
        term: capitalised(if at.behaviour.is_some() { &terms.behaviour.one } else { &terms.value.one }),
        statement_html: part.inline(item.statement.as_ref()),
        description_html: (!description.is_empty()).then(|| description.concat()),
        accent: renderer.site.accent(index, at),
        icon: part.icon(at),
        value: at.behaviour.map(|_| part.link(Subject::Item(index, ItemRef { behaviour: None, ..at }))),
        behaviours: part.card(at).behaviours,
        needed_by: needed_by(&part, at),
        asked,
    };
    let mut contents = headings(item.description.as_ref());
    for group in &view.asked.groups {
        if let (Some(title), Some(anchor)) = (&group.title, &group.anchor) {
            contents.push(line(title, anchor));
        }
    }
    if !view.behaviours.is_empty() {
        contents
            .push(line(&part.strings.filled("value.behaviours", &[("many", &terms.behaviour.many)]), "hb-behaviours"));
    }
    if !view.needed_by.is_empty() {
        contents.push(line(part.strings.text("value.needed_by"), "hb-needed-by"));
    }
    let own = frame::meta(&item.governance, handbook, part.strings);
    let of_framework = part.meta();
    let meta = MetaView {
        owner: own.owner.or(of_framework.owner),
        last_reviewed: own.last_reviewed.or(of_framework.last_reviewed),
        review_by: own.review_by.or(of_framework.review_by),
        ..of_framework
    };
    let summary = item.summary.clone().or_else(|| item.statement.as_ref().map(Prose::words));
    let kind = if at.behaviour.is_some() { "behaviour" } else { "value" };
    let mut context = part.context(subject, kind, summary, contents, meta);
    context.insert("of", &part.head());
    context.insert("item", &view);
    let template = if at.behaviour.is_some() { "templates/behaviour.html" } else { "templates/value.html" };
    Ok(Sheet { renderer, template, context })
}

fn needed_by(part: &Part<'_, '_>, at: ItemRef) -> Vec<NeedView> {
    let profiles = part.own.profiles.iter().enumerate();
    profiles
        .flat_map(|(index, profile)| profile.needs.iter().filter(|need| need.item == at).map(move |need| (index, need)))
        .map(|(profile, need)| NeedView {
            profile: part.link(Subject::Profile(part.index, profile)),
            point: Some(part.point_link(need.scale, need.point)),
        })
        .collect()
}

/// The sheet of a point of an audience or level scale.
pub fn point<'r, 'a>(renderer: &'r Renderer<'a>, index: usize, scale: usize, point: usize) -> Drawn<Sheet<'r, 'a>> {
    let subject = Subject::Point(index, scale, point);
    let handbook = renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language);
    let own = &part.own.scales[scale];
    let at = &own.points[point];
    let entries = part.entries(|at, heading| {
        let groups = part.drawing(at, true).at_point(scale, point, heading);
        (!groups.is_empty()).then_some((groups, None))
    });
    let view = PointPageView {
        scale_title: own.title.clone(),
        scale_kind: own.kind.word(),
        description_html: part.blocks(at.description.as_ref()),
        builds_on: at.builds_on.iter().map(|lower| part.point_link(scale, *lower)).collect(),
        built_on_by: (0..own.points.len())
            .filter(|other| own.points[*other].builds_on.contains(&point))
            .map(|other| part.point_link(scale, other))
            .collect(),
        count: part.point_view(scale, point).total,
        entries,
    };
    let contents = entry_contents(&view.entries);
    let mut context = part.context(subject, "point", at.description.as_ref().map(Prose::words), contents, part.meta());
    context.insert("of", &part.head());
    context.insert("point", &view);
    Ok(Sheet { renderer, template: "templates/point.html", context })
}

/// The sheet of a profile.
pub fn profile<'r, 'a>(renderer: &'r Renderer<'a>, index: usize, profile: usize) -> Drawn<Sheet<'r, 'a>> {
    let subject = Subject::Profile(index, profile);
    let handbook = renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language);
    let own = &part.own.profiles[profile];
    let entries = part.entries(|at, heading| {
        let needs: Vec<_> = own.needs.iter().filter(|need| need.item == at).collect();
        let first = needs.first()?;
        let groups =
            needs.iter().flat_map(|need| part.drawing(at, true).at_point(need.scale, need.point, heading)).collect();
        Some((groups, Some(part.point_link(first.scale, first.point))))
    });
    let view = ProfileView { description_html: part.blocks(own.description.as_ref()), entries };
    let contents = entry_contents(&view.entries);
    let mut context =
        part.context(subject, "profile", own.description.as_ref().map(Prose::words), contents, part.meta());
    context.insert("of", &part.head());
    context.insert("profile", &view);
    Ok(Sheet { renderer, template: "templates/profile.html", context })
}

fn entry_contents(entries: &[EntryView]) -> Vec<ContentsEntry> {
    let mut lines: Vec<ContentsEntry> = Vec::new();
    for entry in entries {
        let own = line(&entry.title, &entry.anchor);
        match (entry.heading, lines.last_mut()) {
            (3, Some(last)) => last.entries.push(own),
            _ => lines.push(own),
        }
    }
    lines
}

/// A framework block in a page, drawn by the component of its kind.
///
/// # Errors
/// Where the theme's component fails.
pub fn block(
    renderer: &Renderer<'_>,
    block: &FrameworkBlock,
    heading: usize,
    root: &str,
    language: &str,
) -> Drawn<String> {
    let site = renderer.site;
    // Names that aren't there are reported when the handbook is assembled; then nothing is published.
    let Ok((index, at)) = site.handbook.find_block(block) else {
        return Ok(String::new());
    };
    let part = Part::new(renderer, index, root, None, language);
    let wanted = match block.show {
        Show::Audiences => Some(ScaleKind::Audience),
        Show::Levels => Some(ScaleKind::Level),
        _ => None,
    };
    let scales = (0..part.own.scales.len()).filter(|scale| Some(part.own.scales[*scale].kind) == wanted);
    let view = BlockView {
        show: block.show.word(),
        framework: part.link(Subject::Framework(index)),
        caveat_html: part.copied(part.own.caveat.as_ref()),
        terms: part.terms(),
        heading,
        anchor: format!("block-{}", block.start),
        values: if block.show == Show::Values { part.cards() } else { Vec::new() },
        scales: scales.map(|scale| part.scale(scale)).collect(),
        matrix: if block.show == Show::Matrix { part.matrix() } else { None },
        of: at.map(|at| part.link(Subject::Item(index, at))),
        asked: at.filter(|_| block.show == Show::Indicators).map(|at| part.drawing(at, true).asked(heading)),
    };
    let mut arguments = Context::new();
    arguments.insert("block", &view);
    let context = renderer.context(root, language);
    let component = format!("block_{}", block.show.word());
    let drawn = site.theme.tera.render_component_with_implicits(&component, &arguments, &context, None, true);
    drawn.map_err(|error| Box::new(site.theme.explain(&error, site.sources)))
}
