//! Whether locals may be pushed without counting them.
//!
//! A borrowed operand must be consumed before its local can change. Within a statement only `:=` and what suspends
//! the frame could come in between, so a statement that contains either borrows nothing.

use ruff_python_ast::visitor::{Visitor, walk_comprehension, walk_expr};
use ruff_python_ast::{Comprehension, Expr, Stmt};

use super::{Emitted, Emitter};

#[derive(Default)]
struct Hazards {
    found: bool,
}

impl<'a> Visitor<'a> for Hazards {
    /// Statements inside a statement are looked at by themselves.
    fn visit_body(&mut self, _: &'a [Stmt]) {}

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.found |= matches!(
            expr,
            Expr::Named(_) | Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Await(_)
        );
        walk_expr(self, expr);
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        self.found |= comprehension.is_async;
        walk_comprehension(self, comprehension);
    }
}

impl<'a> Emitter<'a> {
    /// Writes a statement with the borrowing that it allows.
    pub(super) fn with_borrowing<R>(
        &mut self,
        stmt: &'a Stmt,
        write: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let mut hazards = Hazards::default();
        ruff_python_ast::visitor::walk_stmt(&mut hazards, stmt);
        let around = std::mem::replace(&mut self.borrows, !hazards.found);
        let result = write(self);
        self.borrows = around;
        result
    }

    /// Plans for a body that is one expression.
    pub(super) fn plan_borrowing(&mut self, expr: &'a Expr) {
        let mut hazards = Hazards::default();
        hazards.visit_expr(expr);
        self.borrows &= !hazards.found;
    }

    /// Pushes a value that stays on the stack while locals may change.
    pub(super) fn kept(&mut self, expr: &'a Expr) -> Emitted {
        match may_be_local(expr) {
            true => self.owned(|emitter| emitter.expression(expr)),
            false => self.expression(expr),
        }
    }

    /// Writes what stays on the stack while locals may change.
    pub(super) fn owned<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
        let around = std::mem::replace(&mut self.borrows, false);
        let result = write(self);
        self.borrows = around;
        result
    }
}

/// Whether the value of an expression may be that of a local itself.
fn may_be_local(expr: &Expr) -> bool {
    match expr {
        Expr::Name(_) => true,
        Expr::If(conditional) => {
            may_be_local(&conditional.body) || may_be_local(&conditional.orelse)
        }
        Expr::BoolOp(boolean) => boolean.values.iter().any(may_be_local),
        _ => false,
    }
}
