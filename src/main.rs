//! The command `raddle`: reads the command line and hands over.

mod book;
mod check;
mod checkpoints;
mod cli;
mod console;
mod duration;
mod estimate;
mod explore;
mod failures;
mod files;
mod fuzz;
mod interrupt;
mod isolate;
mod legible;
mod matrix;
mod merge;
mod nearest;
mod pace;
mod progress;
mod publish;
mod replay;
mod report;
mod run;
mod select;
mod shard;
mod shell;
mod stop;
mod tables;
mod walk;

use std::process::ExitCode;

use cli::Command;
use stop::Stop;

#[global_allocator]
static ALLOCATOR: explorer::Allocator = explorer::Allocator;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()).and_then(dispatch) {
        Ok(code) => ExitCode::from(code),
        Err(stop) => stop.report(),
    }
}

fn dispatch(command: Command) -> Result<u8, Stop> {
    match command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Explore(arguments) => explore::explore(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Faults(arguments) => matrix::faults(&arguments),
        Command::Orderings(arguments) => matrix::orderings(&arguments),
        Command::Stress(arguments) => isolate::stress(&arguments),
        Command::Fuzz(arguments) => fuzz::fuzz(&arguments),
        Command::FuzzWorker(arguments) => fuzz::worker::work(&arguments.orders),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Report(arguments) => report::report(&arguments),
        Command::Replay(arguments) => replay::replay(&arguments),
    }
}
