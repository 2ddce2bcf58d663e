//! Pictures that seem to be made of words: posters, scans, screenshots.

use super::links::{images, target};
use crate::check::passage::Passage;
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::handbook::{Subject, Target};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "image-of-text",
        severity: Severity::Hint,
        meaning: "A picture is probably made of words: a poster, a scan, a screenshot.",
    },
    guide: "Words in a picture can't be read aloud, found, translated or enlarged without a blur. A picture (PNG, JPEG, GIF, WebP) is \
            found if its name or its text calls it a poster, a leaflet, a scan or the like, and if it is large enough to hold text. \
            Whether it does only you can see. A picture whose text says all of it at length isn't found. Put the words on the page, \
            and keep the picture only if it adds something.",
    look: Look::Passage(look),
};

/// Endings of pictures that can't hold words as words.
const ENDINGS: &[&str] = &[".gif", ".jpeg", ".jpg", ".png", ".webp"];

/// What pictures of words are called.
const CALLED: &[&str] = &[
    "agenda",
    "booklet",
    "brochure",
    "certificate",
    "checklist",
    "factsheet",
    "flier",
    "flyer",
    "handout",
    "infographic",
    "leaflet",
    "letter",
    "memo",
    "newsletter",
    "notice",
    "noticeboard",
    "pamphlet",
    "postcard",
    "poster",
    "powerpoint",
    "scan",
    "scanned",
    "screengrab",
    "screenshot",
    "slide",
    "timetable",
    "wordcloud",
];

/// The same, where a number or a date follows: "page-1".
const NUMBERED: &[&str] = &["p", "page", "pg"];

/// Words before such a word that make it a thing in a picture rather than the picture.
const AROUND: &[&str] =
    &["and", "at", "behind", "by", "from", "holds", "in", "near", "of", "on", "reads", "to", "with"];

/// A picture that isn't larger than this holds no text: its longer and its shorter side.
const LONGER: usize = 400;
const SHORTER: usize = 300;

/// An image's text of so many characters says what the picture does.
const LONG: usize = 150;

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    for image in images(passage) {
        let path = image.destination.split(['#', '?']).next().unwrap_or_default().to_lowercase();
        let name = path.rsplit('/').next().unwrap_or_default();
        let Some(stem) = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)) else { continue };
        let is_called = is_called(stem) || is_said(&image.words);
        if !is_called || image.words.chars().count() >= LONG {
            continue;
        }
        let Some(Target::Inside { to: Subject::Asset(asset), .. }) = target(passage, &image) else { continue };
        let asset = &passage.context.handbook.assets[asset].source;
        if !is_large(&asset.disk) {
            continue;
        }
        let name = asset.path.rsplit('/').next().unwrap_or(&asset.path);
        found.push(
            Diagnostic::new(
                RULE.code,
                format!("`{name}` seems to be a picture of text, which can't be read aloud or enlarged"),
            )
            .at(passage.span(image.range.clone()))
            .help("write its words into the page, and keep the picture only if it adds something")
            .help("if it shows no text, allow it: <!-- ethos: allow image-of-text because … -->"),
        );
    }
}

/// Whether a file's name calls it a picture of words.
fn is_called(stem: &str) -> bool {
    let parts: Vec<_> = words(stem);
    let is_numbered = |pair: &[&str]| NUMBERED.contains(&pair[0]) && pair[1].starts_with(|c: char| c.is_ascii_digit());
    let joined = ["screen shot", "word cloud", "fact sheet"].iter().any(|pair| parts.join(" ").contains(pair));
    joined || parts.windows(2).any(is_numbered) || parts.iter().any(|part| is_kind(part))
}

/// Whether an image's text calls it a picture of words at its beginning: "A poster about …", but not "People with a poster".
fn is_said(text: &str) -> bool {
    let small = text.to_lowercase();
    let parts = words(&small);
    let Some(at) = parts.iter().take(4).position(|part| is_kind(part)) else { return false };
    !parts[..at].iter().any(|part| AROUND.contains(part) || part.ends_with("ing"))
}

fn is_kind(word: &str) -> bool {
    CALLED.contains(&word) || word.strip_suffix('s').is_some_and(|one| CALLED.contains(&one))
}

/// Words, and numbers on their own: "page1" is two.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let digits = part.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0).unwrap_or(part.len());
        words.push(&part[..digits]);
        words.extend(Some(&part[digits..]).filter(|rest| !rest.is_empty()));
    }
    words
}

fn is_large(file: &std::path::Path) -> bool {
    let size = imagesize::size(file);
    size.is_ok_and(|size| size.width.max(size.height) >= LONGER && size.width.min(size.height) >= SHORTER)
}
