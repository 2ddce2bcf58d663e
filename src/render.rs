//! Drawing: one route of a site to the bytes that are published there.
//!
//! In: a [`Site`] and a [`Route`]. Out: an [`Artifact`]. Pure, and any route on its own: a [`Renderer`] holds what pages share (the
//! site's view, the words) as Tera values, which are reference counted, and frames (headers, footers, menus), made once; a page
//! then costs what it shows.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

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

use crate::derive::Derived;
use crate::finding::{Diagnostic, codes};
use crate::handbook::Subject;
use crate::review::report::Report;
use crate::site::{Route, Show, Site};
use crate::words::address;
use frame::Frame;
pub use gallery::FOLDER as GALLERY;
use menu::MenuSlices;
pub use whole::PrintParts;

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
    /// A cache. Two threads that lack the same frame both make it: nothing is drawn while the lock is held, so there is no deadlock.
    frames: RwLock<FxHashMap<FrameKey, Arc<Frame>>>,
}

/// Which frames are the same: by what the menus show, by folder, by the way to the root (a server that shows the page for what isn't
/// there needs another) and by language.
type FrameKey = (MenuSlices, String, String, String);

/// Bytes that few pages need more of; what isn't written to costs nothing.
const PAGE_ROOM: usize = 1 << 15;

/// A drawn page, or what to tell the author.
pub type Drawn<T> = Result<T, Box<Diagnostic>>;

impl Renderer {
    /// Makes what pages share.
    pub fn new(site: Arc<Site>) -> Self {
        let shared = Value::from_serializable(&frame::site(&site));
        Self { site, shared, frames: RwLock::default() }
    }

    /// The site that is drawn.
    pub fn site(&self) -> &Site {
        &self.site
    }

    fn frame(&self, here: Option<Subject>, folder: &str, root: &str, language: &str) -> Drawn<Arc<Frame>> {
        let key = (MenuSlices::of(&self.site, here), folder.to_owned(), root.to_owned(), language.to_owned());
        let known = self.frames.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(frame) = known {
            return Ok(frame);
        }
        let frame = Arc::new(Frame::new(self, &key.0, folder, root, language)?);
        self.frames.write().unwrap_or_else(PoisonError::into_inner).insert(key, frame.clone());
        Ok(frame)
    }

    /// Draws any route.
    ///
    /// # Errors
    /// As [`draw`](Self::draw).
    pub fn draw_with(&self, route: &Route, derived: &Derived) -> Drawn<Artifact> {
        let sheet = match route.show {
            Show::Search => special::search(self, derived.search.as_ref()),
            Show::Index => special::index(self, &derived.letters),
            Show::Letter(letter) => special::letter(self, &derived.letters, letter),
            _ => return self.draw(route),
        };
        Ok(Artifact::Bytes(sheet?.page()?))
    }

    /// Draws a route for which nothing has to be derived from the whole handbook.
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
            Show::Subject(subject) => self.subject(subject)?.page()?,
            Show::Data(framework) => data::json(self, framework).into_bytes(),
            Show::Table(framework) => data::table(self, framework).into_bytes(),
            Show::Search | Show::Index | Show::Letter(_) => unreachable!("these are drawn with what is derived"),
            Show::Print => whole::print(self, &PrintParts::new(&self.site))?,
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

    /// Draws the print page, of pages that were drawn already as far as they were added.
    ///
    /// # Errors
    /// As [`draw`](Self::draw).
    pub fn draw_print(&self, parts: &PrintParts) -> Drawn<Artifact> {
        whole::print(self, parts).map(Artifact::Bytes)
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
