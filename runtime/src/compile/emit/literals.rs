//! Expressions whose value is known: literals, negative numbers, tuples and slices of such.

use num_bigint::BigInt;
use ruff_python_ast::{
    Expr, ExprNumberLiteral, ExprSlice, ExprStringLiteral, Int, Number, StringLiteral, UnaryOp,
};

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::syntax::{Span, SyntaxError};

/// CPython's limit on the decimal digits of an integer.
const MAX_DIGITS: usize = 4300;

impl Emitter<'_> {
    /// The value of an expression, if it is known.
    pub(super) fn constant_value(&self, expr: &Expr) -> Result<Option<Constant>, SyntaxError> {
        Ok(Some(match expr {
            Expr::NoneLiteral(_) => Constant::None,
            Expr::BooleanLiteral(literal) => Constant::Bool(literal.value),
            Expr::EllipsisLiteral(_) => Constant::Ellipsis,
            Expr::StringLiteral(literal) => self.string(literal),
            Expr::BytesLiteral(literal) => Constant::Bytes(literal.value.bytes().collect()),
            Expr::NumberLiteral(literal) => {
                self.warn_number(literal);
                number(literal)?
            }
            Expr::UnaryOp(unary) if unary.op == UnaryOp::USub => {
                return Ok(self.constant_value(&unary.operand)?.and_then(negate));
            }
            Expr::Tuple(tuple) => return self.constant_tuple(&tuple.elts),
            Expr::Slice(slice) => return self.constant_slice(slice),
            _ => return Ok(None),
        }))
    }

    fn string(&self, literal: &ExprStringLiteral) -> Constant {
        let part = |part: &StringLiteral| {
            let is_raw = part.flags.prefix().is_raw();
            self.wtf8(&part.value, Span::of(part), is_raw)
        };
        let parts: Vec<_> = literal.value.iter().map(part).collect();
        Constant::text(parts.concat())
    }

    fn constant_slice(&self, slice: &ExprSlice) -> Result<Option<Constant>, SyntaxError> {
        let mut parts = [Constant::None, Constant::None, Constant::None];
        let given = [&slice.lower, &slice.upper, &slice.step];
        for (part, given) in parts.iter_mut().zip(given) {
            if let Some(given) = given {
                match self.constant_value(given)? {
                    Some(constant) => *part = constant,
                    None => return Ok(None),
                }
            }
        }
        Ok(Some(Constant::Slice(Box::new(parts))))
    }

    fn constant_tuple(&self, items: &[Expr]) -> Result<Option<Constant>, SyntaxError> {
        let mut constants = Vec::with_capacity(items.len());
        for item in items {
            match self.constant_value(item)? {
                Some(constant) => constants.push(constant),
                None => return Ok(None),
            }
        }
        Ok(Some(Constant::Tuple(constants.into())))
    }
}

impl<'a> Emitter<'a> {
    /// A display of constants that is only looked into or iterated over need not be made anew.
    pub(super) fn unshared(&mut self, expr: &'a Expr) -> Emitted {
        let constant = match expr {
            Expr::List(list) => self.constant_tuple(&list.elts)?,
            Expr::Set(set) => match self.constant_tuple(&set.elts)? {
                Some(Constant::Tuple(items)) => Some(Constant::FrozenSet(items)),
                _ => None,
            },
            _ => None,
        };
        match constant {
            None => self.expression(expr),
            Some(constant) => {
                self.at(Span::of(expr), |emitter| emitter.constant(constant));
                Ok(())
            }
        }
    }
}

fn negate(constant: Constant) -> Option<Constant> {
    match constant {
        Constant::Int(value) => Some(Constant::integer(-BigInt::from(value))),
        Constant::BigInt(value) => Some(Constant::integer(-value)),
        Constant::Float(value) => Some(Constant::Float(-value)),
        Constant::Complex(real, imaginary) => Some(Constant::Complex(-real, -imaginary)),
        _ => None,
    }
}

fn number(literal: &ExprNumberLiteral) -> Result<Constant, SyntaxError> {
    match &literal.value {
        Number::Int(value) => integer(value, Span::of(literal)),
        Number::Float(value) => Ok(Constant::Float(*value)),
        Number::Complex { real, imag } => Ok(Constant::Complex(*real, *imag)),
    }
}

fn integer(value: &Int, span: Span) -> Result<Constant, SyntaxError> {
    if let Some(small) = value.as_i64() {
        return Ok(Constant::Int(small));
    }
    let text = value.to_string().replace('_', "");
    let (radix, digits) = match text.get(..2) {
        Some("0x" | "0X") => (16, &text[2..]),
        Some("0o" | "0O") => (8, &text[2..]),
        Some("0b" | "0B") => (2, &text[2..]),
        _ => (10, text.as_str()),
    };
    if radix == 10 && digits.len() > MAX_DIGITS {
        return Err(SyntaxError::new(too_many_digits(digits.len()), span));
    }
    let parsed = BigInt::parse_bytes(digits.as_bytes(), radix);
    parsed
        .map(Constant::integer)
        .ok_or_else(|| SyntaxError::new("invalid number literal", span))
}

fn too_many_digits(digits: usize) -> String {
    format!(
        "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {digits} digits; \
         use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
         literals to avoid decimal conversion limits."
    )
}
