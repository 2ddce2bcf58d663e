//! Indicators that say the same.

use rustc_hash::FxHashMap;

use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::framework::{Framework, Indicator, ItemRef, Place};

use super::places;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "repeated-indicator",
        severity: Severity::Warning,
        meaning: "A framework has the same indicator twice.",
    },
    guide: "The same line in two places of a framework is mostly a slip of copying, and leaves readers to wonder what the \
            difference is. Capitals, punctuation, quotation marks and white space don't count. Keep the line where it matters \
            most, and write in the other place what is special there.",
    look: Look::Framework(look),
};

fn look(context: &Context<'_>, index: usize, found: &mut Vec<Diagnostic>) {
    let framework = &context.handbook.frameworks[index];
    let mut first: FxHashMap<String, &Indicator> = FxHashMap::default();
    for (at, cell) in framework.cells() {
        for indicator in &cell.indicators {
            let key = key(&indicator.words);
            let Some(earlier) = first.get(&key).filter(|_| !key.is_empty()) else {
                first.insert(key, indicator);
                continue;
            };
            let message = format!("“{}” is said twice in “{}”", shortened(&indicator.words), framework.title);
            let here = whereabouts(framework, at, &cell.place);
            found.push(
                Diagnostic::new(RULE.code, message)
                    .at(indicator.text.text.whole())
                    .also(earlier.text.text.whole(), "first here")
                    .help(format!("take one of the two out, or write what is special about {here}")),
            );
        }
    }
}

/// An indicator's words without capitals, punctuation and quotation marks.
pub fn key(words: &str) -> String {
    let kept = words.chars().filter(|c| !crate::words::slug::is_apostrophe(*c)).flat_map(char::to_lowercase);
    let spaced: String = kept.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a long text.
pub fn shortened(words: &str) -> String {
    const MOST: usize = 80;
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}

/// Where something stands, in words: "“Kind” (Managers, I won’t)".
pub fn whereabouts(framework: &Framework, at: ItemRef, place: &Place) -> String {
    let name = places::name(framework, place);
    let title = &framework.item(at).title;
    if name.is_empty() { format!("“{title}”") } else { format!("“{title}” ({name})") }
}
