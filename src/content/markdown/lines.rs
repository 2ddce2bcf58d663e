//! Markdown as data has it: words with a line for each paragraph and item.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Marked, end_of};

/// The words of some events with a line for each paragraph and item, as data has them: "- " or a number before an item, and two spaces
/// for each list around it.
pub fn lines(events: &[Marked<'_>]) -> String {
    let mut text = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut begins_item = false;
    let mut index = 0;
    while index < events.len() {
        match &events[index].event {
            Event::Start(Tag::FootnoteDefinition(_)) => index = end_of(events, index),
            Event::Start(Tag::List(first)) => lists.push(*first),
            Event::End(TagEnd::List(_)) => _ = lists.pop(),
            Event::Start(Tag::Item) => {
                begin_line(&mut text);
                text.extend(std::iter::repeat_n("  ", lists.len().saturating_sub(1)));
                match lists.last_mut().and_then(Option::as_mut) {
                    Some(number) => {
                        text.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    None => text.push_str("- "),
                }
                begins_item = true;
            }
            Event::Start(tag) if is_line(tag) => {
                let is_begun = std::mem::take(&mut begins_item);
                if !is_begun {
                    begin_line(&mut text);
                }
            }
            Event::End(TagEnd::TableCell) => text.push(' '),
            Event::Text(words) | Event::Code(words) => {
                begins_item = false;
                text.push_str(words);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
        index += 1;
    }
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn begin_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn is_line(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
    )
}

#[cfg(test)]
mod tests {
    use super::super::events;
    use super::*;

    #[test]
    fn data_has_a_line_for_each_paragraph_and_item() {
        let text = "say *at once*\nwhat broke:\n\n- a lamp\n  1. its glass\n  2. its wire\n- a `door`\n\nand who saw it[^a]\n\n[^a]: Or heard.";
        let expected = "say at once what broke:\n- a lamp\n  1. its glass\n  2. its wire\n- a door\nand who saw it";
        assert_eq!(lines(&events(text)), expected);
    }
}
