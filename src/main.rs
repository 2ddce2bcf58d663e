//! The program: arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser as _;
use ethos::cli::Cli;
use ethos::commands;

fn main() -> ExitCode {
    commands::run(&Cli::parse())
}
