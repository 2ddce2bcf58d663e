//! Styles in a drawing: a `style` element, a `style` attribute, or an attribute whose value is a property's.

use cssparser::{BasicParseErrorKind, ParseError, Parser, Token};

use super::address;
use super::allow;
use super::fault::{Reason, unlisted, unusable};

/// Functions that show what stands at an address in quotation marks, beside `url()`.
const WITH_ADDRESSES: [&str; 4] = ["-webkit-image-set", "image", "image-set", "src"];

/// Finds what a style loads, in a drawing that stands in the data addresses of so many others.
pub fn check(css: &str, depth: usize) -> Result<(), Reason> {
    walk(&mut Parser::new(css), depth).map_err(|error| match error {
        Stop::Found(reason) => reason,
        Stop::TooDeep => unusable("its styles have far too many brackets inside one another"),
    })
}

/// Why a walk ended before the end.
enum Stop {
    Found(Reason),
    TooDeep,
}

impl From<Reason> for Stop {
    fn from(reason: Reason) -> Self {
        Self::Found(reason)
    }
}

fn walk(input: &mut Parser<'_>, depth: usize) -> Result<(), Stop> {
    loop {
        let token = match input.next() {
            Ok(token) => token.clone(),
            Err(error) if matches!(error.kind, BasicParseErrorKind::EndOfInput) => return Ok(()),
            Err(_) => return Err(Stop::TooDeep),
        };
        match token {
            Token::UnquotedUrl(url) => address::of_style(&url, depth)?,
            Token::BadUrl(url) => address::of_style(&url, depth)?,
            Token::AtKeyword(name) if !allow::has(allow::RULES, &name.to_ascii_lowercase()) => {
                return Err(unlisted(&format!("@{name}")).into());
            }
            Token::Function(name) if name.eq_ignore_ascii_case("url") => inside(input, |input| of_url(input, depth))?,
            Token::Function(name) if WITH_ADDRESSES.contains(&name.to_ascii_lowercase().as_str()) => {
                return Err(unlisted(&format!("{name}()")).into());
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                inside(input, |input| walk(input, depth))?;
            }
            _ => {}
        }
    }
}

/// What stands between the brackets that were just opened.
fn inside(input: &mut Parser<'_>, look: impl FnOnce(&mut Parser<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
    let mut stop = None;
    let walked: Result<(), ParseError<()>> = input.parse_nested_block(|input| {
        stop = look(input).err();
        // Whatever is left must not hide the answer.
        while input.next().is_ok() {}
        Ok(())
    });
    match (stop, walked) {
        (Some(stop), _) => Err(stop),
        (None, Err(_)) => Err(Stop::TooDeep),
        (None, Ok(())) => Ok(()),
    }
}

/// The address between the brackets of `url("…")`.
fn of_url(input: &mut Parser<'_>, depth: usize) -> Result<(), Stop> {
    while let Ok(token) = input.next() {
        match token {
            Token::QuotedString(url) => address::of_style(&url.clone(), depth)?,
            _ => return Err(unlisted("url()").into()),
        }
    }
    Ok(())
}
