//! The report of a check, as one page for a browser and for paper, with the site's own looks.
//!
//! Plots are drawn in parts of their width and in heights of a line, so that their words stay as large as a reader sets them, on a
//! window of any width.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::views::{
    ContentsEntry, CountView, DateView, FindingView, MarkView, OwnerView, PlaceView, ReportView, ReviewView, RuleView,
    TickView, TimelineView,
};
use super::{Drawn, Renderer, Sheet, frame};
use crate::finding::Severity;
use crate::finding::html::code_spans;
use crate::review::report::{Found, Late, OwnerPart, PlacePart, Report, Review};
use crate::theme::Strings;

/// The report's own page.
pub const PAGE: &str = "index.html";

/// Marks stand in columns of half a month: 24 before today, and 24 after; at each end one for all that is further off.
const COLUMNS: i64 = 24;

/// So many marks stand one above the other, at most.
const HIGHEST: usize = 12;

/// Draws the report's page.
pub fn page(renderer: &Renderer, report: &Report) -> Drawn<Vec<u8>> {
    let site = &*renderer.site;
    let strings = site.theme.strings(&site.handbook.config.language);
    let title = strings.filled("generated.report", &[("date", &strings.date(report.today))]);
    let mut context = frame::own_page(renderer, "report", PAGE, &title, None)?;
    context.insert("report", &Drawing { renderer, strings, report }.view());
    Sheet { renderer, template: "templates/report.html", context }.page()
}

struct Drawing<'a> {
    renderer: &'a Renderer,
    strings: &'a Strings,
    report: &'a Report,
}

impl Drawing<'_> {
    fn view(&self) -> ReportView {
        let report = self.report;
        let (rules, rules_height) = self.rules();
        let owners: Vec<_> = report.owners.iter().enumerate().map(|(index, owner)| self.owner(index, owner)).collect();
        ReportView {
            date: self.date(report.today),
            site_url: self.renderer.site.handbook.config.base_url.clone(),
            contents: self.contents(&owners),
            found: [Severity::Error, Severity::Warning, Severity::Hint]
                .map(|severity| CountView { severity: severity.word(), count: report.count(severity) })
                .into_iter()
                .filter(|counted| counted.count > 0)
                .collect(),
            places: report.places(),
            overdue: report.overdue().map(|review| self.review(review)).collect(),
            reviews: report.reviews.iter().map(|review| self.review(review)).collect(),
            timeline: (!report.reviews.is_empty()).then(|| self.timeline()),
            rules,
            rules_height,
            owners,
        }
    }

    fn date(&self, date: Date) -> DateView {
        DateView { iso: date.to_string(), text: self.strings.date(date) }
    }

    fn contents(&self, owners: &[OwnerView]) -> Vec<ContentsEntry> {
        let entry = |title: &str, anchor: &str, entries| ContentsEntry {
            title: title.to_owned(),
            number: None,
            url: format!("#{anchor}"),
            entries,
        };
        let nobody = self.strings.text("report.nobody");
        let of_owner = |owner: &OwnerView| entry(owner.name.as_deref().unwrap_or(nobody), &owner.anchor, Vec::new());
        [
            (true, "report.overdue_title", "hb-overdue"),
            (!self.report.reviews.is_empty(), "report.reviews_title", "hb-reviews"),
            (!self.report.rules.is_empty(), "report.rules_title", "hb-rules"),
            (!owners.is_empty(), "report.owners_title", "hb-owners"),
        ]
        .into_iter()
        .filter(|(is_there, ..)| *is_there)
        .map(|(_, title, anchor)| {
            let entries = if anchor == "hb-owners" { owners.iter().map(of_owner).collect() } else { Vec::new() };
            entry(self.strings.text(title), anchor, entries)
        })
        .collect()
    }

    fn review(&self, review: &Review) -> ReviewView {
        let site = &*self.renderer.site;
        let link = frame::link(&site.handbook, review.subject);
        ReviewView {
            title: link.title,
            url: link.url,
            path: site.handbook.source(review.subject, &site.sources).to_owned(),
            owner: review.owner.clone(),
            due: self.date(review.due),
            days_late: review.late.and_then(|late| if let Late::Days(days) = late { Some(days) } else { None }),
            months_late: review.late.and_then(|late| if let Late::Months(months) = late { Some(months) } else { None }),
        }
    }

    fn owner(&self, index: usize, owner: &OwnerPart) -> OwnerView {
        OwnerView {
            name: owner.name.clone(),
            anchor: format!("hb-owner-{}", index + 1),
            overdue: owner.overdue.iter().map(|review| self.review(review)).collect(),
            places: owner.places.iter().map(|place| self.place(place)).collect(),
            count: owner.places.iter().map(|place| place.findings.len()).sum(),
        }
    }

    fn place(&self, place: &PlacePart) -> PlaceView {
        let link = place.subject.map(|subject| frame::link(&self.renderer.site.handbook, subject));
        let (title, url) = link.map(|link| (link.title, link.url)).unzip();
        PlaceView {
            title,
            url,
            path: (!place.path.is_empty()).then(|| place.path.clone()),
            findings: place.findings.iter().map(finding).collect(),
        }
    }

    /// Bars below their words, each as long as its part of the longest, and how high they stand together.
    fn rules(&self) -> (Vec<RuleView>, String) {
        const ROW: f64 = 2.9;
        let longest = self.report.rules.iter().map(|rule| rule.count).max().unwrap_or(1) as f64;
        let bars = self.report.rules.iter().enumerate().map(|(index, rule)| RuleView {
            name: rule.name.to_owned(),
            meaning: rule.meaning.to_owned(),
            severity: rule.severity.word(),
            count: rule.count,
            words_y: em(index as f64 * ROW + 1.1),
            bar_y: em(index as f64 * ROW + 1.55),
            width: percent(100.0 * rule.count as f64 / longest),
        });
        (bars.collect(), em(self.report.rules.len() as f64 * ROW))
    }

    fn timeline(&self) -> TimelineView {
        const STEP: f64 = 0.95;
        const TOP: f64 = 2.2;
        let today = self.report.today;
        let mut columns = vec![0_usize; 2 * COLUMNS as usize + 2];
        for review in &self.report.reviews {
            columns[column(review.due, today)] += 1;
        }
        let highest = columns.iter().copied().max().unwrap_or(1);
        let each = highest.div_ceil(HIGHEST).max(1);
        let base = TOP + STEP * (highest.div_ceil(each) as f64 + 0.4);
        let marks = columns.iter().enumerate().flat_map(|(index, count)| {
            (0..count.div_ceil(each)).map(move |level| MarkView {
                x: percent(middle_of(index)),
                y: em(base - STEP * (level as f64 + 0.7)),
                is_overdue: index <= COLUMNS as usize,
            })
        });
        let tick = |months: i64| TickView {
            x: percent(x_of(months as f64 / 12.0)),
            date: self.date(today.checked_add(months.months()).unwrap_or(today)),
        };
        TimelineView {
            height: em(base + 2.0),
            base: em(base),
            first: tick(-12),
            last: tick(12),
            today: tick(0),
            ticks: (-12..=12).map(tick).collect(),
            marks: marks.collect(),
            each,
            earlier: columns.first().copied().unwrap_or_default(),
            later: columns.last().copied().unwrap_or_default(),
        }
    }
}

/// The column in which a day's marks stand: the first and the last are for what is more than a year away.
fn column(due: Date, today: Date) -> usize {
    const DAYS: i64 = 365;
    let days = today.until(due).map_or(0, |span| i64::from(span.get_days()));
    // Today itself isn't late yet, so it stands to the right of the line.
    let steps = (days * COLUMNS).div_euclid(DAYS);
    (steps + COLUMNS + 1).clamp(0, 2 * COLUMNS + 1) as usize
}

/// Where a column has its middle, in hundredths of the width.
fn middle_of(column: usize) -> f64 {
    let columns = COLUMNS as f64;
    match column {
        0 => 1.5,
        last if last == 2 * COLUMNS as usize + 1 => 98.5,
        column => x_of((column as f64 - 0.5 - columns) / columns),
    }
}

/// Where a time stands, in hundredths of the width: -1 is a year ago, 1 in a year. At both ends there is room for what is further off.
fn x_of(years: f64) -> f64 {
    50.0 + 46.0 * years
}

fn percent(number: f64) -> String {
    format!("{number:.2}%")
}

fn em(number: f64) -> String {
    format!("{number:.2}em")
}

fn finding(found: &Found) -> FindingView {
    FindingView {
        rule: found.rule,
        severity: found.severity.word(),
        line: found.line,
        message_html: sentence(&found.message),
        help_html: found.help.iter().map(|help| sentence(help)).collect(),
    }
}

/// A message as a sentence: it begins with a capital, unless it begins with the author's own words.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    code_spans(&capital.chain(letters).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn late_reviews_stand_left_of_today_and_the_others_right_of_it() {
        let today = date(2026, 11, 22);
        let left = 1..=COLUMNS as usize;
        let right = COLUMNS as usize + 1..=2 * COLUMNS as usize;
        assert!(left.contains(&column(date(2026, 11, 21), today)));
        assert!(left.contains(&column(date(2025, 11, 23), today)));
        assert!(right.contains(&column(today, today)));
        assert!(right.contains(&column(date(2027, 11, 21), today)));
        assert_eq!(column(date(2024, 1, 1), today), 0);
        assert_eq!(column(Date::MAX, today), 2 * COLUMNS as usize + 1);
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence("the title <b> is `a & b`"), "The title &lt;b&gt; is <code>a &amp; b</code>");
        assert_eq!(sentence("`owner` is empty"), "<code>owner</code> is empty");
        assert_eq!(sentence(""), "");
    }
}
