//! Assets of the site before: a page that a reader has open still loads the styles, the scripts and the parts of the search that it
//! names, until a further site is published.

use std::path::{Component, Path};

use super::Staging;
use super::manifest::{Listed, Mark};
use crate::site;

/// Puts the assets of the last different site into the staged folder that the new site doesn't have itself, and gives them sorted by
/// path. `made` are the files of the new site, sorted by path. One that somebody changed, or that the disk refuses, isn't kept.
pub fn keep(staging: &Staging, made: &[(String, Listed)]) -> Vec<(String, Mark)> {
    let is_same_site = is_same(staging, made);
    let is_of_last = |path: &str, listed: &Listed| match is_same_site {
        true => listed.is_kept,
        false => !listed.is_kept && site::is_hashed(path, listed.mark.hash),
    };
    // A list can be forged.
    let is_below = |path: &str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let is_made = |path: &str| made.binary_search_by(|(made, _)| made.as_str().cmp(path)).is_ok();
    let last =
        staging.old.files().filter(|(path, listed)| is_of_last(path, listed) && is_below(path) && !is_made(path));
    let mut kept: Vec<_> = last.map(|(path, listed)| (path.to_owned(), listed.mark)).collect();
    kept.retain(|(path, mark)| staging.keep_asset(path, *mark));
    kept.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    kept
}

/// Whether a site is published again as it was.
fn is_same(staging: &Staging, made: &[(String, Listed)]) -> bool {
    let is_listed = |(path, listed): &(String, Listed)| {
        staging.old.listed(path).is_some_and(|old| !old.is_kept && old.mark == listed.mark)
    };
    staging.old.made().count() == made.len() && made.iter().all(is_listed)
}
