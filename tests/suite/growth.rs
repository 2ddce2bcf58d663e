//! The work grows with the length of what is written: twice as much text takes twice as long, whatever the text is made of.
//!
//! Each case is built and checked at several sizes, and the processor's time is compared. `ETHOS_GROWTH=all` is the long form: more sizes,
//! a sharper bound, and a table of times; `ETHOS_GROWTH=links` tries only the cases whose names hold a word.

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
    Form { commands: &["check"], kilobytes: &[32, 128], most: 2.3 * 2.3, floor: 0.05, runs: 1, retries: 4 };

/// The long form: doubling.
const LONG: Form = Form {
    commands: &["build", "check"],
    kilobytes: &[64, 128, 256, 512, 1024],
    most: 2.3,
    floor: 0.1,
    runs: 3,
    retries: 4,
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
    /// How often a step is measured again that seems too long: another program may have slowed it down.
    retries: usize,
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
    let faults: Vec<String> = cases.par_iter().flat_map_iter(|case| try_out(case, form)).collect();
    assert!(faults.is_empty(), "these take ever longer:\n{}", faults.join("\n"));
}

/// Builds and checks a case at all sizes; gives what takes too long.
fn try_out(case: &Case, form: &Form) -> Vec<String> {
    let handbooks: Vec<Handbook> = form.kilobytes.iter().map(|kilobytes| case.handbook(*kilobytes)).collect();
    let mut faults = Vec::new();
    for command in form.commands.iter().copied() {
        let mut times = Vec::new();
        let mut is_steady = true;
        for handbook in &handbooks {
            let Some(time) = time_of(case, command, handbook, times.last().copied(), form) else {
                is_steady = false;
                break;
            };
            is_steady &= times.last().is_none_or(|last| !grows_too_fast(*last, time, form));
            times.push(time);
        }
        let shown: Vec<_> = times.iter().map(|time| format!("{time:7.2}")).collect();
        let line = format!("{:5} {:48} {}", command, case.name, shown.join(""));
        if form.runs > 1 {
            println!("{line}");
        }
        if !is_steady {
            faults.push(line);
        }
    }
    faults
}

/// The quickest of some runs, and of more where it seems too slow after the size before. None where one takes for ever.
fn time_of(case: &Case, command: &str, handbook: &Handbook, last: Option<f64>, form: &Form) -> Option<f64> {
    let mut quickest = f64::INFINITY;
    for run in 0..form.runs + form.retries {
        // What is there already would not be drawn again.
        let _ = std::fs::remove_dir_all(handbook.root().join("public"));
        let is_good = last.is_none_or(|last| !grows_too_fast(last, quickest, form));
        if run >= form.runs && is_good {
            break;
        }
        let (time, code) = seconds(command, handbook);
        assert!(matches!(code, 0 | 1), "{}: {command} ends with {code}", case.name);
        quickest = quickest.min(time);
        if time > LONGEST {
            return None;
        }
    }
    Some(quickest)
}

fn grows_too_fast(before: f64, now: f64, form: &Form) -> bool {
    now > form.most * before.max(form.floor)
}

/// The time that the processor works for the program itself, and how the program ends. A shell measures its children.
fn seconds(command: &str, handbook: &Handbook) -> (f64, i32) {
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
    (user.unwrap_or_else(|| panic!("times of children: {said}")), output.status.code().unwrap_or(-1))
}

/// "0m1.230000s"
fn read_time(said: &str) -> Option<f64> {
    let (minutes, seconds) = said.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.replace(',', ".").parse::<f64>().ok()?)
}
