//! What the template of the preview's gallery may see.

use serde::Serialize;

/// `gallery`: the components of the theme. Template gallery.html.
#[derive(Debug, Serialize)]
pub struct GalleryView {
    /// Every folder; none on the page of one.
    pub folders: Vec<GalleryFolder>,
    /// The folder that the page is about.
    pub shown: Option<GalleryFolder>,
    /// The first page of the gallery, and its further styles.
    pub home: String,
    pub stylesheet: String,
}

#[derive(Debug, Serialize)]
pub struct GalleryFolder {
    pub name: String,
    pub url: String,
    pub components: Vec<GalleryComponent>,
    pub classes: Vec<String>,
    pub has_script: bool,
}

#[derive(Debug, Serialize)]
pub struct GalleryComponent {
    pub name: String,
    pub about_html: String,
    pub parameters: Vec<ParameterView>,
    pub examples: Vec<ExampleView>,
    pub seen_in: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct ParameterView {
    pub name: String,
    pub kind: String,
    pub about_html: String,
    /// As a template writes it; none where the parameter must be given.
    pub default: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct ExampleView {
    pub title: String,
    pub html: String,
}
