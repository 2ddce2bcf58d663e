//! The rules that look at nothing by themselves: a flag or a remark asks for what they find, and [`review`](crate::review) finds it. They
//! are declared here, on the floor of the rules, so that settings, remarks and the guide know them like all others.

use super::{Family, Look, Rule};
use crate::finding::{Code, Severity};

/// Rules about what is allowed.
pub const ALLOWED: Family = Family {
    title: "What is allowed",
    meaning: "What a handbook allows is looked over too, so that no remark stays behind that nobody needs.",
    rules: &[UNUSED_SILENCE],
};

/// A remark that allows what isn't found.
pub const UNUSED_SILENCE: Rule = Rule {
    code: Code {
        name: "unused-silence",
        severity: Severity::Warning,
        meaning: "A finding is allowed that isn't there, or no longer.",
    },
    guide: "A remark that allows something stays when the text around it changes, and would then hide the next mistake. Take it out.",
    look: Look::Asked,
};

/// Rules about the baseline.
pub const BASELINE: Family = Family {
    title: "The baseline",
    meaning: "With `--baseline`, what was found before isn't shown again, and more than that is an error.",
    rules: &[ABOVE_BASELINE],
};

/// More findings than a baseline has.
pub const ABOVE_BASELINE: Rule = Rule {
    code: Code {
        name: "above-baseline",
        severity: Severity::Error,
        meaning: "A file has more findings of a rule than the baseline has for it.",
    },
    guide: "A handbook that has many findings needn't mend them all at once: a baseline keeps how many there are of each rule in each \
            file. From then on their number may only fall. All findings of that rule in that file are shown, since nobody can \
            tell the new one from the old.",
    look: Look::Asked,
};

/// A link that leads to nothing.
pub const DEAD_LINK: Rule = Rule {
    code: Code {
        name: "dead-link",
        severity: Severity::Warning,
        meaning: "With `--external`: another site says that a page isn't there, or there is no such site.",
    },
    guide: "`ethos check --external` tries each web address of the handbook once: eight sites at a time, each with pauses between. What \
            answered well isn't asked again for a week. Addresses that shouldn't be tried go into the settings: `skip = \
            [\"https://intranet.example/\"]` below `[check.external]`. A page that asks for a password counts as there.",
    look: Look::Asked,
};

/// A link that leads on to another address for good.
pub const MOVED_LINK: Rule = Rule {
    code: Code {
        name: "moved-link",
        severity: Severity::Warning,
        meaning: "With `--external`: a page has moved to another address for good.",
    },
    guide: "The link still works, for as long as the other site keeps sending readers on. Write the new address, which the finding names. \
            Where a site only sends readers on for now, nothing is said.",
    look: Look::Asked,
};

/// A link that couldn't be tried.
pub const UNREACHABLE_LINK: Rule = Rule {
    code: Code {
        name: "unreachable-link",
        severity: Severity::Hint,
        meaning: "With `--external`: a site didn't answer, or not as it should.",
    },
    guide: "The site may be down for an hour, or reached only from another network, so this counts for nothing. Try again later. If it stays \
            so, look at the page in a browser.",
    look: Look::Asked,
};

/// All that `--external` asks for.
pub const EXTERNAL: [&Rule; 3] = [&DEAD_LINK, &MOVED_LINK, &UNREACHABLE_LINK];

/// The rule.
pub const LOST_ADDRESS: Rule = Rule {
    code: Code {
        name: "lost-address",
        severity: Severity::Error,
        meaning: "With `--published`: an address of the published site would lead nowhere.",
    },
    guide: "People keep addresses, in letters, contracts and bookmarks, and cite clauses by them. `ethos check --published public` holds the \
            handbook to the site that was built last; `--published` takes an `addresses.txt`, a `sitemap.xml` or a list of addresses \
            too. Every address must still be there or lead on. The finding says which line to add: an old address in `aliases`, or an \
            id for the heading that has another now.",
    look: Look::Asked,
};
