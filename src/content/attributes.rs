//! Attributes in braces after a passage or an image: `[Croeso]{lang=cy}`, `![](x.svg){decorative}`, `- be curious {#curious}`.

/// Braces are closed within this many characters, or they aren't attributes: so that looking for their end costs little.
const LONGEST: usize = 300;

/// What the braces say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `#id`
    pub id: Option<String>,
    /// Words alone: `decorative`.
    pub flags: Vec<String>,
    /// `key=value` or `key="value"`.
    pub pairs: Vec<(String, String)>,
}

impl Attributes {
    /// Reads braces at the start of a text; gives the attributes and how many bytes they take.
    pub fn read(text: &str) -> Option<(Self, usize)> {
        let inner = text.strip_prefix('{')?;
        let near = inner.char_indices().nth(LONGEST).map_or(inner, |(at, _)| &inner[..at]);
        let end = near.find(['}', '\n'])?;
        if !inner[end..].starts_with('}') || inner[..end].trim().is_empty() {
            return None;
        }
        let mut attributes = Self::default();
        for word in inner[..end].split_whitespace() {
            if let Some(id) = word.strip_prefix('#') {
                attributes.id = Some(id.to_owned());
            } else if let Some((key, value)) = word.split_once('=') {
                let value = value.trim_matches(['"', '\'', '“', '”']);
                attributes.pairs.push((key.to_owned(), value.to_owned()));
            } else {
                attributes.flags.push(word.to_owned());
            }
        }
        Some((attributes, end + 2))
    }

    /// The value of a key.
    pub fn pair(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str())
    }

    /// Whether a word stands alone in the braces.
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|own| own == flag)
    }
}
