//! What CPython warns of when it compiles.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{
    CmpOp, Expr, ExprCompare, ExprNumberLiteral, ExprSubscript, Number, Operator, Stmt, UnaryOp,
};

use super::Emitter;
use crate::compile::unit::Warning;
use crate::syntax::Span;

/// CPython's name of the type of a value that can be seen.
fn type_name(expr: &Expr) -> Option<&'static str> {
    Some(match expr {
        Expr::Tuple(_) => "tuple",
        Expr::List(_) | Expr::ListComp(_) => "list",
        Expr::Dict(_) | Expr::DictComp(_) => "dict",
        Expr::Set(_) | Expr::SetComp(_) => "set",
        Expr::Generator(_) => "generator",
        Expr::Lambda(_) => "function",
        Expr::FString(_) | Expr::StringLiteral(_) => "str",
        Expr::TString(_) => "string.templatelib.Template",
        Expr::BytesLiteral(_) => "bytes",
        Expr::NoneLiteral(_) => "NoneType",
        Expr::BooleanLiteral(_) => "bool",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::NumberLiteral(literal) => match literal.value {
            Number::Int(_) => "int",
            Number::Float(_) => "float",
            Number::Complex { .. } => "complex",
        },
        Expr::UnaryOp(unary) => return type_of_sign(unary.op, constant_type(&unary.operand)?),
        Expr::BinOp(binary) => {
            let (left, right) = (constant_type(&binary.left)?, constant_type(&binary.right)?);
            return type_of_operation(binary.op, left, right);
        }
        _ => return None,
    })
}

/// The type of an expression that is computed when the program is compiled.
fn constant_type(expr: &Expr) -> Option<&'static str> {
    match expr {
        Expr::NumberLiteral(_)
        | Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::BinOp(_)
        | Expr::UnaryOp(_) => type_name(expr),
        _ => None,
    }
}

fn type_of_sign(sign: UnaryOp, operand: &'static str) -> Option<&'static str> {
    match (sign, operand) {
        (UnaryOp::Not, _) => Some("bool"),
        (UnaryOp::Invert, "int") | (UnaryOp::UAdd | UnaryOp::USub, _) => Some(operand),
        _ => None,
    }
}

fn type_of_operation(
    operation: Operator,
    left: &'static str,
    right: &'static str,
) -> Option<&'static str> {
    let rank = |name| {
        ["int", "float", "complex"]
            .iter()
            .position(|known| *known == name)
    };
    match (operation, rank(left), rank(right)) {
        (Operator::Div, Some(0), Some(0)) => Some("float"),
        (_, Some(a), Some(b)) => Some(if a >= b { left } else { right }),
        (Operator::Add, None, None) if left == right => Some(left),
        (Operator::Mult | Operator::Mod, None, _) => Some(left),
        (Operator::Mult, Some(0), None) => Some(right),
        _ => None,
    }
}

/// Jumps that leave a `finally`, by what surrounds them.
struct Leaving {
    loops: u32,
    found: Vec<(&'static str, Span)>,
}

impl<'a> Visitor<'a> for Leaving {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let span = Span::of(stmt);
        match stmt {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(_) => self.found.push(("return", span)),
            Stmt::Break(_) if self.loops == 0 => self.found.push(("break", span)),
            Stmt::Continue(_) if self.loops == 0 => self.found.push(("continue", span)),
            Stmt::For(_) | Stmt::While(_) => {
                self.loops += 1;
                walk_stmt(self, stmt);
                self.loops -= 1;
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, _: &'a Expr) {}
}

impl<'a> Emitter<'a> {
    fn warn(&self, message: impl Into<Box<str>>, span: Span) {
        let message = message.into();
        let mut warnings = self.context.warnings.borrow_mut();
        warnings.push(Warning { message, span });
    }

    pub(super) fn warn_leaving_finally(&self, body: &'a [Stmt]) {
        let mut leaving = Leaving {
            loops: 0,
            found: Vec::new(),
        };
        leaving.visit_body(body);
        for (word, span) in leaving.found {
            self.warn(format!("'{word}' in a 'finally' block"), span);
        }
    }

    pub(super) fn warn_assert(&self, test: &Expr) {
        if matches!(test, Expr::Tuple(tuple) if !tuple.elts.is_empty()) {
            let message = "assertion is always true, perhaps remove parentheses?";
            self.warn(message, self.span);
        }
    }

    pub(super) fn warn_call(&self, callee: &Expr) {
        let never_callable = !matches!(callee, Expr::Lambda(_));
        if let Some(name) = type_name(callee).filter(|_| never_callable) {
            let message = format!("'{name}' object is not callable; perhaps you missed a comma?");
            self.warn(message, self.span);
        }
    }

    pub(super) fn warn_subscript(&self, subscript: &ExprSubscript) {
        let Some(name) = type_name(&subscript.value) else {
            return;
        };
        let is_sequence = matches!(name, "tuple" | "list" | "str" | "bytes");
        if !is_sequence && name != "dict" {
            let message =
                format!("'{name}' object is not subscriptable; perhaps you missed a comma?");
            return self.warn(message, self.span);
        }
        let Some(index) = type_name(&subscript.slice).filter(|_| is_sequence) else {
            return;
        };
        if !matches!(index, "int" | "bool") {
            let message = format!(
                "{name} indices must be integers or slices, not {index}; perhaps you missed a comma?"
            );
            self.warn(message, self.span);
        }
    }

    /// A number that a word touches.
    pub(super) fn warn_number(&self, literal: &ExprNumberLiteral) {
        let span = Span::of(literal);
        let rest = &self.source.text()[span.end as usize..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return;
        }
        let kind = match (&literal.value, self.source.slice(span).get(..2)) {
            (Number::Complex { .. }, _) => "imaginary",
            (_, Some("0x" | "0X")) => "hexadecimal",
            (_, Some("0o" | "0O")) => "octal",
            (_, Some("0b" | "0B")) => "binary",
            _ => "decimal",
        };
        self.warn(format!("invalid {kind} literal"), span);
    }

    /// `is` with a value that has no identity to speak of.
    pub(super) fn warn_identity(&self, compare: &ExprCompare) {
        let mut left = &*compare.left;
        for (operator, right) in compare.ops.iter().zip(&compare.comparators) {
            let is_literal = |expr: &Expr| {
                type_name(expr).filter(|name| {
                    matches!(
                        *name,
                        "int" | "float" | "complex" | "str" | "bytes" | "tuple"
                    ) && !matches!(expr, Expr::FString(_))
                })
            };
            let found = is_literal(left).or_else(|| is_literal(right));
            let words = match operator {
                CmpOp::Is => ("is", "=="),
                CmpOp::IsNot => ("is not", "!="),
                _ => ("", ""),
            };
            if let Some(name) = found.filter(|_| !words.0.is_empty()) {
                let message = format!(
                    "\"{}\" with '{name}' literal. Did you mean \"{}\"?",
                    words.0, words.1
                );
                self.warn(message, self.span);
            }
            left = right;
        }
    }
}
