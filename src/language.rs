//! Language tags (BCP 47): whether one is right, what is meant by one that isn't, and what follows from one.

use crate::finding::{Diagnostic, Findings, codes};
use crate::text::Text;

/// Languages that have a code of two letters (ISO 639-1).
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv \
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn \
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Countries and territories (ISO 3166-1), and Kosovo.
const REGIONS: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW \
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE \
    KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV \
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC \
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ \
    VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// What people write for a language, and its tag: names, codes of countries, codes of three letters where there is one of two.
const SLIPS: &[(&str, &str)] = &[
    ("alb", "sq"),
    ("albanian", "sq"),
    ("american", "en-US"),
    ("ara", "ar"),
    ("arabic", "ar"),
    ("ben", "bn"),
    ("bengali", "bn"),
    ("bosnian", "bs"),
    ("british", "en-GB"),
    ("bul", "bg"),
    ("bulgarian", "bg"),
    ("cantonese", "yue"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("chinese", "zh"),
    ("cn", "zh"),
    ("cornish", "kw"),
    ("croatian", "hr"),
    ("cym", "cy"),
    ("cymraeg", "cy"),
    ("cz", "cs"),
    ("cze", "cs"),
    ("czech", "cs"),
    ("dan", "da"),
    ("danish", "da"),
    ("dari", "prs"),
    ("deu", "de"),
    ("deutsch", "de"),
    ("dk", "da"),
    ("dut", "nl"),
    ("dutch", "nl"),
    ("eire", "ga"),
    ("ell", "el"),
    ("eng", "en-GB"),
    ("english", "en-GB"),
    ("espanol", "es"),
    ("español", "es"),
    ("est", "et"),
    ("estonian", "et"),
    ("farsi", "fa"),
    ("fas", "fa"),
    ("filipino", "fil"),
    ("finnish", "fi"),
    ("fra", "fr"),
    ("francais", "fr"),
    ("français", "fr"),
    ("fre", "fr"),
    ("french", "fr"),
    ("gaeilge", "ga"),
    ("gaelic", "gd"),
    ("gb", "en-GB"),
    ("ger", "de"),
    ("german", "de"),
    ("gla", "gd"),
    ("gle", "ga"),
    ("gr", "el"),
    ("gre", "el"),
    ("greek", "el"),
    ("guj", "gu"),
    ("gujarati", "gu"),
    ("heb", "he"),
    ("hebrew", "he"),
    ("hin", "hi"),
    ("hindi", "hi"),
    ("hun", "hu"),
    ("hungarian", "hu"),
    ("irish", "ga"),
    ("ita", "it"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("korean", "ko"),
    ("kurdish", "ku"),
    ("latin", "la"),
    ("latvian", "lv"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("lithuanian", "lt"),
    ("malayalam", "ml"),
    ("mandarin", "zh"),
    ("manx", "gv"),
    ("nep", "ne"),
    ("nepali", "ne"),
    ("nld", "nl"),
    ("nor", "no"),
    ("norwegian", "no"),
    ("pan", "pa"),
    ("pashto", "ps"),
    ("per", "fa"),
    ("persian", "fa"),
    ("pol", "pl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("por", "pt"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("russian", "ru"),
    ("scots", "sco"),
    ("serbian", "sr"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slovak", "sk"),
    ("slovenian", "sl"),
    ("som", "so"),
    ("somali", "so"),
    ("sp", "es"),
    ("spa", "es"),
    ("spanish", "es"),
    ("sqi", "sq"),
    ("swa", "sw"),
    ("swahili", "sw"),
    ("swe", "sv"),
    ("swedish", "sv"),
    ("tagalog", "tl"),
    ("tam", "ta"),
    ("tamil", "ta"),
    ("thai", "th"),
    ("tigrinya", "ti"),
    ("tur", "tr"),
    ("turkish", "tr"),
    ("ua", "uk"),
    ("ukr", "uk"),
    ("ukrainian", "uk"),
    ("urd", "ur"),
    ("urdu", "ur"),
    ("us", "en-US"),
    ("vie", "vi"),
    ("vietnamese", "vi"),
    ("vn", "vi"),
    ("wales", "cy"),
    ("wel", "cy"),
    ("welsh", "cy"),
    ("wl", "cy"),
    ("yor", "yo"),
    ("yoruba", "yo"),
    ("zho", "zh"),
];

/// Notes a tag that isn't one. True where it is.
pub fn check(text: &Text, findings: &Findings) -> bool {
    let is_good = is_tag(text.as_str());
    if !is_good {
        findings.push(invalid(text.as_str()).at(text.whole()));
    }
    is_good
}

/// What to say of a tag that isn't one.
pub fn invalid(tag: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(codes::INVALID_LANGUAGE, format!("`{tag}` isn't a language tag"));
    match meant(tag) {
        Some(meant) => diagnostic.help(format!("write `{meant}`")),
        None => diagnostic.help("use a tag such as \"en-GB\" for British English, \"cy\" for Welsh, \"pl\" for Polish"),
    }
}

/// Whether a tag is right: a language that there is, then perhaps a script, a region that there is, and variants.
pub fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    is_language(parts.next().unwrap_or_default()) && parts.all(is_part)
}

/// Codes of three letters are too many to list: what isn't a slip is let pass.
fn is_language(part: &str) -> bool {
    let small = part.to_ascii_lowercase();
    match part.len() {
        2 => LANGUAGES.split_whitespace().any(|own| own == small),
        3 => part.bytes().all(|byte| byte.is_ascii_alphabetic()) && slip(&small).is_none(),
        _ => false,
    }
}

fn is_part(part: &str) -> bool {
    match part.len() {
        2 => is_region(part),
        3..=8 => part.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        _ => false,
    }
}

fn is_region(part: &str) -> bool {
    let large = part.to_ascii_uppercase();
    REGIONS.split_whitespace().any(|own| own == large)
}

fn slip(small: &str) -> Option<&'static str> {
    SLIPS.iter().find(|(own, _)| *own == small).map(|(_, tag)| *tag)
}

/// The tag that somebody probably means who writes another.
fn meant(tag: &str) -> Option<String> {
    let small = tag.trim().to_lowercase();
    let mut parts = small.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let first = parts.next()?;
    let language = slip(first).or_else(|| LANGUAGES.split_whitespace().find(|own| *own == first))?;
    let region = parts.find(|part| part.len() == 2);
    Some(match region.map(|region| if region == "uk" { "gb" } else { region }) {
        Some(region) if is_region(region) => format!("{}-{}", primary(language), region.to_uppercase()),
        _ if language == "en" => "en-GB".to_owned(),
        _ => language.to_owned(),
    })
}

/// The language without script, region and variants: "en" of "en-GB".
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// "rtl" for languages that are written from right to left, else "ltr".
pub fn direction(tag: &str) -> &'static str {
    match primary(tag).to_ascii_lowercase().as_str() {
        "ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_of_languages_and_countries_that_there_are() {
        for good in ["en", "en-GB", "en-gb", "cy", "uk", "zh-Hant-HK", "es-419", "ckb", "bfi", "ca-valencia", "fil"] {
            assert!(is_tag(good), "{good}");
        }
        for (wrong, tag) in [
            ("CYMRAEG", "cy"),
            ("cy-WL", "cy"),
            ("en-EN", "en-GB"),
            ("en-UK", "en-GB"),
            ("en_US", "en-US"),
            ("English (UK)", "en-GB"),
            ("eng", "en-GB"),
            ("gr", "el"),
            ("pol", "pl"),
            ("wl", "cy"),
        ] {
            assert!(!is_tag(wrong), "{wrong}");
            assert_eq!(meant(wrong).as_deref(), Some(tag), "{wrong}");
        }
        assert!(!is_tag("qq") && !is_tag("") && !is_tag("é") && meant("qq").is_none());
    }
}
