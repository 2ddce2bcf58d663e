//! What the handbook makes of its findings: rules that it gives another level, and places where an author allows what was found.

use rustc_hash::FxHashMap;

use crate::check::asked::UNUSED_SILENCE;
use crate::check::names;
use crate::config::{Check, Level};
use crate::finding::findings::Silence;
use crate::finding::{self, Diagnostic, Findings, Names, codes};
use crate::text::{FileId, Sources};

/// The findings of a run, each as the handbook has it: all that any stage found, told in one way by every command.
pub struct Settled {
    /// In no order.
    diagnostics: Vec<Diagnostic>,
    allowed: Allowed,
}

impl Settled {
    /// What was noted so far, with what is wrong about the settings and silences themselves.
    pub fn new(noted: Findings, settings: &Check) -> Self {
        let (diagnostics, silences) = noted.into_parts();
        let mut settled = Self { diagnostics: Vec::new(), allowed: Allowed::new(silences, settings) };
        let misnamed = settled.allowed.misnamed(settings);
        settled.add(diagnostics.into_iter().chain(misnamed));
        settled
    }

    /// Adds what was found later, unless it is allowed or switched off.
    pub fn add(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        let found = self.settle(found);
        self.diagnostics.extend(found);
    }

    /// What is left of some findings that are told instead of these, unless it is allowed or switched off.
    pub fn settle(&mut self, found: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        let mut found = found.into_iter().collect();
        self.allowed.settle(&mut found);
        found
    }

    /// Adds the silences that nobody needed, of rules that were looked for: the last thing that is known.
    pub fn add_unused(&mut self, is_looked_for: impl Fn(&str) -> bool) {
        let unused = self.allowed.unused(is_looked_for);
        self.add(unused);
    }

    /// Whether publishing stops.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// All of them, in the order of files and lines, each once.
    pub fn sorted(&self, sources: &Sources) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics.clone();
        finding::sort(&mut diagnostics, sources);
        diagnostics
    }
}

/// What authors allow, and what of it was needed.
struct Allowed {
    silences: Vec<Silence>,
    used: Vec<bool>,
    /// The levels that the handbook gives rules.
    levels: FxHashMap<String, Level>,
    /// The silences of each rule in each file.
    scopes: FxHashMap<(String, FileId), Scopes>,
}

/// The stretches of a file in which a rule is silenced.
#[derive(Default)]
struct Scopes {
    /// Which silences there are.
    silences: Vec<usize>,
    /// Where each begins, and the furthest end of any up to it, in order.
    furthest: Vec<(u32, u32)>,
}

impl Scopes {
    fn hold(&self, at: u32) -> bool {
        let begun = self.furthest.partition_point(|(start, _)| *start <= at);
        begun > 0 && at <= self.furthest[begun - 1].1
    }
}

impl Allowed {
    /// Of what was noted; nothing of it is used yet.
    fn new(silences: Vec<Silence>, settings: &Check) -> Self {
        let levels = settings.levels.iter().map(|(rule, level)| (rule.as_str().to_owned(), *level)).collect();
        let mut scopes: FxHashMap<(String, FileId), Scopes> = FxHashMap::default();
        for (index, silence) in silences.iter().enumerate() {
            let key = (silence.rule.as_str().to_owned(), silence.scope.file);
            scopes.entry(key).or_default().silences.push(index);
        }
        for scopes in scopes.values_mut() {
            scopes.silences.sort_by_key(|index| silences[*index].scope.start);
            let mut furthest = 0;
            scopes.furthest.extend(scopes.silences.iter().map(|index| {
                let scope = silences[*index].scope;
                furthest = scope.end.max(furthest);
                (scope.start, furthest)
            }));
        }
        Self { used: vec![false; silences.len()], silences, levels, scopes }
    }

    /// Takes away what is allowed or switched off, and gives the rest the level that the handbook sets. An error that stops
    /// publishing stays what it is.
    fn settle(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        self.note_used(diagnostics);
        diagnostics.retain_mut(|diagnostic| {
            if stops(diagnostic) {
                return true;
            }
            let is_allowed = self.allows(diagnostic);
            match self.levels.get(diagnostic.code.name) {
                Some(Level::Off) => return false,
                Some(Level::At(severity)) => diagnostic.code.severity = *severity,
                None => {}
            }
            !is_allowed
        });
    }

    fn allows(&self, diagnostic: &Diagnostic) -> bool {
        let Some(at) = diagnostic.span() else { return false };
        let scopes = self.scopes.get(&(diagnostic.code.name.to_owned(), at.file));
        scopes.is_some_and(|scopes| scopes.hold(at.start))
    }

    /// Notes which silences some findings need: every one in whose stretch a finding of its rule begins.
    fn note_used(&mut self, diagnostics: &[Diagnostic]) {
        let mut starts: FxHashMap<(String, FileId), Vec<u32>> = FxHashMap::default();
        for diagnostic in diagnostics.iter().filter(|diagnostic| !stops(diagnostic)) {
            let Some(at) = diagnostic.span() else { continue };
            let key = (diagnostic.code.name.to_owned(), at.file);
            if self.scopes.contains_key(&key) {
                starts.entry(key).or_default().push(at.start);
            }
        }
        for (key, mut starts) in starts {
            starts.sort_unstable();
            for index in &self.scopes[&key].silences {
                let scope = self.silences[*index].scope;
                let first = starts.partition_point(|start| *start < scope.start);
                self.used[*index] |= starts.get(first).is_some_and(|start| *start <= scope.end);
            }
        }
    }

    /// What is wrong with the settings and silences themselves.
    fn misnamed(&self, settings: &Check) -> Vec<Diagnostic> {
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
    fn unused(&self, is_looked_for: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
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

/// Whether a finding is an error that stops publishing, and can't be allowed.
fn stops(diagnostic: &Diagnostic) -> bool {
    diagnostic.is_error() && codes::ALL.contains(&diagnostic.code)
}

fn unknown(rule: &crate::text::Text) -> Option<Diagnostic> {
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
            .suggest(name, &Names::of(names()))
            .help("a remark that allows something reads: <!-- ethos: allow RULE because REASON -->"),
    )
}
