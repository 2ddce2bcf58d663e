//! A check as text for an e-mail: owner by owner, what is overdue, and what was found on their pages.
//!
//! Lines of 72 columns, nothing that only a terminal shows, and no heading that a mail program would change.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::report::{Late, OwnerPart, PlacePart, Report, Review};
use super::summary;
use crate::finding::{Severity, printable};
use crate::handbook::Handbook;
use crate::text::Sources;

/// As wide as mail programs leave alone.
const WIDTH: usize = 72;

/// What stands over the pages that nobody answers for.
const NOBODY: &str = "Nobody is named";

/// Draws a report.
pub fn draw(report: &Report, handbook: &Handbook, sources: &Sources) -> String {
    let mut text = String::new();
    let title = format!("{}: what Ethos found on {}", handbook.config.title, day(report.today));
    paragraph(&mut text, "", "", &title);
    paragraph(&mut text, "", "", &sentence(report));
    for owner in &report.owners {
        draw_owner(&mut text, owner, handbook, sources);
    }
    text.push_str("\nTo see the whole, with each line marked, go to the handbook's folder and\n");
    text.push_str("run: ethos check\nFor pages to print and to look at together: ethos check --report report\n");
    printable(&text)
}

/// "12 warnings and 3 hints on 9 pages; 2 reviews are overdue."
pub fn sentence(report: &Report) -> String {
    let counts =
        [Severity::Error, Severity::Warning, Severity::Hint].map(|severity| (severity, report.count(severity)));
    let found = summary::said(&counts);
    let places = match report.places() {
        0 => String::new(),
        1 => " on 1 page".to_owned(),
        places => format!(" on {places} pages"),
    };
    let overdue = match report.overdue().count() {
        0 => "no review is overdue".to_owned(),
        1 => "1 review is overdue".to_owned(),
        count => format!("{count} reviews are overdue"),
    };
    format!("Found {found}{places}; {overdue}.")
}

fn draw_owner(text: &mut String, owner: &OwnerPart, handbook: &Handbook, sources: &Sources) {
    let name = owner.name.as_deref().unwrap_or(NOBODY);
    text.push_str("\n\n");
    paragraph(text, "", "", name);
    let _ = writeln!(text, "{}", "=".repeat(name.chars().count().min(WIDTH)));
    if !owner.overdue.is_empty() {
        text.push_str("\nReviews that are overdue\n");
        for review in &owner.overdue {
            paragraph(text, "- ", "  ", &overdue(review, handbook, sources));
        }
    }
    for place in &owner.places {
        text.push('\n');
        draw_place(text, place, handbook);
    }
}

fn overdue(review: &Review, handbook: &Handbook, sources: &Sources) -> String {
    let late = match review.late {
        Some(Late::Days(1)) => ", 1 day late".to_owned(),
        Some(Late::Days(days)) => format!(", {days} days late"),
        Some(Late::Months(months)) => format!(", {months} months late"),
        None => String::new(),
    };
    let path = handbook.source(review.subject, sources);
    format!("{}: due on {}{late} ({path})", handbook.title(review.subject), day(review.due))
}

fn draw_place(text: &mut String, place: &PlacePart, handbook: &Handbook) {
    let title = match place.subject {
        Some(subject) => format!("{} ({})", handbook.title(subject), place.path),
        None if place.path.is_empty() => "The handbook as a whole".to_owned(),
        None => place.path.clone(),
    };
    paragraph(text, "", "", &title);
    for found in &place.findings {
        let line = found.line.map(|line| format!("Line {line}: ")).unwrap_or_default();
        paragraph(text, "- ", "  ", &format!("{line}{}", found.message));
        for help in &found.help {
            paragraph(text, "  To do: ", "    ", help);
        }
    }
}

/// "22 November 2026"
fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Words in lines that are no wider than a mail program's, the first begun with `first`, the others with `others`. Lines that an author
/// broke stay so, and a word that is wider than a line, such as a path, stays whole.
fn paragraph(text: &mut String, first: &str, others: &str, words: &str) {
    let mut begin = first;
    for own_line in words.lines() {
        let mut line = begin.to_owned();
        let mut is_empty = true;
        for word in own_line.split_whitespace() {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                let _ = writeln!(text, "{line}");
                line = others.to_owned();
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        let _ = writeln!(text, "{}", line.trim_end());
        begin = others;
    }
}
