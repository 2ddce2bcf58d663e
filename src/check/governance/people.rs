//! Whether an e-mail address is a person's or a team's.

use std::sync::LazyLock;

/// Words of which the addresses of teams are made.
static TEAMS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("people/teams.txt").split_whitespace().collect());

/// Words that stand for a name where a form of address is explained.
const STAND_INS: &[&str] = &[
    "bloggs",
    "first",
    "firstname",
    "forename",
    "givenname",
    "initial",
    "last",
    "lastname",
    "name",
    "someone",
    "surname",
    "username",
    "you",
    "yourname",
];

/// First names that are common in Britain, for an address that is nothing else.
static FIRST_NAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("people/first-names.txt").split_whitespace().collect());

/// Surnames that are common in Britain, for an initial and a name without anything between.
static SURNAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("people/surnames.txt").split_whitespace().collect());

/// Endings that the first word of a team's address has, and hardly any first name: "licensing", "registration".
const TEAM_ENDINGS: [&str; 6] = ["ance", "ing", "ment", "ness", "sion", "tion"];

/// Words that stand behind the letter e where it isn't an initial.
const AFTER_E: [&str; 5] = ["learning", "mail", "payments", "safety", "services"];

/// Whether what stands before the @ names a person: `sarah.jones`, `s.jones`, `sjones`, `sarah`. `hr` and `data.protection` don't.
pub fn is_person(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = name.split(['.', '_', '-', '+']).filter(|part| !part.is_empty()).collect();
    let are_letters = parts.iter().all(|part| part.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’'));
    if !are_letters || parts.iter().any(|part| STAND_INS.contains(part)) {
        return false;
    }
    match parts[..] {
        [] => false,
        [one] => is_first_name(one) || is_run_together(one),
        [first, ..] if is_first_name(first) => true,
        [first, rest] if first.chars().count() == 1 => !AFTER_E.contains(&rest),
        [first, ..] if TEAM_ENDINGS.iter().any(|ending| first.ends_with(ending)) => false,
        _ if parts.iter().any(|part| TEAMS.binary_search(part).is_ok()) => false,
        // A hyphen stands between words more often than between names.
        [_, _] | [_, _, _] => !name.contains('-'),
        _ => false,
    }
}

fn is_first_name(word: &str) -> bool {
    FIRST_NAMES.binary_search(&word).is_ok()
}

/// `sjones`, `joness`, `sarahjones`.
fn is_run_together(word: &str) -> bool {
    SURNAMES.iter().any(|surname| {
        let initial_first = word.strip_suffix(surname);
        let initial_last = word.strip_prefix(surname);
        [initial_first, initial_last].into_iter().flatten().any(|rest| rest.chars().count() == 1 || is_first_name(rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_so_that_they_can_be_searched() {
        for list in [&**TEAMS, STAND_INS, &**FIRST_NAMES, &**SURNAMES] {
            assert!(list.is_sorted(), "sort {list:?}");
        }
    }

    #[test]
    fn people_are_told_from_teams() {
        for person in
            ["sarah.jones", "s.jones", "k.o'brien", "sjones", "sarah", "priya_nair", "t.adeyemi2", "anne-marie.smith"]
        {
            assert!(is_person(person), "{person} is a person");
        }
        for team in [
            "hr",
            "data.protection",
            "speaking-up",
            "firstname.surname",
            "it-helpdesk",
            "whistleblowing",
            "dpo",
            "team7",
        ] {
            assert!(!is_person(team), "{team} is a team");
        }
    }
}
