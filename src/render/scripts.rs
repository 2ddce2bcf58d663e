//! The scripts of a page: those of the components that are on it, and the one that starts them. A page without any has none.

use std::collections::BTreeSet;

use memchr::memmem;

use crate::site::Site;
use crate::theme::component_script;
use crate::theme::contract::START;

/// What every script of a component counts on, so it comes first.
const MAIN: &str = "scripts/main.js";

/// Adds the scripts that a drawn page needs to the end of its head. `root` leads from the page to the site's root.
pub fn add(page: &mut Vec<u8>, site: &Site, root: &str) {
    let names = names(page);
    let of_components = names.iter().filter_map(|name| site.script(&component_script(name)));
    let mut paths = of_components.peekable();
    let Some(end) = memmem::find(page, b"</head>").filter(|_| paths.peek().is_some()) else { return };
    let all = site.script(MAIN).into_iter().chain(paths);
    let tags: String = all.map(|path| format!("<script src=\"{root}{path}\" defer></script>\n")).collect();
    page.splice(end..end, tags.into_bytes());
}

/// The names in `data-start` on a page, each once.
fn names(page: &[u8]) -> BTreeSet<String> {
    let values =
        memmem::find_iter(page, START).filter_map(|at| page[at + START.len()..].split(|byte| *byte == b'"').next());
    let values = values.filter_map(|value| std::str::from_utf8(value).ok());
    values.flat_map(str::split_whitespace).map(str::to_owned).collect()
}
