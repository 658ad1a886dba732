//! Errors in the parameters of functions and lambdas.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged;

use super::Context;
use super::tokens::{Inside, closes, opens, top_level};
use crate::syntax::SyntaxError;

/// What has been seen of a list of parameters.
#[derive(Default)]
struct Seen {
    any: bool,
    slash: bool,
    star: bool,
    keywords: bool,
    default: bool,
}

/// The error in the list of parameters around the place, if it is in one.
pub(super) fn explain(context: &Context<'_>) -> Option<SyntaxError> {
    let (inside, what) = list_around(context)?;
    let items = context.items(&inside);
    let mut seen = Seen::default();
    for (index, item) in items.iter().enumerate() {
        let rest = &items[index + 1..];
        if let Some((message, place)) = wrong(item, rest, &seen, what) {
            let range = place.first()?.range().cover(place.last()?.range());
            return Some(SyntaxError::new(message, range));
        }
        seen.note(item);
    }
    None
}

impl Seen {
    fn note(&mut self, item: &[Token]) {
        match item.first().map(|token| token.kind()) {
            Some(TokenKind::Slash) => self.slash = true,
            Some(TokenKind::Star) => self.star = true,
            Some(TokenKind::DoubleStar) => self.keywords = true,
            _ => self.default |= top_level(item, TokenKind::Equal).is_some(),
        }
        self.any = true;
    }
}

/// The list of parameters whose brackets, or whose `lambda`, are the innermost around the error.
fn list_around(context: &Context<'_>) -> Option<(Inside, &'static str)> {
    if let Some(lambda) = lambda_before(context) {
        let is_colon = |kind| kind == TokenKind::Colon;
        return Some((context.inside_from(lambda, is_colon), "Lambda expression"));
    }
    // The place may be inside the brackets of a parameter.
    let mut inside = context.inside(context.here())?;
    if !is_definition(context, inside.opener) {
        inside = context.inside(inside.opener)?;
    }
    is_definition(context, inside.opener).then_some((inside, "Function"))
}

fn lambda_before(context: &Context<'_>) -> Option<usize> {
    let mut depth = 0_usize;
    for index in (0..context.here()).rev() {
        match context.kind(index) {
            TokenKind::Lambda if depth == 0 => return Some(index),
            TokenKind::Colon | TokenKind::Newline if depth == 0 => return None,
            kind if closes(kind) => depth += 1,
            kind if opens(kind) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Whether a bracket opens the parameters of a `def`, with or without type parameters.
fn is_definition(context: &Context<'_>, opener: usize) -> bool {
    let mut name = opener.checked_sub(1);
    if name.is_some_and(|index| context.kind(index) == TokenKind::Rsqb) {
        let types = name.and_then(|index| context.inside(index));
        name = types.and_then(|types| types.opener.checked_sub(1));
    }
    let keyword = name.and_then(|index| index.checked_sub(1));
    keyword.is_some_and(|index| context.kind(index) == TokenKind::Def)
}

type Found<'t> = Option<(String, &'t [Token])>;

fn wrong<'t>(item: &'t [Token], rest: &[&[Token]], seen: &Seen, what: &str) -> Found<'t> {
    let first = item.first()?;
    let here = &item[..1];
    let is = |message: &str, place: &'t [Token]| Some((message.to_owned(), place));
    if seen.keywords {
        return is("parameters cannot follow var-keyword parameter", here);
    }
    let equal = top_level(item, TokenKind::Equal);
    match first.kind() {
        TokenKind::Slash => wrong_slash(item, seen),
        TokenKind::Star if seen.star => is("* may appear only once", here),
        TokenKind::Star if item.len() == 1 && !has_name(rest) => {
            is("named parameters must follow bare *", here)
        }
        TokenKind::Star => {
            let message = "var-positional parameter cannot have default value";
            equal.and_then(|at| is(message, &item[at..=at]))
        }
        TokenKind::DoubleStar => {
            let message = "var-keyword parameter cannot have default value";
            equal.and_then(|at| is(message, &item[at..=at]))
        }
        TokenKind::Lpar if !seen.default && is_names(item) => {
            is(&format!("{what} parameters cannot be parenthesized"), item)
        }
        TokenKind::Name => match equal {
            Some(at) if at + 1 == item.len() => {
                is("expected default value expression", &item[at..=at])
            }
            None if seen.default && !seen.star => is(
                "parameter without a default follows parameter with a default",
                here,
            ),
            _ => None,
        },
        _ => None,
    }
}

fn wrong_slash<'t>(item: &'t [Token], seen: &Seen) -> Found<'t> {
    let (message, place) = match item.get(1).map(|token| token.kind()) {
        _ if !seen.any => ("at least one parameter must precede /", 0),
        _ if seen.slash => ("/ may appear only once", 0),
        _ if seen.star => ("/ must be ahead of *", 0),
        Some(TokenKind::Star) => ("expected comma between / and *", 1),
        _ => return None,
    };
    Some((message.to_owned(), &item[place..=place]))
}

/// Whether a parameter that can be given by name comes next.
fn has_name(rest: &[&[Token]]) -> bool {
    let next = rest.first().and_then(|item| item.first());
    next.is_some_and(|token| token.kind() != TokenKind::DoubleStar)
}

fn is_names(item: &[Token]) -> bool {
    let inner = &item[1..item.len() - 1];
    let is_plain = |token: &Token| matches!(token.kind(), TokenKind::Name | TokenKind::Comma);
    item.len() > 2 && item[item.len() - 1].kind() == TokenKind::Rpar && inner.iter().all(is_plain)
}
