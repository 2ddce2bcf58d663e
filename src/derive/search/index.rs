//! The inverted index: every word with the documents it stands in, and how much it says about each.
//!
//! Forms of one word share a list ("kind", "kinder", "kindness"), so that the browser needs no stemmer. A posting's weight is the
//! saturated term frequency of BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
//! section 3.5) without its inverse document frequency, which the browser knows from the list's length.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::tokens::{Block, Chunk, FIELDS, NAME, TITLE};
use super::vocabulary::Vocabulary;
use super::words::words;

/// How many steps a weight has.
pub const STEPS: u32 = 16;

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

/// Every word, and where it stands.
pub struct Index {
    /// In the order of their first forms; none that stands nowhere.
    pub groups: Vec<Group>,
    /// Sets of synonyms, by their places, of which nothing occurs.
    pub unused: Vec<usize>,
    /// The function words that stand nowhere, sorted: nobody looks for them, so the search mustn't call them missing.
    pub absent_functions: Vec<String>,
    /// Of the documents of each chunk.
    posted: Vec<Posted>,
}

/// The forms of one word.
pub struct Group {
    /// In the order of [`SortKey`](super::vocabulary::SortKey).
    pub forms: Vec<String>,
    /// Whether it is a word that sentences need and nobody looks for, such as "the" or "who".
    pub is_function: bool,
    /// Its number in the vocabulary.
    number: usize,
}

impl Index {
    /// Where a word stands, in the order of documents.
    pub fn postings(&self, group: &Group) -> impl Iterator<Item = Posting> {
        self.posted.iter().flat_map(|posted| posted.of(group.number)).copied()
    }
}

/// The postings of some neighbouring documents, word by word: one list for all words of them, since to keep a list for each would
/// take more room and time.
struct Posted {
    postings: Vec<Posting>,
    /// Where those of each word end.
    ends: Vec<u32>,
}

impl Posted {
    /// Sorts postings by the numbers of their words, of which there are so many; those of a word stay in their order.
    fn new(all: &[(u32, Posting)], count: usize) -> Self {
        let mut ends = vec![0; count];
        for (group, _) in all {
            ends[*group as usize] += 1;
        }
        let mut end = 0;
        for own in &mut ends {
            end += std::mem::replace(own, end);
        }
        let mut postings = vec![Posting(0); all.len()];
        for (group, posting) in all {
            let end = &mut ends[*group as usize];
            postings[*end as usize] = *posting;
            *end += 1;
        }
        Self { postings, ends }
    }

    fn of(&self, group: usize) -> &[Posting] {
        let start = if group == 0 { 0 } else { self.ends[group - 1] };
        &self.postings[start as usize..self.ends[group] as usize]
    }
}

/// Weights and length normalisations of title, place, text and names.
const WEIGHT: [f32; FIELDS] = [4.0, 1.5, 1.0, 4.0];
const STATEMENT_WEIGHT: f32 = 2.0;
const NORMAL: [f32; FIELDS] = [0.3, 0.3, 0.7, 0.0];
const SATURATION: f32 = 1.2;

/// Builds the index. `synonyms` are sets of phrases that mean the same.
pub fn build(chunks: Vec<Chunk>, language: &str, synonyms: &[Vec<String>]) -> Index {
    let documents: usize = chunks.iter().map(|chunk| chunk.documents().count()).sum();
    let mut average = [1.0; FIELDS];
    for (field, average) in average.iter_mut().enumerate() {
        let all = chunks.iter().flat_map(Chunk::documents);
        let total: u64 = all.map(|document| u64::from(document.lengths[field])).sum();
        *average = (total as f32 / documents.max(1) as f32).max(1.0);
    }
    let synonyms: Vec<Vec<Vec<String>>> =
        synonyms.iter().map(|set| set.iter().map(|phrase| words(phrase)).collect()).collect();
    let of_chunks = chunks.iter().flat_map(|chunk| chunk.forms.all());
    let of_synonyms = synonyms.iter().flatten().flatten().map(|form| (form, 0));
    let vocabulary = Vocabulary::new(of_chunks.chain(of_synonyms), language);
    let mut groups = vocabulary.groups.into_iter();
    let of_chunks: Vec<Vec<u32>> =
        chunks.iter().map(|chunk| groups.by_ref().take(chunk.forms.len()).collect()).collect();
    let synonyms = Synonyms::new(&synonyms, groups, vocabulary.forms.len());
    let first_of_next = |next: &mut u32, chunk: &Chunk| {
        let first = *next;
        *next += chunk.documents().count() as u32;
        Some(first)
    };
    let firsts: Vec<u32> = chunks.iter().scan(0, first_of_next).collect();
    let posted: Vec<Posted> = chunks
        .into_par_iter()
        .zip(of_chunks)
        .zip(firsts)
        .map(|((chunk, groups), first)| {
            let all = post(&chunk, &groups, first, &synonyms, average);
            drop(chunk);
            Posted::new(&all, synonyms.is_first.len())
        })
        .collect();
    let occurs = |group: usize| posted.iter().any(|posted| !posted.of(group).is_empty());
    let all_occur = |phrase: &Vec<u32>| phrase.iter().all(|group| occurs(*group as usize));
    let unused =
        synonyms.sets.iter().enumerate().filter(|(_, set)| !set.iter().any(all_occur)).map(|(at, _)| at).collect();
    let mut functions = vocabulary.functions;
    let groups: Vec<Group> = vocabulary
        .forms
        .into_iter()
        .enumerate()
        .filter(|(number, _)| occurs(*number))
        .map(|(number, forms)| Group { is_function: functions.remove(&forms[0]), forms, number })
        .collect();
    let mut absent_functions: Vec<String> = functions.into_iter().collect();
    absent_functions.sort_unstable();
    Index { groups, unused, absent_functions, posted }
}

/// A phrase of a set: the set, and which of it.
#[derive(Clone, Copy)]
struct Phrase {
    set: u32,
    index: u32,
}

/// Phrases that stand for one another, as numbers of groups.
struct Synonyms {
    sets: Vec<Vec<Vec<u32>>>,
    /// Each phrase by its first word.
    phrases: FxHashMap<u32, Vec<Phrase>>,
    /// For each group, whether a phrase begins with it: asked of every word of the handbook.
    is_first: Vec<bool>,
}

impl Synonyms {
    /// `groups` are those of all words of the sets in turn; `count` is how many there are.
    fn new(sets: &[Vec<Vec<String>>], mut groups: impl Iterator<Item = u32>, count: usize) -> Self {
        let mut known = |phrase: &Vec<String>| groups.by_ref().take(phrase.len()).collect::<Vec<u32>>();
        let mut set = |set: &Vec<_>| set.iter().map(&mut known).filter(|phrase| !phrase.is_empty()).collect();
        let sets: Vec<Vec<Vec<u32>>> = sets.iter().map(&mut set).collect();
        let mut phrases: FxHashMap<u32, Vec<Phrase>> = FxHashMap::default();
        let mut is_first = vec![false; count];
        for (set, words) in (0..).zip(&sets) {
            for (index, phrase) in (0..).zip(words) {
                phrases.entry(phrase[0]).or_default().push(Phrase { set, index });
                is_first[phrase[0] as usize] = true;
            }
        }
        Self { sets, phrases, is_first }
    }

    /// What means the same as each phrase that these words begin with.
    fn beside(&self, words: impl Iterator<Item = u32> + Clone) -> impl Iterator<Item = u32> {
        let phrases = words.clone().next().and_then(|first| self.phrases.get(&first));
        let is_here = move |Phrase { set, index }: &Phrase| {
            let phrase = &self.sets[*set as usize][*index as usize];
            words.clone().take(phrase.len()).eq(phrase.iter().copied())
        };
        let here = phrases.into_iter().flatten().copied().filter(is_here);
        here.flat_map(|Phrase { set, index }| {
            let others = (0..).zip(&self.sets[set as usize]).filter(move |(other, _)| *other != index);
            others.flat_map(|(_, words)| words.iter().copied())
        })
    }
}

/// The postings of a chunk's documents, whose forms are of these groups: the group of each, in the order of documents.
fn post(chunk: &Chunk, groups: &[u32], first: u32, synonyms: &Synonyms, average: [f32; FIELDS]) -> Vec<(u32, Posting)> {
    let tokens: usize = chunk.blocks.iter().map(|block| block.tokens.len()).sum();
    let mut posted = Vec::with_capacity(tokens / 4 * 3);
    let group_of = |token: &u32| groups[(*token >> 2) as usize];
    let mut counts = Counts { all: vec![[0; FIELDS]; synonyms.is_first.len()], present: Vec::new() };
    for (number, (document, tokens)) in (first..).zip(chunk.blocks.iter().flat_map(Block::each)) {
        for (at, token) in tokens.iter().enumerate() {
            let (group, field) = (group_of(token), token & 3);
            counts.add(group, field);
            if synonyms.is_first[group as usize] {
                let words = tokens[at..].iter().take_while(|token| *token & 3 == field).map(group_of);
                synonyms.beside(words).for_each(|other| counts.add(other, field));
            }
        }
        let worth = worth(document.lengths, average, document.is_statement);
        let [title, name] = [TITLE, NAME].map(|field| share(document.lengths[field as usize]));
        for group in counts.present.drain(..) {
            let counts = std::mem::take(&mut counts.all[group as usize]);
            let of_title = if counts[TITLE as usize] > 0 { title } else { 0 };
            let of_name = if counts[NAME as usize] > 0 { name } else { 0 };
            posted.push((group, Posting::new(number, weight(counts, worth), of_title.max(of_name))));
        }
    }
    posted
}

/// How often each group stands in each field of one document.
struct Counts {
    all: Vec<[u32; FIELDS]>,
    /// The groups that do at all.
    present: Vec<u32>,
}

impl Counts {
    fn add(&mut self, group: u32, field: u32) {
        let counts = &mut self.all[group as usize];
        if *counts == [0; FIELDS] {
            self.present.push(group);
        }
        counts[field as usize] += 1;
    }
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
    use super::super::tokens::{self, Fields};
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

    fn build(documents: &[Fields<'_>], synonyms: &[Vec<String>]) -> Index {
        let mut chunk = Chunk::default();
        tokens::read(documents.iter().cloned(), "en-GB", &mut chunk);
        super::build(vec![chunk], "en-GB", synonyms)
    }

    /// The documents that a form leads to.
    fn found(index: &Index, form: &str) -> Vec<u32> {
        postings(index, form).into_iter().map(Posting::document).collect()
    }

    fn postings(index: &Index, form: &str) -> Vec<Posting> {
        let group = index.groups.iter().find(|group| group.forms.iter().any(|own| own == form));
        group.map(|group| index.postings(group).collect()).unwrap_or_default()
    }

    #[test]
    fn forms_of_a_word_lead_to_the_same_documents() {
        let documents = [fields("Mentoring", "We mentor."), fields("Kind", "A mentored team")];
        let index = build(&documents, &[]);
        assert_eq!(found(&index, "mentor"), [0, 1]);
        assert_eq!(found(&index, "mentoring"), [0, 1]);
    }

    #[test]
    fn function_words_are_known_to_be_such_whether_they_occur_or_not() {
        let index = build(&[fields("Who may sign", "Whoever is willing.")], &[]);
        let functions: Vec<&str> =
            index.groups.iter().filter(|group| group.is_function).map(|group| group.forms[0].as_str()).collect();
        assert_eq!(functions, ["is", "who"]);
        let is_absent = |word: &str| index.absent_functions.iter().any(|absent| absent == word);
        assert!(is_absent("whom") && !is_absent("who") && !is_absent("willing"));
    }

    #[test]
    fn citations_ids_and_other_names_are_found() {
        let mut clause = fields("You must not accept cash", "");
        clause.citation = Some("4.2(c)");
        let mut indicator = fields("listen before you speak", "");
        indicator.id = Some("LS-7");
        let mut value = fields("Always learning", "");
        value.names = vec!["growth mindset"];
        let index = build(&[clause, indicator, value], &[]);
        assert_eq!(found(&index, "4.2.c"), [0]);
        assert_eq!(found(&index, "ls"), [1]);
        assert_eq!(found(&index, "mindset"), [2]);
    }

    #[test]
    fn synonyms_lead_to_what_means_the_same_and_unused_ones_are_told() {
        let documents = [fields("Your performance review", ""), fields("Other", "A review of performance")];
        let sets =
            [vec!["appraisal".to_owned(), "performance review".to_owned()], vec!["gnu".to_owned(), "yak".to_owned()]];
        let index = build(&documents, &sets);
        assert_eq!(found(&index, "appraisal"), [0]);
        assert_eq!(index.unused, [1]);
    }

    #[test]
    fn a_word_in_the_title_weighs_more_than_in_the_text() {
        let documents = [fields("Gifts", "What to do."), fields("Other", "About gifts and much else")];
        let index = build(&documents, &[]);
        let gifts: Vec<u8> = postings(&index, "gifts").into_iter().map(Posting::weight_and_share).collect();
        let [title, text] = gifts[..] else { panic!("gifts in two documents: {gifts:?}") };
        assert!(title % STEPS as u8 > text % STEPS as u8);
        assert_eq!((title / STEPS as u8, text / STEPS as u8), (3, 0));
    }
}
