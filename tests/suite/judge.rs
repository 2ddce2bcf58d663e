//! What holds of every published site, whatever its handbook: pages are well nested, links lead somewhere, and each indicator stands
//! on the page that its data names, under the words of its points. See [`judge`].

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use percent_encoding::percent_decode_str;
use serde::Deserialize;

use crate::page::{self, Element};
use crate::support::tree;

/// `framework.json`, as another program reads it.
#[derive(Debug, Deserialize)]
pub struct Framework {
    pub id: String,
    pub title: String,
    pub scales: Vec<Scale>,
    pub indicators: Vec<Indicator>,
    pub profiles: Vec<Profile>,
    pub values: Vec<Item>,
}

#[derive(Debug, Deserialize)]
pub struct Scale {
    pub id: String,
    pub kind: String,
    pub points: Vec<Point>,
}

#[derive(Debug, Deserialize)]
pub struct Point {
    pub id: String,
    pub title: String,
    pub builds_on: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Item {
    pub title: String,
    pub url: String,
    #[serde(default)]
    pub behaviours: Vec<Item>,
}

#[derive(Debug, Deserialize)]
pub struct Indicator {
    pub id: String,
    pub kind: String,
    pub url: String,
    pub text: String,
    pub value: Named,
    pub behaviour: Option<Named>,
    pub scales: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
pub struct Named {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Deserialize)]
pub struct Profile {
    pub url: String,
    pub needs: Vec<Need>,
}

#[derive(Debug, Deserialize)]
pub struct Need {
    pub value: String,
    pub behaviour: Option<String>,
    pub scale: String,
    pub point: String,
}

/// A published site, every page read.
pub struct Site {
    pub pages: BTreeMap<String, Element>,
    pub frameworks: Vec<Framework>,
    files: BTreeMap<String, Vec<u8>>,
}

/// Reads a published folder and holds it to all that every site must keep.
pub fn judge(folder: &Path) -> Site {
    let files = tree(folder);
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap_or_else(|_| panic!("{path} isn't UTF-8"));
    let ending = |ending: &'static str| files.keys().filter(move |path| path.ends_with(ending));
    let pages = ending(".html")
        .map(|path| (path.clone(), page::parse(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))))
        .collect();
    let frameworks = ending("/framework.json")
        .map(|path| serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}")))
        .collect();
    let site = Site { pages, frameworks, files };
    site.judge_links();
    for framework in &site.frameworks {
        site.judge_indicators(framework);
        site.judge_points(framework);
        site.judge_profiles(framework);
        site.judge_table(framework);
    }
    site
}

impl Site {
    pub fn page(&self, path: &str) -> &Element {
        self.pages.get(path).unwrap_or_else(|| panic!("no page {path}; there are {:?}", self.pages.keys()))
    }

    pub fn main(&self, path: &str) -> &Element {
        self.page(path).find(|element| element.name == "main").unwrap_or_else(|| panic!("{path} has no main"))
    }

    pub fn framework(&self, id: &str) -> &Framework {
        self.frameworks.iter().find(|own| own.id == id).unwrap_or_else(|| panic!("no framework {id}"))
    }

    /// The element that an address means.
    pub fn at(&self, url: &str) -> &Element {
        let (path, fragment) = url.split_once('#').unwrap_or_else(|| panic!("{url} has no fragment"));
        let (path, fragment) = (plain(path), plain(fragment));
        let found = self.page(&path).find(|element| element.id() == Some(&fragment));
        found.unwrap_or_else(|| panic!("{path} has nothing with the id {fragment:?}"))
    }

    /// Every link and every file that a page needs is there, and every fragment; no id stands twice.
    fn judge_links(&self) {
        let ids: HashMap<&str, BTreeSet<&str>> = self
            .pages
            .iter()
            .map(|(path, page)| {
                let ids = std::panic::catch_unwind(|| page.ids()).unwrap_or_else(|_| panic!("ids of {path}"));
                (path.as_str(), ids)
            })
            .collect();
        let mut broken = Vec::new();
        for (path, page) in &self.pages {
            // What a server shows for any address counts from the site's root, not from itself.
            for element in page.all() {
                for name in ["href", "src", "action", "poster"] {
                    let Some(url) = element.attribute(name) else { continue };
                    if ["https:", "http:", "mailto:", "tel:", "data:"].iter().any(|scheme| url.starts_with(scheme)) {
                        continue;
                    }
                    if path == "404.html" && url.starts_with('/') {
                        continue;
                    }
                    let (target, fragment) = url.split_once('#').map_or((url, None), |(a, b)| (a, Some(b)));
                    let target = target.split('?').next().unwrap_or_default();
                    let target = if target.is_empty() { path.clone() } else { joined(path, &plain(target)) };
                    let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(plain);
                    let is_there = self.files.contains_key(&target)
                        && fragment.is_none_or(|fragment| {
                            ids.get(target.as_str()).is_none_or(|ids| ids.contains(fragment.as_str()))
                        });
                    if !is_there {
                        broken.push(format!("{path}: {name}=\"{url}\""));
                    }
                }
                for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
                    for id in element.attribute(name).unwrap_or_default().split_whitespace() {
                        if !ids[path.as_str()].contains(id) {
                            broken.push(format!("{path}: {name}=\"{id}\""));
                        }
                    }
                }
            }
        }
        assert!(broken.is_empty(), "these lead nowhere:\n{}", broken.join("\n"));
    }

    /// Each indicator stands where its address says, on its own page, under its points' words, and in order.
    fn judge_indicators(&self, framework: &Framework) {
        let mut urls = BTreeSet::new();
        let mut last: HashMap<String, usize> = HashMap::new();
        for indicator in &framework.indicators {
            let url = &indicator.url;
            assert!(urls.insert(url), "the address {url} is given twice");
            let path = plain(url.split('#').next().unwrap_or_default());
            let title = indicator.behaviour.as_ref().map_or(&indicator.value.title, |behaviour| &behaviour.title);
            let main = self.main(&path);
            assert_eq!(&main.named("h1")[0].text(), &folded(title), "the page of {url}");
            if !url.contains('#') {
                assert_eq!((indicator.kind.as_str(), indicator.scales.len()), ("text", 0), "{url}");
                continue;
            }
            let element = self.at(url);
            let id = element.id().expect("found by its id").to_owned();
            let paths = main.with_ancestors(&|element| element.id() == Some(&id));
            let around = paths.first().unwrap_or_else(|| panic!("{url} isn't in main"));
            let headings: Vec<String> = around
                .iter()
                .filter(|element| element.has_class("hb-group"))
                .filter_map(|group| group.find(|element| element.has_class("hb-group__title")).map(Element::text))
                .collect();
            let points: Vec<String> = framework
                .scales
                .iter()
                .filter_map(|scale| indicator.scales.get(&scale.id).map(|id| folded(&scale.point(id).title)))
                .collect();
            assert_eq!(headings, points, "the words above {url}");
            assert!(around.iter().all(|element| element.name != "details"), "{url} is at home, not a copy");
            if indicator.kind == "statement" {
                assert_eq!(element.name, "li", "{url}");
                let part =
                    |class| element.find(|element| element.has_class(class)).map(Element::text).unwrap_or_default();
                let text = part("hb-indicator__text") + " " + &part("hb-indicator__more");
                assert_eq!(typed(&text), typed(&without_marks(&indicator.text)), "{url}");
            } else {
                let text = typed(&without_marks(&indicator.text));
                assert!(typed(&element.text()).contains(&text), "{url}: {}", element.text());
            }
            let order = main.all().iter().position(|other| other.id() == Some(&id)).expect("it is there");
            let before = last.insert(path, order);
            assert!(before.is_none_or(|before| before < order), "{url} stands before the one that precedes it");
        }
        let shown: usize = self
            .pages
            .iter()
            .filter(|(path, _)| path.starts_with(&format!("{}/", framework.id)))
            .flat_map(|(_, page)| page.all())
            .filter(|element| element.has_class("hb-indicator") && element.id().is_some())
            .count();
        let told = framework.indicators.iter().filter(|indicator| indicator.kind == "statement").count();
        assert_eq!(shown, told, "indicators with a place of their own, on pages and in the data of {}", framework.id);
    }

    /// The page of a point shows what is asked there and at all that it builds on, each linked to its home.
    fn judge_points(&self, framework: &Framework) {
        for scale in &framework.scales {
            for point in &scale.points {
                let path = format!("{}/{}/{}.html", framework.id, scale.id, point.id);
                if !matches!(scale.kind.as_str(), "audience" | "level") {
                    assert!(!self.pages.contains_key(&path), "a {} has no page of its own", scale.kind);
                    continue;
                }
                let wanted = scale.with_included(&point.id);
                let is_here = |indicator: &&Indicator| {
                    indicator.kind == "statement"
                        && indicator.scales.get(&scale.id).is_some_and(|id| wanted.contains(id.as_str()))
                };
                let mut told: Vec<&str> =
                    framework.indicators.iter().filter(is_here).map(|indicator| indicator.url.as_str()).collect();
                let mut shown = self.homes(&path);
                told.sort_unstable();
                shown.sort_unstable();
                assert_eq!(shown, told, "what {path} shows");
            }
        }
    }

    /// The same for the page of a profile and what it needs.
    fn judge_profiles(&self, framework: &Framework) {
        for profile in &framework.profiles {
            let mut told = Vec::new();
            for need in &profile.needs {
                let scale = framework.scale(&need.scale);
                let wanted = scale.with_included(&need.point);
                told.extend(framework.indicators.iter().filter(|indicator| {
                    indicator.kind == "statement"
                        && indicator.value.id == need.value
                        && indicator.behaviour.as_ref().map(|own| &own.id) == need.behaviour.as_ref()
                        && indicator.scales.get(&scale.id).is_some_and(|id| wanted.contains(id.as_str()))
                }));
            }
            let mut told: Vec<&str> = told.iter().map(|indicator| indicator.url.as_str()).collect();
            let mut shown = self.homes(&plain(&profile.url));
            told.sort_unstable();
            shown.sort_unstable();
            assert_eq!(shown, told, "what {} shows", profile.url);
        }
    }

    /// Where the copies on a page have their homes, as addresses from the site's root.
    fn homes(&self, path: &str) -> Vec<String> {
        let copies = self.main(path).all().into_iter().filter(|element| element.has_class("hb-indicator"));
        copies
            .map(|copy| {
                assert_eq!(copy.id(), None, "a copy on {path}");
                let mut links = copy.all().into_iter().filter(|element| element.has_class("permalink"));
                let href = links.next_back().and_then(|link| link.attribute("href")).expect("a link home");
                let (target, fragment) = href.split_once('#').expect("a place");
                let decoded = joined(path, &plain(target));
                format!("{}#{fragment}", encoded(&decoded))
            })
            .collect()
    }

    /// The table has a row for each, with the same words.
    fn judge_table(&self, framework: &Framework) {
        let csv = String::from_utf8(self.files[&format!("{}/indicators.csv", framework.id)].clone()).expect("UTF-8");
        let rows = records(&csv);
        assert!(rows.iter().all(|row| row.len() == 5 + framework.scales.len()), "every row has as many fields");
        assert_eq!(rows.len(), framework.indicators.len() + 1, "rows of {}", framework.id);
        for (row, indicator) in rows.iter().skip(1).zip(&framework.indicators) {
            let points = framework.scales.iter().map(|scale| match indicator.scales.get(&scale.id) {
                Some(id) => scale.point(id).title.as_str(),
                None => "",
            });
            let behaviour = indicator.behaviour.as_ref().map_or("", |behaviour| behaviour.title.as_str());
            let wanted: Vec<&str> = [indicator.id.as_str(), &indicator.value.title, behaviour]
                .into_iter()
                .chain(points)
                .chain([indicator.text.as_str(), indicator.url.as_str()])
                .collect();
            let is_same = |own: &String, wanted: &&str| own == wanted || own.strip_prefix('\'') == Some(wanted);
            assert!(row.iter().zip(&wanted).all(|(own, wanted)| is_same(own, wanted)), "{row:?} is not {wanted:?}");
        }
    }
}

impl Framework {
    pub fn scale(&self, id: &str) -> &Scale {
        self.scales.iter().find(|own| own.id == id).unwrap_or_else(|| panic!("no scale {id}"))
    }

    /// A line an indicator: `value/behaviour audience:managers stance:will  words`.
    pub fn places(&self) -> String {
        let mut out = String::new();
        for indicator in &self.indicators {
            out.push_str(&indicator.value.id);
            if let Some(behaviour) = &indicator.behaviour {
                out.push_str(&format!("/{}", behaviour.id));
            }
            for scale in &self.scales {
                if let Some(point) = indicator.scales.get(&scale.id) {
                    out.push_str(&format!(" {}:{point}", scale.id));
                }
            }
            out.push_str(&format!("\n  #{} {}\n", indicator.id, indicator.text));
        }
        out
    }
}

impl Scale {
    pub fn point(&self, id: &str) -> &Point {
        self.points.iter().find(|own| own.id == id).unwrap_or_else(|| panic!("no point {id}"))
    }

    fn with_included(&self, id: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut next = vec![id.to_owned()];
        while let Some(id) = next.pop() {
            let point = self.point(&id);
            if found.insert(point.id.as_str()) {
                next.extend(point.builds_on.iter().cloned());
            }
        }
        found
    }
}

/// The records of a table (RFC 4180).
pub fn records(csv: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("a row");
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row.last_mut().expect("a field").push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(String::new()),
            '\r' if !is_quoted => {
                assert_eq!(letters.next(), Some('\n'), "a row ends in CR LF");
                rows.push(vec![String::new()]);
            }
            letter => row.last_mut().expect("a field").push(letter),
        }
    }
    assert!(!is_quoted, "a quotation mark isn't closed");
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last row ends in CR LF");
    rows
}

fn plain(url: &str) -> String {
    percent_decode_str(url).decode_utf8_lossy().into_owned()
}

/// As addresses stand in the data.
fn encoded(path: &str) -> String {
    ethos::words::address::encode(path)
}

fn joined(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop().unwrap_or_else(|| panic!("{from} links above the site's root: {to}"));
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of data without the marks of the items that they are.
fn without_marks(text: &str) -> String {
    let line = |line: &str| {
        let line = line.trim_start();
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = line.strip_prefix("- ").or(number.strip_prefix(". ").filter(|_| number.len() < line.len()));
        item.unwrap_or(line).to_owned()
    };
    text.lines().map(line).collect::<Vec<_>>().join(" ")
}

/// Words as they were typed: pages have curly marks and long dashes where authors typed straight ones and short ones.
pub fn typed(text: &str) -> String {
    let straight = text.replace(['’', '‘'], "'").replace(['“', '”'], "\"").replace('…', "...");
    folded(&straight.replace('—', "---").replace('–', "--").replace("---", "-").replace("--", "-"))
}
