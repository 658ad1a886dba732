//! Raddle's own checker beside loom and shuttle: how much each of them runs, in which time, and what it comes to.
//!
//! * `cargo run --release -p checks --example compare`: litmus tests, the largest scenarios, two jobs against one,
//!   and how alike the parts of a divided search are.
//! * `cargo run --release -p checks --example compare -- tables`: the tables of `checks/README.md`.
//!
//! `--budget SECONDS` is what one cell of a table may take, 20 unless told, and 60 for the README; `--quick` only shows
//! that everything runs.

mod blind;
mod cell;
mod jobs;
mod largest;
mod litmus;
mod markdown;
mod scenarios;
mod spread;

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

/// What the command line says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// What one cell of a table may take.
    pub(crate) budget: Duration,
    /// Whether a smoke run will do.
    pub(crate) quick: bool,
    /// The tables of the README instead of the comparison.
    tables: bool,
}

/// loom keeps the threads of a model on the stack of the thread that explores it.
const STACK: usize = 16 << 20;

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    // What the checkers' executions panic with is kept off the terminal on every thread but the main one.
    let explore = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || explore(options));
    let ended = explore.map(thread::JoinHandle::join);
    ExitCode::from(u8::from(!matches!(ended, Ok(Ok(())))))
}

fn explore(options: Options) {
    let rows = scenarios::explore(options);
    if options.tables {
        println!("{}", scenarios::table(&rows));
        println!("{}", blind::table(options, &rows));
        return;
    }
    println!("{}", litmus::table(options));
    let largest = largest::of(&rows);
    println!("{}", largest::table(options, &largest));
    println!("{}", jobs::table(options, &largest));
    println!("{}", spread::table(options, &largest));
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let (mut budget, mut quick, mut tables) = (None, false, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "tables" => tables = true,
            "--quick" => quick = true,
            "--budget" => budget = Some(seconds(arguments.next())?),
            other => {
                return Err(format!(
                    "unknown argument `{other}`: tables, --quick or --budget SECONDS"
                ));
            }
        }
    }
    let usual = Duration::from_secs(if tables { 60 } else { 20 });
    Ok(Options {
        budget: budget.unwrap_or(usual),
        quick,
        tables,
    })
}

fn seconds(text: Option<String>) -> Result<Duration, String> {
    let text = text.unwrap_or_default();
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0);
    let seconds = seconds.ok_or_else(|| format!("`--budget` wants seconds, not `{text}`"))?;
    Ok(Duration::from_secs(seconds))
}
