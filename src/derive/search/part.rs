//! One part of the search as a script that a browser loads, and where it goes: into a file of its own or into the first.

use memchr::{memchr, memmem};
use xxhash_rust::xxh3::xxh3_64;

/// Takes a file with its path, from any thread, as soon as it is written: all together are large.
pub type Put<'p> = &'p (dyn Fn(String, String) + Sync);

/// A part, as the arguments of a call.
pub struct Part {
    /// Its sort.
    pub sort: &'static str,
    /// Its name among those.
    pub name: String,
    /// What the browser is told.
    pub data: String,
}

/// Where a part went.
pub enum Placed {
    /// Into a file of its own, whose name has this hash.
    Apart(String),
    /// Into the first file, with this call.
    First(String),
}

impl Part {
    /// Gives it to `put`, or keeps it for the first file.
    pub fn place(self, is_apart: bool, put: Put<'_>) -> Placed {
        let call = ["ethosSearch.", self.sort, "(\"", &self.name, "\",", &self.data, ");\n"].concat();
        if !is_apart {
            return Placed::First(call);
        }
        let hash = hash(&call);
        put(format!("search/{}{}.{hash}.js", self.sort, self.name), call);
        Placed::Apart(hash)
    }
}

/// Five characters that change with the contents.
pub fn hash(text: &str) -> String {
    name_of_hash(xxh3_64(text.as_bytes()))
}

/// The five characters for the XXH3 of a file's contents.
pub fn name_of_hash(hash: u64) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    (0..5).map(|index| char::from(DIGITS[(hash >> (5 * index)) as usize & 31])).collect()
}

/// JSON that can stand in any script, whatever its strings hold.
pub fn script_safe(json: String) -> String {
    // Nearly never, and looked for in all texts: by bytes, which is quicker than by letters.
    let is_safe = memchr(b'<', json.as_bytes()).is_none()
        && !["\u{2028}", "\u{2029}"].iter().any(|end| memmem::find(json.as_bytes(), end.as_bytes()).is_some());
    if is_safe {
        return json;
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
