//! Errors about what cannot be assigned to or deleted.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_ast::{Expr, UnaryOp};
use ruff_python_parser::{ParseErrorType, parse_expression};
use ruff_text_size::{Ranged, TextRange};

use super::Context;
use crate::syntax::SyntaxError;

/// CPython's name for a kind of expression.
pub(super) fn expression_name(expr: &Expr) -> &'static str {
    match expr {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) => "f-string expression",
        Expr::TString(_) => "t-string expression",
        Expr::NoneLiteral(_) => "None",
        Expr::BooleanLiteral(literal) if literal.value => "True",
        Expr::BooleanLiteral(_) => "False",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::BytesLiteral(_) => "literal",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        _ => "expression",
    }
}

/// Whether CPython may read it as the left operand of a mistyped `==`.
fn may_be_compared(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(unary) => unary.op != UnaryOp::Not,
        Expr::BoolOp(_) | Expr::Compare(_) | Expr::If(_) | Expr::Lambda(_) => false,
        Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Generator(_) => false,
        Expr::NoneLiteral(_) | Expr::BooleanLiteral(_) | Expr::List(_) | Expr::Tuple(_) => false,
        _ => true,
    }
}

/// A target that is none.
pub(super) fn explain(context: &Context<'_>, error: &ParseErrorType) -> SyntaxError {
    let text = context.text(context.range);
    let star = text.starts_with('*').then_some("starred");
    // Some targets are expressions only in brackets.
    let alone = parse_expression(text).or_else(|_| parse_expression(&format!("({text})")));
    let Ok(parsed) = alone.or_else(|_| parse_expression(text.trim_start_matches('*'))) else {
        return context.invalid();
    };
    let expr = parsed.into_expr();
    let name = star.unwrap_or_else(|| expression_name(&expr));
    let message = match error {
        ParseErrorType::InvalidDeleteTarget => format!("cannot delete {name}"),
        ParseErrorType::InvalidAugmentedAssignmentTarget => {
            format!("'{name}' is an illegal expression for augmented assignment")
        }
        // In a call an argument comes to its end first.
        ParseErrorType::InvalidNamedAssignmentTarget if in_call(context) => {
            return context.invalid_behind();
        }
        ParseErrorType::InvalidNamedAssignmentTarget => {
            format!("cannot use assignment expressions with {name}")
        }
        ParseErrorType::InvalidAnnotatedAssignmentTarget => "illegal target for annotation".into(),
        _ => assignment(context, &expr, name),
    };
    context.error(message)
}

/// Whether the innermost brackets around the place are those of a call.
fn in_call(context: &Context<'_>) -> bool {
    let Some(inside) = context.inside(context.here()) else {
        return false;
    };
    let before = inside
        .opener
        .checked_sub(1)
        .map(|index| context.kind(index));
    context.kind(inside.opener) == TokenKind::Lpar
        && matches!(
            before,
            Some(TokenKind::Name | TokenKind::Rpar | TokenKind::Rsqb)
        )
}

fn assignment(context: &Context<'_>, expr: &Expr, name: &str) -> String {
    let is_last = is_last_target(context);
    if matches!(expr, Expr::Yield(_) | Expr::YieldFrom(_)) {
        return match is_last && context.before() == Some(TokenKind::Lpar) {
            true => format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?"),
            false => "assignment to yield expression not possible".into(),
        };
    }
    match is_last && may_be_compared(expr) {
        true => format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?"),
        false => format!("cannot assign to {name}"),
    }
}

/// Whether one `=` follows the target, and no other after its value.
fn is_last_target(context: &Context<'_>) -> bool {
    let after = context
        .tokens
        .iter()
        .filter(|token| token.range().start() >= context.range.end());
    let mut kinds = after
        .map(|token| token.kind())
        .skip_while(|kind| *kind == TokenKind::Rpar)
        .take_while(|kind| *kind != TokenKind::Newline);
    let is_alone = context
        .inside(context.here())
        .is_none_or(|inside| context.items(&inside).len() < 2);
    is_alone
        && kinds.next() == Some(TokenKind::Equal)
        && !kinds.any(|kind| kind == TokenKind::Equal)
}

/// `a, b += 1`: what stands in front of the operator is no target that it could change.
pub(super) fn augmented(context: &Context<'_>) -> Option<SyntaxError> {
    let here = context.here();
    context.kind(here).as_augmented_assign_operator()?;
    let ends = |token: &Token| matches!(token.kind(), TokenKind::Newline | TokenKind::Semi);
    let first = context.tokens[..here].iter().rposition(ends);
    let first = context.tokens[first.map_or(0, |end| end + 1)..here].first()?;
    let last = context.tokens[..here].last()?;
    let range = first.range().cover(last.range());
    let target = parse_expression(context.text(range)).ok()?.into_expr();
    if !matches!(target, Expr::Tuple(_) | Expr::List(_)) {
        return None;
    }
    let name = expression_name(&target);
    let message = format!("'{name}' is an illegal expression for augmented assignment");
    Some(SyntaxError::new(message, range))
}

/// `=` where a condition stands.
pub(super) fn in_condition(context: &Context<'_>) -> SyntaxError {
    let Some(range) = condition_before(context) else {
        return context.invalid();
    };
    let Ok(parsed) = parse_expression(context.text(range)) else {
        return context.invalid();
    };
    let expr = parsed.into_expr();
    if let Expr::Name(_) = expr {
        let place = range.cover(value_after(context));
        return SyntaxError::new(
            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            place,
        );
    }
    if !may_be_compared(&expr) {
        return context.invalid();
    }
    let name = expression_name(&expr);
    let message = format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?");
    SyntaxError::new(message, range)
}

/// From behind the keyword to the `=`.
fn condition_before(context: &Context<'_>) -> Option<TextRange> {
    let here = context
        .tokens
        .iter()
        .position(|token| token.range() == context.range)?;
    let keywords = [TokenKind::If, TokenKind::Elif, TokenKind::While];
    let keyword = context.tokens[..here]
        .iter()
        .rposition(|token| keywords.contains(&token.kind()))?;
    let first = context.tokens.get(keyword + 1)?;
    let last = context.tokens.get(here.checked_sub(1)?)?;
    (keyword + 1 < here).then(|| first.range().cover(last.range()))
}

/// From behind the `=` to the colon.
fn value_after(context: &Context<'_>) -> TextRange {
    let after = context
        .tokens
        .iter()
        .filter(|token| token.range().start() >= context.range.end());
    let value =
        after.take_while(|token| !matches!(token.kind(), TokenKind::Colon | TokenKind::Newline));
    value.last().map_or(context.range, |token| token.range())
}

/// Something other than a name in front of `=` in a call.
pub(super) fn keyword_name(context: &Context<'_>) -> SyntaxError {
    let text = context.text(context.range);
    if matches!(text, "True" | "False" | "None") {
        return context.error(format!("cannot assign to {text}"));
    }
    if context.kind(context.here()).is_non_soft_keyword() {
        return context.invalid();
    }
    let equals = context
        .tokens
        .iter()
        .find(|token| token.range().start() >= context.range.end());
    let place = equals.map_or(context.range, |token| context.range.cover(token.range()));
    SyntaxError::new(
        "expression cannot contain assignment, perhaps you meant \"==\"?",
        place,
    )
}
