//! Days of reviews, in words.

use jiff::civil::Date;

use super::governed::Governed;
use crate::text::Span;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "23 September 2026"
pub fn in_words(day: Date) -> String {
    let month = MONTHS.get((day.month() - 1) as usize).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// How many days one day is before another; below nothing where it is after it.
pub fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// "1 day", "8 weeks", "5 months", "3 years": whole ones.
pub fn length(days: i32) -> String {
    let (count, unit) = match days {
        ..14 => (days, "day"),
        14..91 => (days / 7, "week"),
        91..731 => (days * 12 / 365, "month"),
        _ => (days * 4 / 1461, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

/// When a review is due, and where that is written: the day itself, or the last review that it is counted from.
pub fn due(one: &Governed) -> Option<(Date, Span)> {
    let own = &one.own;
    Some((own.review_by?, own.due_span.or(own.last_span)?))
}

/// What its owner has to do.
pub fn advice(one: &Governed, owner: Option<&str>, today: Date) -> String {
    let who = owner.map_or_else(|| "whoever answers for it".to_owned(), str::to_owned);
    let next = if one.own.due_span.is_some() { ", and move `review_by` to the day of the next review" } else { "" };
    format!("ask {who} to read it through; then write the day: last_reviewed = {today}{next}")
}
