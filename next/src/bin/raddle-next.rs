//! Runs a Python file: the interpreter alone, without the checks.

use runtime_next::interpreter::{Interpreter, Options};

fn main() -> std::process::ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    match std::fs::read(&name) {
        Ok(bytes) => {
            let options = Options {
                argv: std::env::args().skip(1).collect(),
                ..Options::default()
            };
            let interpreter = Interpreter::new(options);
            let interrupter = interpreter.interrupter();
            // Where no handler can be set, Ctrl-C ends the process.
            let _ = ctrlc::set_handler(move || interrupter.interrupt());
            interpreter.run_source(&name, &bytes).0.into()
        }
        Err(error) => {
            eprintln!("{name}: {error}");
            2.into()
        }
    }
}
