//! Ethos makes an accessible, static web site of a values handbook: Markdown and TOML in, plain HTML out.
//!
//! Data goes one way. Each stage takes the values of the stages before it and gives one of its own type, complete when made; no stage
//! knows a later one.
//!
//! ```text
//!  files                                                                          public/ · HTTP
//!    │                                                                               ▲
//!    ▼                                                                               │
//! project ─► disk ───► content, framework ─► handbook ─► site ─► render ─────────► publish · serve
//! Project    Sources   Document, Framework   Handbook    Site    Artifact          Published
//!  (find)    (read)    (parse)               (assemble)  (plan)  (draw)            (write)   (show)
//!                                               │          ▲
//!                                               ▼        theme
//!                                             check ───► review
//!                                             Diagnostics
//!                                             (judge)    (settle, report)
//! ```
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | [`project`] | working folder, flags | a [`Project`](project::Project): root, output; nothing after it looks at flags |
//! | [`disk`] | the folders | [`Sources`](text::Sources): every text once, with spans; the only stage that reads |
//! | [`content`] | one page's file | a [`Document`](content::Document): front matter, outline, links, with their places |
//! | [`framework`] | one framework's files | a [`Framework`](framework::Framework): scales, values, indicators, ids resolved |
//! | [`handbook`] | all of those | a [`Handbook`](handbook::Handbook): numbers given, links resolved; nothing changes it |
//! | [`check`](mod@check) | a handbook, its texts, a day | diagnostics about content, language and governance: one rule, one file, one table |
//! | [`review`](mod@review) | what was found | what authors allow taken away, held to a baseline or to what was published, reported |
//! | [`theme`] | the handbook's themes and the built-in one | a [`Theme`](theme::Theme): templates parsed and held to what Ethos counts on, options chosen, words by language |
//! | [`site`] | handbook and theme | a [`Site`](site::Site): every path, and what it shows |
//! | [`derive`](mod@derive) | a handbook, its reading order | [`Derived`](derive::Derived): the A to Z and the search, complete when made |
//! | [`render`] | a site, one route | an [`Artifact`](render::Artifact): the bytes; any route on its own |
//! | [`publish`] | artifacts | the published folder, swapped in whole; the only stage that writes |
//! | [`serve`](mod@serve) | a project | the same pages over HTTP, each drawn when it is asked for, kept in step with the disk |
//!
//! Below the stages lie [`text`] (sources, spans, no disk) and [`words`] (slugs, addresses). No module names one that stands above it
//! or beside it, and none goes round in a circle: a test reads the imports, and holds the order of the floors.
//!
//! [`files`] opens and writes single files for all of them, without following links, waiting for pipes or emptying what isn't theirs.
//! [`pipeline`] says the line aloud; [`commands`] walk along it. What is wrong in a handbook is a
//! [`Diagnostic`](finding::Diagnostic), collected by every stage and drawn at the end; what is wrong with the world is an
//! [`Error`](error::Error). [`toml_source`] reads all TOML, whatever file it stands in; `drawing` judges all SVG.
//!
//! To add a rule: see [`check`](mod@check). To add a kind of finding that a build gives: a line in [`finding::codes`] and a page in
//! `tests/errors`. To add something that readers see: a field in `render`'s views, a component in the theme with its
//! `examples.toml`, its words in `strings/en.toml`.

pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod derive;
pub mod disk;
mod drawing;
pub mod error;
pub mod files;
pub mod finding;
pub mod framework;
pub mod handbook;
pub mod language;
pub mod palette;
pub mod pipeline;
pub mod progress;
pub mod project;
pub mod publish;
pub mod render;
pub mod review;
pub mod serve;
pub mod site;
pub mod text;
pub mod theme;
pub mod toml_source;
pub mod words;
