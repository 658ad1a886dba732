//! Brackets, found the way CPython's tokenizer finds them: unmatched, mismatched, never closed, nested too deeply.

use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_text_size::{Ranged, TextRange};

use crate::syntax::{Source, SyntaxError};

/// CPython's limit on open brackets.
const MAX_NESTING: usize = 200;

/// A bracket that was opened.
#[derive(Clone, Copy)]
pub(super) struct Open {
    closer: TokenKind,
    range: TextRange,
}

/// What a scan of the brackets ended with.
pub(super) enum Brackets {
    /// Every bracket has its partner.
    Balanced,
    /// A closing bracket fits nothing.
    Wrong(SyntaxError),
    /// This bracket was not closed before the end.
    Unclosed(TextRange),
}

fn closer_of(kind: TokenKind) -> Option<TokenKind> {
    match kind {
        TokenKind::Lpar => Some(TokenKind::Rpar),
        TokenKind::Lsqb => Some(TokenKind::Rsqb),
        TokenKind::Lbrace => Some(TokenKind::Rbrace),
        _ => None,
    }
}

fn is_closer(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace)
}

/// Refuses more open brackets than CPython allows.
pub(super) fn check_nesting(tokens: &Tokens) -> Result<(), SyntaxError> {
    let mut depth = 0_usize;
    for token in tokens.iter() {
        if closer_of(token.kind()).is_some() {
            depth += 1;
        } else if is_closer(token.kind()) {
            depth = depth.saturating_sub(1);
        }
        if depth > MAX_NESTING {
            return Err(SyntaxError::new(
                "too many nested parentheses",
                token.range(),
            ));
        }
    }
    Ok(())
}

/// Scans the brackets of the whole file.
pub(super) fn scan(source: &Source, tokens: &[Token]) -> Brackets {
    let mut open: Vec<Open> = Vec::new();
    for token in tokens.iter() {
        let (kind, range) = (token.kind(), token.range());
        if let Some(closer) = closer_of(kind) {
            open.push(Open { closer, range });
        } else if is_closer(kind) {
            match open.pop() {
                Some(opened) if opened.closer == kind => {}
                opened => return Brackets::Wrong(wrong_closer(source, opened, range)),
            }
        }
    }
    open.last().map_or(Brackets::Balanced, |opened| {
        Brackets::Unclosed(opened.range)
    })
}

fn wrong_closer(source: &Source, opened: Option<Open>, range: TextRange) -> SyntaxError {
    let closer = source.slice(range.into());
    let Some(opened) = opened else {
        return SyntaxError::new(format!("unmatched '{closer}'"), range);
    };
    let opener = source.slice(opened.range.into());
    let line = source.line_of(opened.range.start().into());
    let mut message =
        format!("closing parenthesis '{closer}' does not match opening parenthesis '{opener}'");
    if line != source.line_of(range.start().into()) {
        message += &format!(" on line {line}");
    }
    SyntaxError::new(message, range)
}

/// The error for a bracket that is never closed.
pub(super) fn never_closed(source: &Source, range: TextRange) -> SyntaxError {
    SyntaxError::new(
        format!("'{}' was never closed", source.slice(range.into())),
        range,
    )
}
