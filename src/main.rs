//! The program: arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser as _;
use ethos::cli::Cli;
use ethos::commands;
use mimalloc::MiMalloc;

/// A handbook is many small pieces, made and let go by all cores; this takes half as long over them as the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    commands::run(&Cli::parse())
}
