//! Errors that the words of a statement tell: imports, `except`, patterns, comprehensions, `not`.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged;

use super::Context;
use super::tokens::{closes, opens};
use crate::syntax::SyntaxError;

/// The error that the statement's own words tell.
pub(super) fn explain(context: &Context<'_>) -> Option<SyntaxError> {
    definition(context)
        .or_else(|| import(context))
        .or_else(|| except(context))
        .or_else(|| not_operand(context))
        .or_else(|| comprehension(context))
        .or_else(|| yield_target(context))
}

fn error_at(context: &Context<'_>, index: usize, message: &str) -> Option<SyntaxError> {
    let token = context.tokens.get(index)?;
    Some(SyntaxError::new(message, token.range()))
}

/// Index of the first token of the line of the error.
fn line_start(context: &Context<'_>) -> usize {
    let ends = |token: &Token| {
        matches!(
            token.kind(),
            TokenKind::Newline | TokenKind::Semi | TokenKind::Indent | TokenKind::Dedent
        )
    };
    let before = &context.tokens[..context.here().min(context.tokens.len())];
    before.iter().rposition(ends).map_or(0, |index| index + 1)
}

/// `def f:`, and type parameters that are none.
fn definition(context: &Context<'_>) -> Option<SyntaxError> {
    let (start, here) = (line_start(context), context.here());
    let keyword = start + (context.kind(start) == TokenKind::Async) as usize;
    let is_definition = matches!(
        context.kind(keyword),
        TokenKind::Def | TokenKind::Class | TokenKind::Type
    );
    let behind = keyword + 2;
    if is_definition
        && context.kind(behind) == TokenKind::Lsqb
        && context.kind(behind + 1) == TokenKind::Rsqb
    {
        return error_at(context, behind + 1, "Type parameter list cannot be empty");
    }
    if is_definition && let Some(error) = bound(context) {
        return Some(error);
    }
    let is_function = context.kind(keyword) == TokenKind::Def;
    if is_function
        && context.kind(here) == TokenKind::Colon
        && context.before() == Some(TokenKind::Rarrow)
    {
        return error_at(context, here - 1, "expected ':'");
    }
    let has_name = context.kind(keyword + 1) == TokenKind::Name;
    let has_bracket = context.tokens[keyword.min(here)..here]
        .iter()
        .any(|token| token.kind() == TokenKind::Lpar);
    if is_function && has_name && here > keyword + 1 && !has_bracket {
        return error_at(context, here, "expected '('");
    }
    None
}

/// `*Ts: int` and `**P: int`, whose error the parser sees at the colon.
fn bound(context: &Context<'_>) -> Option<SyntaxError> {
    let here = context.here();
    let [star, name] = [here.checked_sub(2)?, here - 1].map(|index| context.kind(index));
    let kind = match (star, name, context.kind(here)) {
        (TokenKind::Star, TokenKind::Name, TokenKind::Colon) => "TypeVarTuple",
        (TokenKind::DoubleStar, TokenKind::Name, TokenKind::Colon) => "ParamSpec",
        _ => return None,
    };
    let inside = context.inside(here)?;
    let items = context.items(&inside);
    let colon = context.tokens[here].range();
    let ends = |item: &&&[Token]| item.iter().any(|token| token.range() == colon);
    let last = items.iter().find(ends)?.last()?;
    let message = format!("cannot use bound with {kind}");
    Some(SyntaxError::new(message, colon.cover(last.range())))
}

/// `import a from b`, and imports of nothing.
fn import(context: &Context<'_>) -> Option<SyntaxError> {
    let (start, here) = (line_start(context), context.here());
    let before = here.checked_sub(1).map(|index| context.kind(index));
    match context.kind(start) {
        TokenKind::Import if context.kind(here) == TokenKind::From => {
            let message = "Did you mean to use 'from ... import ...' instead?";
            let place = context.tokens[start].range();
            Some(SyntaxError::new(message, place.cover(context.range)))
        }
        TokenKind::Import | TokenKind::From
            if before == Some(TokenKind::Import)
                && matches!(
                    context.kind(here),
                    TokenKind::Newline | TokenKind::EndOfFile
                ) =>
        {
            error_at(context, here, "Expected one or more names after 'import'")
        }
        _ => None,
    }
}

fn except(context: &Context<'_>) -> Option<SyntaxError> {
    let (start, here) = (line_start(context), context.here());
    if context.kind(start) != TokenKind::Except {
        return None;
    }
    let is_star = context.kind(start + 1) == TokenKind::Star;
    if is_star && context.kind(start + 2) == TokenKind::Colon {
        return error_at(context, start + 2, "expected one or more exception types");
    }
    if here <= start + 1 && is_mixed(context, start, is_star) {
        let message = "cannot have both 'except' and 'except*' on the same 'try'";
        return error_at(context, start, message);
    }
    let first = context.tokens.get(start + 1 + is_star as usize)?;
    let line = &context.tokens[start..];
    let colon = line
        .iter()
        .position(|token| token.kind() == TokenKind::Colon)?;
    let words = &line[..colon];
    let has = |kind| words.iter().any(|token| token.kind() == kind);
    if has(TokenKind::As) && has(TokenKind::Comma) && first.kind() != TokenKind::Lpar {
        let message = "multiple exception types must be parenthesized when using 'as'";
        let as_at = words
            .iter()
            .position(|token| token.kind() == TokenKind::As)?;
        let last = words.get(as_at.checked_sub(1)?)?;
        return Some(SyntaxError::new(message, first.range().cover(last.range())));
    }
    None
}

/// Whether an earlier clause of the same `try` is of the other kind.
fn is_mixed(context: &Context<'_>, start: usize, is_star: bool) -> bool {
    let column = |index: usize| {
        let offset = context.tokens[index].range().start();
        context.source.position(offset.into()).column
    };
    let clauses = (0..start).rev().filter(|index| {
        matches!(context.kind(*index), TokenKind::Except | TokenKind::Try)
            && column(*index) == column(start)
    });
    let mut clauses = clauses.take_while(|index| context.kind(*index) == TokenKind::Except);
    clauses.any(|index| (context.kind(index + 1) == TokenKind::Star) != is_star)
}

/// `3 + not 3`
fn not_operand(context: &Context<'_>) -> Option<SyntaxError> {
    use TokenKind as T;
    let at = (context.here().saturating_sub(1)..=context.here())
        .find(|index| context.kind(*index) == T::Not)?;
    let before = context.kind(at.checked_sub(1)?);
    let is_operator = matches!(
        before,
        T::Plus
            | T::Minus
            | T::Star
            | T::Slash
            | T::DoubleSlash
            | T::Percent
            | T::At
            | T::DoubleStar
            | T::Tilde
            | T::LeftShift
            | T::RightShift
            | T::Amper
            | T::Vbar
            | T::CircumFlex
    );
    let message = "'not' after an operator must be parenthesized";
    let place = context.tokens[at].range();
    let rest = context
        .tokens
        .get(at + 1)
        .map_or(place, |token| token.range());
    is_operator.then(|| SyntaxError::new(message, place.cover(rest)))
}

/// `[x for x if y]` and `[x, y for x in z]`
fn comprehension(context: &Context<'_>) -> Option<SyntaxError> {
    let here = context.here();
    let inside = context.inside(here)?;
    let mut depth = 0_usize;
    let mut keyword = None;
    for index in inside.opener + 1..here {
        match context.kind(index) {
            kind if opens(kind) => depth += 1,
            kind if closes(kind) => depth = depth.saturating_sub(1),
            TokenKind::For if depth == 0 => keyword = Some(index),
            TokenKind::In if depth == 0 => keyword = None,
            _ => {}
        }
    }
    if context.kind(here) == TokenKind::For {
        return forgotten_parentheses(context, inside.opener, here);
    }
    let is_if = context.tokens[keyword?..]
        .iter()
        .take(here + 2 - keyword?)
        .position(|token| token.kind() == TokenKind::If)?;
    let message = "'in' expected after for-loop variables";
    error_at(context, keyword? + is_if, message)
}

fn forgotten_parentheses(context: &Context<'_>, opener: usize, here: usize) -> Option<SyntaxError> {
    let is_display = matches!(context.kind(opener), TokenKind::Lsqb | TokenKind::Lbrace);
    let items = &context.tokens[opener + 1..here];
    let has_comma = items.iter().any(|token| token.kind() == TokenKind::Comma);
    let message = "did you forget parentheses around the comprehension target?";
    let place = items.first()?.range().cover(items.last()?.range());
    (is_display && has_comma).then(|| SyntaxError::new(message, place))
}

/// Whether a colon in front of a token ends the head of a compound statement, and not a target.
fn is_clause(context: &Context<'_>, index: usize) -> bool {
    let start = context.tokens[..index]
        .iter()
        .rposition(|token| token.kind() == TokenKind::Newline);
    let first = context.kind(start.map_or(0, |newline| newline + 1));
    first != TokenKind::Name
}

/// `yield = 1`
fn yield_target(context: &Context<'_>) -> Option<SyntaxError> {
    let here = context.here();
    let keyword = [here.checked_sub(1)?, here]
        .into_iter()
        .find(|index| context.kind(*index) == TokenKind::Yield)?;
    // As an annotation it is an expression that cannot stand there.
    let before = keyword.checked_sub(1).map(|index| context.kind(index));
    let message = match before {
        Some(TokenKind::Colon) if !is_clause(context, keyword) => "invalid syntax",
        _ => "assignment to yield expression not possible",
    };
    let is_target = context.kind(keyword + 1) == TokenKind::Equal;
    is_target.then(|| error_at(context, keyword, message))?
}
