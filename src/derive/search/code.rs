//! Numbers and words as characters that need no escaping in a script, and texts as JSON.
//!
//! Numbers are base-64 VLQ as in source maps (<https://tc39.es/ecma426/>): five bits and a continuation bit a character.

const ALPHABET: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// The character of a number below 64.
pub fn digit(number: u8) -> char {
    char::from(ALPHABET[usize::from(number & 63)])
}

/// Appends a number.
pub fn number(mut number: u32, out: &mut String) {
    while number > 31 {
        out.push(digit(number as u8 & 31 | 32));
        number >>= 5;
    }
    out.push(digit(number as u8));
}

/// How many characters a number takes.
pub fn length(number: u32) -> usize {
    (32 - number.leading_zeros()).div_ceil(5).max(1) as usize
}

/// Numbers one after another.
pub fn numbers(numbers: &[u32]) -> String {
    let mut out = String::new();
    for own in numbers {
        number(*own, &mut out);
    }
    out
}

/// Appends a form: how many UTF-16 units it shares with the one before it, and the rest.
pub fn form(own: &str, last: &str, out: &mut String) {
    let same = own.chars().zip(last.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a);
    let (mut units, mut bytes) = (0, 0);
    for c in same {
        if units + c.len_utf16() >= ALPHABET.len() {
            break;
        }
        units += c.len_utf16();
        bytes += c.len_utf8();
    }
    out.push(char::from(ALPHABET[units]));
    out.push_str(&own[bytes..]);
}

/// Rising numbers as pairs of a gap and the length of a run.
pub fn runs(documents: &[u32]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for run in documents.chunk_by(|a, b| a + 1 == *b) {
        number(run[0] - end, &mut out);
        number(run.len() as u32, &mut out);
        end = run[0] + run.len() as u32;
    }
    out
}

/// Appends a text as JSON.
pub fn quoted(text: &str, out: &mut String) {
    // Most need no escapes.
    let is_plain = |byte| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}

/// Appends a list as JSON; `write` appends one of its items.
pub fn list<T>(items: impl Iterator<Item = T>, mut write: impl FnMut(T, &mut String), out: &mut String) {
    out.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of a code, read as the browser does.
    fn read(code: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        let (mut number, mut shift) = (0, 0);
        for byte in code.bytes() {
            let value = ALPHABET.iter().position(|own| *own == byte).expect("a character of the alphabet") as u32;
            number |= (value & 31) << shift;
            shift += 5;
            if value < 32 {
                numbers.push(number);
                (number, shift) = (0, 0);
            }
        }
        numbers
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let all = [0, 1, 31, 32, 33, 1023, 1024, 40_000, u32::MAX >> 1];
        assert_eq!(read(&numbers(&all)), all);
        assert_eq!(numbers(&all).len(), all.into_iter().map(length).sum::<usize>());
    }

    #[test]
    fn texts_are_json() {
        for texts in [vec![], vec!["", "Ŵyn’s"], vec!["a \"b\"", "c\\d", "\u{1}\t"]] {
            let mut out = String::new();
            list(texts.iter(), |text, out| quoted(text, out), &mut out);
            assert_eq!(out, serde_json::json!(texts).to_string());
        }
    }

    #[test]
    fn neighbours_are_one_run() {
        assert_eq!(read(&runs(&[0, 1, 2, 7, 9, 10])), [0, 3, 4, 1, 1, 2]);
        assert_eq!(runs(&[]), "");
    }

    #[test]
    fn a_form_says_what_it_shares_in_the_units_of_the_browser() {
        let after = |own, last| {
            let mut out = String::new();
            form(own, last, &mut out);
            out
        };
        assert_eq!(after("kindness", "kind"), "4ness");
        assert_eq!(after("𠮷野", "𠮷家"), "2野");
        assert_eq!(after("kind", ""), "0kind");
    }
}
