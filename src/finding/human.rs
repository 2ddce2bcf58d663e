//! For people at a terminal: the author's own line with the place marked, and what to do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity, printable};
use crate::text::{SourceFile, Sources, Span};

/// Draws the findings; with colours for a terminal that shows them.
pub fn draw(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&draw_one(diagnostic, sources, &renderer));
        text.push_str("\n\n");
    }
    text
}

fn draw_one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name("hint"),
    };
    let message = printable(&diagnostic.message);
    let title = level.primary_title(&message).id(diagnostic.code.name);
    let label = printable(&diagnostic.label);
    let also: Vec<_> = diagnostic.also.iter().map(|label| (label.span, printable(&label.text))).collect();
    let help: Vec<_> = diagnostic.help.iter().map(|help| printable(help)).collect();
    let mut files = Excerpts::default();
    let mut group = Group::with_title(title);
    match &diagnostic.place {
        Place::Span(span) => {
            files.add(*span, true, &label, sources);
            for (other, words) in &also {
                files.add(*other, false, words, sources);
            }
            for excerpt in &files.excerpts {
                group = excerpt.draw(group);
            }
        }
        Place::File(path, at) => {
            let mut origin = Origin::path(printable(path));
            if let Some((line, column)) = at {
                origin = origin.line(*line).char_column(*column);
            }
            group = group.element(origin);
        }
        Place::Handbook => {}
    }
    for help in &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The marks of one finding, gathered by file.
#[derive(Default)]
struct Excerpts<'a> {
    excerpts: Vec<Excerpt<'a>>,
}

struct Excerpt<'a> {
    file: &'a SourceFile,
    marks: Vec<(Range<usize>, bool, &'a str)>,
}

impl<'a> Excerpts<'a> {
    fn add(&mut self, span: Span, primary: bool, words: &'a str, sources: &'a Sources) {
        let file = sources.file(span.file);
        let mark = (file.shown(span), primary, words);
        match self.excerpts.iter_mut().find(|excerpt| excerpt.file.id == file.id) {
            Some(excerpt) => excerpt.marks.push(mark),
            None => self.excerpts.push(Excerpt { file, marks: vec![mark] }),
        }
    }
}

/// The renderer looks at every byte that it is given, for each finding anew; of longer excerpts it sees only what is near the marks.
const LONGEST: usize = 4000;

/// So much of a long line stands before a mark, and so much after its beginning.
const AROUND: (usize, usize) = (60, 120);

impl<'a> Excerpt<'a> {
    fn draw(&self, group: Group<'a>) -> Group<'a> {
        let lines = self.lines();
        if lines.len() <= LONGEST {
            return group.element(self.snippet(lines).path(printable(&self.file.path)));
        }
        self.marks.iter().fold(group, |group, mark| {
            let own = Self { file: self.file, marks: vec![mark.clone()] };
            let lines = own.lines();
            if lines.len() <= LONGEST {
                return group.element(own.snippet(lines).path(printable(&self.file.path)));
            }
            // A part of a line has no column of its own, so the place is said apart from it.
            let (line, column) = self.file.line_column(mark.0.start as u32);
            let near = mark.0.start.saturating_sub(AROUND.0).max(lines.start)..(mark.0.start + AROUND.1).min(lines.end);
            let near = self.file.span(near).range();
            let end = mark.0.end.min(near.end);
            let own = Self { file: self.file, marks: vec![(mark.0.start..end, mark.1, mark.2)] };
            group
                .element(Origin::path(printable(&self.file.path)).line(line).char_column(column))
                .element(own.snippet(near))
        })
    }

    fn snippet(&self, lines: Range<usize>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let annotations = self.marks.iter().map(|(range, primary, words)| {
            let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(range.start - lines.start..range.end - lines.start);
            if words.is_empty() { annotation } else { annotation.label(*words) }
        });
        let (first, _) = self.file.line_column(lines.start as u32);
        Snippet::source(same_length(&self.file.text[lines.clone()]))
            .line_start(first)
            .annotations(annotations.collect::<Vec<_>>())
    }

    /// The lines from the first mark to the last.
    fn lines(&self) -> Range<usize> {
        let start = self.marks.iter().map(|(range, ..)| range.start).min().unwrap_or_default();
        let end = self.marks.iter().map(|(range, ..)| range.end).max().unwrap_or_default();
        self.file.line(start).start..self.file.line(end).end
    }
}

/// Control characters could drive the terminal; each becomes as many bytes of `?`, so that offsets still hold.
fn same_length(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let (show, times) = if c.is_control() && c != '\n' && c != '\t' { ('?', c.len_utf8()) } else { (c, 1) };
            std::iter::repeat_n(show, times)
        })
        .collect()
}
