//! Operators on strings, tuples, lists and bytes, and the items of ranges.

use crate::compile::BinaryOperator as Op;
use crate::eval::context::Context;
use crate::eval::other::Other;
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Outcome, format, iterator};
use crate::objects::int;
use crate::objects::list::{self, List};
use crate::objects::range::Range;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// Concatenation and repetition; nothing for other operators and types. Borrows both.
pub(super) fn binary(
    cx: &mut Context<'_>,
    operator: Op,
    in_place: bool,
    left: Value,
    right: Value,
) -> Outcome<Option<Value>> {
    match operator {
        Op::Add => concatenate(cx, in_place, left, right),
        Op::Multiply => match (is_sequence(&left), is_sequence(&right)) {
            (true, _) => repeat(cx, in_place, left, right),
            (false, true) => repeat(cx, false, right, left),
            (false, false) => Ok(None),
        },
        Op::Modulo => match left.downcast::<Str>() {
            Some(text) => format::printf(cx, text.as_str(), right).map(Some),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn is_sequence(value: &Value) -> bool {
    value.downcast::<Str>().is_some()
        || value.downcast::<Tuple>().is_some()
        || value.downcast::<List>().is_some()
        || matches!(Other::of(value), Some(Other::Bytes(_)))
}

fn concatenate(
    cx: &mut Context<'_>,
    in_place: bool,
    left: Value,
    right: Value,
) -> Outcome<Option<Value>> {
    if let Some(list) = left.downcast::<List>().filter(|_| in_place) {
        let items = iterator::collect(cx, right)?;
        list::extend(cx.ts, list, &items);
        return Ok(Some(cx.new_ref(left)));
    }
    if let (Some(left), Some(right)) = (left.downcast::<Str>(), right.downcast::<Str>()) {
        return Ok(Some(cx.str(&[left.as_str(), right.as_str()].concat())));
    }
    if let (Some(left), Some(right)) = (left.downcast::<Tuple>(), right.downcast::<Tuple>()) {
        let both = left.items().iter().chain(right.items());
        let items: Vec<Value> = both.map(|item| cx.new_ref(*item)).collect();
        return Ok(Some(cx.tuple(&items)));
    }
    if let (Some(left), Some(right)) = (left.downcast::<List>(), right.downcast::<List>()) {
        let mut items = list::snapshot(cx.ts, left);
        items.extend(list::snapshot(cx.ts, right));
        return Ok(Some(list::new(cx.ts, &items)));
    }
    if let (Some(Other::Bytes(left)), Some(Other::Bytes(right))) =
        (Other::of(&left), Other::of(&right))
    {
        return Ok(Some(
            Other::Bytes([&left[..], &right[..]].concat().into()).alloc(cx.ts),
        ));
    }
    match is_sequence(&left) {
        true => Err(cannot_concatenate(cx, left, right)),
        false => Ok(None),
    }
}

#[cold]
fn cannot_concatenate(cx: &mut Context<'_>, left: Value, right: Value) -> crate::eval::Raised {
    let (kind, other) = (type_name(&left), type_name(&right));
    let message = match kind {
        "bytes" => format!("can't concat {other} to bytes"),
        _ => format!("can only concatenate {kind} (not \"{other}\") to {kind}"),
    };
    cx.type_error(message)
}

fn repeat(
    cx: &mut Context<'_>,
    in_place: bool,
    sequence: Value,
    count: Value,
) -> Outcome<Option<Value>> {
    if int::to_big(&count).is_none() {
        let message = format!(
            "can't multiply sequence by non-int of type '{}'",
            type_name(&count)
        );
        return Err(cx.type_error(message));
    }
    let count = match int::to_i64(&count) {
        Some(count) => count.max(0) as usize,
        None => {
            let message = "cannot fit 'int' into an index-sized integer";
            return Err(cx.error(TypeId::OverflowError, message));
        }
    };
    let length = super::super::convert::len(cx, sequence)?;
    if length
        .checked_mul(count)
        .is_none_or(|total| total > isize::MAX as usize / 16)
    {
        return Err(cx.error(TypeId::MemoryError, ""));
    }
    Ok(Some(repeated(cx, in_place, sequence, count)))
}

fn repeated(cx: &mut Context<'_>, in_place: bool, sequence: Value, count: usize) -> Value {
    if let Some(text) = sequence.downcast::<Str>() {
        return cx.str(&text.as_str().repeat(count));
    }
    if let Some(Other::Bytes(bytes)) = Other::of(&sequence) {
        return Other::Bytes(bytes.repeat(count).into()).alloc(cx.ts);
    }
    if let Some(tuple) = sequence.downcast::<Tuple>() {
        let items = repeat_items(cx, tuple.items(), count);
        return cx.tuple(&items);
    }
    let Some(list) = sequence.downcast::<List>() else {
        return Value::NONE;
    };
    let items = list::snapshot(cx.ts, list);
    let repeated = repeat_items(cx, &items, count);
    cx.drop_all(items);
    if in_place {
        list::replace(cx.ts, list, 0, usize::MAX, &repeated);
        return cx.new_ref(sequence);
    }
    list::new(cx.ts, &repeated)
}

fn repeat_items(cx: &Context<'_>, items: &[Value], count: usize) -> Vec<Value> {
    let repeated = items.repeat(count);
    repeated.iter().for_each(|item| {
        cx.new_ref(*item);
    });
    repeated
}

/// The item of a range at a position that is inside it.
pub(crate) fn range_item(cx: &mut Context<'_>, range: &Range, position: i64) -> Outcome {
    let number = |value: Value| {
        int::to_big(&value)
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default()
    };
    let item = number(range.start()) + number(range.step()) * position;
    Ok(int::from_big(cx.ts, item))
}
