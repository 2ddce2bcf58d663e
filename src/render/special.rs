//! Pages that no author writes: search, A to Z, not found, accessibility, old addresses.

use super::views::{IndexEntry, IndexView, LetterView, SiteView};
use super::{Drawn, Renderer, Sheet, frame, root_of};
use crate::derive::a_z::{Entry, Letter};
use crate::derive::search::Search;

fn title<'r>(renderer: &'r Renderer, name: &'r str) -> &'r str {
    renderer.site.theme.strings(&renderer.site.handbook.config.language).text(name)
}

/// Where the search form leads. The client's name changes with every word of the handbook, so that no other page has it.
pub fn search<'r>(renderer: &'r Renderer, search: Option<&Search>) -> Drawn<Sheet<'r>> {
    let mut context = frame::own_page(renderer, "search", "search.html", title(renderer, "generated.search"), None)?;
    if let Some(search) = search {
        let site = SiteView { search_script: Some(search.client.clone()), ..frame::site(&renderer.site) };
        context.insert("site", &site);
    }
    Ok(Sheet { renderer, template: "templates/search.html", context })
}

/// The A to Z: all of it, or the letters of a large handbook.
pub fn index<'r>(renderer: &'r Renderer, letters: &[Letter]) -> Drawn<Sheet<'r>> {
    let site = &*renderer.site;
    let mut context = frame::own_page(renderer, "a-z", "a-z.html", title(renderer, "generated.a_z"), None)?;
    let letters = letters.iter().map(|letter| letter_view(letter, site.is_large, !site.is_large)).collect();
    context.insert("index", &IndexView { letters });
    Ok(Sheet { renderer, template: "templates/a-z.html", context })
}

/// One letter of a large handbook's A to Z.
pub fn letter<'r>(renderer: &'r Renderer, letters: &[Letter], index: usize) -> Drawn<Sheet<'r>> {
    let site = &*renderer.site;
    let shown = &letters[index];
    let strings = site.theme.strings(&site.handbook.config.language);
    let title = strings.filled("generated.a_z_letter", &[("letter", &shown.initial.text())]);
    let mut context = frame::own_page(renderer, "a-z", &shown.initial.page(), &title, None)?;
    let letters = letters.iter().map(|letter| letter_view(letter, true, letter.initial == shown.initial)).collect();
    context.insert("index", &IndexView { letters });
    Ok(Sheet { renderer, template: "templates/a-z.html", context })
}

fn letter_view(letter: &Letter, has_page: bool, is_shown: bool) -> LetterView<'_> {
    let anchor = format!("letter-{}", letter.initial.name());
    let entries = is_shown.then_some(&letter.entries).into_iter().flatten();
    LetterView {
        letter: letter.initial.text(),
        url: if has_page { super::url_of(&letter.initial.page()) } else { format!("#{anchor}") },
        anchor,
        entries: entries.map(|Entry { title, place, url }| IndexEntry { title, url, place }).collect(),
    }
}

/// The page for an address that isn't there. A server shows it at any depth, so where the site's own address is known its links begin
/// there.
pub fn not_found(renderer: &Renderer) -> Drawn<Sheet<'_>> {
    let base = renderer.site.handbook.config.base_url.as_deref();
    let root = base.and_then(|base| base.splitn(4, '/').nth(3)).map(|path| format!("/{path}"));
    not_found_below(renderer, root)
}

/// The same for a site whose root is known: an address as it stands before a link.
pub fn not_found_below(renderer: &Renderer, root: Option<String>) -> Drawn<Sheet<'_>> {
    let context = frame::own_page(renderer, "not-found", "404.html", title(renderer, "generated.not_found"), root)?;
    Ok(Sheet { renderer, template: "templates/404.html", context })
}

/// The accessibility statement.
pub fn accessibility<'r>(renderer: &'r Renderer) -> Drawn<Sheet<'r>> {
    let context = frame::own_page(
        renderer,
        "accessibility",
        "accessibility.html",
        title(renderer, "generated.accessibility"),
        None,
    )?;
    Ok(Sheet { renderer, template: "templates/accessibility.html", context })
}

/// An old address, which leads on with its fragment.
pub fn redirect(renderer: &Renderer, index: usize) -> Drawn<Vec<u8>> {
    let handbook = &*renderer.site.handbook;
    let redirect = &handbook.redirects[index];
    let mut context = renderer.context(&root_of(&redirect.from), &handbook.config.language);
    context.insert("target", &handbook.url(redirect.to, None));
    context.insert("title", handbook.title(redirect.to));
    Sheet { renderer, template: "templates/redirect.html", context }.page()
}
