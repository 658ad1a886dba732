//! Errors in the patterns of `match`.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::ParseErrorType;

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
            "Invalid mapping pattern key" => return Some(context.invalid_behind()),
            _ => return None,
        },
        ParseErrorType::ExpectedRealNumber => "real number required in complex literal",
        ParseErrorType::ExpectedImaginaryNumber => "imaginary number required in complex literal",
        _ => return None,
    };
    Some(context.error(message))
}

fn target(context: &Context<'_>) -> &'static str {
    match context.kind(context.here()) {
        TokenKind::Name if context.before() == Some(TokenKind::DoubleStar) => "invalid syntax",
        TokenKind::Name if context.text(context.range) == "_" => "cannot use '_' as a target",
        _ => "cannot use expression as pattern target",
    }
}
