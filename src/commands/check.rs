//! `ethos check`: everything that a build checks, and what deserves a second look.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::{find, report, say, warn};
use crate::check::{self, Context, asked};
use crate::cli::Check;
use crate::disk::Disk;
use crate::error::Error;
use crate::finding::{self, Diagnostic, Names, Severity, codes, short};
use crate::pipeline::{self, Assembled, Memory};
use crate::project::Project;
use crate::publish::Staging;
use crate::render::Renderer;
use crate::review::baseline::Baseline;
use crate::review::owners::Owners;
use crate::review::report::Report;
use crate::review::{by_owner, external, published, summary};
use crate::site::Site;
use crate::text::Sources;

/// True where there is no error, and with `--strict` no warning.
pub fn check(flags: &Check) -> Result<bool, Error> {
    known(&flags.only)?;
    let project = find(&flags.common)?;
    let baseline = read_baseline(flags)?;
    let mut assembled = pipeline::assemble_project(&project, &Disk::read(&project.root), &mut Memory::default());
    let today = flags.today.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let mut diagnostics = look(flags, &mut assembled, today)?;
    let mut note = String::new();
    if let Some((path, baseline)) = baseline {
        (diagnostics, note) = hold(diagnostics, path, baseline, flags.update, &assembled.sources)?;
        diagnostics = assembled.found.settle(diagnostics);
    }
    tell(flags, &project, &assembled, &diagnostics, today, note)?;
    let counts = |found: &Diagnostic| match found.code.severity {
        Severity::Error => true,
        Severity::Warning => flags.strict,
        Severity::Hint => false,
    };
    Ok(!diagnostics.iter().any(counts))
}

/// The baseline's path, and the baseline if it is there; none where no flag names one.
fn read_baseline(flags: &Check) -> Result<Option<(&Path, Option<Baseline>)>, Error> {
    let Some(path) = &flags.baseline else { return Ok(None) };
    let baseline = Baseline::read(path)?;
    if baseline.is_none() && !flags.update {
        return Err(Error::Use(format!("{} isn't there yet; add --update to write it", path.display())));
    }
    Ok(Some((path, baseline)))
}

/// All that is found, settled and sorted.
fn look(flags: &Check, assembled: &mut Assembled, today: Date) -> Result<Vec<Diagnostic>, Error> {
    let Assembled { sources, handbook, site, found: settled } = assembled;
    let context = Context { handbook, sources, today };
    let is_wanted = |name: &str| flags.only.is_empty() || flags.only.iter().any(|only| only == name);
    // What can't be published can't be drawn.
    let drawable = site.as_ref().filter(|_| !settled.has_errors());
    let (mut found, proven) =
        rayon::join(|| check::check(&context, is_wanted), || drawable.map(pipeline::prove).unwrap_or_default());
    found.extend(proven);
    if flags.external {
        found.extend(external::check(&context));
    }
    if let Some(published) = &flags.published {
        let is_made = |address: &str| site.as_ref().is_none_or(|site| site.has_route(address));
        found.extend(published::check(&context, published, is_made)?);
    }
    settled.add(found);
    // Only now is known which silences were needed.
    settled.add_unused(|name| is_wanted(name) && is_asked(flags, name));
    let stops = |found: &Diagnostic| found.is_error() && codes::ALL.iter().any(|code| code.name == found.code.name);
    let mut diagnostics = settled.sorted(sources);
    diagnostics.retain(|found| is_wanted(found.code.name) || stops(found));
    Ok(diagnostics)
}

/// Takes away what the baseline holds, writes it anew where that is asked for, and gives what to say about it.
fn hold(
    diagnostics: Vec<Diagnostic>,
    path: &Path,
    baseline: Option<Baseline>,
    updates: bool,
    sources: &Sources,
) -> Result<(Vec<Diagnostic>, String), Error> {
    let now = Baseline::of(&diagnostics, sources);
    let held = baseline.as_ref().unwrap_or(&now).hold(diagnostics, sources);
    let mut note = String::new();
    if updates && !held.has_risen && (baseline.is_none() || held.has_fallen) {
        now.write(path)?;
        note = format!("The baseline {} now holds {}.\n", path.display(), findings(held.held));
    } else if held.held > 0 {
        let fewer = match held.has_fallen {
            true => " There are fewer than it allows: run again with --update, and it allows no more than these.",
            false => "",
        };
        note = format!("The baseline holds {} more.{fewer}\n", findings(held.held));
    }
    let mut shown = held.shown;
    finding::sort(&mut shown, sources);
    Ok((shown, note))
}

/// Says what was found, in the form that the flags ask for, and writes the report.
fn tell(
    flags: &Check,
    project: &Project,
    assembled: &Assembled,
    diagnostics: &[Diagnostic],
    today: Date,
    mut note: String,
) -> Result<(), Error> {
    let (common, handbook, sources) = (&flags.common, &assembled.handbook, &assembled.sources);
    let make = || Report::of(handbook, sources, diagnostics, today);
    if flags.by_owner {
        let text = by_owner::draw(&make(), handbook, sources);
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    } else {
        report(diagnostics, sources, common);
    }
    if let Some(folder) = &flags.report {
        note.push_str(&publish_report(&make(), assembled.site.clone(), project, folder)?);
    }
    if !common.is_for_people() {
        return Ok(());
    }
    if !diagnostics.is_empty() && !flags.by_owner {
        say(&summary::draw(&Owners::of(handbook), diagnostics));
    }
    let files = sources.files().len();
    say(&format!("{note}Checked {files} files: found {}.\n", summary::counted(diagnostics)));
    Ok(())
}

/// Whether the flags ask for what a rule needs, if it needs a flag.
fn is_asked(flags: &Check, name: &str) -> bool {
    let is_external = asked::EXTERNAL.iter().any(|rule| rule.code.name == name);
    let is_published = asked::LOST_ADDRESS.code.name == name;
    (flags.external || !is_external) && (flags.published.is_some() || !is_published)
}

/// Draws the report and puts it into its folder; gives what to say about it.
fn publish_report(report: &Report, site: Option<Arc<Site>>, project: &Project, folder: &Path) -> Result<String, Error> {
    let Some(site) = site else {
        say("The report wasn't written: first mend what is wrong with ethos.toml and the theme.\n");
        return Ok(String::new());
    };
    let files = Renderer::new(site.clone()).draw_report(report).map_err(|found| {
        Error::Use(format!("the report can't be drawn: {}", short::draw(&[*found], &site.sources).trim_end()))
    })?;
    let staging = Staging::of_report(&project.root, &project.output, folder)?;
    for (path, artifact) in &files {
        staging.put(path, artifact)?;
    }
    warn(&staging.publish(None)?.warnings);
    let page = folder.join("index.html");
    Ok(format!("The report is written: open {} in a browser.\n", page.display()))
}

fn findings(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

/// Names on the command line are spelt right.
fn known(names: &[String]) -> Result<(), Error> {
    let known = || check::rules().map(|rule| rule.code.name).chain(codes::ALL.iter().map(|code| code.name));
    let Some(unknown) = names.iter().find(|name| known().all(|own| own != name.as_str())) else { return Ok(()) };
    let names = Names::of(known());
    let near = names.nearest(unknown).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Err(Error::Use(format!("no rule is called `{unknown}`{near}")))
}
