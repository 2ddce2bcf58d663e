//! The line from files to a site, said aloud: each stage's value is complete before the next begins.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::content;
use crate::diagnostic::{self, Diagnostic, codes};
use crate::framework::{self, Framework};
use crate::handbook::Handbook;
use crate::handbook::assemble::{Parts, assemble, draft_items};
use crate::project::Project;
use crate::render::{Artifact, Renderer};
use crate::site::{self, Route, Show, Site};
use crate::source::{self, SourceFile, Sources, Text};
use crate::theme::Theme;
use crate::toml_source::Findings;

/// A handbook that has been read and put together, with all that was found on the way.
pub struct Assembled {
    /// The texts.
    pub sources: Sources,
    /// The handbook and its theme; none where the settings or the theme can't be used.
    pub whole: Option<(Handbook, Theme)>,
    /// What was found so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a handbook, parses every file and puts it together.
pub fn assemble_project(project: &Project) -> Assembled {
    let mut diagnostics = Vec::new();
    let sources = source::read(&project.root, &mut diagnostics);
    let findings = Findings::new(diagnostics);
    let whole = parse(project, &sources, &findings);
    Assembled { sources, whole, diagnostics: findings.into_inner() }
}

fn parse(project: &Project, sources: &Sources, findings: &Findings) -> Option<(Handbook, Theme)> {
    let config = sources.by_path("ethos.toml").and_then(|file| config::parse(file, findings));
    let documents = each(&sources.below("content", "md").collect::<Vec<_>>(), findings, |file, findings| {
        Some(content::parse(file, findings))
    });
    let frameworks = frameworks(project, sources, findings);
    // Without settings there is no language and no theme; pages are put together all the same, so that their faults are found now.
    let has_config = config.is_some();
    let config = config.unwrap_or_else(Config::unknown);
    let theme = has_config.then(|| Theme::read(&config, sources, findings)).flatten();
    let handbook = assemble(Parts { config, documents, frameworks, drafts: project.drafts }, sources, findings);
    theme.map(|theme| (handbook, theme))
}

/// Each framework from its TOML and the Markdown below the folder of its name.
fn frameworks(project: &Project, sources: &Sources, findings: &Findings) -> Vec<Framework> {
    let files: Vec<&SourceFile> = sources.below("frameworks", "toml").collect();
    let drafts = if project.drafts { HashSet::new() } else { draft_items(sources) };
    let pages: Vec<&SourceFile> = sources.below("frameworks", "md").filter(|page| !drafts.contains(&page.id)).collect();
    let folder = |file: &SourceFile| format!("frameworks/{}/", file.stem());
    for page in &pages {
        if !files.iter().any(|file| page.path.starts_with(&folder(file))) {
            let name = page.path.split('/').nth(1).unwrap_or_default();
            let diagnostic =
                Diagnostic::new(codes::MISPLACED_FILE, "this file belongs to no framework").in_file(&page.path);
            findings.borrow_mut().push(diagnostic.help(format!(
                "make the file frameworks/{name}.toml, with a title, for its framework; if it is a page, move it to content"
            )));
        }
    }
    each(&files, findings, |file, findings| {
        if file.path.matches('/').count() > 1 {
            let diagnostic =
                Diagnostic::new(codes::MISPLACED_FILE, "a framework's file stands in the folder frameworks itself")
                    .in_file(&file.path);
            let name = file.path.rsplit('/').next().unwrap_or_default();
            findings.borrow_mut().push(diagnostic.help(format!("move it up: frameworks/{name}")));
            return None;
        }
        let own: Vec<_> = pages.iter().filter(|page| page.path.starts_with(&folder(file))).copied().collect();
        framework::parse(file, &own, findings)
    })
}

/// Parses files on all cores; what is found comes in the order of the files.
fn each<T: Send>(
    files: &[&SourceFile],
    findings: &Findings,
    parse: impl Fn(&SourceFile, &Findings) -> Option<T> + Sync,
) -> Vec<T> {
    let parsed: Vec<_> = files
        .par_iter()
        .map(|file| {
            let own = Findings::default();
            (parse(file, &own), own.into_inner())
        })
        .collect();
    let mut results = Vec::new();
    for (result, own) in parsed {
        results.extend(result);
        findings.borrow_mut().extend(own);
    }
    results
}

/// Plans the site of a handbook that was put together.
pub fn plan<'a>(
    handbook: &'a Handbook,
    theme: &'a Theme,
    sources: &'a Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site<'a> {
    let findings = Findings::default();
    let site = site::plan(handbook, theme, sources, &findings);
    diagnostics.extend(findings.into_inner());
    site
}

/// What the search found on the way: synonyms that help nobody.
pub fn unused_synonyms(site: &Site<'_>) -> Vec<Diagnostic> {
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

/// Draws every route on all cores, each with its path; `drawn_one` is told after each.
///
/// # Errors
/// All that the drawing found: templates that fail, pages that grow out of all proportion.
pub fn draw(site: &Site<'_>, drawn_one: &(dyn Fn() + Sync)) -> Result<Vec<(String, Artifact)>, Vec<Diagnostic>> {
    let renderer = Renderer::new(site);
    let draw_one = |route| {
        let result = renderer.draw(route);
        drawn_one();
        (route, result)
    };
    // The search page names the parts of the index, so it waits for them; all others are drawn meanwhile.
    let (last, others): (Vec<&Route>, Vec<&Route>) = site.routes.iter().partition(|route| route.show == Show::Search);
    let (mut drawn, _) = rayon::join(|| others.into_par_iter().map(draw_one).collect::<Vec<_>>(), || site.search());
    drawn.extend(last.into_iter().map(draw_one));
    let mut artifacts = Vec::with_capacity(drawn.len());
    let mut found = Vec::new();
    for (route, result) in drawn {
        match result {
            Ok(artifact) => artifacts.push((route.path.clone(), artifact)),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    if found.is_empty() {
        let parts = site.search().map_or(&[][..], |search| &search.files);
        artifacts.extend(parts.iter().map(|(path, text)| (path.clone(), Artifact::Bytes(text.clone().into_bytes()))));
        return Ok(artifacts);
    }
    // A template that fails does so for every page that it draws; once is enough.
    diagnostic::sort(&mut found, site.sources);
    Err(found)
}
