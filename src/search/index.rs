//! The inverted index: every word with the documents it stands in, and how much it says about each.
//!
//! Forms of one word share a list ("kind", "kinder", "kindness"), so that the browser needs no stemmer. A posting's weight is the
//! saturated term frequency of BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
//! section 3.5) without its inverse document frequency, which the browser knows from the list's length.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::vocabulary::{Vocabulary, function_words, language_key, primary};
use super::words::{each_word, words};

/// How many steps a weight has.
pub const STEPS: u32 = 16;

/// What a document says in each field, and its language.
#[derive(Clone)]
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

/// A document's number with the weight of a word in it, in four bytes: a large handbook has millions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting(u32);

impl Posting {
    fn new(document: u32, weight: u8, share: u8) -> Self {
        Self(document << 6 | u32::from(share) << 4 | u32::from(weight))
    }

    /// Which document.
    pub fn document(self) -> u32 {
        self.0 >> 6
    }

    /// The weight, below [`STEPS`]; and above it how much of the title the word is: 0 none or little, 1 a third to a sixth, 2 half,
    /// 3 all.
    pub fn weight_and_share(self) -> u8 {
        (self.0 & 63) as u8
    }
}

/// The forms of one word and where they stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// In the order of [`compare`](super::vocabulary::compare).
    pub forms: Vec<String>,
    /// In the order of documents.
    pub postings: Vec<Posting>,
    /// Whether it is a word that sentences need and nobody looks for, such as "the" or "who".
    pub is_function: bool,
}

const TITLE: u32 = 0;
const PLACE: u32 = 1;
const TEXT: u32 = 2;
const NAME: u32 = 3;
const FIELDS: usize = 4;

/// Weights and length normalisations of title, place, text and names.
const WEIGHT: [f32; FIELDS] = [4.0, 1.5, 1.0, 4.0];
const STATEMENT_WEIGHT: f32 = 2.0;
const NORMAL: [f32; FIELDS] = [0.3, 0.3, 0.7, 0.0];
const SATURATION: f32 = 1.2;

/// The words of some neighbouring documents, as numbers of forms of their own list.
struct Chunk {
    forms: Vec<String>,
    /// The language of each form: the handbook's own where it ever occurs in it.
    languages: Vec<u32>,
    /// `form << 2 | field`, document after document.
    tokens: Vec<u32>,
    ends: Vec<usize>,
    is_statement: Vec<bool>,
    lengths: [u64; FIELDS],
}

/// The words of all documents, as numbers.
pub struct Tokens {
    chunks: Vec<Chunk>,
    /// How many documents a chunk has.
    size: usize,
    documents: usize,
}

impl Tokens {
    /// Takes documents apart; `fields` tells what each says.
    pub fn read<'d, D: Sync>(documents: &'d [D], fields: impl Fn(&'d D) -> Fields<'d> + Sync, language: &str) -> Self {
        let size = documents.len().div_ceil(rayon::current_num_threads() * 4).max(64);
        let chunks = documents.par_chunks(size).map(|chunk| read(chunk.iter().map(&fields), language)).collect();
        Self { chunks, size, documents: documents.len() }
    }
}

/// Builds the index; groups come in the order of their first forms. `synonyms` are sets of phrases that mean the same; those of
/// which nothing occurs are told by their places.
pub fn build(tokens: Tokens, language: &str, synonyms: &[Vec<String>]) -> (Vec<Group>, Vec<usize>) {
    let Tokens { chunks, size, documents } = tokens;
    let mut average = [1.0; FIELDS];
    for (field, average) in average.iter_mut().enumerate() {
        let total: u64 = chunks.iter().map(|chunk| chunk.lengths[field]).sum();
        *average = (total as f32 / documents.max(1) as f32).max(1.0);
    }
    let synonyms: Vec<Vec<Vec<String>>> =
        synonyms.iter().map(|set| set.iter().map(|phrase| words(phrase)).collect()).collect();
    let of_chunks =
        chunks.iter().flat_map(|chunk| chunk.forms.iter().map(String::as_str).zip(chunk.languages.iter().copied()));
    let of_synonyms = synonyms.iter().flatten().flatten().map(|form| (form.as_str(), 0));
    let vocabulary = Vocabulary::new(of_chunks.chain(of_synonyms), language);
    let synonyms = Synonyms::new(&synonyms, &vocabulary);
    let firsts: Vec<u32> = (0..chunks.len()).map(|index| (index * size) as u32).collect();
    let posted: Vec<Vec<(u32, Posting)>> = chunks
        .into_par_iter()
        .zip(&firsts)
        .map(|(chunk, first)| post(&chunk, *first, &vocabulary, &synonyms, average))
        .collect();
    let mut counts = vec![0usize; vocabulary.forms.len()];
    for (group, _) in posted.iter().flatten() {
        counts[*group as usize] += 1;
    }
    let functions = function_words(language);
    let mut groups: Vec<Group> = vocabulary
        .forms
        .into_iter()
        .zip(counts)
        .map(|(forms, count)| Group {
            is_function: forms.iter().any(|form| functions.contains(form)),
            forms,
            postings: Vec::with_capacity(count),
        })
        .collect();
    for (group, posting) in posted.into_iter().flatten() {
        groups[group as usize].postings.push(posting);
    }
    let occurs = |phrase: &Vec<u32>| phrase.iter().all(|group| !groups[*group as usize].postings.is_empty());
    let unused =
        synonyms.sets.iter().enumerate().filter(|(_, set)| !set.iter().any(occurs)).map(|(at, _)| at).collect();
    groups.retain(|group| !group.postings.is_empty());
    (groups, unused)
}

fn read<'d>(documents: impl Iterator<Item = Fields<'d>>, main: &str) -> Chunk {
    let mut chunk = Chunk {
        forms: Vec::new(),
        languages: Vec::new(),
        tokens: Vec::new(),
        ends: Vec::new(),
        is_statement: Vec::new(),
        lengths: [0; FIELDS],
    };
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    for document in documents {
        let language = if primary(document.language) == primary(main) { 0 } else { language_key(document.language) };
        let mut take = |text: &str, field: u32| {
            each_word(text, |word| {
                let number = match numbers.get(word) {
                    Some(number) => *number,
                    None => {
                        let number = chunk.forms.len() as u32;
                        numbers.insert(word.to_owned(), number);
                        chunk.forms.push(word.to_owned());
                        chunk.languages.push(language);
                        number
                    }
                };
                let known = &mut chunk.languages[number as usize];
                *known = (*known).min(language);
                chunk.lengths[field as usize] += 1;
                chunk.tokens.push(number << 2 | field);
            });
        };
        take(document.title, TITLE);
        take(document.text, TEXT);
        for title in &document.place {
            take(title, PLACE);
        }
        for name in &document.names {
            take(name, NAME);
        }
        for words in document.citation.iter().chain(&document.id) {
            take(words, TEXT);
        }
        // "4.2.c" is no word of a text, but is looked up like one.
        if let Some(whole) = document.citation.and_then(number) {
            let at = *numbers.entry(whole.clone()).or_insert(chunk.forms.len() as u32);
            if at as usize == chunk.forms.len() {
                chunk.forms.push(whole);
                chunk.languages.push(0);
            }
            chunk.tokens.push(at << 2 | NAME);
        }
        chunk.ends.push(chunk.tokens.len());
        chunk.is_statement.push(document.is_statement);
    }
    chunk
}

/// "4.2(c)" as the one word "4.2.c"; none for what is a single word, or doesn't begin with a digit.
pub fn number(citation: &str) -> Option<String> {
    let parts = words(citation);
    (parts.len() > 1 && citation.starts_with(|c: char| c.is_ascii_digit())).then(|| parts.join("."))
}

/// A phrase, and the words of those that mean the same.
type Phrase = (Vec<u32>, Vec<u32>);

/// Phrases that stand for one another, as numbers of groups.
struct Synonyms {
    sets: Vec<Vec<Vec<u32>>>,
    /// By its first word, each phrase with the words of the others in its set.
    phrases: FxHashMap<u32, Vec<Phrase>>,
}

impl Synonyms {
    fn new(sets: &[Vec<Vec<String>>], vocabulary: &Vocabulary) -> Self {
        let groups = |phrase: &Vec<String>| phrase.iter().map(|word| vocabulary.groups[word]).collect::<Vec<u32>>();
        let known = |set: &Vec<Vec<String>>| set.iter().map(groups).filter(|phrase| !phrase.is_empty()).collect();
        let sets: Vec<Vec<Vec<u32>>> = sets.iter().map(known).collect();
        let mut phrases: FxHashMap<u32, Vec<Phrase>> = FxHashMap::default();
        for set in &sets {
            for (index, phrase) in set.iter().enumerate() {
                let others = set.iter().enumerate().filter(|(other, _)| *other != index);
                let words = others.flat_map(|(_, words)| words.iter().copied()).collect();
                phrases.entry(phrase[0]).or_default().push((phrase.clone(), words));
            }
        }
        Self { sets, phrases }
    }

    /// Puts beside each phrase that occurs what means the same, in the same field.
    fn expand(&self, tokens: &mut Vec<(u32, u32)>) {
        if self.phrases.is_empty() {
            return;
        }
        for at in 0..tokens.len() {
            let (first, field) = tokens[at];
            for (phrase, others) in self.phrases.get(&first).into_iter().flatten() {
                let is_here = tokens[at..].len() >= phrase.len()
                    && phrase.iter().zip(&tokens[at..]).all(|(word, token)| (*word, field) == *token);
                if is_here {
                    tokens.extend(others.iter().map(|group| (*group, field)));
                }
            }
        }
    }
}

/// The postings of a chunk's documents: the group of each, in the order of documents.
fn post(
    chunk: &Chunk,
    first: u32,
    vocabulary: &Vocabulary,
    synonyms: &Synonyms,
    average: [f32; FIELDS],
) -> Vec<(u32, Posting)> {
    let groups: Vec<u32> = chunk.forms.iter().map(|form| vocabulary.groups[form]).collect();
    let mut posted = Vec::with_capacity(chunk.tokens.len() / 2);
    let mut start = 0;
    let mut tokens: Vec<(u32, u32)> = Vec::new();
    // How often each group stands in each field of one document, and which groups do at all.
    let mut all_counts = vec![[0u32; FIELDS]; vocabulary.forms.len()];
    let mut present: Vec<u32> = Vec::new();
    for (index, end) in chunk.ends.iter().enumerate() {
        tokens.clear();
        tokens.extend(chunk.tokens[start..*end].iter().map(|token| (groups[(token >> 2) as usize], token & 3)));
        start = *end;
        let mut lengths = [0u32; FIELDS];
        for (_, field) in &tokens {
            lengths[*field as usize] += 1;
        }
        let worth = worth(lengths, average, chunk.is_statement[index]);
        synonyms.expand(&mut tokens);
        for (group, field) in &tokens {
            let counts = &mut all_counts[*group as usize];
            if *counts == [0; FIELDS] {
                present.push(*group);
            }
            counts[*field as usize] += 1;
        }
        for group in present.drain(..) {
            let counts = std::mem::take(&mut all_counts[group as usize]);
            let share = [TITLE, NAME]
                .into_iter()
                .filter(|field| counts[*field as usize] > 0)
                .map(|field| share(lengths[field as usize]))
                .max()
                .unwrap_or(0);
            posted.push((group, Posting::new(first + index as u32, weight(counts, worth), share)));
        }
    }
    posted
}

/// What one occurrence of a word in each field of a document adds to its frequency.
fn worth(lengths: [u32; FIELDS], average: [f32; FIELDS], is_statement: bool) -> [f32; FIELDS] {
    std::array::from_fn(|field| {
        let boost = if field == TITLE as usize && is_statement { STATEMENT_WEIGHT } else { WEIGHT[field] };
        let length = lengths[field] as f32 / average[field];
        boost / (1.0 - NORMAL[field] + NORMAL[field] * length)
    })
}

fn weight(counts: [u32; FIELDS], worth: [f32; FIELDS]) -> u8 {
    let frequency: f32 = counts.iter().zip(worth).map(|(count, worth)| *count as f32 * worth).sum();
    let saturated = frequency / (SATURATION + frequency);
    ((saturated * STEPS as f32) as u32).min(STEPS - 1) as u8
}

/// How much of a title of so many words one word is.
fn share(length: u32) -> u8 {
    match length {
        0..=1 => 3,
        2 => 2,
        3..=6 => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields<'a>(title: &'a str, text: &'a str) -> Fields<'a> {
        Fields {
            title,
            names: Vec::new(),
            citation: None,
            id: None,
            place: Vec::new(),
            text,
            is_statement: false,
            language: "en-GB",
        }
    }

    fn build(documents: &[Fields<'_>], synonyms: &[Vec<String>]) -> (Vec<Group>, Vec<usize>) {
        super::build(Tokens::read(documents, Fields::clone, "en-GB"), "en-GB", synonyms)
    }

    /// The documents that a form leads to.
    fn found(groups: &[Group], form: &str) -> Vec<u32> {
        let group = groups.iter().find(|group| group.forms.iter().any(|own| own == form));
        group.map(|group| group.postings.iter().map(|posting| posting.document()).collect()).unwrap_or_default()
    }

    #[test]
    fn forms_of_a_word_lead_to_the_same_documents() {
        let documents = [fields("Mentoring", "We mentor."), fields("Kind", "A mentored team")];
        let (groups, _) = build(&documents, &[]);
        assert_eq!(found(&groups, "mentor"), [0, 1]);
        assert_eq!(found(&groups, "mentoring"), [0, 1]);
    }

    #[test]
    fn citations_ids_and_other_names_are_found() {
        let mut clause = fields("You must not accept cash", "");
        clause.citation = Some("4.2(c)");
        let mut indicator = fields("listen before you speak", "");
        indicator.id = Some("LS-7");
        let mut value = fields("Always learning", "");
        value.names = vec!["growth mindset"];
        let (groups, _) = build(&[clause, indicator, value], &[]);
        assert_eq!(found(&groups, "4.2.c"), [0]);
        assert_eq!(found(&groups, "ls"), [1]);
        assert_eq!(found(&groups, "mindset"), [2]);
    }

    #[test]
    fn synonyms_lead_to_what_means_the_same_and_unused_ones_are_told() {
        let documents = [fields("Your performance review", ""), fields("Other", "A review of performance")];
        let sets =
            [vec!["appraisal".to_owned(), "performance review".to_owned()], vec!["gnu".to_owned(), "yak".to_owned()]];
        let (groups, unused) = build(&documents, &sets);
        assert_eq!(found(&groups, "appraisal"), [0]);
        assert_eq!(unused, [1]);
    }

    #[test]
    fn a_word_in_the_title_weighs_more_than_in_the_text() {
        let documents = [fields("Gifts", "What to do."), fields("Other", "About gifts and much else")];
        let (groups, _) = build(&documents, &[]);
        let group = groups.iter().find(|group| group.forms.iter().any(|form| form == "gifts")).expect("gifts");
        let [title, text] = [group.postings[0], group.postings[1]].map(Posting::weight_and_share);
        assert!(title % STEPS as u8 > text % STEPS as u8);
        assert_eq!((title / STEPS as u8, text / STEPS as u8), (3, 0));
    }
}
