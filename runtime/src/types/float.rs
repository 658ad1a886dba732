//! `float`.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{FromPrimitive, Signed, ToPrimitive};

use crate::eval::cx::Cx;
use crate::eval::ops::{number, text};
use crate::eval::{Args, Outcome};
use crate::objects::float::Float;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::format::{self, Kind, Specification};
use crate::text::number::{float as digits, hex};
use crate::types::buffer;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::int::{compare_numbers, hash, refused};
use crate::types::native::with_receiver;
use crate::types::str::wtf8;
use crate::types::{TypeId, args, store};

class! {
    pub(crate) FLOAT: Float = "float" (Object) {
        doc "A number of double precision, from a number or a text.";
        slots {
            new: new, repr: repr, hash: hash, compare: compare_numbers, truth: truth,
            int: truncate_slot, float: itself_slot,
            negative: negative, positive: itself_slot, absolute: absolute,
            add: add, subtract: subtract, multiply: multiply, divide: divide,
            floor_divide: floor_divide, modulo: modulo, divmod: divmod, power: power,
        }
        /// The number itself.
        method conjugate as itself(self, /);
        /// Whether nothing stands after the point.
        method is_integer(self, /);
        /// Numerator and denominator of the exact value.
        method as_integer_ratio(self, /);
        /// The exact value in hexadecimal.
        method hex as to_hex(self, /);
        /// The value that hexadecimal text stands for.
        class fromhex as from_hex(self, string, /);
        /// A number as a float; text is refused.
        class from_number as from_number(self, number, /);
        /// The number without what stands after the point.
        method __trunc__ as trunc(self, /);
        /// The greatest integer not above.
        method __floor__ as floor(self, /);
        /// The least integer not below.
        method __ceil__ as ceil(self, /);
        /// The nearest integer, or a float of ndigits; a half goes to the even one.
        method __round__ as round(self, ndigits = None, /);
        /// The number as text, as the format says.
        method __format__ as format(self, format_spec, /);
        method __getnewargs__ as new_args(self, /);
        /// How the machine keeps floats.
        class __getformat__ as get_format(self, typestr, /);
        /// The real part.
        get real as itself;
        /// The imaginary part.
        get imag as zero;
    }
}

const NEW: Function = function!(true, "float", "", make, (self, x = Ref::FALSE, /));

fn new(cx: &Cx, class: &Class, given: Args<'_>) -> Outcome {
    with_receiver(class.as_ref(), given, |all| args::call(cx, &NEW, None, all))
}

fn make(cx: &Cx, class: Ref<'_>, x: Ref<'_>) -> Outcome {
    let value = convert(cx, x)?;
    Ok(in_class(cx, class, value))
}

fn in_class(cx: &Cx, class: Ref<'_>, value: f64) -> Owned {
    match Class::of(class) {
        Some(class) => store::float_in(cx, class, value),
        None => cx.float(value),
    }
}

/// `float(x)`
fn convert(cx: &Cx, x: Ref<'_>) -> Outcome<f64> {
    let parsed = if let Some(text) = x.downcast::<Str>() {
        digits::parse(wtf8(text))
    } else if let Some(data) = buffer::data(cx, x)? {
        digits::parse_bytes(&data)
    } else {
        let is_number = cx
            .class_of(x)
            .slot(|slots| slots.float.is_some() || slots.index.is_some());
        if !is_number {
            let kind = cx.type_name(x);
            return Err(cx.type_error(format!(
                "float() argument must be a string or a real number, not '{kind}'"
            )));
        }
        return number::real(cx, x);
    };
    match parsed {
        Some(value) => Ok(value),
        None => {
            let shown = text::repr_text(cx, x)?;
            Err(cx.value_error(format!("could not convert string to float: {shown}")))
        }
    }
}

/// The number of a receiver of a slot.
fn value(this: Ref<'_>) -> f64 {
    this.downcast::<Float>().map_or(f64::NAN, Float::get)
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(cx.str(&digits::repr(value(this))))
}

fn truth(_cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    Ok(value(this) != 0.0)
}

fn truncate_slot(cx: &Cx, this: Ref<'_>) -> Outcome {
    integral(cx, value(this).trunc())
}

fn itself_slot(cx: &Cx, this: Ref<'_>) -> Outcome {
    match this.exact::<Float>() {
        Some(_) => Ok(this.own()),
        None => Ok(cx.float(value(this))),
    }
}

fn negative(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(cx.float(-value(this)))
}

fn absolute(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(cx.float(value(this).abs()))
}

/// Declares operators on two numbers of which one is a float.
macro_rules! operators {
    ($($name:ident($cx:ident, $left:ident, $right:ident): $body:expr;)*) => {
        $(fn $name($cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
            let (Some($left), Some($right)) =
                (number::try_real($cx, left)?, number::try_real($cx, right)?)
            else {
                return Ok(Owned::not_implemented());
            };
            $body
        })*
    };
}

operators! {
    add(cx, a, b): Ok(cx.float(a + b));
    subtract(cx, a, b): Ok(cx.float(a - b));
    multiply(cx, a, b): Ok(cx.float(a * b));
    divide(cx, a, b): { nonzero(cx, b)?; Ok(cx.float(a / b)) };
    floor_divide(cx, a, b): { nonzero(cx, b)?; Ok(cx.float(divide_modulo(a, b).0)) };
    modulo(cx, a, b): { nonzero(cx, b)?; Ok(cx.float(divide_modulo(a, b).1)) };
    divmod(cx, a, b): {
        nonzero(cx, b)?;
        let (quotient, rest) = divide_modulo(a, b);
        Ok(cx.tuple(vec![cx.float(quotient), cx.float(rest)]))
    };
    power(cx, a, b): power_of(cx, a, b);
}

fn nonzero(cx: &Cx, divisor: f64) -> Outcome<()> {
    match divisor == 0.0 {
        true => Err(cx.error(TypeId::ZeroDivisionError, "division by zero")),
        false => Ok(()),
    }
}

/// Quotient rounded down, and remainder with the sign of the divisor, as CPython defines them.
fn divide_modulo(left: f64, right: f64) -> (f64, f64) {
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
    let up = quotient - floor > 0.5;
    (if up { floor + 1.0 } else { floor }, rest)
}

/// `left ** right`
pub(crate) fn power_of(cx: &Cx, left: f64, right: f64) -> Outcome {
    if left == 0.0 && right < 0.0 {
        return Err(cx.error(TypeId::ZeroDivisionError, "zero to a negative power"));
    }
    if left < 0.0 && left.is_finite() && right.is_finite() && right.fract() != 0.0 {
        return crate::types::complex::power_of(cx, (left, 0.0), (right, 0.0));
    }
    let result = left.powf(right);
    if result.is_infinite() && left.is_finite() && right.is_finite() {
        let args = vec![cx.int(34), cx.str("Numerical result out of range")];
        return Err(cx.error_with(TypeId::OverflowError, args));
    }
    Ok(cx.float(result))
}

/// A float without a fraction as an integer.
pub(crate) fn integral(cx: &Cx, number: f64) -> Outcome {
    if number.is_nan() {
        return Err(cx.value_error("cannot convert float NaN to integer"));
    }
    match BigInt::from_f64(number) {
        Some(integer) => Ok(cx.big(integer)),
        None => Err(cx.error(
            TypeId::OverflowError,
            "cannot convert float infinity to integer",
        )),
    }
}

fn itself(cx: &Cx, this: Ref<'_>) -> Outcome {
    itself_slot(cx, this)
}

fn zero(_cx: &Cx, _this: &Float) -> f64 {
    0.0
}

fn is_integer(_cx: &Cx, this: &Float) -> bool {
    this.get().is_finite() && this.get().fract() == 0.0
}

fn as_integer_ratio(cx: &Cx, this: &Float) -> Outcome {
    let mut number = this.get();
    if number.is_nan() {
        return Err(cx.value_error("cannot convert NaN to integer ratio"));
    }
    if number.is_infinite() {
        let message = "cannot convert Infinity to integer ratio";
        return Err(cx.error(TypeId::OverflowError, message));
    }
    let mut shift = 0_u32;
    while number.fract() != 0.0 {
        number *= 2.0;
        shift += 1;
    }
    let numerator = BigInt::from_f64(number).unwrap_or_default();
    let denominator = BigInt::from(1) << shift;
    Ok(cx.tuple(vec![cx.big(numerator), cx.big(denominator)]))
}

fn to_hex(_cx: &Cx, this: &Float) -> String {
    hex::write(this.get())
}

fn from_hex(cx: &Cx, class: Ref<'_>, string: &Str) -> Outcome {
    match hex::parse(string.as_str().as_bytes()) {
        Ok(value) => Ok(in_class(cx, class, value)),
        Err(error) => {
            let kind = match error {
                hex::HexError::Invalid => TypeId::ValueError,
                hex::HexError::TooLarge => TypeId::OverflowError,
            };
            Err(cx.error(kind, error.message()))
        }
    }
}

fn from_number(cx: &Cx, class: Ref<'_>, number: f64) -> Owned {
    in_class(cx, class, number)
}

/// How floats lie in memory.
fn get_format(cx: &Cx, _class: Ref<'_>, typestr: &Str) -> Outcome<&'static str> {
    let is_little = 1_u16.to_ne_bytes()[0] == 1;
    match typestr.as_str() {
        "double" | "float" if is_little => Ok("IEEE, little-endian"),
        "double" | "float" => Ok("IEEE, big-endian"),
        _ => Err(cx.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}

fn trunc(cx: &Cx, this: &Float) -> Outcome {
    integral(cx, this.get().trunc())
}

fn floor(cx: &Cx, this: &Float) -> Outcome {
    integral(cx, this.get().floor())
}

fn ceil(cx: &Cx, this: &Float) -> Outcome {
    integral(cx, this.get().ceil())
}

fn new_args(cx: &Cx, this: &Float) -> Owned {
    cx.tuple(vec![cx.float(this.get())])
}

/// `round(float, digits)`: exactly, ties to even.
fn round(cx: &Cx, this: &Float, digits: Option<BigInt>) -> Outcome {
    let number = this.get();
    let Some(digits) = digits else {
        return integral(cx, number.round_ties_even());
    };
    let places = digits.magnitude().to_usize().unwrap_or(usize::MAX);
    let rounded = match (digits.is_negative(), places) {
        _ if !number.is_finite() => number,
        (false, 324..) => number,
        (false, digits) => format!("{number:.digits$}").parse().unwrap_or(number),
        (true, 309..) => 0.0_f64.copysign(number),
        (true, places) => round_whole(number, places),
    };
    if rounded.is_infinite() && number.is_finite() {
        return Err(cx.error(
            TypeId::OverflowError,
            "rounded value too large to represent",
        ));
    }
    Ok(cx.float(rounded))
}

/// Rounds to so many zeros before the point.
fn round_whole(number: f64, zeros: usize) -> f64 {
    let unit = BigInt::from(10).pow(zeros as u32);
    let whole = BigInt::from_f64(number.abs().trunc()).unwrap_or_default();
    let (quotient, rest) = whole.div_rem(&unit);
    let beyond = (rest * 2u8).cmp(&unit);
    let beyond = beyond.then(number.fract().abs().total_cmp(&0.0));
    let up = beyond == Ordering::Greater || beyond == Ordering::Equal && quotient.is_odd();
    let rounded = (quotient + u8::from(up)) * unit;
    rounded.to_f64().unwrap_or(f64::INFINITY).copysign(number)
}

fn format(cx: &Cx, this: Ref<'_>, specification: &Str) -> Outcome {
    let text = specification.as_str();
    if text.is_empty() {
        return text::str(cx, this);
    }
    let refuse = |error| refused(cx, &error, text, this);
    let parsed = Specification::parse(wtf8(specification), Kind::Float).map_err(refuse)?;
    cx.room_for(parsed.room())?;
    let made = format::float(value(this), &parsed).map_err(refuse)?;
    Ok(cx.wtf8(made.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down() {
        assert_eq!(divide_modulo(7.5, 2.0), (3.0, 1.5));
        assert_eq!(divide_modulo(-7.5, 2.0), (-4.0, 0.5));
        assert_eq!(divide_modulo(7.5, -2.0), (-4.0, -0.5));
    }
}
