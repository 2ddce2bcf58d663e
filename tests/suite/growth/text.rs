//! Texts that are as long as one wants.

/// A part of a text. In what is repeated, `{n}` stands for a number that counts up, `{next}` for the one after it, `{w}`, `{T}` and
/// `{W}` for a made-up word in small letters, with a capital and in capitals.
#[derive(Clone, Copy)]
pub enum Part {
    /// As it is.
    Once(&'static str),
    /// As often as there is room.
    Each(&'static str),
    /// Something as often as there is room for it and, after what stands between, for as many of something else.
    Nested(&'static str, &'static str, &'static str),
}

/// A text of about so many bytes.
pub fn text(parts: &[Part], bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 200);
    for part in parts {
        match part {
            Part::Once(once) => text.push_str(once),
            Part::Each(unit) => {
                repeat(&mut text, unit, bytes, usize::MAX);
            }
            Part::Nested(first, between, second) => {
                let room = bytes * filled(first, 999).len() / (filled(first, 999).len() + filled(second, 999).len());
                let count = repeat(&mut text, first, room, usize::MAX);
                text.push_str(between);
                repeat(&mut text, second, usize::MAX, count);
            }
        }
    }
    text
}

/// Repeats a unit up to a number of bytes, or so many times; gives how often.
fn repeat(text: &mut String, unit: &str, bytes: usize, most: usize) -> usize {
    let end = text.len().saturating_add(bytes);
    let mut number = 0;
    while text.len() < end && number < most {
        text.push_str(&filled(unit, number));
        number += 1;
    }
    number
}

/// A unit with what stands in its places.
pub fn filled(unit: &str, number: usize) -> String {
    if !unit.contains('{') {
        return unit.to_owned();
    }
    let word = word(number);
    let capital = word[..1].to_uppercase() + &word[1..];
    unit.replace("{n}", &number.to_string())
        .replace("{next}", &(number + 1).to_string())
        .replace("{w}", &word)
        .replace("{T}", &capital)
        .replace("{W}", &word[..5].to_uppercase())
}

/// A word that nobody knows, of twelve letters; words of different numbers are seldom alike.
pub fn word(number: usize) -> String {
    let mut rest = number * 7919 + 12_345;
    let mut word = String::new();
    for _ in 0..6 {
        word.push(char::from(b"bcdfghjklmnprstv"[rest % 16]));
        word.push(char::from(b"aeiou"[(rest / 16) % 5]));
        rest /= 3;
    }
    word
}
