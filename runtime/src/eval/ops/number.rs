//! Conversions to numbers: `__index__`, `__int__`, `__float__`, and what several numeric types share.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::objects::compare;
use crate::objects::float::Float;
use crate::objects::int;
use crate::refs::Ref;
use crate::types::TypeId;

/// `operator.index(value)`: an `int`, or what `__index__` gives.
pub(crate) fn as_index(cx: &Cx, value: Ref<'_>) -> Outcome {
    if int::to_big(&value.value()).is_some() {
        return Ok(value.own());
    }
    let Some(index) = cx.class_of(value).slot(|slots| slots.index) else {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!(
            "'{kind}' object cannot be interpreted as an integer"
        )));
    };
    let result = index(cx, value)?;
    match cx.is_instance(result.borrow(), TypeId::Int) {
        true => {
            strict_subclass(cx, "__index__", TypeId::Int, result.borrow())?;
            Ok(result)
        }
        false => {
            let kind = cx.type_name(result.borrow());
            Err(cx.type_error(format!("__index__ returned non-int (type {kind})")))
        }
    }
}

/// Warns when a method that is to give a number of a class gave one of a class derived from it.
pub(crate) fn strict_subclass(cx: &Cx, method: &str, class: TypeId, given: Ref<'_>) -> Outcome<()> {
    if cx.class_of(given).is(class) {
        return Ok(());
    }
    let (name, kind) = (class.def().name, cx.type_name(given));
    let message = format!(
        "{method} returned non-{name} (type {kind}).  The ability to return an instance of a strict subclass of {name} \
         is deprecated, and may be removed in a future version of Python."
    );
    (cx.shared.above.deprecation)(cx, &message)
}

/// Whether a value can stand for an index.
pub(crate) fn is_index(cx: &Cx, value: Ref<'_>) -> bool {
    value.as_small().is_some() || cx.class_of(value).slot(|slots| slots.index.is_some())
}

/// An integer of at most 64 bits, for positions and counts.
///
/// # Errors
/// OverflowError if it is larger, TypeError if it is none.
#[inline]
pub(crate) fn index(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    match as_i64(cx, value)? {
        Some(number) => Ok(number),
        None => Err(no_index(cx, TypeId::OverflowError, value)),
    }
}

/// The same for an item: one that is larger is behind the end of every sequence.
///
/// # Errors
/// IndexError if it is larger, TypeError if it is none.
#[inline]
pub(crate) fn position(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    match as_i64(cx, value)? {
        Some(number) => Ok(number),
        None => Err(no_index(cx, TypeId::IndexError, value)),
    }
}

/// The same for an argument.
///
/// # Errors
/// OverflowError if it is larger, TypeError if it is none.
#[inline]
pub(crate) fn size(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    match as_i64(cx, value)? {
        Some(number) => Ok(number),
        None => {
            let message = "Python int too large to convert to C ssize_t";
            Err(cx.error(TypeId::OverflowError, message))
        }
    }
}

#[inline]
fn as_i64(cx: &Cx, value: Ref<'_>) -> Outcome<Option<i64>> {
    if let Some(small) = value.as_small() {
        return Ok(Some(small));
    }
    let number = as_index(cx, value)?;
    Ok(int::to_i64(&number.borrow().value()))
}

#[cold]
fn no_index(cx: &Cx, class: TypeId, value: Ref<'_>) -> Raised {
    let kind = cx.type_name(value);
    cx.error(
        class,
        format!("cannot fit '{kind}' into an index-sized integer"),
    )
}

/// The same, with numbers that are too large cut to the largest: for the bounds of slices.
pub(crate) fn clamped(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    if let Some(small) = value.as_small() {
        return Ok(small);
    }
    let number = integer(cx, value)?;
    let limit = if number.is_negative() {
        i64::MIN
    } else {
        i64::MAX
    };
    Ok(number.to_i64().unwrap_or(limit))
}

/// An integer of any size.
pub(crate) fn integer(cx: &Cx, value: Ref<'_>) -> Outcome<BigInt> {
    let number = as_index(cx, value)?;
    let big = int::to_big(&number.borrow().value()).map(|big| big.into_owned());
    Ok(big.unwrap_or_default())
}

/// Whether a value is an `int`.
#[inline]
pub(crate) fn is_integer(value: Ref<'_>) -> bool {
    value.as_small().is_some()
        || value.as_bool().is_some()
        || value.downcast::<int::Int>().is_some()
}

/// The integer that a value is, if it is an `int`.
pub(crate) fn exact_integer(value: Ref<'_>) -> Option<BigInt> {
    int::to_big(&value.value()).map(|big| big.into_owned())
}

/// A number as a float: by `__float__`, or else by `__index__`.
pub(crate) fn real(cx: &Cx, value: Ref<'_>) -> Outcome<f64> {
    if let Some(float) = value.downcast::<Float>() {
        return Ok(float.get());
    }
    if let Some(small) = value.as_small() {
        return Ok(small as f64);
    }
    if let Some(number) = int::to_big(&value.value()) {
        return integer_to_float(cx, &number);
    }
    let (float, index) = cx.class_of(value).slot(|slots| (slots.float, slots.index));
    if let Some(float) = float {
        let result = float(cx, value)?;
        return match result.borrow().downcast::<Float>() {
            Some(float) => {
                let method = format!("{}.__float__", cx.type_name(value));
                strict_subclass(cx, &method, TypeId::Float, result.borrow())?;
                Ok(float.get())
            }
            None => {
                let (kind, given) = (cx.type_name(value), cx.type_name(result.borrow()));
                Err(cx.type_error(format!(
                    "{kind}.__float__ returned non-float (type {given})"
                )))
            }
        };
    }
    if index.is_some() {
        return integer_to_float(cx, &integer(cx, value)?);
    }
    let kind = cx.type_name(value);
    Err(cx.type_error(format!("must be real number, not {kind}")))
}

/// An integer as a float.
///
/// # Errors
/// OverflowError if it is too large.
pub(crate) fn integer_to_float(cx: &Cx, number: &BigInt) -> Outcome<f64> {
    match number.to_f64().filter(|float| float.is_finite()) {
        Some(float) => Ok(float),
        None => Err(cx.error(TypeId::OverflowError, "int too large to convert to float")),
    }
}

/// The number that a float or an integer is, as a float; nothing for anything else.
pub(crate) fn try_real(cx: &Cx, value: Ref<'_>) -> Outcome<Option<f64>> {
    if let Some(float) = value.downcast::<Float>() {
        return Ok(Some(float.get()));
    }
    if let Some(small) = value.as_small() {
        return Ok(Some(small as f64));
    }
    match int::to_big(&value.value()) {
        Some(number) => integer_to_float(cx, &number).map(Some),
        None => Ok(None),
    }
}

/// The hash of what a `__hash__` returned.
pub(crate) fn hash_of_integer(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    match int::to_i64(&value.value()) {
        Some(-1) => Ok(-2),
        Some(hash) => Ok(hash),
        None => cx.lift(compare::hash_by_layout(cx.ts, value.value())),
    }
}

/// A row of optional numbers for `slice.indices`: start, stop and step for a sequence of a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    pub(crate) start: i64,
    pub(crate) stop: i64,
    pub(crate) step: i64,
    /// How many items it selects.
    pub(crate) count: usize,
}

impl Selection {
    /// The positions, in order.
    pub(crate) fn positions(self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        (0..self.count).map(move |index| (self.start + index as i64 * self.step) as usize)
    }
}

/// The three values of a slice as numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
}

/// What a slice of three values selects from a sequence.
pub(crate) fn select(cx: &Cx, parts: [Ref<'_>; 3], len: usize) -> Outcome<Selection> {
    Ok(bounds(cx, parts)?.select(len))
}

/// The three values of a slice as numbers, for those who know the length only later.
pub(crate) fn bounds(cx: &Cx, parts: [Ref<'_>; 3]) -> Outcome<Bounds> {
    let number = |value: Ref<'_>| value.not_none().map(|value| slice_index(cx, value));
    let step = number(parts[2]).transpose()?.unwrap_or(1).max(-i64::MAX);
    if step == 0 {
        return Err(cx.value_error("slice step cannot be zero"));
    }
    Ok(Bounds {
        start: number(parts[0]).transpose()?,
        stop: number(parts[1]).transpose()?,
        step,
    })
}

impl Bounds {
    /// Whether everything is selected, as it is.
    pub(crate) fn is_all(&self) -> bool {
        self.start.is_none() && self.stop.is_none() && self.step == 1
    }

    /// What it selects from a sequence of a length.
    pub(crate) fn select(&self, len: usize) -> Selection {
        let (len, step) = (len as i64, self.step);
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let bound = |given: Option<i64>, default: i64| match given {
            None => default,
            Some(given) if given < 0 => given.saturating_add(len).clamp(low, high),
            Some(given) => given.clamp(low, high),
        };
        let (first, last) = if step < 0 { (high, low) } else { (low, high) };
        let (start, stop) = (bound(self.start, first), bound(self.stop, last));
        let span = if step < 0 { start - stop } else { stop - start };
        let count = match span {
            1.. => (span - 1) / step.abs() + 1,
            _ => 0,
        };
        Selection {
            start,
            stop,
            step,
            count: count as usize,
        }
    }
}

fn slice_index(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    if let Some(number) = value.as_small() {
        return Ok(number);
    }
    match is_index(cx, value) {
        true => clamped(cx, value),
        false => {
            Err(cx.type_error("slice indices must be integers or None or have an __index__ method"))
        }
    }
}
