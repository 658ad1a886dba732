//! Errors between brackets: in calls, subscripts and displays.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged;

use super::Context;
use super::tokens::{Inside, top_level};
use crate::syntax::SyntaxError;

/// What brackets are around an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Call,
    Subscript,
    Braces,
    Display,
}

/// The error in the items of the brackets around the place, if it is in some.
pub(super) fn explain(context: &Context<'_>) -> Option<SyntaxError> {
    let inside = context.inside(context.here())?;
    let kind = kind_of(context, &inside)?;
    context
        .items(&inside)
        .into_iter()
        .find_map(|item| wrong(context, item, kind))
}

fn kind_of(context: &Context<'_>, inside: &Inside) -> Option<Kind> {
    let before = inside
        .opener
        .checked_sub(1)
        .map(|index| context.kind(index));
    let is_operand = matches!(
        before,
        Some(TokenKind::Name | TokenKind::Rpar | TokenKind::Rsqb | TokenKind::String)
    );
    let keyword = inside
        .opener
        .checked_sub(2)
        .map(|index| context.kind(index));
    match context.kind(inside.opener) {
        _ if matches!(
            keyword,
            Some(TokenKind::Def | TokenKind::Class | TokenKind::Type)
        ) =>
        {
            None
        }
        TokenKind::Lbrace => Some(Kind::Braces),
        TokenKind::Lpar if is_operand => Some(Kind::Call),
        TokenKind::Lsqb if is_operand => Some(Kind::Subscript),
        _ => Some(Kind::Display),
    }
}

fn wrong(context: &Context<'_>, item: &[Token], kind: Kind) -> Option<SyntaxError> {
    let first = item.first()?;
    let error = |message: &str, place: &[Token]| {
        let range = place.first()?.range().cover(place.last()?.range());
        Some(SyntaxError::new(message, range))
    };
    let equal = top_level(item, TokenKind::Equal);
    let colon = top_level(item, TokenKind::Colon);
    let is_bare_star = first.kind() == TokenKind::Star
        && matches!(
            item.get(1).map(|token| token.kind()),
            None | Some(TokenKind::Colon)
        );
    match (kind, equal, colon) {
        _ if is_bare_star => {
            // CPython has read the next token when it says so.
            let next = context.token_from(first.range().end())?;
            Some(SyntaxError::new("Invalid star expression", next.range()))
        }
        (Kind::Call, Some(at), _) => wrong_argument(item, at),
        (Kind::Braces, _, Some(at)) if at + 1 == item.len() => error(
            "expression expected after dictionary key and ':'",
            &item[at..=at],
        ),
        (Kind::Braces, _, Some(at)) if item[at + 1].kind() == TokenKind::Star => error(
            "cannot use a starred expression in a dictionary value",
            &item[at + 1..],
        ),
        (Kind::Display | Kind::Braces | Kind::Subscript, Some(1), None)
            if first.kind() == TokenKind::Name && item.len() > 2 =>
        {
            error(
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
                item,
            )
        }
        _ => None,
    }
}

fn wrong_argument(item: &[Token], equal: usize) -> Option<SyntaxError> {
    let range = item.first()?.range().cover(item[equal].range());
    let message = match item[0].kind() {
        TokenKind::Star => "cannot assign to iterable argument unpacking",
        TokenKind::DoubleStar => "cannot assign to keyword argument unpacking",
        TokenKind::Name if equal == 1 && item.len() == 2 => "expected argument value expression",
        TokenKind::True | TokenKind::False | TokenKind::None if equal == 1 => return None,
        keyword if equal == 1 && keyword.is_non_soft_keyword() => return None,
        _ if equal == 0 || equal == 1 && item[0].kind() == TokenKind::Name => return None,
        _ => "expression cannot contain assignment, perhaps you meant \"==\"?",
    };
    Some(SyntaxError::new(message, range))
}
