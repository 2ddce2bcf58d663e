//! Images that the settings and frameworks name: the logo, and the icons of values and behaviours.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::{Asset, Handbook, Subject};
use crate::content::link::{join, relative};
use crate::finding::{Diagnostic, Findings, Names, codes};
use crate::framework::ItemRef;
use crate::text::{Sources, Text};

/// Endings of files that browsers show as images.
const ENDINGS: [&str; 10] = ["apng", "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"];

/// The files that are meant, as indices into the handbook's assets.
#[derive(Debug, Default)]
pub struct Images {
    logo: Option<usize>,
    icons: FxHashMap<(usize, ItemRef), usize>,
}

impl Images {
    /// Finds each image; what isn't there is noted.
    pub fn resolve(handbook: &Handbook, sources: &Sources, findings: &Findings) -> Self {
        // Only where one isn't there, and then once for all of them.
        let known = LazyCell::new(|| Names::of(image_paths(handbook).map(name_of)));
        let missing = |name: &Text, from: &str| missing(handbook, name, from, &known);
        let note = |found: Result<usize, Box<Diagnostic>>| found.map_err(|finding| findings.push(*finding)).ok();
        let logo =
            handbook.config.logo.as_ref().and_then(|logo| note(find(handbook, logo, "content/ethos.toml", missing)));
        let mut icons = FxHashMap::default();
        for (index, framework) in handbook.frameworks.iter().enumerate() {
            for at in framework.items() {
                let Some(icon) = &framework.item(at).icon else { continue };
                let from = &sources.file(icon.whole().file).path;
                icons.extend(note(find(handbook, icon, from, missing)).map(|asset| ((index, at), asset)));
            }
        }
        Self { logo, icons }
    }
}

impl Handbook {
    /// The logo, where the settings name one that is there.
    pub fn logo(&self) -> Option<Subject> {
        self.images.logo.map(Subject::Asset)
    }

    /// The icon of a value or behaviour, where it names one that is there.
    pub fn icon(&self, framework: usize, at: ItemRef) -> Option<Subject> {
        self.images.icons.get(&(framework, at)).copied().map(Subject::Asset)
    }

    /// The logo and every icon.
    pub fn images(&self) -> impl Iterator<Item = &Asset> {
        self.images.logo.iter().chain(self.images.icons.values()).map(|asset| &self.assets[*asset])
    }
}

/// The image of a name that counts from a file, or else from the folders of pages and frameworks.
fn find(
    handbook: &Handbook,
    name: &Text,
    from: &str,
    missing: impl Fn(&Text, &str) -> Diagnostic,
) -> Result<usize, Box<Diagnostic>> {
    let given = name.as_str();
    let folders = [from, "content/.", "frameworks/."];
    let asset = folders.iter().find_map(|folder| match handbook.subjects.get(join(folder, given)?.as_str()) {
        Some(Subject::Asset(asset)) => Some(*asset),
        _ => None,
    });
    match asset {
        Some(asset) if is_image(given) => Ok(asset),
        Some(_) => {
            let message = format!("`{given}` isn't an image");
            let help = "name a drawing (.svg) or a picture (.png, .jpg, .webp)";
            Err(Diagnostic::new(codes::MISSING_FILE, message).at(name.whole()).help(help).into())
        }
        None => Err(missing(name, from).into()),
    }
}

fn is_image(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

/// The paths of all images.
fn image_paths(handbook: &Handbook) -> impl Iterator<Item = &str> {
    handbook.assets.iter().map(|asset| asset.source.path.as_str()).filter(|path| is_image(path))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn missing(handbook: &Handbook, name: &Text, from: &str, known: &Names) -> Diagnostic {
    let given = name.as_str();
    let finding = Diagnostic::new(codes::MISSING_FILE, format!("there is no image `{given}`")).at(name.whole());
    if given.contains("//") {
        return finding
            .help("the handbook shows only its own images: save it in the folder content, and name the file here");
    }
    let near = known.nearest(name_of(given));
    match near.and_then(|near| image_paths(handbook).find(|path| name_of(path) == near)) {
        Some(path) => finding.help(format!("did you mean `{}`?", shortest(from, path))),
        None => {
            finding.help("put the file into the folder content, and name it from there, such as \"images/kind.svg\"")
        }
    }
}

/// How a file is named from another: as it stands in the folder content, where it does.
fn shortest(from: &str, path: &str) -> String {
    path.strip_prefix("content/").map_or_else(|| relative(from, path), str::to_owned)
}
