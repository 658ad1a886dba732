//! Conditions: jumps on the truth of an expression, comparisons, `and`, `or`, `not`.

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprBoolOp, ExprCompare, ExprIf, UnaryOp};

use super::{Emitted, Emitter, Label};
use crate::compile::instructions::Opcode;
use crate::compile::operands::Comparison;
use crate::syntax::Span;

/// How a comparison operator is carried out.
enum Test {
    Rich(Comparison),
    Identity { inverted: bool },
    Membership { inverted: bool },
}

fn test(operator: CmpOp) -> Test {
    match operator {
        CmpOp::Eq => Test::Rich(Comparison::Eq),
        CmpOp::NotEq => Test::Rich(Comparison::Ne),
        CmpOp::Lt => Test::Rich(Comparison::Lt),
        CmpOp::LtE => Test::Rich(Comparison::Le),
        CmpOp::Gt => Test::Rich(Comparison::Gt),
        CmpOp::GtE => Test::Rich(Comparison::Ge),
        CmpOp::Is => Test::Identity { inverted: false },
        CmpOp::IsNot => Test::Identity { inverted: true },
        CmpOp::In => Test::Membership { inverted: false },
        CmpOp::NotIn => Test::Membership { inverted: true },
    }
}

fn pop_jump(when: bool) -> Opcode {
    match when {
        true => Opcode::PopJumpIfTrue,
        false => Opcode::PopJumpIfFalse,
    }
}

/// The jump for `x is None` or `x is not None`.
fn none_jump(compare: &ExprCompare, when: bool) -> Option<Opcode> {
    let ([operator], [Expr::NoneLiteral(_)]) = (&compare.ops[..], &compare.comparators[..]) else {
        return None;
    };
    match (operator, when) {
        (CmpOp::Is, true) | (CmpOp::IsNot, false) => Some(Opcode::PopJumpIfNone),
        (CmpOp::Is, false) | (CmpOp::IsNot, true) => Some(Opcode::PopJumpIfNotNone),
        _ => None,
    }
}

impl<'a> Emitter<'a> {
    /// Jumps if the truth of the expression is `when`; leaves nothing on the stack.
    pub(super) fn jump_if(&mut self, expr: &'a Expr, when: bool, to: Label) -> Emitted {
        if let Some(constant) = self.constant_value(expr)? {
            if constant.is_true() == when {
                self.jump(Opcode::Jump, to);
            }
            return Ok(());
        }
        match expr {
            Expr::UnaryOp(unary) if unary.op == UnaryOp::Not => {
                self.jump_if(&unary.operand, !when, to)
            }
            Expr::BoolOp(boolean) => self.jump_if_boolean(boolean, when, to),
            Expr::Compare(compare) => self.at(Span::of(expr), |emitter| {
                emitter.jump_if_compare(compare, when, to)
            }),
            _ => {
                self.expression(expr)?;
                self.at(Span::of(expr), |emitter| emitter.jump(pop_jump(when), to));
                Ok(())
            }
        }
    }

    fn jump_if_boolean(&mut self, boolean: &'a ExprBoolOp, when: bool, to: Label) -> Emitted {
        let decides = boolean.op == BoolOp::Or;
        let Some((last, first)) = boolean.values.split_last() else {
            return Ok(());
        };
        let skip = self.label();
        for value in first {
            // A deciding value settles the whole expression; where to depends on what the caller waits for.
            let target = if decides == when { to } else { skip };
            self.jump_if(value, decides, target)?;
        }
        self.jump_if(last, when, to)?;
        self.place(skip);
        Ok(())
    }

    fn jump_if_compare(&mut self, compare: &'a ExprCompare, when: bool, to: Label) -> Emitted {
        if let Some(opcode) = none_jump(compare, when) {
            self.expression(&compare.left)?;
            self.jump(opcode, to);
            return Ok(());
        }
        self.warn_identity(compare);
        self.expression(&compare.left)?;
        let pairs = compare.ops.iter().zip(&compare.comparators);
        let last = compare.ops.len() - 1;
        let (failed, end) = (self.label(), self.label());
        for (index, (operator, right)) in pairs.enumerate() {
            self.right_operand(*operator, right, index == last)?;
            if index == last {
                self.compare_and_jump(*operator, when, to);
                break;
            }
            self.emit(Opcode::Swap, 2);
            self.emit(Opcode::Copy, 2);
            self.compare_and_jump(*operator, false, failed);
        }
        if last > 0 {
            self.jump(Opcode::Jump, end);
            self.place(failed);
            self.op(Opcode::PopTop);
            if !when {
                self.jump(Opcode::Jump, to);
            }
            self.place(end);
        }
        Ok(())
    }

    /// The right side of a comparison. A display that nothing but `in` sees may be a constant; one in the middle of a
    /// chain is the left side of the next comparison, too.
    fn right_operand(&mut self, operator: CmpOp, right: &'a Expr, is_last: bool) -> Emitted {
        match operator {
            CmpOp::In | CmpOp::NotIn if is_last => self.unshared(right),
            _ => self.expression(right),
        }
    }

    fn compare_and_jump(&mut self, operator: CmpOp, when: bool, to: Label) {
        match test(operator) {
            Test::Rich(comparison) => self.compare_jump(comparison, when, to),
            _ => {
                self.compare_op(operator);
                self.jump(pop_jump(when), to);
            }
        }
    }

    fn compare_op(&mut self, operator: CmpOp) {
        match test(operator) {
            Test::Rich(comparison) => self.emit(Opcode::CompareOp, comparison as u32),
            Test::Identity { inverted } => self.emit(Opcode::IsOp, inverted as u32),
            Test::Membership { inverted } => self.emit(Opcode::ContainsOp, inverted as u32),
        }
    }

    /// A comparison as a value; a chain stops at the first one that is false.
    pub(super) fn compare(&mut self, compare: &'a ExprCompare) -> Emitted {
        self.warn_identity(compare);
        self.expression(&compare.left)?;
        let last = compare.ops.len() - 1;
        let (failed, end) = (self.label(), self.label());
        for (index, (operator, right)) in compare.ops.iter().zip(&compare.comparators).enumerate() {
            self.right_operand(*operator, right, index == last)?;
            if index == last {
                self.compare_op(*operator);
                break;
            }
            self.emit(Opcode::Swap, 2);
            self.emit(Opcode::Copy, 2);
            self.compare_op(*operator);
            self.jump(Opcode::JumpIfFalseOrPop, failed);
        }
        if last > 0 {
            self.jump(Opcode::Jump, end);
            self.place(failed);
            self.emit(Opcode::Swap, 2);
            self.op(Opcode::PopTop);
            self.place(end);
        }
        Ok(())
    }

    /// `and` or `or` as a value: the value that decides.
    pub(super) fn boolean(&mut self, boolean: &'a ExprBoolOp) -> Emitted {
        let opcode = match boolean.op {
            BoolOp::And => Opcode::JumpIfFalseOrPop,
            BoolOp::Or => Opcode::JumpIfTrueOrPop,
        };
        let end = self.label();
        for (index, value) in boolean.values.iter().enumerate() {
            if index > 0 {
                self.jump(opcode, end);
            }
            self.expression(value)?;
        }
        self.place(end);
        Ok(())
    }

    /// `body if test else orelse`
    pub(super) fn conditional(&mut self, conditional: &'a ExprIf) -> Emitted {
        let (orelse, end) = (self.label(), self.label());
        self.jump_if(&conditional.test, false, orelse)?;
        self.expression(&conditional.body)?;
        self.jump(Opcode::Jump, end);
        self.place(orelse);
        self.expression(&conditional.orelse)?;
        self.place(end);
        Ok(())
    }
}
