//! `complex`.

mod arithmetic;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, number, text};
use crate::eval::{Args, Outcome, Raised};
use crate::objects::compare::{compare_numbers, hash_by_layout};
use crate::objects::float::Float;
use crate::objects::int;
use crate::objects::number_hash;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::Wtf8;
use crate::text::format::{self, Kind, Specification};
use crate::text::number::complex as digits;
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::int::refused;
use crate::types::payload::{self, Boxed, payload};

use arithmetic::{Fault, Pair};

/// A complex number.
pub(crate) struct Complex {
    pub(crate) real: f64,
    pub(crate) imaginary: f64,
}

payload!(Complex as Complex, "complex", |_this, _visit| {});

class! {
    pub(crate) COMPLEX: Boxed<Complex> = "complex" (Object) {
        doc "A number with a real and an imaginary part.\n\nFrom a text, from one number, or from the two parts.";
        slots {
            new: make, repr: repr, hash: hash, compare: compare, truth: truth,
            negative: negative, positive: positive, absolute: absolute,
            add: add, subtract: subtract, multiply: multiply, divide: divide, power: power,
        }
        /// The same value as a plain complex.
        method __complex__ as exact(self, /);
        /// The number as text, as the format says.
        method __format__ as format_one(self, format_spec, /);
        method __getnewargs__ as new_args(self, /);
        /// The number with its imaginary part negated. (1+2j).conjugate() is 1-2j.
        method conjugate(self, /);
        /// The imaginary part.
        get imag as imaginary;
        /// The real part.
        get real;
    }
}

/// A new complex number.
pub(crate) fn new(cx: &Cx, real: f64, imaginary: f64) -> Owned {
    payload::new(cx, Complex { real, imaginary })
}

fn pair_of(cx: &Cx, (real, imaginary): Pair) -> Owned {
    new(cx, real, imaginary)
}

/// `left ** right`, of real numbers whose power is none.
pub(crate) fn power_of(cx: &Cx, left: (f64, f64), right: (f64, f64)) -> Outcome {
    let made = arithmetic::by_angle(left, right);
    made.map(|made| pair_of(cx, made))
        .map_err(|fault| power_fault(cx, fault))
}

#[cold]
fn power_fault(cx: &Cx, fault: Fault) -> Raised {
    match fault {
        Fault::Zero => cx.error(
            TypeId::ZeroDivisionError,
            "zero to a negative or complex power",
        ),
        Fault::Overflow => cx.error(TypeId::OverflowError, "complex exponentiation"),
    }
}

/// The parts of a receiver of a slot.
fn of(this: Ref<'_>) -> Pair {
    let this = this.payload::<Complex>().expect("a complex number");
    (this.real, this.imaginary)
}

/// An operand: a complex number, or a real one.
fn operand(cx: &Cx, value: Ref<'_>) -> Outcome<Option<Pair>> {
    if let Some(complex) = value.payload::<Complex>() {
        return Ok(Some((complex.real, complex.imaginary)));
    }
    if let Some(float) = value.downcast::<Float>() {
        return Ok(Some((float.get(), 0.0)));
    }
    match int::to_big(&value.value()) {
        Some(integer) => Ok(Some((number::integer_to_float(cx, &integer)?, 0.0))),
        None => Ok(None),
    }
}

/// The operators, over pairs.
macro_rules! operators {
    ($($name:ident: $cx:ident, $left:ident, $right:ident => $result:expr;)*) => {
        $(fn $name($cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
            match (operand($cx, left)?, operand($cx, right)?) {
                (Some($left), Some($right)) => Ok(pair_of($cx, $result)),
                _ => Ok(Owned::not_implemented()),
            }
        })*
    };
}

operators! {
    add: cx, left, right => arithmetic::add(left, right);
    subtract: cx, left, right => arithmetic::subtract(left, right);
    multiply: cx, left, right => arithmetic::multiply(left, right);
    divide: cx, left, right => arithmetic::divide(left, right)
        .map_err(|_| cx.error(TypeId::ZeroDivisionError, "division by zero"))?;
    power: cx, left, right => arithmetic::power(left, right)
        .map_err(|fault| power_fault(cx, fault))?;
}

fn negative(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (real, imaginary) = of(this);
    Ok(new(cx, -real, -imaginary))
}

fn positive(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(exact(cx, this))
}

fn absolute(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (real, imaginary) = of(this);
    let size = real.hypot(imaginary);
    match size.is_infinite() && real.is_finite() && imaginary.is_finite() {
        true => Err(cx.error(TypeId::OverflowError, "absolute value too large")),
        false => Ok(cx.float(size)),
    }
}

fn truth(_cx: &Cx, this: Ref<'_>) -> Outcome<bool> {
    Ok(of(this) != (0.0, 0.0))
}

/// The hash of a real number is that of the complex one without an imaginary part.
fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    const IMAGINARY: i64 = 1_000_003;
    let (real, imaginary) = of(this);
    let part = |value: f64| match number_hash::of_f64(value) {
        Some(hash) => Ok(hash),
        None => cx.lift(hash_by_layout(cx.ts, this.value())),
    };
    let hash = part(real)?.wrapping_add(part(imaginary)?.wrapping_mul(IMAGINARY));
    Ok(if hash == -1 { -2 } else { hash })
}

fn compare(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let wanted = match comparison {
        Comparison::Eq => true,
        Comparison::Ne => false,
        _ => return Ok(Owned::not_implemented()),
    };
    let (real, imaginary) = of(left);
    if let Some(other) = right.payload::<Complex>() {
        let equal = real == other.real && imaginary == other.imaginary;
        return Ok(Owned::bool(equal == wanted));
    }
    let part = cx.float(real);
    match compare_numbers(&part.borrow().value(), &right.value()) {
        Some(order) => {
            let equal = imaginary == 0.0 && order.is_some_and(std::cmp::Ordering::is_eq);
            Ok(Owned::bool(equal == wanted))
        }
        None => Ok(Owned::not_implemented()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let (real, imaginary) = of(this);
    Ok(cx.str(&digits::repr(real, imaginary)))
}

fn format_one(cx: &Cx, this: Ref<'_>, specification: &Str) -> Outcome {
    let words = specification.as_str();
    if words.is_empty() {
        return text::str(cx, this);
    }
    let (real, imaginary) = of(this);
    let made = Specification::parse(Wtf8::new(words), Kind::Float)
        .and_then(|parsed| format::complex(real, imaginary, &parsed));
    match made {
        Ok(made) => Ok(cx.str(&made.to_string_lossy())),
        Err(error) => Err(refused(cx, &error, words, this)),
    }
}

/// The number itself, or as a plain one when its class is derived.
fn exact(cx: &Cx, this: Ref<'_>) -> Owned {
    match cx.class_of(this).is(TypeId::Complex) {
        true => this.own(),
        false => pair_of(cx, of(this)),
    }
}

fn new_args(cx: &Cx, this: &Complex) -> Owned {
    cx.tuple(vec![cx.float(this.real), cx.float(this.imaginary)])
}

fn conjugate(cx: &Cx, this: &Complex) -> Owned {
    new(cx, this.real, -this.imaginary)
}

fn imaginary(_cx: &Cx, this: &Complex) -> f64 {
    this.imaginary
}

fn real(_cx: &Cx, this: &Complex) -> f64 {
    this.real
}

fn make(cx: &Cx, class: &Class, args: Args<'_>) -> Outcome {
    let [first, second] = crate::types::str::arguments(cx, "complex", ["real", "imag"], args)?;
    if let (Some(only), None) = (first, second)
        && class.is(TypeId::Complex)
        && cx.class_of(only).is(TypeId::Complex)
    {
        return Ok(only.own());
    }
    let (real, imaginary) = parts(cx, first, second)?;
    Ok(payload::new_in(cx, class, Complex { real, imaginary }))
}

/// Underscores in wrong places are told apart from everything else that is no number.
#[cold]
fn malformed(cx: &Cx, given: Option<Ref<'_>>, text: &str) -> Raised {
    match given
        .filter(|_| text.contains('_'))
        .map(|given| text::repr_text(cx, given))
    {
        Some(Ok(shown)) => cx.value_error(format!("could not convert string to complex: {shown}")),
        Some(Err(raised)) => raised,
        None => cx.value_error("complex() arg is a malformed string"),
    }
}

/// The number that the arguments of the constructor say.
fn parts(cx: &Cx, first: Option<Ref<'_>>, second: Option<Ref<'_>>) -> Outcome<Pair> {
    if let Some(text) = first.and_then(|first| first.downcast::<Str>()) {
        if second.is_some() {
            let message = "complex() can't take second arg if first is a string";
            return Err(cx.type_error(message));
        }
        let parsed = digits::parse(Wtf8::new(text.as_str()));
        return match parsed {
            Some(parsed) => Ok(parsed),
            None => Err(malformed(cx, first, text.as_str())),
        };
    }
    if second.is_some_and(|second| second.downcast::<Str>().is_some()) {
        return Err(cx.type_error("complex() second arg can't be a string"));
    }
    let first = match first {
        Some(first) => first_part(cx, first)?,
        None => Part::Real(0.0),
    };
    let Some(second) = second else {
        return Ok(match first {
            Part::Real(real) => (real, 0.0),
            Part::Complex(pair) => pair,
        });
    };
    // Only what is there is added: a zero would turn a negative one around.
    let (mut real, own) = match first {
        Part::Real(real) => (real, None),
        Part::Complex((real, imaginary)) => (real, Some(imaginary)),
    };
    let imaginary = match second_part(cx, second)? {
        Part::Real(imaginary) => imaginary,
        Part::Complex((imaginary, turned)) => {
            real -= turned;
            imaginary
        }
    };
    Ok((real, own.map_or(imaginary, |own| imaginary + own)))
}

/// An argument of the constructor.
enum Part {
    Real(f64),
    Complex(Pair),
}

fn first_part(cx: &Cx, value: Ref<'_>) -> Outcome<Part> {
    if let Some(complex) = value.payload::<Complex>() {
        return Ok(Part::Complex((complex.real, complex.imaginary)));
    }
    if let Some(method) = attribute::special(cx, value, cx.world().names.complex())? {
        let made = cx.call(method.borrow(), Args::NONE)?;
        return match made.borrow().payload::<Complex>() {
            Some(number) => {
                number::strict_subclass(cx, "__complex__", TypeId::Complex, made.borrow())?;
                Ok(Part::Complex((number.real, number.imaginary)))
            }
            None => {
                let kind = cx.type_name(made.borrow());
                let message = format!("__complex__ returned non-complex (type {kind})");
                Err(cx.type_error(message))
            }
        };
    }
    match is_real(cx, value) {
        true => number::real(cx, value).map(Part::Real),
        false => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!(
                "complex() first argument must be a string or a number, not '{kind}'"
            )))
        }
    }
}

fn second_part(cx: &Cx, value: Ref<'_>) -> Outcome<Part> {
    if let Some(complex) = value.payload::<Complex>() {
        return Ok(Part::Complex((complex.real, complex.imaginary)));
    }
    match is_real(cx, value) {
        true => number::real(cx, value).map(Part::Real),
        false => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!(
                "complex() second argument must be a number, not '{kind}'"
            )))
        }
    }
}

fn is_real(cx: &Cx, value: Ref<'_>) -> bool {
    cx.class_of(value)
        .slot(|slots| slots.float.is_some() || slots.index.is_some())
}
