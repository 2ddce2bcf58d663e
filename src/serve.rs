//! The live preview: a server on this computer that shows the handbook as it is on the disk.
//!
//! In: a project. Out: pages over HTTP, drawn when they are asked for, from the model in memory; what is served is what `build` would
//! write, but for the script that is added to each page (`answer`). The main thread waits for changes (`watch`), reads what has
//! changed, puts the handbook together again and swaps it in (`preview`); browsers are told by events (`tabs`) which pages show
//! something else now. With an error the last good state stays, and browsers show what to mend.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

mod about;
mod answer;
mod connections;
mod derivation;
mod edition;
mod later;
mod page;
mod preview;
mod request;
mod tabs;
mod watch;
mod whole;

use crate::content;
use crate::disk::{Change, Changed, Disk};
use crate::error::Error;
use crate::pipeline::{self, Assembled, Memory};
use crate::project::Project;
use crate::review::settle::Settled;
use crate::text::Sources;
use crate::theme::Theme;
use crate::words::address;
use derivation::Job;
use edition::Edition;
pub use preview::Findings;
use preview::Preview;
use request::Hosts;
use tabs::Versions;
pub use watch::Polling;
use watch::{News, Watch};

/// Where the preview is, unless something else is there already.
const PORT: u16 = 4000;

/// So many ports above are tried.
const PORTS: u16 = 100;

/// Bad news waits for so long: a file that is gone, empty or half written is mostly one that is being saved.
const GRACE: Duration = Duration::from_millis(200);

/// But not for longer than this while changes go on.
const LONGEST_GRACE: Duration = Duration::from_secs(1);

/// How to serve.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port; none for the first that is free from the usual one on.
    pub port: Option<u16>,
    /// The address or name to listen on; none for this computer alone.
    pub host: Option<String>,
    /// Whether to look for changes at intervals.
    pub poll: bool,
}

/// What happens, for whoever tells the person at the terminal.
pub enum Event<'a> {
    /// The preview answers.
    Ready(Ready),
    /// Changes are looked for at intervals from now on.
    Polling(Polling),
    /// Something was changed.
    Changed {
        /// What.
        paths: Vec<&'a str>,
        /// Whether it is shown, or stopped by an error.
        is_shown: bool,
        /// How long it took from noticing to showing.
        took: Duration,
    },
    /// Something else was found than before.
    Found {
        /// What.
        findings: &'a Findings,
        /// Whether there is a state of the handbook to show.
        has_pages: bool,
    },
}

/// A preview that answers.
pub struct Ready {
    /// Where.
    pub address: SocketAddr,
    /// The handbook's title, where it could be read.
    pub title: Option<String>,
    /// Whether other computers can read it.
    pub is_open: bool,
}

impl Ready {
    /// The address to open in a browser on this computer.
    pub fn url(&self) -> String {
        match self.address {
            SocketAddr::V4(address) if address.ip().is_unspecified() => format!("http://127.0.0.1:{}/", address.port()),
            SocketAddr::V6(address) if address.ip().is_unspecified() => format!("http://[::1]:{}/", address.port()),
            address => format!("http://{address}/"),
        }
    }
}

/// Binds the address and serves for ever.
///
/// # Errors
/// Where the address can't be had.
pub fn serve(project: &Project, options: &Options, tell: impl FnMut(Event<'_>) + Send) -> Result<(), Error> {
    let root = project.root.canonicalize().map_err(Error::disk("find the folder", &project.root))?;
    let project = Project { root: root.clone(), ..project.clone() };
    let listener = bind(options)?;
    let address = listener.local_addr().map_err(|error| cannot_listen(options, &error))?;
    // Before anything is read, so that no change is missed.
    let watch = Watch::start(&root, options.poll);
    let preview = Arc::new(Preview::new(root));
    let tell = Mutex::new(tell);
    let tell = |event: Event<'_>| (*tell.lock().unwrap_or_else(PoisonError::into_inner))(event);
    let (sender, jobs) = channel();
    let mut follower = Follower::new(project, preview.clone(), watch, sender);
    let attempt = follower.assemble();
    follower.show(attempt, &[]);
    let is_open = !address.ip().is_loopback();
    let title = preview.edition().map(|edition| edition.site().handbook.config.title.clone());
    tell(Event::Ready(Ready { address, title, is_open }));
    follower.tell_polling(&tell);
    let has_pages = preview.edition().is_some();
    tell(Event::Found { findings: &preview.findings(), has_pages });
    let hosts = Hosts { given: options.host.clone(), is_open };
    let accepting = preview.clone();
    std::thread::spawn(move || connections::accept(&listener, hosts, accepting));
    std::thread::scope(|scope| {
        let tell = &tell;
        let told = move |findings: &Findings| tell(Event::Found { findings, has_pages: true });
        let preview = &*preview;
        scope.spawn(move || derivation::work(jobs, preview, told));
        loop {
            follower.wait(tell);
        }
    })
}

fn bind(options: &Options) -> Result<TcpListener, Error> {
    let host = options.host.clone().unwrap_or_else(|| Ipv4Addr::LOCALHOST.to_string());
    let listen = |port| TcpListener::bind((host.trim_matches(['[', ']']), port));
    match options.port {
        Some(port) => listen(port).map_err(|error| {
            let free = (port.saturating_add(1)..=port.saturating_add(PORTS)).find(|port| listen(*port).is_ok());
            match (error.kind(), free) {
                (std::io::ErrorKind::AddrInUse, Some(free)) => {
                    Error::Use(format!("port {port} is taken by another program; port {free} is free: --port {free}"))
                }
                (std::io::ErrorKind::PermissionDenied, _) => Error::Use(format!(
                    "this computer doesn't let you use port {port}; take one above 1023, such as --port {PORT}"
                )),
                _ => cannot_listen(options, &error),
            }
        }),
        None => {
            let mut last = None;
            for port in PORT..PORT + PORTS {
                match listen(port) {
                    Ok(listener) => return Ok(listener),
                    Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some(error),
                    Err(error) => return Err(cannot_listen(options, &error)),
                }
            }
            Err(last.map_or_else(|| Error::Use("no port is free".to_owned()), |error| cannot_listen(options, &error)))
        }
    }
}

fn cannot_listen(options: &Options, error: &std::io::Error) -> Error {
    let host = options.host.as_deref().unwrap_or("this computer");
    Error::Use(format!("the preview can't be reached at {host}: {error}"))
}

/// Keeps what is shown in step with the disk.
struct Follower {
    project: Project,
    disk: Disk,
    memory: Memory,
    preview: Arc<Preview>,
    watch: Watch,
    /// To the worker that makes what is derived of each edition.
    jobs: Sender<Job>,
    /// The last theme whose templates were tried and can be used.
    good_theme: Option<Arc<Theme>>,
    /// How long it takes to look at everything.
    looking_takes: Duration,
}

/// A state of the handbook that was put together: with an edition, if it can be shown.
struct Attempt {
    edition: Option<Arc<Edition>>,
    /// The versions of the pages that tabs show.
    versions: Versions,
    findings: Findings,
    found: Settled,
}

impl Follower {
    fn new(project: Project, preview: Arc<Preview>, watch: Watch, jobs: Sender<Job>) -> Self {
        let disk = Disk::read(&project.root);
        let (memory, looking_takes) = (Memory::default(), Duration::ZERO);
        Self { project, disk, memory, preview, watch, jobs, good_theme: None, looking_takes }
    }

    fn tell_polling(&mut self, tell: &impl Fn(Event<'_>)) {
        if let Some(why) = self.watch.polling() {
            tell(Event::Polling(why));
        }
    }

    /// Waits for changes, and shows the state that they lead to.
    fn wait(&mut self, tell: &impl Fn(Event<'_>)) {
        let news = self.watch.next(self.looking_takes);
        self.tell_polling(tell);
        let began = Instant::now();
        let changed = self.read(&news);
        if changed.is_empty() {
            return;
        }
        let mut changed = changed.into_iter().map(|changed| (changed.path, changed.change)).collect();
        let attempt = self.settle(began, &mut changed);
        let last = self.preview.findings();
        let files = changed_files(&attempt.findings.sources, changed.keys());
        let before = self.show(attempt, &files);
        let (findings, took) = (self.preview.findings(), began.elapsed());
        let paths = changed.keys().map(String::as_str).collect();
        tell(Event::Changed { paths, is_shown: !findings.has_errors(), took });
        if findings.version != last.version {
            tell(Event::Found { findings: &findings, has_pages: self.preview.edition().is_some() });
        }
        // Letting go of a large handbook takes a moment, for which nobody should wait.
        drop(before);
    }

    /// Shows a state, and has what is made of the whole handbook made after it; gives back what was shown before.
    fn show(&self, attempt: Attempt, files: &[String]) -> Option<Arc<Edition>> {
        let Attempt { edition, versions, findings, found } = attempt;
        let job = edition.clone().map(|edition| Job { edition, found, version: findings.version });
        let before = self.preview.show(edition, &versions, findings, files);
        if let Some(job) = job {
            // The worker listens as long as the preview lives.
            let _ = self.jobs.send(job);
        }
        before
    }

    /// Puts the handbook together; a state that is worse than the last only if it lasts.
    fn settle(&mut self, began: Instant, changed: &mut BTreeMap<String, Change>) -> Attempt {
        let mut attempt = None;
        loop {
            let is_late = began.elapsed() > LONGEST_GRACE;
            let is_vanishing = changed.values().any(|change| *change != Change::Written);
            if is_late || !is_vanishing {
                let new = attempt.take().unwrap_or_else(|| self.assemble());
                let is_worse = new.findings.has_errors() && !self.preview.findings().has_errors();
                if is_late || !is_worse {
                    return new;
                }
                attempt = Some(new);
            }
            let news = self.watch.within(Some(GRACE), self.looking_takes);
            let more = news.as_ref().map(|news| self.read(news)).unwrap_or_default();
            if !more.is_empty() {
                attempt = None;
                changed.extend(more.into_iter().map(|changed| (changed.path, changed.change)));
            } else if matches!(news, None | Some(News::Everything)) {
                return attempt.unwrap_or_else(|| self.assemble());
            }
        }
    }

    fn read(&mut self, news: &News) -> Vec<Changed> {
        match news {
            News::Paths(paths) => self.disk.reread(paths.iter().map(String::as_str)),
            News::Everything => {
                let began = Instant::now();
                let changed = self.disk.rescan();
                self.looking_takes = began.elapsed();
                changed
            }
        }
    }

    fn assemble(&mut self) -> Attempt {
        let Assembled { sources, site, mut found, .. } =
            pipeline::assemble_project(&self.project, &self.disk, &mut self.memory);
        let mut edition = None;
        let mut versions = Versions::new();
        if let Some(site) = site.filter(|_| !found.has_errors()) {
            let theme = site.theme.clone();
            let new = Edition::new(site);
            if !self.good_theme.as_ref().is_some_and(|good| Arc::ptr_eq(good, &theme)) {
                found.add(new.try_templates());
                self.good_theme = (!found.has_errors()).then_some(theme);
            }
            found.add(self.preview.draw_watched(&new, &mut versions));
            edition = (!found.has_errors()).then(|| Arc::new(new));
        }
        let findings = Findings::new(found.sorted(&sources), sources);
        Attempt { edition, versions, findings, found }
    }
}

/// The addresses of files that are passed through, among what was changed.
fn changed_files<'a>(sources: &Sources, changed: impl Iterator<Item = &'a String>) -> Vec<String> {
    let is_asset = |path: &&String| sources.assets.iter().any(|asset| asset.path == **path);
    changed.filter(is_asset).map(|path| format!("/{}", address::encode(&content::address_of(path)))).collect()
}
