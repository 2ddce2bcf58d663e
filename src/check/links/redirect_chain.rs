//! Links to the handbook's own pages that go round by the web, or by an old address.

use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::content::link::relative;
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::address::is_made;
use crate::handbook::{Handbook, Subject};
use crate::text::Sources;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "redirect-chain",
        severity: Severity::Warning,
        meaning: "A link to one of the handbook's own pages is written as a web address, or by an old address.",
    },
    guide: "A link that names a page's file is checked on every build, and leads on when the page moves. One that is written as the whole \
            web address (`https://intranet.example/handbook/gifts.html`) isn't checked, doesn't work offline or in a preview, and \
            where it names an old address readers are sent twice. Write the file instead: `gifts.md`.",
    look: Look::Passage(look),
};

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let (handbook, sources) = (passage.context.handbook, passage.context.sources);
    for link in passage.prose.iter().flat_map(|prose| &prose.links) {
        let Some(address) = handbook.own_address(&link.destination) else { continue };
        let Some((to, is_old)) = handbook.own_page(&link.destination) else {
            found.extend(lost(&address).map(|diagnostic| diagnostic.at(link.span)));
            continue;
        };
        let title = handbook.title(to);
        let message = if is_old {
            format!(
                "this link goes over the web to an old address of “{title}”, `{address}`, and is sent on from there"
            )
        } else {
            format!("this link goes over the web to “{title}”, which is a page of this handbook")
        };
        let from = &sources.file(link.span.file).path;
        let fragment = link.destination.split_once('#').map(|(_, fragment)| fragment);
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(link.span)
                .help(format!("name its file: {}", written(handbook, sources, from, to, fragment))),
        );
    }
}

/// The link as it is written in a file.
fn written(handbook: &Handbook, sources: &Sources, from: &str, to: Subject, fragment: Option<&str>) -> String {
    let (source, id) = match to {
        Subject::Page(page) => (handbook.pages[page].source.to_string(), None),
        Subject::Asset(asset) => (handbook.assets[asset].source.path.clone(), None),
        Subject::Framework(framework)
        | Subject::Item(framework, _)
        | Subject::Point(framework, ..)
        | Subject::Profile(framework, _) => {
            let own = &handbook.frameworks[framework];
            let id = match to {
                // The places of its page that a link to a framework can name are its indicators.
                Subject::Item(_, at) => {
                    let mut indicators = own.item(at).cells.iter().flat_map(|cell| &cell.indicators);
                    let named = indicators.find(|indicator| Some(indicator.id.as_str()) == fragment);
                    Some(named.map_or_else(|| own.item(at).id.clone(), |indicator| indicator.id.clone()))
                }
                Subject::Point(_, scale, point) => {
                    Some(format!("{}/{}", own.scales[scale].id, own.scales[scale].points[point].id))
                }
                Subject::Profile(_, profile) => Some(own.profiles[profile].id.clone()),
                _ => None,
            };
            (sources.file(own.file).path.to_string(), id)
        }
    };
    let path = relative(from, &source);
    match id.or(fragment.map(str::to_owned)) {
        Some(fragment) => format!("{path}#{fragment}"),
        None => path,
    }
}

/// Nothing stands at a page's address. What Ethos makes itself has no file that could be named.
fn lost(address: &str) -> Option<Diagnostic> {
    let message = format!("this handbook has nothing at the address `{address}`");
    let help = "name the file of the page that is meant, such as ../about/contact.md";
    (!is_made(address)).then(|| Diagnostic::new(RULE.code, message).help(help))
}
