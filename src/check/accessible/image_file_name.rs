//! Images whose text is a file's name, or says nothing.

use super::links::{Link, images};
use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::words::slug::slug;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "image-file-name",
        severity: Severity::Warning,
        meaning: "An image's text is the name of its file, or says no more than that it is an image.",
    },
    guide: "People who can't see an image hear the words in its brackets instead. The name of a file (“IMG_1234.jpg”, “five-values-v2”) \
            and words such as “photo” or “logo” tell them nothing. Say in a few words what the image shows. An image that shows \
            nothing that matters has no words and is marked: `![](leaves.svg){decorative}`.",
    look: Look::Passage(look),
};

/// Endings of files that are pictures.
const ENDINGS: &[&str] =
    &[".avif", ".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".tif", ".tiff", ".webp"];

/// What cameras and programs call a picture, before its number.
const PREFIXES: &[&str] = &[
    "dsc",
    "dscf",
    "dscn",
    "figure",
    "fig",
    "gopr",
    "image",
    "img",
    "mvimg",
    "photo",
    "pic",
    "picture",
    "pxl",
    "scan",
    "screenshot",
    "slide",
    "untitled",
];

/// Words that say nothing of what an image shows, however they are put together.
const VAGUE: &[&str] = &[
    "a",
    "alt",
    "alternative",
    "an",
    "and",
    "background",
    "banner",
    "blank",
    "caption",
    "chart",
    "cover",
    "decoration",
    "decorative",
    "description",
    "diagram",
    "drawing",
    "fig",
    "figure",
    "graph",
    "graphic",
    "header",
    "here",
    "hero",
    "icon",
    "illustration",
    "image",
    "img",
    "infographic",
    "insert",
    "is",
    "logo",
    "map",
    "none",
    "of",
    "our",
    "photo",
    "photograph",
    "pic",
    "picture",
    "placeholder",
    "screenshot",
    "showing",
    "shows",
    "spacer",
    "stock",
    "tbc",
    "text",
    "the",
    "this",
    "thumbnail",
    "todo",
    "untitled",
];

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for image in images(passage).into_iter().filter(|image| !image.words.is_empty()) {
        let words = &image.words;
        let message = if is_vague(words) {
            format!("“{words}” doesn't say what this image shows")
        } else if is_file_name(words, &image.destination) {
            format!("“{words}” is the name of a file, and doesn't say what this image shows")
        } else {
            continue;
        };
        let (said, decorative) = mended(&image);
        found.push(
            Diagnostic::new(RULE.code, message)
                .at(passage.span(image.words_at.clone()))
                .help(format!("say in a few words what it shows: {said}"))
                .help(format!("if it shows nothing that matters, say so: {decorative}")),
        );
    }
}

fn mended(image: &Link) -> (String, String) {
    let destination = &image.destination;
    match image.is_html {
        true => ("alt=\"A short description\"".to_owned(), "alt=\"\"".to_owned()),
        false => (format!("![A short description]({destination})"), format!("![]({destination}){{decorative}}")),
    }
}

fn is_file_name(words: &str, destination: &str) -> bool {
    let small = words.to_lowercase();
    if ENDINGS.iter().any(|ending| small.ends_with(ending)) || small.starts_with("whatsapp image") {
        return true;
    }
    if is_numbered_name(&small) {
        return true;
    }
    if small.contains(char::is_whitespace) {
        return false;
    }
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_stem = !slug(&small).is_empty() && slug(&small) == slug(stem);
    let has_digit = small.contains(|c: char| c.is_ascii_digit());
    let hyphens = small.matches('-').count();
    small.contains('_')
        || words == stem
        || (is_stem && (hyphens > 0 || has_digit))
        || is_hash(&small)
        || (has_digit && hyphens > 1)
}

/// Whether it is what a camera or a program calls a picture: "img 1234", "screenshot 2026-05-01 at 10.12".
fn is_numbered_name(small: &str) -> bool {
    let rest = PREFIXES.iter().filter_map(|prefix| small.strip_prefix(prefix)).min_by_key(|rest| rest.len());
    let Some(rest) = rest else { return false };
    let has_digit = rest.contains(|c: char| c.is_ascii_digit());
    has_digit && !rest.contains(|c: char| c.is_alphabetic() && !matches!(c, 'a' | 't'))
}

/// A row of letters and digits that no word has.
fn is_hash(small: &str) -> bool {
    let digits = small.chars().filter(char::is_ascii_digit).count();
    digits >= 6 || (small.len() >= 10 && digits >= 4)
}

fn is_vague(words: &str) -> bool {
    let small = words.to_lowercase();
    let mut parts = small.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.all(|part| VAGUE.contains(&part) || part.bytes().all(|byte| byte.is_ascii_digit()))
}
