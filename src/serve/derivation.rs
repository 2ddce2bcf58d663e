//! The worker that makes the A to Z and the search of each edition after it is shown, so that a save doesn't wait for them. It is no
//! thread of the pool that draws pages, and has a small pool of its own: pages come as quickly beside it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::edition::Edition;
use super::preview::{Findings, Preview};
use super::whole::Whole;
use crate::pipeline::unused_synonyms;
use crate::review::settle::Settled;

/// Debounce: while somebody saves again and again, making the search each time would make each save take twice as long (1,000 pages, two
/// cores).
const QUIET: Duration = Duration::from_millis(400);
/// How often to look meanwhile whether somebody wants it.
const LOOK: Duration = Duration::from_millis(10);

/// An edition that is shown already, with what was found in it so far.
pub struct Job {
    pub edition: Arc<Edition>,
    pub found: Settled,
    /// The version of the findings that were shown with it.
    pub version: u64,
}

/// Makes what is derived of one edition after the other, for as long as there is somebody to send them; of several that wait just the
/// last. `tell` learns of findings that came of it.
pub fn work(jobs: Receiver<Job>, preview: &Preview, tell: impl Fn(&Findings)) {
    let pool = pool();
    while let Ok(job) = jobs.recv() {
        let mut job = debounce(&jobs, job);
        let site = job.edition.site();
        let make = || match &pool {
            Some(pool) => pool.install(|| Whole::of(site)),
            None => Whole::of(site),
        };
        // A panic was printed; readers get an answer all the same, and the next edition is made.
        let Ok(made) = catch_unwind(AssertUnwindSafe(make)) else {
            job.edition.whole().abandon();
            continue;
        };
        let made = job.edition.whole().put(made);
        let unused = unused_synonyms(site, &made.derived);
        let has_news = !unused.is_empty();
        job.found.add(unused);
        let findings = has_news.then(|| Findings::new(job.found.sorted(&site.sources), site.sources.clone()));
        if let Some(findings) = preview.complete(&job.edition, job.version, findings) {
            tell(&findings);
        }
    }
}

/// Waits until nothing more is saved, or somebody wants what is made; gives the last that was saved.
fn debounce(jobs: &Receiver<Job>, mut job: Job) -> Job {
    let mut since = Instant::now();
    while since.elapsed() < QUIET && !job.edition.whole().is_wanted() {
        match jobs.recv_timeout(LOOK) {
            Ok(newer) => {
                job.edition.whole().abandon();
                job = newer;
                since = Instant::now();
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    job
}

/// Half of the cores; none where the system gives no threads.
fn pool() -> Option<ThreadPool> {
    let threads = (rayon::current_num_threads() / 2).max(1);
    ThreadPoolBuilder::new().num_threads(threads).thread_name(|_| "derive".to_owned()).build().ok()
}
