//! Tables, in a region that scrolls by itself where the window is narrow.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::{Writer, attribute};
use crate::content::markdown::{Marked, end_of, plain};

impl Writer<'_> {
    pub(super) fn table(&mut self, alignments: &[Alignment], after: &[Marked<'_>]) {
        self.alignments = alignments.to_vec();
        let head =
            after.split(|marked| matches!(marked.event, Event::End(TagEnd::TableHead))).next().unwrap_or_default();
        let cells: Vec<_> = head
            .iter()
            .enumerate()
            .filter(|(_, marked)| matches!(marked.event, Event::Start(Tag::TableCell)))
            .map(|(index, _)| plain(&head[index..=end_of(head, index)]))
            .collect();
        let mut name =
            self.pen.strings.filled("generated.table", &[("title", &cells.join(self.pen.strings.text("join.comma")))]);
        let wished = name.clone();
        let mut count = 1;
        while !self.pen.names.borrow_mut().insert(name.clone()) {
            count += 1;
            name = format!("{wished} ({count})");
        }
        self.push(&format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\"><table>\n",
            attribute(&name)
        ));
    }

    pub(super) fn table_cell(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Center) => " class=\"centre\"",
            Some(Alignment::Right) => " class=\"end\"",
            _ => "",
        };
        self.cell += 1;
        if self.in_head {
            self.push_all(["<th scope=\"col\"", class, ">"]);
        } else {
            self.push_all(["<td", class, ">"]);
        }
    }
}
