//! What identifies a person: e-mail addresses, telephone numbers, National Insurance numbers.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::Event;

use super::{people, telephone};
use crate::check::passage::{Passage, Role};
use crate::check::{Look, Rule};
use crate::finding::{Code, Diagnostic, Severity};
use crate::text::{Span, name};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code {
        name: "personal-data",
        severity: Severity::Warning,
        meaning: "A person's e-mail address, a telephone number or a National Insurance number is published.",
    },
    guide: "A handbook is copied, printed and kept for years, and people move on. Found are e-mail addresses that name a person \
            (`sarah.jones@`, `s.jones@`), telephone numbers, and National Insurance numbers, in texts, titles and links. An address \
            of a team (`hr@`, `data.protection@`), the address in `[contact]`, helplines (0800, 0300) and numbers of other \
            things pass. Name the role or the team instead. Where people need the number, allow it with the reason.",
    look: Look::Passage(look),
};

/// What was found in some words.
struct Hit {
    range: Range<usize>,
    /// As it is compared: two spellings of one number are one.
    key: String,
    message: String,
    help: &'static str,
    /// Whether there is never a reason to publish it.
    is_secret: bool,
}

fn look(passage: &Passage<'_>, found: &mut Vec<Diagnostic>) {
    let mut said = BTreeSet::new();
    for block in &passage.blocks {
        for hit in hits(passage, &block.text) {
            found.push(finding(passage, &hit, block.span(hit.range.clone())));
            said.insert(hit.key);
        }
    }
    for marked in &passage.events {
        let (Event::Html(words) | Event::InlineHtml(words)) = &marked.event else { continue };
        if words.len() != marked.range.len() || words.trim_start().starts_with("<!--") {
            continue;
        }
        for hit in hits(passage, words) {
            let range = marked.range.start + hit.range.start..marked.range.start + hit.range.end;
            found.push(finding(passage, &hit, passage.text.span(range)));
            said.insert(hit.key);
        }
    }
    // A link to what its own words say is one thing.
    for link in passage.prose.iter().flat_map(|prose| &prose.links) {
        if let Some(hit) = in_address(passage, &link.destination).filter(|hit| !said.contains(&hit.key)) {
            found.push(finding(passage, &hit, link.span));
        }
    }
}

fn finding(passage: &Passage<'_>, hit: &Hit, span: Span) -> Diagnostic {
    let is_toml = passage.role == Role::Line || name::is_toml(&passage.context.sources.file(span.file).path);
    let allow = if is_toml {
        "allow = { personal-data = \"the reason\" }"
    } else {
        "<!-- ethos: allow personal-data because … -->"
    };
    let diagnostic = Diagnostic::new(RULE.code, hit.message.clone()).at(span).help(hit.help);
    if hit.is_secret {
        return diagnostic;
    }
    diagnostic.help(format!("if people need it here, allow it and say why: {allow}"))
}

/// Everything in some words, in order.
fn hits(passage: &Passage<'_>, text: &str) -> Vec<Hit> {
    const FEWEST_DIGITS: usize = 6;
    if !text.contains('@') && text.bytes().filter(u8::is_ascii_digit).count() < FEWEST_DIGITS {
        return Vec::new();
    }
    let mut hits: Vec<_> = emails(text).filter_map(|range| email(passage, text, range)).collect();
    hits.extend(telephone::numbers(text).into_iter().map(|range| number(&text[range.clone()], range)));
    hits.extend(insurance_numbers(text));
    hits.sort_by_key(|hit| hit.range.start);
    hits
}

/// What a link's address has: `mailto:` and `tel:`.
fn in_address(passage: &Passage<'_>, destination: &str) -> Option<Hit> {
    let decoded = percent_encoding::percent_decode_str(destination.trim()).decode_utf8_lossy();
    let (scheme, rest) = decoded.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => emails(rest).find_map(|range| email(passage, rest, range)),
        "tel" => telephone::is_number(rest).then(|| number(rest, 0..rest.len())),
        _ => None,
    }
}

fn number(text: &str, range: Range<usize>) -> Hit {
    Hit {
        range,
        key: telephone::digits(text),
        message: format!("“{text}” is a telephone number, which may be somebody's own"),
        help: "name the role or the team instead, or how to reach it through the switchboard",
        is_secret: false,
    }
}

fn email(passage: &Passage<'_>, text: &str, range: Range<usize>) -> Option<Hit> {
    let address = &text[range.clone()];
    let key = address.to_lowercase();
    let contact = passage.context.handbook.config.contact.email.as_ref();
    let is_contact = contact.is_some_and(|contact| contact.eq_ignore_ascii_case(address));
    let is_personal = people::is_person(address.split('@').next().unwrap_or_default());
    (is_personal && !is_contact).then(|| Hit {
        range,
        key,
        message: format!("“{address}” is a person's e-mail address"),
        help: "name the role or the team instead, with an address that stays when people move on",
        is_secret: false,
    })
}

/// Where e-mail addresses stand.
fn emails(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('@').filter_map(|(at, _)| {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\'' | '’');
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let name = text[..at].rsplit(|c| !is_name(c)).next().unwrap_or_default();
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        let host = text[at + 1..].split(|c| !is_host(c)).next().unwrap_or_default();
        let host = host.trim_end_matches(['.', '-']);
        let ending = host.rsplit_once('.')?.1;
        let is_good = !name.is_empty() && ending.len() > 1 && ending.chars().all(|c| c.is_ascii_alphabetic());
        is_good.then(|| at - name.len()..at + 1 + host.len())
    })
}

/// National Insurance numbers: two letters, six digits, and a letter from A to D, with spaces or without.
fn insurance_numbers(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let begins = before.replace(c).is_none_or(|before: char| !before.is_alphanumeric());
        if at < from || !begins || !c.is_ascii_alphabetic() {
            continue;
        }
        if let Some(length) = insurance_number(&text[at..]) {
            from = at + length;
            let written = &text[at..from];
            hits.push(Hit {
                range: at..from,
                key: written.chars().filter(|c| c.is_alphanumeric()).collect(),
                message: format!("“{written}” is a National Insurance number"),
                help: "take it out, and ask whose it is; as an example, write QQ 12 34 56 C, which nobody has",
                is_secret: true,
            });
        }
    }
    hits
}

/// How long the number is that begins a text. No number begins with D, F, I, Q, U or V, nor with some pairs.
fn insurance_number(text: &str) -> Option<usize> {
    const NEVER: [&str; 7] = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];
    let mut letters = String::new();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let wants_digit = (2..8).contains(&letters.len());
        match c {
            ' ' | '\u{a0}' | '-' if matches!(letters.len(), 2 | 4 | 6 | 8) && at == last => continue,
            _ if wants_digit && c.is_ascii_digit() => {}
            _ if !wants_digit && c.is_ascii_alphabetic() => {}
            _ => return None,
        }
        letters.push(c.to_ascii_uppercase());
        last = at + 1;
        if letters.len() == 9 {
            break;
        }
    }
    let is_prefix =
        |pair: &str| !NEVER.contains(&pair) && !pair.contains(['D', 'F', 'I', 'Q', 'U', 'V']) && !pair.ends_with('O');
    let is_good = letters.len() == 9 && is_prefix(&letters[..2]) && letters.ends_with(['A', 'B', 'C', 'D']);
    let is_whole = text[last..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    (is_good && is_whole).then_some(last)
}
