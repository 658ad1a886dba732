//! Methods of tuples, ranges, slices, bytes, iterators and output streams.

use crate::eval::context::Context;
use crate::eval::iterator::{self, Next};
use crate::eval::other::{Native, Other};
use crate::eval::shared::Shared;
use crate::eval::subscript;
use crate::eval::types::TypeId;
use crate::eval::{Args, Outcome, convert};
use crate::objects::range::Range;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::lists::same;
use super::output::written;
use super::tables::{method, property, with_keywords};

pub(super) const TUPLE_METHODS: &[Native] = &[
    method("index", 1, 3, tuple_index),
    method("count", 1, 1, tuple_count),
];

pub(super) const RANGE_METHODS: &[Native] = &[
    method("index", 1, 1, range_index),
    method("count", 1, 1, range_count),
    property("start", range_start),
    property("stop", range_stop),
    property("step", range_step),
];

pub(super) const SLICE_METHODS: &[Native] = &[
    property("start", slice_start),
    property("stop", slice_stop),
    property("step", slice_step),
    method("indices", 1, 1, slice_indices),
];

pub(super) const BYTES_METHODS: &[Native] = &[
    with_keywords(method("decode", 0, 2, decode)),
    method("hex", 0, 0, hex),
];

pub(super) const ITERATOR_METHODS: &[Native] = &[
    method("__next__", 0, 0, next),
    method("__iter__", 0, 0, itself),
];

pub(super) const STREAM_METHODS: &[Native] = &[
    method("write", 1, 1, write),
    method("flush", 0, 0, flush),
    method("isatty", 0, 0, isatty),
];

/// Where an item is between the optional bounds in the second and third argument.
pub(super) fn position_of(
    cx: &mut Context<'_>,
    items: &[Value],
    args: Args<'_>,
) -> Outcome<Option<usize>> {
    let length = items.len() as i64;
    let clamp =
        |bound: i64| (if bound < 0 { bound + length } else { bound }).clamp(0, length) as usize;
    let start = match args.get(2) {
        Some(start) => clamp(convert::index(cx, start)?),
        None => 0,
    };
    let stop = match args.get(3) {
        Some(stop) => clamp(convert::index(cx, stop)?),
        None => items.len(),
    };
    for (position, item) in items.iter().enumerate().take(stop).skip(start) {
        if same(cx, *item, args.positional[1])? {
            return Ok(Some(position));
        }
    }
    Ok(None)
}

/// How many items are the same as a value.
pub(super) fn count_of(cx: &mut Context<'_>, items: &[Value], value: Value) -> Outcome<i64> {
    let mut count = 0;
    for item in items {
        count += i64::from(same(cx, *item, value)?);
    }
    Ok(count)
}

fn tuple_items(value: &Value) -> &[Value] {
    value.downcast::<Tuple>().map_or(&[][..], Tuple::items)
}

fn tuple_index(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match position_of(cx, tuple_items(&args.positional[0]), args)? {
        Some(position) => Ok(cx.int(position as i64)),
        None => Err(cx.value_error("tuple.index(x): x not in tuple")),
    }
}

fn tuple_count(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let count = count_of(cx, tuple_items(&args.positional[0]), args.positional[1])?;
    Ok(cx.int(count))
}

fn range_index(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let items = iterator::collect(cx, args.positional[0])?;
    let found = position_of(cx, &items, args);
    cx.drop_all(items);
    match found? {
        Some(position) => Ok(cx.int(position as i64)),
        None => {
            let text = crate::eval::text::repr(cx, args.positional[1])?;
            Err(cx.value_error(format!("{text} is not in range")))
        }
    }
}

fn range_count(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let found = subscript::contains(cx, args.positional[0], args.positional[1])?;
    Ok(cx.int(i64::from(found)))
}

fn range_bound(cx: &Context<'_>, args: Args<'_>, bound: fn(&Range) -> Value) -> Outcome {
    let range = args.positional[0].downcast::<Range>();
    Ok(range.map_or(Value::NONE, |range| cx.new_ref(bound(range))))
}

fn range_start(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    range_bound(cx, args, Range::start)
}

fn range_stop(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    range_bound(cx, args, Range::stop)
}

fn range_step(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    range_bound(cx, args, Range::step)
}

fn slice_parts(args: Args<'_>) -> [Value; 3] {
    match Other::of(&args.positional[0]) {
        Some(Other::Slice { start, stop, step }) => [*start, *stop, *step],
        _ => [Value::NONE; 3],
    }
}

fn slice_start(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(cx.new_ref(slice_parts(args)[0]))
}

fn slice_stop(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(cx.new_ref(slice_parts(args)[1]))
}

fn slice_step(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(cx.new_ref(slice_parts(args)[2]))
}

fn slice_indices(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let length = convert::index(cx, args.positional[1])?;
    let Ok(length) = usize::try_from(length) else {
        return Err(cx.value_error("length should not be negative"));
    };
    let Some(slice) = Other::of(&args.positional[0]) else {
        return Ok(Value::NONE);
    };
    let selection = subscript::select(cx, slice, length)?;
    let parts = [selection.start, selection.stop, selection.step].map(|part| cx.int(part));
    Ok(cx.tuple(&parts))
}

fn bytes_of<'a>(args: &Args<'a>) -> &'a [u8] {
    match args.positional.first().and_then(Other::of) {
        // SAFETY: the bytes never change and are borrowed from the arguments, which the caller keeps alive.
        Some(Other::Bytes(bytes)) => unsafe { &*std::ptr::from_ref(&**bytes) },
        _ => &[],
    }
}

fn decode(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    decode_utf8(cx, bytes_of(&args))
}

/// Bytes as text.
pub(super) fn decode_utf8(cx: &mut Context<'_>, bytes: &[u8]) -> Outcome {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(cx.str(text)),
        Err(error) => {
            let position = error.valid_up_to();
            let message = format!(
                "'utf-8' codec can't decode byte 0x{:02x} in position {position}: invalid start byte",
                bytes[position]
            );
            Err(cx.error(TypeId::UnicodeError, message))
        }
    }
}

fn hex(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let digits: String = bytes_of(&args)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(cx.str(&digits))
}

fn next(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match iterator::next(cx, args.positional[0])? {
        Next::Item(item) => Ok(item),
        Next::End => Err(cx.error_with(TypeId::StopIteration, &[])),
    }
}

fn itself(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(cx.new_ref(args.positional[0]))
}

fn write(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let text = convert::text(cx, &args.positional[1], "write() argument")?;
    let error = matches!(
        Other::of(&args.positional[0]),
        Some(Other::Stream { error: true })
    );
    written(cx, |shared| shared.write(error, text))?;
    Ok(cx.int(text.chars().count() as i64))
}

fn flush(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    written(cx, Shared::flush)?;
    Ok(Value::NONE)
}

fn isatty(_cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(Value::FALSE)
}
