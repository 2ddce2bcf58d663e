//! SVG drawings: what only draws is published byte for byte, what only an editor reads is left out, and what runs, loads or hides is
//! refused.

use std::fs;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::properties::{cases, seed};
use crate::support::{Handbook, project};

const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

/// The codes of findings about drawings.
const REFUSED: [&str; 3] = ["script-in-image", "broken-drawing", "not-utf8"];

/// The names of drawings that a build refuses.
fn refused(drawings: &[impl AsRef<[u8]>]) -> Vec<usize> {
    let with = |handbook: Handbook, (index, drawing): (usize, &_)| {
        let drawing: &[u8] = AsRef::as_ref(drawing);
        handbook.bytes(&format!("content/d{index}.svg"), drawing)
    };
    let handbook = drawings.iter().enumerate().fold(Handbook::new(), with);
    let built = handbook.build_with(&["--message-format", "json"]);
    let mut refused = Vec::new();
    for line in built.stdout.lines() {
        let finding: serde_json::Value = serde_json::from_str(line).expect("a finding");
        let code = finding["code"].as_str().expect("a code");
        assert!(REFUSED.contains(&code), "{line}");
        let name = finding["file"].as_str().and_then(|path| path.strip_prefix("content/d")?.strip_suffix(".svg"));
        refused.push(name.expect("a drawing").parse().expect("its number"));
    }
    assert_eq!(built.code, i32::from(!refused.is_empty()), "{}", built.messages);
    refused.sort_unstable();
    refused
}

#[test]
fn drawings_of_the_usual_programs_are_published_as_they_are_drawn() {
    // What each says that no browser reads, and what it says to readers.
    let programs: [(&str, &[&str], &str); 6] = [
        ("figma", &[], "<path"),
        ("moving", &[], "<animate"),
        ("drawio", &["mxfile"], "<rect"),
        ("illustrator", &["xmlns:x=", "xmlns:i=", "xmlns:graph=", "i:pgf", "<metadata", "xpacket"], "<circle"),
        ("inkscape", &["inkscape:", "sodipodi:", "rdf:", "<metadata", "steps.png"], "Ask &amp; listen"),
        ("sketch", &["sketch:"], "<title>heart</title>"),
    ];
    let read = |name: &str| {
        fs::read_to_string(project().join(format!("tests/fixtures/drawings/{name}.svg"))).expect("a drawing")
    };
    let handbook = programs.iter().fold(Handbook::new(), |handbook, (name, ..)| {
        handbook
            .file(&format!("content/{name}.svg"), &read(name))
            .file(&format!("content/bom-{name}.svg"), &format!("\u{feff}{}", read(name)))
    });
    let handbook = handbook.clean();
    for (name, metadata, shown) in programs {
        let (written, published) = (read(name), handbook.read(&format!("{name}.svg")));
        let from_bom = handbook.read(&format!("bom-{name}.svg"));
        assert_eq!(from_bom.trim_start_matches('\u{feff}'), published, "{name}");
        assert_eq!(published == written, metadata.is_empty(), "{name} changes only where it holds metadata");
        assert!(published.contains(shown), "{name} shows {shown}");
        for part in metadata {
            assert!(written.contains(part) && !published.contains(part), "{name} lacks {part}");
        }
    }
}

#[test]
fn just_the_metadata_is_taken_out() {
    let editor = "xmlns:e='https://editor.example/'";
    let cases = [
        (
            format!("<svg {SVG} {editor} e:a='1' id=\"b\"\n e:c = \"2>\" ><g e:d=''/></svg>"),
            format!("<svg {SVG} id=\"b\" ><g/></svg>"),
        ),
        (format!("<svg {SVG} {editor}>a<e:x><e:y/>b<g/></e:x>c<g/></svg>"), format!("<svg {SVG}>ac<g/></svg>")),
        (
            format!("<svg {SVG}><metadata>a<b xmlns=''>c</b></metadata><title>d</title></svg>"),
            format!("<svg {SVG}><title>d</title></svg>"),
        ),
        (
            format!("<svg {SVG}><g xmlns='' id='a'>b</g><text>c</text></svg>"),
            format!("<svg {SVG}><text>c</text></svg>"),
        ),
        (
            format!("<svg {SVG} content='d'><text content='e'>f</text></svg>"),
            format!("<svg {SVG}><text content='e'>f</text></svg>"),
        ),
        (
            format!(
                "<!DOCTYPE svg [<!ENTITY n 'https://editor.example/'>]><svg {SVG} xmlns:e='&n;'><g e:a='&n;' id='b'/></svg>"
            ),
            format!("<!DOCTYPE svg [<!ENTITY n 'https://editor.example/'>]><svg {SVG}><g id='b'/></svg>"),
        ),
        (format!("<svg {SVG}>a<?xpacket begin='b'?>\r\nc</svg>"), format!("<svg {SVG}>a\nc</svg>")),
    ];
    let handbook = cases.iter().enumerate().fold(Handbook::new(), |handbook, (index, (drawing, _))| {
        handbook.file(&format!("content/d{index}.svg"), drawing)
    });
    let handbook = handbook.clean();
    for (index, (_, plain)) in cases.iter().enumerate() {
        assert_eq!(handbook.read(&format!("d{index}.svg")), *plain);
    }
}

#[test]
fn what_runs_or_loads_is_refused_however_it_is_hidden() {
    let inside = [
        "<script>a()</script>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'>a()</s:script>",
        "<s:script xmlns:s='http://www.w3.org/2000/s&#x76;g' href='a.js'/>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>a()</h:script>",
        "<i:data xmlns:i='https://editor.example/'><script>a()</script></i:data>",
        "<i:data xmlns:i='https://editor.example/' xmlns='https://editor.example/'><s:script xmlns:s='http://www.w3.org/2000/svg'/></i:data>",
        "<metadata><script/></metadata>",
        "<handler type='text/javascript'>a()</handler>",
        "<g onclick='a()'/>",
        "<g ONCLICK='a()'/>",
        "<circle onbegin='a()'/>",
        "<a href='javascript:a()'/>",
        "<a xlink:href=' java&#9;script:a()'/>",
        "<a xmlns:y='http://www.w3.org/1999/xlink' y:href='JAVASCRIPT:a()'/>",
        "<a href='data:text/html,x'/>",
        "<a href='vbscript:a()'/>",
        "<a><animate attributeName='href' values='javascript:a()'/></a>",
        "<a><set attributeName='xlink:href' to='javascript:a()'/></a>",
        "<set attributeName='onmouseover' to='a()'/>",
        "<animate attributeName='fill' to='url(https://x.example/)'/>",
        "<image href='https://x.example/a.png'/>",
        "<image href='a.png'/>",
        "<image href='//x.example/a.png'/>",
        "<image href='data:text/html;base64,AAAA'/>",
        "<image href='data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 onload=%22a()%22/%3E'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<use href='other.svg#a'/>",
        "<feImage href='https://x.example/a.png'/>",
        "<g fill='url(https://x.example/#a)'/>",
        "<g style='fill:url(\"a.svg#b\")'/>",
        "<g style='fill: u\\72 l(https://x.example/)'/>",
        "<g style='background: image-set(\"https://x.example/a.png\" 1x)'/>",
        "<g style='background: URL( //x.example )'/>",
        "<g style='--a: [{(url(https://x.example/))}]'/>",
        "<style>@import 'https://x.example/a.css';</style>",
        "<style>@im<!-- -->port 'a.css';</style>",
        "<style><![CDATA[@imp]]>ort 'a.css';</style>",
        "<style>&#64;import 'a.css';</style>",
        "<style>@font-face { src: url(https://x.example/a.woff2) }</style>",
        "<style>a { behavior: src('a.htc') }</style>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='a.html'/></foreignObject>",
        "<foreignObject><img xmlns='http://www.w3.org/1999/xhtml' src='https://x.example/a.png'/></foreignObject>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml' onclick='a()'/></foreignObject>",
        "<foreignObject><a xmlns='http://www.w3.org/1999/xhtml' href='javascript:a()'/></foreignObject>",
        "<foreignObject><style xmlns='http://www.w3.org/1999/xhtml'>@import 'a';</style></foreignObject>",
        "<math xmlns='http://www.w3.org/1998/Math/MathML' href='javascript:a()'/>",
        "<g xml:base='javascript:a()/'/>",
        "<audio/>",
        "<iframe src='a.html'/>",
        "<?xml-stylesheet href='a.css'?>",
    ];
    let mut drawings: Vec<String> = inside.iter().map(|inside| format!("<svg {SVG}>{inside}</svg>")).collect();
    let before = [
        "<?xml-stylesheet type='text/xsl' href='#a'?>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'a()'>]>",
        "<!DOCTYPE svg [<!ENTITY a '<script>a()</script>'>]>",
        "<!DOCTYPE svg [<!ENTITY a '&#60;script>a()&#60;/script>'>]>",
        "<!DOCTYPE svg [<!ENTITY % a '&#60;!ENTITY b \"c\">'> %a;]>",
        "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE svg [<!ELEMENT svg ANY>]>",
        "<!-- <!DOCTYPE svg> --><!DOCTYPE svg [<!NOTATION a SYSTEM 'b'>]>",
    ];
    drawings.extend(before.iter().map(|before| format!("{before}<svg {SVG}/>")));
    let by_entity = "<!DOCTYPE svg [<!ENTITY a 'http://www.w3.org/2000/svg'><!ENTITY b 'javascript:a()'>]>";
    drawings.push(format!("{by_entity}<svg {SVG}><s:script xmlns:s='&a;'/></svg>"));
    drawings.push(format!("{by_entity}<svg {SVG}><a href='&b;'/></svg>"));
    let all: Vec<usize> = (0..drawings.len()).collect();
    let passed: Vec<_> = {
        let refused = refused(&drawings);
        all.into_iter().filter(|index| !refused.contains(index)).map(|index| &drawings[index]).collect()
    };
    assert!(passed.is_empty(), "{passed:#?}");
}

#[test]
fn the_logo_and_icons_are_held_to_the_same() {
    let bad = format!("<svg {SVG}><script/></svg>");
    let settings = format!("{}[brand]\nlogo = \"logo.svg\"\n", crate::support::SETTINGS);
    let built = Handbook::new()
        .file("ethos.toml", &settings)
        .file("content/logo.svg", &bad)
        .file("frameworks/values.toml", "title = \"Values\"\n\n[[values]]\ntitle = \"Kind\"\nicon = \"kind.svg\"\n")
        .file("frameworks/kind.svg", &bad)
        .build();
    assert_eq!(built.messages.matches("error[script-in-image]").count(), 2, "{}", built.messages);
    assert_eq!(built.messages.matches("error[").count(), 2, "each is told once: {}", built.messages);
}

#[test]
fn an_icon_is_found_from_its_own_file_and_from_the_folder_of_pages() {
    let image = format!("<svg {SVG}/>");
    let toml = "title = \"Values\"\n\n[[values]]\ntitle = \"Kind\"\nicon = \"images/kind.svg\"\n\n\
                [[values]]\ntitle = \"Fair\"\nicon = \"../content/images/fair.svg\"\n";
    let handbook = Handbook::new()
        .file("frameworks/values.toml", toml)
        .file("frameworks/values/bold.md", "+++\ntitle = \"Bold\"\nicon = \"bold.svg\"\n+++\n\nWe try.\n")
        .file("content/images/kind.svg", &image)
        .file("content/images/fair.svg", &image)
        .file("frameworks/values/bold.svg", &image)
        .clean();
    for (page, icon) in [("kind", "../images/kind.svg"), ("fair", "../images/fair.svg"), ("bold", "../values/bold.svg")]
    {
        let html = handbook.read(&format!("values/{page}.html"));
        assert!(html.contains(&format!("\"{icon}\"")), "{page} shows {icon}");
    }
}

#[test]
fn time_grows_with_the_length_of_a_drawing() {
    // Each was made to take the square of its length, or more, from some reader of XML or styles.
    type Shape = fn(usize) -> String;
    let shapes: [(&str, Shape); 8] = [
        ("attributes", |n| format!("<g {}/>", (0..n).map(|i| format!("data-{i}=\"\" ")).collect::<String>())),
        ("depth", |n| format!("{}{}", "<g>".repeat(n), "</g>".repeat(n))),
        ("prefixes", |n| (0..n).map(|i| format!("<g xmlns:p{i}=\"u{i}\">")).collect::<String>() + &"</g>".repeat(n)),
        ("styles", |n| format!("<style>{}</style>", "a{b:c(d)}".repeat(n))),
        ("brackets", |n| format!("<style>{}</style>", "(".repeat(n))),
        ("references", |n| format!("<style>{}</style>", "&#64;&amp;".repeat(n))),
        ("comments", |n| format!("<style>{}</style>", "<!-- -->a".repeat(n))),
        ("data", |n| format!("<image href=\"data:image/svg+xml,{}\"/>", "%3Cg%3E".repeat(n))),
    ];
    for (name, shape) in shapes {
        let time = |length: usize| {
            let text = format!("<svg {SVG}>{}</svg>", shape(length / shape(8).len() * 8));
            let handbook = Handbook::new().file("content/d.svg", &text);
            let started = Instant::now();
            let built = handbook.build();
            assert!(built.code == 0 || built.messages.contains("error[broken-drawing]"), "{name}: {}", built.messages);
            started.elapsed()
        };
        let (short, long) = (time(64 * 1024), time(1024 * 1024));
        // Sixteen times as long; the rest is for a busy computer.
        assert!(long < short * 40 + Duration::from_secs(2), "{name}: {short:?}, then {long:?}");
    }
}

#[test]
fn laughs_are_told_at_once() {
    let nested = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>";
    let long = format!("<!DOCTYPE svg [<!ENTITY a '{}'>]>", "ha".repeat(50_000));
    let drawings = [
        format!("{nested}<svg {SVG}><text>&b;</text></svg>"),
        format!("{long}<svg {SVG}><text>{}</text></svg>", "&a;".repeat(50_000)),
        format!("{long}<svg {SVG}><text class=\"{}\"/></svg>", "&a;".repeat(50_000)),
    ];
    let started = Instant::now();
    assert_eq!(refused(&drawings), [0, 1, 2]);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

/// A piece of a drawing, and whether it only draws.
fn piece() -> impl Strategy<Value = (String, bool)> {
    let name = prop_oneof![
        9 => prop::sample::select(vec!["g", "path", "s:rect", "text", "e:layer", "title", "foreignObject"]).prop_map(|n| (n, true)),
        1 => prop::sample::select(vec!["script", "s:script", "h:script", "h:iframe", "s:object", "video"]).prop_map(|n| (n, false)),
    ];
    let attribute = prop_oneof![
        9 => prop::sample::select(vec![
            "d='M0 0'", "fill='url(#a)'", "style='fill:red'", "e:label='on'", "aria-label='x'", "id='a'", "xlink:title='y'",
        ]).prop_map(|a| (a, true)),
        1 => prop::sample::select(vec![
            "onload='a()'", "onClick='a()'", "style='fill:url(a)'", "xlink:href='a.svg'", "href='https://x.example/'", "src='a'",
        ]).prop_map(|a| (a, false)),
    ];
    let words = prop_oneof![Just("words"), Just("&amp;"), Just("<![CDATA[<script>]]>"), Just("<!-- <script/> -->")];
    let leaf = words.prop_map(|words| (words.to_owned(), true));
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let inside = prop::collection::vec(inner, 0..4);
        (name.clone(), prop::option::of(attribute.clone()), inside).prop_map(|((name, is_good), attribute, inside)| {
            // What an editor's element says of itself, no browser looks at.
            let has_good = attribute.is_none_or(|(_, is_good)| is_good || name.starts_with("e:"));
            let attribute = attribute.map_or(String::new(), |(attribute, _)| format!(" {attribute}"));
            let words: String = inside.iter().map(|(words, _)| words.as_str()).collect();
            let is_good = is_good && has_good && inside.iter().all(|(_, is_good)| *is_good);
            (format!("<{name}{attribute}>{words}</{name}>"), is_good)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: cases(24),
        rng_seed: seed(),
        ..ProptestConfig::default()
    })]

    #[test]
    fn just_the_drawings_that_only_draw_pass(pieces in prop::collection::vec(piece(), 20)) {
        let prefixes = "xmlns:s='http://www.w3.org/2000/svg' xmlns:h='http://www.w3.org/1999/xhtml' xmlns:e='https://editor.example/'";
        let drawings: Vec<String> = pieces.iter().map(|(piece, _)| format!("<svg {SVG} {prefixes}>{piece}</svg>")).collect();
        let bad: Vec<usize> = (0..pieces.len()).filter(|index| !pieces[*index].1).collect();
        prop_assert_eq!(refused(&drawings), bad, "{:#?}", drawings);
    }

    #[test]
    fn a_drawing_without_its_metadata_stays_as_it_is(pieces in prop::collection::vec(piece(), 20)) {
        let prefixes = "xmlns:s='http://www.w3.org/2000/svg' xmlns:h='http://www.w3.org/1999/xhtml' xmlns:e='https://editor.example/'";
        let good: Vec<String> = pieces.into_iter().filter(|(_, is_good)| *is_good).map(|(piece, _)| piece).collect();
        let publish = |drawings: &[String]| -> Vec<String> {
            let with = |handbook: Handbook, (index, drawing): (usize, &String)| handbook.file(&format!("content/d{index}.svg"), drawing);
            let handbook = drawings.iter().enumerate().fold(Handbook::new(), with).clean();
            (0..drawings.len()).map(|index| handbook.read(&format!("d{index}.svg"))).collect()
        };
        let plain = publish(&good.iter().map(|piece| format!("<svg {SVG} {prefixes}>{piece}</svg>")).collect::<Vec<_>>());
        for (plain, piece) in plain.iter().zip(&good) {
            prop_assert!(!plain.contains("<e:") && !plain.contains("e:label") && !plain.contains("xmlns:e"), "{plain}");
            prop_assert!(piece.contains("e:") || plain.contains(piece.as_str()), "{piece} is as it was in {plain}");
        }
        prop_assert_eq!(publish(&plain), plain);
    }

    #[test]
    fn any_bytes_are_a_drawing_or_told(
        bytes in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 10),
        texts in prop::collection::vec("(<\\?xml|<!DOCTYPE|<!ENTITY|<!--|\\[|\\]|<svg|<s:a|xmlns=|\"|'|&|#|;|>|/>|</svg>|<!\\[CDATA\\[|url\\(|é| ){0,30}", 10),
    ) {
        let drawings: Vec<Vec<u8>> = bytes.into_iter().chain(texts.into_iter().map(String::into_bytes)).collect();
        // Every one is refused or published, and none stops the program.
        refused(&drawings);
    }
}
