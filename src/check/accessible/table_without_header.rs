//! Tables that don't say what their columns hold.

use pulldown_cmark::{Event, Tag};

use super::tags::{RawTag, tags};
use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::content::markdown::{end_of, plain};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "table-without-header",
        severity: Severity::Warning,
        meaning: "A table's header row is empty, or it has none.",
    },
    guide: "A screen reader says the name of the column before each cell; without names a table is a heap of words. A table is found \
            whose header cells are all empty, and one in raw HTML without `<th>`. An empty corner is fine where the first column has \
            names too.",
    look: Look::Passage(look),
};

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for (index, marked) in passage.events.iter().enumerate() {
        let Event::Start(Tag::TableHead) = marked.event else { continue };
        let cells = &passage.events[index + 1..end_of(&passage.events, index)];
        if is_said(&plain(cells)) || cells.iter().any(|cell| matches!(cell.event, Event::Start(Tag::Image { .. }))) {
            continue;
        }
        let columns = cells.iter().filter(|cell| matches!(cell.event, Event::Start(Tag::TableCell))).count();
        let names = ["Gift", "Limit", "Whom to ask"].iter().copied().chain(std::iter::repeat("…")).take(columns.min(4));
        let row = names.collect::<Vec<_>>().join(" | ");
        let message = "the header row of this table is empty, so that nobody hears what its columns hold";
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(passage.span(marked.range.clone()))
                .help(format!("write into its first row what each column holds, such as: | {row} |")),
        );
    }
    look_at_html(passage, found);
}

/// Whether something stands there that can be said: a dash or a hard space is there to fill a cell.
fn is_said(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}

fn look_at_html(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    // Each open table with how many cells there were before it.
    let mut open: Vec<(RawTag<'_>, usize, usize)> = Vec::new();
    let (mut headers, mut cells) = (0, 0);
    for tag in tags(passage) {
        match (tag.name.as_str(), tag.is_end) {
            ("table", false) => open.push((tag, headers, cells)),
            ("th", false) => headers += 1,
            ("td", false) => cells += 1,
            ("table", true) => found.extend(open.pop().and_then(|(table, headers_before, cells_before)| {
                finding(passage, &(table, headers > headers_before, cells > cells_before))
            })),
            _ => {}
        }
    }
}

fn finding(passage: &Passage<'_>, (tag, has_header, has_cell): &(RawTag<'_>, bool, bool)) -> Option<Diagnostic> {
    if *has_header || !has_cell {
        return None;
    }
    let message = "this table has no header cells, so that nobody hears what its columns hold";
    let diagnostic = Diagnostic::new(RULE.code, message).at(passage.span(tag.range.clone()));
    Some(diagnostic.help("write the cells that name its columns as <th>…</th> rather than <td>…</td>"))
}
