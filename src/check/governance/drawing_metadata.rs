//! Drawings in which their editor kept something for itself.

use crate::check::{Context, Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "drawing-metadata",
        severity: Severity::Hint,
        meaning: "A drawing (SVG) holds what only its editor reads, which isn't published.",
    },
    guide: "Inkscape, Illustrator, draw.io and others write more into a drawing than it shows: who drew it, folders on their computer, and \
            with draw.io all pages of its document. Ethos publishes the drawing without that; your file stays as it is, so that you \
            can go on editing it. It looks the same to every reader. Nothing needs to be done; to be rid of the hint, save the drawing \
            as “Plain SVG”, or switch the rule off.",
    look: Look::Handbook(look),
};

/// One finding for all drawings, since they mostly come from one program.
fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let sources = context.handbook.assets.iter().map(|asset| &asset.source);
    let mut with_metadata = sources.filter(|source| source.plain.is_some());
    let Some(first) = with_metadata.next() else { return };
    let name = first.path.rsplit('/').next().unwrap_or(&first.path);
    let message = match with_metadata.count() {
        0 => format!("`{name}` is published without what only its editor reads"),
        1 => format!("`{name}` and another drawing are published without what only their editor reads"),
        others => format!("`{name}` and {others} other drawings are published without what only their editor reads"),
    };
    let help = "nothing needs to be done; to be rid of this hint, save it anew as “Plain SVG”";
    found.push(Diagnostic::new(RULE.code, message).in_file(&first.path).help(help));
}
