//! Documents taken apart: the words of their fields, as numbers.

use std::ops::Range;

use super::forms::Forms;
use super::vocabulary::{language_key, primary};
use super::words::each_word;

/// What a document says in each field, and its language.
#[cfg_attr(test, derive(Clone))]
pub struct Fields<'a> {
    /// Its title, by which people know it.
    pub title: &'a str,
    /// Other names that people know it by.
    pub names: Vec<&'a str>,
    /// How a clause is cited: "4.2(c)".
    pub citation: Option<&'a str>,
    /// Its id, where an author chose it.
    pub id: Option<&'a str>,
    /// Titles above it.
    pub place: Vec<&'a str>,
    /// Its text.
    pub text: &'a str,
    /// Whether the title is a statement rather than a heading: long, and not what people know it by.
    pub is_statement: bool,
    /// BCP 47.
    pub language: &'a str,
}

/// The field of a title.
pub const TITLE: u32 = 0;
/// The field of the titles above.
pub const PLACE: u32 = 1;
/// The field of the text.
pub const TEXT: u32 = 2;
/// The field of other names.
pub const NAME: u32 = 3;
/// How many fields there are.
pub const FIELDS: usize = 4;

/// The words of neighbouring documents, as numbers of forms of their own list.
#[derive(Default)]
pub struct Chunk {
    /// The list.
    pub forms: Forms,
    /// Some documents after others.
    pub blocks: Vec<Block>,
}

impl Chunk {
    /// What is known of each document but its words.
    pub fn documents(&self) -> impl Iterator<Item = &Extent> {
        self.blocks.iter().flat_map(|block| &block.documents)
    }
}

/// The words of some documents.
pub struct Block {
    /// `form << 2 | field`, document after document.
    pub tokens: Box<[u32]>,
    /// What else is known of each document.
    pub documents: Box<[Extent]>,
}

impl Block {
    /// Each document with its words.
    pub fn each(&self) -> impl Iterator<Item = (&Extent, &[u32])> {
        let starts = [0].into_iter().chain(self.documents.iter().map(|document| document.end));
        self.documents.iter().zip(starts).map(|(document, start)| (document, &self.tokens[start..document.end]))
    }
}

/// Where the tokens of a document stand, and how they count.
pub struct Extent {
    /// Where its tokens end.
    pub end: usize,
    /// How many words each field has.
    pub lengths: [u32; FIELDS],
    /// As in [`Fields`].
    pub is_statement: bool,
}

/// Room for the words of some pages.
const TOKENS: usize = 1 << 15;

/// Takes neighbouring documents apart and adds them to a chunk, in a handbook whose language is `main`.
pub fn read<'d>(documents: impl Iterator<Item = Fields<'d>>, main: &str, chunk: &mut Chunk) {
    let forms = &mut chunk.forms;
    let tokens = Vec::with_capacity(TOKENS);
    let mut reader = Reader { forms, tokens, documents: Vec::new(), language: 0, above: Vec::new() };
    for document in documents {
        let is_main = primary(document.language) == primary(main);
        reader.read(&document, if is_main { 0 } else { language_key(document.language) });
    }
    let Reader { tokens, documents, .. } = reader;
    // As much room as they need, since they wait until all documents have been read.
    chunk.blocks.push(Block { tokens: tokens.as_slice().into(), documents: documents.into() });
}

/// Takes one document after another apart.
struct Reader<'c, 'd> {
    forms: &'c mut Forms,
    tokens: Vec<u32>,
    documents: Vec<Extent>,
    language: u32,
    /// The titles above the last documents, and where their tokens stand: the next document mostly has the same above it.
    above: Vec<(&'d str, Range<usize>)>,
}

impl<'d> Reader<'_, 'd> {
    fn read(&mut self, document: &Fields<'d>, language: u32) {
        if self.language != language {
            self.language = language;
            self.above.clear();
        }
        let mut lengths = [0; FIELDS];
        lengths[TITLE as usize] += self.take(document.title, TITLE);
        lengths[TEXT as usize] += self.take(document.text, TEXT);
        for (at, title) in document.place.iter().enumerate() {
            lengths[PLACE as usize] += self.take_above(at, title);
        }
        for name in &document.names {
            lengths[NAME as usize] += self.take(name, NAME);
        }
        for words in document.citation.iter().chain(&document.id) {
            lengths[TEXT as usize] += self.take(words, TEXT);
        }
        // "4.2.c" is no word of a text, but is looked up like one.
        if let Some(whole) = document.citation.and_then(number) {
            self.tokens.push(self.forms.number(&whole, 0) << 2 | NAME);
            lengths[NAME as usize] += 1;
        }
        self.documents.push(Extent { end: self.tokens.len(), lengths, is_statement: document.is_statement });
    }

    /// Adds the words of a text in a field, and counts them.
    fn take(&mut self, text: &str, field: u32) -> u32 {
        let start = self.tokens.len();
        each_word(text, |word| self.tokens.push(self.forms.number(word, self.language) << 2 | field));
        (self.tokens.len() - start) as u32
    }

    /// The same for one of the titles above a document; `at` is its place among them.
    fn take_above(&mut self, at: usize, title: &'d str) -> u32 {
        if let Some((_, known)) = self.above.get(at).filter(|(known, _)| *known == title) {
            self.tokens.extend_from_within(known.clone());
            return known.len() as u32;
        }
        let start = self.tokens.len();
        let count = self.take(title, PLACE);
        self.above.truncate(at);
        self.above.push((title, start..self.tokens.len()));
        count
    }
}

/// "4.2(c)" as the one word "4.2.c"; none for what is a single word, or doesn't begin with a digit.
fn number(citation: &str) -> Option<String> {
    let mut whole = String::new();
    each_word(citation, |word| {
        if !whole.is_empty() {
            whole.push('.');
        }
        whole.push_str(word);
    });
    let is_number = whole.contains('.') && citation.starts_with(|c: char| c.is_ascii_digit());
    is_number.then_some(whole)
}
