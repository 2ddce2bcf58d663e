//! Tables, in a region that scrolls by itself where the window is narrow.

use std::cell::RefCell;
use std::collections::HashMap;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::{Writer, attribute};
use crate::content::markdown::{Marked, end_of, plain};

/// The names of a page's tables: screen readers list them, so they must differ.
#[derive(Default)]
pub struct TableNames {
    /// How many tables wished for each name so far.
    wished: RefCell<HashMap<String, usize>>,
}

impl TableNames {
    /// The wished name, with a number behind it where others have it.
    fn give(&self, wish: String) -> String {
        let mut wished = self.wished.borrow_mut();
        let mut count = wished.get(&wish).copied().unwrap_or(0);
        let name = loop {
            count += 1;
            let name = if count == 1 { wish.clone() } else { format!("{wish} ({count})") };
            // A table may be called "Gifts (2)" by its author.
            if count == 1 || !wished.contains_key(&name) {
                break name;
            }
        };
        wished.entry(name.clone()).or_insert(1);
        wished.insert(wish, count);
        name
    }
}

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
        let name =
            self.pen.strings.filled("generated.table", &[("title", &cells.join(self.pen.strings.text("join.comma")))]);
        let name = self.pen.names.give(name);
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
