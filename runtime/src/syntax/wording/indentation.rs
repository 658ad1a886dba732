//! Errors of indentation.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged;

use super::Context;
use crate::syntax::{ErrorKind, SyntaxError};

/// A line that is indented for no reason.
pub(super) fn unexpected(context: &Context<'_>) -> SyntaxError {
    let line = context.source.line_of(context.range.end().into());
    let mut error =
        SyntaxError::new("unexpected indent", context.range).with_kind(ErrorKind::Indentation);
    error.quote(line, context.source.line(line));
    error
}

/// A line whose indentation matches no line before.
pub(super) fn inconsistent(context: &Context<'_>) -> SyntaxError {
    let line = context.source.line_of(context.range.start().into());
    let text = context.source.line(line);
    let indent = &text[..text.len() - text.trim_start_matches([' ', '\t']).len()];
    let before = indents_before(context, line);
    let mixed = before
        .iter()
        .any(|other| other.contains('\t') != indent.contains('\t'));
    let (kind, message) = if mixed {
        (
            ErrorKind::Tab,
            "inconsistent use of tabs and spaces in indentation",
        )
    } else {
        (
            ErrorKind::Indentation,
            "unindent does not match any outer indentation level",
        )
    };
    let mut error = SyntaxError::new(message, context.range).with_kind(kind);
    error.quote(line, text);
    error
}

/// The indentation of the lines before a line, empty ones left out.
fn indents_before<'a>(context: &'a Context<'_>, line: u32) -> Vec<&'a str> {
    let lines = (1..line).map(|line| context.source.line(line));
    let indent = |line: &'_ str| line.len() - line.trim_start_matches([' ', '\t']).len();
    lines
        .filter(|line| indent(line) > 0)
        .map(|line| &line[..indent(line)])
        .collect()
}

/// A statement without its block; `after` is ruff's name of the statement, such as "`if` statement".
pub(super) fn missing_block(context: &Context<'_>, after: &str) -> SyntaxError {
    let after = after
        .replace('`', "'")
        .replace(" clause", " statement")
        .replace(" block", " statement");
    let after = after.replace("'class'", "class");
    let line = header_line(context);
    let header: String = context.source.line(line).split_whitespace().collect();
    let after = match header.starts_with("except*") {
        true => after.replace("'except'", "'except*'"),
        false => after,
    };
    let message = format!("expected an indented block after {after} on line {line}");
    SyntaxError::new(message, context.range).with_kind(ErrorKind::Indentation)
}

/// Line of the statement whose block is missing: the last line with a token before the error.
fn header_line(context: &Context<'_>) -> u32 {
    let solid = |token: &&Token| {
        token.range().end() <= context.range.start() && !matches!(token.kind(), TokenKind::Newline)
    };
    let last = context.tokens.iter().rfind(solid);
    last.map_or(1, |token| {
        context.source.line_of(token.range().start().into())
    })
}
