//! One brand colour to two palettes, light and dark, whose contrasts are computed and hold.
//!
//! Colours are chosen in OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020), so that one lightness looks
//! equally light in every hue; contrast is WCAG 2.2's (relative luminance, success criteria 1.4.3 and 1.4.6): all text has 7 to 1.

use std::fmt::Write as _;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, IntoColor, LinSrgb, Oklch, Srgb};

use crate::finding::{Diagnostic, Findings, codes};
use crate::text::Text;

/// How many hues values take turns with.
pub const ACCENTS: usize = 12;

/// Contrast that a brand colour needs on white, as links and bands are drawn in it.
const BRAND_CONTRAST: f32 = 4.5;

/// A colour of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(Srgb<u8>);

impl Colour {
    /// `#1d5b4f` or `#abc`; notes one that isn't a colour.
    pub fn read(text: &Text, findings: &Findings) -> Option<Self> {
        let given = text.as_str();
        let colour = Self::parse(given);
        if colour.is_none() {
            findings.push(
                Diagnostic::new(codes::INVALID_VALUE, format!("`{given}` is not a colour"))
                    .at(text.whole())
                    .help("write # and six digits or letters from a to f: colour = \"#1d5b4f\""),
            );
        }
        colour
    }

    /// A brand's colour; notes one that can't be read on white.
    pub fn read_brand(text: &Text, findings: &Findings) -> Option<Self> {
        let colour = Self::read(text, findings)?;
        let contrast = colour.contrast(WHITE);
        if contrast < BRAND_CONTRAST {
            let near = colour.darkened_to(BRAND_CONTRAST).hex();
            let message = format!("`{}` is too light to be read on white by everyone", text.as_str());
            findings.push(
                Diagnostic::new(codes::LOW_CONTRAST, message)
                    .at(text.whole())
                    .label(format!("its contrast is {contrast:.1} to 1; {BRAND_CONTRAST} to 1 is needed"))
                    .help(format!("the nearest colour that passes is \"{near}\"")),
            );
        }
        Some(colour)
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let wide = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let number = u32::from_str_radix(&wide, 16).ok().filter(|_| digits.bytes().all(|c| c.is_ascii_hexdigit()))?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self(Srgb::new(red, green, blue)))
    }

    /// `#1d5b4f`
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0.red, self.0.green, self.0.blue)
    }

    /// WCAG's contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (one, two): (LinSrgb<f32>, LinSrgb<f32>) = (self.0.into_linear(), other.0.into_linear());
        Srgb::from_linear(one).relative_contrast(Srgb::from_linear(two))
    }

    fn oklch(self) -> Oklch {
        Oklch::from_color(self.0.into_format::<f32>())
    }

    /// The same hue, darkened as little as the contrast on white allows.
    fn darkened_to(self, contrast: f32) -> Self {
        let own = self.oklch();
        (0..=1000)
            .map(|step| of(own.l * (1.0 - step as f32 / 1000.0), own.chroma, own.hue.into_positive_degrees()))
            .find(|colour| colour.contrast(WHITE) >= contrast)
            .unwrap_or(BLACK)
    }
}

const WHITE: Colour = Colour(Srgb::new(255, 255, 255));
const BLACK: Colour = Colour(Srgb::new(0, 0, 0));

/// The brand of a handbook that names none: a quiet green.
const DEFAULT: Colour = Colour(Srgb::new(0x1d, 0x5b, 0x4f));

/// The colour at a lightness, chroma and hue; where the screen can't show it, with as much chroma as it can.
fn of(lightness: f32, chroma: f32, hue: f32) -> Colour {
    let at = |chroma: f32| -> Srgb<f32> { Oklch::new(lightness, chroma, hue).into_color() };
    let is_shown = |colour: Srgb<f32>| {
        [colour.red, colour.green, colour.blue].iter().all(|part| (-0.0005..=1.0005).contains(part))
    };
    let mut low = 0.0;
    let mut high = chroma;
    if !is_shown(at(chroma)) {
        for _ in 0..16 {
            let middle = (low + high) / 2.0;
            if is_shown(at(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
    } else {
        low = chroma;
    }
    Colour(at(low).into_format())
}

/// One of the two palettes.
struct Scheme {
    is_dark: bool,
    hue: f32,
    chroma: f32,
    brand: Colour,
    /// Values' own colours.
    own_accents: Vec<Colour>,
}

impl Scheme {
    fn tone(&self, lightness: f32, chroma: f32) -> Colour {
        of(lightness, chroma.min(self.chroma), self.hue)
    }

    /// A colour of some hue as near to `lightness` as the contrast on every background allows.
    fn readable(&self, lightness: f32, chroma: f32, hue: f32, backgrounds: &[Colour], contrast: f32) -> Colour {
        let (end, fallback) = if self.is_dark { (1.0, WHITE) } else { (0.0, BLACK) };
        (0..=200)
            .map(|step| of(lightness + (end - lightness) * step as f32 / 200.0, chroma, hue))
            .find(|colour| backgrounds.iter().all(|background| colour.contrast(*background) >= contrast))
            .unwrap_or(fallback)
    }

    /// Every custom property with its colour.
    fn properties(&self) -> Vec<(String, Colour)> {
        let pick = |light: f32, dark: f32| if self.is_dark { dark } else { light };
        let paper = if self.is_dark { self.tone(0.19, 0.012) } else { WHITE };
        let surface = self.tone(pick(0.975, 0.235), pick(0.008, 0.014));
        let tint = self.tone(pick(0.95, 0.28), pick(0.028, 0.035));
        let grounds = [paper, surface, tint];
        let own = |lightness, chroma: f32, contrast| {
            self.readable(lightness, chroma.min(self.chroma), self.hue, &grounds, contrast)
        };
        let band = if self.is_dark { self.tone(0.3, 0.06) } else { self.brand.darkened_to(7.0) };
        let mark = of(pick(0.93, 0.42), 0.09, 95.0);
        let mut properties: Vec<_> = [
            ("paper", paper),
            ("surface", surface),
            ("ink", own(pick(0.26, 0.93), 0.02, 9.0)),
            ("ink-soft", own(pick(0.42, 0.78), 0.02, 7.2)),
            ("rule", self.tone(pick(0.88, 0.36), 0.012)),
            ("control", own(pick(0.56, 0.64), 0.02, 3.2)),
            ("link", own(pick(self.brand.oklch().l.min(0.48), 0.8), 0.14, 7.2)),
            ("link-hover", own(pick(0.3, 0.9), 0.1, 9.0)),
            ("brand", band),
            ("on-brand", WHITE),
            ("accent-tint", tint),
            ("focus", own(pick(0.42, 0.85), 0.16, 4.5)),
            ("positive", self.readable(pick(0.48, 0.8), 0.11, 155.0, &grounds, 7.2)),
            ("negative", self.readable(pick(0.48, 0.78), 0.14, 28.0, &grounds, 7.2)),
            ("mark-bg", mark),
            ("mark-ink", self.readable(pick(0.26, 0.95), 0.02, 95.0, &[mark], 7.0)),
        ]
        .into_iter()
        .map(|(name, colour)| (name.to_owned(), colour))
        .collect();
        // Steps of 150 degrees visit all twelve hues, and neighbours on a page are far apart.
        let even = (0..ACCENTS).map(|index| (pick(0.55, 0.72), 0.11, (self.hue + index as f32 * 150.0) % 360.0));
        let own = self.own_accents.iter().map(|colour| {
            let own = colour.oklch();
            (own.l, own.chroma, own.hue.into_positive_degrees())
        });
        properties.extend(even.chain(own).enumerate().map(|(index, (lightness, chroma, hue))| {
            (format!("accent-{index}"), self.readable(lightness, chroma, hue, &[paper, surface], 3.2))
        }));
        properties
    }
}

/// The beginning of the stylesheet: custom properties for both schemes, and the accents' classes: first the even ones, then those
/// that values chose, in the order given. It stands in the layer `tokens`, the first, so that every other style may change a colour.
pub fn stylesheet(brand: Option<Colour>, own_accents: &[Colour]) -> String {
    let brand = brand.unwrap_or(DEFAULT);
    let own = brand.oklch();
    let scheme = |is_dark| Scheme {
        is_dark,
        hue: own.hue.into_positive_degrees(),
        chroma: own.chroma,
        brand,
        own_accents: own_accents.to_vec(),
    };
    let mut css = String::from("@layer tokens{\n:root{color-scheme:light dark;");
    declare(&mut css, &scheme(false).properties());
    css.push_str("}\n@media (prefers-color-scheme:dark){:root{");
    declare(&mut css, &scheme(true).properties());
    css.push_str("}}\n");
    for index in 0..ACCENTS + own_accents.len() {
        let _ = writeln!(css, ".accent-{index}{{--accent:var(--accent-{index})}}");
    }
    css.push_str("}\n");
    css
}

fn declare(css: &mut String, properties: &[(String, Colour)]) {
    for (name, colour) in properties {
        let _ = write!(css, "--{name}:{};", colour.hex());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(properties: &[(String, Colour)], name: &str) -> Colour {
        properties.iter().find(|(own, _)| own == name).unwrap().1
    }

    proptest! {
        #[test]
        fn every_brand_gives_two_readable_palettes(red: u8, green: u8, blue: u8) {
            let brand = Colour(Srgb::new(red, green, blue)).darkened_to(BRAND_CONTRAST);
            let own = brand.oklch();
            for is_dark in [false, true] {
                let scheme = Scheme { is_dark, hue: own.hue.into_positive_degrees(), chroma: own.chroma, brand, own_accents: vec![Colour(Srgb::new(blue, red, green))] };
                let all = scheme.properties();
                let contrast = |one: &str, two: &str| named(&all, one).contrast(named(&all, two));
                for ground in ["paper", "surface", "accent-tint"] {
                    prop_assert!(contrast("ink", ground) >= 7.0);
                    for text in ["ink-soft", "link", "link-hover", "positive", "negative"] {
                        prop_assert!(contrast(text, ground) >= 7.0, "{} on {}", text, ground);
                    }
                    prop_assert!(contrast("control", ground) >= 3.0);
                    prop_assert!(contrast("focus", ground) >= 3.0);
                }
                prop_assert!(contrast("on-brand", "brand") >= 7.0);
                prop_assert!(contrast("mark-ink", "mark-bg") >= 7.0);
                for index in 0..ACCENTS {
                    let accent = format!("accent-{index}");
                    prop_assert!(contrast(&accent, "paper") >= 3.0, "{}", accent);
                }
            }
        }
    }

    #[test]
    fn a_light_brand_is_darkened_within_its_hue() {
        let near = Colour::parse("#ffdd00").unwrap().darkened_to(BRAND_CONTRAST);
        assert!(near.contrast(WHITE) >= BRAND_CONTRAST);
        assert!(near.contrast(WHITE) < BRAND_CONTRAST + 0.2);
    }
}
