//! Text that was saved in one encoding and read in another: “â€™” for “’”.

use super::characters::{and_more, characters, stretches, word_after, word_before};
use crate::check::passage::{Block, Passage};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "mojibake",
        severity: Severity::Warning,
        meaning: "Characters were garbled on their way into the text: “â€™” stands for “’”, or “&amp;” for “&”.",
    },
    guide: "When a text is saved in one way and read in another, quotation marks, pound signs and accented letters turn into two \
            or three strange characters. The message says which were meant. Names that really have an “Â” or an “Ã” are left \
            alone. Replace all of them at once with your editor's “find and replace”.",
    look: Look::Passage(look),
};

/// Windows-1252 from 0x80 to 0x9F; where it has no character, the control character of that number.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The bullet that Word takes from one of its fonts.
const WORD_BULLET: char = '\u{f0b7}';

/// What UTF-8 becomes when it is read as text of an old Mac or of the command line of Windows.
const OTHER: &[(&str, &str)] = &[
    ("¬£", "£"),
    ("ÔÇÖ", "’"),
    ("ÔÇô", "–"),
    ("ÔÇ£", "“"),
    ("â€", "”"),
    ("√©", "é"),
    ("‚Ä¢", "•"),
    ("‚Ä¶", "…"),
    ("‚Äì", "–"),
    ("‚Äî", "—"),
    ("‚Äò", "‘"),
    ("‚Äô", "’"),
    ("‚Äú", "“"),
    ("‚Äù", "”"),
];

/// Names that HTML has for characters, and the character.
const ENTITIES: &[(&str, &str)] = &[
    ("&#38;", "&"),
    ("&#39;", "’"),
    ("&#160;", " "),
    ("&#163;", "£"),
    ("&#8211;", "–"),
    ("&#8212;", "—"),
    ("&#8216;", "‘"),
    ("&#8217;", "’"),
    ("&#8220;", "“"),
    ("&#8221;", "”"),
    ("&#8230;", "…"),
    ("&amp;", "&"),
    ("&apos;", "’"),
    ("&bull;", "•"),
    ("&eacute;", "é"),
    ("&euro;", "€"),
    ("&gt;", ">"),
    ("&hellip;", "…"),
    ("&ldquo;", "“"),
    ("&lsquo;", "‘"),
    ("&lt;", "<"),
    ("&mdash;", "—"),
    ("&nbsp;", " "),
    ("&ndash;", "–"),
    ("&pound;", "£"),
    ("&quot;", "\""),
    ("&rdquo;", "”"),
    ("&rsquo;", "’"),
];

/// Ends of English words behind an apostrophe, which some programs turn into “?”.
const SHORTENED: &[&str] = &["d", "ll", "m", "re", "s", "t", "ve"];

/// Garbled characters: where, and what they should be; none where that is lost.
struct Garbled {
    at: usize,
    end: usize,
    meant: Option<String>,
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let text = passage.text.as_str();
    if !text.is_ascii() {
        for stretch in stretches(text) {
            let garbled = garbled(&text[..stretch.end], stretch.start);
            found.extend(finding(text, &garbled).map(|finding| {
                let first = &garbled[0];
                finding.at(passage.text.span(first.at..first.end))
            }));
        }
    }
    for block in &passage.blocks {
        let garbled = named(block, passage.is_english());
        found.extend(finding(&block.text, &garbled).map(|finding| {
            let first = &garbled[0];
            finding.at(block.span(first.at..first.end))
        }));
    }
}

fn finding(text: &str, garbled: &[Garbled]) -> Option<Diagnostic> {
    let Garbled { at, end, meant } = garbled.first()?;
    let (wrong, more) = (seen(&text[*at..*end]), and_more(garbled.len()));
    let Some(meant) = meant else {
        let word = word_around(text, *at, *end, "");
        let message = format!("a character of “{}” was lost: “{wrong}” stands in its place{more}", word.0);
        return Some(
            Diagnostic::new(RULE.code, message).help(
                "look up in the document that this was copied from which character it was, and write that instead",
            ),
        );
    };
    let (garbled_word, word) = word_around(text, *at, *end, meant);
    let message = match meant.as_str() {
        meant if wrong.is_empty() => format!("an invisible character in “{garbled_word}” should be {meant}{more}"),
        "" => format!("“{wrong}” is left over from another way of saving a text{more}"),
        " " => format!("“{wrong}” in “{}” should be a space{more}", garbled_word.trim()),
        meant if wrong == garbled_word => format!("“{wrong}” should be {meant}{more}"),
        meant => format!("“{wrong}” in “{garbled_word}” should be {meant}{more}"),
    };
    let help = if meant.is_empty() { "delete it".to_owned() } else { format!("write “{}” instead", word.trim()) };
    let mut diagnostic = Diagnostic::new(RULE.code, message).help(help);
    let mut others: Vec<_> =
        garbled[1..].iter().filter_map(|other| Some((&text[other.at..other.end], other.meant.as_ref()?))).collect();
    others.sort_unstable();
    others.dedup();
    for (other, meant) in others
        .into_iter()
        .filter(|(other, meant)| {
            !matches!(seen(other).as_str(), "" | " ") && seen(other) != wrong && !meant.trim().is_empty()
        })
        .take(5)
    {
        diagnostic = diagnostic.help(format!("write {meant} instead of “{}”", seen(other)));
    }
    Some(diagnostic)
}

/// Characters without those that a terminal doesn't show.
fn seen(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// The word around a stretch: as it is, and with `meant` in its place.
fn word_around(text: &str, at: usize, end: usize, meant: &str) -> (String, String) {
    let before = if text[..at].ends_with(char::is_whitespace) { "" } else { word_before(text, at) };
    let after = if text[end..].starts_with(char::is_whitespace) { "" } else { word_after(text, end) };
    (
        seen(&format!("{before}{}{after}", &text[at..end])),
        format!("{before}{meant}{}", mended(after, &garbled(after, 0))),
    )
}

/// What is garbled in a text from a place on.
fn garbled(text: &str, start: usize) -> Vec<Garbled> {
    let mut garbled = Vec::new();
    let mut at = start;
    while let Some(c) = text[at..].chars().next() {
        let (length, meant) = if c.is_ascii() { None } else { read(text, at) }.unwrap_or((0, None));
        if length > 0 {
            garbled.push(Garbled { at, end: at + length, meant });
        }
        at += length.max(c.len_utf8());
    }
    garbled
}

/// A text with what was meant in the place of what is garbled.
fn mended(text: &str, garbled: &[Garbled]) -> String {
    let mut mended = String::new();
    let mut from = 0;
    for part in garbled {
        mended.push_str(&text[from..part.at]);
        mended.push_str(part.meant.as_deref().unwrap_or("\u{fffd}"));
        from = part.end;
    }
    mended + &text[from..]
}

/// How many bytes are garbled at a place, and what was meant.
fn read(text: &str, at: usize) -> Option<(usize, Option<String>)> {
    if let Some((length, meant)) = run(text, at) {
        // What was garbled twice is read twice.
        let meant = mended(&meant, &garbled(&meant, 0));
        let meant = meant.replace('\u{a0}', " ").replace('\u{feff}', "").replace(WORD_BULLET, "•");
        return Some((length, Some(meant).filter(|meant| !meant.contains('\u{fffd}'))));
    }
    let rest = &text[at..];
    if let Some((wrong, meant)) = OTHER.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
        return Some((wrong.len(), Some((*meant).to_owned())));
    }
    let c = rest.chars().next()?;
    match c {
        '\u{fffd}' => Some((c.len_utf8(), None)),
        '\u{80}'..='\u{9f}' => {
            Some((c.len_utf8(), Some(WINDOWS[c as usize - 0x80].to_string()).filter(|meant| *meant != c.to_string())))
        }
        'Ã' if rest[c.len_utf8()..].starts_with(' ') && text[..at].ends_with(char::is_lowercase) => {
            Some((c.len_utf8(), Some("à".to_owned())))
        }
        'Â' if rest[c.len_utf8()..].starts_with(' ') && text[..at].ends_with(is_before_space) => {
            Some((c.len_utf8() + 1, Some(" ".to_owned())))
        }
        _ => None,
    }
}

fn is_before_space(c: char) -> bool {
    c.is_lowercase()
        || c.is_ascii_digit()
        || c.is_ascii_punctuation() && !matches!(c, '"' | '\'' | '(' | '[' | '*' | '_')
}

/// Characters in a row that are the bytes of others: how long they are here, and what they mean.
fn run(text: &str, start: usize) -> Option<(usize, String)> {
    let mut meant = String::new();
    let mut at = start;
    while let Some((length, character)) = sequence(text, at) {
        meant.push(character);
        at += length;
    }
    (at > start).then_some((at - start, meant))
}

/// One character whose bytes were read as characters of their own: how long those are here, and the character.
fn sequence(text: &str, at: usize) -> Option<(usize, char)> {
    let first = text[at..].chars().next()?;
    let length = match byte(first)? {
        0xc2..=0xc5 => 2,
        0xe1 | 0xe2 | 0xef => 3,
        0xf0 => 4,
        _ => return None,
    };
    let characters: Vec<char> = text[at..].chars().take(length).collect();
    let bytes: Vec<u8> = characters.iter().map(|c| byte(*c)).collect::<Option<_>>()?;
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let end = at + characters.iter().map(|c| c.len_utf8()).sum::<usize>();
    if !is_likely(&text[..at], &characters, &bytes, &text[end..]) {
        return None;
    }
    let meant = if ('\u{80}'..='\u{9f}').contains(&meant) { WINDOWS[meant as usize - 0x80] } else { meant };
    Some((end - at, meant))
}

/// The byte of a character in Windows-1252.
fn byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => Some(c as u8),
        _ => WINDOWS.iter().position(|own| *own == c).map(|index| index as u8 + 0x80),
    }
}

/// Whether such characters stand for another rather than for themselves: a capital before a quotation mark often does.
fn is_likely(before: &str, characters: &[char], bytes: &[u8], after: &str) -> bool {
    let is_mark = matches!(
        characters[1],
        '“' | '”' | '‘' | '’' | '‹' | '›' | '«' | '»' | '–' | '—' | '…' | '•' | '™' | 'ª' | 'º'
    );
    let is_inside = after.starts_with(char::is_alphanumeric) || before.ends_with(char::is_lowercase);
    match bytes[0] {
        0xc2 | 0xc3 => !is_mark || is_inside || matches!(characters, ['Â', '»' | '«' | '™' | 'º' | 'ª']),
        0xc4 | 0xc5 => !is_mark && characters[1] != '\u{a0}',
        0xe1 => matches!(bytes[1], 0xba | 0xbb),
        0xe2 => matches!(bytes[1], 0x80 | 0x82 | 0x84 | 0x86 | 0x88 | 0x89 | 0x96 | 0x97 | 0x9c | 0x9d),
        _ => true,
    }
}

/// Names of HTML that readers see as they are, and apostrophes that became question marks.
fn named(block: &Block<'_>, is_english: bool) -> Vec<Garbled> {
    let mut garbled = Vec::new();
    for (at, _) in block.text.match_indices('&') {
        let Some((name, meant)) = ENTITIES.iter().find(|(name, _)| block.text[at..].starts_with(name)) else {
            continue;
        };
        let end = at + name.len();
        if !block.is_apart(&(at..end)) {
            garbled.push(Garbled { at, end, meant: Some((*meant).to_owned()) });
        }
    }
    if is_english && block.text.contains('?') {
        let characters = characters(block);
        let marks = (1..characters.len()).filter(|index| characters[*index].1 == '?');
        garbled.extend(marks.filter(|index| is_lost_apostrophe(&characters, *index)).map(|index| {
            let at = characters[index].0;
            Garbled { at, end: at + 1, meant: Some("’".to_owned()) }
        }));
    }
    garbled
}

/// Whether a question mark stands inside a word that has an apostrophe there.
fn is_lost_apostrophe(characters: &[(usize, char)], index: usize) -> bool {
    let is_letter = |(_, c): &&(usize, char)| c.is_alphabetic();
    let tail: String = characters[index + 1..].iter().take(4).take_while(is_letter).map(|(_, c)| *c).collect();
    let end = characters.get(index + 1 + tail.chars().count()).map_or(' ', |(_, c)| *c);
    let start = characters[..index].iter().rev().take_while(|(_, c)| c.is_alphabetic()).count();
    let before = (index - start).checked_sub(1).map_or(' ', |before| characters[before].1);
    let is_word = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ')' | '(' | '“' | '”');
    start > 0 && is_word(before) && is_word(end) && SHORTENED.contains(&tail.as_str())
}
