//! Taking an iterable apart: all its items, or as many as there are targets.

use super::{Next, is_iterable, iter, next};
use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::types::type_name;
use crate::objects::list::{self, List};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// Calls `visit` with every item of an iterable, each a new reference. Borrows the iterable.
pub(crate) fn each(
    cx: &mut Context<'_>,
    iterable: Value,
    mut visit: impl FnMut(&mut Context<'_>, Value) -> Outcome<()>,
) -> Outcome<()> {
    let iterator = iter(cx, iterable)?;
    let result = loop {
        match next(cx, iterator) {
            Ok(Next::Item(item)) => {
                if let Err(raised) = visit(cx, item) {
                    break Err(raised);
                }
            }
            Ok(Next::End) => break Ok(()),
            Err(raised) => break Err(raised),
        }
    };
    cx.drop(iterator);
    result
}

/// All items of an iterable, new references. Borrows the iterable.
pub(crate) fn collect(cx: &mut Context<'_>, iterable: Value) -> Outcome<Vec<Value>> {
    if let Some(list) = iterable.downcast::<List>() {
        return Ok(list::snapshot(cx.ts, list));
    }
    let mut items = Vec::new();
    let result = each(cx, iterable, |_, item| {
        items.push(item);
        Ok(())
    });
    match result {
        Ok(()) => Ok(items),
        Err(raised) => {
            cx.drop_all(items);
            Err(raised)
        }
    }
}

/// Exactly `count` items, for unpacking.
pub(in crate::eval) fn unpack(
    cx: &mut Context<'_>,
    count: usize,
    operands: &[Value],
) -> Outcome<Vec<Value>> {
    let value = operands[0];
    let items = unpackable(cx, value)?;
    if items.len() == count {
        return Ok(items);
    }
    let got = items.len();
    let known = value.downcast::<List>().is_some() || value.downcast::<Tuple>().is_some();
    cx.drop_all(items);
    let message = match (got > count, known) {
        (true, true) => format!("too many values to unpack (expected {count}, got {got})"),
        (true, false) => format!("too many values to unpack (expected {count})"),
        (false, _) => format!("not enough values to unpack (expected {count}, got {got})"),
    };
    Err(cx.value_error(message))
}

fn unpackable(cx: &mut Context<'_>, value: Value) -> Outcome<Vec<Value>> {
    if !is_iterable(cx, value) {
        let message = format!("cannot unpack non-iterable {} object", type_name(&value));
        return Err(cx.type_error(message));
    }
    collect(cx, value)
}

/// Items before a star, a list, items after it.
pub(in crate::eval) fn unpack_with_rest(
    cx: &mut Context<'_>,
    before: usize,
    after: usize,
    operands: &[Value],
) -> Outcome<Vec<Value>> {
    let value = operands[0];
    let mut items = unpackable(cx, value)?;
    if items.len() < before + after {
        let got = items.len();
        cx.drop_all(items);
        let message = format!(
            "not enough values to unpack (expected at least {}, got {got})",
            before + after
        );
        return Err(cx.value_error(message));
    }
    let rest: Vec<Value> = items.drain(before..items.len() - after).collect();
    items.insert(before, list::new(cx.ts, &rest));
    Ok(items)
}
