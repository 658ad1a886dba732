//! Refuses programs nested so deeply that walking their tree would exhaust the native stack.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_pattern, walk_stmt};
use ruff_python_ast::{Expr, ModExpression, ModModule, Pattern, Stmt};

use crate::syntax::{ErrorKind, Span, SyntaxError};

/// Statements and expressions inside each other; later stages recurse once per level.
const MAX_DEPTH: u32 = 500;

#[derive(Default)]
struct Depth {
    now: u32,
    too_deep: Option<Span>,
}

impl Depth {
    /// Enters a node; below the limit the walk stops, so that this walk itself is bounded.
    fn enter(&mut self, span: Span, walk: impl FnOnce(&mut Self)) {
        if self.now == MAX_DEPTH {
            self.too_deep.get_or_insert(span);
            return;
        }
        self.now += 1;
        walk(self);
        self.now -= 1;
    }
}

impl<'a> Visitor<'a> for Depth {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.enter(Span::of(stmt), |depth| walk_stmt(depth, stmt));
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.enter(Span::of(expr), |depth| walk_expr(depth, expr));
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        self.enter(Span::of(pattern), |depth| walk_pattern(depth, pattern));
    }
}

/// Hands the module back if its nesting is within the limit.
pub(super) fn check(module: ModModule) -> Result<ModModule, SyntaxError> {
    let mut depth = Depth::default();
    depth.visit_body(&module.body);
    depth.hand_back(module)
}

/// As [`check`] for an expression.
pub(super) fn check_expression(parsed: ModExpression) -> Result<ModExpression, SyntaxError> {
    let mut depth = Depth::default();
    depth.visit_expr(&parsed.body);
    depth.hand_back(parsed)
}

impl Depth {
    fn hand_back<T>(self, tree: T) -> Result<T, SyntaxError> {
        let Some(span) = self.too_deep else {
            return Ok(tree);
        };
        // Dropping such a tree recurses as deeply as walking it would, so its memory is given up.
        std::mem::forget(tree);
        let message = "maximum recursion depth exceeded during compilation";
        Err(SyntaxError::new(message, span).with_kind(ErrorKind::Recursion))
    }
}
