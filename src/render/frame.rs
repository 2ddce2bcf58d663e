//! The frame around every page: title, breadcrumb, contents list, ways on, who answers for it; and the menus, made once.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tera::Context;

use super::views::{
    ContactView, ContentsEntry, DateView, Link, MetaView, PageView, SectionGroup, SectionItem, SectionView, SiteView,
};
use super::{Renderer, root_of, url_of};
use crate::framework::When;
use crate::handbook::navigation::{Entry, Group};
use crate::handbook::{Handbook, Subject};
use crate::language;
use crate::search::SUGGEST;
use crate::site::Site;
use crate::theme::Strings;

/// From how many headings on a page lists them.
const CONTENTS_FROM: usize = 3;

/// `site`
pub fn site(site: &Site) -> SiteView {
    let handbook = &*site.handbook;
    let config = &handbook.config;
    let contact = &config.contact;
    SiteView {
        title: config.title.clone(),
        organisation: config.organisation.clone(),
        language: config.language.clone(),
        home: "index.html".to_owned(),
        logo: site.logo(),
        menu: handbook.top.iter().map(|subject| link(handbook, *subject)).collect(),
        contact: (contact.team.is_some() || contact.email.is_some())
            .then(|| ContactView { team: contact.team.clone(), email: contact.email.clone() }),
        search: config.search,
        search_url: "search.html".to_owned(),
        a_z_url: "a-z.html".to_owned(),
        accessibility_url: "accessibility.html".to_owned(),
        print_url: site.has_print.then(|| "print.html".to_owned()),
        stylesheet: site.stylesheet_path.clone(),
        script: site.script("main.js"),
        redirect_script: site.script("redirect.js"),
        search_script: None,
        suggest_script: (config.search && config.suggestions).then(|| SUGGEST.to_owned()),
    }
}

/// `section`: the menu of a section.
pub fn section(site: &Site, section: Subject) -> SectionView {
    let handbook = &*site.handbook;
    let strings = site.theme.strings(&handbook.config.language);
    let entries = handbook.menu(section);
    let groups: Vec<_> = entries.chunk_by(|one, next| one.group == next.group).collect();
    let has_titles = groups.len() > 1;
    let group = |entries: &&[Entry]| SectionGroup {
        title: entries.first().filter(|_| has_titles).and_then(|entry| group(handbook, strings, section, entry.group)),
        items: entries.iter().map(|entry| item(handbook, entry)).collect(),
    };
    SectionView {
        title: handbook.title(section).to_owned(),
        url: handbook.url(section, None),
        groups: groups.iter().map(group).collect(),
    }
}

fn item(handbook: &Handbook, entry: &Entry) -> SectionItem {
    SectionItem {
        title: handbook.title(entry.subject).to_owned(),
        number: number(handbook, entry.subject),
        url: handbook.url(entry.subject, None),
        items: entry.inside.iter().map(|inside| item(handbook, inside)).collect(),
    }
}

fn group(handbook: &Handbook, strings: &Strings, section: Subject, group: Group) -> Option<String> {
    let Subject::Framework(framework) = section else {
        return None;
    };
    let framework = &handbook.frameworks[framework];
    match group {
        Group::Pages => None,
        Group::Values => {
            let many =
                framework.terms.value.as_ref().map_or_else(|| strings.text("terms.value.many"), |term| &term.many);
            Some(strings.filled("generated.values", &[("many", many)]))
        }
        Group::Points(scale) => {
            Some(strings.filled("generated.by_scale", &[("scale", &framework.scales[scale].title)]))
        }
        Group::Profiles => Some(strings.text("generated.profiles").to_owned()),
    }
}

/// A title and where it leads.
pub fn link(handbook: &Handbook, subject: Subject) -> Link {
    Link { title: handbook.title(subject).to_owned(), url: handbook.url(subject, None) }
}

fn number(handbook: &Handbook, subject: Subject) -> Option<String> {
    match subject {
        Subject::Page(page) => handbook.pages[page].chapter.map(|number| number.to_string()),
        _ => None,
    }
}

/// What a page says of itself; [`frame`] adds what follows from its place.
pub struct Own {
    /// The kind, for templates.
    pub kind: &'static str,
    /// One line.
    pub summary: Option<String>,
    /// Its language, where it isn't the handbook's.
    pub language: Option<String>,
    /// Its headings.
    pub contents: Vec<ContentsEntry>,
    /// Who answers for it.
    pub meta: MetaView,
    /// Whether it is a draft.
    pub draft: bool,
}

/// The context of a subject's page, with everything but its own view.
pub fn context(renderer: &Renderer, subject: Subject, own: Own) -> Context {
    let site = &*renderer.site;
    let handbook = &*site.handbook;
    let path = handbook.address(subject);
    let language = own.language.clone().unwrap_or_else(|| handbook.config.language.clone());
    let mut context = renderer.context(&root_of(&path), &language);
    if let Some(menu) = renderer.menu(subject) {
        context.insert_value("section", menu);
    }
    let trail = handbook.trail(subject);
    let top = trail.iter().chain([&subject]).find(|above| handbook.top.contains(above));
    let at = site.position.get(&subject).copied();
    let neighbour = |at: Option<usize>| at.and_then(|at| site.order.get(at)).map(|subject| link(handbook, *subject));
    let count: usize = own.contents.iter().map(|entry| 1 + entry.entries.len()).sum();
    let title = handbook.title(subject);
    let strings = site.theme.strings(&language);
    context.insert(
        "page",
        &PageView {
            kind: own.kind,
            url: url_of(&path),
            title: title.to_owned(),
            full_title: full_title(handbook, subject),
            summary: own.summary,
            direction: language::direction(&language),
            language,
            breadcrumb: trail
                .iter()
                .enumerate()
                .map(|(index, above)| if index == 0 { home(handbook, strings) } else { link(handbook, *above) })
                .collect(),
            top: top.map(|top| handbook.url(*top, None)),
            contents: if count >= CONTENTS_FROM { own.contents } else { Vec::new() },
            previous: neighbour(at.and_then(|at| at.checked_sub(1))),
            next: neighbour(at.map(|at| at + 1)),
            meta: own.meta,
            draft: own.draft,
            canonical: canonical(handbook, &path),
            report_url: report_url(handbook, title, &path),
            number: number(handbook, subject),
        },
    );
    context
}

/// The first step of a breadcrumb.
fn home(handbook: &Handbook, strings: &Strings) -> Link {
    Link { title: strings.text("generated.home").to_owned(), url: handbook.url(Subject::Page(0), None) }
}

/// "Being kind – Values – Handbook": with every step between, so that no two pages have the same.
pub fn full_title(handbook: &Handbook, subject: Subject) -> String {
    let trail = handbook.trail(subject);
    let scale = match subject {
        Subject::Point(framework, scale, _) => Some(handbook.frameworks[framework].scales[scale].title.as_str()),
        _ => None,
    };
    let above = trail.iter().skip(1).rev().map(|above| handbook.title(*above));
    let mut parts: Vec<&str> = std::iter::once(handbook.title(subject)).chain(scale).chain(above).collect();
    if subject != Subject::Page(0) || parts != [handbook.config.title.as_str()] {
        parts.push(&handbook.config.title);
    }
    parts.join(" – ")
}

/// The context of a page that Ethos makes itself.
pub fn own_page(renderer: &Renderer, kind: &'static str, path: &str, title: &str, root: Option<String>) -> Context {
    let handbook = &*renderer.site.handbook;
    let language = handbook.config.language.clone();
    let mut context = renderer.context(&root.unwrap_or_else(|| root_of(path)), &language);
    let strings = renderer.site.theme.strings(&language);
    context.insert(
        "page",
        &PageView {
            kind,
            url: url_of(path),
            title: title.to_owned(),
            full_title: format!("{title} – {}", handbook.config.title),
            summary: None,
            direction: language::direction(&language),
            language,
            breadcrumb: vec![home(handbook, strings)],
            top: None,
            contents: Vec::new(),
            previous: None,
            next: None,
            meta: MetaView::default(),
            draft: false,
            canonical: if matches!(kind, "not-found" | "report") { None } else { canonical(handbook, path) },
            report_url: report_url(handbook, title, path),
            number: None,
        },
    );
    context
}

fn canonical(handbook: &Handbook, path: &str) -> Option<String> {
    handbook.config.base_url.as_ref().map(|base| format!("{base}{}", url_of(path)))
}

/// An e-mail to the contact that says which page it is about.
fn report_url(handbook: &Handbook, title: &str, path: &str) -> Option<String> {
    let email = handbook.config.contact.email.as_ref()?;
    let subject = format!("{title} ({path})");
    Some(format!("mailto:{email}?subject={}", utf8_percent_encode(&subject, NON_ALPHANUMERIC)))
}

/// Owner and dates of a subject.
pub fn meta(handbook: &Handbook, subject: Subject, strings: &Strings) -> MetaView {
    let governance = handbook.governance(subject);
    let date =
        |date: Option<jiff::civil::Date>| date.map(|date| DateView { iso: date.to_string(), text: strings.date(date) });
    MetaView {
        last_reviewed: date(governance.last_reviewed),
        review_by: date(governance.review_by),
        owner: governance.owner,
        ..MetaView::default()
    }
}

/// A day, or a time in the author's words.
pub fn when(when: Option<&When>, strings: &Strings) -> Option<DateView> {
    when.map(|when| match when {
        When::Day(date) => DateView { iso: date.to_string(), text: strings.date(*date) },
        When::Words(words) => DateView { iso: String::new(), text: words.clone() },
    })
}
