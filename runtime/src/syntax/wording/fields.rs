//! Errors in the replacement fields of formatted strings.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::{Ranged, TextRange};

use super::Context;
use crate::syntax::SyntaxError;

/// What is open at a place in the tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// A formatted string, of which this is the name.
    Text(&'static str),
    /// A replacement field, whose brace is this token.
    Field(usize),
    /// The format specification of a field.
    Specification,
    /// Any bracket.
    Bracket,
}

/// The error in the innermost replacement field that is open where the parser stopped, if one of these fits.
pub(super) fn explain(context: &Context<'_>) -> Option<SyntaxError> {
    let here = context.here();
    let open = open_at(&context.tokens, here);
    if let Some(found) = unfinished(context, &open, here) {
        return Some(found);
    }
    let text = open.iter().rev().find_map(|open| match open {
        Open::Text(name) => Some(*name),
        _ => None,
    })?;
    let field = open.iter().rev().find_map(|open| match open {
        Open::Field(brace) => Some(*brace),
        _ => None,
    })?;
    empty(context, text, field).or_else(|| lambda(context, text, field, here))
}

/// A string that ends inside a field, but behind neither its value nor its colon, where CPython expects more.
fn unfinished(context: &Context<'_>, open: &[Open], here: usize) -> Option<SyntaxError> {
    let token = context.tokens.get(here)?;
    let name = match token.kind() {
        TokenKind::FStringEnd => "f-string",
        TokenKind::TStringEnd => "t-string",
        _ => return None,
    };
    let is_inside = matches!(open.last(), Some(Open::Field(_) | Open::Bracket));
    is_inside.then(|| expects_brace(name, token.range()))
}

fn expects_brace(name: &str, place: TextRange) -> SyntaxError {
    SyntaxError::new(format!("{name}: expecting '}}'"), place).of_tokenizer()
}

/// A quote in a field that closes the formatted string around it, unless it opens a string of its own.
pub(super) fn closed_inside(context: &Context<'_>) -> Option<SyntaxError> {
    let here = context.here();
    let open = open_at(&context.tokens, here);
    if !matches!(open.last(), Some(Open::Field(_) | Open::Bracket)) {
        return None;
    }
    let opener = context.tokens[..here].iter().rfind(|token| opens(token))?;
    let quote = context
        .text(opener.range())
        .trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let name = match opener.kind() {
        TokenKind::TStringStart => "t-string",
        _ => "f-string",
    };
    let found = context.text(context.range);
    let found = found.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    found
        .starts_with(quote)
        .then(|| expects_brace(name, context.range))
}

fn opens(token: &Token) -> bool {
    matches!(
        token.kind(),
        TokenKind::FStringStart | TokenKind::TStringStart
    )
}

/// Whether a brace opens a replacement field; `name` is that of the string, then.
pub(in crate::syntax) fn name_around(tokens: &[Token], brace: usize) -> Option<&'static str> {
    let open = open_at(tokens, brace + 1);
    matches!(open.last(), Some(Open::Field(_))).then(|| {
        let name = |open: &Open| match open {
            Open::Text(name) => Some(*name),
            _ => None,
        };
        open.iter().rev().find_map(name).unwrap_or("f-string")
    })
}

/// A field without an expression.
fn empty(context: &Context<'_>, text: &str, field: usize) -> Option<SyntaxError> {
    let token = context.tokens.get(field + 1)?;
    let found = match token.kind() {
        TokenKind::Rbrace => '}',
        TokenKind::Exclamation => '!',
        TokenKind::Equal => '=',
        TokenKind::Colon => ':',
        _ => return None,
    };
    let message = format!("{text}: valid expression required before '{found}'");
    Some(SyntaxError::new(message, token.range()))
}

/// A lambda whose colon begins the format specification.
fn lambda(context: &Context<'_>, text: &str, field: usize, here: usize) -> Option<SyntaxError> {
    let tokens = context.tokens.get(field + 1..here)?;
    let (first, colon) = (tokens.first()?, tokens.last()?);
    if first.kind() != TokenKind::Lambda || colon.kind() != TokenKind::Colon {
        return None;
    }
    let message = format!("{text}: lambda expressions are not allowed without parentheses");
    Some(SyntaxError::new(
        message,
        first.range().cover(colon.range()),
    ))
}

/// Everything that is open before a token, the outermost first.
fn open_at(tokens: &[Token], here: usize) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    for (index, token) in tokens.iter().enumerate().take(here) {
        let in_text = matches!(open.last(), Some(Open::Text(_) | Open::Specification));
        match token.kind() {
            TokenKind::FStringStart => open.push(Open::Text("f-string")),
            TokenKind::TStringStart => open.push(Open::Text("t-string")),
            TokenKind::Lbrace if in_text => open.push(Open::Field(index)),
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => open.push(Open::Bracket),
            TokenKind::Colon if matches!(open.last(), Some(Open::Field(_))) => {
                open.push(Open::Specification);
            }
            TokenKind::Rbrace | TokenKind::Rpar | TokenKind::Rsqb => {
                if open.last() == Some(&Open::Specification) {
                    open.pop();
                }
                open.pop();
            }
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                while open
                    .pop()
                    .is_some_and(|last| !matches!(last, Open::Text(_)))
                {}
            }
            _ => {}
        }
    }
    open
}
