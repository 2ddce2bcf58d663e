//! Addresses: where everything is published, relative to the site's root.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Handbook, Subject};

/// What a path in an address can't hold as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// What a fragment can't hold as it is.
const ESCAPED_FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'#');

/// An address as it stands in a link.
pub fn encode(address: &str) -> String {
    utf8_percent_encode(address, ESCAPED).to_string()
}

/// An address with a fragment, as it stands in a link.
pub fn encode_with(address: &str, fragment: Option<&str>) -> String {
    match fragment {
        Some(fragment) => format!("{}#{}", encode(address), utf8_percent_encode(fragment, ESCAPED_FRAGMENT)),
        None => encode(address),
    }
}

impl Handbook {
    /// The address of a subject, unescaped.
    pub fn address(&self, subject: Subject) -> String {
        match subject {
            Subject::Page(page) => self.pages[page].address.to_string(),
            Subject::Framework(framework) => {
                format!("{}/index.html", self.frameworks[framework].id)
            }
            Subject::Item(framework, at) => {
                let own = &self.frameworks[framework];
                let value = &own.values[at.value];
                match at.behaviour {
                    None => format!("{}/{}.html", own.id, value.item.id),
                    Some(behaviour) => format!("{}/{}/{}.html", own.id, value.item.id, value.behaviours[behaviour].id),
                }
            }
            Subject::Point(framework, scale, point) => {
                let own = &self.frameworks[framework];
                let scale = &own.scales[scale];
                format!("{}/{}/{}.html", own.id, scale.id, scale.points[point].id)
            }
            Subject::Profile(framework, profile) => {
                let own = &self.frameworks[framework];
                format!("{}/profiles/{}.html", own.id, own.profiles[profile].id)
            }
            Subject::Asset(asset) => self.assets[asset].address.clone(),
        }
    }

    /// The address of a subject as it stands in a link, with a fragment.
    pub fn url(&self, subject: Subject, fragment: Option<&str>) -> String {
        encode_with(&self.address(subject), fragment)
    }
}
