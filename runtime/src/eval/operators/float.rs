//! Arithmetic on floats.

use crate::compile::BinaryOperator as Op;
use crate::eval::context::Context;
use crate::eval::types::TypeId;
use crate::eval::{Outcome, Raised};
use crate::objects::float;
use crate::objects::value::Value;

#[cold]
fn division_by_zero(cx: &mut Context<'_>, operator: Op) -> Raised {
    let message = match operator {
        Op::Divide => "division by zero",
        Op::Modulo => "division by zero",
        _ => "float floor division by zero",
    };
    cx.error(TypeId::ZeroDivisionError, message)
}

/// Operators on two floats; nothing for operators that floats do not have.
pub(super) fn binary(
    cx: &mut Context<'_>,
    operator: Op,
    left: f64,
    right: f64,
) -> Outcome<Option<Value>> {
    let result = match operator {
        Op::Add => left + right,
        Op::Subtract => left - right,
        Op::Multiply => left * right,
        Op::Divide | Op::FloorDivide | Op::Modulo if right == 0.0 => {
            return Err(division_by_zero(cx, operator));
        }
        Op::Divide => left / right,
        Op::FloorDivide => divide_modulo(left, right).0,
        Op::Modulo => divide_modulo(left, right).1,
        Op::Power => return power(cx, left, right).map(Some),
        _ => return Ok(None),
    };
    Ok(Some(float::new(cx.ts, result)))
}

/// Quotient rounded down, and remainder with the sign of the divisor, as CPython defines them.
pub(crate) fn divide_modulo(left: f64, right: f64) -> (f64, f64) {
    let mut rest = left % right;
    let mut quotient = (left - rest) / right;
    if rest == 0.0 {
        rest = 0.0_f64.copysign(right);
    } else if (rest < 0.0) != (right < 0.0) {
        rest += right;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0.0_f64.copysign(left / right), rest);
    }
    let floor = quotient.floor();
    (
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        },
        rest,
    )
}

/// `left ** right`
pub(crate) fn power(cx: &mut Context<'_>, left: f64, right: f64) -> Outcome {
    if left == 0.0 && right < 0.0 {
        return Err(cx.error(TypeId::ZeroDivisionError, "zero to a negative power"));
    }
    if left < 0.0 && left.is_finite() && right.is_finite() && right.fract() != 0.0 {
        return Err(cx.type_error("complex numbers are not supported by raddle"));
    }
    let result = left.powf(right);
    if result.is_infinite() && left.is_finite() && right.is_finite() {
        let args = [cx.int(34), cx.str("Numerical result out of range")];
        return Err(cx.error_with(TypeId::OverflowError, &args));
    }
    Ok(float::new(cx.ts, result))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down() {
        assert_eq!(divide_modulo(7.5, 2.0), (3.0, 1.5));
        assert_eq!(divide_modulo(-7.5, 2.0), (-4.0, 0.5));
        assert_eq!(divide_modulo(7.5, -2.0), (-4.0, -0.5));
        let (quotient, rest) = divide_modulo(-0.0, 2.0);
        assert!(quotient.is_sign_negative() && rest == 0.0);
    }
}
