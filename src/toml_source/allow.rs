//! What an author allows in a table: `allow = { rule = "the reason" }`, which every table may have.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Table;
use crate::finding::findings::Silence;

impl Table<'_> {
    /// Notes what is allowed here, once.
    pub(super) fn read_allowed(&self) {
        let Some(allowed) = self.table.get("allow").filter(|value| is_allow("allow", value.get_ref())) else {
            return;
        };
        if self.has_allowed.replace(true) {
            return;
        }
        let whole = match &self.root {
            Some(whole) => whole.clone(),
            None => self.header.start..self.base + end_of(self.table).max(self.header.end - self.base),
        };
        for (rule, reason) in allowed.get_ref().as_table().into_iter().flatten() {
            let said = self.as_text(reason).map(|text| text.trim());
            if said.is_none() {
                self.wrong::<()>(rule.get_ref(), reason, "the reason why it is allowed, in quotation marks");
            }
            let reason = said.filter(|text| !text.as_str().is_empty());
            self.findings.silence(Silence { rule: self.key_text(rule), reason, scope: self.file.span(whole.clone()) });
        }
    }
}

/// Whether an entry says what is allowed; a list or a text under that name is something else.
pub(super) fn is_allow(key: &str, value: &DeValue<'_>) -> bool {
    key == "allow" && value.is_table()
}

/// The last byte of a table's contents.
fn end_of(table: &DeTable<'_>) -> usize {
    let end = |(_, value): (_, &Spanned<DeValue<'_>>)| match value.get_ref() {
        DeValue::Table(inner) => value.span().end.max(end_of(inner)),
        DeValue::Array(items) => {
            let inside = items.iter().filter_map(|item| item.get_ref().as_table()).map(end_of).max();
            value.span().end.max(inside.unwrap_or_default())
        }
        _ => value.span().end,
    };
    table.iter().map(end).max().unwrap_or_default()
}
