//! A built page as a tree. The reader is strict where browsers forgive: an element left open, closed twice or closed out of turn fails
//! the test that reads the page, and so does an attribute without quotes.

use std::collections::BTreeSet;

/// Elements that have no end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that stand in lines of text.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements that mean nothing by themselves: their contents stand in their place.
const TRANSPARENT: &[&str] = &["div", "section", "thead", "tbody"];

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// Reads a page. The root holds what stands at its top.
pub fn parse(html: &str) -> Result<Element, String> {
    let mut open = vec![Element::default()];
    let mut rest = html;
    while !rest.is_empty() {
        let parent = open.last_mut().expect("the root stays open");
        if let Some(after) = rest.strip_prefix("<!--") {
            let end = after.find("-->").ok_or("a comment isn't closed")?;
            rest = &after[end + 3..];
        } else if let Some(after) = rest.strip_prefix("<!") {
            let end = after.find('>').ok_or("a declaration isn't closed")?;
            rest = &after[end + 1..];
        } else if let Some(after) = rest.strip_prefix("</") {
            let end = after.find('>').ok_or("an end tag isn't closed")?;
            let closed =
                open.pop().filter(|_| !open.is_empty()).ok_or(format!("</{}> closes nothing", &after[..end]))?;
            if closed.name != after[..end] {
                return Err(format!("</{}> closes <{}>", &after[..end], closed.name));
            }
            open.last_mut().expect("the root stays open").children.push(Node::Element(closed));
            rest = &after[end + 1..];
        } else if rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (element, after) = start_tag(&rest[1..])?;
            rest = after;
            if VOID.contains(&element.name.as_str()) {
                parent.children.push(Node::Element(element));
            } else if matches!(element.name.as_str(), "script" | "style" | "title") {
                let close = format!("</{}>", element.name);
                let end = rest.find(&close).ok_or(format!("no {close}"))?;
                let text = if element.name == "title" { decoded(&rest[..end]) } else { rest[..end].to_owned() };
                parent.children.push(Node::Element(Element { children: vec![Node::Text(text)], ..element }));
                rest = &rest[end + close.len()..];
            } else {
                open.push(element);
            }
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("a bare < before {:?}", rest.chars().take(20).collect::<String>()));
            }
            parent.children.push(Node::Text(decoded(&rest[..end])));
            rest = &rest[end..];
        }
    }
    let root = open.pop().ok_or("nothing")?;
    match open.len() {
        0 => Ok(root),
        _ => Err(format!("<{}> isn't closed", root.name)),
    }
}

/// A start tag behind its `<`, and what follows it.
fn start_tag(text: &str) -> Result<(Element, &str), String> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).ok_or("a tag isn't closed")?;
    let mut element = Element { name: text[..end].to_owned(), ..Element::default() };
    let mut rest = text[end..].trim_start();
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((element, after));
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).ok_or("a tag isn't closed")?;
        let name = rest[..end].to_owned();
        if name.is_empty() || name.contains(['"', '\'', '<', '/']) {
            return Err(format!("<{}> has an attribute called {name:?}", element.name));
        }
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=") {
            let inner = after.strip_prefix('"').ok_or(format!("{name} has no quotes"))?;
            let end = inner.find('"').ok_or(format!("{name} isn't closed"))?;
            value = decoded(&inner[..end]);
            rest = &inner[end + 1..];
        }
        if element.attribute(&name).is_some() {
            return Err(format!("<{}> has {name} twice", element.name));
        }
        element.attributes.push((name, value));
        rest = rest.trim_start();
    }
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 10).unwrap_or(0);
        let name = rest.get(1..end).unwrap_or_default();
        let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16).ok());
        let number = number.or_else(|| name.strip_prefix('#').map(|digits| digits.parse().ok())).flatten();
        let meant = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "nbsp" => Some('\u{a0}'),
            _ => number.and_then(char::from_u32),
        };
        out.push(meant.unwrap_or('&'));
        rest = &rest[if meant.is_some() { end + 1 } else { 1 }..];
    }
    out.push_str(rest);
    out
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn id(&self) -> Option<&str> {
        self.attribute("id")
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|own| own == class))
    }

    fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// This element and all below it, in the order of the page.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for element in self.elements() {
            all.extend(element.all());
        }
        all
    }

    /// Every element below this one that is wanted, each with the elements around it, the outermost first.
    pub fn with_ancestors<'a>(&'a self, wanted: &dyn Fn(&Self) -> bool) -> Vec<Vec<&'a Self>> {
        let mut found = Vec::new();
        for element in self.elements() {
            if wanted(element) {
                found.push(vec![self, element]);
            }
            for mut path in element.with_ancestors(wanted) {
                path.insert(0, self);
                found.push(path);
            }
        }
        found
    }

    pub fn find(&self, wanted: impl Fn(&Self) -> bool) -> Option<&Self> {
        self.all().into_iter().find(|element| wanted(element))
    }

    pub fn named(&self, name: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|element| element.name == name).collect()
    }

    /// What readers see, white space folded; links to the place itself aside.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        folded(&text)
    }

    fn add_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if element.is_aside() => {}
                Node::Element(element) => {
                    element.add_text(out);
                    if !INLINE.contains(&element.name.as_str()) || element.name == "br" {
                        out.push(' ');
                    }
                }
            }
        }
    }

    /// Permalinks and signs for eyes alone.
    fn is_aside(&self) -> bool {
        self.has_class("permalink") || self.attribute("aria-hidden") == Some("true")
    }

    /// Every id, each once.
    ///
    /// # Panics
    /// Where one is given twice.
    pub fn ids(&self) -> BTreeSet<&str> {
        let mut ids = BTreeSet::new();
        for id in self.all().into_iter().filter_map(Self::id) {
            assert!(ids.insert(id), "the id {id:?} stands twice");
        }
        ids
    }

    /// What a reader meets, a block a line: `h2#gifts Gifts`, links as `[words](address)`.
    pub fn outline(&self) -> String {
        let mut out = String::new();
        self.add_outline(0, &mut out);
        out
    }

    fn add_outline(&self, depth: usize, out: &mut String) {
        let mut line = String::new();
        for node in &self.children {
            match node {
                Node::Text(text) => line.push_str(text),
                Node::Element(element) if element.is_aside() => {}
                Node::Element(element) if INLINE.contains(&element.name.as_str()) => element.add_inline(&mut line),
                Node::Element(element) => {
                    add_line(depth, "", &mut line, out);
                    element.add_block(depth, out);
                }
            }
        }
        add_line(depth, "", &mut line, out);
    }

    fn add_block(&self, depth: usize, out: &mut String) {
        let label = match self.id() {
            Some(id) => format!("{}#{id}", self.name),
            None => self.name.clone(),
        };
        if self.name == "tr" {
            let cells: Vec<String> = self.elements().map(Self::inline_text).collect();
            add_line(depth, &label, &mut cells.join(" | "), out);
        } else if TRANSPARENT.contains(&self.name.as_str()) && self.id().is_none() {
            self.add_outline(depth, out);
        } else {
            let mut line = String::new();
            let is_text = |node: &Node| match node {
                Node::Text(_) => true,
                Node::Element(element) => INLINE.contains(&element.name.as_str()),
            };
            let end = self.children.iter().position(|node| !is_text(node)).unwrap_or(self.children.len());
            Self { children: self.children[..end].to_vec(), ..Self::default() }.add_inline(&mut line);
            out.push_str(format!("{}{label} {}", "  ".repeat(depth), folded(&line)).trim_end());
            out.push('\n');
            Self { children: self.children[end..].to_vec(), ..Self::default() }.add_outline(depth + 1, out);
        }
    }

    fn inline_text(&self) -> String {
        let mut line = String::new();
        Self { children: self.children.clone(), ..Self::default() }.add_inline(&mut line);
        folded(&line)
    }

    fn add_inline(&self, line: &mut String) {
        let start = line.len();
        for node in &self.children {
            match node {
                Node::Text(text) => line.push_str(text),
                Node::Element(element) if element.is_aside() => {}
                Node::Element(element) => element.add_inline(line),
            }
        }
        if self.name == "br" {
            line.push_str(" / ");
        }
        if self.name == "img" {
            line.push_str(&format!(
                "![{}]({})",
                self.attribute("alt").unwrap_or("no alt"),
                self.attribute("src").unwrap_or_default()
            ));
        }
        if let Some(href) = self.attribute("href") {
            let words = folded(&line[start..]);
            line.truncate(start);
            line.push_str(&format!("[{words}]({href})"));
        }
    }
}

fn add_line(depth: usize, label: &str, line: &mut String, out: &mut String) {
    let words = folded(&std::mem::take(line));
    if !words.is_empty() {
        out.push_str(&"  ".repeat(depth));
        out.push_str(format!("{label} {words}").trim_start());
        out.push('\n');
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_not_well_nested_is_an_error() {
    for wrong in ["<p>", "</p>", "<p></b>", "<b><p></b></p>", "<p x=1></p>", "<p a=\"\" a=\"\"></p>", "a < b", "<!-- x"]
    {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
    let page = parse(
        "<!doctype html><p id=\"a\">1 &lt; 2<br>so <a href=\"#b\">it &#x27;is&#39;</a></p><ul><li>x<ul><li>y</li></ul></li></ul>",
    );
    assert_eq!(page.expect("well nested").outline(), "p#a 1 < 2 / so [it 'is'](#b)\nul\n  li x\n    ul\n      li y\n");
}
