//! What changes a bytearray.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number::{self, Bounds};
use crate::objects::bytearray::{self as array, Bytearray, Exported};
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::buffer::{
    Source, byte, collect, data, not_concatenated, offset, position, repetitions,
};
use crate::types::slice::Slice;

use super::{from_vec, of};

/// Changes the bytes and their number, in one step. `change` runs no Python code.
///
/// # Errors
/// BufferError: somebody exports the bytes.
pub(super) fn resize<R>(
    cx: &Cx,
    this: &Bytearray,
    change: impl FnOnce(&mut Vec<u8>) -> R,
) -> Outcome<R> {
    array::resize(cx.ts, this, change).map_err(|Exported| exported(cx))
}

#[cold]
fn exported(cx: &Cx) -> crate::eval::Raised {
    let message = "Existing exports of data: object cannot be re-sized";
    cx.error(TypeId::BufferError, message)
}

fn extend_by(cx: &Cx, this: &Bytearray, more: &[u8]) -> Outcome<()> {
    cx.room_for(this.len().checked_add(more.len()))?;
    array::append(cx.ts, this, more).map_err(|Exported| exported(cx))
}

pub(super) fn set_item(
    cx: &Cx,
    this: Ref<'_>,
    key: Ref<'_>,
    value: Option<Ref<'_>>,
) -> Outcome<()> {
    let this = of(this);
    if let Some(slice) = key.payload::<Slice>() {
        let bounds = number::bounds(cx, slice.parts())?;
        return match value {
            Some(value) => set_slice(cx, this, &bounds, value),
            None => delete_slice(cx, this, &bounds),
        };
    }
    let place = position(cx, "bytearray", key)?;
    let done = match value {
        Some(value) => {
            // The place is looked at first, as in CPython, and again when the value is known.
            if offset(place, this.len()).is_none() {
                return Err(out_of_range(cx));
            }
            let byte = byte(cx, value)?;
            array::write(cx.ts, this, |bytes| {
                offset(place, bytes.len()).map(|at| bytes[at] = byte)
            })
        }
        None => resize(cx, this, |bytes| {
            let at = offset(place, bytes.len())?;
            bytes.remove(at);
            Some(())
        })?,
    };
    done.ok_or_else(|| out_of_range(cx))
}

#[cold]
fn out_of_range(cx: &Cx) -> crate::eval::Raised {
    cx.index_error("bytearray index out of range")
}

/// The bytes that are assigned to a slice.
fn assigned(cx: &Cx, value: Ref<'_>) -> Outcome<Vec<u8>> {
    if let Some(data) = data(cx, value)? {
        return Ok(data.0.into_owned());
    }
    let is_number = number::is_index(cx, value)
        || cx
            .class_of(value)
            .slot(|slots| slots.float.is_some() || slots.int.is_some());
    if is_number || value.downcast::<Str>().is_some() {
        return Err(
            cx.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
        );
    }
    collect(cx, Source::Array, value)
}

fn set_slice(cx: &Cx, this: &Bytearray, bounds: &Bounds, value: Ref<'_>) -> Outcome<()> {
    let new = assigned(cx, value)?;
    cx.room_for(this.len().checked_add(new.len()))?;
    let given = new.len();
    let refused = resize(cx, this, |bytes| {
        let selected = bounds.select(bytes.len());
        if selected.step == 1 {
            let start = selected.start as usize;
            bytes.splice(start..start + selected.count, new);
            return None;
        }
        if selected.count != new.len() {
            return Some(selected.count);
        }
        for (at, byte) in selected.positions().zip(new) {
            bytes[at] = byte;
        }
        None
    })?;
    match refused {
        None => Ok(()),
        Some(wanted) => Err(cx.value_error(format!(
            "attempt to assign bytes of size {given} to extended slice of size {wanted}"
        ))),
    }
}

fn delete_slice(cx: &Cx, this: &Bytearray, bounds: &Bounds) -> Outcome<()> {
    resize(cx, this, |bytes| {
        let selected = bounds.select(bytes.len());
        let mut gone = vec![false; bytes.len()];
        selected.positions().for_each(|at| gone[at] = true);
        let mut gone = gone.into_iter();
        bytes.retain(|_| gone.next() == Some(false));
    })
}

pub(super) fn append(cx: &Cx, this: &Bytearray, item: Ref<'_>) -> Outcome<()> {
    let byte = byte(cx, item)?;
    extend_by(cx, this, &[byte])
}

pub(super) fn extend(cx: &Cx, this: &Bytearray, iterable: Ref<'_>) -> Outcome<()> {
    if iterable.downcast::<Str>().is_some() {
        return Err(cx.type_error("expected iterable of integers; got: 'str'"));
    }
    if !crate::eval::ops::iterate::is_iterable(cx, iterable) && data(cx, iterable)?.is_none() {
        let kind = cx.type_name(iterable);
        return Err(cx.type_error(format!("can't extend bytearray with {kind}")));
    }
    extend_by(cx, this, &collect(cx, Source::Array, iterable)?)
}

pub(super) fn insert(cx: &Cx, this: &Bytearray, index: i64, item: Ref<'_>) -> Outcome<()> {
    let byte = byte(cx, item)?;
    resize(cx, this, |bytes| {
        let len = bytes.len() as i64;
        let at = if index < 0 {
            index.saturating_add(len)
        } else {
            index
        };
        bytes.insert(at.clamp(0, len) as usize, byte);
    })
}

pub(super) fn pop(cx: &Cx, this: &Bytearray, index: i64) -> Outcome<i64> {
    let taken = resize(cx, this, |bytes| {
        let at = offset(index, bytes.len()).ok_or(bytes.is_empty())?;
        Ok(bytes.remove(at))
    })?;
    match taken {
        Ok(byte) => Ok(i64::from(byte)),
        Err(true) => Err(cx.index_error("pop from empty bytearray")),
        Err(false) => Err(cx.index_error("pop index out of range")),
    }
}

pub(super) fn remove(cx: &Cx, this: &Bytearray, value: Ref<'_>) -> Outcome<()> {
    let byte = byte(cx, value)?;
    let found = resize(cx, this, |bytes| {
        let at = memchr::memchr(byte, bytes)?;
        bytes.remove(at);
        Some(())
    })?;
    found.ok_or_else(|| cx.value_error("value not found in bytearray"))
}

pub(super) fn clear(cx: &Cx, this: &Bytearray) -> Outcome<()> {
    resize(cx, this, |bytes| *bytes = Vec::new())
}

pub(super) fn reverse(cx: &Cx, this: &Bytearray) {
    array::write(cx.ts, this, <[u8]>::reverse);
}

pub(super) fn copy(cx: &Cx, this: &Bytearray) -> Owned {
    from_vec(cx, array::read(cx.ts, this, <[u8]>::to_vec))
}

pub(super) fn in_place_add(cx: &Cx, this: Ref<'_>, other: Ref<'_>) -> Outcome {
    match data(cx, other)? {
        Some(more) => extend_by(cx, of(this), &more)?,
        None => return not_concatenated(cx, this, other),
    }
    Ok(this.own())
}

pub(super) fn in_place_multiply(cx: &Cx, this: Ref<'_>, count: Ref<'_>) -> Outcome {
    loop {
        let len = of(this).len();
        let Some(count) = repetitions(cx, len, count)? else {
            return Ok(Owned::not_implemented());
        };
        // There is room for so many, and there may be more bytes by now.
        let fits = resize(cx, of(this), |bytes| {
            let fits = bytes.len() <= len;
            if fits {
                *bytes = bytes.repeat(count);
            }
            fits
        })?;
        if fits {
            return Ok(this.own());
        }
    }
}
