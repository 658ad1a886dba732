//! Source text to syntax tree: an adapter over ruff's parser that speaks CPython's language when it refuses.
//!
//! [`Source`] decodes a file and keeps its text for tracebacks; [`parse`] turns it into a tree or one [`SyntaxError`].

mod anchors;
mod brackets;
mod decode;
mod error;
mod nesting;
mod quote;
mod source;
mod wording;

use ruff_python_ast::{ModModule, PythonVersion};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

pub use error::{ErrorKind, SyntaxError};
pub use quote::quote;
pub use source::{Position, Source, Span};

/// Parses a module.
///
/// # Errors
///
/// The first syntax error, worded as CPython words it.
pub fn parse(source: &Source) -> Result<ModModule, SyntaxError> {
    let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(source.text(), options);
    brackets::check_nesting(parsed.tokens())?;
    if let Some(error) = parsed.errors().first() {
        return Err(wording::explain(source, parsed.tokens(), error));
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        return Err(wording::newer_syntax(error));
    }
    let module = parsed.into_syntax().expect_module();
    nesting::check(module)
}

#[cfg(test)]
mod tests;
