//! Writing to the output streams, and the exceptions that tell when that fails.

use std::io;

use crate::eval::context::Context;
use crate::eval::shared::Shared;
use crate::eval::types::TypeId;
use crate::eval::{Outcome, Raised};

/// Runs `write`; raises what the system said against it.
pub(super) fn written(
    cx: &mut Context<'_>,
    write: impl FnOnce(&Shared) -> io::Result<()>,
) -> Outcome<()> {
    write(cx.shared).map_err(|error| output_error(cx, &error))
}

/// The exception for output that was lost: `OSError` or the class below it that CPython chooses.
pub(crate) fn output_error(cx: &mut Context<'_>, error: &io::Error) -> Raised {
    let class = match error.kind() {
        io::ErrorKind::BrokenPipe => TypeId::BrokenPipeError,
        _ => TypeId::OSError,
    };
    let Some(number) = error.raw_os_error() else {
        return cx.error(class, error.to_string());
    };
    // The system's text without Rust's note of the number, which the exception shows by itself.
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let args = [cx.int(i64::from(number)), cx.str(text)];
    cx.error_with(class, &args)
}
