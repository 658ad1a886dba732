//! Source text from a running program to code that can run, and what is raised when it cannot be compiled.

use crate::compile::{Options, compile_with};
use crate::eval::cx::Cx;
use crate::eval::load;
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, lend};
use crate::syntax::{ErrorKind, Source, SyntaxError};
use crate::types::TypeId;
use crate::types::exception::warn;

/// Compiles a source to a code object.
///
/// # Errors
/// SyntaxError, or a class derived from it, with the place.
pub(crate) fn compile(cx: &Cx, source: Source, options: &Options) -> Outcome {
    match compile_with(&source, options) {
        Ok(unit) => {
            warn::syntax(cx, &source, &unit.warnings, false);
            Ok(load::counted(cx, unit.code, source))
        }
        Err(error) => Err(syntax_error(cx, &error, Some(&source))),
    }
}

/// The exception for an error in a source, which is missing if its bytes are no text.
pub(crate) fn syntax_error(cx: &Cx, error: &SyntaxError, source: Option<&Source>) -> Raised {
    let class = match error.kind() {
        ErrorKind::Syntax => TypeId::SyntaxError,
        ErrorKind::Indentation => TypeId::IndentationError,
        ErrorKind::Tab => TypeId::TabError,
        ErrorKind::Recursion => return cx.error(TypeId::RecursionError, error.message()),
    };
    let mut args = vec![cx.str(error.message())];
    let known = source.and_then(|source| Some((source, error.location(source)?)));
    if let Some((source, place)) = known {
        args.push(cx.tuple(vec![
            cx.str(source.name()),
            cx.int(place.line.into()),
            cx.int(place.column.into()),
            place.text.map_or(Owned::NONE, |text| cx.str(&text)),
            cx.int(place.end_line.into()),
            cx.int(place.end_column),
        ]));
    }
    let class = cx.class(class).as_ref();
    match cx.call(class, Args::positional(lend(&args))) {
        Ok(made) => cx.raise(made),
        Err(raised) => raised,
    }
}
