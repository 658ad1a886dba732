//! Other formats and shapes over the same bytes.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::objects::int;
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::Ref;

use super::layout::Format;
use super::open;

/// More dimensions no view has.
const MOST: usize = 64;

pub(super) fn cast(cx: &Cx, this: Ref<'_>, format: Ref<'_>, shape: Option<Ref<'_>>) -> Outcome {
    let Some(text) = format.downcast::<Str>() else {
        let kind = cx.type_name(format);
        let message = format!("cast() argument 'format' must be str, not {kind}");
        return Err(cx.type_error(message));
    };
    let open = open(cx, this)?;
    let layout = open.layout;
    if !layout.is_contiguous() {
        return Err(cx.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    if (shape.is_some() || layout.dimensions() != 1) && layout.shape.contains(&0) {
        let message = "memoryview: cannot cast view with zeros in shape or strides";
        return Err(cx.type_error(message));
    }
    let given = match shape {
        Some(shape) => Some(dimensions(cx, shape)?),
        None => None,
    };
    if given.as_ref().is_some_and(|given| given.len() != 1) && layout.dimensions() != 1 {
        return Err(cx.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let Some(format) = Format::parse(text.as_str()) else {
        return Err(cx.value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        ));
    };
    if !layout.format.is_byte() && !format.is_byte() {
        return Err(cx.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    if !layout.len().is_multiple_of(format.size()) {
        return Err(cx.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let count = layout.len() / format.size();
    let shape = match given {
        None => vec![count],
        Some(given) => counts(cx, &given, count)?,
    };
    Ok(open.view(cx, layout.cast(format, shape)))
}

/// The numbers of a shape.
fn dimensions(cx: &Cx, shape: Ref<'_>) -> Outcome<Vec<i64>> {
    if shape.downcast::<List>().is_none() && shape.downcast::<Tuple>().is_none() {
        return Err(cx.type_error("shape must be a list or a tuple"));
    }
    let all = iterate::collect(cx, shape)?;
    if all.len() > MOST {
        let message = "memoryview: number of dimensions must not exceed 64";
        return Err(cx.value_error(message));
    }
    let number = |value: Ref<'_>| match int::to_big(&value.value()) {
        Some(_) => number::index(cx, value),
        None => Err(cx.type_error("memoryview.cast(): elements of shape must be integers")),
    };
    all.iter().map(|value| number(value.borrow())).collect()
}

/// A shape of as many items as there are.
fn counts(cx: &Cx, given: &[i64], count: usize) -> Outcome<Vec<usize>> {
    let mut shape = Vec::with_capacity(given.len());
    let mut product = Some(1usize);
    for &number in given {
        let Some(number) = usize::try_from(number).ok().filter(|number| *number > 0) else {
            return Err(cx.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        };
        product = product.and_then(|product| product.checked_mul(number));
        shape.push(number);
    }
    match product {
        None => Err(cx.value_error("memoryview.cast(): product(shape) > SSIZE_MAX")),
        Some(product) if product == count => Ok(shape),
        Some(_) => Err(cx.type_error("memoryview: product(shape) * itemsize != buffer size")),
    }
}
