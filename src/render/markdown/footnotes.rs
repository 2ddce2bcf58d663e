//! Footnotes: the mentions in the texts of a page, and their own texts at its end.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Pen, Writer, attribute, draw};
use crate::content::anchors::FOOTNOTES;
use crate::content::footnote::{Definition, FootnoteLabel};
use crate::content::markdown::{Marked, end_of};
use crate::content::prose::Prose;
use crate::text::Span;
use crate::theme::Strings;

/// The footnotes of a page while it is drawn, numbered in the order in which its texts first mention them. A footnote that several
/// texts mention stands once.
#[derive(Debug, Default)]
pub struct Footnotes {
    listed: RefCell<Vec<Listed>>,
    /// By the place of their definition.
    numbers: RefCell<HashMap<Span, usize>>,
}

#[derive(Debug, Default)]
struct Listed {
    html: String,
    mentions: usize,
}

impl Footnotes {
    /// Counts a mention of a footnote: its number from 1, and how often it has been mentioned with this.
    fn mention(&self, definition: &Definition) -> (usize, usize) {
        let mut listed = self.listed.borrow_mut();
        let number = *self.numbers.borrow_mut().entry(definition.span).or_insert_with(|| {
            listed.push(Listed::default());
            listed.len()
        });
        listed[number - 1].mentions += 1;
        (number, listed[number - 1].mentions)
    }

    /// The section at the end of the page; nothing where no text mentions a footnote.
    pub fn html(&self, strings: &Strings) -> Option<String> {
        let listed = self.listed.borrow();
        if listed.is_empty() {
            return None;
        }
        let title = attribute(strings.text("generated.footnotes"));
        let mut out = format!("<section class=\"footnotes\" aria-label=\"{title}\"><ol>\n");
        for (note, number) in listed.iter().zip(1..) {
            let back = format!("{} ({number})", strings.text("generated.back_to_text"));
            let (id, mention, back) = (id(number), mention_id(number, 1), attribute(&back));
            let link = format!(" <a class=\"note-back\" href=\"#{mention}\" aria-label=\"{back}\">↩</a>");
            // At the end of the last line, rather than on one of its own.
            let (text, end) = note.html.strip_suffix("</p>\n").map_or((&*note.html, ""), |text| (text, "</p>\n"));
            out.extend(["<li id=\"", &id, "\">", text, &link, end, "</li>\n"]);
        }
        out.push_str("</ol></section>\n");
        Some(out)
    }
}

fn id(number: usize) -> String {
    format!("{FOOTNOTES}{number}")
}

fn mention_id(number: usize, count: usize) -> String {
    match count {
        1 => format!("{FOOTNOTES}{number}-mention"),
        _ => format!("{FOOTNOTES}{number}-mention-{count}"),
    }
}

/// A footnote that was mentioned, and whose text is still to be drawn: only after the text around, so that numbers rise there, and so
/// that a long chain of footnotes that mention each other is no deep recursion.
pub(super) struct Pending<'a> {
    number: usize,
    prose: &'a Prose,
    definition: &'a Definition,
}

impl<'a> Pending<'a> {
    /// Draws it, and gives those that it mentions first. `events` are those of `around`, the prose in whose drawing it came up. None
    /// where one grows out of all proportion.
    pub(super) fn draw(&self, pen: &'a Pen<'a>, around: &Prose, events: &[Marked<'_>]) -> Option<Vec<Self>> {
        let other;
        let events = if std::ptr::eq(self.prose, around) {
            events
        } else {
            other = self.prose.events();
            &other
        };
        let start = self.definition.event;
        let (html, pending) = draw(self.prose, pen, &events[start + 1..end_of(events, start)])?;
        if let Some(footnotes) = pen.footnotes {
            footnotes.listed.borrow_mut()[self.number - 1].html = html;
        }
        Some(pending)
    }
}

impl Writer<'_> {
    pub(super) fn mention(&mut self, typed: &str) {
        let Some(footnotes) = self.pen.footnotes else { return };
        let label = FootnoteLabel::new(typed);
        let own = self.prose.definition(&label).map(|definition| (self.prose, definition));
        let shared = || {
            let at = self.pen.shared.binary_search_by(|footnote| footnote.label.cmp(&label)).ok()?;
            let prose = &self.pen.shared[at].prose;
            Some((prose, prose.definition(&label)?))
        };
        let Some((prose, definition)) = own.or_else(shared) else { return };
        let (number, count) = footnotes.mention(definition);
        if count == 1 {
            self.pending.push(Pending { number, prose, definition });
        }
        let (to, here, number) = (id(number), mention_id(number, count), number.to_string());
        self.push_all([
            "<sup class=\"note-mention\" id=\"",
            &here,
            "\"><a href=\"#",
            &to,
            "\">",
            &number,
            "</a></sup>",
        ]);
    }
}
