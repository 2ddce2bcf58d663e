//! The preview's server against what no browser sends: raw bytes on a socket.

use std::fs;
use std::io::{BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::preview::{LONGEST, Preview, read_answer};
use crate::support::Handbook;

/// A handbook beside a secret.
fn secret() -> (Handbook, Preview) {
    let handbook =
        Handbook::new().file("secret.txt", "the secret").file("content/a.md", "+++\ntitle = \"A\"\n+++\n\nText.\n");
    let preview = Preview::start(handbook.root(), &[]);
    (handbook, preview)
}

/// Memory that a process holds, in KiB, and how many threads it has.
#[cfg(target_os = "linux")]
fn size(pid: u32) -> (u64, u64) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let number = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).expect("a line");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    };
    (number("VmRSS:"), number("Threads:"))
}

fn assert_alive(preview: &Preview) {
    let began = Instant::now();
    assert_eq!(preview.get("/a.html").status, 200);
    assert!(began.elapsed() < Duration::from_secs(2), "a page took {:?}", began.elapsed());
}

/// Whatever is done to a preview, it holds little more memory afterwards, while what `harm` gives back lasts; and it still answers.
#[cfg(target_os = "linux")]
fn assert_stays_small<T>(most_kib: u64, harm: impl FnOnce(&Preview) -> T) {
    let (_handbook, preview) = secret();
    preview.get("/a.html");
    let (before, _) = size(preview.pid());
    let held = harm(&preview);
    let (after, _) = size(preview.pid());
    drop(held);
    assert!(after <= before + most_kib, "{before} KiB, then {after} KiB");
    assert_alive(&preview);
}

#[test]
fn no_path_leads_out() {
    let (handbook, preview) = secret();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(handbook.root().join("ethos.toml"), handbook.root().join("content/inside.txt"))
            .expect("a link");
        std::os::unix::fs::symlink("/etc/passwd", handbook.root().join("content/outside.txt")).expect("a link");
    }
    let root = handbook.root().display().to_string();
    let paths = [
        "/../secret.txt",
        "/../../../../../../etc/passwd",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/%252e%252e/secret.txt",
        "/a\\..\\..\\secret.txt",
        "/%5c..%5csecret.txt",
        "//etc/passwd",
        "/C:/x",
        "/x%00.html",
        "/a.html%00",
        "/%ff",
        "/%",
        "/%2",
        "/secret.txt",
        "/ethos.toml",
        "/content/a.md",
        "/.ethos",
        "/.ethos/",
        "/.ethos/../secret.txt",
        "/.ethos/%2e%2e",
        "/assets/",
        "/assets",
        "/outside.txt",
        "http://localhost/a.html",
        "secret.txt",
        "*",
        "/.git/config",
        "/A.HTML",
        "/a.html/",
        "/a.html/index.html",
        &root,
    ];
    for path in paths {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = preview.send(request.as_bytes()).unwrap_or_else(|| panic!("no answer for {path}"));
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        let text = answer.text();
        assert!(
            !text.contains("the secret") && !text.contains("root:") && !text.contains("organisation ="),
            "{path}: {text}"
        );
    }
    assert_alive(&preview);
}

/// A file that becomes a link out of the handbook between two looks is not followed.
#[test]
#[cfg(unix)]
fn no_link_is_followed_out() {
    let handbook = Handbook::new().file("content/picture.png", "a picture");
    let preview = Preview::start(handbook.root(), &[]);
    assert_eq!(preview.get("/picture.png").text(), "a picture");
    let path = handbook.root().join("content/picture.png");
    fs::remove_file(&path).expect("a removal");
    std::os::unix::fs::symlink("/etc/passwd", &path).expect("a link");
    for _ in 0..50 {
        let answer = preview.get("/picture.png");
        assert!(answer.status == 404 && !answer.text().contains("root:"), "{}", answer.text());
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn other_names_for_this_computer_are_refused() {
    let (_handbook, preview) = secret();
    let port = preview.address.port();
    let status = |head: &str| {
        preview
            .send(format!("GET /a.html HTTP/1.1\r\n{head}Connection: close\r\n\r\n").as_bytes())
            .map(|answer| answer.status)
    };
    for good in ["localhost".to_owned(), format!("127.0.0.1:{port}"), "[::1]".to_owned(), "LOCALHOST:3000".to_owned()] {
        assert_eq!(status(&format!("Host: {good}\r\n")), Some(200), "{good}");
    }
    for bad in [
        "Host: evil.example\r\n",
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1:9@evil\r\n",
        "Host: 192.168.1.1\r\n",
        "Host: \r\n",
        "Host: local\u{00e9}host\r\n",
    ] {
        assert_eq!(status(bad), Some(421), "{bad}");
    }
}

#[test]
fn other_sites_hear_nothing() {
    let (_handbook, preview) = secret();
    for head in [
        "Origin: https://evil.example\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Origin: null\r\n",
    ] {
        for path in ["/.ethos/events?page=%2F", "/.ethos/findings", "/.ethos/about?page=%2F", "/.ethos/live.js"] {
            assert_eq!(preview.get_with(path, head).status, 403, "{path} {head}");
        }
    }
    let own = format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", preview.address);
    assert_eq!(preview.get_with("/.ethos/findings", &own).status, 200);
    for path in ["/", "/nope", "/.ethos/live.js"] {
        let answer = preview.get(path);
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(!answer.head.to_lowercase().contains("access-control"), "{path}");
    }
}

/// The preview's policy is the one that the guide gives to those who publish, and leave to ask the preview's own server.
#[test]
fn the_policy_is_the_published_one() {
    let (_handbook, preview) = secret();
    let guide = fs::read_to_string(crate::support::project().join("docs/publishing.md")).expect("the guide");
    let policy = preview.get("/").header("content-security-policy").expect("a policy").to_owned();
    assert!(guide.contains(&policy.replace("connect-src 'self'", "connect-src 'none'")), "{policy}");
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_is_taken_in() {
    assert_stays_small(4 * 1024, |preview| {
        for (head, statuses) in [
            ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", &[405][..]),
            ("PUT / HTTP/1.1\r\nHost: localhost\r\n\r\n", &[405]),
            ("OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n", &[405]),
            ("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", &[405]),
            ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", &[405]),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", &[413]),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", &[400, 413]),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 7\r\n\r\n", &[400, 413]),
            (
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                &[400, 413],
            ),
            ("GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", &[400]),
            ("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", &[400]),
            ("\u{0}\u{1}\u{2}\r\n\r\n", &[400]),
            ("GET /\r\n\r\n", &[400]),
        ] {
            let answer = preview.send(head.as_bytes()).unwrap_or_else(|| panic!("no answer for {head}"));
            assert!(statuses.contains(&answer.status), "{head}: {}", answer.status);
        }
    });
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_too_long_is_refused() {
    assert_stays_small(20 * 1024, |preview| {
        let flood = |first: &[u8], piece: &[u8], pieces: usize| {
            let mut stream = preview.connect();
            let mut answer = BufReader::new(stream.try_clone().expect("a connection"));
            let _ = stream.write_all(first);
            for _ in 0..pieces {
                if stream.write_all(piece).is_err() {
                    break;
                }
            }
            // A refusal that comes while we still write may be lost with the connection; it is never a page.
            read_answer(&mut answer, false).map(|answer| answer.status)
        };
        let long = vec![b'a'; 1024 * 1024];
        assert!(matches!(flood(b"GET /", &long, 64), Some(414) | None));
        let header = [b"X: ".as_slice(), &long, b"\r\n"].concat();
        assert!(matches!(flood(b"GET / HTTP/1.1\r\nHost: localhost\r\n", &header, 1), Some(431) | None));
        let small = b"X: y\r\n".repeat(1000);
        assert!(matches!(flood(b"GET / HTTP/1.1\r\nHost: localhost\r\n", &small, 100), Some(431) | None));
        // What just doesn't fit is told.
        let head = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "y".repeat(17_000));
        assert_eq!(preview.send(head.as_bytes()).map(|answer| answer.status), Some(431));
        let head = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(101));
        assert_eq!(preview.send(head.as_bytes()).map(|answer| answer.status), Some(431));
        assert_eq!(
            preview.send(format!("GET /{} HTTP/1.1\r\n", "y".repeat(17_000)).as_bytes()).map(|answer| answer.status),
            Some(414)
        );
    });
}

/// Connections that say nothing, half a word, or don't read what they asked for.
#[test]
#[cfg(target_os = "linux")]
fn who_dawdles_stops_nobody() {
    assert_stays_small(20 * 1024, |preview| {
        let mut idle: Vec<TcpStream> = Vec::new();
        for number in 0..1000 {
            let mut stream = preview.connect();
            match number % 3 {
                0 => {}
                1 => stream.write_all(b"GET /a.h").expect("a beginning"),
                _ => {
                    let _ = stream.write_all(b"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n");
                }
            }
            idle.push(stream);
            if number % 100 == 99 {
                assert_alive(preview);
            }
        }
        let (_, threads) = size(preview.pid());
        assert!(threads <= 80, "{threads} threads");
        idle
    });
}

#[test]
fn half_a_request_ends_by_itself() {
    let (_handbook, preview) = secret();
    let mut slow = preview.connect();
    let began = Instant::now();
    slow.write_all(b"GET /a.html HTTP/1.1\r\nHo").expect("a beginning");
    let mut rest = String::new();
    slow.read_to_string(&mut rest).expect("an end");
    assert!(rest.starts_with("HTTP/1.1 408"), "{rest}");
    assert!(began.elapsed() < Duration::from_secs(15));
    assert_alive(&preview);
}

/// Many tabs wait for news and cost no thread each; pages are served meanwhile, and who has gone is forgotten.
#[test]
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "tests write handbooks")]
fn fifty_streams_stop_nobody() {
    let (handbook, preview) = secret();
    preview.get("/a.html");
    let mut streams: Vec<BufReader<TcpStream>> = (0..50)
        .map(|number| {
            let mut stream = preview.connect();
            let page = if number % 2 == 0 { "%2Fa.html" } else { "%2Findex.html" };
            write!(stream, "GET /.ethos/events?page={page} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
            BufReader::new(stream)
        })
        .collect();
    for stream in &mut streams {
        let first = events(stream, 2);
        assert!(
            first.contains("text/event-stream") && first.contains("event: page") && first.contains("event: findings"),
            "{first}"
        );
    }
    let until = Instant::now() + LONGEST;
    while size(preview.pid()).1 > 16 {
        assert!(Instant::now() < until, "{} threads", size(preview.pid()).1);
        std::thread::sleep(Duration::from_millis(20));
    }
    for _ in 0..100 {
        assert_alive(&preview);
    }
    // Only those who show the page hear of it.
    streams.truncate(40);
    fs::write(handbook.root().join("content/a.md"), "+++\ntitle = \"A\"\n+++\n\nNews.\n").expect("a write");
    for (number, stream) in streams.iter_mut().enumerate() {
        if number % 2 == 0 {
            assert!(events(stream, 1).contains("\"page\":\"/a.html\""));
        } else {
            stream.get_ref().set_read_timeout(Some(Duration::from_millis(20))).expect("a timeout");
            let mut byte = [0];
            assert!(stream.read(&mut byte).is_err(), "a page that shows something else was told");
        }
    }
    assert_alive(&preview);
}

/// Reads so many events, and the head before the first.
#[cfg(target_os = "linux")]
fn events(stream: &mut BufReader<TcpStream>, count: usize) -> String {
    use std::io::BufRead as _;
    let mut text = String::new();
    let mut seen = 0;
    while seen < count {
        let mut line = String::new();
        if stream.read_line(&mut line).expect("an event") == 0 {
            break;
        }
        seen += usize::from(line.starts_with("data:"));
        text.push_str(&line);
    }
    let mut line = String::new();
    let _ = stream.read_line(&mut line);
    text
}
