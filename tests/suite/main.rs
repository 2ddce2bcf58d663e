//! The Rust suite: the program from its command line on real folders. See README.md beside this file.

mod catalogue;
mod judge;
mod page;
mod preview;
mod support;

mod again;
mod bad_inputs;
mod build;
mod check;
mod checks;
mod determinism;
mod docs;
mod doors;
mod drawings;
mod errors;
mod external;
mod floors;
mod footnotes;
mod growth;
mod handbooks;
mod names;
mod properties;
mod publish;
mod publish_safety;
mod published;
mod report;
mod search;
mod serve;
mod serve_safety;
mod shapes;
mod statements;
mod theme;
