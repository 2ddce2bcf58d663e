//! The time of each stage on a made-up handbook: `cargo bench`. The handbook is written by `corpus.mjs`, so Node.js is needed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, counter::ItemsCount};
use ethos::content::Document;
use ethos::derive::search;
use ethos::disk::{Disk, SETTINGS};
use ethos::finding::Findings;
use ethos::framework::{self, Framework};
use ethos::handbook::Handbook;
use ethos::handbook::assemble::{Parts, assemble};
use ethos::handbook::drafts::Drafts;
use ethos::handbook::judge::judge;
use ethos::publish::Staging;
use ethos::render::{Artifact, Renderer};
use ethos::site::{self, Show, Site};
use ethos::text::Sources;
use ethos::theme::Theme;
use ethos::{config, content};

const PAGES: usize = 1000;

fn main() {
    divan::main();
}

/// What each stage takes, made once.
struct Stages {
    root: PathBuf,
    sources: Arc<Sources>,
    documents: Vec<Arc<Document>>,
    frameworks: Vec<Arc<Framework>>,
    handbook: Arc<Handbook>,
    theme: Arc<Theme>,
    site: Arc<Site>,
    artifacts: Vec<(String, Artifact)>,
}

static STAGES: LazyLock<Stages> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pages-{PAGES}"));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/corpus.mjs");
    let _ = std::fs::remove_dir_all(&root);
    let written = Command::new("node").arg(corpus).arg(&root).arg(PAGES.to_string()).output();
    assert!(written.is_ok_and(|written| written.status.success()), "Node.js writes the handbook");
    let findings = Findings::default();
    let sources = Arc::new(Disk::read(&root).sources(&mut Vec::new()));
    let documents = documents(&sources).into_iter().map(Arc::new).collect::<Vec<_>>();
    let frameworks = frameworks(&sources).into_iter().map(Arc::new).collect::<Vec<_>>();
    let handbook = Arc::new(assemble(parts(&sources, &documents, &frameworks), &sources, &findings));
    let theme = Arc::new(Theme::read(&handbook.config, &sources, &findings).expect("the built-in theme"));
    let site = Arc::new(site::plan(handbook.clone(), theme.clone(), sources.clone(), &findings));
    assert_eq!(findings.into_parts().0, [], "nothing is wrong with the handbook");
    let renderer = Renderer::new(site.clone());
    let derived = site.derive(&|_, _| ());
    let draw = |route: &site::Route| (route.path.to_string(), renderer.draw_with(route, &derived).expect("a page"));
    let artifacts = site.routes.iter().map(draw).collect();
    Stages { root, sources, documents, frameworks, handbook, theme, site, artifacts }
});

fn documents(sources: &Sources) -> Vec<Document> {
    let findings = Findings::default();
    sources.markdown_below("content").map(|file| content::parse(file, &findings)).collect()
}

fn frameworks(sources: &Sources) -> Vec<Framework> {
    let findings = Findings::default();
    let pages: Vec<_> = sources.markdown_below("frameworks").collect();
    let own = |file: &ethos::text::SourceFile| {
        let folder = format!("frameworks/{}/", file.stem());
        let pages: Vec<_> = pages.iter().filter(|page| page.path.starts_with(&folder)).map(|page| &***page).collect();
        framework::parse(file, &pages, &findings)
    };
    sources.toml_below("frameworks").filter_map(|file| own(file)).collect()
}

fn parts(sources: &Sources, documents: &[Arc<Document>], frameworks: &[Arc<Framework>]) -> Parts {
    let settings = sources.by_path(SETTINGS).expect("settings");
    let config = config::parse(settings, &Findings::default()).expect("settings");
    Parts { config, documents: documents.to_vec(), frameworks: frameworks.to_vec(), drafts: Drafts::default() }
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let root = &STAGES.root;
    bencher.counter(ItemsCount::new(PAGES)).bench(|| Disk::read(root));
}

#[divan::bench]
fn fingerprint(bencher: Bencher<'_, '_>) {
    let disk = Disk::read(&STAGES.root);
    bencher
        .counter(ItemsCount::new(PAGES))
        .bench(|| disk.hashes().map(|files| ethos::pipeline::fingerprint("", &files)));
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let sources = &STAGES.sources;
    bencher.counter(ItemsCount::new(PAGES)).bench(|| (documents(sources), frameworks(sources)));
}

#[divan::bench]
fn assembled(bencher: Bencher<'_, '_>) {
    let Stages { sources, documents, frameworks, .. } = &*STAGES;
    bencher
        .counter(ItemsCount::new(PAGES))
        .with_inputs(|| parts(sources, documents, frameworks))
        .bench_values(|parts| assemble(parts, sources, &Findings::default()));
}

#[divan::bench]
fn judged(bencher: Bencher<'_, '_>) {
    let Stages { sources, handbook, .. } = &*STAGES;
    bencher.counter(ItemsCount::new(PAGES)).bench(|| judge(handbook, sources));
}

#[divan::bench]
fn plan(bencher: Bencher<'_, '_>) {
    let Stages { sources, handbook, theme, .. } = &*STAGES;
    bencher
        .counter(ItemsCount::new(PAGES))
        .bench(|| site::plan(handbook.clone(), theme.clone(), sources.clone(), &Findings::default()));
}

/// On one core.
#[divan::bench]
fn render(bencher: Bencher<'_, '_>) {
    let site = &STAGES.site;
    let pages: Vec<_> = site.routes.iter().filter(|route| matches!(route.show, Show::Subject(_))).collect();
    bencher.counter(ItemsCount::new(PAGES)).with_inputs(|| Renderer::new(site.clone())).bench_refs(|renderer| {
        for page in &pages {
            divan::black_box(renderer.draw(page).expect("a page"));
        }
    });
}

#[divan::bench]
fn index(bencher: Bencher<'_, '_>) {
    let Stages { handbook, theme, site, .. } = &*STAGES;
    let strings = theme.strings(&handbook.config.language);
    bencher.counter(ItemsCount::new(PAGES)).bench(|| search::build(handbook, &site.order, strings, &|_, _| ()));
}

/// On one core, into a new folder each time.
#[divan::bench]
fn publish(bencher: Bencher<'_, '_>) {
    let Stages { root, artifacts, .. } = &*STAGES;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let numbers = std::sync::atomic::AtomicUsize::new(0);
    let output = || folder.path().join(numbers.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string());
    bencher.counter(ItemsCount::new(PAGES)).with_inputs(output).bench_values(|output| {
        let staging = Staging::of_site(root, &output).expect("a new folder");
        for (path, artifact) in artifacts {
            staging.put(path, artifact).expect("a file");
        }
        staging.publish(None).expect("a site")
    });
}
