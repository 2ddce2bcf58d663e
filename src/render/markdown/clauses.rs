//! Lists, and the numbered clauses that their items and paragraphs can be.

use pulldown_cmark::{Event, Tag};

use super::{Writer, attribute, escaped};
use crate::content::markdown::Marked;
use crate::handbook::numbering::Number;
use crate::words::address;

impl<'a> Writer<'a> {
    pub(super) fn number_at(&self, start: usize) -> Option<&'a Number> {
        self.pen.numbers.and_then(|numbers| numbers.of(start))
    }

    /// The bytes of an authored number are drawn with it.
    pub(super) fn skip_authored(&mut self, start: usize, number: &Number) {
        let words = self.prose.outline.at(start).map_or(start, |entry| entry.words().start);
        self.drawn = words..words + number.strip;
    }

    pub(super) fn permalink(&self, anchor: &str, title: &str) -> String {
        let name = self.pen.strings.filled("frame.permalink", &[("title", title)]);
        let (fragment, name) = (address::encode_fragment(anchor), attribute(&name));
        let parts = [
            " <a class=\"permalink\" href=\"#",
            &attribute(&fragment),
            "\" aria-label=\"",
            &name,
            "\"><span aria-hidden=\"true\">#</span></a>",
        ];
        parts.concat()
    }

    pub(super) fn paragraph(&mut self, start: usize) {
        match self.number_at(start).filter(|_| self.items.is_empty()) {
            Some(number) => {
                self.skip_authored(start, number);
                let permalink = self.permalink(&number.anchor, &number.citation);
                let (anchor, marker) = (attribute(&number.anchor), escaped(&number.marker));
                let between = "\" class=\"clause\"><span class=\"clause-number\">";
                self.push_all(["<p id=\"", &anchor, between, &marker, "</span> "]);
                self.paragraph_end = Some(permalink);
            }
            None => self.push("<p>"),
        }
        self.take_number();
    }

    pub(super) fn take_number(&mut self) {
        if let Some(number) = self.number.take() {
            self.push(&number);
        }
    }

    /// The permalink of the numbered paragraph, or of the innermost open item, once.
    pub(super) fn take_permalink(&mut self) {
        let permalink = self.paragraph_end.take().or_else(|| self.items.last_mut().and_then(Option::take));
        if let Some(permalink) = permalink {
            self.push(&permalink);
        }
    }

    pub(super) fn list(&mut self, first: Option<u64>, after: &[Marked<'_>]) {
        // A list inside an item comes after the item's own words and their permalink.
        self.take_permalink();
        let is_clauses = after.first().is_some_and(|item| self.number_at(item.range.start).is_some());
        let class = if is_clauses { " class=\"clauses\"" } else { "" };
        match first {
            Some(number) => {
                let start = if number == 1 || is_clauses { String::new() } else { format!(" start=\"{number}\"") };
                self.push_all(["<ol", class, &start, ">\n"]);
                self.lists.push("</ol>\n");
            }
            None => {
                self.push_all(["<ul", class, ">\n"]);
                self.lists.push("</ul>\n");
            }
        }
    }

    pub(super) fn item(&mut self, start: usize, after: &[Marked<'_>]) {
        let is_task = matches!(after.first().map(|marked| &marked.event), Some(Event::TaskListMarker(_)))
            || (matches!(after.first().map(|marked| &marked.event), Some(Event::Start(Tag::Paragraph)))
                && matches!(after.get(1).map(|marked| &marked.event), Some(Event::TaskListMarker(_))));
        match self.number_at(start) {
            Some(number) => {
                self.skip_authored(start, number);
                self.push_all(["<li id=\"", &attribute(&number.anchor), "\" class=\"clause\">"]);
                self.number = Some(["<span class=\"clause-number\">", &escaped(&number.marker), "</span> "].concat());
                self.items.push(Some(self.permalink(&number.anchor, &number.citation)));
            }
            None => {
                self.push(if is_task { "<li class=\"task\">" } else { "<li>" });
                self.items.push(None);
            }
        }
    }
}
