//! Bytes as a sequence.

use crate::compile::Comparison;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::compare::holds;
use crate::eval::ops::number::{self, Selection};
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::slice::Slice;

use super::{Buffer, data};

pub(crate) fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    Ok(Buffer::receiver(this).len())
}

/// A key as a place, which may count from the end.
pub(crate) fn position(cx: &Cx, what: &str, key: Ref<'_>) -> Outcome<i64> {
    if !number::is_index(cx, key) {
        let kind = cx.type_name(key);
        return Err(cx.type_error(format!(
            "{what} indices must be integers or slices, not {kind}"
        )));
    }
    match number::index(cx, key) {
        Err(raised) if raised.is(cx, TypeId::OverflowError) => {
            let kind = cx.type_name(key);
            Err(cx.index_error(format!("cannot fit '{kind}' into an index-sized integer")))
        }
        other => other,
    }
}

/// The offset of a place that may count from the end, if there is one.
pub(crate) fn offset(place: i64, len: usize) -> Option<usize> {
    let from_start = match place {
        0.. => place,
        _ => place.checked_add(len as i64)?,
    };
    usize::try_from(from_start).ok().filter(|at| *at < len)
}

/// What a slice selects.
pub(crate) fn pick(bytes: &[u8], selected: Selection) -> Vec<u8> {
    match selected.step {
        1 => {
            let start = selected.start as usize;
            bytes[start..start + selected.count].to_vec()
        }
        _ => selected.positions().map(|at| bytes[at]).collect(),
    }
}

pub(crate) fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    let this = Buffer::receiver(this);
    if let Some(slice) = key.payload::<Slice>() {
        let bounds = number::bounds(cx, slice.parts())?;
        if bounds.is_all()
            && let Buffer::Bytes(..) = this
        {
            return Ok(this.same(cx));
        }
        return Ok(this.map(cx, |bytes| pick(bytes, bounds.select(bytes.len()))));
    }
    let (what, missing) = match this {
        Buffer::Bytes(..) => ("byte", "index out of range"),
        Buffer::Array(_) => ("bytearray", "bytearray index out of range"),
    };
    let place = position(cx, what, key)?;
    let found = this.read(|bytes| offset(place, bytes.len()).map(|at| bytes[at]));
    match found {
        Some(byte) => Ok(cx.int(i64::from(byte))),
        None => Err(cx.index_error(missing)),
    }
}

/// What bytes plus something else comes to: the other side may know.
pub(crate) fn not_concatenated(cx: &Cx, this: Ref<'_>, other: Ref<'_>) -> Outcome {
    let class = cx.class_of(other);
    if !class.is_builtin() && class.slot(|slots| slots.add.is_some()) {
        return Ok(Owned::not_implemented());
    }
    let (this, other) = (cx.type_name(this), cx.type_name(other));
    Err(cx.type_error(format!("can't concat {other} to {this}")))
}

pub(crate) fn add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let Some(first) = Buffer::of(left) else {
        return Ok(Owned::not_implemented());
    };
    let Some(second) = data(cx, right)? else {
        return not_concatenated(cx, left, right);
    };
    cx.room_for(first.len().checked_add(second.len()))?;
    Ok(first.map(cx, |bytes| [bytes, &second].concat()))
}

/// How often bytes are to be repeated; nothing if the other side may know.
pub(crate) fn repetitions(cx: &Cx, len: usize, count: Ref<'_>) -> Outcome<Option<usize>> {
    if !number::is_index(cx, count) {
        let class = cx.class_of(count);
        if !class.is_builtin() && class.slot(|slots| slots.multiply.is_some()) {
            return Ok(None);
        }
        let kind = cx.type_name(count);
        return Err(cx.type_error(format!(
            "can't multiply sequence by non-int of type '{kind}'"
        )));
    }
    let count = usize::try_from(number::index(cx, count)?).unwrap_or(0);
    cx.room_for(len.checked_mul(count))?;
    Ok(Some(count))
}

pub(crate) fn multiply(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (this, count) = match Buffer::of(left) {
        Some(this) => (this, right),
        None => (Buffer::receiver(right), left),
    };
    Ok(match repetitions(cx, this.len(), count)? {
        Some(1) => this.same(cx),
        Some(count) => this.map(cx, |bytes| bytes.repeat(count)),
        None => Owned::not_implemented(),
    })
}

/// Compares with any bytes-like object; `bytes` leave all but `bytes` to the other side.
pub(crate) fn compare(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let first = Buffer::receiver(left);
    if let (Buffer::Bytes(..), None | Some(Buffer::Array(_))) = (first, Buffer::of(right)) {
        return Ok(Owned::not_implemented());
    }
    let Some(second) = data(cx, right)? else {
        return Ok(Owned::not_implemented());
    };
    let order = first.read(|bytes| bytes.cmp(&second));
    Ok(Owned::bool(holds(comparison, order)))
}

pub(crate) fn new_args(cx: &Cx, this: Buffer<'_>) -> Owned {
    let copied = this.read(<[u8]>::to_vec);
    cx.tuple(vec![crate::types::bytes::from_vec(cx, copied)])
}
