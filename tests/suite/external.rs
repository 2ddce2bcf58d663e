//! `ethos check --external`, against a server on this computer.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{Handbook, SETTINGS, ethos};

/// A question that the server was asked: how, for what, and when.
#[derive(Debug, Clone)]
struct Asked {
    line: String,
    agent: String,
    from: Instant,
    until: Instant,
}

struct Site {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Site {
    fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let own = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let asked = own.clone();
                std::thread::spawn(move || answer(stream, &asked));
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no test fails while it is held").clone()
    }
}

/// Answers one question, as its path wishes, and closes.
fn answer(mut stream: TcpStream, asked: &Mutex<Vec<Asked>>) {
    let from = Instant::now();
    let lines: Vec<String> = BufReader::new(stream.try_clone().expect("a stream"))
        .lines()
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    let Some(line) = lines.first().cloned() else { return };
    let agent = lines.iter().find(|line| line.to_lowercase().starts_with("user-agent:")).cloned().unwrap_or_default();
    let mut words = line.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let head = match (method, path) {
        (_, "/moved") => "301 Moved\r\nLocation: /found".to_owned(),
        (_, "/chain") => "301 Moved\r\nLocation: /moved".to_owned(),
        (_, "/for-now") => "302 Found\r\nLocation: /found".to_owned(),
        (_, "/moved-to-nothing") => "308 Moved\r\nLocation: dead".to_owned(),
        (_, "/circle") => "301 Moved\r\nLocation: /circle".to_owned(),
        (_, "/dead") => "404 Not Found".to_owned(),
        (_, "/gone") => "410 Gone".to_owned(),
        (_, "/locked") => "401 Unauthorized".to_owned(),
        (_, "/broken") => "503 Unavailable".to_owned(),
        ("HEAD", "/no-head") => "405 Not Allowed".to_owned(),
        ("HEAD", "/odd-head") => "404 Not Found".to_owned(),
        _ => "200 OK".to_owned(),
    };
    if path == "/slow" {
        std::thread::sleep(Duration::from_secs(20));
    }
    // Long enough for two questions at once to be seen.
    std::thread::sleep(Duration::from_millis(40));
    let until = Instant::now();
    asked.lock().expect("no test fails while it is held").push(Asked { line: line.clone(), agent, from, until });
    let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// A handbook with a page of links.
fn linking(urls: &[String]) -> Handbook {
    let links: String = urls.iter().map(|url| format!("- [A page]({url})\n")).collect();
    Handbook::new().file("content/links.md", &format!("+++\ntitle = \"Links\"\n+++\n\n{links}"))
}

/// What is found of the links, one finding a line, without the part of the address that differs from run to run.
fn check(handbook: &Handbook, site: &Site) -> String {
    let checked = ethos()
        .args(["check", "--external", "--message-format", "short", "--quiet"])
        .args(["--only", "dead-link,moved-link,unreachable-link"])
        .env("ETHOS_CACHE", handbook.root().join("cache"))
        .arg("--root")
        .arg(handbook.root())
        .output()
        .expect("the program runs");
    assert_eq!(checked.status.code(), Some(0), "warnings don't stop");
    let said = String::from_utf8_lossy(&checked.stderr).replace(&site.url(""), "");
    said.lines().filter(|line| !line.starts_with("Checked ")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn links_that_lead_somewhere_are_not_found() {
    let site = Site::open();
    let found = ["/found", "/found#part", "/for-now", "/locked", "/no-head", "/odd-head"].map(|path| site.url(path));
    assert_eq!(check(&linking(&found), &site), "");
    let asked = site.asked();
    assert!(asked.iter().all(|one| one.agent.contains("ethos/")), "{asked:?}");
    assert!(asked.iter().any(|one| one.line.starts_with("GET /no-head")), "{asked:?}");
    assert!(!asked.iter().any(|one| one.line.starts_with("GET /found")), "a head is enough: {asked:?}");
    assert_eq!(asked.iter().filter(|one| one.line.contains(" /found ")).count(), 2, "once, and once by /for-now");
}

#[test]
fn one_question_at_a_time_with_a_pause() {
    let site = Site::open();
    check(&linking(&["/a", "/b", "/c", "/d"].map(|path| site.url(path))), &site);
    let mut asked = site.asked();
    asked.sort_by_key(|one| one.from);
    assert_eq!(asked.len(), 4);
    for pair in asked.windows(2) {
        assert!(pair[1].from >= pair[0].until + Duration::from_millis(200), "{asked:?}");
    }
}

#[test]
fn what_is_gone_or_moved_is_found() {
    let site = Site::open();
    let lost = ["/dead", "/gone", "/moved", "/chain", "/moved-to-nothing", "/circle", "/broken", "/dead"];
    let said = check(&linking(&lost.map(|path| site.url(path))), &site);
    let expected = "\
content/links.md:5:12: warning[dead-link]: `/dead` leads nowhere: the site answers that it has no such page (404) (look for the page on that site and write its new address, or take the link out; the same address stands in 1 other place)
content/links.md:6:12: warning[dead-link]: `/gone` leads nowhere: the site answers that the page is gone for good (410) (look for the page on that site and write its new address, or take the link out)
content/links.md:7:12: warning[moved-link]: `/moved` has moved for good (write the new address: /found)
content/links.md:8:12: warning[moved-link]: `/chain` has moved for good, by way of 2 addresses one after the other (write the new address: /found)
content/links.md:9:12: warning[dead-link]: `/moved-to-nothing` leads nowhere: the site answers that it has no such page (404) (look for the page on that site and write its new address, or take the link out)
content/links.md:10:12: warning[dead-link]: `/circle` leads nowhere: it sends readers on more than 10 times, perhaps in a circle (look for the page on that site and write its new address, or take the link out)
content/links.md:11:12: hint[unreachable-link]: `/broken` couldn't be tried: the site has a fault of its own (503) (try again later; if it stays so, look at it in a browser)
";
    assert_eq!(said, expected);
}

#[test]
fn a_site_that_does_not_exist_is_dead_and_one_that_is_shut_may_come_back() {
    let site = Site::open();
    let shut = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port();
    let urls = [site.url("/found"), "http://no-such-site.invalid/".to_owned(), format!("http://127.0.0.1:{shut}/")];
    let said = check(&linking(&urls), &site);
    assert!(said.contains("[unreachable-link]") && said.contains("the site doesn't answer"), "{said}");
    // Where no name can be looked up at all, nobody can tell.
    assert!(said.contains("`http://no-such-site.invalid/`"), "{said}");
}

#[test]
fn a_site_that_takes_too_long_is_not_waited_for() {
    let site = Site::open();
    let started = Instant::now();
    let said = check(&linking(&[site.url("/slow")]), &site);
    assert!(
        said.contains("hint[unreachable-link]: `/slow` couldn't be tried: the site didn't answer within 15 seconds"),
        "{said}"
    );
    assert!(started.elapsed() < Duration::from_secs(25));
}

#[test]
fn good_answers_are_remembered_and_bad_ones_asked_again() {
    let site = Site::open();
    let handbook = linking(&["/found", "/moved", "/dead"].map(|path| site.url(path)));
    let first = check(&handbook, &site);
    let before = site.asked().len();
    assert_eq!(check(&handbook, &site), first);
    let again: Vec<_> = site.asked().split_off(before).into_iter().map(|one| one.line).collect();
    assert!(!again.is_empty() && again.iter().all(|line| line.contains(" /dead ")), "{again:?}");
}

#[test]
fn addresses_may_be_left_out_and_the_handbooks_own_are() {
    let site = Site::open();
    let settings = format!(
        "{SETTINGS}base_url = \"{}\"\n\n[check.external]\nskip = [\"{}\"]\n",
        site.url("/handbook/"),
        site.url("/intranet/")
    );
    let urls = ["/intranet/page", "/handbook/links.html", "/found"].map(|path| site.url(path));
    check(&linking(&urls).file("ethos.toml", &settings), &site);
    let asked: Vec<_> = site.asked().into_iter().map(|one| one.line).collect();
    assert_eq!(asked, ["HEAD /found HTTP/1.1"]);
}

#[test]
fn nothing_is_asked_unless_the_flag_says_so() {
    let site = Site::open();
    let handbook = linking(&[site.url("/dead")]);
    handbook.build();
    handbook.run(&["check"]);
    assert!(site.asked().is_empty());
}
