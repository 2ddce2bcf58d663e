//! What the handbook makes of its findings: rules that it gives another level, and places where an author allows what was found.

use super::{Family, Look, Rule, names};
use crate::config::{Check, Level};
use crate::diagnostic::findings::Silence;
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::source::Span;

/// Rules about what is allowed.
pub const FAMILY: Family = Family {
    title: "What is allowed",
    meaning: "What a handbook allows is looked over too, so that no remark stays behind that nobody needs.",
    rules: &[UNUSED_SILENCE],
};

const UNUSED_SILENCE: Rule = Rule {
    code: Code {
        name: "unused-silence",
        severity: Severity::Warning,
        meaning: "A finding is allowed that isn't there, or no longer.",
    },
    guide: "A remark that allows something stays when the text around it changes, and would then hide the next mistake. Take it out.",
    look: Look::Asked,
};

/// What authors allow, and what of it was needed.
pub struct Allowed {
    silences: Vec<Silence>,
    used: Vec<bool>,
}

impl Allowed {
    /// Of what was noted; nothing of it is used yet.
    pub fn new(silences: Vec<Silence>) -> Self {
        Self { used: vec![false; silences.len()], silences }
    }

    /// Takes away what is allowed or switched off, and gives the rest the level that the handbook sets. An error that stops
    /// publishing stays what it is.
    pub fn settle(&mut self, diagnostics: &mut Vec<Diagnostic>, settings: &Check) {
        diagnostics.retain_mut(|diagnostic| {
            if codes::ALL.contains(&diagnostic.code) && diagnostic.is_error() {
                return true;
            }
            let is_allowed = self.allows(diagnostic);
            match level(settings, diagnostic.code.name) {
                Some(Level::Off) => return false,
                Some(Level::At(severity)) => diagnostic.code.severity = severity,
                None => {}
            }
            !is_allowed
        });
    }

    fn allows(&mut self, diagnostic: &Diagnostic) -> bool {
        let Some(at) = diagnostic.span() else { return false };
        let mut is_allowed = false;
        for (silence, used) in self.silences.iter().zip(&mut self.used) {
            if silence.rule.as_str() == diagnostic.code.name && holds(silence.scope, at) {
                (*used, is_allowed) = (true, true);
            }
        }
        is_allowed
    }

    /// What is wrong with the settings and silences themselves.
    pub fn misnamed(&self, settings: &Check) -> Vec<Diagnostic> {
        let levels = settings.levels.iter().map(|(rule, _)| rule);
        let mut found: Vec<_> =
            levels.chain(self.silences.iter().map(|silence| &silence.rule)).filter_map(unknown).collect();
        let is_known = |silence: &&Silence| unknown(&silence.rule).is_none();
        let without = self.silences.iter().filter(|silence| silence.reason.is_none()).filter(is_known);
        found.extend(without.map(|silence| {
            let rule = silence.rule.as_str();
            let message = format!("`{rule}` is allowed here, but it isn't said why");
            Diagnostic::new(codes::SILENCE_WITHOUT_REASON, message).at(silence.rule.whole()).help(format!(
                "add the reason: in a page, <!-- ethos: allow {rule} because … -->; in TOML, {rule} = \"…\""
            ))
        }));
        found
    }

    /// Silences that nobody needs, of rules that were looked for.
    pub fn unused(&self, is_looked_for: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let idle = self.silences.iter().zip(&self.used).filter(|(silence, used)| {
            let name = silence.rule.as_str();
            !**used && is_looked_for(name) && names().any(|own| own == name)
        });
        let finding = |silence: &Silence| {
            let message = format!("nothing here is found by `{}` that would have to be allowed", silence.rule.as_str());
            Diagnostic::new(UNUSED_SILENCE.code, message).at(silence.rule.whole()).help("take this out")
        };
        idle.map(|(silence, _)| finding(silence)).collect()
    }
}

/// The level that the handbook gives a rule, where it gives one.
fn level(settings: &Check, name: &str) -> Option<Level> {
    settings.levels.iter().find(|(rule, _)| rule.as_str() == name).map(|(_, level)| *level)
}

/// Whether a finding stands in a silenced stretch.
fn holds(scope: Span, at: Span) -> bool {
    scope.file == at.file && scope.start <= at.start && at.start <= scope.end
}

fn unknown(rule: &crate::source::Text) -> Option<Diagnostic> {
    let name = rule.as_str();
    if names().any(|own| own == name) {
        return None;
    }
    if codes::ALL.iter().any(|code| code.name == name) {
        let message = format!("`{name}` can't be allowed or switched off: with it the handbook can't be published");
        return Some(Diagnostic::new(codes::UNKNOWN_RULE, message).at(rule.whole()).help("mend what it finds instead"));
    }
    Some(
        Diagnostic::new(codes::UNKNOWN_RULE, format!("no rule is called `{name}`"))
            .at(rule.whole())
            .suggest(name, names())
            .help("a remark that allows something reads: <!-- ethos: allow RULE because REASON -->"),
    )
}
