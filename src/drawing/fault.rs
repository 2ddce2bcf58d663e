//! What is wrong with a drawing, in words.

use quick_xml::Error;
use quick_xml::errors::IllFormedError;

use crate::finding::{Code, Diagnostic, codes};

/// A fault and the byte where it stands.
#[derive(Debug)]
pub struct Fault {
    /// An offset into the drawing's text.
    pub at: usize,
    /// Why the drawing can't be published.
    pub reason: Reason,
}

impl Fault {
    /// What to tell the author; its place is the caller's to say.
    pub fn finding(self) -> Diagnostic {
        let Reason { code, message, help } = self.reason;
        Diagnostic::new(code, message).help(help)
    }
}

/// Why something in a drawing can't stay, before it is known where it stands.
#[derive(Debug)]
pub struct Reason {
    code: Code,
    message: String,
    help: &'static str,
}

const SAVE_PLAIN: &str = "save it anew as a plain drawing (“Plain SVG”), or as PNG";
const SAVE_ANEW: &str = "export it anew from the program that it was made with, or save it as PNG";

impl Reason {
    /// At a byte of the drawing's text.
    pub fn at(self, at: usize) -> Box<Fault> {
        Box::new(Fault { at, reason: self })
    }
}

/// Something that runs.
pub fn runs(what: &str) -> Reason {
    Reason {
        code: codes::SCRIPT_IN_IMAGE,
        message: format!("this drawing holds a program (`{what}`), which runs when it is opened by itself"),
        help: SAVE_PLAIN,
    }
}

/// Something that is fetched from an address.
pub fn loads(address: &str) -> Reason {
    const LONGEST: usize = 60;
    let shown: String = address.chars().take(LONGEST).collect();
    let cut = if shown.len() < address.len() { "…" } else { "" };
    Reason {
        code: codes::SCRIPT_IN_IMAGE,
        message: format!("this drawing loads something that isn't in it: `{shown}{cut}`"),
        help: "embed the picture or font in the drawing, or save the drawing as PNG",
    }
}

/// Something that is on none of the lists.
pub fn unlisted(what: &str) -> Reason {
    Reason {
        code: codes::SCRIPT_IN_IMAGE,
        message: format!("`{what}` isn't part of a plain drawing"),
        help: SAVE_PLAIN,
    }
}

/// Something that no browser can make sense of.
pub fn unusable(why: &str) -> Reason {
    Reason { code: codes::BROKEN_DRAWING, message: format!("browsers can't show this drawing: {why}"), help: SAVE_ANEW }
}

/// An element that is on none of the lists.
pub fn element(at: usize, name: &str) -> Box<Fault> {
    let tag = format!("<{name}>");
    if name == "script" || name == "handler" { runs(&tag).at(at) } else { unlisted(&tag).at(at) }
}

/// What is no part of a plain drawing.
pub fn not_plain(at: usize, what: &str) -> Box<Fault> {
    unlisted(what).at(at)
}

/// A drawing that breaks off or breaks the rules.
pub fn broken(at: usize, why: &str) -> Box<Fault> {
    unusable(why).at(at)
}

/// An element without its end.
pub fn unclosed(at: usize) -> Box<Fault> {
    broken(at, "it breaks off before this part of it is closed")
}

/// A name with a prefix that isn't declared.
pub fn unknown_prefix(at: usize, prefix: &str) -> Box<Fault> {
    broken(at, &format!("it doesn't say what `{prefix}:` means"))
}

/// What quick-xml can't read.
pub fn malformed(at: usize, error: &Error) -> Box<Fault> {
    let why = match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!("`<{expected}>` isn't closed before `</{found}>`")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
            format!("`</{found}>` closes what was never opened")
        }
        Error::IllFormed(IllFormedError::UnclosedReference) => "a sign `&` should be written `&amp;`".to_owned(),
        Error::IllFormed(IllFormedError::DoubleHyphenInComment) => "a comment in it holds two hyphens".to_owned(),
        _ => "it breaks off here, or a sign is missing".to_owned(),
    };
    broken(at, &why)
}

/// A file that holds something else.
pub fn no_drawing(at: usize) -> Box<Fault> {
    let message = "this file has the ending of a drawing, but holds none";
    let help = "give it the ending of what it is, or export the drawing anew";
    Reason { code: codes::BROKEN_DRAWING, message: message.to_owned(), help }.at(at)
}

/// An `svg` element that doesn't say which language it is of.
pub fn without_namespace(at: usize) -> Box<Fault> {
    let help = "add it to the first tag: <svg xmlns=\"http://www.w3.org/2000/svg\" …>";
    let message = "browsers can't show this drawing: its first tag leaves out `xmlns`".to_owned();
    Reason { code: codes::BROKEN_DRAWING, message, help }.at(at)
}

/// A drawing that a browser would read in another encoding than UTF-8.
pub fn encoding(at: usize, name: &str) -> Box<Fault> {
    let message = format!("this drawing says that it is saved as `{name}`, and Ethos reads UTF-8");
    Reason { code: codes::NOT_UTF8, message, help: SAVE_ANEW }.at(at)
}
