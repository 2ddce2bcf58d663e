//! Requests: a head read within bounds of size and time, and judged before anyone acts on it.
//!
//! The server half of tiny_http bounds neither, and one request can end its process (a huge `Content-Length`); so heads are read
//! here, and only its answers are used (`answer`). Whoever doesn't ask as a browser on this page would is refused.

use std::io::{self, Read as _};
use std::net::{IpAddr, TcpStream};
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

/// More than any browser sends.
const LARGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 100;

/// A head that isn't whole after so long is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request for something, without a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// Whether only the head of the answer is wanted.
    pub is_head: bool,
    /// The path without its first `/`, decoded once: "values/index.html".
    pub path: String,
    /// What stands behind `?`, as it was sent.
    pub query: String,
    /// `If-None-Match`
    pub known: Option<String>,
    /// `Range`
    pub range: Option<String>,
    /// `If-Range`
    pub range_of: Option<String>,
    /// Whether a page of another site asks.
    pub is_foreign: bool,
    /// Whether another request may follow on the same connection.
    pub keeps: bool,
}

/// A request that isn't answered: with which status, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: u16,
    /// What to tell the person.
    pub reason: &'static str,
}

const fn refuse(status: u16, reason: &'static str) -> Refusal {
    Refusal { status, reason }
}

const UNREADABLE: Refusal = refuse(400, "This request can't be understood.");

/// Whom a request may name as its host.
#[derive(Debug, Clone)]
pub struct Hosts {
    /// The name that the preview was asked to listen on, if any.
    pub given: Option<String>,
    /// Whether other computers may ask: then every number is a good host, since nobody can make a name of their own of one.
    pub is_open: bool,
}

impl Hosts {
    /// Whether a `Host` header names this server. A web site that lets its own name lead here doesn't (DNS rebinding).
    fn allow(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').filter(|(_, port)| is_port(port)).map(|(name, _)| name),
            None => {
                let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
                is_port(port).then_some(name)
            }
        };
        let Some(name) = name else {
            return false;
        };
        let is_given = self.given.as_ref().is_some_and(|given| given.eq_ignore_ascii_case(name));
        let number = name.parse::<IpAddr>();
        is_given || name.eq_ignore_ascii_case("localhost") || number.is_ok_and(|ip| ip.is_loopback() || self.is_open)
    }
}

/// Nothing, or a colon and a number.
fn is_port(port: &str) -> bool {
    port.is_empty() || port.strip_prefix(':').is_some_and(|number| number.parse::<u16>().is_ok())
}

/// Reads requests from one connection.
pub struct Requests {
    stream: TcpStream,
    /// What was read and belongs to no request yet.
    buffer: Vec<u8>,
}

impl Requests {
    /// Of a connection.
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The next request. None where the other side is gone or said nothing.
    ///
    /// # Errors
    /// What to answer instead of what was asked for; the connection is of no more use.
    pub fn next(&mut self, hosts: &Hosts) -> Result<Option<Request>, Refusal> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(request) = self.parse(hosts)? {
                return Ok(Some(request));
            }
            if self.buffer.len() >= LARGEST_HEAD {
                let is_line = !self.buffer.contains(&b'\n');
                return Err(if is_line {
                    refuse(414, "This address is too long.")
                } else {
                    refuse(431, "This request has more about itself than any browser sends.")
                });
            }
            match self.read_until(until) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) if is_timeout(&error) && !self.buffer.is_empty() => {
                    return Err(refuse(408, "This request took too long to arrive."));
                }
                Err(_) => return Ok(None),
            }
        }
    }

    fn read_until(&mut self, until: Instant) -> io::Result<bool> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        let mut piece = [0; 4096];
        let room = (LARGEST_HEAD - self.buffer.len()).min(piece.len());
        let count = self.stream.read(&mut piece[..room])?;
        self.buffer.extend_from_slice(&piece[..count]);
        Ok(count > 0)
    }

    fn parse(&mut self, hosts: &Hosts) -> Result<Option<Request>, Refusal> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let length = match head.parse(&self.buffer) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => {
                return Err(refuse(431, "This request has more about itself than any browser sends."));
            }
            Err(_) => return Err(UNREADABLE),
        };
        let request = judge(&head, hosts)?;
        self.buffer.drain(..length);
        Ok(Some(request))
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

fn judge(head: &httparse::Request<'_, '_>, hosts: &Hosts) -> Result<Request, Refusal> {
    let all = |name: &str| {
        let named = head.headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| std::str::from_utf8(header.value).unwrap_or("\u{fffd}").trim()).collect::<Vec<_>>()
    };
    let one = |name: &str| all(name).first().map(|value| (*value).to_owned());
    let host = match all("host")[..] {
        [host] if hosts.allow(host) => host.to_owned(),
        _ => {
            return Err(refuse(
                421,
                "This preview answers only to the address that it was started with. Open the address that the terminal shows.",
            ));
        }
    };
    let is_head = match head.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(refuse(405, "This preview only shows pages: it takes nothing in.")),
    };
    let announces_body =
        all("content-length").iter().any(|length| *length != "0") || one("transfer-encoding").is_some();
    if announces_body {
        return Err(refuse(413, "This preview only shows pages: it takes nothing in."));
    }
    let target = head.path.unwrap_or_default().strip_prefix('/').ok_or(UNREADABLE)?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = decode(path).ok_or(UNREADABLE)?;
    let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(&host));
    let site = one("sec-fetch-site");
    let wants_end = one("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    Ok(Request {
        is_head,
        path,
        query: query.to_owned(),
        known: one("if-none-match"),
        range: one("range"),
        range_of: one("if-range"),
        is_foreign: site.is_some_and(|site| !matches!(&*site, "same-origin" | "none"))
            || one("origin").is_some_and(|origin| !is_own(&origin)),
        keeps: head.version == Some(1) && !wants_end,
    })
}

/// A path without its escapes. None where they stand for what is no text, or for a character that no name has.
pub fn decode(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    (!decoded.contains('\0')).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(text: &str) -> Result<Request, Refusal> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        head.parse(text.as_bytes()).expect("a head");
        judge(&head, &Hosts { given: None, is_open: false })
    }

    #[test]
    fn only_this_computers_own_names_are_hosts() {
        let hosts = |given: Option<&str>, is_open| Hosts { given: given.map(str::to_owned), is_open };
        for good in ["localhost", "127.0.0.1:4000", "[::1]", "[::1]:80", "LOCALHOST:3000"] {
            assert!(hosts(None, false).allow(good), "{good}");
        }
        for bad in ["", "evil.example", "localhost.evil.example", "127.0.0.1:9@evil", "192.168.0.7", "[::1", "a:b:c"] {
            assert!(!hosts(None, false).allow(bad), "{bad}");
        }
        assert!(hosts(None, true).allow("192.168.0.7:4000"));
        assert!(!hosts(None, true).allow("evil.example"));
        assert!(hosts(Some("Office-PC"), true).allow("office-pc:4000"));
    }

    #[test]
    fn paths_are_decoded_once() {
        let path = |target: &str| request(&format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")).map(|r| r.path);
        assert_eq!(path("/caf%C3%A9.html?x=1").as_deref(), Ok("café.html"));
        assert_eq!(path("/%252e%252e/").as_deref(), Ok("%2e%2e/"));
        assert_eq!(path("http://localhost/"), Err(UNREADABLE));
        assert_eq!(path("/%ff"), Err(UNREADABLE));
        assert_eq!(path("/x%00.html"), Err(UNREADABLE));
    }

    #[test]
    fn who_asks_for_another_site_is_known() {
        let is_foreign = |headers: &str| {
            request(&format!("GET / HTTP/1.1\r\nHost: localhost:4000\r\n{headers}\r\n")).expect("good").is_foreign
        };
        assert!(!is_foreign(""));
        assert!(!is_foreign("Origin: http://localhost:4000\r\nSec-Fetch-Site: same-origin\r\n"));
        assert!(is_foreign("Origin: https://evil.example\r\n"));
        assert!(is_foreign("Sec-Fetch-Site: cross-site\r\n"));
    }
}
