//! Refuses programs nested so deeply that walking their tree would exhaust the native stack.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ModModule, Stmt};

use crate::syntax::{ErrorKind, Span, SyntaxError};

/// Statements and expressions inside each other; later stages recurse once per level.
const MAX_DEPTH: u32 = 500;

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
}

/// Hands the module back if its nesting is within the limit.
pub(super) fn check(module: ModModule) -> Result<ModModule, SyntaxError> {
    let mut depth = Depth {
        now: 0,
        too_deep: None,
    };
    depth.visit_body(&module.body);
    let Some(span) = depth.too_deep else {
        return Ok(module);
    };
    // Dropping such a tree recurses as deeply as walking it would, so its memory is given up.
    std::mem::forget(module);
    let message = "maximum recursion depth exceeded during compilation";
    Err(SyntaxError::new(message, span).with_kind(ErrorKind::Recursion))
}
