//! Every kind of finding that building a handbook can give. To add one: a line here, a page of the same name in `tests/errors`.

use super::{Code, Severity};

macro_rules! codes {
    ($($constant:ident = $severity:ident $name:literal: $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $constant: Code = Code { name: $name, severity: Severity::$severity, meaning: $meaning };
        )*

        /// All of them, in the order of the guide.
        pub const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    UNREADABLE_FILE = Error "unreadable-file": "A file can't be opened.";
    NOT_UTF8 = Error "not-utf8": "A text is saved in another encoding than UTF-8.";
    TOO_LARGE = Error "too-large": "A text or drawing is too long.";
    OUTSIDE_PROJECT = Error "outside-project": "A link on the disk leads out of the handbook's folder, or round in a circle.";
    SPECIAL_FILE = Warning "special-file": "Something that is neither a file nor a folder is left out.";
    SCRIPT_IN_IMAGE = Error "script-in-image": "A drawing (SVG) holds what would run or be loaded where it is opened by itself, or what no drawing needs.";
    BROKEN_DRAWING = Error "broken-drawing": "A drawing (SVG) is faulty or packed, so browsers can't show it.";
    FOREIGN_PAGE = Warning "foreign-page": "A web page that Ethos didn't make stands among the files.";
    MISNAMED_FILE = Error "misnamed-file": "A page or settings have a name with the ending of another kind of file.";
    UNSAFE_FILE_NAME = Error "unsafe-file-name": "A file's name can't be used in an address everywhere.";
    MISPLACED_FILE = Error "misplaced-file": "A Markdown or TOML file stands where Ethos has no use for it.";
    README_PAGE = Warning "readme-page": "A README beside an index.md is published as a page of its own.";
    MISSING_HOME = Error "missing-home": "There is no home page.";

    TOML_SYNTAX = Error "toml-syntax": "A file of settings, or front matter, breaks the rules of TOML.";
    CURLY_QUOTES = Error "curly-quotes": "Curly quotation marks stand where TOML needs straight ones.";
    UNKNOWN_KEY = Error "unknown-key": "A key that Ethos doesn't know, often a slip of spelling.";
    MISPLACED_KEY = Error "misplaced-key": "A key stands below a table's header and so belongs to that table, not to the file.";
    WRONG_TYPE = Error "wrong-type": "A key has another kind of value than it needs.";
    INVALID_VALUE = Error "invalid-value": "A key's value isn't one of those that it can have.";
    INVALID_DATE = Error "invalid-date": "A date that isn't in the calendar, or isn't written as 2026-11-22.";
    MISSING_KEY = Error "missing-key": "Something that must be said is not there.";
    MISSING_TITLE = Error "missing-title": "A page, framework, value or behaviour has no title.";

    MISSING_FRONT_MATTER = Error "missing-front-matter": "A page doesn't begin with front matter between +++ lines.";
    UNCLOSED_FRONT_MATTER = Error "unclosed-front-matter": "The second +++ line of the front matter is missing.";
    YAML_FRONT_MATTER = Error "yaml-front-matter": "The front matter is YAML between --- lines.";
    HEADING_ONE = Error "heading-one": "A heading of the first level stands in a page's text, where the title is that heading already.";
    SKIPPED_HEADING = Warning "skipped-heading": "A heading skips a level.";
    EMPTY_HEADING = Warning "empty-heading": "A heading has no text.";
    EMPTY_PAGE = Warning "empty-page": "A page has a title and nothing else.";
    DUPLICATE_ID = Error "duplicate-id": "Two things have the same id, so an address would be ambiguous.";
    REMOVED_HTML = Warning "removed-html": "Raw HTML that isn't on the safe list is taken out.";
    UNSAFE_LINK = Warning "unsafe-link": "A link's address is of a kind that isn't allowed; its text stays, without the link.";
    IMAGE_WITHOUT_TEXT = Warning "image-without-text": "An image has no text for people who can't see it.";
    MISSING_FOOTNOTE = Error "missing-footnote": "A footnote is mentioned that has no text.";
    UNUSED_FOOTNOTE = Error "unused-footnote": "A footnote is mentioned nowhere, so nobody would read it.";
    DUPLICATE_FOOTNOTE = Error "duplicate-footnote": "A footnote has two texts.";
    INVALID_LANGUAGE = Error "invalid-language": "A language tag isn't one.";
    TOO_DEEP = Error "too-deep": "Lists, quotations, marks or HTML stand deeper inside each other than anyone can read.";
    OUTPUT_TOO_LARGE = Error "output-too-large": "A page grew out of all proportion to its text.";
    NUMBER_REPEATED = Error "number-repeated": "An authored number repeats one that is taken.";
    NUMBER_OUT_OF_ORDER = Warning "number-out-of-order": "An authored number leaves a gap, or goes back behind the number before it.";

    UNKNOWN_FRAMEWORK = Error "unknown-framework": "A framework that isn't there is named.";
    UNKNOWN_SCALE = Error "unknown-scale": "A scale that the framework doesn't declare is named.";
    UNKNOWN_POINT = Error "unknown-point": "A point that a scale doesn't have is named.";
    UNKNOWN_VALUE = Error "unknown-value": "A value or behaviour that isn't there is named.";
    UNKNOWN_AUDIENCE = Error "unknown-audience": "An audience that no framework declares is named.";
    CIRCLE = Error "circle": "Points build on each other in a circle.";
    WRONG_DEPTH = Error "wrong-depth": "Indicators are nested deeper, or less deep, than there are scales.";
    EMPTY_INDICATOR = Error "empty-indicator": "An indicator has no text.";
    SECOND_LIST = Error "second-list": "Under a point stands a second list, and Ethos can't tell whether it is on the same side as the first.";
    MISPLACED_TEXT = Error "misplaced-text": "In a value's file, words stand behind lists before which they would be shown.";
    TWICE_DESCRIBED = Error "twice-described": "A value says the same thing in its TOML and in its Markdown file.";

    BROKEN_LINK = Error "broken-link": "A link leads to a page that isn't there.";
    BROKEN_FRAGMENT = Error "broken-fragment": "A link leads to a place on a page that isn't there.";
    MISSING_FILE = Error "missing-file": "An image or file that a page or a theme's style uses isn't there.";
    LINK_TO_DRAFT = Error "link-to-draft": "A published page links to a draft.";
    DUPLICATE_ADDRESS = Error "duplicate-address": "Two things would be published at the same address.";
    RESERVED_ADDRESS = Error "reserved-address": "A page would stand where Ethos puts a page of its own.";
    ALIAS_TAKEN = Error "alias-taken": "An old address in `aliases` is a page's address.";
    ALIAS_NEEDS_SERVER = Warning "alias-needs-server": "An old address has an ending such as .aspx, so that only a rule of the web server can lead on from it.";
    UNKNOWN_MENU_ENTRY = Error "unknown-menu-entry": "The menu names something that isn't at the top level.";
    UNUSED_SYNONYM = Warning "unused-synonym": "None of the words that are said to mean the same occurs in the handbook.";

    UNKNOWN_RULE = Error "unknown-rule": "A rule that isn't there is named, or one that can't be changed.";
    SILENCE_WITHOUT_REASON = Warning "silence-without-reason": "A finding is allowed, but it isn't said why.";

    LOW_CONTRAST = Error "low-contrast": "The brand's colour can't be read on white paper by everyone.";
    UNKNOWN_THEME = Error "unknown-theme": "The theme isn't there.";
    TEMPLATE = Error "template": "A theme's template can't be used.";
    MISSING_PART = Warning "missing-part": "A theme's template lacks a part that Ethos leads readers to.";
    STYLE = Error "style": "A theme's style can't be read, or would do nothing.";
    MISSING_STRINGS = Warning "missing-strings": "The theme has no words in the handbook's language.";
}
