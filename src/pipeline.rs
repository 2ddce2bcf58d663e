//! The line from files to a site, said aloud: each stage's value is complete before the next begins.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3Default;

mod memory;

use crate::config::{self, Config};
use crate::content;
use crate::derive::Derived;
use crate::disk::{Disk, SETTINGS};
use crate::error::Error;
use crate::finding::{self, Diagnostic, Findings, codes};
use crate::framework::{self, Framework};
use crate::handbook::Handbook;
use crate::handbook::assemble::{Parts, assemble};
use crate::handbook::drafts::Drafts;
use crate::handbook::judge::judge;
use crate::project::Project;
use crate::render::{Artifact, Drawn, PrintParts, Renderer};
use crate::review::settle::Settled;
use crate::site::{self, Route, Show, Site};
use crate::text::{SourceFile, Sources, Text};
use crate::theme::{self, Theme};
pub use memory::Memory;
use memory::{Input, Kept};

/// A handbook that has been read and put together, with all that was found on the way.
pub struct Assembled {
    /// The texts.
    pub sources: Arc<Sources>,
    /// The handbook, as far as it could be put together.
    pub handbook: Arc<Handbook>,
    /// The handbook with everything planned for drawing it; none where the settings or the theme can't be used.
    pub site: Option<Arc<Site>>,
    /// What was found so far.
    pub found: Settled,
}

/// The program and the flags that a site depends on: the program's sources (see build.rs), and whether drafts are shown.
pub fn program(project: &Project) -> String {
    const PROGRAM: &str = env!("ETHOS_SOURCES");
    format!("{PROGRAM} {}", project.drafts)
}

/// What a site is made from, as 32 hexadecimal digits: the same wherever the same program and files are. `files` are the hashes of
/// all sources, sorted by path.
pub fn fingerprint(program: &str, files: &[(&str, u128)]) -> String {
    let mut hasher = Xxh3Default::new();
    hasher.update(program.as_bytes());
    for (path, contents) in files {
        hasher.update(path.as_bytes());
        hasher.update(&contents.to_le_bytes());
    }
    format!("{:032x}", hasher.digest128())
}

/// Begins, beside whatever comes next, what needs no file of the handbook: while the disk is read, most cores have nothing to do.
pub fn begin(project: &Project) {
    if !project.root.join("themes").exists() {
        rayon::spawn(|| {
            theme::built_in();
        });
    }
}

/// Parses every file that was read, puts the handbook together and plans its site; texts that are in `memory` aren't parsed again.
pub fn assemble_project(project: &Project, disk: &Disk, memory: &mut Memory) -> Assembled {
    let mut diagnostics = Vec::new();
    let sources = Arc::new(disk.sources(&mut diagnostics));
    let findings = Findings::default();
    findings.extend(diagnostics);
    let (handbook, theme) = parse(project, &sources, memory, &findings);
    // Neither needs the other.
    let (judged, planned) = rayon::join(
        || judge(&handbook, &sources),
        || theme.map(|theme| plan(handbook.clone(), theme, sources.clone())),
    );
    findings.extend(judged);
    let site = planned.map(|(site, found)| {
        findings.extend(found);
        Arc::new(site)
    });
    let found = Settled::new(findings, &handbook.config.check);
    Assembled { sources, handbook, site, found }
}

fn plan(handbook: Arc<Handbook>, theme: Arc<Theme>, sources: Arc<Sources>) -> (Site, Vec<Diagnostic>) {
    let (site, found) = Findings::of(|findings| site::plan(handbook, theme, sources, findings));
    (site, found.into_parts().0)
}

fn parse(
    project: &Project,
    sources: &Sources,
    memory: &mut Memory,
    findings: &Findings,
) -> (Arc<Handbook>, Option<Arc<Theme>>) {
    let settings = sources.by_path(SETTINGS);
    let config = settings.and_then(|file| config::parse(file, findings));
    let drafts = if project.drafts { Drafts::default() } else { Drafts::of(sources) };
    let alone = |file: &Arc<SourceFile>| Input { file: file.clone(), with: Vec::new() };
    let pages = sources.markdown_below("content").filter(|file| !drafts.has(file.id)).map(alone).collect();
    let Memory { documents, frameworks, themes, .. } = memory;
    let theme = |findings: &Findings| {
        let (settings, config) = settings.zip(config.as_ref())?;
        let files = sources.files().iter().filter(|file| file.path.starts_with("themes/")).cloned().collect();
        let input = Input { file: settings.clone(), with: files };
        themes.each(vec![input], findings, |_, findings| Theme::read(config, sources, findings)).pop()
    };
    let document = |input: &Input, findings: &Findings| Some(content::parse(&input.file, findings));
    // A few frameworks take long: they begin beside the pages, of which there are enough to fill what time is left. The theme comes
    // last, since it may have begun already (see `begin`).
    let (((documents, of_documents), (frameworks, of_frameworks)), (theme, of_theme)) = rayon::join(
        || {
            rayon::join(
                || Findings::of(|findings| documents.each(pages, findings, document)),
                || Findings::of(|findings| self::frameworks(&drafts, sources, frameworks, findings)),
            )
        },
        || Findings::of(theme),
    );
    for found in [of_documents, of_frameworks, of_theme] {
        findings.absorb(found);
    }
    findings.extend(sources.toml_below("content").map(|file| useless_toml(file)));
    // Without settings there is no language and no theme; pages are put together all the same, so that their faults are found now.
    let config = config.unwrap_or_else(Config::unknown);
    let parts = Parts { config, documents, frameworks, drafts };
    (Arc::new(assemble(parts, sources, findings)), theme)
}

/// What to say of TOML among the pages, which nothing reads.
fn useless_toml(file: &SourceFile) -> Diagnostic {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    Diagnostic::new(
        codes::MISPLACED_FILE,
        "the folder content holds pages and what they show, and this file is neither",
    )
    .in_file(&file.path)
    .help(match name {
        SETTINGS => "the handbook's settings stand beside the folder content, not in it".to_owned(),
        _ => format!("if it is a framework, move it to frameworks/{name}"),
    })
}

/// Each framework from its TOML and the Markdown below the folder of its name.
fn frameworks(
    drafts: &Drafts,
    sources: &Sources,
    known: &mut Kept<Framework>,
    findings: &Findings,
) -> Vec<Arc<Framework>> {
    let is_built = |file: &&Arc<SourceFile>| !drafts.has(file.id);
    let files: Vec<_> = sources.toml_below("frameworks").filter(is_built).cloned().collect();
    let pages: Vec<_> = sources.markdown_below("frameworks").filter(is_built).cloned().collect();
    let folder = |file: &SourceFile| format!("frameworks/{}/", file.stem());
    for page in &pages {
        if !files.iter().any(|file| page.path.starts_with(&folder(file))) {
            let name = page.path.split('/').nth(1).unwrap_or_default();
            let diagnostic =
                Diagnostic::new(codes::MISPLACED_FILE, "this file belongs to no framework").in_file(&page.path);
            findings.push(diagnostic.help(format!(
                "make the file frameworks/{name}.toml, with a title, for its framework; if it is a page, move it to content"
            )));
        }
    }
    let inputs = files.into_iter().map(|file| {
        let folder = folder(&file);
        let own = pages.iter().filter(|page| page.path.starts_with(&folder)).cloned().collect();
        Input { file, with: own }
    });
    known.each(inputs.collect(), findings, |Input { file, with }, findings| {
        if file.path.matches('/').count() > 1 {
            let diagnostic =
                Diagnostic::new(codes::MISPLACED_FILE, "a framework's file stands in the folder frameworks itself")
                    .in_file(&file.path);
            let name = file.path.rsplit('/').next().unwrap_or_default();
            findings.push(diagnostic.help(format!("move it up: frameworks/{name}")));
            return None;
        }
        framework::parse(file, &with.iter().map(AsRef::as_ref).collect::<Vec<_>>(), findings)
    })
}

/// What the search found on the way: synonyms that help nobody.
pub fn unused_synonyms(site: &Site, derived: &Derived) -> Vec<Diagnostic> {
    let unused = derived.search.as_ref().map_or(&[][..], |search| &search.unused);
    let sets = unused.iter().map(|index| &site.handbook.config.synonyms[*index]);
    let finding = |word: &Text| {
        let message = format!("neither `{}` nor what is said to mean the same occurs in the handbook", word.as_str());
        Diagnostic::new(codes::UNUSED_SYNONYM, message)
            .at(word.whole())
            .help("correct the spelling of the word that the pages use, or take the line out")
    };
    sets.filter_map(|set| set.first()).map(finding).collect()
}

/// Why a site wasn't drawn.
#[derive(Debug)]
pub enum Failure {
    /// What there is to tell the author.
    Found(Vec<Diagnostic>),
    /// The disk refused.
    Disk(Error),
}

/// Draws every route on all cores, and gives each to `put` as soon as it is drawn, from any thread, so that none is kept. Gives what
/// there is to tell the author of a site that was drawn.
///
/// # Errors
/// All that the drawing found: templates that fail, pages that grow out of all proportion. And what `put` says.
pub fn draw(
    site: &Arc<Site>,
    put: &(impl Fn(&str, Artifact) -> Result<(), Error> + Sync),
) -> Result<Vec<Diagnostic>, Failure> {
    let renderer = Renderer::new(site.clone());
    let take = |path: &str, drawn: Drawn<Artifact>| match drawn {
        Ok(artifact) => put(path, artifact).err().map(Failure::Disk),
        Err(found) => Some(Failure::Found(vec![*found])),
    };
    let of_search = Mutex::new(Vec::new());
    let put_search = |path: String, text: String| {
        let failure = take(&path, Ok(Artifact::Bytes(text.into_bytes())));
        of_search.lock().unwrap_or_else(PoisonError::into_inner).extend(failure);
    };
    let is = |wanted: fn(Show) -> bool| site.routes.par_iter().filter(move |route| wanted(route.show));
    let parts = PrintParts::new(site);
    let draw_one = |route: &Route| {
        let drawn = renderer.draw(route);
        if let (true, Show::Subject(subject), Ok(Artifact::Bytes(page))) = (site.has_print, route.show, &drawn) {
            parts.add(site, subject, page);
        }
        take(&route.path, drawn)
    };
    // Some of what is derived goes step by step, and so does the print page at its end: each keeps the other cores at work.
    let draw_pages = || -> Vec<Failure> {
        let failed = is(|show| !show.is_derived() && show != Show::Print).filter_map(draw_one);
        let mut failed: Vec<_> = failed.collect();
        let print = is(|show| show == Show::Print);
        failed.par_extend(print.filter_map(|route| take(&route.path, renderer.draw_print(&parts))));
        failed
    };
    let (mut failed, derived) = rayon::join(draw_pages, || site.derive(&put_search));
    failed.extend(of_search.into_inner().unwrap_or_else(PoisonError::into_inner));
    failed.par_extend(is(Show::is_derived).filter_map(|route| take(&route.path, renderer.draw_with(route, &derived))));
    let mut found = Vec::new();
    for failure in failed {
        match failure {
            Failure::Found(more) => found.extend(more),
            Failure::Disk(_) => return Err(failure),
        }
    }
    if found.is_empty() {
        return Ok(unused_synonyms(site, &derived));
    }
    // A template that fails does so for every page that it draws; once is enough.
    finding::sort(&mut found, &site.sources);
    Err(Failure::Found(found))
}

/// Draws every route as [`draw`] does and keeps nothing: for what is found on the way.
pub fn prove(site: &Arc<Site>) -> Vec<Diagnostic> {
    match draw(site, &|_: &str, _| Ok(())) {
        Ok(found) | Err(Failure::Found(found)) => found,
        Err(Failure::Disk(_)) => Vec::new(),
    }
}
