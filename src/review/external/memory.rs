//! Answers of other sites, kept for a week in the user's own folder for such things.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::ask::Answer;
use crate::files;

/// A week, in seconds.
const KEPT: u64 = 7 * 24 * 60 * 60;

/// Answers by address.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    answers: BTreeMap<String, Kept>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    /// Seconds since 1970.
    at: u64,
    answer: Answer,
}

impl Memory {
    /// What is remembered, without what is too old; nothing where that can't be read.
    pub fn read() -> Self {
        let text = file().and_then(|path| files::read(&path).ok()).unwrap_or_default();
        let mut memory: Self = serde_json::from_str(&text).unwrap_or_default();
        let now = now();
        memory.answers.retain(|_, kept| kept.at <= now && now - kept.at < KEPT);
        memory
    }

    /// What an address answered within the week.
    pub fn answer(&self, url: &str) -> Option<&Answer> {
        self.answers.get(url).map(|kept| &kept.answer)
    }

    /// Adds answers that will hold for a while, and writes all. Where that can't be done, sites are asked again the next time.
    pub fn keep(&mut self, answers: &BTreeMap<String, Answer>) {
        let lasting = answers.iter().filter(|(_, answer)| matches!(answer, Answer::Good | Answer::Moved { .. }));
        let at = now();
        self.answers.extend(lasting.map(|(url, answer)| (url.clone(), Kept { at, answer: answer.clone() })));
        let Some(path) = file() else { return };
        let made = path.parent().is_some_and(|folder| std::fs::create_dir_all(folder).is_ok());
        if let (true, Ok(text)) = (made, serde_json::to_string_pretty(self)) {
            let _ = files::write(&path, &text);
        }
    }
}

/// `ETHOS_CACHE` names another folder.
fn file() -> Option<PathBuf> {
    let own = std::env::var_os("ETHOS_CACHE").filter(|own| !own.is_empty()).map(PathBuf::from);
    Some(own.or_else(|| Some(dirs::cache_dir()?.join("ethos")))?.join("links.json"))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
