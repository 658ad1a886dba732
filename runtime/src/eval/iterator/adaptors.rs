//! The iterators of `enumerate`, `zip`, `map`, `filter` and `iter(function, sentinel)`.

use super::{ENDED, Iteration, Next, next};
use crate::eval::context::Context;
use crate::eval::{Args, Outcome, convert};
use crate::objects::compare;
use crate::objects::value::Value;

pub(super) fn enumerate(
    cx: &mut Context<'_>,
    iteration: &Iteration,
    inner: Value,
) -> Outcome<Next> {
    let Next::Item(item) = next(cx, inner)? else {
        return Ok(Next::End);
    };
    let position = iteration.position();
    iteration.move_to(position + 1);
    let number = cx.int(position);
    Ok(Next::Item(cx.tuple(&[number, item])))
}

pub(super) fn zip(
    cx: &mut Context<'_>,
    iteration: &Iteration,
    iterators: &[Value],
    strict: bool,
) -> Outcome<Next> {
    let mut items = Vec::with_capacity(iterators.len());
    for (index, iterator) in iterators.iter().enumerate() {
        match next(cx, *iterator) {
            Ok(Next::Item(item)) => items.push(item),
            Ok(Next::End) => {
                cx.drop_all(items);
                return if strict {
                    strict_end(cx, iterators, index)
                } else {
                    Ok(Next::End)
                };
            }
            Err(raised) => {
                cx.drop_all(items);
                return Err(raised);
            }
        }
    }
    debug_assert!(iteration.position() == 0);
    match items.is_empty() {
        true => Ok(Next::End),
        false => Ok(Next::Item(cx.tuple(&items))),
    }
}

/// The end of `zip(.., strict=True)`: all iterators must end together.
fn strict_end(cx: &mut Context<'_>, iterators: &[Value], ended: usize) -> Outcome<Next> {
    let before = match ended {
        1 => "argument 1".to_owned(),
        count => format!("arguments 1-{count}"),
    };
    if ended > 0 {
        return Err(cx.value_error(format!(
            "zip() argument {} is shorter than {before}",
            ended + 1
        )));
    }
    for (index, iterator) in iterators.iter().enumerate().skip(1) {
        if let Next::Item(item) = next(cx, *iterator)? {
            cx.drop(item);
            let before = if index == 1 {
                "argument 1".to_owned()
            } else {
                format!("arguments 1-{index}")
            };
            return Err(cx.value_error(format!(
                "zip() argument {} is longer than {before}",
                index + 1
            )));
        }
    }
    Ok(Next::End)
}

pub(super) fn map(cx: &mut Context<'_>, function: Value, iterators: &[Value]) -> Outcome<Next> {
    let mut items = Vec::with_capacity(iterators.len());
    for iterator in iterators {
        match next(cx, *iterator) {
            Ok(Next::Item(item)) => items.push(item),
            ended => {
                cx.drop_all(items);
                return ended;
            }
        }
    }
    let result = cx.call(function, Args::positional(&items));
    cx.drop_all(items);
    result.map(Next::Item)
}

pub(super) fn filter(cx: &mut Context<'_>, function: Value, iterator: Value) -> Outcome<Next> {
    while let Next::Item(item) = next(cx, iterator)? {
        let answer = match function.is_none() {
            true => Ok(cx.new_ref(item)),
            false => cx.call(function, Args::positional(&[item])),
        };
        let kept = answer.and_then(|answer| {
            let kept = convert::is_true(cx, answer);
            cx.drop(answer);
            kept
        });
        match kept {
            Ok(true) => return Ok(Next::Item(item)),
            Ok(false) => cx.drop(item),
            Err(raised) => {
                cx.drop(item);
                return Err(raised);
            }
        }
    }
    Ok(Next::End)
}

pub(super) fn call_until(
    cx: &mut Context<'_>,
    iteration: &Iteration,
    function: Value,
    sentinel: Value,
) -> Outcome<Next> {
    if iteration.position() == ENDED {
        return Ok(Next::End);
    }
    let result = cx.call(function, Args::positional(&[]))?;
    let same = compare::same(cx.ts, result, sentinel);
    match cx.lift(same) {
        Ok(false) => Ok(Next::Item(result)),
        other => {
            cx.drop(result);
            iteration.move_to(ENDED);
            other.map(|_| Next::End)
        }
    }
}
