//! Asking a disk for many files at once, which is many times as quick as one after another where it has to fetch them: some are
//! opened, and the disk is asked for each, before the first of them is read.

use std::fs::File;

/// How many files each thread opens before it reads the first. All together are fewer than any system allows.
pub fn at_once() -> usize {
    const ALL: usize = 128;
    (ALL / rayon::current_num_threads()).max(1)
}

/// Asks the disk for a file of some length that will be read soon, unless it is so long that others would have to wait for it. Where
/// this isn't done, it comes when it is read, which is as good but slower.
#[cfg(target_os = "linux")]
pub fn fetch(file: &File, length: u64) {
    const LONGEST: u64 = 5 * 1024 * 1024;
    if length <= LONGEST {
        let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::WillNeed);
    }
}

#[cfg(not(target_os = "linux"))]
pub fn fetch(_: &File, _: u64) {}
