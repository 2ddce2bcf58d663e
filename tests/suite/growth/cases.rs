//! Odd and hostile texts of any size: what a writer's slip, a program or malice can put many times into a handbook.

use super::Case;
use super::text::Part::{self, Each, Nested, Once};

/// A framework with a value, for what is added below it.
const VALUES: &str = "title = \"Values\"\n[[scales]]\nid = \"who\"\nkind = \"audience\"\ntitle = \"Who\"\n\
    points = [{ id = \"all\", title = \"All\" }]\n[[values]]\nid = \"kind\"\ntitle = \"Kind\"\n\
    indicators.all = [\"Listen to everyone.\"]\n";

/// Texts by name, each made of its parts.
type Table = &'static [(&'static str, &'static [Part])];

/// A page's text.
const PAGES: Table = &[
    ("lists in one line", &[Each("- "), Once("a")]),
    ("numbered lists in one line", &[Each("1. "), Once("a")]),
    ("quotes in one line", &[Each("> "), Once("a")]),
    ("quotes and lists in one line", &[Each("> - 1. "), Once("a")]),
    ("lists many short", &[Each("- a\n\n1. b\n\n")]),
    ("list long", &[Each("- a\n")]),
    ("list loose long", &[Each("- a\n\n")]),
    ("items of paragraphs", &[Once("- a\n\n"), Each("  b\n\n")]),
    ("items of breaks", &[Once("- a"), Each("\n  b")]),
    ("tasks", &[Each("- [ ] a\n")]),
    ("quotes long", &[Each("> a\n")]),
    ("quotes many", &[Each("> a\n\n")]),
    ("alerts", &[Each("> [!NOTE]\n> a\n\n")]),
    ("emphasis", &[Each("*a_ ")]),
    ("emphasis nested", &[Nested("*a ", "", "a* ")]),
    ("strong nested", &[Nested("**a ", "", "a** ")]),
    ("strong paired", &[Each("**a** ")]),
    ("stars", &[Each("*")]),
    ("strike", &[Each("~~a ")]),
    ("brackets open", &[Each("[")]),
    ("brackets closed", &[Each("]")]),
    ("brackets nested", &[Nested("[", "", "]")]),
    ("brackets pairs", &[Each("[a] ")]),
    ("brackets pairs lines", &[Each("[a] b\n\n")]),
    ("round brackets", &[Nested("(", "", ")")]),
    ("round open", &[Each("(a ")]),
    ("images open", &[Each("![")]),
    ("images nested", &[Nested("![", "", "](a.png)")]),
    ("links nested", &[Nested("[", "", "](a.md)")]),
    ("backticks pairs", &[Each("`a` ")]),
    ("fences", &[Each("```\na\n```\n\n")]),
    ("fence open", &[Once("```\n"), Each("a b\n")]),
    ("indented code", &[Each("    a\n\n")]),
    ("table long", &[Once("|a|b|\n|-|-|\n"), Each("|1|2|\n")]),
    ("tables many", &[Each("|a|b|\n|-|-|\n|1|2|\n\n")]),
    ("notes", &[Nested("[^{n}] ", "\n\n", "[^{n}]: Text.\n\n")]),
    ("notes of one", &[Each("[^a] "), Once("\n\n[^a]: Text.\n")]),
    ("notes missing", &[Each("[^{n}] ")]),
    ("notes unused", &[Each("[^{n}]: Text.\n\n")]),
    ("notes self", &[Once("a[^0]\n\n"), Each("[^{n}]: Text [^{n}] [^{next}].\n\n")]),
    ("notes nested", &[Each("[^a]: "), Once("b [^a]")]),
    ("notes nested paragraphs", &[Once("a [^a]\n\n[^a]: b\n\n"), Each("    c\n\n")]),
    ("definitions", &[Each("Term\n: What\n\n")]),
    ("definitions many of one", &[Once("Term\n"), Each(": What\n")]),
    ("definitions nested", &[Once("Term\n"), Each(": "), Once("a")]),
    ("html div closed", &[Each("<div></div>")]),
    ("html div lines", &[Each("<div></div>\n\n")]),
    ("html div nested", &[Nested("<div>", "", "</div>")]),
    ("html div nested lines", &[Nested("<div>\n\n", "", "</div>\n\n")]),
    ("html b closed", &[Each("<b>a</b> ")]),
    ("html b open", &[Each("<b>a ")]),
    ("html b nested", &[Once("a"), Nested("<b>", "", "</b>")]),
    ("html b misnested", &[Each("<b><i>a</b></i> ")]),
    ("html b across", &[Each("<b>a\n\n")]),
    ("html a across", &[Each("<a href=\"page.md\">a\n\n")]),
    ("html p in b", &[Each("<p><b>a")]),
    ("html p", &[Each("<p>a\n")]),
    ("html li", &[Once("<ul>"), Each("<li>a")]),
    ("html dd", &[Once("<dl>"), Each("<dd>a")]),
    ("html nested li", &[Each("<ul><li>")]),
    ("html table rows", &[Once("<table>"), Each("<tr><td>a")]),
    ("html nested table", &[Each("<table><tr><td>")]),
    ("html table foster", &[Once("<table>"), Each("<b>a")]),
    ("html end tags", &[Once("<div>"), Each("</p>")]),
    ("html end unknown", &[Once("<div>"), Each("</x></b>")]),
    ("html attributes", &[Once("<b "), Each("a{n} "), Once(">a</b>")]),
    ("html attributes allowed", &[Once("<b "), Each("class=x "), Once(">a</b>")]),
    ("html attributes block", &[Once("<div "), Each("data-{n}=x "), Once(">a</div>")]),
    ("html attributes lines", &[Once("<div\n"), Each("data-{n}=x\n"), Once(">a</div>")]),
    ("html attributes end tag", &[Once("<b>a</b "), Each("a{n} "), Once(">")]),
    ("html long attribute", &[Once("<b title=\""), Each("a "), Once("\">a</b>")]),
    ("html spaces before quote", &[Once("<b title="), Each(" "), Once("\"a\">a</b>")]),
    ("html quotes", &[Once("<div title=\""), Each("' \n"), Once("\">a</div>")]),
    ("html quotes2", &[Once("<div "), Each("a='\"' "), Once(">a</div>")]),
    ("html ids same", &[Each("<b id=\"x\">a</b> ")]),
    ("html ids", &[Each("<b id=\"x{n}\">a</b> ")]),
    ("html ids block", &[Once("<div>\n"), Each("<b id=\"x{n}\">a</b>\n"), Once("</div>")]),
    ("html ids same block", &[Once("<div>\n"), Each("<b id=\"x\">a</b>\n"), Once("</div>")]),
    ("html links block", &[Once("<div>\n"), Each("<a href=\"page.md\">a</a>\n"), Once("</div>")]),
    ("html links broken block", &[Once("<div>\n"), Each("<a href=\"{w}.md\">a</a>\n"), Once("</div>")]),
    ("html links inline", &[Each("<a href=\"page.md\">a</a> ")]),
    ("html links twice entity", &[Once("<div>\n"), Each("<a href=\"pa&amp;ge.md\">a</a>\n"), Once("</div>")]),
    ("html img", &[Each("<img src=\"x.png\">\n")]),
    ("html img block", &[Once("<div>\n"), Each("<img src=\"x.png\">\n"), Once("</div>")]),
    ("html headings", &[Once("<div>\n"), Each("<h2>  </h2>\n"), Once("</div>")]),
    ("html headings space", &[Once("<div>\n"), Nested("<h2>", "", " "), Once("</div>")]),
    ("html removed", &[Each("<x>a</x> ")]),
    ("html removed block", &[Once("<div>\n"), Each("<x>a</x>\n"), Once("</div>")]),
    ("html script", &[Each("<script>a</script>\n\n")]),
    ("html script open", &[Each("<script>\n")]),
    ("html languages", &[Once("<div>\n"), Each("<b lang=\"123456789x\">a</b>\n"), Once("</div>")]),
    ("html comments", &[Each("<!-- a -->")]),
    ("html comments lines", &[Each("<!-- a -->\n\n")]),
    ("html comments open", &[Each("<!-- ")]),
    ("html comments open lines", &[Each("a <!-- b\n\n")]),
    ("html !-- <", &[Each("!-- <")]),
    ("html cdata", &[Each("a <![CDATA[")]),
    ("html cdata closed", &[Each("a <![CDATA[x]]> ")]),
    ("html pi", &[Each("a <?")]),
    ("html decl", &[Each("a <!X")]),
    ("html open tags", &[Each("<a ")]),
    ("html lt", &[Each("<")]),
    ("html details", &[Each("<details><summary>a</summary>\n\nb\n\n</details>\n\n")]),
    ("entities", &[Each("&amp;")]),
    ("entities unknown", &[Each("&x;")]),
    ("entities open", &[Each("&")]),
    ("entities numbers", &[Each("&#65;")]),
    ("links to a page", &[Each("[a](index.md) ")]),
    ("links to pages lines", &[Each("[a](index.md)\n\n")]),
    ("links broken same", &[Each("[a](missing.md) ")]),
    ("links broken", &[Each("[a]({w}.md)\n\n")]),
    ("links broken line", &[Each("[a]({w}.md) ")]),
    ("links fragment", &[Once("## Gifts\n\n"), Each("[a](#{w})\n\n")]),
    ("links fragment good", &[Each("## {w}\n\n[a](#{w})\n\n")]),
    ("links fragments headings", &[Each("## {w}\n\n[a](#{w}x)\n\n")]),
    ("links unsafe", &[Each("[a](javascript:x) ")]),
    ("links unsafe lines", &[Each("[a](javascript:x)\n\n")]),
    ("links outside", &[Each("[a](https://{n}.example/) ")]),
    ("links images missing", &[Each("![a]({w}.png)\n\n")]),
    ("links images no text", &[Each("![](x.png) ")]),
    ("links auto", &[Each("<https://a.example/> ")]),
    ("links auto bare", &[Each("https://a.example/ ")]),
    ("links mail", &[Each("<a@b.example> ")]),
    ("links open paren", &[Each("[a](")]),
    ("links angle", &[Each("[a](<b")]),
    ("links title", &[Each("[a](b \"")]),
    ("links here", &[Each("[here](index.md) ")]),
    ("links here lines", &[Each("[here](index.md)\n\n")]),
    ("links same words", &[Each("[Gifts](index.md#{n})\n\n")]),
    ("links same words other", &[Each("[Gifts](https://a.example/{n})\n\n")]),
    ("references", &[Nested("[a{n}]: index.md\n", "\n", "[a{n}] ")]),
    ("references same", &[Nested("[a]: index.md\n", "\n", "[a] ")]),
    ("references long label", &[Once("["), Each("a "), Once("]: b\n")]),
    ("references long", &[Once("[a]: index.md?"), Nested("b", "\n\n", "[a] ")]),
    ("headings same", &[Each("## a\n\n")]),
    ("headings", &[Each("## {w}\n\n")]),
    ("headings numbered alike", &[Each("## a {n}\n\n## a\n\n")]),
    ("headings empty", &[Each("##\n\n")]),
    ("headings one", &[Each("# a\n\n")]),
    ("headings skipped", &[Each("## a\n\n#### b\n\n")]),
    ("heading long", &[Once("## "), Each("word ")]),
    ("heading events", &[Once("## "), Each("*a* ")]),
    ("heading ids same", &[Each("## a {#x}\n\n")]),
    ("heading ids", &[Each("## a {#x{n}}\n\n")]),
    ("heading audience unknown", &[Each("## a {audience={w}}\n\n")]),
    ("heading audiences in one", &[Once("## a {audience="), Each("{w},"), Once("}\n\nb\n")]),
    ("heading attributes", &[Once("## a {"), Each("a{n}=b "), Once("}\n\nb\n")]),
    ("setext", &[Each("a\n---\n\n")]),
    ("rules", &[Each("---\n\n")]),
    ("passages", &[Each("[a]{lang=cy} ")]),
    ("passages bad", &[Each("[a]{lang=123456789x} ")]),
    ("passages bad lines", &[Each("[a]{lang=123456789x}\n\n")]),
    ("braces open", &[Each("[a]{")]),
    ("braces only", &[Each("{")]),
    ("blocks", &[Each("```framework\nid = \"values\"\nshow = \"values\"\n```\n\n")]),
    ("blocks unknown", &[Each("```framework\nid = \"{w}\"\nshow = \"values\"\n```\n\n")]),
    ("blocks value unknown", &[Each("```framework\nid = \"values\"\nshow = \"indicators\"\nvalue = \"{w}\"\n```\n\n")]),
    ("blocks keys", &[Once("```framework\nid = \"values\"\nshow = \"values\"\n"), Each("k{n} = 1\n"), Once("```\n\n")]),
    ("blocks empty", &[Each("```framework\n```\n\n")]),
    ("remarks", &[Each("<!-- ethos: allow long-sentence because so -->\n\nWord.\n\n")]),
    ("remarks needed", &[Each("<!-- ethos: allow repeated-word because so -->\n\nThe the.\n\n")]),
    ("remarks inline", &[Each("The the <!-- ethos: allow repeated-word because so --> ")]),
    ("remarks unknown", &[Each("<!-- ethos: allow long-sentense because so -->\n\nWord.\n\n")]),
    ("remarks unknown each", &[Each("<!-- ethos: allow {w} because so -->\n\nWord.\n\n")]),
    ("remarks names", &[Once("<!-- ethos: allow "), Each("{w}, "), Once("because so -->\n\nWord.\n\n")]),
    ("remarks before one", &[Each("<!-- ethos: allow long-sentence because so -->\n\n"), Once("Word.\n")]),
    ("remarks with no reason", &[Each("<!-- ethos: allow long-sentence -->\n\nWord.\n\n")]),
    ("words", &[Each("Listen to others. ")]),
    ("words lines", &[Each("Listen to others.\n")]),
    ("words paragraphs", &[Each("Listen to others.\n\n")]),
    ("sentence huge", &[Each("listen to others ")]),
    ("word huge", &[Each("a")]),
    ("word huge wide", &[Each("é")]),
    ("word huge dashes", &[Each("a-")]),
    ("word huge dots", &[Each("a.")]),
    ("word huge at", &[Each("a@")]),
    ("word huge slash", &[Each("a/")]),
    ("word huge apostrophes", &[Each("a'")]),
    ("word huge digits", &[Each("0")]),
    ("digits spaced", &[Each("0 ")]),
    ("telephones", &[Each("07700 900123 ")]),
    ("mails", &[Each("a.smith@b.example ")]),
    ("words repeated", &[Each("the ")]),
    ("words repeated lines", &[Each("the the\n\n")]),
    ("words avoid", &[Each("utilise in order to ")]),
    ("words avoid lines", &[Each("We utilise in order to.\n\n")]),
    ("passive", &[Each("It was done by them. ")]),
    ("passive paragraphs", &[Each("It was done by them. It was made by us.\n\n")]),
    ("abbreviations", &[Each("The {W} is.\n\n")]),
    ("abbreviations line", &[Each("The {W} is. ")]),
    ("capitals", &[Each("ALL IN CAPITALS ")]),
    ("capitals lines", &[Each("ALL IN CAPITALS HERE NOW\n\n")]),
    ("quotes open", &[Each("“a ")]),
    ("quotes closed", &[Each("a” ")]),
    ("quotes straight", &[Each("\"a ")]),
    ("quotes single", &[Each("'a ")]),
    ("quotes straight pairs", &[Each("\"a\" ")]),
    ("quotes only", &[Each("\"")]),
    ("quotes paragraphs", &[Each("“a\n\n")]),
    ("spaces", &[Once("a"), Each(" "), Once("b")]),
    ("double spaces", &[Each("a  b ")]),
    ("punctuation double", &[Each("a,, ")]),
    ("punctuation", &[Each(",")]),
    ("points", &[Each(".")]),
    ("dashes", &[Each("-"), Once("a")]),
    ("dashes spaced", &[Each("a - ")]),
    ("space before", &[Each("a , ")]),
    ("mojibake", &[Each("â€™Ã© ")]),
    ("mojibake dense", &[Each("Ã©")]),
    ("invisible", &[Each("a\u{200b} ")]),
    ("private", &[Each("\u{f8f0}")]),
    ("soft hyphens", &[Each("\u{ad}")]),
    ("combining", &[Once("a"), Each("\u{301}")]),
    ("emoji", &[Each("😀 ")]),
    ("emoji bullets", &[Each("👉 a\n")]),
    ("emoji bullets paragraphs", &[Each("👉 a\n\n")]),
    ("bullets", &[Each("• a\n")]),
    ("word bullets", &[Each("o a\n\n")]),
    ("glued", &[Each("a;b.C ")]),
    ("glued items", &[Once("- a"), Each(" - b")]),
    ("semicolons", &[Each("do this; ")]),
    ("bold headings", &[Each("**Gifts**\n\n")]),
    ("bold heading runs", &[Once("**"), Each("a "), Once("**\n")]),
    ("diagrams", &[Once("```\n"), Each("┌─┐\n"), Once("```\n")]),
    ("breaks", &[Each("a\\\n")]),
    ("backslashes", &[Each("\\")]),
    ("tabs", &[Each("\t"), Once("a")]),
    ("newlines", &[Once("a"), Each("\n"), Once("b")]),
    ("nuls", &[Each("\0")]),
    ("clauses", &[Each("- 1.{next} a\n")]),
    ("lists deep in lines", &[Nested("- ", "a\n", "  b\n")]),
    ("table wide", &[Nested("|a", "|\n", "|-"), Once("|\n")]),
    ("references long", &[Once("[a]: index.md?"), Nested("b", "\n\n", "[a] ")]),
    ("abbreviations in a cell", &[Once("|a|b|\n|-|-|\n|ABC|"), Each("above the "), Once("|\n")]),
    ("abbreviations before brackets", &[Each("ABC ( ")]),
    ("abbreviations among small words", &[Each("ABC of the ")]),
    ("attributes of an end", &[Once("<div>\n</div "), Each("a{n} "), Once(">")]),
    ("abbr open", &[Each("<abbr ")]),
    ("html adopted", &[Each("<b id=\"x{n}\"><p></b>")]),
    ("html tables open", &[Each("<table><th>")]),
    ("html quotes in values", &[Once("<div "), Each("a='\"' "), Once(">a</div>")]),
    ("headings with emoji", &[Each("## &#x2705; a\n\n")]),
    ("drawings", &[Each("```\n→ ↓ {w}\n```\n\nSome words that stand here and say what it is all about.\n\n")]),
    ("a drawing of words", &[Once("```\n→ ↓ "), Nested("{w} ", "\n```\n\n", "{w} ")]),
    ("stops with spaces", &[Each(". ")]),
    ("bullets alone", &[Each("•\n")]),
    ("a word with a question", &[Each("a"), Once("?")]),
    ("a word with quotation marks", &[Each("a”")]),
    ("addresses in a word", &[Each("http://")]),
    ("people", &[Each("{T} {T}, 07700 900123.\n\n")]),
    ("links to far places", &[Nested("## {w}\n\n", "", "[a](#{w}x)\n\n")]),
    ("links to headings by two words", &[Nested("## Part {n}\n\n", "", "[here](#part-{n})\n\n")]),
    ("spaces before marks", &[Once("a"), Each(" "), Once("- b")]),
];

/// Front matter of a page.
const FRONT_MATTER: Table = &[
    ("unknown keys", &[Each("{w}{n} = 1\n")]),
    ("unknown audiences", &[Once("audience = ["), Each("\"{w}\","), Once("]")]),
    ("aliases", &[Once("aliases = ["), Each("\"old/{n}\","), Once("]")]),
    ("aliases clash", &[Once("aliases = ["), Each("\"old/a\","), Once("]")]),
    ("aliases taken", &[Once("aliases = ["), Each("\"page.html\","), Once("]")]),
    ("aliases wrong", &[Once("aliases = ["), Each("\"../a\","), Once("]")]),
    ("syntax", &[Each("k\n")]),
    ("curly", &[Each("k = “a”\n")]),
    ("nested arrays", &[Once("x = "), Nested("[", "", "]")]),
    ("nested tables", &[Once("x = "), Each("{a="), Once("1")]),
    ("dotted", &[Each("a."), Once("b = 1")]),
    ("dotted keys", &[Each("a.k{n} = 1\n")]),
    ("tables", &[Each("[t{n}]\n")]),
    ("array tables", &[Each("[[t]]\n")]),
    ("title long", &[Once("summary = \""), Each("a "), Once("\"")]),
    ("title escapes", &[Once("summary = \""), Each("\\u00e9 "), Once("\"")]),
    ("extra", &[Once("[extra]\n"), Each("k{n} = 1\n")]),
];

/// Further settings.
const SETTINGS: Table = &[
    ("menu unknown", &[Once("menu = ["), Each("\"{w}\","), Once("]")]),
    ("menu repeated", &[Once("menu = ["), Each("\"page\","), Once("]")]),
    ("synonyms", &[Once("[search.synonyms]\n"), Each("{w}{n} = [\"gift\"]\n")]),
    ("synonyms in one", &[Once("[search.synonyms]\ngift = ["), Each("\"{w}{n}\","), Once("]\n")]),
    ("synonyms groups", &[Once("[search]\nsynonyms = ["), Each("[\"gift\",\"{w}{n}\"],"), Once("]\n")]),
    ("levels unknown", &[Once("[check]\n"), Each("{w}{n} = \"off\"\n")]),
    ("rules levels unknown", &[Once("[check.levels]\n"), Each("{w}{n} = \"off\"\n")]),
    ("unknown keys", &[Each("{w}{n} = 1\n")]),
    ("words", &[Once("[check]\nabbreviations = ["), Each("\"{w}{n}\","), Once("]\n")]),
    ("glossary", &[Once("[glossary]\n"), Each("{w}{n} = \"a thing\"\n")]),
];

/// The text of a page with authored numbers.
const AUTHORED: Table = &[
    ("authored", &[Each("- 1.{next} a\n")]),
    ("authored repeated", &[Each("- 1.1 a\n")]),
    ("authored paragraphs", &[Each("{next} a\n\n")]),
    ("authored letters", &[Each("- (a) a\n")]),
    ("authored deep", &[Each("1."), Once(" a\n")]),
];

/// The text of a page with computed numbers.
const DECIMAL: Table = &[
    ("decimal", &[Each("## a\n\n- b\n")]),
    ("decimal lists", &[Each("- b\n")]),
    ("decimal nested", &[Each("- "), Once("a")]),
];

/// A framework's TOML.
const FRAMEWORKS: Table = &[
    ("values same", &[Once("title = \"V\"\n"), Each("[[values]]\ntitle = \"A\"\n")]),
    ("values same id", &[Once("title = \"V\"\n"), Each("[[values]]\nid = \"a\"\ntitle = \"A\"\n")]),
    (
        "indicators",
        &[
            Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nindicators = ["),
            Each("\"Be {w} to others.\","),
            Once("]\n"),
        ],
    ),
    (
        "indicators same",
        &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nindicators = ["), Each("\"be kind\","), Once("]\n")],
    ),
    (
        "indicators alike",
        &[
            Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nindicators = ["),
            Each("\"Be kind and listen to people {w}.\","),
            Once("]\n"),
        ],
    ),
    (
        "indicators empty",
        &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nindicators = ["), Each("\"\","), Once("]\n")],
    ),
    (
        "indicators ids",
        &[
            Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nindicators = ["),
            Each("{ text = \"be kind\", id = \"x{n}\" },"),
            Once("]\n"),
        ],
    ),
    (
        "indicators lists",
        &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nindicators = [\""), Each("- "), Once("a\"]\n")],
    ),
    ("indicators points unknown", &[Once(VALUES), Each("indicators.{w}{n} = [\"a\"]\n")]),
    (
        "points same",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"audience\"\ntitle = \"Who\"\npoints = ["),
            Each("{ id = \"a\", title = \"T\" },"),
            Once("]\n[[values]]\ntitle = \"A\"\n"),
        ],
    ),
    (
        "points build on unknown",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"level\"\ntitle = \"Who\"\npoints = ["),
            Each("{ id = \"p{n}\", title = \"T{n}\", builds_on = \"{w}\" },"),
            Once("]\n[[values]]\ntitle = \"A\"\n"),
        ],
    ),
    ("scales unknown", &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nscales = ["), Each("\"{w}\","), Once("]\n")]),
    (
        "needs unknown point",
        &[
            Once(VALUES),
            Once("[[profiles]]\ntitle = \"G\"\n"),
            Each("[[profiles]]\ntitle = \"G{n}\"\nneeds = { kind = \"{w}\" }\n"),
        ],
    ),
    ("unknown keys", &[Once(VALUES), Each("{w}{n} = 1\n")]),
    (
        "description lists",
        &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\ndescription = \"\"\""), Each("- "), Once("a\"\"\"\n")],
    ),
    (
        "description escapes",
        &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\ndescription = \""), Each("\\u00e9 "), Once("\"\n")],
    ),
    (
        "description lines",
        &[
            Once("title = \"V\"\n[[values]]\ntitle = \"A\"\ndescription = \"\"\""),
            Each("A word.\n\n"),
            Once("\"\"\"\n"),
        ],
    ),
    (
        "description escaped lines",
        &[
            Once("title = \"V\"\n[[values]]\ntitle = \"A\"\ndescription = \"\"\""),
            Each("- \\\"A\\\"\n"),
            Once("\"\"\"\n"),
        ],
    ),
    ("aka", &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\naka = ["), Each("\"{w}{n}\","), Once("]\n")]),
    ("remarks allow", &[Once(VALUES), Once("[values.allow]\n"), Each("{w}{n} = \"so\"\n")]),
    (
        "points in circles",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"level\"\ntitle = \"Who\"\npoints = ["),
            Each("{ id = \"p{n}\", title = \"T{n}\", builds_on = [\"p{next}\", \"p0\"] },"),
            Once("]\n[[values]]\ntitle = \"A\"\n"),
        ],
    ),
    (
        "needs unknown",
        &[Once(VALUES), Once("[[profiles]]\ntitle = \"G\"\n[profiles.needs]\n"), Each("{w}{n} = \"all\"\n")],
    ),
    (
        "indicators at every point",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"rating\"\ntitle = \"Who\"\npoints = ["),
            Nested(
                "{ id = \"p{n}\", title = \"T{n}\" },",
                "]\n[[values]]\ntitle = \"A\"\n[values.indicators]\n",
                "p{n} = [\"Be {w} to others.\"]\n",
            ),
        ],
    ),
    (
        "two long indicators",
        &[
            Once("title = \"V\"\n[[values]]\ntitle = \"A\"\nindicators = [\""),
            Nested("be {w} ", " today\", \"", "be {w} "),
            Once("\"]\n"),
        ],
    ),
];

/// Frameworks of very many parts. Each part has a page, and each page a menu of all parts, so a site of these grows with the square: they
/// come with a mistake, so that all is looked over and nothing drawn.
const PARTS: Table = &[
    ("values", &[Once("title = \"V\"\n"), Each("[[values]]\ntitle = \"{w}{n}\"\n")]),
    (
        "behaviours",
        &[Once("title = \"V\"\n[[values]]\ntitle = \"A\"\n"), Each("[[values.behaviours]]\ntitle = \"{w}{n}\"\n")],
    ),
    (
        "points",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"audience\"\ntitle = \"Who\"\npoints = ["),
            Each("{ id = \"{w}{n}\", title = \"T{n}\" },"),
            Once("]\n[[values]]\ntitle = \"A\"\n"),
        ],
    ),
    (
        "scales",
        &[
            Once("title = \"V\"\n"),
            Each(
                "[[scales]]\nid = \"s{n}\"\nkind = \"audience\"\ntitle = \"S{n}\"\npoints = [{ id = \"a\", title = \"T\" }]\n",
            ),
            Once("[[values]]\ntitle = \"A\"\n"),
        ],
    ),
    ("profiles", &[Once(VALUES), Each("[[profiles]]\ntitle = \"{w}{n}\"\n")]),
    (
        "values that are reviewed",
        &[Once("title = \"V\"\n"), Each("[[values]]\ntitle = \"{w}{n}\"\nlast_reviewed = 2020-01-01\n")],
    ),
    (
        "values with a gap",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"rating\"\ntitle = \"Who\"\npoints = ["),
            Nested(
                "{ id = \"p{n}\", title = \"T{n}\" },",
                "]\n",
                "[[values]]\ntitle = \"A{n}\"\nindicators.p{n} = [\"Be kind.\"]\nindicators.p{next} = [\"Be kind.\"]\n",
            ),
        ],
    ),
    (
        "needs of one value",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"level\"\ntitle = \"Who\"\npoints = ["),
            Nested(
                "{ id = \"p{n}\", title = \"T{n}\" },",
                "]\n[[values]]\nid = \"kind\"\ntitle = \"Kind\"\nindicators.p0 = [\"Be kind.\"]\n",
                "[[profiles]]\ntitle = \"G{n}\"\nneeds = { kind = \"p1\" }\n",
            ),
        ],
    ),
    (
        "points build on the next",
        &[
            Once("title = \"V\"\n[[scales]]\nid = \"who\"\nkind = \"level\"\ntitle = \"Who\"\npoints = ["),
            Each("{ id = \"p{n}\", title = \"T{n}\", builds_on = \"p{next}\" },"),
            Once("]\n[[values]]\ntitle = \"A\"\n"),
        ],
    ),
];

/// What stands under a point in a value's Markdown.
const VALUE: Table = &[
    ("items", &[Each("- Be {w} to others\n")]),
    ("items same", &[Each("- a\n")]),
    ("items nested", &[Each("- "), Once("a")]),
    ("items nested in one", &[Once("- a\n"), Each("  - b\n")]),
    ("items paragraphs", &[Once("- a\n\n"), Each("  b\n\n")]),
    ("items ids", &[Each("- Be {w} {#x{n}}\n")]),
    ("items ids same", &[Each("- Be {#x}\n")]),
    ("quotes nested", &[Each("> "), Once("a")]),
    ("headings", &[Each("## {w}\n\n- a\n\n")]),
    ("headings same", &[Each("## All\n\n- a\n\n")]),
    ("headings third", &[Each("### {w}\n\n- a\n\n")]),
    ("notes", &[Nested("- a [^{n}]\n", "\n\n", "[^{n}]: Text.\n\n")]),
    ("paragraphs", &[Each("A word.\n\n")]),
    ("empty items", &[Each("-\n")]),
    ("html nested", &[Nested("<div>\n\n", "", "</div>\n\n")]),
];

/// Many pages of some 200 bytes.
const MANY: &[(&str, &str)] = &[
    ("broken links", "title = \"T{n}\"\n+++\n\n[a]({w}x{n}.md) [b](../x/{w}.md)\n"),
    ("misspelt links", "title = \"T{n}\"\n+++\n\n[a]({w}{n}s.md)\n"),
    ("broken fragments", "title = \"T{n}\"\n+++\n\n[a](#{w})\n"),
    ("nothing wrong", "title = \"T{n}\"\n+++\n\nText.\n"),
    ("one alias", "title = \"T{n}\"\naliases = [\"old\"]\n+++\n\nText.\n"),
    ("the same title", "title = \"T\"\n+++\n\n[T](index.md)\n"),
    ("drafts", "title = \"T{n}\"\ndraft = true\n+++\n\nText.\n"),
    ("unknown audiences", "title = \"T{n}\"\naudience = [\"{w}\"]\n+++\n\nText.\n"),
    ("unknown frameworks", "title = \"T{n}\"\n+++\n\n```framework\nid = \"{w}\"\nshow = \"values\"\n```\n"),
    ("owners", "title = \"T{n}\"\nowner = \"{w}\"\n+++\n\nText.\n"),
    ("links to values", "title = \"T{n}\"\n+++\n\n[Kinds](../frameworks/values.toml#kind)\n"),
    ("links to unknown values", "title = \"T{n}\"\n+++\n\n[a](../frameworks/values.toml#{w})\n"),
];

/// Every case.
pub fn all() -> Vec<Case> {
    let page = |settings: &str| format!("+++\ntitle = \"P\"\n{settings}+++\n\n");
    let value = "+++\ntitle = \"Kind\"\nscales = [\"who\"]\n+++\n\nProse.\n\n## All\n\n";
    let of = |table: Table, kind: &'static str, path: &'static str, before: String, after: &'static str| {
        table.iter().map(move |(name, parts)| Case::one(kind, name, path, before.clone(), parts, after))
    };
    let settings = crate::support::SETTINGS.to_owned();
    of(PAGES, "page", "content/page.md", page(""), "\n")
        .chain(of(FRONT_MATTER, "front matter", "content/page.md", "+++\ntitle = \"P\"\n".into(), "\n+++\n\nText.\n"))
        .chain(of(SETTINGS, "settings", "ethos.toml", settings, "\n"))
        .chain(of(AUTHORED, "authored", "content/page.md", page("numbered = \"authored\"\n"), "\n"))
        .chain(of(DECIMAL, "decimal", "content/page.md", page("numbered = \"decimal\"\n"), "\n"))
        .chain(of(FRAMEWORKS, "framework", "frameworks/values.toml", String::new(), "\n"))
        .chain(of(PARTS, "parts", "frameworks/values.toml", String::new(), "\n").map(Case::with_mistake))
        .chain(of(VALUE, "value", "frameworks/values/kindness.md", value.to_owned(), "\n"))
        .chain(MANY.iter().map(|(name, page)| Case::pages(name, page)))
        .collect()
}

/// The framework that a handbook has where a case doesn't write its own.
pub fn values() -> &'static str {
    VALUES
}
