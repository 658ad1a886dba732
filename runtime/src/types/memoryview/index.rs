//! Items and slices of a view.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;
use crate::types::buffer::Buffer;
use crate::types::slice::Slice;

use super::item::{Item, pack};
use super::{Layout, MemoryView, Open, open, over};

/// What a key means, before the view is looked at.
enum Key {
    One(Vec<i64>),
    Part(number::Bounds),
    /// `...`
    All,
    /// Several slices.
    Parts,
    Wrong,
}

fn key(cx: &Cx, given: Ref<'_>) -> Outcome<Key> {
    if number::is_index(cx, given) {
        return Ok(Key::One(vec![index(cx, given)?]));
    }
    if let Some(slice) = given.payload::<Slice>() {
        return number::bounds(cx, slice.parts()).map(Key::Part);
    }
    if given.value() == crate::objects::Value::ELLIPSIS {
        return Ok(Key::All);
    }
    let Some(tuple) = given.downcast::<Tuple>() else {
        return Ok(Key::Wrong);
    };
    let all = items(tuple);
    if all.iter().all(|one| number::is_index(cx, *one)) {
        let indices = all.iter().map(|one| index(cx, *one));
        return indices.collect::<Outcome<_>>().map(Key::One);
    }
    match all.iter().all(|one| one.payload::<Slice>().is_some()) {
        true => Ok(Key::Parts),
        false => Ok(Key::Wrong),
    }
}

fn index(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    match number::index(cx, value) {
        Err(raised) if raised.is(cx, TypeId::OverflowError) => {
            let kind = cx.type_name(value);
            Err(cx.index_error(format!("cannot fit '{kind}' into an index-sized integer")))
        }
        other => other,
    }
}

fn not_implemented<T>(cx: &Cx, message: &str) -> Outcome<T> {
    Err(cx.error(TypeId::NotImplementedError, message))
}

fn no_dimension<T>(cx: &Cx) -> Outcome<T> {
    Err(cx.type_error("invalid indexing of 0-dim memory"))
}

/// The offset of the item at some indices.
fn offset(cx: &Cx, layout: &Layout, indices: &[i64], by_number: bool) -> Outcome<usize> {
    let (given, wanted) = (indices.len(), layout.dimensions());
    if given > wanted {
        return Err(cx.type_error(format!(
            "cannot index {wanted}-dimension view with {given}-element tuple"
        )));
    }
    if given < wanted {
        let message = match by_number {
            true => "multi-dimensional sub-views are not implemented",
            false => "sub-views are not implemented",
        };
        return not_implemented(cx, message);
    }
    let mut places = Vec::with_capacity(given);
    for (dimension, (&index, &count)) in indices.iter().zip(&layout.shape).enumerate() {
        match crate::types::buffer::offset(index, count) {
            Some(place) => places.push(place),
            None => {
                return Err(cx.index_error(format!(
                    "index out of bounds on dimension {}",
                    dimension + 1
                )));
            }
        }
    }
    Ok(layout.offset(&places))
}

fn item(cx: &Cx, open: &Open<'_>, at: usize) -> Owned {
    let format = open.layout.format;
    let item = open.export.read(|bytes| Item::read(format, &bytes[at..]));
    item.value(cx)
}

pub(super) fn get_item(cx: &Cx, this: Ref<'_>, given: Ref<'_>) -> Outcome {
    drop(open(cx, this)?);
    let key = key(cx, given)?;
    let open = open(cx, this)?;
    let is_tuple = given.downcast::<Tuple>().is_some();
    if open.layout.dimensions() == 0 {
        return match key {
            Key::One(indices) if indices.is_empty() => Ok(item(cx, &open, open.layout.start)),
            Key::All => Ok(this.own()),
            _ => no_dimension(cx),
        };
    }
    match key {
        Key::One(indices) => {
            let at = offset(cx, open.layout, &indices, !is_tuple)?;
            Ok(item(cx, &open, at))
        }
        Key::Part(bounds) => {
            let selected = bounds.select(open.layout.shape[0]);
            Ok(open.view(cx, open.layout.sliced(selected)))
        }
        Key::Parts => not_implemented(cx, "multi-dimensional slicing is not implemented"),
        Key::All | Key::Wrong => Err(cx.type_error("memoryview: invalid slice key")),
    }
}

pub(super) fn set_item(
    cx: &Cx,
    this: Ref<'_>,
    given: Ref<'_>,
    value: Option<Ref<'_>>,
) -> Outcome<()> {
    let view = this.payload::<MemoryView>().expect("a view");
    drop(open(cx, this)?);
    if view.layout.readonly {
        return Err(cx.type_error("cannot modify read-only memory"));
    }
    let Some(value) = value else {
        return Err(cx.type_error("cannot delete memory"));
    };
    let layout = &view.layout;
    let at = match (key(cx, given)?, layout.dimensions()) {
        (Key::One(indices), 0) if indices.is_empty() => layout.start,
        (Key::All, 0) => layout.start,
        (_, 0) => return no_dimension(cx),
        (Key::One(indices), _) => offset(cx, layout, &indices, false)?,
        (Key::Part(bounds), 1) => {
            let target = layout.sliced(bounds.select(layout.shape[0]));
            return assign(cx, this, &target, value);
        }
        (Key::Part(_) | Key::Parts, _) => {
            let message = "memoryview slice assignments are currently restricted to ndim = 1";
            return not_implemented(cx, message);
        }
        (Key::All | Key::Wrong, _) => {
            return Err(cx.type_error("memoryview: invalid slice key"));
        }
    };
    let packed = pack(cx, layout.format, value)?;
    let open = open(cx, this)?;
    open.export.write(cx, |bytes| {
        bytes[at..at + packed.len()].copy_from_slice(&packed);
    });
    Ok(())
}

/// Copies the items of another object to a part of a view.
fn assign(cx: &Cx, this: Ref<'_>, target: &Layout, value: Ref<'_>) -> Outcome<()> {
    if Buffer::of(value).is_none()
        && value.payload::<MemoryView>().is_none()
        && !crate::types::buffer::is_bytes_like(cx, value)
    {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!("a bytes-like object is required, not '{kind}'")));
    }
    let source = over(cx, value)?;
    let source = super::open(cx, source.borrow())?;
    if source.layout.format != target.format || source.layout.shape != target.shape {
        return Err(
            cx.value_error("memoryview assignment: lvalue and rvalue have different structures")
        );
    }
    let items = source.bytes();
    let size = target.format.size();
    let offsets = target.offsets();
    let open = open(cx, this)?;
    open.export.write(cx, |bytes| {
        for (at, item) in offsets.into_iter().zip(items.chunks_exact(size)) {
            bytes[at..at + size].copy_from_slice(item);
        }
    });
    Ok(())
}
