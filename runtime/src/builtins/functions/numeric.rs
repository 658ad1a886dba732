//! The functions about numbers, and those that pick or add items.

use num_bigint::BigInt;

use crate::builtins::arguments::{allow, either, keyword};
use crate::builtins::numbers;
use crate::compile::{BinaryOperator, Comparison};
use crate::eval::context::Context;
use crate::eval::operators::{self, Unary};
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome, compare, convert, iterator};
use crate::objects::float::{self, Float};
use crate::objects::int;
use crate::objects::str::Str;
use crate::objects::value::Value;

pub(super) fn abs(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    if let Some(number) = value.downcast::<Float>() {
        return Ok(float::new(cx.ts, number.get().abs()));
    }
    match int::to_big(&value) {
        Some(number) if number.sign() == num_bigint::Sign::Minus => {
            operators::unary(cx, Unary::Negative, value)
        }
        Some(_) => operators::unary(cx, Unary::Positive, value),
        None => Err(cx.type_error(format!(
            "bad operand type for abs(): '{}'",
            type_name(&value)
        ))),
    }
}

pub(super) fn min(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    extreme(cx, args, "min", Comparison::Lt)
}

pub(super) fn max(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    extreme(cx, args, "max", Comparison::Gt)
}

fn extreme(cx: &mut Context<'_>, args: Args<'_>, name: &str, wanted: Comparison) -> Outcome {
    allow(cx, name, args, &["key", "default"])?;
    let key = keyword(args, "key").filter(|key| !key.is_none());
    let candidates = match args.positional {
        [iterable] => iterator::collect(cx, *iterable)?,
        several => several.iter().map(|value| cx.new_ref(*value)).collect(),
    };
    let best = best_of(cx, &candidates, key, wanted);
    let best = best.map(|best| best.map(|best| cx.new_ref(best)));
    let empty = candidates.is_empty();
    cx.drop_all(candidates);
    match (best?, keyword(args, "default")) {
        (Some(best), _) => Ok(best),
        (None, Some(default)) if empty => Ok(cx.new_ref(default)),
        _ => Err(cx.value_error(format!("{name}() iterable argument is empty"))),
    }
}

/// The first candidate that no other beats, borrowed.
fn best_of(
    cx: &mut Context<'_>,
    candidates: &[Value],
    key: Option<Value>,
    wanted: Comparison,
) -> Outcome<Option<Value>> {
    let mut best: Option<(Value, Value)> = None;
    for candidate in candidates {
        let rank = match key {
            Some(key) => cx.call(key, Args::positional(&[*candidate]))?,
            None => cx.new_ref(*candidate),
        };
        let better = match best {
            None => true,
            Some((_, best)) => compare::rich(cx, wanted, rank, best)?,
        };
        let loser = if better {
            best.replace((*candidate, rank)).map(|(_, rank)| rank)
        } else {
            Some(rank)
        };
        cx.drop_all(loser);
    }
    cx.drop_all(best.map(|(_, rank)| rank));
    Ok(best.map(|(candidate, _)| candidate))
}

pub(super) fn sum(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "sum", args, &["start"])?;
    let start = either(args, 1, "start").unwrap_or(cx.int(0));
    if start.downcast::<Str>().is_some() {
        return Err(cx.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    let mut total = cx.new_ref(start);
    let result = iterator::each(cx, args.positional[0], |cx, item| {
        let next = operators::binary(cx, BinaryOperator::Add as u32, total, item);
        cx.drop(item);
        cx.drop(std::mem::replace(&mut total, next?));
        Ok(())
    });
    match result {
        Ok(()) => Ok(total),
        Err(raised) => {
            cx.drop(total);
            Err(raised)
        }
    }
}

fn in_radix(cx: &mut Context<'_>, value: Value, radix: u32, prefix: &str) -> Outcome {
    let number = convert::integer(cx, value)?;
    let sign = if number.sign() == num_bigint::Sign::Minus {
        "-"
    } else {
        ""
    };
    let digits = number.magnitude().to_str_radix(radix);
    Ok(cx.str(&format!("{sign}{prefix}{digits}")))
}

pub(super) fn hex(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    in_radix(cx, args.positional[0], 16, "0x")
}

pub(super) fn oct(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    in_radix(cx, args.positional[0], 8, "0o")
}

pub(super) fn bin(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    in_radix(cx, args.positional[0], 2, "0b")
}

pub(super) fn round(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "round", args, &["ndigits"])?;
    let value = args.positional[0];
    let digits = either(args, 1, "ndigits").filter(|digits| !digits.is_none());
    match value.downcast::<Float>() {
        Some(number) => numbers::round_float(cx, number.get(), digits),
        None if int::to_big(&value).is_some() => numbers::round_integer(cx, value, digits),
        None => {
            let message = format!("type {} doesn't define __round__ method", type_name(&value));
            Err(cx.type_error(message))
        }
    }
}

pub(super) fn divmod(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (left, right) = (args.positional[0], args.positional[1]);
    if let (Some(left), Some(right)) = (int::to_big(&left), int::to_big(&right)) {
        let (quotient, rest) = operators::divide_modulo(cx, &left, &right)?;
        let pair = [int::from_big(cx.ts, quotient), int::from_big(cx.ts, rest)];
        return Ok(cx.tuple(&pair));
    }
    let (Some(first), Some(second)) = (convert::try_real(&left), convert::try_real(&right)) else {
        let (left, right) = (type_name(&left), type_name(&right));
        let message = format!("unsupported operand type(s) for divmod(): '{left}' and '{right}'");
        return Err(cx.type_error(message));
    };
    if second == 0.0 {
        return Err(cx.error(TypeId::ZeroDivisionError, "division by zero"));
    }
    let (quotient, rest) = operators::float_divide_modulo(first, second);
    let pair = [float::new(cx.ts, quotient), float::new(cx.ts, rest)];
    Ok(cx.tuple(&pair))
}

pub(super) fn pow(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    allow(cx, "pow", args, &["mod"])?;
    let (base, exponent) = (args.positional[0], args.positional[1]);
    match either(args, 2, "mod").filter(|modulus| !modulus.is_none()) {
        None => operators::binary(cx, BinaryOperator::Power as u32, base, exponent),
        Some(modulus) => modular_power(cx, base, exponent, modulus),
    }
}

fn modular_power(cx: &mut Context<'_>, base: Value, exponent: Value, modulus: Value) -> Outcome {
    let number = |value: &Value| int::to_big(value).map(std::borrow::Cow::into_owned);
    let (Some(base), Some(exponent), Some(modulus)) =
        (number(&base), number(&exponent), number(&modulus))
    else {
        return Err(
            cx.type_error("pow() 3rd argument not allowed unless all arguments are integers")
        );
    };
    if modulus == BigInt::ZERO {
        return Err(cx.value_error("pow() 3rd argument cannot be 0"));
    }
    let (base, exponent) = match exponent.sign() == num_bigint::Sign::Minus {
        false => (base, exponent),
        true => match base.modinv(&modulus) {
            Some(inverse) => (inverse, -exponent),
            None => return Err(cx.value_error("base is not invertible for the given modulus")),
        },
    };
    Ok(int::from_big(cx.ts, base.modpow(&exponent, &modulus)))
}
