//! Flags and subcommands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Publish a handbook of values, behaviours and codes of conduct as an accessible web site.
#[derive(Debug, Parser)]
#[command(name = "ethos", version, about, long_about = None, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site from the handbook, and publish it into the output folder
    Build(Common),
    /// Look the handbook over before it is published: content, language, governance; writes nothing into the site
    Check(Check),
    /// Show the handbook in a browser while you write: what you save appears at once
    Serve(Serve),
}

/// Flags of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// The port of the preview [default: 4000, or the next that is free]
    #[arg(long, value_name = "NUMBER")]
    pub port: Option<u16>,
    /// Where the preview can be reached: 0.0.0.0 for other computers and telephones too [default: this computer alone]
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// Open the preview in the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes twice a second, where nothing tells of them: in containers, on shared drives
    #[arg(long)]
    pub poll: bool,
}

/// Flags of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Flags of every command.
    #[command(flatten)]
    pub common: Common,
    /// Count warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Look for these alone, by name; what stops publishing is always shown
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// The day on which reviews are judged to be due [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Findings that there were before: only more of a kind in a file are errors
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the baseline anew, where there are fewer findings than it holds, or where it isn't there yet
    #[arg(long, requires = "baseline")]
    pub update: bool,
    /// Try the links to other web sites too, politely; what answered is remembered for a week
    #[arg(long)]
    pub external: bool,
    /// Addresses of the published site, which must still be there: its folder, its addresses.txt, or a list
    #[arg(long, value_name = "FILE|DIR")]
    pub published: Option<PathBuf>,
    /// Write a report for a meeting into this folder, as pages for a browser
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// Say the findings owner by owner, as text for an e-mail, on standard output
    #[arg(long)]
    pub by_owner: bool,
}

/// Flags that every command has.
#[derive(Debug, Args)]
pub struct Common {
    /// The handbook's folder [default: the nearest folder upwards with an ethos.toml]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The folder of the built site [default: public, in the handbook's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Build drafts too, marked as drafts
    #[arg(long)]
    pub drafts: bool,
    /// How findings are shown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub message_format: MessageFormat,
    /// Say nothing but what is wrong
    #[arg(long, short)]
    pub quiet: bool,
    /// Whether to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub color: ColorChoice,
}

/// How findings are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum MessageFormat {
    /// With the line marked, for people
    #[default]
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0, which code hosts and editors show beside the lines
    Sarif,
}

impl Common {
    /// Whether a person wants to hear how it goes.
    pub fn is_for_people(&self) -> bool {
        !self.quiet && !self.message_format.is_for_programs()
    }
}

impl MessageFormat {
    /// Whether findings go to standard output, and nothing else is said.
    pub fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal that shows them
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write year, month and day of a day in the calendar: 2026-11-22".to_owned())
}
