//! A bar for people who wait: on a terminal, when a build takes over a second.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::{Common, MessageFormat};

/// A build shorter than this is over before anyone wonders.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the drawing has come.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    is_wanted: bool,
}

impl Progress {
    /// For a number of pages, in a build that began at an instant.
    pub fn new(pages: usize, started: Instant, common: &Common) -> Self {
        let bar = ProgressBar::with_draw_target(Some(pages as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("Drawing {wide_bar} {pos} of {len} pages") {
            bar.set_style(style);
        }
        let is_human = common.message_format == MessageFormat::Human && !common.quiet;
        Self { bar, started, is_wanted: is_human && std::io::stderr().is_terminal() }
    }

    /// One page more.
    pub fn step(&self) {
        if self.is_wanted && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Clears the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
