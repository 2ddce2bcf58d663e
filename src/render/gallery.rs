//! The gallery of the preview: every component of the theme, drawn from its examples in the look of the handbook. No build writes it.
//!
//! Examples stand side by side on a page, so their ids are made unique, and their landmarks get names that tell them apart.

use tera::Context;

use super::tags::{self, Tag};
use super::views::{ExampleView, GalleryComponent, GalleryFolder, GalleryView, ParameterView};
use super::whole::NAMING;
use super::{Drawn, Renderer, Sheet, frame, url_of};
use crate::finding::html::code_spans;
use crate::theme::components::{Component, Example, Folder, Parameter};

/// Where the gallery is.
pub const FOLDER: &str = "_gallery/";

/// Styles that only the gallery needs: its own, and those of the report, whose components it shows.
const STYLESHEET: &str = "gallery.css";

/// What examples of menus have as the address of the page itself.
const HERE: &str = "here.html";

/// Elements that are landmarks, or are once they have a name.
const LANDMARKS: [&str; 5] = ["aside", "form", "nav", "search", "section"];

/// Draws a file of the gallery; none where there is no such file.
pub fn draw(renderer: &Renderer, file: &str) -> Drawn<Option<Vec<u8>>> {
    let theme = &renderer.site.theme;
    if file == STYLESHEET {
        let styles = format!("{}\n{}", theme.report_stylesheet, theme.gallery_stylesheet);
        return Ok(Some(styles.into_bytes()));
    }
    let folders = theme.components(&renderer.site.sources);
    let shown = folders.iter().find(|folder| file.strip_suffix(".html") == Some(&folder.name));
    if shown.is_none() && file != "index.html" {
        return Ok(None);
    }
    let strings = theme.strings(&renderer.site.handbook.config.language);
    let title = shown.map_or_else(|| strings.text("gallery.title"), |folder| &folder.name);
    let mut context = frame::own_page(renderer, "gallery", &format!("{FOLDER}{file}"), title, None)?;
    context.insert("here", HERE);
    let view = GalleryView {
        folders: if shown.is_none() { folders.iter().map(described).collect() } else { Vec::new() },
        shown: shown.map(|folder| with_examples(renderer, folder, &context)).transpose()?,
        home: format!("{FOLDER}index.html"),
        stylesheet: format!("{FOLDER}{STYLESHEET}"),
    };
    context.insert("gallery", &view);
    Sheet { renderer, template: "templates/gallery.html", context }.page().map(Some)
}

/// A folder without its examples.
fn described(folder: &Folder) -> GalleryFolder {
    GalleryFolder {
        name: folder.name.clone(),
        url: url_of(&format!("{FOLDER}{}.html", folder.name)),
        components: folder.components.iter().map(component).collect(),
        classes: folder.classes.iter().cloned().collect(),
        has_script: folder.has_script,
    }
}

fn component(component: &Component) -> GalleryComponent {
    let parameter = |parameter: &Parameter| ParameterView {
        name: parameter.name.clone(),
        kind: parameter.kind.clone(),
        about_html: code_spans(&parameter.about),
        default: parameter.default.clone(),
    };
    GalleryComponent {
        name: component.name.clone(),
        about_html: code_spans(&component.about),
        parameters: component.parameters.iter().map(parameter).collect(),
        examples: Vec::new(),
        seen_in: component.seen_in.clone(),
    }
}

fn with_examples(renderer: &Renderer, folder: &Folder, context: &Context) -> Drawn<GalleryFolder> {
    let mut shown = described(folder);
    let mut number = 0;
    for (component, view) in folder.components.iter().zip(&mut shown.components) {
        for example in &component.examples {
            number += 1;
            let html = example_html(renderer, component, example, context)?;
            let html = apart(&html, number, &format!("{}, {}", component.name, example.title));
            view.examples.push(ExampleView { title: example.title.clone(), html });
        }
    }
    Ok(shown)
}

fn example_html(renderer: &Renderer, component: &Component, example: &Example, context: &Context) -> Drawn<String> {
    let theme = &renderer.site.theme;
    let mut arguments = Context::new();
    for (name, value) in &example.given {
        arguments.insert_value(name.clone(), value.clone());
    }
    // What no example can make up is the handbook's own.
    let takes_site = component.parameters.iter().any(|parameter| parameter.name == "site");
    if let Some(site) = context.get("site").filter(|_| takes_site) {
        arguments.insert_value("site", site.clone());
    }
    let body = example.body.as_deref();
    let drawn = theme.tera.render_component_with_implicits(&component.name, &arguments, context, body, true);
    let (before, after) = &example.around;
    match drawn {
        Ok(html) => Ok([before, html.trim(), after].concat()),
        Err(error) => Err(Box::new(theme.explain(&error, &renderer.site.sources))),
    }
}

/// An example with ids and names that no other on the page has.
fn apart(html: &str, number: usize, name: &str) -> String {
    let own = |id: &str| format!("example-{number}-{id}");
    tags::rewrite(html, |tag: &mut Tag<'_>| {
        let is_named = tag.get("aria-label").or(tag.get("aria-labelledby")).is_some() || tag.is("search");
        let is_landmark = LANDMARKS.iter().any(|landmark| tag.is(landmark)) || tag.get("role") == Some("region");
        if is_named && is_landmark {
            let label = tag.get("aria-label").map_or_else(|| name.to_owned(), |label| format!("{label} ({name})"));
            tag.set("aria-label", label);
            tag.remove("aria-labelledby");
        }
        if let Some(id) = tag.get("id") {
            tag.set("id", own(id));
        }
        for attribute in NAMING {
            if let Some(ids) = tag.get(attribute) {
                tag.set(attribute, ids.split_whitespace().map(own).collect::<Vec<_>>().join(" "));
            }
        }
        if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#')).filter(|id| *id != "main") {
            tag.set("href", format!("#{}", own(id)));
        }
    })
}
