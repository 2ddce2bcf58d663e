//! Abbreviations that the handbook uses and never explains.

use rustc_hash::{FxHashMap, FxHashSet};

use pulldown_cmark::{Event, Tag};

use super::sentences::{is_address, own_words, words};
use crate::check::passage::{Block, Passage, Written};
use crate::check::{Context, Look, Rule};
use crate::content::markdown::{end_of, plain};
use crate::finding::{Code, Diagnostic, Severity};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "unexplained-abbreviation",
        severity: Severity::Warning,
        meaning: "An abbreviation is used again and again, and never spelt out.",
    },
    guide: "New colleagues don't know what SLT is, and don't like to ask. An abbreviation is found that the handbook uses three times or \
            more and explains nowhere; those that everybody knows, such as NHS and PDF, are let pass. Spell it out where it is first \
            used, “Senior Leadership Team (SLT)”, or explain it under `[glossary]` in `ethos.toml`.",
    look: Look::Handbook(look),
};

/// Fewer uses can do without.
const FEWEST_USES: usize = 3;

/// What everybody knows, and names that are only known so.
const KNOWN: &[&str] = &[
    "ACAS", "AD", "AGM", "AI", "AM", "ASAP", "ASCII", "BBC", "BC", "BSL", "BST", "CCTV", "CD", "CEO", "COVID", "CSS",
    "CSV", "CV", "DIY", "DNA", "DVD", "DVLA", "EEA", "EU", "FAQ", "FM", "FYI", "GB", "GCSE", "GDPR", "GMB", "GMT",
    "GP", "GPS", "HGV", "HIV", "HM", "HMRC", "HR", "HTML", "HTTP", "HTTPS", "ICT", "ID", "IQ", "ISBN", "ISO", "IT",
    "JPEG", "JSON", "KB", "LED", "LGBT", "LGBTQ", "MB", "MOT", "MP", "NASA", "NATO", "NB", "NHS", "NSPCC", "OBE",
    "OFCOM", "OFSTED", "OK", "PA", "PAYE", "PC", "PDF", "PIN", "PLC", "PM", "PNG", "PO", "PR", "PS", "PTO", "QC", "QR",
    "RADAR", "RAF", "RSPCA", "RSVP", "SIM", "SMART", "SMS", "SOS", "SVG", "TBA", "TBC", "TOML", "TV", "UFO", "UK",
    "UN", "UNESCO", "UNICEF", "UNISON", "UNITE", "URL", "US", "USA", "USB", "VAT", "VE", "VIP", "VPN", "WC", "WWW",
    "XML", "YMCA", "ZIP",
];

/// Words that are written in capitals for their weight.
const SHOUTED: &[&str] = &[
    "ALL", "ALWAYS", "AND", "ANY", "ARE", "AS", "AT", "BE", "BEFORE", "BUT", "BY", "CAN", "DO", "DOES", "DONT", "FOR",
    "FROM", "HOW", "IF", "IN", "IS", "IT", "MAY", "ME", "MUST", "MY", "NEVER", "NEW", "NO", "NOT", "NOTE", "NOW", "OF",
    "ON", "ONE", "ONLY", "OR", "OUR", "OUT", "PLEASE", "SHALL", "SHOULD", "SO", "STOP", "THE", "THIS", "TO", "UP",
    "WE", "WHAT", "WHEN", "WHO", "WHY", "WILL", "WITH", "YES", "YOU", "YOUR",
];

/// Words that a name may have without a letter for them.
const SMALL: &[&str] = &["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// Words between a name and its abbreviation.
const LINKING: &[&str] = &[
    "abbreviated",
    "also",
    "as",
    "called",
    "hereafter",
    "known",
    "often",
    "or",
    "our",
    "otherwise",
    "short",
    "simply",
    "the",
    "to",
    "usually",
];

/// What follows an abbreviation that is being explained.
const EXPLAINING: &[&str] =
    &["is an abbreviation", "is short for", "means ", "refers to ", "stand for ", "stands for "];

/// Words before something with a number that isn't short for anything.
const NUMBERED: &[&str] = &["annex", "form", "forms", "policy", "ref", "reference", "room", "section", "zone"];

/// What one page uses, with the first place and how often, and what it explains.
#[derive(Default)]
struct Page {
    used: Vec<(String, Span, usize)>,
    /// The place in that list of each.
    places: FxHashMap<String, usize>,
    explained: FxHashSet<String>,
}

impl Page {
    fn add(&mut self, abbreviation: String, span: impl FnOnce() -> Span) {
        match self.places.get(&abbreviation) {
            Some(place) => self.used[*place].2 += 1,
            None => {
                self.places.insert(abbreviation.clone(), self.used.len());
                self.used.push((abbreviation, span(), 1));
            }
        }
    }
}

fn look(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut explained = explained_by_settings(context);
    let mut order = Vec::new();
    let mut used: FxHashMap<String, (Span, usize)> = FxHashMap::default();
    for page in context.each_written(read) {
        explained.extend(page.explained);
        for (abbreviation, span, times) in page.used {
            let known = used.entry(abbreviation.clone()).or_insert_with(|| {
                order.push(abbreviation);
                (span, 0)
            });
            known.1 += times;
        }
    }
    for abbreviation in order.iter().filter(|abbreviation| !explained.contains(*abbreviation)) {
        let (span, times) = used[abbreviation];
        if times >= FEWEST_USES {
            found.push(finding(abbreviation, span, times));
        }
    }
}

fn finding(abbreviation: &str, span: Span, times: usize) -> Diagnostic {
    let key = if abbreviation.contains('&') { format!("\"{abbreviation}\"") } else { abbreviation.to_owned() };
    let message = format!("“{abbreviation}” is used {times} times, and the handbook never says what it is short for");
    Diagnostic::new(RULE.code, message)
        .at(span)
        .help(format!("spell it out here, with the abbreviation in brackets behind: “… ({abbreviation})”"))
        .help(format!("or explain it for the whole handbook, in ethos.toml under [glossary]: {key} = \"…\""))
}

/// What glossary, synonyms and other names for values explain.
fn explained_by_settings(context: &Context<'_>) -> FxHashSet<String> {
    let handbook = context.handbook;
    let glossary = handbook.config.glossary.iter().map(|(word, _)| word.as_str());
    let synonyms = handbook.config.synonyms.iter().flatten().map(|text| text.as_str());
    let aka = handbook
        .frameworks
        .iter()
        .flat_map(|framework| framework.items().flat_map(|at| framework.item(at).aka.iter().map(String::as_str)));
    let texts = glossary.chain(synonyms).chain(aka);
    texts.flat_map(|text| pieces(text).into_iter().filter_map(|(at, end)| abbreviation(&text[at..end]))).collect()
}

fn read(written: &Written<'_>) -> Page {
    let mut page = Page::default();
    for passage in written.passages.iter().filter(|passage| passage.is_english()) {
        page.explained.extend(explained_by_marks(passage));
        for block in &passage.blocks {
            read_block(block, &mut page);
        }
    }
    page
}

fn read_block(block: &Block<'_>, page: &mut Page) {
    let is_begun = |pair: &[u8]| {
        pair[0].is_ascii_uppercase() && (pair[1].is_ascii_uppercase() || pair[1].is_ascii_digit() || pair[1] == b'&')
    };
    if !block.text.as_bytes().windows(2).any(is_begun) {
        return;
    }
    let text = own_words(block);
    let pieces = pieces(&text);
    let words: Vec<&str> = pieces.iter().map(|(start, end)| &text[*start..*end]).collect();
    if is_shouted(&words) {
        return;
    }
    for (index, (start, end)) in pieces.iter().enumerate() {
        let Some(abbreviation) = abbreviation(words[index]) else { continue };
        let around = (index.checked_sub(1).map(|before| words[before]), words.get(index + 1).copied());
        if !is_meant(&abbreviation, around) {
            continue;
        }
        if is_explained(&text, *start, *end, &abbreviation) {
            page.explained.insert(abbreviation.clone());
        }
        page.add(abbreviation, || block.span(*start..*end));
    }
}

/// Where the parts of words stand: letters, digits and `&` without other marks between them. Addresses have none.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    for word in words(text).filter(|word| !is_address(&text[word.clone()])) {
        let mut offset = word.start;
        for piece in text[word].split_inclusive(|c: char| !c.is_alphanumeric() && c != '&') {
            let length = piece.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            if length > 0 {
                pieces.push((offset, offset + length));
            }
            offset += piece.len();
        }
    }
    pieces
}

/// What a word abbreviates with, without the ending of a plural; none if it isn't an abbreviation, or one that everybody knows.
fn abbreviation(word: &str) -> Option<String> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let letters = singular.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = singular.bytes().filter(u8::is_ascii_digit).count();
    let is_made_so = singular.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'&');
    let has_length = (2..=6).contains(&singular.len()) && letters >= 2 && digits <= 1;
    let is_roman = singular.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let is_let_pass = KNOWN.contains(&singular) || SHOUTED.contains(&singular);
    (is_made_so && has_length && singular.starts_with(|c: char| c.is_ascii_uppercase()) && !is_roman && !is_let_pass)
        .then(|| singular.to_owned())
}

/// Whether most words are written in capitals.
fn is_shouted(words: &[&str]) -> bool {
    let long = || words.iter().filter(|word| word.len() > 1 && word.starts_with(char::is_alphabetic));
    let capitals = long().filter(|word| is_in_capitals(word)).count();
    capitals > 2 && capitals * 2 > long().count()
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
}

/// Whether an abbreviation is one beside its neighbours, and not shouted with them, part of a postcode or a form's number.
fn is_meant(abbreviation: &str, (before, after): (Option<&str>, Option<&str>)) -> bool {
    const LONGEST: usize = 6;
    let has_digit = abbreviation.contains(|c: char| c.is_ascii_digit());
    let is_loud = |word: &str| {
        is_in_capitals(word)
            && (SHOUTED.contains(&word) || word.chars().filter(|c| c.is_alphabetic()).count() > LONGEST)
    };
    let is_inward =
        |word: &str| word.len() == 3 && word.starts_with(|c: char| c.is_ascii_digit()) && is_in_capitals(word);
    let is_number = has_digit
        && (after.is_some_and(is_inward)
            || before.is_some_and(|word| NUMBERED.contains(&word.to_lowercase().as_str())));
    !is_number && !before.is_some_and(is_loud) && !after.is_some_and(is_loud)
}

/// Whether what stands around an abbreviation says what it is short for.
fn is_explained(text: &str, start: usize, end: usize, abbreviation: &str) -> bool {
    let marks = ['"', '\'', '“', '”', '‘', '’', '*'];
    let before = text[..start].trim_end_matches(marks).trim_end();
    let after = text[end..].trim_start_matches(marks).trim_start();
    is_explained_before(before, abbreviation) || is_explained_after(before, after, abbreviation)
}

/// "Senior Leadership Team (SLT)", "the Senior Leadership Team, or SLT"
fn is_explained_before(before: &str, abbreviation: &str) -> bool {
    let linking = names_from_end(before).take_while(|word| is_linking(word)).last();
    // What stands before the linking words, and what is left of it up to its last name.
    let unlinked = linking.map_or(before, |first| &before[..offset(before, first)]);
    let name_end = names_from_end(unlinked).next().map_or(0, |last| offset(before, last) + last.len());
    let tail = &before[name_end..];
    let is_in_brackets = tail.rfind('(').is_some_and(|at| !tail[at..].contains(')'));
    let mut words: Vec<&str> = names_from_end(unlinked).take(2 * abbreviation.len() + 2).collect();
    words.reverse();
    let is_linked = linking.is_some() && !before.ends_with('.');
    let is_set_off = is_linked || before.ends_with(['–', '—', '-', '=', ':']);
    (is_in_brackets || is_set_off) && (0..words.len()).any(|from| spells(&words[from..], abbreviation, !is_in_brackets))
}

/// "SLT (Senior Leadership Team)", "SLT: …" at the start of a line, "SLT stands for …", "SLT, the Senior Leadership Team"
fn is_explained_after(before: &str, after: &str, abbreviation: &str) -> bool {
    let lower = after.get(..after.len().min(24)).unwrap_or(after).to_lowercase();
    if EXPLAINING.iter().any(|words| lower.starts_with(words)) {
        return true;
    }
    if before.is_empty() && after.starts_with([':', '–', '—', '=']) {
        return true;
    }
    let inner = after.strip_prefix('(');
    let Some(rest) = inner.or_else(|| after.strip_prefix([',', '–', '—', '-', '=', ':'])) else { return false };
    let near = names(rest).take(2 * abbreviation.len() + 4).last();
    let near = near.map_or("", |last| &rest[..offset(rest, last) + last.len()]);
    let near = if inner.is_some() { near.split(')').next().unwrap_or(near) } else { near };
    let words: Vec<&str> = names(near).collect();
    let last = if inner.is_some() { words.len() } else { 4 };
    let skipped = words.iter().take_while(|word| is_linking(word)).count();
    (0..words.len().min(last.max(skipped + 1))).any(|from| spells(&words[from..], abbreviation, false))
}

/// The words of a text, those with hyphens apart.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|word| !word.is_empty())
}

/// The same, the last first.
fn names_from_end(text: &str) -> impl Iterator<Item = &str> {
    text.rsplit(is_between).filter(|word| !word.is_empty())
}

fn is_between(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '\'' | '’')
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

fn is_linking(word: &str) -> bool {
    LINKING.contains(&word.to_lowercase().as_str())
}

/// Whether the first words begin with the letters of an abbreviation; perhaps all of them up to the last.
fn spells(words: &[&str], abbreviation: &str, is_whole: bool) -> bool {
    let letters: Vec<char> = abbreviation.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_itself = |word: &str| word.strip_suffix('s').unwrap_or(word) == abbreviation;
    // No name has more small words than others.
    let near = words.iter().take(2 * abbreviation.len() + 4);
    let words: Vec<String> = near.take_while(|word| !is_itself(word)).map(|word| word.to_lowercase()).collect();
    words.first().is_some_and(|first| letters.first().is_some_and(|letter| first.starts_with(*letter)))
        && takes(&words, &letters, is_whole)
}

fn takes(words: &[String], letters: &[char], is_whole: bool) -> bool {
    let Some(letter) = letters.first() else { return !is_whole || words.is_empty() };
    let Some((word, rest)) = words.split_first() else { return false };
    if word.starts_with(*letter) {
        let mut given = 0;
        for own in word.chars() {
            given += usize::from(letters.get(given) == Some(&own));
        }
        if (1..=given).any(|given| takes(rest, &letters[given..], is_whole)) {
            return true;
        }
    }
    SMALL.contains(&word.as_str()) && takes(rest, letters, is_whole)
}

/// What a glossary of the page explains: terms with their definitions, rows of tables, `<abbr title>`.
fn explained_by_marks(passage: &Passage<'_>) -> Vec<String> {
    let events = &passage.events;
    let mut explained = Vec::new();
    for (index, marked) in events.iter().enumerate() {
        let is_term = matches!(marked.event, Event::Start(Tag::DefinitionListTitle));
        if !is_term && !matches!(marked.event, Event::Start(Tag::TableRow)) {
            continue;
        }
        let first = if is_term { index } else { index + 1 };
        if !events.get(first).is_some_and(|first| matches!(first.event, Event::Start(_))) {
            continue;
        }
        let end = end_of(events, first);
        let term = plain(events.get(first..end).unwrap_or_default());
        let has_next = !is_term && events.get(end + 1).is_some_and(|next| matches!(next.event, Event::Start(_)));
        let next = if has_next { plain(&events[end + 1..end_of(events, end + 1)]) } else { String::new() };
        for abbreviation in pieces(&term).into_iter().filter_map(|(start, end)| abbreviation(&term[start..end])) {
            let words: Vec<&str> = names(&next).collect();
            if is_term || (0..words.len()).any(|from| spells(&words[from..], &abbreviation, false)) {
                explained.push(abbreviation);
            }
        }
    }
    explained.extend(explained_by_html(passage.text.as_str()));
    explained
}

fn explained_by_html(text: &str) -> Vec<String> {
    let elements = text.match_indices("<abbr").filter_map(|(at, name)| {
        // A tag ends before the next begins.
        let inner = &text[at + name.len()..];
        let end = inner.find(['<', '>']).filter(|end| inner[*end..].starts_with('>'))?;
        let (tag, rest) = (&inner[..end], &inner[end + 1..]);
        tag.contains("title").then(|| rest.split('<').next().unwrap_or_default().trim())
    });
    elements.filter_map(abbreviation).collect()
}
