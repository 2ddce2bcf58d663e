//! Telephone numbers in a text, as they are written in Britain.

use std::ops::Range;

/// What stands between the groups of a number.
const BETWEEN: &[char] = &[' ', '\u{a0}', '-', '\u{2010}', '\u{2011}', '.', '(', ')'];

/// Words before a number that say that it is no telephone number.
const REFERENCES: &[&str] = &[
    "account",
    "asset",
    "case",
    "charity",
    "code",
    "contract",
    "doi",
    "file",
    "form",
    "invoice",
    "isbn",
    "item",
    "licence",
    "order",
    "part",
    "policy",
    "ref",
    "reference",
    "registration",
    "serial",
    "version",
];

/// Words before a number that say that it is one.
const CALLS: &[&str] = &["call", "fax", "mobile", "phone", "ring", "tel", "telephone", "text", "whatsapp"];

/// Where telephone numbers of persons and offices stand. Helplines (0800, 0300, 999, 111) and numbers of other things aren't meant.
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if at < from || !matches!(c, '0' | '+' | '(') || !begins(&text[..at]) {
            continue;
        }
        if let Some(end) = number_end(&text[at..]).filter(|_| !is_reference(&text[..at])) {
            from = at + end;
            found.push(at..from);
        }
    }
    found
}

/// Whether an address that begins with `tel:` is meant by the rule.
pub fn is_number(text: &str) -> bool {
    number_end(text).is_some_and(|end| text[end..].chars().all(|c| !c.is_ascii_digit()))
}

/// The digits of a number as they are dialled in the country, to hold two spellings against each other.
pub fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let abroad = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44").filter(|_| text.contains('+')));
    abroad.map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')))
}

/// Nothing stands right before a number that would make it a part of something else.
fn begins(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| {
        !c.is_alphanumeric()
            && !matches!(c, '-' | '.' | '/' | '_' | '#' | '=' | '£' | '€' | '$' | '%' | '&' | '+' | '(')
    })
}

/// Where the shortest number that begins a text ends; none where it is no telephone number.
fn number_end(text: &str) -> Option<usize> {
    let mut groups: Vec<(String, usize)> = Vec::new();
    let mut is_open = false;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            if !is_open {
                groups.push((String::new(), at));
            }
            let (digits, end) = groups.last_mut()?;
            digits.push(c);
            *end = at + 1;
            is_open = true;
        } else if BETWEEN.contains(&c) || (c == '+' && at == 0) {
            is_open = false;
        } else {
            break;
        }
        let is_long = groups.iter().map(|(digits, _)| digits.len()).sum::<usize>() > 20;
        let is_gap = groups.last().is_some_and(|(_, end)| at > end + 3);
        if is_long || is_gap {
            break;
        }
    }
    let count = (1..=groups.len()).find(|count| is_telephone(text, &groups[..*count]))?;
    let end = groups[count - 1].1;
    ends(&text[end..]).then_some(end)
}

/// Nothing stands right behind a number that would make it a part of something else.
fn ends(after: &str) -> bool {
    let mut chars = after.chars();
    match (chars.next(), chars.next()) {
        (Some(c), _) if c.is_alphanumeric() || matches!(c, '_' | '%') => false,
        (Some('-' | '.'), Some(next)) => !next.is_alphanumeric(),
        _ => true,
    }
}

fn is_telephone(text: &str, groups: &[(String, usize)]) -> bool {
    let all: String = groups.iter().map(|(digits, _)| digits.as_str()).collect();
    let is_abroad = text.starts_with('+') || text.starts_with("(+");
    if is_abroad && !all.starts_with("44") {
        return (10..=15).contains(&all.len()) && !all.starts_with('0');
    }
    let dialled = if is_abroad { digits(&format!("+{all}")) } else { digits(&all) };
    // The first group of a number in this country is a code of its own, which a day or a month isn't.
    let has_code = is_abroad || groups.first().is_some_and(|(digits, _)| digits.len() > 2);
    let has_groups = groups.iter().skip(1).all(|(digits, _)| digits.len() > 1 || is_abroad);
    dialled.len() == 11 && has_code && has_groups && ["01", "02", "07"].iter().any(|code| dialled.starts_with(code))
}

/// Whether one of the last words before a number calls it something else.
fn is_reference(before: &str) -> bool {
    let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<_> = words.take(4).map(str::to_lowercase).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(REFERENCES) && !has(CALLS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_they_are_written() {
        for number in [
            "01632 960123",
            "(01632) 960 123",
            "+44 1632 960123",
            "+44 (0)1632 960 123",
            "07700 900123",
            "07700900123",
            "07700-900-123",
            "020 7946 0123",
            "0044 7700 900123",
            "+353 1 496 0123",
        ] {
            let text = format!("Call us on {number}, or 24 hours a day.");
            let found: Vec<_> = numbers(&text).into_iter().map(|range| text[range].to_owned()).collect();
            assert_eq!(found, [number], "{text}");
        }
    }

    #[test]
    fn other_numbers_pass() {
        for text in [
            "0800 111 222 33",
            "0300 123 4567",
            "999, 111 or 101",
            "reference 01632 960123",
            "ISBN 0-306-40615-2",
            "01.02.2026 12:30",
            "01-02-2026-123",
            "£01632960123",
            "AB01632960123",
            "0.01632960123",
            "01632 96012",
            "016329601234",
            "+5 points",
        ] {
            assert!(numbers(text).is_empty(), "{text}: {:?}", numbers(text));
        }
    }
}
