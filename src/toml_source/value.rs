//! Values whose types differ from one to the next.

use toml::Spanned;
use toml::de::DeValue;

use super::Table;
use crate::finding::{Diagnostic, codes, either};
use crate::text::{Span, Text};

/// A value whose type the reader looks at.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.table.spanned(self.value.span())
    }

    /// A string.
    pub fn text(&self) -> Option<Text> {
        self.table.as_text(self.value)
    }

    /// True or false.
    pub fn boolean(&self) -> Option<bool> {
        self.value.get_ref().as_bool()
    }

    /// A whole number.
    pub fn integer(&self) -> Option<i64> {
        whole_number(self.value.get_ref())
    }

    /// The values of a list.
    pub fn items(&self) -> Option<Vec<Value<'a>>> {
        let items = self.value.get_ref().as_array()?;
        Some(items.iter().map(|value| Value { table: self.table, value }).collect())
    }

    /// One of a few words, for a key that the author chooses.
    pub fn choice<T: Copy>(&self, key: &str, choices: &[(&'static str, T)]) -> Option<T> {
        let Some(text) = self.text() else {
            self.wrong(&format!("`{key}`"), &format!("one of {}", either(choices.iter().map(|(name, _)| *name))));
            return None;
        };
        self.table.chosen(key, &text.trim(), choices)
    }

    /// A table, called `what` in messages.
    pub fn table(&self, what: &str) -> Option<Table<'a>> {
        match self.value.get_ref() {
            DeValue::Table(table) => Some(self.table.inner(table, self.value.span(), what.to_owned())),
            _ => None,
        }
    }

    /// Says that the value is of the wrong type; `subject` and `wanted` in the author's words.
    pub fn wrong(&self, subject: &str, wanted: &str) {
        self.table.report(
            Diagnostic::new(
                codes::WRONG_TYPE,
                format!("{subject} is {}, but needs {wanted}", in_words(self.value.get_ref())),
            )
            .at(self.span()),
        );
    }
}

/// A whole number, however it is written.
pub(super) fn whole_number(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
}

/// What a value is, as authors say it.
pub(super) fn in_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(true) => "true",
        DeValue::Boolean(false) => "false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
