//! Errors of indentation.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged;

use super::Context;
use crate::syntax::{ErrorKind, SyntaxError};

/// A line that is indented for no reason.
pub(super) fn unexpected(context: &Context<'_>) -> SyntaxError {
    let line = context.source.line_of(context.range.end().into());
    let text = context.source.line(line);
    let mut error =
        SyntaxError::new("unexpected indent", context.range).with_kind(ErrorKind::Indentation);
    error.quote_at(
        line,
        text,
        (indent_of(text).len() as u32).saturating_sub(1),
        -1,
    );
    is_mixed(context, line).unwrap_or(error)
}

/// A line whose indentation matches no line before.
pub(super) fn inconsistent(context: &Context<'_>) -> SyntaxError {
    let line = context.source.line_of(context.range.start().into());
    let text = context.source.line(line);
    let message = "unindent does not match any outer indentation level";
    let mut error = SyntaxError::new(message, context.range).with_kind(ErrorKind::Indentation);
    error.quote_at(line, text, text.chars().count() as u32, -1);
    is_mixed(context, line).unwrap_or(error)
}

/// The error of a line whose indentation compares in one way to that of a line before when a tab is as wide as eight
/// blanks, and in another when it is as wide as one.
fn is_mixed(context: &Context<'_>, line: u32) -> Option<SyntaxError> {
    let text = context.source.line(line);
    let own = widths(indent_of(text));
    let before: Vec<_> = indents_before(context, line)
        .into_iter()
        .map(widths)
        .collect();
    let differs = |other: &(usize, usize)| own.0.cmp(&other.0) != own.1.cmp(&other.1);
    let last = before.last().filter(|last| own.0 >= last.0);
    let outer = before.iter().rfind(|other| other.0 == own.0);
    if !last.or(outer).is_some_and(differs) {
        return None;
    }
    let message = "inconsistent use of tabs and spaces in indentation";
    let mut error = SyntaxError::new(message, context.range).with_kind(ErrorKind::Tab);
    error.quote_at(line, text, 0, 0);
    Some(error)
}

fn indent_of(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// How wide an indentation is with tabs to every eighth column, and with tabs as wide as blanks.
fn widths(indent: &str) -> (usize, usize) {
    let wide = indent.chars().fold(0, |column, c| match c {
        '\t' => (column / 8 + 1) * 8,
        _ => column + 1,
    });
    (wide, indent.len())
}

/// The indentation of the lines before a line, empty ones left out.
fn indents_before<'a>(context: &'a Context<'_>, line: u32) -> Vec<&'a str> {
    let lines = (1..line).map(|line| context.source.line(line));
    lines
        .map(indent_of)
        .filter(|indent| !indent.is_empty())
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
    context.behind_all(SyntaxError::new(message, context.range).with_kind(ErrorKind::Indentation))
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
