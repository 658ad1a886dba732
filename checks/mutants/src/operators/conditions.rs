//! Conditions: turned round, always, never; boundaries moved by one.

use syn::visit::Visit;
use syn::{BinOp, Expr, ExprBinary, ExprIf, UnOp};

use super::{Collector, key};
use crate::mutant::{Form, Operator};

/// The comparison that differs from this one at the boundary only.
fn neighbour(operator: &BinOp) -> Option<&'static str> {
    Some(match operator {
        BinOp::Lt(_) => "<=",
        BinOp::Le(_) => "<",
        BinOp::Gt(_) => ">=",
        BinOp::Ge(_) => ">",
        _ => return None,
    })
}

fn is_comparison(operator: &BinOp) -> bool {
    neighbour(operator).is_some() || matches!(operator, BinOp::Eq(_) | BinOp::Ne(_))
}

/// Whether a condition binds a pattern.
fn binds(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(both) => binds(&both.left) || binds(&both.right),
        Expr::Paren(inner) => binds(&inner.expr),
        _ => false,
    }
}

impl Collector<'_> {
    pub(super) fn if_else(&mut self, branch: &ExprIf) {
        self.branch(&branch.cond);
        self.visit_expr(&branch.cond);
        let negated = matches!(&*branch.cond, Expr::Unary(not)
            if matches!(not.op, UnOp::Not(_)) && self.is_fault(&not.expr));
        if !self.is_fault(&branch.cond) {
            self.visit_block(&branch.then_branch);
        }
        if let Some((_, otherwise)) = &branch.else_branch
            && !negated
        {
            self.visit_expr(otherwise);
        }
    }

    /// The mutants of a condition that decides what is done next.
    pub(super) fn branch(&mut self, condition: &Expr) {
        if self.is_about_fault(condition) || !self.conditions.insert(key(condition)) {
            return;
        }
        if binds(condition) {
            self.condition(Operator::Never, condition, Form::LetNever);
        } else {
            self.condition(Operator::Always, condition, Form::Or);
            self.condition(Operator::Never, condition, Form::AndNot);
            self.condition(Operator::Negate, condition, Form::Xor);
        }
    }

    /// A fault, or that it is not on.
    fn is_about_fault(&self, condition: &Expr) -> bool {
        match condition {
            Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => self.is_fault(&not.expr),
            Expr::Paren(inner) => self.is_about_fault(&inner.expr),
            _ => self.is_fault(condition),
        }
    }

    pub(super) fn binary(&mut self, both: &ExprBinary) {
        match both.op {
            BinOp::And(_) => self.operands(both, Operator::Always, &Form::Or),
            BinOp::Or(_) => self.operands(both, Operator::Never, &Form::AndNot),
            _ => {}
        }
        if let Some(other) = neighbour(&both.op) {
            let (left, right) = (self.text(&both.left), self.text(&both.right));
            self.expression(Operator::Boundary, both, format!("{left} {other} {right}"));
        }
        if is_comparison(&both.op) && !self.conditions.contains(&key(both)) {
            self.condition(Operator::Negate, both, Form::Xor);
        }
    }

    /// An operand of `&&` that is left out, or of `||`.
    fn operands(&mut self, both: &ExprBinary, operator: Operator, form: &Form) {
        for operand in [&both.left, &both.right] {
            let connected = matches!(&**operand, Expr::Binary(inner)
                if matches!(inner.op, BinOp::And(_) | BinOp::Or(_)));
            if !connected && !binds(operand) && !self.is_about_fault(operand) {
                self.condition(operator, operand, form.clone());
            }
        }
    }

    pub(super) fn while_loop(&mut self, looping: &syn::ExprWhile) {
        if binds(&looping.cond) {
            self.condition(Operator::Never, &looping.cond, Form::LetNever);
        } else {
            self.condition(Operator::Never, &looping.cond, Form::AndNot);
        }
        self.conditions.insert(key(&looping.cond));
        self.once(&looping.body);
    }
}
