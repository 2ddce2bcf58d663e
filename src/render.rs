//! Drawing: one route of a site to the bytes that are published there.
//!
//! In: a [`Site`] and a [`Route`]. Out: an [`Artifact`]. Pure, and any route on its own: a [`Renderer`] holds what pages share (the
//! site's view, the words) as Tera values, which are reference counted, and headers, menus and footers, drawn once; a page then
//! costs what it shows. Where there is a print page, it also holds what that shows of the pages drawn so far.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tera::{Context, Value};

mod asked;
mod data;
mod document;
mod frame;
mod framework;
mod gallery;
mod list;
mod markdown;
mod menu;
mod report;
mod scripts;
mod special;
mod tags;
mod views;
mod whole;

use crate::finding::{Diagnostic, codes};
use crate::handbook::Subject;
use crate::review::report::Report;
use crate::site::{Route, Show, Site};
use crate::words::address;
use frame::Frame;
pub use gallery::FOLDER as GALLERY;
use whole::Whole;

/// What is published at a path.
#[derive(Debug)]
pub enum Artifact {
    /// Made by Ethos.
    Bytes(Vec<u8>),
    /// A file of the handbook, passed through.
    File(PathBuf),
}

/// Draws the routes of one site.
pub struct Renderer {
    site: Arc<Site>,
    /// `site`
    shared: Value,
    /// Drawn when they are first shown.
    frames: RwLock<FxHashMap<FrameKey, Arc<Frame>>>,
    /// For the print page.
    whole: OnceLock<Whole>,
}

/// Which frames are the same: by section, by what the menu shows, by the way to the root and by language.
type FrameKey = (Option<Subject>, menu::Parts, String, String);

/// Bytes that few pages need more of; what isn't written to costs nothing.
const PAGE_ROOM: usize = 1 << 15;

/// A drawn page, or what to tell the author.
pub type Drawn<T> = Result<T, Box<Diagnostic>>;

impl Renderer {
    /// Makes what pages share.
    pub fn new(site: Arc<Site>) -> Self {
        let shared = Value::from_serializable(&frame::site(&site));
        Self { site, shared, frames: RwLock::default(), whole: OnceLock::new() }
    }

    /// The site that is drawn.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// What the pages of a section have around them in common, as long as their menus show the same.
    fn frame(&self, section: Option<Subject>, parts: menu::Parts, root: &str, language: &str) -> Drawn<Arc<Frame>> {
        let key = (section, parts, root.to_owned(), language.to_owned());
        let known = self.frames.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(frame) = known {
            return Ok(frame);
        }
        let frame = Arc::new(Frame::draw(self, section, &key.1, root, language)?);
        self.frames.write().unwrap_or_else(PoisonError::into_inner).insert(key, frame.clone());
        Ok(frame)
    }

    /// Draws a route.
    ///
    /// # Errors
    /// What to tell the author: of a theme whose template fails, of a page that grows out of all proportion.
    pub fn draw(&self, route: &Route) -> Drawn<Artifact> {
        let bytes = match route.show {
            Show::Subject(Subject::Asset(asset)) => {
                let source = &self.site.handbook.assets[asset].source;
                let plain = source.plain.as_ref().map(|plain| Artifact::Bytes(plain.clone().into_bytes()));
                return Ok(plain.unwrap_or_else(|| Artifact::File(source.disk.clone())));
            }
            Show::Subject(subject) => {
                let page = self.subject(subject)?.page()?;
                self.remember(route, &page);
                page
            }
            Show::Data(framework) => data::json(self, framework).into_bytes(),
            Show::Table(framework) => data::table(self, framework).into_bytes(),
            Show::Search => special::search(self)?.page()?,
            Show::Index => special::index(self)?.page()?,
            Show::Letter(letter) => special::letter(self, letter)?.page()?,
            Show::Print => whole::print(self, self.whole())?,
            Show::NotFound => special::not_found(self)?.page()?,
            Show::Accessibility => special::accessibility(self)?.page()?,
            Show::Sitemap => data::sitemap(self).into_bytes(),
            Show::Addresses => self.site.handbook.addresses_text().into_bytes(),
            Show::Redirect(redirect) => special::redirect(self, redirect)?,
            Show::Stylesheet => self.site.stylesheet.clone().into_bytes(),
            Show::Script(script) => self.site.scripts[script].2.clone().into_bytes(),
        };
        Ok(Artifact::Bytes(bytes))
    }

    /// Takes note of a page, drawn just now or by another of the same site: the print page shows it too.
    pub fn remember(&self, route: &Route, page: &[u8]) {
        if let (true, Show::Subject(subject)) = (self.site.has_print, route.show) {
            self.whole().remember(&self.site, subject, page);
        }
    }

    fn whole(&self) -> &Whole {
        self.whole.get_or_init(|| Whole::new(&self.site))
    }

    /// Draws the page for an address that isn't there, for a server whose addresses begin with `/`.
    ///
    /// # Errors
    /// As [`draw`](Self::draw).
    pub fn draw_missing(&self) -> Drawn<Vec<u8>> {
        special::not_found_below(self, Some("/".to_owned()))?.page()
    }

    /// Draws the report of a check: its page, and the files that the page needs, each with its path.
    ///
    /// # Errors
    /// What to tell the author of a theme whose template fails.
    pub fn draw_report(&self, report: &Report) -> Drawn<Vec<(Arc<str>, Artifact)>> {
        let site = &*self.site;
        let page = report::page(self, report)?;
        let style = site.stylesheet.clone() + &site.theme.report_stylesheet;
        let mut files = vec![
            (report::PAGE.into(), Artifact::Bytes(page)),
            (site.stylesheet_path.as_str().into(), Artifact::Bytes(style.into_bytes())),
        ];
        let logo = site.handbook.config.logo.as_ref().and_then(|logo| site.route(logo.as_str()));
        if let Some(logo) = logo {
            files.push((logo.path.clone(), self.draw(logo)?));
        }
        Ok(files)
    }

    /// Draws a file of the gallery of the theme's components, which only the preview shows; none where there is no such file.
    ///
    /// # Errors
    /// What to tell the author of a theme whose template or example fails.
    pub fn draw_gallery(&self, file: &str) -> Drawn<Option<Vec<u8>>> {
        gallery::draw(self, file)
    }

    /// The sheet of a page, framework, value, behaviour, point or profile.
    fn subject(&self, subject: Subject) -> Drawn<Sheet<'_>> {
        match subject {
            Subject::Page(page) => document::sheet(self, page),
            Subject::Framework(framework) => framework::sheet(self, framework),
            Subject::Item(framework, at) => framework::item(self, framework, at),
            Subject::Point(framework, scale, point) => framework::point(self, framework, scale, point),
            Subject::Profile(framework, profile) => framework::profile(self, framework, profile),
            Subject::Asset(_) => unreachable!("files aren't drawn"),
        }
    }

    /// What every template sees.
    fn context(&self, root: &str, language: &str) -> Context {
        let mut context = Context::new();
        // Of ../ alone, so it needs no escaping, before every link.
        context.insert_value("root", Value::safe_string(root));
        context.insert_value("site", self.shared.clone());
        context.insert_value("t", self.site.theme.strings(language).value.clone());
        context
    }
}

/// A page that is ready to be drawn: its template and all that the template may see.
pub struct Sheet<'r> {
    renderer: &'r Renderer,
    template: &'static str,
    context: Context,
}

impl Sheet<'_> {
    /// The whole page.
    fn page(&self) -> Drawn<Vec<u8>> {
        self.page_within(PAGE_ROOM)
    }

    /// The same, of so many bytes or hardly more.
    fn page_within(&self, room: usize) -> Drawn<Vec<u8>> {
        let mut page = Vec::with_capacity(room);
        match self.renderer.site.theme.tera.render_to(self.template, &self.context, &mut page) {
            Ok(()) => {
                let root = self.context.get("root").and_then(Value::as_str).unwrap_or_default();
                scripts::add(&mut page, &self.renderer.site, root);
                Ok(page)
            }
            Err(error) => Err(self.explain(&error)),
        }
    }

    /// A part that is drawn by itself, without space around it.
    fn text(&self) -> Drawn<String> {
        let drawn = self.renderer.site.theme.tera.render(self.template, &self.context);
        drawn.map(|text| text.trim().to_owned()).map_err(|error| self.explain(&error))
    }

    fn explain(&self, error: &tera::Error) -> Box<Diagnostic> {
        Box::new(self.renderer.site.theme.explain(error, &self.renderer.site.sources))
    }
}

/// From a path to the site's root: "" or "../" for each folder.
fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A path as it stands in a link.
fn url_of(path: &str) -> String {
    address::encode(path)
}

/// What to say of a text that grows out of all proportion.
fn too_large(span: crate::text::Span) -> Box<Diagnostic> {
    let diagnostic =
        Diagnostic::new(codes::OUTPUT_TOO_LARGE, "this text grows to more than fifty times its length as a page");
    Box::new(
        diagnostic
            .at(span)
            .help("look for something that a program made, such as a table whose rows lack most of their cells"),
    )
}
