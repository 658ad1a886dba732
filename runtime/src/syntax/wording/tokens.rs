//! Tokens between brackets, cut into items at the commas.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::Ranged;

use super::Context;

/// Where the tokens between two brackets lie.
pub(super) struct Inside {
    /// Index of the opening bracket, or of what stands for it.
    pub(super) opener: usize,
    /// Index of the first token inside.
    start: usize,
    /// Index behind the last token inside.
    end: usize,
}

pub(super) fn opens(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace)
}

pub(super) fn closes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace)
}

impl Context<'_> {
    /// Index of the first token that is not before the error.
    pub(super) fn here(&self) -> usize {
        let start = self.range.start();
        self.tokens
            .partition_point(|token| token.range().start() < start)
    }

    pub(super) fn kind(&self, index: usize) -> TokenKind {
        self.tokens
            .get(index)
            .map_or(TokenKind::EndOfFile, |token| token.kind())
    }

    /// What stands in the innermost brackets around a token.
    pub(super) fn inside(&self, index: usize) -> Option<Inside> {
        let mut depth = 0_usize;
        for opener in (0..index.min(self.tokens.len())).rev() {
            let kind = self.kind(opener);
            if closes(kind) {
                depth += 1;
            } else if opens(kind) && depth > 0 {
                depth -= 1;
            } else if opens(kind) {
                return Some(self.inside_from(opener, closes));
            }
        }
        None
    }

    /// What follows an opening token, up to one that closes it.
    pub(super) fn inside_from(&self, opener: usize, ends: impl Fn(TokenKind) -> bool) -> Inside {
        let (start, mut depth) = (opener + 1, 0_usize);
        let mut end = start;
        while end < self.tokens.len() {
            let kind = self.kind(end);
            if depth == 0 && (ends(kind) || closes(kind)) {
                break;
            }
            match kind {
                _ if opens(kind) => depth += 1,
                _ if closes(kind) => depth -= 1,
                _ => {}
            }
            end += 1;
        }
        Inside { opener, start, end }
    }

    /// The items, as the parts between commas that are in no further bracket; an empty one at the end is left out.
    pub(super) fn items(&self, inside: &Inside) -> Vec<&[Token]> {
        let tokens = &self.tokens[inside.start..inside.end];
        let (mut items, mut from, mut depth) = (Vec::new(), 0, 0_usize);
        for (index, token) in tokens.iter().enumerate() {
            match token.kind() {
                kind if opens(kind) => depth += 1,
                kind if closes(kind) => depth = depth.saturating_sub(1),
                TokenKind::Lambda => depth += 1,
                TokenKind::Colon if depth > 0 => depth -= 1,
                TokenKind::Comma if depth == 0 => {
                    items.push(&tokens[from..index]);
                    from = index + 1;
                }
                _ => {}
            }
        }
        if from < tokens.len() {
            items.push(&tokens[from..]);
        }
        items
    }
}

/// The first token of a kind in an item that is in no further bracket.
pub(super) fn top_level(item: &[Token], kind: TokenKind) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in item.iter().enumerate() {
        match token.kind() {
            found if depth == 0 && found == kind => return Some(index),
            found if opens(found) => depth += 1,
            found if closes(found) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
