//! Standard output, whose reader may go away.

use std::io::{self, Write};

use crate::stop::Stop;

/// Writes text to standard output.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Stop::usage(format_args!("cannot write to standard output: {error}")))
}

/// Writes one line to standard error; that nobody reads it is no reason to stop.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
