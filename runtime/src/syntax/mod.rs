//! Source text to syntax tree: an adapter over ruff's parser that speaks CPython's language when it refuses.
//!
//! [`Source`] decodes a file and keeps its text for tracebacks; [`parse`] turns it into a tree or one [`SyntaxError`].

mod anchors;
mod brackets;
mod decode;
mod error;
mod nesting;
mod quote;
mod single;
mod source;
mod wording;

use ruff_python_ast::{Mod, ModExpression, ModModule, PythonVersion};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

pub use error::{ErrorKind, Location, SyntaxError};
pub use quote::quote;
pub use source::{Position, Source, Span};

/// Parses a module.
///
/// # Errors
///
/// The first syntax error, worded as CPython words it.
pub fn parse(source: &Source) -> Result<ModModule, SyntaxError> {
    let module = parse_as(source, Mode::Module)?.expect_module();
    nesting::check(module)
}

/// Parses one expression, as for `eval`.
///
/// # Errors
///
/// As for [`parse`].
pub fn parse_eval(source: &Source) -> Result<ModExpression, SyntaxError> {
    let parsed = parse_as(source, Mode::Expression)?.expect_expression();
    nesting::check_expression(parsed)
}

/// Parses one statement, as at a prompt.
///
/// # Errors
///
/// As for [`parse`], and if there are more statements than one line or one compound statement has.
pub fn parse_single(source: &Source) -> Result<ModModule, SyntaxError> {
    let module = parse(source)?;
    match single::extra(source, &module.body) {
        None => Ok(module),
        Some(error) => Err(error),
    }
}

fn parse_as(source: &Source, mode: Mode) -> Result<Mod, SyntaxError> {
    let options = ParseOptions::from(mode).with_target_version(PythonVersion::PY314);
    let parsed = parse_unchecked(source.text(), options);
    brackets::check_nesting(source, parsed.tokens())?;
    if let Some(error) = wording::first(source, parsed.tokens(), parsed.errors()) {
        return Err(error);
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        return Err(wording::newer_syntax(error));
    }
    Ok(parsed.into_syntax())
}

#[cfg(test)]
mod tests;
