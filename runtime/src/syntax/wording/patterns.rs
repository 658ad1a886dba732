//! Errors in the patterns of `match`.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::ParseErrorType;
use ruff_text_size::{Ranged, TextSize};

use super::Context;
use crate::syntax::SyntaxError;

/// The error in a pattern, if it is in one.
pub(super) fn explain(context: &Context<'_>, error: &ParseErrorType) -> Option<SyntaxError> {
    let message = match error {
        ParseErrorType::InvalidMatchPatternTarget => target(context),
        ParseErrorType::OtherError(message) => match &message[..] {
            "Positional patterns cannot follow keyword patterns" => {
                "positional patterns follow keyword patterns"
            }
            "Expected a pattern" if context.kind(context.here()) == TokenKind::Minus => {
                return Some(context.invalid_behind());
            }
            "Invalid mapping pattern key" => return Some(context.invalid_behind()),
            _ => return None,
        },
        ParseErrorType::ExpectedRealNumber => {
            return Some(no_number(
                context,
                "real number required in complex literal",
            ));
        }
        ParseErrorType::ExpectedImaginaryNumber => {
            return Some(no_number(
                context,
                "imaginary number required in complex literal",
            ));
        }
        _ => return None,
    };
    Some(context.error(message))
}

/// A number of the wrong kind, behind its sign, or something that is no number at all.
fn no_number(context: &Context<'_>, message: &str) -> SyntaxError {
    let text = context.text(context.range);
    let sign = text.len() - text.trim_start_matches(['-', ' ']).len();
    let start = context.range.start() + TextSize::new(sign as u32);
    match context.token_at(start) {
        Some(token) if is_number(token.kind()) => SyntaxError::new(message, token.range()),
        Some(token) => SyntaxError::new("invalid syntax", token.range()),
        None => context.invalid(),
    }
}

fn is_number(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Int | TokenKind::Float | TokenKind::Complex)
}

fn target(context: &Context<'_>) -> &'static str {
    match context.kind(context.here()) {
        TokenKind::Name if context.before() == Some(TokenKind::DoubleStar) => "invalid syntax",
        TokenKind::Name if context.text(context.range) == "_" => "cannot use '_' as a target",
        _ => "cannot use expression as pattern target",
    }
}
