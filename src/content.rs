//! One Markdown page, parsed: its front matter, its outline, its links, each with the place where it stands.
//!
//! In: one source file. Out: a [`Document`]. Pure; what a link leads to, and the numbers of a code of conduct, are the handbook's
//! to say, since they depend on other files. Start reading at [`parse`]; [`prose`] is for every piece of Markdown, in pages and
//! frameworks alike.

pub mod allow;
pub mod anchors;
pub mod attributes;
pub mod block;
pub mod footnote;
pub mod front_matter;
pub mod html;
pub mod link;
pub mod markdown;
pub mod prose;

use std::sync::Arc;

use crate::finding::{Diagnostic, Findings, codes};
use crate::text::{FileId, SourceFile, Text, name};
use crate::words::slug::{sort_key, title_from_name};
use anchors::Anchors;
use front_matter::{FrontMatter, Parts};
use prose::Prose;

/// A page as its author wrote it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its path, as its file has it.
    pub source: Arc<str>,
    /// Where it is published, unescaped, relative to the site's root.
    pub address: Arc<str>,
    /// From front matter; from the file's name where it says none (which is reported).
    pub title: String,
    /// What it is sorted by among pages of one order.
    pub key: String,
    /// The keys of its front matter.
    pub front: FrontMatter,
    /// Its text.
    pub body: Prose,
}

/// The address of a source below `content` or `frameworks`: ".md" becomes ".html", and a section's page is its folder's "index.html",
/// whatever the case of its name.
pub fn address_of(path: &str) -> String {
    let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
    match name::markdown_stem(inside) {
        Some(_) if name::section_folder(path).is_some() => inside
            .rsplit_once('/')
            .map_or_else(|| "index.html".to_owned(), |(folder, _)| format!("{folder}/index.html")),
        Some(stem) => format!("{stem}.html"),
        None => inside.to_owned(),
    }
}

/// Parses a page. Whatever is wrong, there is a document: so that links to it hold, and its other faults are found in the same run.
pub fn parse(file: &SourceFile, findings: &Findings) -> Document {
    let Parts { settings, body } = front_matter::split(file, findings);
    let front = settings.and_then(|range| front_matter::parse(file, range, findings)).unwrap_or_default();
    let title = match &front.title {
        Some(title) => title.as_str().to_owned(),
        None => title_from_name(file.stem()),
    };
    let text = Text::slice(file, body);
    let is_section = name::section_folder(&file.path).is_some();
    if text.as_str().trim().is_empty() && front.title.is_some() && !is_section && !front.draft {
        findings.push(
            Diagnostic::new(codes::EMPTY_PAGE, format!("the page “{title}” has no text"))
                .at(file.span(0..3))
                .help("write below the second +++ line, or mark the page with: draft = true"),
        );
    }
    let body = Prose::parse(text, &mut Anchors::for_page(), file, findings);
    let address = address_of(&file.path).into();
    let (key, source) = (sort_key(&title), file.path.clone());
    Document { file: file.id, source, address, title, key, front, body }
}
