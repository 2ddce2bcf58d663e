//! The sheets of a framework: its own page, its values, behaviours, points and profiles.

use std::cell::RefCell;

use super::super::markdown::Footnotes;
use super::super::views::{
    ContentsEntry, EntryView, FrameworkView, ItemView, NeedView, PointPageView, ProfileCardView, ProfileView,
};
use super::{Drawn, Part, Renderer, Sheet, capitalised, indicators, root_of};
use crate::content::prose::Prose;
use crate::framework::ItemRef;
use crate::handbook::Subject;
use crate::words::address;

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
    headings
        .filter(|(_, heading)| heading.depth == 2)
        .map(|(_, heading)| line(&heading.title, &heading.anchor))
        .collect()
}

/// The sheet of a framework's own page.
pub fn sheet<'r>(renderer: &'r Renderer, index: usize) -> Drawn<Sheet<'r>> {
    let subject = Subject::Framework(index);
    let handbook = &*renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let footnotes = Footnotes::default();
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language, &footnotes);
    let failed = RefCell::new(None);
    // In the order of the page, which is that of the numbers of its footnotes.
    let mut view = FrameworkView {
        applies_to: part.own.applies_to.clone(),
        caveat_html: part.blocks(part.own.caveat.as_ref()),
        introduction_html: part.blocks_with(part.own.introduction.as_ref(), &failed),
        conclusion_html: None,
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
    view.conclusion_html = part.blocks_with(part.own.conclusion.as_ref(), &failed);
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
    let mut context = part.context(subject, "framework", part.own.summary.clone(), contents, part.meta(subject))?;
    context.insert("framework", &view);
    context.insert("footnotes_html", &footnotes.html(part.strings));
    Ok(Sheet { renderer, template: "templates/framework.html", context })
}

/// The sheet of a value or behaviour.
pub fn item<'r>(renderer: &'r Renderer, index: usize, at: ItemRef) -> Drawn<Sheet<'r>> {
    let subject = Subject::Item(index, at);
    let handbook = &*renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let footnotes = Footnotes::default();
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language, &footnotes);
    let item = part.own.item(at);
    let terms = part.terms();
    // In the order of the page, which is that of the numbers of its footnotes.
    let statement_html = part.statement(item);
    let head = part.head();
    let general = item.cells.iter().find(|cell| cell.place.iter().all(Option::is_none) && !item.scales.is_empty());
    let description = [
        item.description.as_ref(),
        general.and_then(|cell| cell.definition.as_ref()),
        general.and_then(|cell| cell.text.as_ref()),
    ];
    let description: Vec<_> = description.into_iter().filter_map(|prose| part.item_blocks(prose, item)).collect();
    let asked = part.drawing(at, false).asked(2);
    let conclusion_html = part.item_blocks(item.conclusion.as_ref(), item);
    let view = ItemView {
        term: capitalised(if at.behaviour.is_some() { &terms.behaviour.one } else { &terms.value.one }),
        statement_html,
        description_html: (!description.is_empty()).then(|| description.concat()),
        accent: renderer.site.accent(index, at),
        icon: part.icon(at),
        value: at.behaviour.map(|_| part.link(Subject::Item(index, ItemRef { behaviour: None, ..at }))),
        behaviours: part.card(at).behaviours,
        needed_by: needed_by(&part, at),
        asked,
        conclusion_html,
    };
    let mut contents = headings(item.description.as_ref());
    for group in &view.asked.groups {
        if let (Some(title), Some(anchor)) = (&group.title, &group.anchor) {
            contents.push(line(title, anchor));
        }
    }
    contents.extend(headings(item.conclusion.as_ref()));
    if !view.behaviours.is_empty() {
        contents
            .push(line(&part.strings.filled("value.behaviours", &[("many", &terms.behaviour.many)]), "hb-behaviours"));
    }
    if !view.needed_by.is_empty() {
        contents.push(line(part.strings.text("value.needed_by"), "hb-needed-by"));
    }
    let summary = item.summary.clone().or_else(|| item.statement.as_ref().map(Prose::words));
    let kind = if at.behaviour.is_some() { "behaviour" } else { "value" };
    let mut context = part.context(subject, kind, summary, contents, part.meta(subject))?;
    context.insert("of", &head);
    context.insert("item", &view);
    let template = if at.behaviour.is_some() { "templates/behaviour.html" } else { "templates/value.html" };
    context.insert("footnotes_html", &footnotes.html(part.strings));
    Ok(Sheet { renderer, template, context })
}

fn needed_by(part: &Part<'_>, at: ItemRef) -> Vec<NeedView> {
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
pub fn point<'r>(renderer: &'r Renderer, index: usize, scale: usize, point: usize) -> Drawn<Sheet<'r>> {
    let subject = Subject::Point(index, scale, point);
    let handbook = &*renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let footnotes = Footnotes::default();
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language, &footnotes);
    let own = &part.own.scales[scale];
    let at = &own.points[point];
    let description_html = part.blocks(at.description.as_ref());
    let head = part.head();
    let entries = part.entries(
        |at| part.drawing(at, true).asks_at(scale, point),
        |at, heading| (part.drawing(at, true).at_point(scale, point, heading), None),
    );
    let view = PointPageView {
        scale_title: own.title.clone(),
        scale_kind: own.kind.word(),
        description_html,
        builds_on: at.builds_on.iter().map(|lower| part.point_link(scale, *lower)).collect(),
        built_on_by: (0..own.points.len())
            .filter(|other| own.points[*other].builds_on.contains(&point))
            .map(|other| part.point_link(scale, other))
            .collect(),
        count: part.total(scale, point),
        entries,
    };
    let contents = entry_contents(&view.entries);
    let mut context =
        part.context(subject, "point", at.description.as_ref().map(Prose::words), contents, part.meta(subject))?;
    context.insert("of", &head);
    context.insert("point", &view);
    context.insert("footnotes_html", &footnotes.html(part.strings));
    Ok(Sheet { renderer, template: "templates/point.html", context })
}

/// The sheet of a profile.
pub fn profile<'r>(renderer: &'r Renderer, index: usize, profile: usize) -> Drawn<Sheet<'r>> {
    let subject = Subject::Profile(index, profile);
    let handbook = &*renderer.site.handbook;
    let root = root_of(&handbook.address(subject));
    let footnotes = Footnotes::default();
    let part = Part::new(renderer, index, &root, Some(subject), &handbook.config.language, &footnotes);
    let own = &part.own.profiles[profile];
    let description_html = part.blocks(own.description.as_ref());
    let head = part.head();
    let needs = |at: ItemRef| own.needs.iter().filter(move |need| need.item == at);
    let entries = part.entries(
        |at| needs(at).next().is_some(),
        |at, heading| {
            let groups = needs(at).flat_map(|need| part.drawing(at, true).at_point(need.scale, need.point, heading));
            (groups.collect(), needs(at).next().map(|need| part.point_link(need.scale, need.point)))
        },
    );
    let view = ProfileView { description_html, entries };
    let contents = entry_contents(&view.entries);
    let mut context =
        part.context(subject, "profile", own.description.as_ref().map(Prose::words), contents, part.meta(subject))?;
    context.insert("of", &head);
    context.insert("profile", &view);
    context.insert("footnotes_html", &footnotes.html(part.strings));
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
