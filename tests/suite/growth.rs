//! The work grows with the length of what is written: twice as much text takes twice as long, whatever the text is made of.
//!
//! Each case is built and checked at several sizes, and the processor's time is compared. What seems to grow too fast is tried again, both
//! sizes by turns and with nothing beside them: another program slows down now one and now the other, and a square shows every time.
//! `ETHOS_GROWTH=all` is the long form: more sizes, a sharper bound, and a table of times; `ETHOS_GROWTH=links` tries only the cases whose
//! names hold a word.

#![cfg(unix)]

mod cases;
mod text;

use std::process::{Command, Stdio};

use rayon::prelude::*;

use crate::support::{Handbook, ethos};
use text::{Part, filled, text, word};

/// The short form: one step, at which a square would take sixteen times as long. Whatever a build does a check does too, but for
/// writing the site.
const SHORT: Form =
    Form { commands: &["check"], kilobytes: &[32, 128], most: 2.3 * 2.3, floor: 0.05, runs: 1, pairs: 8 };

/// The long form: doubling.
const LONG: Form = Form {
    commands: &["build", "check"],
    kilobytes: &[64, 128, 256, 512, 1024],
    most: 2.3,
    floor: 0.1,
    runs: 3,
    pairs: 8,
};

/// What takes longer is no longer measured.
const LONGEST: f64 = 60.0;

struct Form {
    commands: &'static [&'static str],
    kilobytes: &'static [usize],
    /// How many times as long the next size may take.
    most: f64,
    /// Seconds in which the program starts, reads a theme and ends: what takes less says nothing of growth.
    floor: f64,
    /// Of so many runs, the quickest counts.
    runs: usize,
    /// How often a step that seems too long is tried again.
    pairs: usize,
}

/// A kind of text, of any size.
pub struct Case {
    name: String,
    files: Box<dyn Fn(usize) -> Vec<(String, String)> + Send + Sync>,
}

impl Case {
    /// One file, with what stands before and after the text.
    fn one(
        kind: &str,
        name: &str,
        path: &'static str,
        before: String,
        parts: &'static [Part],
        after: &'static str,
    ) -> Self {
        let files = move |bytes| vec![(path.to_owned(), format!("{before}{}{after}", text(parts, bytes)))];
        Self { name: format!("{kind}: {name}"), files: Box::new(files) }
    }

    /// The same with a page that has a mistake, so that no site is made.
    fn with_mistake(self) -> Self {
        let mistake = ("content/page.md".to_owned(), "+++\ntitle = \"P\"\n+++\n\n[a](missing.md)\n".to_owned());
        let files = move |bytes| (self.files)(bytes).into_iter().chain([mistake.clone()]).collect();
        Self { name: self.name, files: Box::new(files) }
    }

    /// Many pages of the same kind.
    fn pages(name: &str, page: &'static str) -> Self {
        let files = move |bytes: usize| {
            let one =
                |number| (format!("content/{}{number}.md", word(number)), format!("+++\n{}", filled(page, number)));
            (0..bytes / 200).map(one).collect()
        };
        Self { name: format!("pages: {name}"), files: Box::new(files) }
    }

    fn handbook(&self, kilobytes: usize) -> Handbook {
        let handbook = Handbook::new().file("frameworks/values.toml", cases::values());
        (self.files)(kilobytes * 1024).into_iter().fold(handbook, |handbook, (path, text)| handbook.file(&path, &text))
    }
}

#[test]
fn twice_as_much_text_takes_twice_as_long() {
    let wanted = std::env::var("ETHOS_GROWTH").ok();
    let form = if wanted.is_some() { &LONG } else { &SHORT };
    let wanted = wanted.filter(|wanted| wanted != "all").unwrap_or_default();
    let cases: Vec<Case> = cases::all().into_iter().filter(|case| case.name.contains(&wanted)).collect();
    assert!(!cases.is_empty(), "no case has {wanted} in its name");
    let suspects: Vec<Step<'_>> = cases.par_iter().flat_map_iter(|case| try_out(case, form)).collect();
    let faults: Vec<String> = suspects.iter().filter(|step| grows_every_time(step, form)).map(Step::line).collect();
    assert!(faults.is_empty(), "these take ever longer:\n{}", faults.join("\n"));
}

/// From one size of a case to the next, with the quickest time of each.
struct Step<'a> {
    case: &'a Case,
    command: &'static str,
    kilobytes: [usize; 2],
    times: [f64; 2],
}

impl Step<'_> {
    fn is_too_long(&self, form: &Form) -> bool {
        self.times[1] > form.most * self.times[0].max(form.floor)
    }

    fn line(&self) -> String {
        let [small, large] = self.kilobytes;
        let [before, after] = self.times;
        format!("{} {}: {small} KB {before:.2} s, {large} KB {after:.2} s", self.command, self.case.name)
    }
}

/// Builds and checks a case at all sizes; gives the steps that seem to take too long.
fn try_out<'a>(case: &'a Case, form: &Form) -> Vec<Step<'a>> {
    let mut suspects = Vec::new();
    for command in form.commands.iter().copied() {
        let mut times: Vec<f64> = Vec::new();
        for kilobytes in form.kilobytes {
            let handbook = case.handbook(*kilobytes);
            let time = (0..form.runs).map(|_| seconds(case, command, &handbook)).fold(f64::INFINITY, f64::min);
            if let Some(before) = times.last().copied() {
                let kilobytes = [form.kilobytes[times.len() - 1], *kilobytes];
                suspects.push(Step { case, command, kilobytes, times: [before, time] });
            }
            times.push(time);
            if time > LONGEST {
                break;
            }
        }
        if form.runs > 1 {
            let shown: Vec<_> = times.iter().map(|time| format!("{time:7.2}")).collect();
            println!("{command:5} {:48} {}", case.name, shown.join(""));
        }
    }
    suspects.retain(|step| step.is_too_long(form));
    suspects
}

/// Whether a step takes too long however often it is tried.
fn grows_every_time(step: &Step<'_>, form: &Form) -> bool {
    let [small, large] = step.kilobytes.map(|kilobytes| step.case.handbook(kilobytes));
    (0..form.pairs).all(|_| {
        let times = [&small, &large].map(|handbook| seconds(step.case, step.command, handbook));
        Step { times, ..*step }.is_too_long(form)
    })
}

/// The time that the processor works for the program itself. A shell measures its children.
fn seconds(case: &Case, command: &str, handbook: &Handbook) -> f64 {
    // What is there already would not be drawn again.
    let _ = std::fs::remove_dir_all(handbook.root().join("public"));
    let run = "\"$@\" >/dev/null 2>&1; code=$?; times; exit $code";
    let output = Command::new("sh")
        .args(["-c", run, "sh"])
        .arg(ethos().get_program())
        .args([command, "--root"])
        .arg(handbook.root())
        .env("RAYON_NUM_THREADS", "1")
        .stderr(Stdio::null())
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let user = said.lines().nth(1).and_then(|children| children.split(' ').next()).and_then(read_time);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {command} ends with {}", case.name, output.status);
    user.unwrap_or_else(|| panic!("times of children: {said}"))
}

/// "0m1.230000s"
fn read_time(said: &str) -> Option<f64> {
    let (minutes, seconds) = said.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.replace(',', ".").parse::<f64>().ok()?)
}
