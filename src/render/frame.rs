//! The frame around every page: title, breadcrumb, contents list, ways on, who answers for it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Context, Value};

use super::list::number;
use super::menu::{MenuSlices, Menus};
use super::views::{ContactView, ContentsEntry, DateView, FrameView, Link, MetaView, PageView, SiteView};
use super::{Drawn, Renderer, Sheet, root_of, url_of};
use crate::derive::search::SUGGEST;
use crate::framework::When;
use crate::handbook::{Handbook, Subject};
use crate::language;
use crate::site::Site;
use crate::theme::Strings;

/// From how many headings on a page lists them.
const CONTENTS_FROM: usize = 3;

/// What the pages of a folder have in common, as long as their menus show the same and they are of one language.
pub struct Frame {
    /// `frame`: the header and the footer, drawn.
    shared: Value,
    /// `menu`
    menu: Value,
}

impl Frame {
    /// Makes it.
    ///
    /// # Errors
    /// What to tell the author of a theme whose template fails.
    pub fn new(renderer: &Renderer, slices: &MenuSlices, folder: &str, root: &str, language: &str) -> Drawn<Self> {
        let draw = |template| Sheet { renderer, template, context: renderer.context(root, language) }.text();
        let view =
            FrameView { header_html: draw("templates/header.html")?, footer_html: draw("templates/footer.html")? };
        let site = &*renderer.site;
        let menus = Menus { site, slices, folder, root, strings: site.theme.strings(language) };
        Ok(Self { shared: Value::from_serializable(&view), menu: Value::from_serializable(&menus.view()) })
    }

    /// The menus as a page shows them.
    fn menu_html(
        &self,
        renderer: &Renderer,
        here: Option<Subject>,
        url: &str,
        root: &str,
        language: &str,
    ) -> Drawn<String> {
        let site = &*renderer.site;
        let top =
            here.and_then(|here| site.place_at_top(here)).map(|top| site.handbook.url(site.handbook.top[top], None));
        let mut context = renderer.context(root, language);
        context.insert_value("menu", self.menu.clone());
        context.insert("here", url);
        context.insert("here_top", &top);
        Sheet { renderer, template: "templates/menu.html", context }.text()
    }
}

/// The folder of an address, as it stands in links: "about/" of "about/us.html".
fn folder_of(url: &str) -> &str {
    &url[..url.rfind('/').map_or(0, |end| end + 1)]
}

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
        contact: (contact.team.is_some() || contact.email.is_some())
            .then(|| ContactView { team: contact.team.clone(), email: contact.email.clone() }),
        search: config.search,
        search_url: "search.html".to_owned(),
        a_z_url: "a-z.html".to_owned(),
        accessibility_url: "accessibility.html".to_owned(),
        print_url: site.has_print.then(|| "print.html".to_owned()),
        stylesheet: site.stylesheet_path.clone(),
        redirect_script: site.script("scripts/redirect.js").unwrap_or_default().to_owned(),
        search_script: None,
        suggest_script: (config.search && config.suggestions).then(|| SUGGEST.to_owned()),
        options: site.theme.chosen.options.clone(),
        option_classes: site.theme.chosen.classes.clone(),
    }
}

/// A title and where it leads.
pub fn link(handbook: &Handbook, subject: Subject) -> Link {
    Link { title: handbook.title(subject).to_owned(), url: handbook.url(subject, None) }
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
///
/// # Errors
/// What to tell the author of a theme whose template fails.
pub fn context(renderer: &Renderer, subject: Subject, own: Own) -> Drawn<Context> {
    let site = &*renderer.site;
    let handbook = &*site.handbook;
    let path = handbook.address(subject);
    let language = own.language.clone().unwrap_or_else(|| handbook.config.language.clone());
    let root = root_of(&path);
    let section = handbook.section(subject);
    let url = url_of(&path);
    let frame = renderer.frame(Some(subject), folder_of(&url), &root, &language)?;
    let mut context = renderer.context(&root, &language);
    context.insert_value("frame", frame.shared.clone());
    let trail = handbook.trail(subject);
    let at = site.position.get(&subject).copied();
    let neighbour = |at: Option<usize>| at.and_then(|at| site.order.get(at)).map(|subject| link(handbook, *subject));
    let count: usize = own.contents.iter().map(|entry| 1 + entry.entries.len()).sum();
    let title = handbook.title(subject);
    let strings = site.theme.strings(&language);
    context.insert(
        "page",
        &PageView {
            kind: own.kind,
            menu_html: frame.menu_html(renderer, Some(subject), &url, &root, &language)?,
            section: section.map(|section| link(handbook, section)),
            url,
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
    Ok(context)
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
///
/// # Errors
/// As [`context`].
pub fn own_page(
    renderer: &Renderer,
    kind: &'static str,
    path: &str,
    title: &str,
    root: Option<String>,
) -> Drawn<Context> {
    let handbook = &*renderer.site.handbook;
    let language = handbook.config.language.clone();
    let root = root.unwrap_or_else(|| root_of(path));
    let url = url_of(path);
    let frame = renderer.frame(None, folder_of(&url), &root, &language)?;
    let mut context = renderer.context(&root, &language);
    context.insert_value("frame", frame.shared.clone());
    let strings = renderer.site.theme.strings(&language);
    context.insert(
        "page",
        &PageView {
            kind,
            menu_html: frame.menu_html(renderer, None, &url, &root, &language)?,
            section: None,
            url,
            title: title.to_owned(),
            full_title: format!("{title} – {}", handbook.config.title),
            summary: None,
            direction: language::direction(&language),
            language,
            breadcrumb: vec![home(handbook, strings)],
            contents: Vec::new(),
            previous: None,
            next: None,
            meta: MetaView::default(),
            draft: false,
            canonical: if matches!(kind, "not-found" | "report" | "gallery") {
                None
            } else {
                canonical(handbook, path)
            },
            report_url: report_url(handbook, title, path),
            number: None,
        },
    );
    Ok(context)
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
