//! Asking other sites: eight at a time, each of them one question at a time with a pause after it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig};

/// How many sites are asked at once.
const AT_ONCE: usize = 8;

/// How long a site is left alone between two questions.
const PAUSE: Duration = Duration::from_millis(250);

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often a site may send us on.
const MOST_STEPS: usize = 10;

/// What an address can't hold as it is.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'|').add(b'\\');

/// What came of trying an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The page is there.
    Good,
    /// It is at another address for good.
    Moved {
        /// Where.
        to: String,
        /// Over how many addresses one is sent.
        steps: usize,
    },
    /// It isn't there, and why that is known.
    Dead(String),
    /// Nobody knows, and why.
    Unreachable(String),
}

/// When each site was asked last; whoever asks one holds its lock.
type Sites = Mutex<BTreeMap<String, Arc<Mutex<Option<Instant>>>>>;

struct Asker {
    agent: Agent,
    sites: Sites,
}

/// Tries addresses, each once.
pub fn all(urls: &[&str]) -> Vec<(String, Answer)> {
    let mut by_site: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for url in urls {
        by_site.entry(site(url)).or_default().push(url);
    }
    let groups: Vec<Vec<&str>> = by_site.into_values().collect();
    let asker = Asker { agent: agent(), sites: Mutex::default() };
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::new());
    let work = || {
        while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
            for url in group {
                let answer = asker.ask(url);
                answers.lock().unwrap_or_else(PoisonError::into_inner).push(((*url).to_owned(), answer));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(groups.len()) {
            scope.spawn(work);
        }
    });
    doubted(answers.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Where no site at all has a name, it is this computer that is offline.
fn doubted(mut answers: Vec<(String, Answer)>) -> Vec<(String, Answer)> {
    let is_nameless = |answer: &Answer| matches!(answer, Answer::Dead(why) if why == NO_SITE);
    let has_reply = answers.iter().any(|(_, answer)| !is_nameless(answer) && !matches!(answer, Answer::Unreachable(_)));
    for (_, answer) in answers.iter_mut().filter(|(_, answer)| !has_reply && is_nameless(answer)) {
        *answer = Answer::Unreachable("no site could be found; is this computer online?".to_owned());
    }
    answers
}

const NO_SITE: &str = "there is no site of this name";

fn agent() -> Agent {
    let version = env!("CARGO_PKG_VERSION");
    let certificates = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(PATIENCE))
        .tls_config(certificates)
        .user_agent(format!("ethos/{version} (looks for dead links in a handbook)"));
    config.build().new_agent()
}

impl Asker {
    /// Follows an address to its end.
    fn ask(&self, url: &str) -> Answer {
        let mut at = utf8_percent_encode(url, ESCAPED).to_string();
        let mut moved = None;
        let mut is_for_good = true;
        for step in 0..=MOST_STEPS {
            let (status, location) = match self.request(&at) {
                Ok(answered) => answered,
                Err(error) => return refused(&error),
            };
            let Some(location) = location.filter(|_| (300..400).contains(&status)) else {
                return ended(status, moved, step);
            };
            at = joined(&at, &location);
            is_for_good &= matches!(status, 301 | 308);
            if is_for_good {
                moved = Some(at.clone());
            }
        }
        Answer::Dead(format!("it sends readers on more than {MOST_STEPS} times, perhaps in a circle"))
    }

    /// Asks for the head alone, and where that isn't answered, for the page.
    fn request(&self, url: &str) -> Result<(u16, Option<String>), ureq::Error> {
        let head = self.in_turn(url, || self.agent.head(url).call())?;
        if matches!(head.0, 400 | 403 | 404 | 405 | 406 | 501) {
            return self.in_turn(url, || self.agent.get(url).call());
        }
        Ok(head)
    }

    fn in_turn<B>(
        &self,
        url: &str,
        ask: impl FnOnce() -> Result<Response<B>, ureq::Error>,
    ) -> Result<(u16, Option<String>), ureq::Error> {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let own = sites.entry(site(url).to_owned()).or_default().clone();
        drop(sites);
        let mut last = own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = *last {
            std::thread::sleep(PAUSE.saturating_sub(last.elapsed()));
        }
        let answered = ask();
        *last = Some(Instant::now());
        let answered = answered?;
        let location = answered.headers().get("location").and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok((answered.status().as_u16(), location))
    }
}

/// What the last answer on the way means.
fn ended(status: u16, moved: Option<String>, steps: usize) -> Answer {
    match (status, moved) {
        // A page that asks who one is, is there.
        (200..=299 | 304 | 401 | 403 | 407, Some(to)) => Answer::Moved { to, steps },
        (200..=299 | 304 | 401 | 403 | 407, None) => Answer::Good,
        (404, _) => Answer::Dead("the site answers that it has no such page (404)".to_owned()),
        (410, _) => Answer::Dead("the site answers that the page is gone for good (410)".to_owned()),
        (429, _) => Answer::Unreachable("the site is asked too often (429)".to_owned()),
        (500..=599, _) => Answer::Unreachable(format!("the site has a fault of its own ({status})")),
        _ => Answer::Unreachable(format!("the site answers with the number {status}")),
    }
}

fn refused(error: &ureq::Error) -> Answer {
    let text = error.to_string();
    let unreachable = |why: &str| Answer::Unreachable(why.to_owned());
    match error {
        ureq::Error::HostNotFound => Answer::Dead(NO_SITE.to_owned()),
        // The system's own words for a name that isn't there; one for "ask me again" reads otherwise.
        ureq::Error::Io(_) if text.contains("lookup") && !text.contains("Temporary") => {
            Answer::Dead(NO_SITE.to_owned())
        }
        ureq::Error::Timeout(_) => unreachable("the site didn't answer within 15 seconds"),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => unreachable("the address isn't written as it should be"),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => unreachable("the site can't prove who it is (its certificate)"),
        _ => unreachable("the site doesn't answer"),
    }
}

/// "https://council.example"
fn site(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find(['/', '?', '#']).map_or(url, |end| &url[..host + end])
}

/// An address that counts from another.
fn joined(from: &str, to: &str) -> String {
    let site = site(from);
    if to.contains("://") {
        return to.to_owned();
    }
    if to.starts_with("//") {
        let scheme = from.split("//").next().unwrap_or("https:");
        return format!("{scheme}{to}");
    }
    if to.starts_with('/') {
        return format!("{site}{to}");
    }
    let path = &from[site.len()..];
    let folder = path.split('?').next().and_then(|path| path.rfind('/')).map_or("/", |slash| &path[..=slash]);
    format!("{site}{folder}{to}")
}
