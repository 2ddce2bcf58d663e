//! Footnotes: the mentions in the text, and the notes at its end.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag};

use super::{Writer, attribute};
use crate::content::markdown::{Marked, end_of};

impl Writer<'_> {
    pub(super) fn mention(&mut self, label: &str) {
        let Some(number) = self.numbers_of_notes.get(label).copied() else { return };
        if !self.pen.has_ids {
            self.push(&format!("<sup>{}</sup>", number + 1));
            return;
        }
        let note = &self.prose.notes[number];
        let id = note.mentions.get(self.mentioned[number]).map_or_else(String::new, |id| format!(" id=\"{id}\""));
        self.mentioned[number] += 1;
        self.push(&format!("<sup class=\"note-mention\"{id}><a href=\"#{}\">{}</a></sup>", note.anchor, number + 1));
    }

    /// The footnotes, in the order of their first mention.
    pub(super) fn notes(&mut self, events: &[Marked<'_>]) {
        if self.prose.notes.is_empty() {
            return;
        }
        let definitions: HashMap<&str, usize> = events
            .iter()
            .enumerate()
            .filter_map(|(index, marked)| match &marked.event {
                Event::Start(Tag::FootnoteDefinition(label)) => Some((&**label, index)),
                _ => None,
            })
            .collect();
        let title = attribute(self.pen.strings.text("generated.footnotes"));
        self.end_block();
        self.open += 1;
        self.push(&format!("<section class=\"footnotes\" aria-label=\"{title}\"><ol>\n"));
        for (index, note) in self.prose.notes.iter().enumerate() {
            let id = if self.pen.has_ids { format!(" id=\"{}\"", note.anchor) } else { String::new() };
            self.push(&format!("<li{id}>"));
            let defined = definitions.get(note.label.as_str()).copied();
            if let Some(start) = defined {
                let end = end_of(events, start);
                self.write(&events[start + 1..end]);
            }
            if self.pen.has_ids {
                let back = format!("{} ({})", self.pen.strings.text("generated.back_to_text"), index + 1);
                let link = note.mentions.first().map(|mention| {
                    format!(" <a class=\"note-back\" href=\"#{mention}\" aria-label=\"{}\">↩</a>", attribute(&back))
                });
                // At the end of the last line, rather than on one of its own.
                let is_paragraph = self.out.ends_with("</p>\n");
                if is_paragraph {
                    self.out.truncate(self.out.len() - "</p>\n".len());
                }
                self.push(&link.unwrap_or_default());
                if is_paragraph {
                    self.push("</p>\n");
                }
            }
            self.push("</li>\n");
        }
        self.push("</ol></section>\n");
        self.open -= 1;
    }
}
