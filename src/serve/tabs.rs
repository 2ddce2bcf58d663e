//! Browser tabs that wait for news: streams of events, without a thread each.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More tabs than this make the one that came first go; if it is still there, it comes back by itself.
const MOST: usize = 256;

/// One stream, of one browser: it may speak for several tabs.
struct Stream {
    stream: TcpStream,
    pages: Vec<Watched>,
    /// The version of the findings that it was told of.
    findings: u64,
}

/// A page that a tab shows.
#[derive(Debug, Clone)]
pub struct Watched {
    /// Its address as the browser has it, which it is told again.
    pub asked: String,
    /// Its path, decoded.
    pub path: String,
    /// The version that it was told of.
    pub version: u64,
}

/// All streams.
#[derive(Default)]
pub struct Tabs {
    streams: Mutex<Vec<Stream>>,
}

/// Versions of pages that were drawn already.
pub type Versions = HashMap<String, u64>;

impl Tabs {
    fn lock(&self) -> MutexGuard<'_, Vec<Stream>> {
        // The list is whole after every change, so a thread that failed elsewhere left nothing half done.
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a stream: its first events say the versions of its pages and of the findings. `now` is asked when nothing can come
    /// between these and the next news.
    ///
    /// # Errors
    /// Where the other side is gone.
    pub fn open(
        &self,
        mut stream: TcpStream,
        head: &[u8],
        pages: Vec<Watched>,
        now: impl FnOnce(Vec<Watched>) -> (Vec<Watched>, u64),
    ) -> io::Result<()> {
        stream.set_nonblocking(true)?;
        let mut streams = self.lock();
        let (pages, findings) = now(pages);
        let mut first = head.to_vec();
        pages.iter().for_each(|page| first.extend(page.event()));
        first.extend(findings_event(findings));
        stream.write_all(&first)?;
        if streams.len() >= MOST {
            let _ = streams.remove(0).stream.shutdown(Shutdown::Both);
        }
        streams.push(Stream { stream, pages, findings });
        Ok(())
    }

    /// The paths of all pages that are shown somewhere. Streams whose tab is gone are forgotten.
    pub fn paths(&self) -> Vec<String> {
        let mut streams = self.lock();
        streams.retain(Stream::is_open);
        let mut paths: Vec<String> =
            streams.iter().flat_map(|stream| &stream.pages).map(|page| page.path.clone()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Tells each stream which of its pages show something else now, and which files that pages may show, such as pictures, have
    /// changed. Who is gone, or doesn't listen, is forgotten.
    pub fn tell(&self, version_of: impl Fn(&str) -> Option<u64>, findings: u64, files: &[String]) {
        self.lock().retain_mut(|stream| {
            let mut news = Vec::new();
            if !files.is_empty() {
                let data = serde_json::json!(files);
                news.extend(format!("event: files\ndata: {data}\n\n").into_bytes());
            }
            for page in &mut stream.pages {
                if let Some(version) = version_of(&page.path).filter(|version| *version != page.version) {
                    page.version = version;
                    news.extend(page.event());
                }
            }
            if stream.findings != findings {
                stream.findings = findings;
                news.extend(findings_event(findings));
            }
            let is_there = news.is_empty() || stream.stream.write_all(&news).is_ok();
            if !is_there {
                let _ = stream.stream.shutdown(Shutdown::Both);
            }
            is_there
        });
    }
}

impl Stream {
    /// Whether the other side is there still: one that has gone has sent its end.
    fn is_open(&self) -> bool {
        self.stream.peek(&mut [0]).map_or_else(|error| error.kind() == io::ErrorKind::WouldBlock, |count| count > 0)
    }
}

impl Watched {
    fn event(&self) -> Vec<u8> {
        let data = serde_json::json!({ "page": self.asked, "version": format!("{:x}", self.version) });
        format!("event: page\ndata: {data}\n\n").into_bytes()
    }
}

fn findings_event(version: u64) -> Vec<u8> {
    format!("event: findings\ndata: {version:x}\n\n").into_bytes()
}
