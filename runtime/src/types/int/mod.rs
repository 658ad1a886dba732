//! `int` and `bool`.

mod arithmetic;
mod bytes;
mod convert;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::number::{self, exact_integer};
use crate::eval::ops::{compare, text};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::int::{self, Int};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::format::{self, Kind, Specification};
use crate::types::class::Class;
use crate::types::convert::Given;
use crate::types::define::{Function, class, function};
use crate::types::exception::warn;
use crate::types::native::with_receiver;
use crate::types::str::wtf8;
use crate::types::{TypeId, args};

class! {
    pub(crate) INT: Int = "int" (Object) {
        doc "int([x]) -> integer\nint(x, base=10) -> integer\n\nAn integer of any size, from a number or a text; 0 from nothing.";
        slots {
            new: new, repr: convert::decimal, hash: hash, compare: compare_integers, truth: truth,
            index: itself, int: itself, float: to_float,
            negative: negative, positive: itself, invert: invert, absolute: absolute,
            add: arithmetic::add, subtract: arithmetic::subtract, multiply: arithmetic::multiply,
            divide: arithmetic::divide, floor_divide: arithmetic::floor_divide,
            modulo: arithmetic::modulo, divmod: arithmetic::divmod, power: arithmetic::power,
            left_shift: arithmetic::left_shift, right_shift: arithmetic::right_shift,
            and: arithmetic::and, or: arithmetic::or, xor: arithmetic::xor,
        }
        /// The number itself.
        method conjugate as itself(self, /);
        /// How many binary digits the absolute value has.
        method bit_length(self, /);
        /// How many of the absolute value's binary digits are 1.
        method bit_count(self, /);
        /// The value in so many bytes.
        method to_bytes as to_bytes(self, length = 1, byteorder = "big", *, signed = false);
        /// The integer that the bytes stand for.
        class from_bytes as from_bytes(self, bytes, byteorder = "big", *, signed = false);
        /// The number and 1.
        method as_integer_ratio(self, /);
        /// Always True; floats have it too.
        method is_integer(self, /);
        /// The number itself.
        method __trunc__ as itself(self, /);
        /// The number itself.
        method __floor__ as itself(self, /);
        /// The number itself.
        method __ceil__ as itself(self, /);
        /// The number itself, or rounded to tens, hundreds and so on.
        method __round__ as round(self, ndigits = None, /);
        /// The number as text, as the format says.
        method __format__ as format(self, format_spec, /);
        method __getnewargs__ as new_args(self, /);
        /// The real part.
        get real as itself;
        /// The imaginary part.
        get imag as zero;
        /// The number itself.
        get numerator as itself;
        /// Always 1.
        get denominator as one;
    }
}

class! {
    pub(crate) BOOL: Int = "bool" (Int) {
        sealed;
        doc "The truth of an object.\n\nThere are two, True and False, which are integers as well; no class can inherit from it.";
        slots { new: new_bool, repr: repr_bool, and: and, or: or, xor: xor, invert: invert_bool }
    }
}

use bytes::{from_bytes, to_bytes};
pub(crate) use convert::{check_digits, convert, has_int};

const NEW: Function = function!(
    true, "int", "", make, (self, x = Given::MISSING, /, base = Given::MISSING)
);
const NEW_BOOL: Function = function!(true, "bool", "", make_bool, (self, object = false, /));

fn new(cx: &Cx, class: &Class, given: Args<'_>) -> Outcome {
    if let (true, [], 3..) = (class.is(TypeId::Int), given.names, given.positional.len()) {
        let count = given.positional.len();
        return Err(cx.type_error(format!("int expected at most 2 arguments, got {count}")));
    }
    with_receiver(class.as_ref(), given, |all| args::call(cx, &NEW, None, all))
}

fn new_bool(cx: &Cx, class: &Class, given: Args<'_>) -> Outcome {
    with_receiver(class.as_ref(), given, |all| {
        args::call(cx, &NEW_BOOL, None, all)
    })
}

fn make_bool(_cx: &Cx, _class: Ref<'_>, object: bool) -> bool {
    object
}

fn make(cx: &Cx, class: Ref<'_>, x: Given<'_>, base: Given<'_>) -> Outcome {
    let class = Class::of(class).unwrap_or_else(|| cx.class(TypeId::Int));
    convert::make(cx, class, x, base)
}

/// The number of a receiver.
fn value(this: Ref<'_>) -> BigInt {
    exact_integer(this).unwrap_or_default()
}

/// Lends it, without a copy of a big one.
fn with<R>(this: Ref<'_>, use_it: impl FnOnce(&BigInt) -> R) -> R {
    use_it(&int::to_big(&this.value()).unwrap_or_default())
}

fn repr_bool(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(cx.str(match this.as_bool() {
        Some(true) => "True",
        _ => "False",
    }))
}

pub(crate) fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    cx.lift(crate::objects::compare::hash_by_layout(cx.ts, this.value()))
}

/// The order of two integers.
fn compare_integers(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match number::is_integer(right) {
        true => compare_numbers(cx, comparison, left, right),
        false => Ok(Owned::not_implemented()),
    }
}

/// The order of two numbers, of which either may be a float.
pub(crate) fn compare_numbers(
    _cx: &Cx,
    comparison: Comparison,
    left: Ref<'_>,
    right: Ref<'_>,
) -> Outcome {
    let order = crate::objects::compare::compare_numbers(&left.value(), &right.value());
    Ok(match order {
        Some(Some(order)) => Owned::bool(compare::holds(comparison, order)),
        Some(None) => Owned::bool(comparison == Comparison::Ne),
        None => Owned::not_implemented(),
    })
}

fn truth(_cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    Ok(with(this, |value| !value.is_zero()))
}

/// The plain `int`: of a bool or an instance of a derived class its number.
fn itself(cx: &Cx, this: Ref<'_>) -> Outcome {
    match cx.class_of(this).is(TypeId::Int) {
        true => Ok(this.own()),
        false => Ok(cx.big(value(this))),
    }
}

fn to_float(cx: &Cx, this: Ref<'_>) -> Outcome {
    with(this, |value| number::integer_to_float(cx, value)).map(|float| cx.float(float))
}

fn negative(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(match this.as_small() {
        Some(small) => cx.int(-small),
        None => cx.big(-value(this)),
    })
}

fn invert(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(match this.as_small() {
        Some(small) => cx.int(!small),
        None => cx.big(-value(this) - 1),
    })
}

/// `~True` is -2, which hardly anybody means.
fn invert_bool(cx: &Cx, this: Ref<'_>) -> Outcome {
    warn::deprecation(
        cx,
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. \
         This returns the bitwise inversion of the underlying int object and is usually not what you expect from \
         negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise \
         inversion of the underlying int.",
    )?;
    invert(cx, this)
}

fn absolute(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(match this.as_small() {
        Some(small) => cx.int(small.abs()),
        None => cx.big(value(this).abs()),
    })
}

/// Declares the operators that two bools answer with a bool.
macro_rules! logic {
    ($($name:ident $op:tt;)*) => {
        $(fn $name(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
            match (left.as_bool(), right.as_bool()) {
                (Some(left), Some(right)) => Ok(Owned::bool(left $op right)),
                _ => arithmetic::$name(cx, left, right),
            }
        })*
    };
}

logic! {
    and &;
    or |;
    xor ^;
}

fn bit_length(_cx: &Cx, this: Ref<'_>) -> i64 {
    with(this, |value| value.bits() as i64)
}

fn bit_count(_cx: &Cx, this: Ref<'_>) -> i64 {
    with(this, |value| value.magnitude().count_ones() as i64)
}

fn as_integer_ratio(cx: &Cx, this: Ref<'_>) -> Owned {
    cx.tuple(vec![cx.big(value(this)), cx.int(1)])
}

fn is_integer(_cx: &Cx, _this: Ref<'_>) -> bool {
    true
}

fn zero(_cx: &Cx, _this: Ref<'_>) -> i64 {
    0
}

fn one(_cx: &Cx, _this: Ref<'_>) -> i64 {
    1
}

fn new_args(cx: &Cx, this: Ref<'_>) -> Owned {
    cx.tuple(vec![cx.big(value(this))])
}

/// `round(int, digits)`: ties to even.
fn round(cx: &Cx, this: Ref<'_>, digits: Option<BigInt>) -> Outcome {
    let digits = digits.unwrap_or_default();
    if !digits.is_negative() {
        return itself(cx, this);
    }
    let number = value(this);
    // A unit with more decimal digits than the number has bits is more than twice as large.
    let Some(places) = digits
        .magnitude()
        .to_u32()
        .filter(|places| u64::from(*places) <= number.bits())
    else {
        return Ok(cx.int(0));
    };
    let unit = BigInt::from(10).pow(places);
    let (quotient, rest) = number.div_mod_floor(&unit);
    let twice = rest * 2;
    let up = twice > unit || twice == unit && quotient.is_odd();
    Ok(cx.big((quotient + i32::from(up)) * unit))
}

fn format(cx: &Cx, this: Ref<'_>, specification: &Str) -> Outcome {
    let text = specification.as_str();
    if text.is_empty() {
        return text::str(cx, this);
    }
    let refuse = |error| refused(cx, &error, text, this);
    let parsed = Specification::parse(wtf8(specification), Kind::Integer).map_err(refuse)?;
    cx.room_for(parsed.room())?;
    if matches!(parsed.kind, Some('d' | 'n')) {
        with(this, |value| check_digits(cx, value))?;
    }
    let made = with(this, |value| format::integer(value, &parsed)).map_err(refuse)?;
    Ok(cx.wtf8(made.as_bytes()))
}

/// The exception for a specification that does not fit.
#[cold]
pub(crate) fn refused(cx: &Cx, error: &format::Error, text: &str, of: Ref<'_>) -> Raised {
    let class = match error.is_overflow() {
        true => TypeId::OverflowError,
        false => TypeId::ValueError,
    };
    cx.error(class, error.message(text, &cx.type_name(of)))
}
