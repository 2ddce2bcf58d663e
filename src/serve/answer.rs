//! Answers: what is shown at an address, with what a browser needs to know of it; tiny_http writes them.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Cursor, Read, Seek as _, SeekFrom, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use tiny_http::{HTTPVersion, Header, Response};

use super::connections::{After, Answer};
use super::edition::{Edition, Shown};
use super::preview::Preview;
use super::request::{Refusal, Request, decode};
use super::tabs::Watched;
use super::whole::Whole;
use super::{about, page};
use crate::files;

/// Where the preview's own files are: no file of a handbook that begins with a full stop is ever published.
const OWN: &str = ".ethos/";

/// One stream may speak for so many tabs.
const MOST_PAGES: usize = 100;

/// The policy of the published site (`docs/publishing.md`), and leave for the preview's script to ask this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
                      font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const LIVE_SCRIPT: &str = include_str!("client/live.js");
const WORKER_SCRIPT: &str = include_str!("client/worker.js");
const STYLES: &str = include_str!("client/preview.css");

fn into_bytes(text: Cow<'static, str>) -> Cow<'static, [u8]> {
    match text {
        Cow::Borrowed(text) => text.as_bytes().into(),
        Cow::Owned(text) => text.into_bytes().into(),
    }
}

/// An answer in the making.
struct Reply {
    status: u16,
    mime: String,
    etag: Option<String>,
    location: Option<String>,
    body: Body,
}

enum Body {
    Bytes(Cow<'static, [u8]>),
    File(File, u64),
}

impl Reply {
    fn text(status: u16, mime: &str, text: impl Into<Cow<'static, str>>) -> Self {
        Self { status, mime: mime.to_owned(), etag: None, location: None, body: Body::Bytes(into_bytes(text.into())) }
    }

    fn nothing(status: u16, reason: &str) -> Self {
        Self::text(status, "text/plain; charset=utf-8", format!("{reason}\n"))
    }
}

impl Answer for Preview {
    fn answer(&self, request: &Request, stream: &TcpStream) -> io::Result<After> {
        let reply = match request.path.strip_prefix(OWN) {
            Some(_) if request.is_foreign => Reply::nothing(403, "Only pages of this preview may ask for this."),
            Some("events") if !request.is_head => return self.stream(request, stream),
            Some(name) => self.own(name, request),
            None => self.page(request),
        };
        write(reply, request, stream)?;
        Ok(After::Open)
    }

    fn refuse(&self, refusal: Refusal, stream: &TcpStream) -> io::Result<()> {
        send(Reply::nothing(refusal.status, refusal.reason), None, false, stream)
    }
}

impl Preview {
    /// A page or file of the handbook.
    fn page(&self, request: &Request) -> Reply {
        let mut asked: Option<Arc<Edition>> = None;
        loop {
            let Some(edition) = self.edition() else {
                let findings = self.findings();
                return Reply::text(503, HTML, page::nothing_yet(&findings.diagnostics, &findings.sources));
            };
            if asked.is_some_and(|asked| Arc::ptr_eq(&asked, &edition)) {
                return Reply::nothing(500, "Ethos failed to make this; the terminal says more.");
            }
            if let Some(reply) = edition.in_turn(&request.path, |whole| self.shown(&edition, &request.path, whole)) {
                return reply;
            }
            // A newer edition has come while this one's was waited for.
            asked = Some(edition);
        }
    }

    fn shown(&self, edition: &Edition, path: &str, whole: Option<&Whole>) -> Reply {
        let shown = match edition.show(path, whole) {
            Ok(shown) => shown,
            Err(diagnostic) => return Reply::text(500, HTML, page::undrawable(&diagnostic, edition.site())),
        };
        let version = shown.version();
        match shown {
            Shown::Made(path, bytes) => made(200, &path, bytes, version),
            Shown::Missing(bytes) => made(404, "404.html", bytes, version),
            Shown::File(path, disk) => file(self.root(), &path, &disk)
                .unwrap_or_else(|_| Reply::nothing(404, "This file was there a moment ago, and isn't any more.")),
            Shown::Folder(path) => {
                let location = format!("/{}", crate::words::address::encode(&path));
                Reply { location: Some(location), ..Reply::nothing(302, "This is a folder.") }
            }
        }
    }

    /// A file of the preview's own.
    fn own(&self, name: &str, request: &Request) -> Reply {
        match name {
            "live.js" => Reply::text(200, "text/javascript; charset=utf-8", LIVE_SCRIPT),
            "worker.js" => Reply::text(200, "text/javascript; charset=utf-8", WORKER_SCRIPT),
            "preview.css" => Reply::text(200, "text/css; charset=utf-8", STYLES),
            "findings" => Reply::text(200, HTML, self.findings().html.clone()),
            "about" => {
                let asked = pages(&request.query).into_iter().next();
                let about = asked.and_then(|(_, path)| Some(about::html(&*self.edition()?, &path, &self.findings())));
                about.map_or_else(
                    || Reply::nothing(404, "There is nothing to say of this page."),
                    |html| Reply::text(200, HTML, html),
                )
            }
            _ => Reply::nothing(404, "The preview has no such file."),
        }
    }

    /// Begins a stream of events, which outlives this thread.
    fn stream(&self, request: &Request, stream: &TcpStream) -> io::Result<After> {
        let pages = pages(&request.query).into_iter().take(MOST_PAGES);
        let watched = pages.map(|(asked, path)| Watched { asked, path, version: 0 }).collect();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}Connection: close\r\n\r\nretry: 500\n\n",
            always().map(|(name, value)| format!("{name}: {value}\r\n")).concat()
        );
        self.open_stream(stream.try_clone()?, head.as_bytes(), watched)?;
        Ok(After::Done)
    }
}

/// `page=%2Fvalues%2Findex.html`, as often as there are pages: each as it was sent, and its path.
fn pages(query: &str) -> Vec<(String, String)> {
    let values = query.split('&').filter_map(|pair| pair.strip_prefix("page="));
    values
        .filter_map(|value| {
            let asked = decode(value)?;
            let path = decode(asked.strip_prefix('/')?)?;
            Some((asked, path))
        })
        .collect()
}

const HTML: &str = "text/html; charset=utf-8";

/// What Ethos makes; pages get the preview's script.
fn made(status: u16, path: &str, bytes: Vec<u8>, version: u64) -> Reply {
    let mime = mime(path);
    let bytes = if mime == HTML { with_script(bytes, version) } else { bytes };
    let etag = (status == 200).then(|| format!("\"{version:016x}\""));
    Reply { status, mime, etag, location: None, body: Body::Bytes(bytes.into()) }
}

/// A page with the reload script as the first of its head, so that it runs before the theme's scripts change anything.
fn with_script(bytes: Vec<u8>, version: u64) -> Vec<u8> {
    let script = page::script(version);
    let Ok(html) = std::str::from_utf8(&bytes) else {
        return bytes;
    };
    let mut has_head = false;
    let rewritten = {
        let head = element!("head", |head| {
            has_head = true;
            head.prepend(&script, ContentType::Html);
            Ok(())
        });
        rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(head).with_strict(false))
    };
    match rewritten {
        Ok(html) if has_head => html.into_bytes(),
        _ => format!("{html}{script}").into_bytes(),
    }
}

/// A file of the handbook, as long as it still lies in the handbook's folder.
fn file(root: &Path, path: &str, disk: &Path) -> io::Result<Reply> {
    if !disk.canonicalize()?.starts_with(root) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let (file, metadata) = files::open(disk)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let etag = Some(format!("\"{:x}-{modified:x}\"", metadata.len()));
    Ok(Reply { status: 200, mime: mime(path), etag, location: None, body: Body::File(file, metadata.len()) })
}

fn mime(path: &str) -> String {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = mime.type_() == "text" || matches!(mime.essence_str(), "application/json" | "application/xml");
    if is_text { format!("{}; charset=utf-8", mime.essence_str()) } else { mime.essence_str().to_owned() }
}

/// Writes an answer: nothing again where the browser has it, and a part of a file where it asks for one.
fn write(mut reply: Reply, request: &Request, stream: &TcpStream) -> io::Result<()> {
    let is_known = match (&reply.etag, &request.known) {
        (Some(etag), Some(known)) => known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag),
        _ => false,
    };
    if reply.status == 200 && is_known {
        reply.status = 304;
        reply.body = Body::Bytes(Cow::default());
        return send(reply, None, request.is_head, stream);
    }
    let is_whole = request.range_of.as_ref().is_some_and(|of| reply.etag.as_ref() != Some(of));
    let range = match (&reply.body, &request.range) {
        (Body::File(_, length), Some(range)) if reply.status == 200 && !is_whole => part(range, *length),
        _ => Part::All,
    };
    match (range, &mut reply.body) {
        (Part::Some(first, last), Body::File(file, length)) => {
            let of = format!("bytes {first}-{last}/{length}");
            file.seek(SeekFrom::Start(first))?;
            *length = last - first + 1;
            reply.status = 206;
            send(reply, Some(of), request.is_head, stream)
        }
        (Part::Beyond, Body::File(_, length)) => {
            let of = format!("bytes */{length}");
            send(Reply::nothing(416, "This file is shorter."), Some(of), request.is_head, stream)
        }
        _ => send(reply, None, request.is_head, stream),
    }
}

/// What a `Range` asks for.
enum Part {
    All,
    Some(u64, u64),
    Beyond,
}

/// One range of bytes; more of them, or what can't be read as one, is answered with the whole file, as a server may.
fn part(range: &str, length: u64) -> Part {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
        return Part::All;
    };
    let (first, last) = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.min(length.saturating_sub(1))),
        (Ok(first), Err(_)) if last.is_empty() => (first, length.saturating_sub(1)),
        (Err(_), Ok(count)) if first.is_empty() && count > 0 => {
            (length.saturating_sub(count), length.saturating_sub(1))
        }
        _ => return Part::All,
    };
    if first < length { Part::Some(first, last) } else { Part::Beyond }
}

/// What stands in the head of every answer.
fn always() -> [(&'static str, &'static str); 6] {
    [
        ("Server", "Ethos"),
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Content-Security-Policy", POLICY),
    ]
}

fn send(reply: Reply, range: Option<String>, is_head: bool, stream: &TcpStream) -> io::Result<()> {
    let (body, length): (Box<dyn Read>, u64) = match reply.body {
        Body::Bytes(bytes) => {
            let length = bytes.len() as u64;
            (Box::new(Cursor::new(bytes)), length)
        }
        Body::File(file, length) => (Box::new(file.take(length)), length),
    };
    let own = [
        ("Content-Type", Some(reply.mime)),
        ("ETag", reply.etag),
        ("Location", reply.location),
        ("Accept-Ranges", (reply.status == 206).then(|| "bytes".to_owned())),
        ("Content-Range", range),
        ("Allow", (reply.status == 405).then(|| "GET, HEAD".to_owned())),
    ];
    let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let always = always().into_iter().map(|(name, value)| (name, value.to_owned()));
    let headers = always.chain(own).filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    let response = Response::new(reply.status.into(), headers.collect(), body, Some(length as usize), None);
    let mut writer = BufWriter::new(stream);
    // In one piece with its length, so that a browser sees at once when a file was cut off.
    response.with_chunked_threshold(usize::MAX).raw_print(&mut writer, HTTPVersion(1, 1), &[], is_head, None)?;
    writer.flush()
}
