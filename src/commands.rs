//! The commands: each a short walk along the pipeline, with what it says on the way.

mod check;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use crate::cli::{Cli, ColorChoice, Command, Common, MessageFormat, Serve};
use crate::disk::Disk;
use crate::error::Error;
use crate::finding::Diagnostic;
use crate::finding::{self, human, json, sarif, short};
use crate::pipeline::{self, Assembled, Failure, Memory};
use crate::progress::Progress;
use crate::project::Project;
use crate::publish::{self, Published, Staging};
use crate::review::summary::counted;
use crate::serve::{self, Event, Findings, Options, Polling, Ready};
use crate::site::Site;
use crate::text::Sources;

/// Problems in the handbook.
const PROBLEMS: u8 = 1;

/// Wrong use, or the machine failed.
const FAILED: u8 = 2;

/// Runs what the command line asks for, and gives the exit code: 0 fine, 1 problems in the handbook, 2 wrong use or the machine
/// failed.
pub fn run(cli: &Cli) -> ExitCode {
    let done = match &cli.command {
        Command::Build(common) => build(common),
        Command::Check(flags) => check::check(flags),
        Command::Serve(flags) => serve(flags).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(PROBLEMS),
        Err(error) => {
            say(&format!("{}: {}\n", "error", finding::printable(&error.to_string())));
            ExitCode::from(FAILED)
        }
    }
}

/// The handbook that the flags name.
fn find(common: &Common) -> Result<Project, Error> {
    let here = std::env::current_dir().map_err(Error::disk("find", Path::new("the working folder")))?;
    Project::find(&here, common.root.as_deref(), common.output.as_deref(), common.drafts)
}

/// `ethos build`: true where the site was published.
fn build(common: &Common) -> Result<bool, Error> {
    let started = Instant::now();
    let project = find(common)?;
    // Where nothing has changed, there is nothing to draw.
    if !project.output.exists() {
        pipeline::begin(&project);
    }
    let disk = Disk::read(&project.root);
    let program = pipeline::program(&project);
    let files = disk.hashes();
    let made_from = files.as_ref().map(|files| pipeline::fingerprint(&program, files));
    let is_human = common.is_for_people();
    if let Some(published) = made_from.as_ref().and_then(|made_from| publish::published(&project.output, made_from)) {
        // Programs read that nothing was found.
        report(&[], &Sources::default(), common);
        if is_human {
            say(&unchanged(&published, &project));
        }
        return Ok(true);
    }
    let mut memory = Memory::default();
    let Assembled { sources, site, mut found, .. } = pipeline::assemble_project(&project, &disk, &mut memory);
    let (mut staged, mut failed) = (None, None);
    if let Some(site) = site.as_ref().filter(|_| !found.has_errors()) {
        match draw(site, &project, common, started) {
            Ok((staging, more)) => {
                found.add(more);
                staged = Some(staging);
            }
            Err(Failure::Found(more)) => found.add(more),
            Err(Failure::Disk(error)) => failed = Some(error),
        }
    }
    let diagnostics = found.sorted(&sources);
    report(&diagnostics, &sources, common);
    if let Some(error) = failed {
        return Err(error);
    }
    let Some(staged) = staged else {
        if !common.message_format.is_for_programs() {
            say(&format!(
                "{}; nothing was published, and what was published before stays as it was\n",
                counted(&diagnostics)
            ));
        }
        return Ok(false);
    };
    // A build that has something to say says it again the next time.
    let published = staged.publish(made_from.as_deref().filter(|_| diagnostics.is_empty()))?;
    warn(&published.warnings);
    if is_human {
        say(&summary(&published, &diagnostics, &project, started));
    }
    Ok(true)
}

/// Draws a site into a new folder; gives what was found on the way.
fn draw(
    site: &Arc<Site>,
    project: &Project,
    common: &Common,
    started: Instant,
) -> Result<(Staging, Vec<Diagnostic>), Failure> {
    let staging = Staging::of_site(&project.root, &project.output).map_err(Failure::Disk)?;
    let pages = site.routes.iter().filter(|route| is_page(&route.path)).count();
    let progress = Progress::new(pages, started, common);
    let put = |path: &str, artifact| {
        staging.put(path, &artifact)?;
        if is_page(path) {
            progress.step();
        }
        Ok(())
    };
    let drawn = pipeline::draw(site, &put);
    progress.finish();
    drawn.map(|found| (staging, found))
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// `ethos serve`: until it is stopped.
fn serve(flags: &Serve) -> Result<(), Error> {
    let common = &flags.common;
    let project = find(common)?;
    let is_human = common.is_for_people();
    // Whatever stops it, there is nothing to put away: the preview writes nothing.
    let stop = move || {
        if is_human {
            say("\nThe preview has stopped.\n");
        }
        std::process::exit(0)
    };
    ctrlc::set_handler(stop).map_err(|error| Error::Use(format!("Ctrl-C can't be listened for: {error}")))?;
    let options = Options { port: flags.port, host: flags.host.clone(), poll: flags.poll };
    serve::serve(&project, &options, |event| match event {
        Event::Ready(ready) => {
            if is_human {
                say(&welcome(&ready));
            }
            if flags.open && opener::open_browser(ready.url()).is_err() {
                say(&format!("no browser could be opened; open {} yourself\n", ready.url()));
            }
        }
        Event::Polling(why) => {
            if is_human {
                say(polls(why));
            }
        }
        Event::Changed { paths, is_shown, took } => {
            if is_human {
                let word = if is_shown { "Updated" } else { "Changed, but not shown" };
                say(&format!("{word}: {} ({} ms)\n", names(&paths), took.as_millis()));
            }
        }
        Event::Found { findings, has_pages } => {
            report(&findings.diagnostics, &findings.sources, common);
            if is_human {
                say(&meaning(findings, has_pages));
            }
        }
    })
}

/// What a person needs to know once the preview is there.
fn welcome(ready: &Ready) -> String {
    let title = ready.title.as_ref().map_or_else(|| "The preview".to_owned(), |title| format!("“{title}”"));
    let mut text = format!("{title} is at {}\n", ready.url());
    text.push_str("What you save appears there at once. To stop, press Ctrl-C.\n");
    if ready.is_open {
        text.push_str(
            "warning: everyone on this computer's network who knows the address can read the preview, drafts included if they are shown\n",
        );
    }
    finding::printable(&text)
}

/// Why changes are looked for at intervals; whoever asked for it knows.
fn polls(why: Polling) -> &'static str {
    match why {
        Polling::Asked => "",
        Polling::Network => "This folder is on a shared drive, so changes are looked for twice a second.\n",
        Polling::Limit => {
            "This computer watches as many folders as it may (fs.inotify.max_user_watches), so changes are looked for twice a second.\n"
        }
        Polling::Failed => "This computer can't watch the folder, so changes are looked for twice a second.\n",
    }
}

/// "content/about.md and 2 more"
fn names(paths: &[&str]) -> String {
    let text = match paths {
        [] => String::new(),
        [path] => (*path).to_owned(),
        [path, rest @ ..] => format!("{path} and {} more", rest.len()),
    };
    finding::printable(&text)
}

/// What the findings mean for the preview.
fn meaning(findings: &Findings, has_pages: bool) -> String {
    let counted = counted(&findings.diagnostics);
    match (findings.has_errors(), has_pages) {
        (true, true) => format!("{counted}; until they are mended, the preview shows the handbook as it was before\n"),
        (true, false) => format!("{counted}; as soon as they are mended and saved, the preview shows the handbook\n"),
        (false, _) if findings.diagnostics.is_empty() => "Nothing is wrong with the handbook.\n".to_owned(),
        (false, _) => format!("{counted}; the handbook can be published\n"),
    }
}

fn report(diagnostics: &[Diagnostic], sources: &Sources, common: &Common) {
    let drawn = match common.message_format {
        MessageFormat::Human => human::draw(diagnostics, sources, has_colour(common.color)),
        MessageFormat::Short => short::draw(diagnostics, sources),
        MessageFormat::Json => json::draw(diagnostics, sources),
        MessageFormat::Sarif => sarif::draw(diagnostics, sources),
    };
    match common.message_format {
        MessageFormat::Human | MessageFormat::Short => say(&drawn),
        // For programs: on standard output, where they read.
        MessageFormat::Json | MessageFormat::Sarif => {
            let _ = std::io::stdout().lock().write_all(drawn.as_bytes());
        }
    }
}

fn has_colour(choice: ColorChoice) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    }
}

/// Says something to the person at the terminal; one who has gone away doesn't stop the work.
fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says what is to be known even where nobody wants to hear how it goes.
fn warn(warnings: &[String]) {
    warnings.iter().for_each(|warning| say(&format!("warning: {}\n", finding::printable(warning))));
}

fn summary(published: &Published, diagnostics: &[Diagnostic], project: &Project, started: Instant) -> String {
    let found = if diagnostics.is_empty() { String::new() } else { format!(", with {}", counted(diagnostics)) };
    let took = started.elapsed().as_secs_f64();
    format!("Published {} in {took:.2} seconds{found}.\n{}", contents(published), way_there(project))
}

fn unchanged(published: &Published, project: &Project) -> String {
    format!("Nothing has changed: {} stay published as they were.\n{}", contents(published), way_there(project))
}

/// "412 pages and 38 other files (8.1 MB)"
fn contents(published: &Published) -> String {
    let Published { files, pages, bytes, .. } = published;
    format!("{pages} pages and {} other files ({})", files - pages, size(*bytes))
}

fn way_there(project: &Project) -> String {
    format!("Open {} in a browser to see the handbook.\n", project.output.join("index.html").display())
}

fn size(bytes: u64) -> String {
    const KIB: f64 = 1024.0;
    let kib = bytes as f64 / KIB;
    if kib < KIB { format!("{kib:.0} KB") } else { format!("{:.1} MB", kib / KIB) }
}
