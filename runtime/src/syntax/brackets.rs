//! Brackets, found the way CPython's tokenizer finds them: unmatched, mismatched, never closed, nested too deeply.

use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_text_size::{Ranged, TextRange};

use crate::syntax::wording::fields;
use crate::syntax::{ErrorKind, Source, SyntaxError};

/// CPython's limit on open brackets.
const MAX_NESTING: usize = 200;
/// So many blocks are too many,
const MAX_BLOCKS: usize = 100;
/// and so many f-strings.
const MAX_STRINGS: usize = 150;

/// A bracket that was opened.
#[derive(Clone, Copy)]
pub(super) struct Open {
    closer: TokenKind,
    range: TextRange,
    /// Which token it is.
    index: usize,
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

/// Refuses more open brackets, more blocks and more f-strings inside one another than CPython allows.
pub(super) fn check_nesting(source: &Source, tokens: &Tokens) -> Result<(), SyntaxError> {
    let (mut brackets, mut blocks, mut strings) = (0_usize, 0_usize, 0_usize);
    for token in tokens.iter() {
        match token.kind() {
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::FStringStart | TokenKind::TStringStart => strings += 1,
            TokenKind::FStringEnd | TokenKind::TStringEnd => strings = strings.saturating_sub(1),
            kind if closer_of(kind).is_some() => brackets += 1,
            kind if is_closer(kind) => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        let refused = |message: &str| Err(SyntaxError::new(message, token.range()));
        if brackets > MAX_NESTING {
            return refused("too many nested parentheses");
        }
        if strings >= MAX_STRINGS {
            return refused("too many nested f-strings");
        }
        if blocks >= MAX_BLOCKS {
            return Err(too_many_blocks(source, token));
        }
    }
    Ok(())
}

fn too_many_blocks(source: &Source, token: &Token) -> SyntaxError {
    let message = "too many levels of indentation";
    let line = source.line_of(token.range().end().into());
    let mut error = SyntaxError::new(message, token.range()).with_kind(ErrorKind::Indentation);
    error.quote(line, source.line(line));
    error
}

/// Scans the brackets of the whole file.
pub(super) fn scan(source: &Source, tokens: &[Token]) -> Brackets {
    let mut open: Vec<Open> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let (kind, range) = (token.kind(), token.range());
        if let Some(closer) = closer_of(kind) {
            open.push(Open {
                closer,
                range,
                index,
            });
        } else if is_closer(kind) {
            match open.pop() {
                Some(opened) if opened.closer == kind => {}
                opened => {
                    let string = opened.and_then(|brace| fields::name_around(tokens, brace.index));
                    return Brackets::Wrong(match string {
                        Some(string) => unmatched_in(source, string, range),
                        None => wrong_closer(source, opened, range),
                    });
                }
            }
        }
    }
    open.last().map_or(Brackets::Balanced, |opened| {
        Brackets::Unclosed(opened.range)
    })
}

/// A bracket that a replacement field of a string has not opened.
fn unmatched_in(source: &Source, string: &str, range: TextRange) -> SyntaxError {
    let closer = source.slice(range.into());
    SyntaxError::new(format!("{string}: unmatched '{closer}'"), range).of_tokenizer()
}

fn wrong_closer(source: &Source, opened: Option<Open>, range: TextRange) -> SyntaxError {
    let closer = source.slice(range.into());
    let Some(opened) = opened else {
        return SyntaxError::new(format!("unmatched '{closer}'"), range).of_tokenizer();
    };
    let opener = source.slice(opened.range.into());
    let line = source.line_of(opened.range.start().into());
    let mut message =
        format!("closing parenthesis '{closer}' does not match opening parenthesis '{opener}'");
    if line != source.line_of(range.start().into()) {
        message += &format!(" on line {line}");
    }
    SyntaxError::new(message, range).of_tokenizer()
}

/// The error for a bracket that is never closed.
pub(super) fn never_closed(source: &Source, range: TextRange) -> SyntaxError {
    SyntaxError::new(
        format!("'{}' was never closed", source.slice(range.into())),
        range,
    )
    .without_end()
}
