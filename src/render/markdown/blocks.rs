//! Headings, callouts, code and framework blocks.

use std::borrow::Cow;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind};

use super::{MARKER_END, Writer, attribute, escaped};

impl Writer<'_> {
    pub(super) fn start_heading(&mut self, start: usize) {
        let Some(heading) = self.prose.outline.heading_at(start) else {
            return;
        };
        let depth = (heading.depth + self.pen.shift).min(6);
        self.depth = depth as usize;
        let number = self.number_at(start);
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"][depth as usize - 1];
        self.push_all(["<", tag]);
        if self.pen.has_ids {
            self.push_all([" id=\"", &attribute(&heading.anchor), "\""]);
        }
        self.push(" class=\"heading\">");
        let mut name = Cow::from(&heading.title);
        if let Some(number) = number {
            self.skip_authored(start, number);
            let (anchor, marker) = (attribute(&number.anchor), escaped(&number.marker));
            self.push_all(["<span class=\"heading-number\" id=\"", &anchor, "\">", &marker, "</span> "]);
            if number.strip == 0 {
                name = format!("{} {name}", number.citation).into();
            }
        }
        let permalink = if self.pen.has_ids { self.permalink(&heading.anchor, &name) } else { String::new() };
        let titles: Vec<_> = heading.audience.iter().filter_map(|id| self.pen.handbook.audience(id)).collect();
        let mut closer = permalink;
        closer.extend(["</", tag, ">\n"]);
        if !titles.is_empty() {
            let whom = self
                .pen
                .strings
                .filled("frame.applies_to", &[("audience", &titles.join(self.pen.strings.text("join.comma")))]);
            closer.extend(["<p class=\"heading-audience\">", &escaped(&whom), "</p>\n"]);
        }
        self.heading = Some(closer);
    }

    pub(super) fn end_heading(&mut self) {
        if let Some(closer) = self.heading.take() {
            self.push(&closer);
        }
    }

    pub(super) fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        let name = match kind {
            None => return self.push("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => "note",
            Some(BlockQuoteKind::Tip) => "tip",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning) => "warning",
            Some(BlockQuoteKind::Caution) => "caution",
        };
        let title = escaped(self.pen.strings.text(&format!("generated.callout_{name}")));
        self.push(&format!(
            "<div class=\"callout callout-{name}\" role=\"note\"><p class=\"callout-title\">{title}</p>\n"
        ));
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.push("<pre><code>");
        } else {
            self.push(&format!("<pre><code class=\"language-{}\">", attribute(language)));
        }
    }

    pub(super) fn block(&mut self, start: usize) {
        let Ok(found) = self.prose.blocks.binary_search_by_key(&start, |block| block.start) else {
            return;
        };
        let block = &self.prose.blocks[found];
        let heading = (self.depth + 1).min(6);
        let html = (self.pen.block)(block, heading);
        let marker = format!("{}{}{MARKER_END}\n", self.marker, self.blocks.len());
        self.blocks.push(html);
        self.push(&marker);
    }
}
