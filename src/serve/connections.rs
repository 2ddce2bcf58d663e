//! Connections: each has a thread for as long as it asks; there are never more than a few, and whoever dawdles makes room.

use std::io::{self, Read as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::request::{Hosts, Refusal, Request, Requests};

/// More connections than this at once make the one that has been quiet the longest end: a person's browser opens six.
const MOST: usize = 64;

/// A client that reads nothing of its answer for so long is given up.
const UNREAD: Duration = Duration::from_secs(10);

/// What is left unread of a refused request is taken in for so long, so that the refusal arrives.
const DRAIN: Duration = Duration::from_millis(500);

/// What becomes of a connection after an answer.
pub enum After {
    /// It may ask again.
    Open,
    /// It is over, or belongs to someone else now.
    Done,
}

/// Answers requests.
pub trait Answer: Send + Sync + 'static {
    /// Answers a request.
    ///
    /// # Errors
    /// Where the other side is gone or doesn't read.
    fn answer(&self, request: &Request, stream: &TcpStream) -> io::Result<After>;

    /// Answers what is no good request.
    ///
    /// # Errors
    /// Likewise.
    fn refuse(&self, refusal: Refusal, stream: &TcpStream) -> io::Result<()>;
}

/// The connections that are open.
#[derive(Default)]
struct Open {
    next: u64,
    all: Vec<Connection>,
}

struct Connection {
    id: u64,
    stream: TcpStream,
    /// Since when it has been quiet; none while it is answered.
    quiet: Option<Instant>,
    since: Instant,
}

/// Accepts connections for ever.
pub fn accept(listener: &TcpListener, hosts: &Hosts, answer: &Arc<impl Answer>) {
    let open = Arc::new(Mutex::new(Open::default()));
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of descriptors, most likely: those that end meanwhile make room.
            std::thread::sleep(Duration::from_millis(10));
            continue;
        };
        let Ok(id) = enter(&open, &stream) else {
            continue;
        };
        let (own, hosts, answer) = (open.clone(), hosts.clone(), answer.clone());
        let talk = move || {
            talk(stream, &hosts, &*answer, |quiet| mark(&own, id, quiet));
            lock(&own).all.retain(|connection| connection.id != id);
        };
        if std::thread::Builder::new().name("connection".to_owned()).spawn(talk).is_err() {
            lock(&open).all.retain(|connection| connection.id != id);
        }
    }
}

fn lock(open: &Mutex<Open>) -> std::sync::MutexGuard<'_, Open> {
    // The list is whole after every change, so a thread that failed elsewhere left nothing half done.
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds a connection; the one that has been quiet the longest goes if there are too many, or else the oldest.
fn enter(open: &Mutex<Open>, stream: &TcpStream) -> io::Result<u64> {
    stream.set_write_timeout(Some(UNREAD))?;
    stream.set_nodelay(true)?;
    let stream = stream.try_clone()?;
    let mut open = lock(open);
    if open.all.len() >= MOST {
        let key = |connection: &Connection| (connection.quiet.is_none(), connection.quiet.unwrap_or(connection.since));
        let oldest = (0..open.all.len()).min_by_key(|at| key(&open.all[*at]));
        if let Some(at) = oldest {
            // Its thread finds the end of its input and goes.
            let _ = open.all.swap_remove(at).stream.shutdown(Shutdown::Both);
        }
    }
    open.next += 1;
    let (id, now) = (open.next, Instant::now());
    open.all.push(Connection { id, stream, quiet: Some(now), since: now });
    Ok(id)
}

fn mark(open: &Mutex<Open>, id: u64, is_quiet: bool) {
    if let Some(connection) = lock(open).all.iter_mut().find(|connection| connection.id == id) {
        connection.quiet = is_quiet.then(Instant::now);
    }
}

/// Answers one request after another.
fn talk(stream: TcpStream, hosts: &Hosts, answer: &impl Answer, mark: impl Fn(bool)) {
    let Ok(own) = stream.try_clone() else {
        return;
    };
    let mut requests = Requests::new(own);
    loop {
        match requests.next(hosts) {
            Ok(Some(request)) => {
                mark(false);
                match answer.answer(&request, &stream) {
                    Ok(After::Open) if request.keeps => mark(true),
                    _ => return,
                }
            }
            Ok(None) => return,
            Err(refusal) => {
                if answer.refuse(refusal, &stream).is_ok() {
                    drain(&stream);
                }
                return;
            }
        }
    }
}

/// Closing a connection with something unread in it would take the answer back.
fn drain(mut stream: &TcpStream) {
    let until = Instant::now() + DRAIN;
    let mut rest = [0; 16 * 1024];
    if stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return;
        }
        if !stream.read(&mut rest).is_ok_and(|count| count > 0) {
            return;
        }
    }
}
