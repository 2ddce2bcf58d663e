//! Verbs that behaviours begin with, and their forms.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "listen"
    Base,
    /// "listens"
    Third,
    /// "listening"
    Gerund,
    /// "listened"
    Past,
}

/// Verbs as handbooks use them to say what people do.
const VERBS: &str = "accept accompany achieve acknowledge act adapt add address adhere adjust administer admit adopt advance advise advocate agree aim align allow alter analyse analyze answer anticipate apologise apologize appear apply appreciate approach argue arrange arrive articulate ask assess assign assist assume attend avoid balance base be become begin behave believe belittle benefit blame block boast book break brief bring brush build bully bury buy call care carry cause celebrate challenge champion change charge chase check choose circulate claim clarify clean clear close coach collaborate collect combine come comment commission commit communicate compare compete complain complete comply concentrate confirm confront confuse connect consider consult contact continue contribute control convey cooperate coordinate copy correct cover create criticise criticize cultivate cut damage deal decide declare dedicate defend define delay delegate deliver demand demonstrate deny describe deserve design develop devise dig direct disagree discourage discover discriminate discuss dismiss display disregard disrespect disrupt distinguish do document draw drive drop earn educate embed embody embrace empathise empathize employ empower enable encourage end enforce engage enhance enjoy ensure escalate establish evaluate examine exclude exercise expect explain explore expose express facilitate fail favour feel fill find finish fit fix flag focus follow forget form foster gather generate get give go gossip grasp greet grow guess guide hand handle hear help hide highlight hinder hold honour humiliate identify ignore imagine implement improve include incorporate increase influence inform initiate innovate insist inspire insult interact interfere interrupt intervene introduce invent invest investigate invite involve join judge jump justify keep know label laugh launch lay lead learn leave lend let lift link listen live look lose maintain make manage manipulate measure mediate meet mentor mend micromanage minimise minimize mislead miss mobilise model monitor motivate move name neglect negotiate notice nurture obey observe obtain offer open operate oppose order organise organize overcome overlook overreact own panic participate pass pause pay perform permit persevere persist persuade pick place plan play praise predict prefer prepare present prevent prioritise prioritize procrastinate produce progress promote propose protect prove provide publish pull pursue push put question quit raise reach react read recognise recognize recommend record recruit reduce refer reflect refuse reinforce reject relate rely remain remember remind remove repeat reply report represent request require research resist resolve respect respond restrict reveal review reward ring role-model run safeguard save say scrap secure see seek sell send serve set settle shape share shift shout show shut sign simplify sit solve sort speak spend spot spread stand start state stay steer step stick stop strengthen stretch strive structure struggle study submit suggest supervise supply support surround survey sustain swear tackle tailor take talk teach tell tend test thank think threaten tidy tolerate trace track train transform translate travel treat trust try turn undermine understand undertake update uphold use utilise utilize value verify view visit voice volunteer wait walk want warn waste watch wear weigh welcome win withhold wonder work worry write";

/// Verbs whose last letter is doubled before "ing" and "ed".
const DOUBLED: &[&str] = &[
    "admit", "begin", "commit", "cut", "dig", "drop", "fit", "flag", "forget", "get", "label", "let", "model",
    "permit", "plan", "prefer", "put", "quit", "refer", "run", "scrap", "set", "shut", "sit", "spot", "step", "stop",
    "submit", "travel", "win",
];

/// Verbs whose past isn't made with "ed".
const IRREGULAR: &[&str] = &[
    "be",
    "become",
    "begin",
    "break",
    "bring",
    "build",
    "buy",
    "choose",
    "come",
    "cut",
    "deal",
    "dig",
    "do",
    "draw",
    "drive",
    "feel",
    "find",
    "fit",
    "forget",
    "get",
    "give",
    "go",
    "grow",
    "hear",
    "hide",
    "hold",
    "keep",
    "know",
    "lay",
    "lead",
    "leave",
    "lend",
    "let",
    "lose",
    "make",
    "meet",
    "mislead",
    "overcome",
    "pay",
    "put",
    "quit",
    "read",
    "ring",
    "run",
    "say",
    "see",
    "seek",
    "sell",
    "send",
    "set",
    "shut",
    "sit",
    "speak",
    "spend",
    "spread",
    "stand",
    "stick",
    "swear",
    "take",
    "teach",
    "tell",
    "think",
    "understand",
    "undertake",
    "uphold",
    "wear",
    "win",
    "withhold",
    "write",
];

/// The verb and the form that a word is, in lower case; none where it isn't surely one.
pub fn read(word: &str) -> Option<(&'static str, Form)> {
    static FORMS: OnceLock<FxHashMap<String, (&'static str, Form)>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let mut forms = FxHashMap::default();
        for base in VERBS.split(' ').chain(["have"]) {
            if !IRREGULAR.contains(&base) && base != "have" {
                forms.insert(past(base), (base, Form::Past));
            }
            forms.insert(gerund(base), (base, Form::Gerund));
            forms.insert(third(base), (base, Form::Third));
            forms.insert(base.to_owned(), (base, Form::Base));
        }
        forms
    });
    forms.get(word).copied()
}

/// A verb in a form.
pub fn in_form(base: &str, form: Form) -> String {
    match form {
        Form::Base => base.to_owned(),
        Form::Third => third(base),
        Form::Gerund => gerund(base),
        Form::Past => past(base),
    }
}

fn third(base: &str) -> String {
    match base {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        _ if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| base.ends_with(end)) => format!("{base}es"),
        _ => match soft_y(base) {
            Some(stem) => format!("{stem}ies"),
            None => format!("{base}s"),
        },
    }
}

fn gerund(base: &str) -> String {
    let keeps = ["be", "ee", "oe", "ye"].iter().any(|end| base.ends_with(end)) && !base.ends_with("ibe");
    match base.strip_suffix('e') {
        Some(stem) if !keeps => format!("{stem}ing"),
        _ => format!("{}ing", doubled(base)),
    }
}

fn past(base: &str) -> String {
    match (base.ends_with('e'), soft_y(base)) {
        (true, _) => format!("{base}d"),
        (_, Some(stem)) => format!("{stem}ied"),
        _ => format!("{}ed", doubled(base)),
    }
}

/// "try" without its y, but not "stay".
fn soft_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

fn doubled(base: &str) -> String {
    let last = base.chars().next_back().filter(|_| DOUBLED.contains(&base));
    base.chars().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_spelt_as_people_spell_them() {
        let all = |base: &str| [third(base), gerund(base), past(base)].join(" ");
        assert_eq!(all("listen"), "listens listening listened");
        assert_eq!(all("try"), "tries trying tried");
        assert_eq!(all("plan"), "plans planning planned");
        assert_eq!(all("agree"), "agrees agreeing agreed");
        assert_eq!(all("coach"), "coaches coaching coached");
        assert_eq!(all("describe"), "describes describing described");
        assert_eq!(read("is"), Some(("be", Form::Third)));
        assert_eq!(read("being"), Some(("be", Form::Gerund)));
        assert_eq!(read("table"), None);
    }
}
