//! Expressions side by side, where something between them is missing.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::{Ranged, TextRange};

use super::{Context, literals};
use crate::syntax::SyntaxError;

impl Context<'_> {
    /// Two expressions side by side.
    pub(super) fn juxtaposed(&self) -> SyntaxError {
        let Some(before) = self.token_before(self.range.start()) else {
            return self.invalid();
        };
        let next = self.text(self.range).chars().next();
        // The tokenizer takes what could belong to a name for a part of the number.
        let goes_on = next.is_some_and(|next| next.is_alphanumeric() || next == '_');
        let touches = before.range().end() == self.range.start() && goes_on;
        match before.kind() {
            TokenKind::Int | TokenKind::Float | TokenKind::Complex if touches => {
                literals::number_before(self, before.range())
            }
            TokenKind::Name if self.starts_line(before) => self.old_statement(before),
            _ => self.invalid(),
        }
    }

    /// `print x` and `exec x`.
    fn old_statement(&self, name: &Token) -> SyntaxError {
        let word = self.text(name.range());
        if !matches!(word, "print" | "exec") {
            return self.invalid();
        }
        let message = format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?");
        SyntaxError::new(message, name.range().cover(self.rest_of_statement()))
    }

    fn rest_of_statement(&self) -> TextRange {
        let ends = |token: &&Token| matches!(token.kind(), TokenKind::Newline | TokenKind::Semi);
        let from_here = self
            .tokens
            .iter()
            .filter(|token| token.range().start() >= self.range.start());
        let inside =
            from_here.take_while(|token| !ends(token) && token.kind() != TokenKind::EndOfFile);
        inside.last().map_or(self.range, |token| token.range())
    }

    pub(super) fn missing_else(&self) -> SyntaxError {
        let is_if = |token: &&Token| token.kind() == TokenKind::If;
        let before = self
            .tokens
            .iter()
            .filter(|token| token.range().end() <= self.range.start());
        let Some(keyword) = before.clone().rfind(is_if) else {
            return self.invalid();
        };
        let start = self
            .token_before(keyword.range().start())
            .map_or(self.range, |token| token.range());
        let mut before = before;
        let end = before.next_back().map_or(self.range, |token| token.range());
        SyntaxError::new("expected 'else' after 'if' expression", start.cover(end))
    }

    /// Two expressions side by side inside brackets.
    pub(super) fn forgotten_comma(&self) -> SyntaxError {
        let Some(here) = self
            .tokens
            .iter()
            .position(|token| token.range() == self.range)
        else {
            return self.invalid();
        };
        let before = self.tokens[..here]
            .iter()
            .rev()
            .take_while(|token| !separates(token.kind()))
            .last();
        let after = last_of_item(&self.tokens[here..]);
        let (Some(first), Some(last)) = (before, after) else {
            return self.invalid();
        };
        let previous = self.tokens[here - 1].kind();
        let names_string =
            previous == TokenKind::Name && self.tokens[here].kind() == TokenKind::String;
        if names_string || !starts_expression(self.tokens[here].kind()) {
            return self.invalid();
        }
        let place = first.range().cover(last.range());
        SyntaxError::new("invalid syntax. Perhaps you forgot a comma?", place)
    }
}

/// The last token before the item ends, or the string in whose field it stands.
fn last_of_item(tokens: &[Token]) -> Option<&Token> {
    use TokenKind as T;
    let mut strings = 0_usize;
    let goes_on = |token: &&Token| {
        match token.kind() {
            T::FStringStart | T::TStringStart => strings += 1,
            T::Unknown => return false,
            T::FStringMiddle | T::TStringMiddle => return strings > 0,
            T::FStringEnd | T::TStringEnd if strings == 0 => return false,
            T::FStringEnd | T::TStringEnd => strings -= 1,
            kind => return !separates(kind),
        }
        true
    };
    tokens.iter().take_while(goes_on).last()
}

/// Whether a token ends one item inside brackets.
fn separates(kind: TokenKind) -> bool {
    use TokenKind as T;
    matches!(
        kind,
        T::Comma
            | T::Lpar
            | T::Lsqb
            | T::Lbrace
            | T::Rpar
            | T::Rsqb
            | T::Rbrace
            | T::Newline
            | T::Colon
    )
}

fn starts_expression(kind: TokenKind) -> bool {
    use TokenKind as T;
    matches!(
        kind,
        T::Name | T::Int | T::Float | T::String | T::FStringStart | T::None | T::True | T::False
    )
}
