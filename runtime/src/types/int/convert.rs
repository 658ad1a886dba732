//! Integers from other values.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number::{self, exact_integer};
use crate::eval::ops::text;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::number::int as digits;
use crate::types::TypeId;
use crate::types::buffer;
use crate::types::class::Class;
use crate::types::convert::Given;
use crate::types::{store, str};

pub(super) fn make(cx: &Cx, class: &Class, x: Given<'_>, base: Given<'_>) -> Outcome {
    let value = match (x.0, base.0) {
        (Some(x), None) => convert(cx, x)?,
        (Some(x), Some(base)) => with_base(cx, x, base)?,
        (None, None) => return Ok(store::int_in(cx, class, BigInt::ZERO)),
        (None, Some(_)) => return Err(cx.type_error("int() missing string argument")),
    };
    match exact_integer(value.borrow()) {
        Some(number) if !class.is(crate::types::TypeId::Int) => {
            Ok(store::int_in(cx, class, number))
        }
        _ => super::itself(cx, value.borrow()),
    }
}

/// Whether an object says which integer it is.
pub(crate) fn has_int(cx: &Cx, x: Ref<'_>) -> bool {
    cx.class_of(x).slot(|slots| slots.int.is_some())
}

/// `int(x)`
pub(crate) fn convert(cx: &Cx, x: Ref<'_>) -> Outcome {
    if x.as_small().is_some() {
        return Ok(x.own());
    }
    let (int, index) = cx.class_of(x).slot(|slots| (slots.int, slots.index));
    if let Some(int) = int {
        let result = int(cx, x)?;
        if exact_integer(result.borrow()).is_some() {
            number::strict_subclass(cx, "__int__", TypeId::Int, result.borrow())?;
            return Ok(result);
        }
        let kind = cx.type_name(result.borrow());
        return Err(cx.type_error(format!("__int__ returned non-int (type {kind})")));
    }
    if index.is_some() {
        return number::as_index(cx, x);
    }
    match parse(cx, x, 10)? {
        Some(number) => Ok(cx.big(number)),
        None => {
            let kind = cx.type_name(x);
            Err(cx.type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{kind}'"
            )))
        }
    }
}

/// `int(x, base)`
fn with_base(cx: &Cx, x: Ref<'_>, base: Ref<'_>) -> Outcome {
    let given = number::integer(cx, base)?;
    // 1 is a base that the parser refuses.
    let base = given.to_u32().unwrap_or(1);
    match parse(cx, x, base)? {
        Some(number) => Ok(cx.big(number)),
        None => Err(cx.type_error("int() can't convert non-string with explicit base")),
    }
}

/// The integer that a text stands for; nothing if it is no text.
fn parse(cx: &Cx, x: Ref<'_>, base: u32) -> Outcome<Option<BigInt>> {
    let limit = cx.shared.limits.digits();
    let result = if let Some(text) = x.downcast::<Str>() {
        digits::parse(str::wtf8(text), base, limit)
    } else if let Some(data) = buffer::data(cx, x)? {
        digits::parse_bytes(&data, base, limit)
    } else {
        return Ok(None);
    };
    match result {
        Ok(number) => Ok(Some(number)),
        Err(error) => {
            let shown = shown(cx, x)?;
            Err(cx.value_error(error.message(base, &shown, limit)))
        }
    }
}

/// What messages show of a text that is no number.
fn shown(cx: &Cx, x: Ref<'_>) -> Outcome<String> {
    /// As many characters as CPython shows.
    const MOST: usize = 200;
    let exact = match buffer::data(cx, x)? {
        Some(data) => crate::types::bytes::new(cx, &data),
        None => x.own(),
    };
    let shown = text::repr_text(cx, exact.borrow())?;
    match shown.char_indices().nth(MOST) {
        Some((end, _)) => Ok(shown[..end].to_owned()),
        None => Ok(shown),
    }
}

/// Whether a number may be written in decimal.
pub(crate) fn check_digits(cx: &Cx, value: &BigInt) -> Outcome<()> {
    let limit = cx.shared.limits.digits();
    digits::fits(value, limit).map_err(|error| cx.value_error(error.message(limit)))
}

/// The number in decimal.
pub(super) fn decimal(cx: &Cx, this: Ref<'_>) -> Outcome<Owned> {
    if let Some(small) = this.as_small() {
        return Ok(cx.str(&small.to_string()));
    }
    let limit = cx.shared.limits.digits();
    match super::with(this, |value| digits::decimal(value, limit)) {
        Ok(text) => Ok(cx.str(&text)),
        Err(error) => Err(cx.value_error(error.message(limit))),
    }
}
