//! What a prompt takes: one simple line, or one compound statement.

use ruff_python_ast::Stmt;

use crate::syntax::{Source, Span, SyntaxError};

/// The error for a program that is more than one statement, or none.
pub(super) fn extra(source: &Source, body: &[Stmt]) -> Option<SyntaxError> {
    let Some(first) = body.first() else {
        let end = source.text().len() as u32;
        return Some(SyntaxError::new("invalid syntax", Span { start: end, end }));
    };
    let line = source.line_of(Span::of(first).end);
    let is_extra =
        |stmt: &&Stmt| is_compound(first) || source.line_of(Span::of(*stmt).start) != line;
    let found = body[1..].iter().find(is_extra)?;
    let message = "multiple statements found while compiling a single statement";
    Some(SyntaxError::new(message, Span::of(found)))
}

fn is_compound(stmt: &Stmt) -> bool {
    matches!(
        stmt,
        Stmt::If(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::Try(_)
            | Stmt::With(_)
            | Stmt::Match(_)
            | Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
    )
}
