//! Calls of components in templates, each held to what the component takes: `<card card heading={3} />`.
//!
//! The template language finds a wrong parameter only when it draws the call, and so not at all where nobody has such a page yet.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ComponentInfo, Tera};

use super::files::{File, Files, templates};
use crate::finding::{Diagnostic, Findings, Names, codes, list};
use crate::text::{Sources, Span};

/// One call, with the places of its names.
pub(super) struct Call<'t> {
    pub name: &'t str,
    at: usize,
    given: Vec<(&'t str, usize)>,
    /// `{...more}` may hold any parameter.
    has_more: bool,
}

/// Notes every call in a theme that gives a component what it doesn't take, or not what it needs.
pub(super) fn check(files: &Files, tera: &Tera, sources: &Sources, findings: &Findings) {
    // A built-in template is right; what it can't give is said once, however many give it.
    let mut told = BTreeSet::new();
    let mut report = |finding: Diagnostic, component: &ComponentInfo, name: &str, file: &File| {
        if file.source.is_some() || told.insert((component.name().to_owned(), name.to_owned())) {
            findings.push(finding);
        }
    };
    for (path, file) in templates(files) {
        for call in calls(&file.text) {
            let Some(component) = tera.get_component_definition(call.name) else { continue };
            let names = || component.args().iter().map(|argument| argument.name());
            let is_wrong = |name: &str| component.rest_param().is_none() && names().all(|own| own != name);
            for (name, at) in call.given.iter().filter(|(name, _)| is_wrong(name)) {
                let finding = match file.span(sources, *at..*at + name.len()) {
                    Some(span) => unknown(&component, name, span),
                    None => unmet(&component, name, path, files, sources),
                };
                report(finding, &component, name, file);
            }
            let is_given = |name: &str| call.has_more || call.given.iter().any(|(given, _)| *given == name);
            let missing = component.args().iter().filter(|argument| argument.is_required());
            for argument in missing.filter(|argument| !is_given(argument.name())) {
                let span = file.span(sources, call.at..call.at + call.name.len());
                let finding = match span {
                    Some(span) => lacking(&component, argument.name(), span),
                    None => demanding(&component, argument.name(), path, files, sources),
                };
                report(finding, &component, argument.name(), file);
            }
        }
    }
}

fn unknown(component: &ComponentInfo, name: &str, span: Span) -> Diagnostic {
    let known: Vec<&str> = component.args().iter().map(|argument| argument.name()).collect();
    let message = format!("the component `{}` has no parameter `{name}`", component.name());
    Diagnostic::new(codes::TEMPLATE, message).at(span).suggest(name, &Names::of(known.iter().copied())).help(
        match known.as_slice() {
            [] => "it has none".to_owned(),
            _ => format!("its parameters are {}", list(known)),
        },
    )
}

fn lacking(component: &ComponentInfo, name: &str, span: Span) -> Diagnostic {
    let message = format!("the component `{}` isn't given its parameter `{name}`", component.name());
    Diagnostic::new(codes::TEMPLATE, message).at(span).help(format!("write it behind the name: {name}={{…}}"))
}

/// A component of the handbook's own that doesn't take what a built-in template gives it.
fn unmet(component: &ComponentInfo, name: &str, path: &str, files: &Files, sources: &Sources) -> Diagnostic {
    let message =
        format!("the component `{}` has no parameter `{name}`, which the built-in {path} gives it", component.name());
    let finding = Diagnostic::new(codes::TEMPLATE, message).help(format!("add `{name}` to the names in its brackets"));
    at_definition(finding, component, files, sources)
}

/// A component of the handbook's own that needs what a built-in template doesn't give it.
fn demanding(component: &ComponentInfo, name: &str, path: &str, files: &Files, sources: &Sources) -> Diagnostic {
    let message = format!(
        "the component `{}` needs the parameter `{name}`, which the built-in {path} doesn't give it",
        component.name()
    );
    let finding = Diagnostic::new(codes::TEMPLATE, message).help(format!("give it a default: {name} = \"\""));
    at_definition(finding, component, files, sources)
}

fn at_definition(finding: Diagnostic, component: &ComponentInfo, files: &Files, sources: &Sources) -> Diagnostic {
    let define = |file: &File| {
        let at = defined(&file.text, component.name())?;
        file.span(sources, at..at + component.name().len())
    };
    match templates(files).find_map(|(_, file)| define(file)) {
        Some(span) => finding.at(span),
        None => finding,
    }
}

/// Where a template defines a component of some name.
fn defined(text: &str, name: &str) -> Option<usize> {
    definitions(text).find(|(_, own)| *own == name).map(|(at, _)| at)
}

/// The components that a template defines, with their places.
pub(super) fn definitions(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("component ").filter_map(|(at, word)| {
        let is_definition = text[..at].trim_end().trim_end_matches('-').ends_with("{%");
        let start = at + word.len();
        is_definition.then(|| (start, &text[start..name_end(text, start)]))
    })
}

/// Which templates draw with which others.
pub(super) struct Links<'f> {
    files: &'f Files,
    /// For each template the paths that it extends and includes, and the names of the components that it calls.
    named: BTreeMap<&'f str, (Vec<&'f str>, BTreeSet<&'f str>)>,
    /// For each component the path of its template.
    defined: BTreeMap<&'f str, &'f str>,
}

impl<'f> Links<'f> {
    /// Those of a theme.
    pub fn new(files: &'f Files) -> Self {
        let (mut named, mut defined) = (BTreeMap::new(), BTreeMap::new());
        for (path, file) in templates(files) {
            let words = ["extends", "include"].into_iter().flat_map(|word| {
                file.text.match_indices(word).filter_map(move |(at, _)| {
                    file.text[at + word.len()..].trim_start().strip_prefix('"')?.split('"').next()
                })
            });
            let called = calls(&file.text).into_iter().map(|call| call.name).collect();
            named.insert(path.as_str(), (words.collect(), called));
            defined.extend(definitions(&file.text).map(|(_, name)| (name, path.as_str())));
        }
        Self { files, named, defined }
    }

    /// Every template that a template draws with, itself first.
    pub fn reach(&self, path: &'f str) -> Vec<(&'f str, &'f File)> {
        let mut seen = BTreeSet::from([path]);
        let mut waiting = vec![path];
        let mut reached = Vec::new();
        while let Some(path) = waiting.pop() {
            let Some((file, (paths, called))) = self.files.get(path).zip(self.named.get(path)) else { continue };
            reached.push((path, file));
            let components = called.iter().filter_map(|name| self.defined.get(name));
            waiting.extend(paths.iter().chain(components).copied().filter(|path| seen.insert(path)));
        }
        reached
    }
}

/// The calls in a template, in order.
pub(super) fn calls(text: &str) -> Vec<Call<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        at = match text.as_bytes().get(open + 1) {
            Some(b'#') => text[open..].find("#}").map_or(text.len(), |end| open + end),
            Some(b'{') => in_tag(text, open + 2, "}}", &mut found),
            Some(b'%') => in_tag(text, open + 2, "%}", &mut found),
            _ => open + 1,
        };
    }
    found
}

/// Reads a tag up to its end, which it gives.
fn in_tag<'t>(text: &'t str, start: usize, end: &str, found: &mut Vec<Call<'t>>) -> usize {
    let mut at = start;
    // Braces of values, so that two at their end aren't taken for the tag's.
    let mut depth = 0usize;
    while let Some(c) = text[at..].chars().next() {
        if depth == 0 && text[at..].starts_with(end) {
            return at + end.len();
        }
        match c {
            '"' | '\'' | '`' => {
                at += text[at + 1..].find(c).map_or(text.len() - at, |length| length + 2);
                continue;
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '<' if begins_call(&text[start..at], &text[at + 1..]) => found.push(read(text, at + 1)),
            _ => {}
        }
        at += c.len_utf8();
    }
    text.len()
}

/// Whether a `<` begins a call: where a value could stand, rather than between two that are compared.
fn begins_call(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let is_after_value = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | ']' | '"' | '\''));
    let is_after_word = ["if", "else", "elif", "and", "or", "not", "in"].contains(&word);
    after.starts_with(|c: char| c.is_alphabetic() || c == '_') && (!is_after_value || is_after_word)
}

/// Reads a call from its name on.
fn read(text: &str, start: usize) -> Call<'_> {
    let end = name_end(text, start);
    let mut call = Call { name: &text[start..end], at: start, given: Vec::new(), has_more: false };
    let mut at = end;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        match text[at..].chars().next() {
            Some('{') => {
                call.has_more = true;
                at = braces_end(text, at);
            }
            Some(c) if c.is_alphabetic() || c == '_' => {
                let end = name_end(text, at);
                call.given.push((&text[at..end], at));
                let value = text[end..].trim_start().strip_prefix('=').map(str::trim_start);
                at = match value.map(|value| (text.len() - value.len(), value.chars().next())) {
                    Some((value, Some('{'))) => braces_end(text, value),
                    Some((value, Some(quote @ ('"' | '\'' | '`')))) => {
                        text[value + 1..].find(quote).map_or(text.len(), |length| value + length + 2)
                    }
                    _ => end,
                };
            }
            _ => return call,
        }
    }
}

fn name_end(text: &str, start: usize) -> usize {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    text[start..].find(|c| !is_inside(c)).map_or(text.len(), |length| start + length)
}

/// The place behind a value in braces.
fn braces_end(text: &str, start: usize) -> usize {
    let mut depth = 0usize;
    let mut quote = None;
    for (at, c) in text[start..].char_indices() {
        match (quote, c) {
            (Some(own), c) if own == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth == 1 => return start + at + 1,
            (None, '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn anything_is_read_to_its_end(text in "([<>{}%#=/\"'`.aé -]|\\{\\{|%}|<card ){0,40}") {
            prop_assert!(calls(&text).len() <= text.len());
        }
    }

    #[test]
    fn calls_are_found_wherever_a_value_can_stand() {
        let text = r#"{# <a b /> #}{{- <card card heading={x["}"]} terms="}}" /> }}{% <empty text={t.a}> %}{% </empty> %}
            {% if a < b and c <d %}{% endif %}{{ x if y else <link_list {...more} /> }}{% set p = <permalink url={<inner />} /> %}"#;
        let found: Vec<_> = calls(text)
            .into_iter()
            .map(|call| (call.name, call.given.iter().map(|(name, _)| *name).collect::<Vec<_>>(), call.has_more))
            .collect();
        assert_eq!(
            found,
            [
                ("card", vec!["card", "heading", "terms"], false),
                ("empty", vec!["text"], false),
                ("link_list", vec![], true),
                ("permalink", vec!["url"], false),
                ("inner", vec![], false),
            ]
        );
    }
}
