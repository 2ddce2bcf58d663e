//! The styles of a handbook's own theme: whether they can be read to their end, and what files they name.
//!
//! A browser leaves out what it can't read, and says nothing: one bracket too few, and half of a style is gone.

use std::ops::Range;

use cssparser::{BasicParseErrorKind, ParseError, Parser, Token};

use crate::finding::{Diagnostic, Findings, codes};
use crate::text::{SourceFile, Text};

/// Reads a style, notes what is wrong, and gives the addresses in it.
pub(super) fn check(file: &SourceFile, findings: &Findings) -> Vec<Text> {
    let mut reader = Reader { file, findings, urls: Vec::new(), is_stopped: false, is_unclosed: false };
    reader.contents(&mut Parser::new(&file.text), false);
    reader.urls
}

struct Reader<'f> {
    file: &'f SourceFile,
    findings: &'f Findings,
    urls: Vec<Text>,
    /// Whether something was found that hides what follows.
    is_stopped: bool,
    /// Whether, among values in brackets, brackets close that were opened around them.
    is_unclosed: bool,
}

/// What was read of a declaration, or of a rule up to its block.
#[derive(Default)]
struct Statement {
    start: usize,
    end: usize,
    tokens: usize,
    is_at_rule: bool,
    begins_with_name: bool,
    /// Whether it declares a custom property, whose value may be anything.
    is_custom: bool,
    has_colon_second: bool,
    colons: usize,
    last_name: Option<Range<usize>>,
    /// The name before a second colon: of a property, where the line before it lacks its semicolon.
    second_name: Option<Range<usize>>,
}

impl Reader<'_> {
    /// Reads statements up to the end of a block, or of the file.
    fn contents(&mut self, input: &mut Parser<'_>, is_block: bool) {
        let mut statement = Statement::default();
        loop {
            let before = input.position().byte_index();
            input.skip_whitespace();
            let start = input.position().byte_index();
            let token = match input.next() {
                Ok(token) => token.clone(),
                Err(error) => {
                    if !matches!(error.kind, BasicParseErrorKind::EndOfInput) {
                        self.stop(start..start + 1, TOO_DEEP, TIDY);
                    }
                    self.comment(before, start);
                    self.end(&statement, is_block);
                    return;
                }
            };
            let end = input.position().byte_index();
            match token {
                Token::Semicolon => {
                    self.end(&statement, is_block);
                    statement = Statement::default();
                    continue;
                }
                Token::CurlyBracketBlock => {
                    self.block(input, start, '}', |reader, input| reader.contents(input, true));
                    let is_value = statement.is_custom && statement.has_colon_second;
                    if !is_value {
                        if statement.tokens == 0 {
                            self.note(
                                start..end,
                                "these brackets belong to nothing",
                                "say before them what they style",
                            );
                        }
                        statement = Statement::default();
                        continue;
                    }
                }
                token => self.token(&token, input, start, end),
            }
            if self.is_stopped {
                return;
            }
            let end = input.position().byte_index();
            statement.add(&self.file.text, start, end);
        }
    }

    /// Reads one token that is neither the end of a statement nor a block of them.
    fn token(&mut self, token: &Token<'_>, input: &mut Parser<'_>, start: usize, end: usize) {
        match token {
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                self.block(input, start, ')', Self::url);
            }
            Token::Function(_) | Token::ParenthesisBlock => self.block(input, start, ')', Self::values),
            Token::SquareBracketBlock => self.block(input, start, ']', Self::values),
            Token::UnquotedUrl(_) => {
                let written = &self.file.text[start..end];
                if !written.ends_with(')') {
                    return self.stop(start..start + 1, "this address never ends", "close it with a bracket: )");
                }
                let open = written.find('(').map_or(0, |open| open + 1);
                self.urls.push(Text::slice(self.file, start + open..end - 1).trim());
            }
            Token::QuotedString(_) => {
                let written = &self.file.text[start..end];
                let is_closed = written.len() > 1 && written.ends_with(&written[..1]);
                if !is_closed {
                    self.stop(start..start + 1, UNCLOSED_QUOTE, CLOSE_QUOTE);
                }
            }
            Token::BadString(_) => self.stop(start..start + 1, UNCLOSED_QUOTE, CLOSE_QUOTE),
            Token::BadUrl(_) => {
                self.stop(start..start + 1, "this address can't be read", "put it in quotation marks: url(\"…\")");
            }
            Token::CloseCurlyBracket | Token::CloseParenthesis | Token::CloseSquareBracket => {
                self.stop(start..end, "this bracket closes nothing", "take it out, or open it where it should begin");
            }
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => self.note(
                start..end,
                "`@import` does nothing here, as all styles become one file",
                "put the other file into the theme's folder styles, and take this line out",
            ),
            _ => {}
        }
    }

    /// Reads what stands between brackets of which the first was just read.
    fn block(
        &mut self,
        input: &mut Parser<'_>,
        start: usize,
        close: char,
        read: impl FnOnce(&mut Self, &mut Parser<'_>),
    ) {
        let mut is_closed = false;
        let text = &self.file.text;
        let walked: Result<(), ParseError<()>> = input.parse_nested_block(|input| {
            read(self, input);
            while input.next().is_ok() {}
            is_closed = text[input.position().byte_index()..].trim_start().starts_with(close);
            Ok(())
        });
        if self.is_stopped {
            return;
        }
        if walked.is_err() {
            self.stop(start..start + 1, TOO_DEEP, TIDY);
        } else if !is_closed || self.is_unclosed {
            self.stop(start..start + 1, "this bracket is never closed", &format!("close it: {close}"));
        }
    }

    fn values(&mut self, input: &mut Parser<'_>) {
        loop {
            input.skip_whitespace();
            let start = input.position().byte_index();
            let Ok(token) = input.next().cloned() else { return };
            let end = input.position().byte_index();
            match token {
                Token::CurlyBracketBlock => self.block(input, start, '}', Self::values),
                Token::CloseCurlyBracket | Token::CloseParenthesis | Token::CloseSquareBracket => {
                    self.is_unclosed = true;
                    return;
                }
                token => self.token(&token, input, start, end),
            }
            if self.is_stopped || self.is_unclosed {
                return;
            }
        }
    }

    /// The address between the brackets of `url("…")`.
    fn url(&mut self, input: &mut Parser<'_>) {
        input.skip_whitespace();
        let start = input.position().byte_index();
        if let Ok(token) = input.next().cloned() {
            let end = input.position().byte_index();
            self.token(&token, input, start, end);
            if matches!(token, Token::QuotedString(_)) && !self.is_stopped {
                self.urls.push(Text::slice(self.file, start + 1..end - 1));
            }
        }
    }

    /// Notes a comment at the end of the file that never ends; what the parser has passed over stands between two places.
    fn comment(&mut self, from: usize, to: usize) {
        if let Some(at) =
            self.file.text[from..to].rfind("/*").filter(|at| !self.file.text[from + at..to].contains("*/"))
        {
            self.stop(from + at..from + at + 2, "this comment never ends", "end it with */");
        }
    }

    /// Judges a statement that has no block.
    fn end(&mut self, statement: &Statement, is_block: bool) {
        if statement.tokens == 0 || statement.is_at_rule || self.is_stopped {
            return;
        }
        let range = statement.start..statement.end;
        if !is_block {
            self.note(range, "this says what to style, and not how", "add { and }, and between them how");
        } else if !statement.begins_with_name || !statement.has_colon_second {
            self.note(range, "this line isn't one of a style", "write a property, a colon, a value and a semicolon");
        } else if let Some(name) = statement.second_name.clone().filter(|_| !statement.is_custom) {
            self.note(
                name.clone(),
                &format!("a semicolon is missing before `{}`", &self.file.text[name]),
                "end the line before it with a semicolon",
            );
        } else if statement.tokens == 2 && !statement.is_custom {
            self.note(range, "this property has no value", "write one behind the colon, or take the line out");
        }
    }

    fn note(&self, range: Range<usize>, message: &str, help: &str) {
        self.findings.push(Diagnostic::new(codes::STYLE, message).at(self.file.span(range)).help(help));
    }

    /// Notes what hides all that follows.
    fn stop(&mut self, range: Range<usize>, message: &str, help: &str) {
        if !self.is_stopped {
            self.note(range, message, help);
            self.is_stopped = true;
        }
    }
}

const UNCLOSED_QUOTE: &str = "this quotation mark is never closed";
const CLOSE_QUOTE: &str = "close it on the same line";
const TOO_DEEP: &str = "this style has far too many brackets inside one another";
const TIDY: &str = "write the rules one after the other";

impl Statement {
    /// Takes in a token, with its brackets and what stands in them.
    fn add(&mut self, text: &str, start: usize, end: usize) {
        let written = &text[start..end];
        let is_name = written.starts_with(|c: char| c.is_alphabetic() || matches!(c, '-' | '_' | '*'));
        match self.tokens {
            0 => {
                self.start = start;
                self.is_at_rule = written.starts_with('@');
                self.begins_with_name = is_name;
                self.is_custom = written.starts_with("--");
            }
            1 => self.has_colon_second = written == ":",
            _ => {}
        }
        if written == ":" {
            self.colons += 1;
            if self.colons == 2 {
                self.second_name = self.last_name.take();
            }
        }
        self.last_name = is_name.then_some(start..end);
        self.tokens += 1;
        self.end = end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Sources;

    fn read(css: &str) -> (Vec<String>, Vec<String>) {
        let sources = Sources::new(vec![("a.css".to_owned(), css.to_owned())], Vec::new());
        let findings = Findings::default();
        let urls = check(&sources.files()[0], &findings);
        let said = findings.into_parts().0.into_iter().map(|finding| finding.message).collect();
        (said, urls.iter().map(|url| url.as_str().to_owned()).collect())
    }

    proptest! {
        #[test]
        fn anything_is_read_to_its_end(css in "([{}()\\[\\];:\"'/*@aé \\\\-]|url\\(|\n|--a:){0,40}") {
            let (_, urls) = read(&css);
            prop_assert!(urls.len() <= css.len());
        }
    }

    #[test]
    fn what_browsers_read_is_let_pass() {
        for css in [
            "",
            "/* a */",
            "@layer a, b;\n@layer a { :root { --x: 1; --y: { a: b }; --z:; } }",
            "a:hover, a::before { color: red; &:focus { top: 0 } b:not(.c):hover { top: 0 } }",
            "@media (min-width: 2rem) { @page { margin: 2cm; @bottom-right { content: \"a;}\" } } }",
            "a { background: url( ../a.png ) no-repeat, URL(\"b.png\"); }",
            "@font-face { font-family: A; src: url('a.woff2') format(\"woff2\"); unicode-range: U+0-7F }",
            "a { grid-template: [b] \"c\" / 1fr; inset: calc(1px * (2 + 3)) !important }",
        ] {
            assert_eq!(read(css).0, [""; 0], "{css}");
        }
    }

    #[test]
    fn addresses_are_found() {
        let css = "a { b: url( ../a.png ) url(\"b c.png\") url(); } @font-face { src: url('d') }";
        assert_eq!(read(css).1, ["../a.png", "b c.png", "", "d"]);
    }

    #[test]
    fn what_never_ends_is_found_whatever_it_is() {
        for (css, message) in [
            ("a { b { c: d }", "this bracket is never closed"),
            ("a { b: calc(1px; } c { d: e }", "this bracket is never closed"),
            ("a { b: \"c }", UNCLOSED_QUOTE),
            ("a { b: \"c\n }", UNCLOSED_QUOTE),
            ("a { b: c } /* d", "this comment never ends"),
            ("a { b: c /* d }", "this comment never ends"),
            ("a { b: c } }", "this bracket closes nothing"),
            ("a { b: url(c", "this address never ends"),
        ] {
            assert_eq!(read(css).0, [message], "{css}");
        }
    }

    #[test]
    fn two_lines_without_a_semicolon_are_told_apart_from_a_selector() {
        assert_eq!(read("a { color: red\n margin: 0 }").0, ["a semicolon is missing before `margin`"]);
        assert_eq!(read("a { color red; b: c }").0, ["this line isn't one of a style"]);
        assert_eq!(read("a { color: ; b: c }").0, ["this property has no value"]);
        assert_eq!(read(".a\n").0, ["this says what to style, and not how"]);
    }
}
