//! Why the command ends without an answer: one clear line, and an exit status.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::console;

/// Everything held.
pub(crate) const HELD: u8 = 0;
/// A claim failed, or the program raised.
pub(crate) const FAILED: u8 = 1;
/// Bad usage, or input that cannot be read.
pub(crate) const USAGE: u8 = 2;
/// Nothing was shown.
pub(crate) const INCONCLUSIVE: u8 = 3;
/// Interrupted twice, as a shell says it.
pub(crate) const INTERRUPTED: i32 = 130;

/// The end of the command before its work is done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Prints this text, which was asked for, and succeeds.
    Help(String),
    /// Prints this line and fails.
    Usage(String),
}

impl Stop {
    /// Bad usage or unreadable input.
    pub(crate) fn usage(line: impl fmt::Display) -> Self {
        Stop::Usage(line.to_string())
    }

    /// Unreadable or unusable input.
    pub(crate) fn of_file(path: &Path, error: impl fmt::Display) -> Self {
        Self::usage(format_args!("{}: {error}", path.display()))
    }

    /// Prints what is to be printed and gives the exit status.
    pub(crate) fn report(self) -> ExitCode {
        let line = match self {
            Stop::Help(text) => match console::print(&text) {
                Ok(()) => return ExitCode::from(HELD),
                Err(stop) => return stop.report(),
            },
            Stop::Usage(line) => line,
        };
        Stop::Usage(line).note();
        ExitCode::from(USAGE)
    }

    /// Prints it as a line on standard error.
    pub(crate) fn note(&self) {
        console::note(&format!("raddle: {self}"));
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Help(text) | Stop::Usage(text) => f.write_str(text),
        }
    }
}
