//! The line from files to a site, said aloud: each stage's value is complete before the next begins.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3Default;

mod inputs;
mod memory;

use crate::config::{self, Config};
use crate::content;
use crate::disk::{Disk, SETTINGS, fetch};
use crate::error::Error;
use crate::finding::{self, Diagnostic, Findings, codes};
use crate::framework::{self, Framework};
use crate::handbook::Handbook;
use crate::handbook::assemble::{Parts, assemble, draft_items};
use crate::handbook::judge::judge;
use crate::project::Project;
use crate::render::{Artifact, Renderer};
use crate::review::settle::Allowed;
use crate::site::{self, Route, Show, Site};
use crate::text::{SourceFile, Sources, Text};
use crate::theme::{self, Theme};
pub use inputs::Inputs;
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
    pub diagnostics: Vec<Diagnostic>,
    /// What authors allow.
    pub allowed: Allowed,
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
        || judge(&handbook, &sources, &mut memory.names),
        || theme.map(|theme| plan(handbook.clone(), theme, sources.clone())),
    );
    let (mut diagnostics, silences) = findings.into_parts();
    diagnostics.extend(judged);
    let site = planned.map(|(site, found)| {
        diagnostics.extend(found);
        Arc::new(site)
    });
    let settings = &handbook.config.check;
    let mut allowed = Allowed::new(silences);
    diagnostics.extend(allowed.misnamed(settings));
    allowed.settle(&mut diagnostics, settings);
    Assembled { sources, handbook, site, diagnostics, allowed }
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
    let alone = |file: &Arc<SourceFile>| Input { file: file.clone(), with: Vec::new() };
    let pages = sources.markdown_below("content").map(alone).collect();
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
                || Findings::of(|findings| self::frameworks(project, sources, frameworks, findings)),
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
    let parts = Parts { config, documents, frameworks, drafts: project.drafts };
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
    project: &Project,
    sources: &Sources,
    known: &mut Kept<Framework>,
    findings: &Findings,
) -> Vec<Arc<Framework>> {
    let files: Vec<_> = sources.toml_below("frameworks").cloned().collect();
    let drafts = if project.drafts { HashSet::new() } else { draft_items(sources) };
    let pages: Vec<_> =
        sources.markdown_below("frameworks").filter(|page| !drafts.contains(&page.id)).cloned().collect();
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
pub fn unused_synonyms(site: &Site) -> Vec<Diagnostic> {
    let unused = site.search().map_or(&[][..], |search| &search.unused);
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

/// Where a site goes as it is drawn, from any number of threads.
pub trait Sink: Sync {
    /// Keeps those of some files that are there already, made from these [`Inputs`], so that they needn't be drawn, and gives the
    /// contents of each.
    fn keep(&self, files: &[(&str, u64)]) -> Vec<Option<Vec<u8>>>;

    /// Takes a file, with the inputs that it is made from, as far as they are known.
    ///
    /// # Errors
    /// If the disk refuses.
    fn put(&self, path: &str, artifact: Artifact, inputs: Option<u64>) -> Result<(), Error>;
}

/// For whom every file is new.
impl<F: Fn(&str, Artifact) -> Result<(), Error> + Sync> Sink for F {
    fn keep(&self, files: &[(&str, u64)]) -> Vec<Option<Vec<u8>>> {
        vec![None; files.len()]
    }

    fn put(&self, path: &str, artifact: Artifact, _: Option<u64>) -> Result<(), Error> {
        self(path, artifact)
    }
}

/// Draws every route on all cores, and gives each to `sink` as soon as it is drawn, so that none is kept. Where it is known what a
/// file is made from and it is there already, it isn't drawn.
///
/// # Errors
/// All that the drawing found: templates that fail, pages that grow out of all proportion. And what `sink` says.
pub fn draw(site: &Arc<Site>, inputs: Option<&Inputs>, sink: &impl Sink) -> Result<(), Failure> {
    let renderer = Renderer::new(site.clone());
    let draw_one = |(route, own): WithInputs<'_>| match renderer.draw(route) {
        Ok(artifact) => sink.put(&route.path, artifact, own).err().map(Failure::Disk),
        Err(found) => Some(Failure::Found(vec![*found])),
    };
    let draw_some = |is_meant: fn(Show) -> bool| -> Vec<Failure> {
        let meant = site.routes.par_iter().filter(|route| is_meant(route.show));
        let routes: Vec<_> = meant.map(|route| (route, inputs.and_then(|inputs| inputs.of(route.show)))).collect();
        let some = routes.par_chunks(fetch::at_once());
        let left: Vec<_> = some.flat_map_iter(|some| keep(some, &renderer, sink)).collect();
        left.into_par_iter().filter_map(draw_one).collect()
    };
    let of_parts = Mutex::new(Vec::new());
    let put_part = |path: String, text: String| {
        if let Err(error) = sink.put(&path, Artifact::Bytes(text.into_bytes()), None) {
            of_parts.lock().unwrap_or_else(PoisonError::into_inner).push(Failure::Disk(error));
        }
    };
    // The print page shows all others, and the search page names the parts of the index, so they wait for them. Some of the search
    // goes step by step, and so does the print page: beside each there is what keeps the other cores at work.
    let draw_pages = || {
        let mut failed = draw_some(|show| !matches!(show, Show::Search | Show::Print));
        failed.extend(draw_some(|show| show == Show::Print));
        failed
    };
    let (mut failed, ()) = rayon::join(draw_pages, || site.write_search(&put_part));
    failed.extend(of_parts.into_inner().unwrap_or_else(PoisonError::into_inner));
    failed.extend(draw_some(|show| show == Show::Search));
    let mut found = Vec::new();
    for failure in failed {
        match failure {
            Failure::Found(more) => found.extend(more),
            Failure::Disk(_) => return Err(failure),
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    // A template that fails does so for every page that it draws; once is enough.
    finding::sort(&mut found, &site.sources);
    Err(Failure::Found(found))
}

/// A route, and the inputs that its file is made from, as far as they are known.
type WithInputs<'r> = (&'r Route, Option<u64>);

/// Keeps the files that are there already, and gives the routes that are left.
fn keep<'r>(routes: &[WithInputs<'r>], renderer: &Renderer, sink: &impl Sink) -> Vec<WithInputs<'r>> {
    let known: Vec<(&str, u64)> = routes.iter().filter_map(|(route, own)| Some((&*route.path, (*own)?))).collect();
    let mut kept = sink.keep(&known).into_iter();
    let mut left = Vec::new();
    for (route, own) in routes {
        match own.and_then(|_| kept.next()?) {
            Some(kept) => renderer.remember(route, &kept),
            None => left.push((*route, *own)),
        }
    }
    left
}

/// Draws every route as [`draw`] does and keeps nothing: for what is found on the way.
pub fn prove(site: &Arc<Site>) -> Vec<Diagnostic> {
    match draw(site, None, &|_: &str, _| Ok(())) {
        Err(Failure::Found(found)) => found,
        _ => unused_synonyms(site),
    }
}
