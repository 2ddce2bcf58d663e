//! Raw HTML in a text: its links and ids, and what is wrong with it.

use std::ops::Range;

use super::Reader;
use crate::content::html::{self, Inspection};
use crate::finding::{Diagnostic, codes};
use crate::language;

/// Browsers and our own reader take ever longer over HTML in HTML; nothing for people is nested so deep.
const MOST_NESTED: isize = 500;

impl Reader<'_> {
    /// Notes the links and ids of a piece, and what of it is taken out or can't be read out well.
    pub(super) fn html(&mut self, range: Range<usize>) {
        let owner = self.prose.text.clone();
        let found = html::inspect(&owner.as_str()[range.clone()]);
        for (start, length, what) in &found.removed {
            let start = range.start + start;
            self.report(
                Diagnostic::new(codes::REMOVED_HTML, format!("{what} isn't allowed in a page, and is taken out"))
                    .help("delete it, or say the same in Markdown; to show it as text, put it between backticks"),
                start..(start + *length).min(range.end),
            );
        }
        self.nesting(&found, range.start);
        let piece = owner.as_str()[range.clone()].trim_start();
        if piece.starts_with("<!--") && !piece.contains("-->") {
            self.report(
                Diagnostic::new(
                    codes::REMOVED_HTML,
                    "the remark that begins here never ends, and hides the rest of the text",
                )
                .help("put --> at its end"),
                range.start..range.start + piece.find('\n').unwrap_or(piece.len()),
            );
        }
        self.spoken(&found, range.clone());
        for (start, length, id) in found.ids {
            if !self.anchors.claim(&id) {
                let start = range.start + start;
                self.report(
                    Diagnostic::new(codes::DUPLICATE_ID, format!("the id `{id}` is taken on this page"))
                        .help("give this element another id, or none"),
                    start..(start + length).min(range.end),
                );
            }
            self.prose.ids.push(id);
        }
        for link in found.links {
            let start = range.start + link.start;
            let place = owner.as_str()[start..range.end]
                .find(&link.written)
                .filter(|_| !link.written.is_empty())
                .map_or(start..start + 1, |at| start + at..start + at + link.written.len());
            self.add_link(start, link.destination, owner.span(place), link.attribute != "href");
        }
    }

    /// Follows how many elements are open, and says where the first stands too deep. An end without a beginning ends nothing.
    fn nesting(&mut self, found: &Inspection, start: usize) {
        for (at, step) in &found.nesting {
            self.open_html = (self.open_html + step).max(0);
            if self.open_html > MOST_NESTED && !self.is_html_deep {
                self.is_html_deep = true;
                let message = format!("HTML stands more than {MOST_NESTED} deep in other HTML here");
                self.report_depth(message, "end each element with its end tag, such as </div>", start + at);
            }
        }
    }

    /// Notes what of raw HTML can't be read out well: languages that aren't any, images without text, headings without words.
    fn spoken(&self, found: &Inspection, range: Range<usize>) {
        let at = |start: usize, length: usize| range.start + start..(range.start + start + length).min(range.end);
        for (start, length, tag) in
            found.languages.iter().filter(|(_, _, tag)| !tag.is_empty() && !language::is_tag(tag))
        {
            self.report(language::invalid(tag), at(*start, *length));
        }
        for (start, length) in &found.textless {
            let diagnostic =
                Diagnostic::new(codes::IMAGE_WITHOUT_TEXT, "this image has no text for people who can't see it")
                    .help("say in its tag what it shows: alt=\"A short description\"")
                    .help("if it shows nothing that matters, say so: alt=\"\"");
            self.report(diagnostic, at(*start, *length));
        }
        for (start, length) in &found.empty_headings {
            let diagnostic = Diagnostic::new(codes::EMPTY_HEADING, "this heading has no text");
            self.report(diagnostic.help("give it words, or delete the tags"), at(*start, *length));
        }
    }
}
