//! Watching the folders: what has changed, in batches. One quiet save is handed on at once; a storm is gathered.
//!
//! notify sees folders below a watched one come and go, but not all that happens in them meanwhile, nor a watched folder that goes and
//! comes back; here each such event has everything looked at again. Its companion notify-debouncer-full isn't used: it wakes its
//! thread at a fixed rate for as long as it lives (900 times a second for a wait of 4 ms), and a save would wait as long.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::disk::{FOLDERS, SETTINGS};
use crate::text::name::is_left_alone;

/// After a save that is whole: the rest of what an editor does to a file follows within so long.
const BREATH: Duration = Duration::from_millis(2);

/// While a file is being written, or many are.
const QUIET: Duration = Duration::from_millis(40);

/// However long a storm goes on, it is handed on after so long.
const LONGEST: Duration = Duration::from_secs(1);

/// More paths than this at once are a storm.
const FEW: usize = 4;

/// So are batches of other files that follow one another within so long, from the third on.
const CALM: Duration = Duration::from_millis(150);
const STREAK: u32 = 2;

/// A new folder is looked at again after so long: what was put into it before it was watched made no event.
const AGAIN: Duration = Duration::from_millis(300);

/// How often to look where nothing tells of changes; rarer where looking takes long, so that it never takes much of the processor.
const POLL: Duration = Duration::from_millis(500);
const POLL_SHARE: u32 = 60;

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// These paths and what is below them, relative to the handbook's folder.
    Paths(BTreeSet<String>),
    /// Anything.
    Everything,
}

/// Watches a handbook's folders.
pub struct Watch {
    root: PathBuf,
    means: Means,
    /// When to look at everything once more.
    again: Option<Instant>,
    /// The paths of the last batch, and when it was handed on.
    last: Option<(Instant, BTreeSet<String>)>,
    /// How many batches of other files came hard on one another.
    streak: u32,
    /// Why it has begun to look at intervals, until somebody has been told.
    polling: Option<Polling>,
}

enum Means {
    Events { watcher: RecommendedWatcher, events: Receiver<notify::Result<Event>> },
    Polling,
}

/// Why changes are looked for at intervals instead of being told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polling {
    /// It was asked for.
    Asked,
    /// The folder is on a disk of another computer, or shared with one.
    Network,
    /// The system's limit of watched folders is reached.
    Limit,
    /// The system can't watch folders for another reason.
    Failed,
}

impl Polling {
    fn because(kind: &ErrorKind) -> Self {
        if matches!(kind, ErrorKind::MaxFilesWatch) { Self::Limit } else { Self::Failed }
    }
}

/// What one batch has gathered.
#[derive(Default)]
struct Batch {
    paths: BTreeSet<String>,
    /// Paths that are being written and weren't closed yet.
    unfinished: BTreeSet<String>,
    everything: bool,
    has_new_folder: bool,
    /// Why nothing more can be heard of the folders.
    polling: Option<Polling>,
}

impl Watch {
    /// Begins to watch a real folder; or to look at intervals, where that is asked for or nothing else will do.
    pub fn start(root: &Path, polls: bool) -> Self {
        let (means, polling) = match (polls, is_shared(root)) {
            (true, _) => (Means::Polling, Some(Polling::Asked)),
            (false, true) => (Means::Polling, Some(Polling::Network)),
            (false, false) => {
                let (sender, events) = channel();
                let listen = move |event| {
                    // Nobody listens any more once the program ends.
                    let _ = sender.send(event);
                };
                match notify::recommended_watcher(listen) {
                    Ok(watcher) => (Means::Events { watcher, events }, None),
                    Err(_) => (Means::Polling, Some(Polling::Failed)),
                }
            }
        };
        let mut watch = Self { root: root.to_path_buf(), means, again: None, last: None, streak: 0, polling };
        if let Err(kind) = watch.arm() {
            watch.poll(Polling::because(&kind));
        }
        watch
    }

    /// Looks at intervals from now on.
    fn poll(&mut self, why: Polling) {
        self.means = Means::Polling;
        self.polling = Some(why);
    }

    /// Why it has begun to look at intervals, once.
    pub fn polling(&mut self) -> Option<Polling> {
        self.polling.take()
    }

    /// Watches the folder around the handbook's, so that it is noticed when that goes and comes back; its own, for the settings; and
    /// all below its three folders.
    fn arm(&mut self) -> Result<(), ErrorKind> {
        let Means::Events { watcher, .. } = &mut self.means else {
            return Ok(());
        };
        if let Some(parent) = self.root.parent() {
            // Not everyone may look into the folder around a handbook; then only its own going isn't noticed.
            let _ = watcher.watch(parent, RecursiveMode::NonRecursive);
        }
        if self.root.is_dir() {
            watcher.watch(&self.root, RecursiveMode::NonRecursive).map_err(|error| error.kind)?;
        }
        for folder in FOLDERS.map(|folder| self.root.join(folder)).iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| error.kind)?;
        }
        Ok(())
    }

    /// Waits until something has changed, and as long as it goes on changing.
    pub fn next(&mut self, looking_takes: Duration) -> News {
        loop {
            if let Some(news) = self.within(None, looking_takes) {
                return news;
            }
        }
    }

    /// The same, but not for longer than a while.
    pub fn within(&mut self, wait: Option<Duration>, looking_takes: Duration) -> Option<News> {
        if matches!(self.means, Means::Polling) {
            std::thread::sleep(wait.unwrap_or_else(|| POLL.max(looking_takes * POLL_SHARE)));
            return Some(News::Everything);
        }
        let until = wait.map(|wait| Instant::now() + wait);
        loop {
            let batch = self.gather(until);
            if let Some(news) = self.hand_on(batch) {
                return Some(news);
            }
            let now = Instant::now();
            if self.again.is_some_and(|again| again <= now) {
                self.again = None;
                return Some(News::Everything);
            }
            if until.is_some_and(|until| until <= now) {
                return None;
            }
        }
    }

    /// What comes until it is quiet; nothing where nothing has come by a time, or by the time for another look.
    fn gather(&self, until: Option<Instant>) -> Batch {
        let mut batch = Batch::default();
        let Means::Events { events, .. } = &self.means else {
            return batch;
        };
        let first = match [until, self.again].into_iter().flatten().min() {
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(until) => events.recv_timeout(until.saturating_duration_since(Instant::now())),
        };
        match first {
            Ok(first) => batch.add(&self.root, first),
            Err(RecvTimeoutError::Timeout) => return batch,
            Err(RecvTimeoutError::Disconnected) => batch.fail(Polling::Failed),
        }
        let began = Instant::now();
        let is_streak = self.streak >= STREAK && self.last.as_ref().is_some_and(|(last, _)| last.elapsed() < CALM);
        while began.elapsed() < LONGEST {
            let is_storm = is_streak || batch.everything || batch.paths.len() > FEW || !batch.unfinished.is_empty();
            let wait = if batch.is_empty() {
                Duration::ZERO
            } else if is_storm {
                QUIET
            } else {
                BREATH
            };
            match events.recv_timeout(wait) {
                Ok(event) => batch.add(&self.root, event),
                Err(_) => break,
            }
        }
        batch
    }

    fn hand_on(&mut self, batch: Batch) -> Option<News> {
        if batch.is_empty() {
            return None;
        }
        let armed = if batch.everything { self.arm() } else { Ok(()) };
        if let Err(kind @ ErrorKind::MaxFilesWatch) = armed {
            self.poll(Polling::because(&kind));
        }
        if batch.has_new_folder || batch.everything {
            self.again = Some(Instant::now() + AGAIN);
        }
        if let Some(why) = batch.polling {
            self.poll(why);
        }
        let is_hard_on =
            |(last, paths): &(Instant, BTreeSet<String>)| last.elapsed() < CALM && !batch.paths.is_subset(paths);
        self.streak = if self.last.as_ref().is_some_and(is_hard_on) { self.streak + 1 } else { 0 };
        self.last = Some((Instant::now(), batch.paths.clone()));
        Some(if batch.everything { News::Everything } else { News::Paths(batch.paths) })
    }
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }

    fn add(&mut self, root: &Path, event: notify::Result<Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return self.fail(Polling::Limit),
            Err(_) => {
                self.everything = true;
                return;
            }
        };
        self.everything |= event.need_rescan();
        // Reading is an event too, and we read.
        let is_closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && !is_closed {
            return;
        }
        for path in &event.paths {
            self.add_path(root, path, event.kind, is_closed);
        }
    }

    /// Anything may have changed, and nothing more will be heard.
    fn fail(&mut self, why: Polling) {
        self.everything = true;
        self.polling = Some(why);
    }

    fn add_path(&mut self, root: &Path, path: &Path, kind: EventKind, is_closed: bool) {
        let Ok(inside) = path.strip_prefix(root) else {
            return;
        };
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let comes_or_goes =
            matches!(kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        match &parts[..] {
            // The handbook's own folder, or one of the three, has come or gone: it has to be watched anew.
            [] => self.everything |= comes_or_goes,
            [name] if name == SETTINGS => self.note(SETTINGS.to_owned(), kind, is_closed),
            [top, ..] if !FOLDERS.contains(&&**top) => {}
            [_] => self.everything |= comes_or_goes,
            [_, inner @ ..] if inner.iter().any(|name| is_left_alone(name)) => {}
            _ => {
                let is_folder = matches!(kind, EventKind::Create(CreateKind::Folder))
                    || (matches!(kind, EventKind::Modify(ModifyKind::Name(_))) && path.is_dir());
                self.has_new_folder |= is_folder;
                self.note(parts.join("/"), kind, is_closed);
            }
        }
    }

    fn note(&mut self, path: String, kind: EventKind, is_closed: bool) {
        let is_written = matches!(kind, EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)));
        if is_written {
            self.unfinished.insert(path.clone());
        } else if is_closed
            || matches!(kind, EventKind::Remove(RemoveKind::File) | EventKind::Modify(ModifyKind::Name(_)))
        {
            self.unfinished.remove(&path);
        }
        self.paths.insert(path);
    }
}

/// Whether other computers may change a folder without this one being told.
#[cfg(target_os = "linux")]
fn is_shared(root: &Path) -> bool {
    /// NFS, SMB, SMB2, CIFS, FUSE, 9p (folders of the host in virtual machines and WSL), VirtualBox, and Ceph; from linux/magic.h
    /// and the file systems' own sources.
    const SHARED: [u32; 8] =
        [0x6969, 0x517b, 0xfe53_4d42, 0xff53_4d42, 0x6573_5546, 0x0102_1997, 0x786f_4256, 0x00c3_6400];
    rustix::fs::statfs(root).is_ok_and(|system| SHARED.contains(&(system.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn is_shared(_root: &Path) -> bool {
    false
}
