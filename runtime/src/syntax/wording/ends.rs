//! Texts that end where CPython waits for more.

use ruff_python_ast::token::TokenKind;
use ruff_text_size::{TextRange, TextSize};

use super::Context;
use crate::syntax::SyntaxError;

impl Context<'_> {
    pub(super) fn after_backslash(&self) -> SyntaxError {
        let behind = self.range.start() + TextSize::new(1);
        let rest = &self.source.text()[behind.to_usize()..];
        let Some(next) = rest.chars().next() else {
            return self.unexpected_end();
        };
        let place = TextRange::at(behind, TextSize::of(next));
        SyntaxError::new(
            "unexpected character after line continuation character",
            place,
        )
        .without_end()
    }

    /// A backslash, and nothing behind it.
    pub(super) fn unexpected_end(&self) -> SyntaxError {
        let mut error = self.error("unexpected EOF while parsing");
        let line = self.source.line_of(self.range.start().into());
        let text = self.source.line(line);
        error.quote_at(line, text, text.chars().count() as u32, -1);
        error
    }

    /// An error where the text is at its end, behind the last line; elsewhere the error as it is.
    pub(super) fn at_end(&self, error: SyntaxError) -> SyntaxError {
        match self.kind(self.here()) {
            TokenKind::EndOfFile | TokenKind::Dedent => self.behind_all(error),
            _ => error,
        }
    }

    /// An error at the end of the last line, or behind it; elsewhere the error as it is.
    pub(super) fn behind_all(&self, error: SyntaxError) -> SyntaxError {
        let text = self.source.text().trim_end();
        if text.is_empty() || self.range.start().to_usize() < text.len() {
            return error;
        }
        let line = self.source.line_of(text.len() as u32 - 1);
        let mut error = error;
        error.quote_behind(line, self.source.line(line));
        error
    }
}
