//! Names that an author could have meant, made ready for guesses: a handbook in which thousands of names are wrong, such as after
//! pages have moved, has as many findings, and each has its guess.

use std::collections::HashSet;

/// A longer name isn't a slip of the hand.
const LONGEST: usize = 100;

/// Of so many names, each is compared with what is given.
const FEW: usize = 1000;

/// Of more, those are that stand at most so far from it in the order of their letters, read from either end: a slip leaves the
/// beginning of a name as it is, or its end.
const NEAR: usize = 250;

/// Names of one sort.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Each once, in the order in which they were given.
    names: Vec<Name>,
    /// Indices in the order of letters, and in that of letters from the end; empty for a few names.
    forwards: Vec<u32>,
    backwards: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Name {
    written: String,
    small: Spelling,
}

/// A name in small letters, with what tells quickly that another is far from it.
#[derive(Debug, Clone)]
struct Spelling {
    text: String,
    length: usize,
    /// How often each letter occurs; some share a place.
    letters: [u8; 32],
}

impl Names {
    /// Of whatever there is to name.
    pub fn of<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        let mut seen = HashSet::new();
        let names = names.into_iter().map(Into::into).filter(|name: &String| seen.insert(name.clone()));
        let names: Vec<Name> = names.map(|written| Name { small: Spelling::of(&written), written }).collect();
        if names.len() <= FEW {
            return Self { names, ..Self::default() };
        }
        let mut forwards: Vec<u32> = (0..names.len() as u32).collect();
        let mut backwards = forwards.clone();
        let text = |index: &u32| names[*index as usize].small.text.as_str();
        forwards.sort_by(|one, other| text(one).cmp(text(other)));
        backwards.sort_by(|one, other| text(one).chars().rev().cmp(text(other).chars().rev()));
        Self { names, forwards, backwards }
    }

    /// All of them, each once.
    pub fn each(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(|name| name.written.as_str())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The one that is most like the given one, if any is near enough to be meant.
    pub fn nearest(&self, given: &str) -> Option<&str> {
        if given.len() > LONGEST {
            return None;
        }
        let given = Spelling::of(given);
        let mut best: Option<(usize, &str)> = None;
        for name in self.candidates(&given) {
            let written = name.written.as_str();
            // Of names that are equally near, the first in the order of letters is taken.
            let most = match best {
                Some((distance, other)) if written < other => distance,
                Some((0, _)) => continue,
                Some((distance, _)) => distance - 1,
                None => usize::MAX,
            };
            if let Some(distance) = given.distance(&name.small, most) {
                best = Some((distance, written));
            }
        }
        best.map(|(_, name)| name)
    }

    /// The first that is a text or has it in it, looked for among a few.
    pub fn containing(&self, text: &str) -> Option<&str> {
        self.each().take(FEW).find(|name| !text.is_empty() && name.contains(text))
    }

    fn candidates<'a>(&'a self, given: &Spelling) -> Box<dyn Iterator<Item = &'a Name> + 'a> {
        if self.forwards.is_empty() {
            return Box::new(self.names.iter());
        }
        let name = |index: &u32| &self.names[*index as usize];
        let ahead = self.forwards.partition_point(|index| name(index).small.text < given.text);
        let before = |index: &u32| name(index).small.text.chars().rev().lt(given.text.chars().rev());
        let behind = self.backwards.partition_point(before);
        let around = |all: &'a [u32], at: usize| &all[at.saturating_sub(NEAR)..all.len().min(at + NEAR)];
        let indices = around(&self.forwards, ahead).iter().chain(around(&self.backwards, behind));
        Box::new(indices.map(|index| &self.names[*index as usize]))
    }
}

impl Spelling {
    fn of(name: &str) -> Self {
        let text = name.to_lowercase();
        let mut letters = [0u8; 32];
        for c in text.chars() {
            let count = &mut letters[c as usize % 32];
            *count = count.saturating_add(1);
        }
        Self { length: text.chars().count(), text, letters }
    }

    /// How many letters are wrong, missing, too many or exchanged, if they are `most` at most and few enough for a slip.
    fn distance(&self, name: &Self, most: usize) -> Option<usize> {
        let longer = self.length.abs_diff(name.length);
        if self.begins_or_is_begun(name) {
            return (longer <= most).then_some(longer);
        }
        let most = most.min((self.length.max(name.length) / 3).max(1));
        if longer > most || self.lacks(name) > most || name.lacks(self) > most {
            return None;
        }
        let (one, other) = without_common_ends(&self.text, &name.text);
        let distance = strsim::damerau_levenshtein(one, other);
        (distance <= most).then_some(distance)
    }

    /// How many letters another name has that this one has not: as many changes at least lead from one to the other.
    fn lacks(&self, name: &Self) -> usize {
        name.letters.iter().zip(&self.letters).map(|(there, here)| usize::from(there.saturating_sub(*here))).sum()
    }

    /// Whether one of two names is the beginning of the other, and more than a syllable: "kind" and "kindness".
    fn begins_or_is_begun(&self, name: &Self) -> bool {
        let (one, other) = (self.text.as_bytes(), name.text.as_bytes());
        let length = one.len().min(other.len());
        length > 3 && one[0] == other[0] && one[..length] == other[..length]
    }
}

/// Two texts without what they begin and end with alike.
fn without_common_ends<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let pairs = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let start = pairs.map(|(c, _)| c.len_utf8()).sum::<usize>();
    let (one, other) = (&one[start..], &other[start..]);
    let pairs = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b);
    let end = pairs.map(|(c, _)| c.len_utf8()).sum::<usize>();
    (&one[..one.len() - end], &other[..other.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a guess is: of all names that are near enough, the nearest.
    fn plain_nearest<'a>(given: &str, known: &'a [String]) -> Option<&'a str> {
        let given = given.to_lowercase();
        let near = known.iter().filter_map(|name| {
            let small = name.to_lowercase();
            let distance = strsim::damerau_levenshtein(&given, &small);
            let most = (given.chars().count().max(small.chars().count()) / 3).max(1);
            let is_begun = given.len().min(small.len()) > 3 && (given.starts_with(&small) || small.starts_with(&given));
            (distance <= most || is_begun).then_some((distance, name.as_str()))
        });
        near.min().map(|(_, name)| name)
    }

    proptest! {
        #[test]
        fn the_guess_is_the_one_that_comparing_all_gives(
            given in "[ab]?[a-dA-Cé]{0,8}",
            known in prop::collection::vec("[ab]?[a-dA-Cé]{0,9}", 0..40),
        ) {
            let names = Names::of(&known);
            prop_assert_eq!(names.nearest(&given), plain_nearest(&given, &known));
        }
    }

    #[test]
    fn a_slip_anywhere_in_a_name_is_found_among_very_many() {
        let known: Vec<String> =
            (0..5000).map(|n| format!("{}-{}-{}", ["gifts", "travel", "pay"][n % 3], n / 3, n * 7)).collect();
        let names = Names::of(&known);
        for (at, name) in known.iter().enumerate().step_by(97) {
            for cut in 0..name.len() {
                let mut given = name.clone();
                given.remove(cut);
                let meant = plain_nearest(&given, &known);
                assert_eq!(names.nearest(&given).is_some(), meant.is_some(), "{at}: {given}");
            }
            assert_eq!(names.nearest(name), Some(name.as_str()));
        }
    }
}
