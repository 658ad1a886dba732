//! `pow` with three arguments.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::{attribute, number};
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::slots::Dunder;

/// `pow(base, exponent, modulus)`
pub(crate) fn ternary(cx: &Cx, base: Ref<'_>, exponent: Ref<'_>, modulus: Ref<'_>) -> Outcome {
    let names = &cx.world().names;
    let mut result = by_hook(cx, base, names.dunder(Dunder::Pow), [exponent, modulus])?;
    if result.is_not_implemented() && !cx.class_of(base).same(cx.class_of(exponent)) {
        let reflected = names.dunder(Dunder::ReflectedPow);
        result = by_hook(cx, exponent, reflected, [base, modulus])?;
    }
    if result.is_not_implemented() {
        result = built_in(cx, base, exponent, modulus)?;
    }
    if !result.is_not_implemented() {
        return Ok(result);
    }
    let [base, exponent, modulus] = [base, exponent, modulus].map(|value| cx.type_name(value));
    Err(cx.type_error(format!(
        "unsupported operand type(s) for ** or pow(): '{base}', '{exponent}', '{modulus}'"
    )))
}

/// What the method of a program's own class says.
fn by_hook(cx: &Cx, value: Ref<'_>, name: Ref<'_>, args: [Ref<'_>; 2]) -> Outcome {
    if cx.class_of(value).is_builtin() {
        return Ok(Owned::not_implemented());
    }
    match attribute::special(cx, value, name)? {
        Some(method) => cx.call(method.borrow(), Args::positional(&args)),
        None => Ok(Owned::not_implemented()),
    }
}

/// What numbers say: only integers have an answer.
pub(crate) fn built_in(cx: &Cx, base: Ref<'_>, exponent: Ref<'_>, modulus: Ref<'_>) -> Outcome {
    let all = [base, exponent, modulus];
    if let [Some(base), Some(exponent), Some(modulus)] = all.map(number::exact_integer) {
        return of_integers(cx, base, &exponent, &modulus);
    }
    // The first that is no integer is asked.
    for value in all {
        if cx.is_instance(value, TypeId::Complex) {
            return Err(cx.value_error("complex modulo"));
        }
        if cx.is_instance(value, TypeId::Float) {
            let message = "pow() 3rd argument not allowed unless all arguments are integers";
            return Err(cx.type_error(message));
        }
    }
    Ok(Owned::not_implemented())
}

fn of_integers(cx: &Cx, base: BigInt, exponent: &BigInt, modulus: &BigInt) -> Outcome {
    if modulus.is_zero() {
        return Err(cx.value_error("pow() 3rd argument cannot be 0"));
    }
    let base = match exponent.is_negative() {
        false => Some(base),
        true => base.modinv(modulus),
    };
    match base {
        Some(base) => Ok(cx.big(base.modpow(&exponent.abs(), modulus))),
        None => Err(cx.value_error("base is not invertible for the given modulus")),
    }
}
