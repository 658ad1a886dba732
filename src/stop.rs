//! Why the command ends without an answer: one clear line, and an exit status.

use std::fmt;
use std::process::ExitCode;

/// Everything held.
pub(crate) const HELD: u8 = 0;
/// A claim failed, or the program raised.
pub(crate) const FAILED: u8 = 1;
/// Bad usage, or input that cannot be read.
pub(crate) const USAGE: u8 = 2;
/// Nothing was shown.
pub(crate) const INCONCLUSIVE: u8 = 3;

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

    /// Prints what is to be printed and gives the exit status.
    pub(crate) fn report(self) -> ExitCode {
        use std::io::Write;
        match self {
            Stop::Help(text) => {
                let written = std::io::stdout().write_all(text.as_bytes());
                ExitCode::from(if written.is_ok() { HELD } else { USAGE })
            }
            Stop::Usage(line) => {
                // Nobody is left to tell when standard error is closed too.
                let _ = writeln!(std::io::stderr(), "raddle: {line}");
                ExitCode::from(USAGE)
            }
        }
    }
}
