//! The forms of regular English verbs, and of the few irregular ones that our advice needs.

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "use"
    Base,
    /// "uses"
    Present,
    /// "used"
    Past,
    /// "using"
    Ongoing,
}

/// Every form.
pub const FORMS: [Form; 4] = [Form::Base, Form::Present, Form::Past, Form::Ongoing];

/// What serves both as past tense and as participle.
const IRREGULAR: &[(&str, &str)] = &[
    ("build", "built"),
    ("buy", "bought"),
    ("find", "found"),
    ("get", "got"),
    ("have", "had"),
    ("hold", "held"),
    ("keep", "kept"),
    ("lead", "led"),
    ("leave", "left"),
    ("make", "made"),
    ("mean", "meant"),
    ("meet", "met"),
    ("pay", "paid"),
    ("put", "put"),
    ("read", "read"),
    ("say", "said"),
    ("send", "sent"),
    ("set", "set"),
    ("spend", "spent"),
    ("tell", "told"),
    ("think", "thought"),
];

/// Verbs whose last letter is doubled.
const DOUBLED: &[&str] = &["get", "plan", "put", "set", "stop"];

/// A verb in a form.
pub fn in_form(verb: &str, form: Form) -> String {
    let without_e = verb.strip_suffix('e').filter(|rest| !rest.ends_with('e'));
    let doubled = || verb.chars().next_back().filter(|_| DOUBLED.contains(&verb)).map(String::from).unwrap_or_default();
    let before_y = verb.strip_suffix('y').filter(|rest| !rest.ends_with(['a', 'e', 'i', 'o', 'u']));
    match form {
        Form::Base => verb.to_owned(),
        Form::Present if verb == "have" => "has".to_owned(),
        Form::Present => match before_y {
            Some(rest) => format!("{rest}ies"),
            None if ["s", "x", "z", "ch", "sh"].iter().any(|ending| verb.ends_with(ending)) => format!("{verb}es"),
            None => format!("{verb}s"),
        },
        Form::Past => {
            let irregular = IRREGULAR.iter().find(|(base, _)| *base == verb).map(|(_, past)| (*past).to_owned());
            irregular.unwrap_or_else(|| match (before_y, verb.ends_with('e')) {
                (Some(rest), _) => format!("{rest}ied"),
                (None, true) => format!("{verb}d"),
                (None, false) => format!("{verb}{}ed", doubled()),
            })
        }
        Form::Ongoing => format!("{}{}ing", without_e.unwrap_or(verb), doubled()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_their_forms() {
        let forms = |verb| FORMS.map(|form| in_form(verb, form)).join(" ");
        assert_eq!(forms("use"), "use uses used using");
        assert_eq!(forms("help"), "help helps helped helping");
        assert_eq!(forms("try"), "try tries tried trying");
        assert_eq!(forms("pay"), "pay pays paid paying");
        assert_eq!(forms("stop"), "stop stops stopped stopping");
        assert_eq!(forms("dispatch"), "dispatch dispatches dispatched dispatching");
        assert_eq!(forms("have"), "have has had having");
    }
}
