//! What governance speaks of: pages, frameworks, and values that speak for themselves.

use rustc_hash::FxHashMap;

use crate::check::Context;
use crate::content::front_matter::Governance;
use crate::handbook::Subject;
use crate::text::{FileId, Span, Text};

/// Something that somebody answers for and reviews.
pub struct Governed {
    /// What it is.
    pub subject: Subject,
    /// Its title.
    pub title: String,
    /// Where its title stands; the beginning of its file where it has none.
    pub at: Span,
    /// What it says itself, with the day of the next review worked out.
    pub own: Governance,
}

/// Every page that has a file and every framework; values and behaviours too, where `says` something of theirs is in some of them:
/// then the framework is one that says it value by value.
pub fn governed(context: &Context<'_>, says: fn(&Governance) -> bool) -> Vec<Governed> {
    let handbook = context.handbook;
    let mut all: Vec<_> = (0..handbook.pages.len()).filter_map(|page| of_page(context, page)).collect();
    for (index, framework) in handbook.frameworks.iter().enumerate() {
        let titles = Titles::of(&framework.lines);
        let whole = of_framework(context, index, &titles);
        let by_value = !says(&whole.own) && framework.items().any(|at| says(&framework.item(at).governance));
        all.push(whole);
        if by_value {
            all.extend(own_files(context, index, &titles));
        }
    }
    all
}

/// Everything that has dates of its own.
pub fn dated(context: &Context<'_>) -> Vec<Governed> {
    let handbook = context.handbook;
    let pages = (0..handbook.pages.len()).filter_map(|page| of_page(context, page));
    let mut all: Vec<_> = pages.collect();
    for (index, framework) in handbook.frameworks.iter().enumerate() {
        let titles = Titles::of(&framework.lines);
        all.push(of_framework(context, index, &titles));
        all.extend(
            framework.items().map(|at| of_subject(context, Subject::Item(index, at), framework.item(at).file, &titles)),
        );
    }
    all.retain(|one| one.own.last_span.or(one.own.due_span).is_some());
    all
}

/// Where the title of a page, a framework, a value or a behaviour stands; none for a section without a page of its own.
pub fn place(context: &Context<'_>, subject: Subject) -> Option<Span> {
    match subject {
        Subject::Page(page) => of_page(context, page).map(|page| page.at),
        Subject::Framework(framework) => {
            let titles = Titles::of(&context.handbook.frameworks[framework].lines);
            Some(of_framework(context, framework, &titles).at)
        }
        Subject::Item(framework, at) => {
            let titles = Titles::of(&context.handbook.frameworks[framework].lines);
            Some(of_subject(context, subject, context.handbook.item(framework, at).file, &titles).at)
        }
        _ => None,
    }
}

fn of_page(context: &Context<'_>, page: usize) -> Option<Governed> {
    let document = context.handbook.pages[page].document.as_ref()?;
    Some(of_subject(context, Subject::Page(page), document.file, &Titles::of(&document.front.lines)))
}

fn of_framework(context: &Context<'_>, index: usize, titles: &Titles<'_>) -> Governed {
    of_subject(context, Subject::Framework(index), context.handbook.frameworks[index].file, titles)
}

/// The values and behaviours of a framework that have a Markdown file of their own.
fn own_files<'a>(
    context: &'a Context<'_>,
    index: usize,
    titles: &'a Titles<'_>,
) -> impl Iterator<Item = Governed> + use<'a> {
    let framework = &context.handbook.frameworks[index];
    let own = framework.items().filter(move |at| framework.item(*at).file != framework.file);
    own.map(move |at| of_subject(context, Subject::Item(index, at), framework.item(at).file, titles))
}

fn of_subject(context: &Context<'_>, subject: Subject, file: FileId, titles: &Titles<'_>) -> Governed {
    let handbook = context.handbook;
    let every = handbook.config.review_every;
    let own = match subject {
        Subject::Item(framework, at) => handbook.item(framework, at).governance.with_due(every),
        _ => handbook.governance(subject),
    };
    let title = handbook.title(subject).to_owned();
    let at = titles.span(&title, file).unwrap_or_else(|| context.sources.file(file).span(0..3));
    Governed { at, subject, title, own }
}

/// Where lines stand that may be titles, by their words: the first of each file.
struct Titles<'a>(FxHashMap<(FileId, &'a str), Span>);

impl<'a> Titles<'a> {
    fn of(lines: &'a [Text]) -> Self {
        let mut titles = FxHashMap::default();
        for line in lines {
            let words = line.as_str().trim();
            titles.entry((line.whole().file, words)).or_insert_with(|| line.trim().whole());
        }
        Self(titles)
    }

    fn span(&self, title: &str, file: FileId) -> Option<Span> {
        self.0.get(&(file, title)).copied()
    }
}
