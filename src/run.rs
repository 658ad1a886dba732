//! `raddle run`: a Python program on real threads, or on one at a time.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use explorer::Grain;
use runtime::interpreter::{Interpreter, Options};

use crate::cli::{self, Extra, Run, RunGrain, RunWorld};
use crate::console;
use crate::nearest;
use crate::stop::{self, Stop};

/// Runs the program and gives its exit status.
pub(crate) fn run(arguments: &Run) -> Result<u8, Stop> {
    let program = Program::read(arguments)?;
    if arguments.world == RunWorld::Program {
        return by_chance(arguments, program);
    }
    if arguments.seed != 0 || arguments.grain != RunGrain::Program {
        return Err(Stop::usage(
            "real threads take no --seed and no --grain; try --world program",
        ));
    }
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

/// Runs the program with one thread at a time.
fn by_chance(arguments: &Run, program: Program) -> Result<u8, Stop> {
    let grain = match arguments.grain {
        RunGrain::Program => Grain::Program,
        RunGrain::Atomic => Grain::Atomic,
    };
    let words = arguments.arguments.iter();
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let program = explorer::Program {
        name: program.name,
        text: program.text,
        argv: std::iter::once(program.argv0).chain(words).collect(),
        observe: None,
    };
    match explorer::run(&program, grain, arguments.seed).map_err(Stop::usage)? {
        explorer::Stop::Ended(status) => Ok(status),
        explorer::Stop::Failed(reason) => {
            Err(Stop::usage(format!("the interpreter failed: {reason}")))
        }
        _ => {
            console::note("raddle: deadlock: no thread can go on");
            Ok(stop::FAILED)
        }
    }
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
