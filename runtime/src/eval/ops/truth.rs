//! Truth.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::value::Unpacked;
use crate::refs::Ref;

/// Whether a condition takes the value for true.
#[inline]
pub(crate) fn is_true(cx: &Cx, value: Ref<'_>) -> Outcome<bool> {
    match value.unpack() {
        Unpacked::Bool(truth) => Ok(truth),
        Unpacked::Int(number) => Ok(number != 0),
        Unpacked::None => Ok(false),
        Unpacked::NotImplemented => {
            Err(cx.type_error("NotImplemented should not be used in a boolean context"))
        }
        Unpacked::Ellipsis => Ok(true),
        Unpacked::Object(_) => of_object(cx, value),
    }
}

fn of_object(cx: &Cx, value: Ref<'_>) -> Outcome<bool> {
    let class = cx.class_of(value);
    let (truth, len) = class.slot(|slots| (slots.truth, slots.len));
    match (truth, len) {
        (Some(truth), _) => truth(cx, value),
        (None, Some(len)) => len(cx, value).map(|len| len != 0),
        (None, None) => Ok(true),
    }
}

/// `len(value)`
pub(crate) fn len(cx: &Cx, value: Ref<'_>) -> Outcome<usize> {
    match cx.class_of(value).slot(|slots| slots.len) {
        Some(len) => len(cx, value),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("object of type '{kind}' has no len()")))
        }
    }
}
