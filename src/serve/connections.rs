//! Connections: each has a thread for as long as it asks; there are never more than a few, and whoever dawdles makes room.

use std::collections::VecDeque;
use std::io::{self, Read as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::request::{Hosts, Refusal, Request, Requests};

/// More connections than this at once make the one that has been quiet the longest end: a person's browser opens six.
const MOST: usize = 64;

/// If none is quiet, the next waits; but an answer that takes longer than this, because nobody reads it, makes room too.
const BUSY: Duration = Duration::from_secs(2);

/// How often to look whether one has been busy for too long.
const LOOK: Duration = Duration::from_millis(50);

/// A thread that nobody needs for so long ends.
const IDLE: Duration = Duration::from_secs(1);

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

/// The connections that are open, and the threads that answer them.
struct Connections<A> {
    list: Mutex<List>,
    one_ended: Condvar,
    one_came: Condvar,
    hosts: Hosts,
    answer: Arc<A>,
}

#[derive(Default)]
struct List {
    next: u64,
    all: Vec<Connection>,
    /// Those that no thread has taken yet.
    new: VecDeque<(u64, TcpStream)>,
    /// Threads, and those among them that wait for one. There are never more than connections, also while some are just done.
    threads: usize,
    free: usize,
}

struct Connection {
    id: u64,
    stream: TcpStream,
    /// Whether it waits for a request, or is answered; and since when.
    is_quiet: bool,
    since: Instant,
    /// It was told to end, and its thread will.
    is_ending: bool,
}

/// Accepts connections for ever.
pub fn accept<A: Answer>(listener: &TcpListener, hosts: Hosts, answer: Arc<A>) {
    let (one_ended, one_came) = (Condvar::new(), Condvar::new());
    let connections = Arc::new(Connections { list: Mutex::default(), one_ended, one_came, hosts, answer });
    for stream in listener.incoming() {
        let entered = stream.and_then(|stream| connections.enter(stream));
        match entered {
            Ok(true) => {}
            Ok(false) => {
                let own = connections.clone();
                let thread = std::thread::Builder::new().name("connection".to_owned()).spawn(move || own.work());
                // Without a new thread, one of the others takes the connection when it is done.
                connections.lock().threads -= usize::from(thread.is_err());
            }
            // Out of descriptors, most likely: those that end meanwhile make room.
            Err(_) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

impl<A: Answer> Connections<A> {
    fn lock(&self) -> MutexGuard<'_, List> {
        // The list is whole after every change, so a thread that failed elsewhere left nothing half done.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection, once there is room for it. False where it needs a new thread.
    fn enter(&self, stream: TcpStream) -> io::Result<bool> {
        stream.set_write_timeout(Some(UNREAD))?;
        stream.set_nodelay(true)?;
        let own = stream.try_clone()?;
        let mut list = self.lock();
        while list.all.len() >= MOST {
            list.make_room();
            list = self.one_ended.wait_timeout(list, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        list.next += 1;
        let id = list.next;
        list.all.push(Connection { id, stream, is_quiet: true, since: Instant::now(), is_ending: false });
        list.new.push_back((id, own));
        self.one_came.notify_one();
        let is_enough = list.new.len() <= list.free || list.threads == MOST;
        list.threads += usize::from(!is_enough);
        Ok(is_enough)
    }

    /// Answers connections until none has come for a while.
    fn work(&self) {
        loop {
            let mut list = self.lock();
            list.free += 1;
            let (mut list, _) = self
                .one_came
                .wait_timeout_while(list, IDLE, |list| list.new.is_empty())
                .unwrap_or_else(PoisonError::into_inner);
            list.free -= 1;
            let Some((id, stream)) = list.new.pop_front() else {
                list.threads -= 1;
                return;
            };
            drop(list);
            // A fault of ours in one answer, which the panic has told of at the terminal, must not take the preview with it.
            let talk = || talk(stream, &self.hosts, &*self.answer, |is_quiet| self.mark(id, is_quiet));
            let _ = std::panic::catch_unwind(AssertUnwindSafe(talk));
            self.lock().all.retain(|connection| connection.id != id);
            self.one_ended.notify_one();
        }
    }

    fn mark(&self, id: u64, is_quiet: bool) {
        if let Some(connection) = self.lock().all.iter_mut().find(|connection| connection.id == id) {
            connection.is_quiet = is_quiet;
            connection.since = Instant::now();
        }
    }
}

impl List {
    /// Ends the connection that has been quiet the longest, or else busy for too long.
    fn make_room(&mut self) {
        let may_end = |connection: &&mut Connection| {
            !connection.is_ending && (connection.is_quiet || connection.since.elapsed() > BUSY)
        };
        let oldest = self.all.iter_mut().filter(may_end).min_by_key(|one| (!one.is_quiet, one.since));
        if let Some(connection) = oldest {
            connection.is_ending = true;
            // Its thread finds the end of its input and goes.
            let _ = connection.stream.shutdown(Shutdown::Both);
        }
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
