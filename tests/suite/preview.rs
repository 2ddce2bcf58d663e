//! A preview of a handbook, started as an author starts it, and a client that sends exactly what a test wants.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::ethos;

/// No test waits longer: what hasn't come by then never comes.
pub const LONGEST: Duration = Duration::from_secs(20);

/// A running preview.
pub struct Preview {
    child: Child,
    pub address: SocketAddr,
    said: Receiver<String>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Preview {
    /// Of the handbook in a folder, on a free port.
    pub fn start(root: &Path, flags: &[&str]) -> Self {
        let mut child = ethos()
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let said = listen(child.stderr.take().expect("its messages"));
        let until = Instant::now() + LONGEST;
        let address = loop {
            let line = said.recv_timeout(until.saturating_duration_since(Instant::now())).expect("its address");
            if let Some((_, url)) = line.split_once(" is at http://") {
                break url.trim().trim_end_matches('/').parse().expect("an address");
            }
        };
        Self { child, address, said }
    }

    /// What it said at the terminal since the last time.
    pub fn said(&self) -> String {
        self.said.try_iter().collect()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end.
    pub fn code(mut self) -> Option<i32> {
        let until = Instant::now() + LONGEST;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the preview goes on");
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(LONGEST)).expect("a timeout");
        stream
    }

    /// Sends bytes, and reads the one answer.
    pub fn send(&self, bytes: &[u8]) -> Option<Answer> {
        let mut stream = self.connect();
        // The server may have refused before it has read everything.
        let _ = stream.write_all(bytes);
        read_answer(&mut BufReader::new(stream), false)
    }

    /// Gets a path, with further lines of the head.
    pub fn get_with(&self, path: &str, head: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{head}\r\n", self.address);
        self.send(request.as_bytes()).unwrap_or_else(|| panic!("no answer for {path}"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    /// Waits until a path's answer is as wished.
    pub fn wait_for(&self, path: &str, is_good: impl Fn(&Answer) -> bool) -> Answer {
        let until = Instant::now() + LONGEST;
        loop {
            let answer = self.get(path);
            if is_good(&answer) {
                return answer;
            }
            assert!(Instant::now() < until, "{path} stays {} {}", answer.status, answer.text());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until a page says something.
    pub fn wait_for_text(&self, path: &str, text: &str) -> Answer {
        self.wait_for(path, |answer| answer.text().contains(text))
    }

    /// The list of findings.
    pub fn findings(&self) -> String {
        self.get("/.ethos/findings").text()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as it would be published: without the preview's script.
    pub fn published(&self) -> Vec<u8> {
        let Ok(text) = std::str::from_utf8(&self.body) else {
            return self.body.clone();
        };
        let (start, tag) = ("<script src=\"/.ethos/live.js\"", "></script>");
        match text.find(start) {
            Some(at) => {
                let end = at + text[at..].find(tag).expect("the end of the tag") + tag.len();
                format!("{}{}", &text[..at], &text[end..]).into_bytes()
            }
            None => self.body.clone(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Reads one answer; none where there is none.
pub fn read_answer(reader: &mut BufReader<TcpStream>, is_head: bool) -> Option<Answer> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let answer = Answer { status, head, body: Vec::new() };
    let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; if is_head || status == 304 { 0 } else { length }];
    reader.read_exact(&mut body).ok()?;
    Some(Answer { body, ..answer })
}

fn listen(messages: ChildStderr) -> Receiver<String> {
    let (sender, said) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(messages).lines().map_while(Result::ok) {
            if sender.send(line + "\n").is_err() {
                return;
            }
        }
    });
    said
}
