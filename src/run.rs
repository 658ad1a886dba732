//! `raddle run`: a Python program on real threads.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use runtime::interpreter::{Interpreter, Options};

use crate::cli::{self, Extra, Run};
use crate::nearest;
use crate::stop::Stop;

/// Runs the program and gives its exit status.
pub(crate) fn run(arguments: &Run) -> Result<u8, Stop> {
    let program = Program::read(arguments)?;
    let mut argv = vec![program.argv0];
    argv.extend(
        arguments
            .arguments
            .iter()
            .map(|argument| argument.to_string_lossy().into_owned()),
    );
    let options = Options {
        argv,
        shows_references: arguments.extra.contains(&Extra::ShowRefcount),
        ..Options::default()
    };
    let interpreter = Interpreter::new(options);
    let interrupter = interpreter.interrupter();
    // Where the handler is refused, Ctrl-C ends the process as it does by default.
    let _ = ctrlc::set_handler(move || interrupter.interrupt());
    Ok(interpreter.run_source(&program.name, &program.text).0)
}

/// A word that is nearly a command was hardly meant as a file.
fn unopened(name: &str, error: &io::Error) -> String {
    let commands = cli::command_names();
    match nearest::of(name, commands.iter().map(String::as_str)) {
        Some(command) => {
            format!("there is no command or file '{name}'; did you mean `raddle {command}`?")
        }
        None => format!("can't open file '{name}': {error}"),
    }
}

/// The text of a program, and what it is called.
struct Program {
    /// In tracebacks.
    name: String,
    /// In `sys.argv[0]`.
    argv0: String,
    text: Vec<u8>,
}

impl Program {
    fn read(arguments: &Run) -> Result<Self, Stop> {
        match (&arguments.code, &arguments.file) {
            (Some(code), _) => Ok(Self {
                name: "<string>".to_owned(),
                argv0: "-c".to_owned(),
                text: code.as_encoded_bytes().to_vec(),
            }),
            (None, Some(file)) if file != OsStr::new("-") => Self::of_file(Path::new(file)),
            (None, _) => Self::of_standard_input(),
        }
    }

    fn of_file(path: &Path) -> Result<Self, Stop> {
        let name = path.to_string_lossy().into_owned();
        let text = fs::read(path).map_err(|error| Stop::usage(unopened(&name, &error)))?;
        let full = std::path::absolute(path).unwrap_or_else(|_| path.into());
        Ok(Self {
            name: full.to_string_lossy().into_owned(),
            argv0: name,
            text,
        })
    }

    fn of_standard_input() -> Result<Self, Stop> {
        let mut text = Vec::new();
        io::stdin()
            .read_to_end(&mut text)
            .map_err(|error| Stop::usage(format_args!("can't read standard input: {error}")))?;
        Ok(Self {
            name: "<stdin>".to_owned(),
            argv0: "-".to_owned(),
            text,
        })
    }
}
