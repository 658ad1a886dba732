//! Runs a Python file: the interpreter alone, without the checks.

use runtime_next::interpreter::{Interpreter, Options};

fn main() -> std::process::ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    match std::fs::read(&name) {
        Ok(bytes) => Interpreter::new(Options::default())
            .run_source(&name, &bytes)
            .0
            .into(),
        Err(error) => {
            eprintln!("{name}: {error}");
            2.into()
        }
    }
}
