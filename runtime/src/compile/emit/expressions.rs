//! Expressions: the dispatch, operators, attributes, items and displays.

use ruff_python_ast::{
    DictItem, Expr, ExprAttribute, ExprBinOp, ExprNamed, ExprSlice, ExprSubscript, ExprUnaryOp,
    Operator, UnaryOp,
};
use ruff_text_size::Ranged;

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::compile::operands::{BinaryOperator, IN_PLACE};
use crate::syntax::{Span, SyntaxError};

fn binary_operator(operator: Operator) -> BinaryOperator {
    match operator {
        Operator::Add => BinaryOperator::Add,
        Operator::Sub => BinaryOperator::Subtract,
        Operator::Mult => BinaryOperator::Multiply,
        Operator::MatMult => BinaryOperator::MatrixMultiply,
        Operator::Div => BinaryOperator::Divide,
        Operator::Mod => BinaryOperator::Modulo,
        Operator::Pow => BinaryOperator::Power,
        Operator::LShift => BinaryOperator::LeftShift,
        Operator::RShift => BinaryOperator::RightShift,
        Operator::BitOr => BinaryOperator::Or,
        Operator::BitXor => BinaryOperator::Xor,
        Operator::BitAnd => BinaryOperator::And,
        Operator::FloorDiv => BinaryOperator::FloorDivide,
    }
}

impl<'a> Emitter<'a> {
    /// Leaves the expression's value on the stack.
    pub(super) fn expression(&mut self, expr: &'a Expr) -> Emitted {
        self.at(Span::of(expr), |emitter| emitter.expression_here(expr))
    }

    fn expression_here(&mut self, expr: &'a Expr) -> Emitted {
        if let Some(constant) = self.constant_value(expr)? {
            self.constant(constant);
            return Ok(());
        }
        match expr {
            Expr::Name(name) => self.load(&name.id),
            Expr::BinOp(binary) => return self.binary(binary),
            Expr::UnaryOp(unary) => return self.unary(unary),
            Expr::BoolOp(boolean) => return self.boolean(boolean),
            Expr::Compare(compare) => return self.compare(compare),
            Expr::If(conditional) => return self.conditional(conditional),
            Expr::Call(call) => return self.call(call),
            Expr::Attribute(attribute) => return self.attribute(attribute),
            Expr::Subscript(subscript) => return self.subscript(subscript),
            Expr::Slice(slice) => return self.slice(slice),
            Expr::List(list) => return self.sequence(&list.elts, Opcode::BuildList),
            Expr::Tuple(tuple) => return self.sequence(&tuple.elts, Opcode::BuildTuple),
            Expr::Dict(dict) => return self.dict(&dict.items),
            Expr::Lambda(lambda) => return self.lambda(lambda),
            Expr::Named(named) => return self.named(named),
            Expr::FString(string) => return self.f_string(string),
            Expr::ListComp(list) => return self.list_comprehension(list),
            Expr::DictComp(dict) => return self.dict_comprehension(dict),
            Expr::Starred(_) => {
                return Err(SyntaxError::new(
                    "can't use starred expression here",
                    self.span,
                ));
            }
            Expr::Set(set) => return self.set(&set.elts),
            Expr::SetComp(set) => return self.set_comprehension(set),
            Expr::Generator(generator) => return self.generator_expression(generator),
            Expr::Await(expr) => return self.await_expression(expr),
            Expr::Yield(expr) => return self.yield_expression(expr),
            Expr::YieldFrom(expr) => return self.yield_from(expr),
            Expr::TString(string) => return self.t_string(string),
            _ => return self.error("invalid syntax"),
        }
        Ok(())
    }

    fn binary(&mut self, binary: &'a ExprBinOp) -> Emitted {
        self.expression(&binary.left)?;
        self.expression(&binary.right)?;
        self.apply(binary.op, 0);
        Ok(())
    }

    /// Applies an operator to the two operands on top; `flags` is 0 or [`IN_PLACE`].
    pub(super) fn apply(&mut self, operator: Operator, flags: u32) {
        debug_assert!(flags & !IN_PLACE == 0);
        let operator = binary_operator(operator);
        let opcode = match operator {
            BinaryOperator::Add => Opcode::BinaryAdd,
            BinaryOperator::Subtract => Opcode::BinarySubtract,
            _ => Opcode::BinaryOp,
        };
        self.emit(opcode, operator as u32 | flags);
    }

    fn unary(&mut self, unary: &'a ExprUnaryOp) -> Emitted {
        self.expression(&unary.operand)?;
        self.op(match unary.op {
            UnaryOp::Invert => Opcode::UnaryInvert,
            UnaryOp::Not => Opcode::UnaryNot,
            UnaryOp::UAdd => Opcode::UnaryPositive,
            UnaryOp::USub => Opcode::UnaryNegative,
        });
        Ok(())
    }

    fn attribute(&mut self, attribute: &'a ExprAttribute) -> Emitted {
        self.expression(&attribute.value)?;
        let span = self.attribute_span(attribute);
        self.at(span, |emitter| {
            emitter.emit_name(Opcode::LoadAttr, &attribute.attr)
        });
        Ok(())
    }

    /// The whole expression, or only the last name if that is on another line.
    pub(super) fn attribute_span(&self, attribute: &ExprAttribute) -> Span {
        let (whole, name) = (Span::of(attribute), Span::of(&attribute.attr));
        match self.source.line_of(whole.start) == self.source.line_of(name.start) {
            true => whole,
            false => name,
        }
    }

    fn subscript(&mut self, subscript: &'a ExprSubscript) -> Emitted {
        self.warn_subscript(subscript);
        self.expression(&subscript.value)?;
        self.expression(&subscript.slice)?;
        self.op(Opcode::LoadSubscr);
        Ok(())
    }

    fn slice(&mut self, slice: &'a ExprSlice) -> Emitted {
        for part in [&slice.lower, &slice.upper] {
            match part {
                Some(value) => self.expression(value)?,
                None => self.constant(Constant::None),
            }
        }
        if let Some(step) = &slice.step {
            self.expression(step)?;
        }
        self.emit(Opcode::BuildSlice, 2 + slice.step.is_some() as u32);
        Ok(())
    }

    /// A list or tuple display.
    fn sequence(&mut self, items: &'a [Expr], opcode: Opcode) -> Emitted {
        if !items.iter().any(Expr::is_starred_expr) {
            items.iter().try_for_each(|item| self.expression(item))?;
            self.emit(opcode, items.len() as u32);
            return Ok(());
        }
        self.list_with_stars(0, items)?;
        if opcode == Opcode::BuildTuple {
            self.op(Opcode::ListToTuple);
        }
        Ok(())
    }

    /// A list of items some of which are starred, after some that are on the stack.
    pub(super) fn list_with_stars(&mut self, first: u32, items: &'a [Expr]) -> Emitted {
        let plain = items
            .iter()
            .take_while(|item| !item.is_starred_expr())
            .count();
        let (before, rest) = items.split_at(plain);
        before.iter().try_for_each(|item| self.expression(item))?;
        self.emit(Opcode::BuildList, first + plain as u32);
        for item in rest {
            match item {
                Expr::Starred(starred) => {
                    self.expression(&starred.value)?;
                    self.emit_at(Span::of(starred), Opcode::ListExtend, 1);
                }
                _ => {
                    self.expression(item)?;
                    self.emit(Opcode::ListAppend, 1);
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, items: &'a [Expr]) -> Emitted {
        let plain = items
            .iter()
            .take_while(|item| !item.is_starred_expr())
            .count();
        let (before, rest) = items.split_at(plain);
        before.iter().try_for_each(|item| self.expression(item))?;
        self.emit(Opcode::BuildSet, plain as u32);
        for item in rest {
            match item {
                Expr::Starred(starred) => {
                    self.expression(&starred.value)?;
                    self.emit_at(Span::of(starred), Opcode::SetUpdate, 1);
                }
                _ => {
                    self.expression(item)?;
                    self.emit(Opcode::SetAdd, 1);
                }
            }
        }
        Ok(())
    }

    fn dict(&mut self, items: &'a [DictItem]) -> Emitted {
        let plain = items.iter().take_while(|item| item.key.is_some()).count();
        let (first, rest) = items.split_at(plain);
        for item in first {
            item.key.iter().try_for_each(|key| self.expression(key))?;
            self.expression(&item.value)?;
        }
        self.emit(Opcode::BuildMap, plain as u32);
        for item in rest {
            item.key.iter().try_for_each(|key| self.expression(key))?;
            self.expression(&item.value)?;
            match item.key {
                Some(_) => self.emit(Opcode::MapAdd, 1),
                None => self.emit_at(Span::of(&item.value), Opcode::DictUpdate, 1),
            }
        }
        Ok(())
    }

    fn named(&mut self, named: &'a ExprNamed) -> Emitted {
        self.expression(&named.value)?;
        self.emit(Opcode::Copy, 1);
        match &*named.target {
            Expr::Name(name) => self.store(&name.id)?,
            other => {
                let message = "cannot use assignment expressions with this target";
                return Err(SyntaxError::new(message, other.range()));
            }
        }
        Ok(())
    }
}
