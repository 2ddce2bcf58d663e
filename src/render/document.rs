//! Markdown pages: sections, steps of a path, chapters of a code.

use std::cell::RefCell;
use std::rc::Rc;

use super::frame::{self, Own};
use super::list::{children_heading, number};
use super::markdown::{self, Footnotes, Pen};
use super::menu;
use super::views::{ChildView, ContentsEntry, DocumentView, StepView};
use super::{Drawn, Renderer, Sheet, framework, root_of, too_large};
use crate::content::Document;
use crate::content::front_matter::FrontMatter;
use crate::handbook::{Handbook, Page, Subject};
use crate::theme::Strings;
use crate::words::address::encode_fragment;

/// The sheet of a page.
pub fn sheet<'r>(renderer: &'r Renderer, index: usize) -> Drawn<Sheet<'r>> {
    let handbook = &*renderer.site.handbook;
    let page = &handbook.pages[index];
    let empty = FrontMatter::default();
    let front = page.document.as_ref().map_or(&empty, |document| &document.front);
    let language = front.language.as_deref().unwrap_or(&handbook.config.language);
    let strings = renderer.site.theme.strings(language);
    let is_section = page.is_section();
    let (kind, template) = match (index, is_section) {
        (0, _) => ("home", "templates/home.html"),
        (_, true) if front.path => ("path", "templates/section.html"),
        (_, true) => ("section", "templates/section.html"),
        (_, false) => ("page", "templates/page.html"),
    };
    let own = Own {
        kind,
        summary: front.summary.clone(),
        language: front.language.clone(),
        contents: page_contents(handbook, index, strings),
        meta: frame::meta(handbook, Subject::Page(index), strings),
        draft: front.draft,
    };
    let mut context = frame::context(renderer, Subject::Page(index), own)?;
    let view = DocumentView {
        body_html: match &page.document {
            Some(document) => body(renderer, index, page, document, language)?,
            None => String::new(),
        },
        audience: front.audience.iter().filter_map(|id| handbook.audience(id.as_str())).map(str::to_owned).collect(),
        step: step(renderer, index),
        children: children(handbook, index).into_iter().map(|child| child_view(handbook, child, front.path)).collect(),
        is_path: front.path,
        is_numbered: page.numbering.is_some() || matches!(front.numbered, Some(Some(_))),
        code_contents: code_contents(handbook, page),
    };
    context.insert("document", &view);
    Ok(Sheet { renderer, template, context })
}

fn body(renderer: &Renderer, index: usize, page: &Page, document: &Document, language: &str) -> Drawn<String> {
    let root = root_of(&page.address);
    let failed = RefCell::new(None);
    let footnotes = Footnotes::default();
    let strings = renderer.site.theme.strings(language);
    let pen = Pen {
        handbook: &renderer.site.handbook,
        strings,
        root: &root,
        here: Some(Subject::Page(index)),
        numbers: Some(&page.numbers),
        has_ids: true,
        shift: 0,
        block: &|block, heading| {
            framework::block(renderer, block, heading, &root, language, &footnotes).unwrap_or_else(|diagnostic| {
                failed.replace(Some(diagnostic));
                String::new()
            })
        },
        shared: &[],
        footnotes: Some(&footnotes),
        names: Rc::default(),
    };
    let mut html = markdown::html(&document.body, &pen).ok_or_else(|| too_large(document.body.text.trim().whole()))?;
    html.extend(footnotes.html(strings));
    match failed.take() {
        Some(diagnostic) => Err(diagnostic),
        None => Ok(html),
    }
}

/// What a page lists below its text: a section its pages, and the home page the top level where that is too long for a menu.
fn children(handbook: &Handbook, index: usize) -> Vec<Subject> {
    match index {
        0 if menu::is_long(handbook) => handbook.top.clone(),
        0 => Vec::new(),
        _ => handbook.pages[index].children.iter().map(|child| Subject::Page(*child)).collect(),
    }
}

/// The lines of "On this page": the page's headings, then the theme's own over the list of a section's pages.
fn page_contents(handbook: &Handbook, index: usize, strings: &Strings) -> Vec<ContentsEntry> {
    let page = &handbook.pages[index];
    let mut lines = contents(page, "", 2);
    if !children(handbook, index).is_empty() {
        let (anchor, words) = children_heading(handbook, index);
        let place = if index == 0 { &handbook.config.title } else { &page.title };
        let title = strings.filled(words, &[("title", place)]);
        lines.push(ContentsEntry { title, number: None, url: format!("#{anchor}"), entries: Vec::new() });
    }
    lines
}

/// Headings down to a depth below the first, nested.
fn contents(page: &Page, url: &str, levels: u8) -> Vec<ContentsEntry> {
    let mut top: Vec<ContentsEntry> = Vec::new();
    for (entry, heading) in page.headings() {
        let line = ContentsEntry {
            title: page.heading_title(entry, heading).to_owned(),
            number: page.numbers.of(entry.start()).map(|number| number.marker.clone()),
            url: [url, "#", &encode_fragment(&heading.anchor)].concat(),
            entries: Vec::new(),
        };
        match (heading.depth, top.last_mut()) {
            (2, _) => top.push(line),
            (3, Some(last)) if levels > 1 => last.entries.push(line),
            _ => {}
        }
    }
    top
}

/// The chapters of a numbered section with their headings, or the headings of a numbered page alone.
fn code_contents(handbook: &Handbook, page: &Page) -> Vec<ContentsEntry> {
    let root = root_of(&page.address);
    let chapters: Vec<_> = page.children.iter().filter(|child| handbook.pages[**child].numbering.is_some()).collect();
    if page.numbering.is_some() && chapters.is_empty() {
        return contents(page, "", 2);
    }
    let entry = |index: &usize| {
        let chapter = &handbook.pages[*index];
        let url = root.clone() + &handbook.url(Subject::Page(*index), None);
        ContentsEntry {
            title: chapter.title.clone(),
            number: chapter.chapter.map(|number| number.to_string()),
            entries: contents(chapter, &url, 1),
            url,
        }
    };
    chapters.into_iter().map(entry).collect()
}

/// The place of a page on an onboarding path.
fn step(renderer: &Renderer, index: usize) -> Option<StepView> {
    let handbook = &*renderer.site.handbook;
    let parent = handbook.pages[index].parent?;
    let section = &handbook.pages[parent];
    section.document.as_ref().filter(|document| document.front.path)?;
    let number = section.children.iter().position(|child| *child == index)? + 1;
    let path = frame::link(handbook, Subject::Page(parent));
    Some(StepView { number, total: section.children.len(), path })
}

fn child_view(handbook: &Handbook, subject: Subject, is_step: bool) -> ChildView {
    let page = match subject {
        Subject::Page(page) => Some(&handbook.pages[page]),
        _ => None,
    };
    let summary = match subject {
        Subject::Framework(framework) => handbook.frameworks[framework].summary.clone(),
        _ => page.and_then(|page| page.document.as_ref()?.front.summary.clone()),
    };
    ChildView {
        title: handbook.title(subject).to_owned(),
        url: handbook.url(subject, None),
        summary,
        number: number(handbook, subject),
        minutes: page.filter(|_| is_step).map(Page::minutes),
    }
}
