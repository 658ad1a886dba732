//! The program `mutants`.

use std::process::ExitCode;

use clap::Parser;
use mutants::cli::Arguments;
use mutants::run;

fn main() -> ExitCode {
    match run::run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("mutants: {error}");
            ExitCode::from(3)
        }
    }
}
