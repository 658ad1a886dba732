//! Numbers that a program reads or sets: limits, counts, sizes.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, number};
use crate::eval::{Args, Outcome};
use crate::objects::gc;
use crate::refs::{Owned, Ref};
use crate::sync::event;
use crate::types::TypeId;
use crate::types::convert::Given;

/// What CPython says of immortal objects.
const IMMORTAL: i64 = u32::MAX as i64;

/// The reference of the argument is the caller's, so it is not counted once more as in CPython.
pub(super) fn getrefcount(_cx: &Cx, object: Ref<'_>) -> i64 {
    event::leaves("counts of references");
    match object.header().map(|header| header.count.snapshot()) {
        Some(count) if !count.is_immortal() => count.total(),
        _ => IMMORTAL,
    }
}

pub(super) fn getsizeof(cx: &Cx, object: Ref<'_>, default: Given<'_>) -> Outcome {
    let size = match attribute::special(cx, object, cx.intern("__sizeof__")) {
        Ok(Some(method)) => cx.call(method.borrow(), Args::NONE),
        Ok(None) => {
            let kind = cx.type_name(object);
            Err(cx.type_error(format!("Type {kind} doesn't define __sizeof__")))
        }
        Err(raised) => Err(raised),
    };
    let size = match (size, default.0) {
        (Err(raised), Some(default)) if raised.is(cx, TypeId::TypeError) => {
            return Ok(default.own());
        }
        (size, _) => number::index(cx, size?.borrow())?,
    };
    match size < 0 {
        true => Err(cx.value_error("__sizeof__() should return >= 0")),
        false => Ok(cx.int(size)),
    }
}

pub(super) fn allocated_blocks(cx: &Cx) -> usize {
    event::leaves("counts of blocks");
    gc::blocks(cx.ts)
}

pub(super) fn origin_depth(cx: &Cx) -> usize {
    cx.origin_depth.get()
}

pub(super) fn set_origin_depth(cx: &Cx, depth: i32) -> Outcome<()> {
    let Ok(depth) = usize::try_from(depth) else {
        return Err(cx.value_error("depth must be >= 0"));
    };
    cx.origin_depth.set(depth);
    Ok(())
}

pub(super) fn getrecursionlimit(cx: &Cx) -> usize {
    cx.recursion_limit.get()
}

pub(super) fn setrecursionlimit(cx: &Cx, limit: i64) -> Outcome<()> {
    if limit < 1 {
        return Err(cx.value_error("recursion limit must be greater or equal than 1"));
    }
    let depth = cx.depth();
    if depth >= limit as usize {
        return Err(cx.error(
            TypeId::RecursionError,
            format!(
                "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
            ),
        ));
    }
    event::leaves("the recursion limit");
    cx.shared.limits.set_recursion(limit as usize);
    cx.recursion_limit.set(limit as usize);
    Ok(())
}

pub(super) fn getswitchinterval(cx: &Cx) -> Owned {
    cx.float(cx.shared.limits.switch_interval())
}

pub(super) fn setswitchinterval(cx: &Cx, interval: f64) -> Outcome<()> {
    if interval.is_nan() || interval <= 0.0 {
        return Err(cx.value_error("switch interval must be strictly positive"));
    }
    cx.shared.limits.set_switch_interval(interval);
    Ok(())
}

pub(super) fn get_int_max_str_digits(cx: &Cx) -> usize {
    cx.shared.limits.digits()
}

pub(super) fn set_int_max_str_digits(cx: &Cx, maxdigits: i64) -> Outcome<()> {
    /// Fewer digits than this are always converted.
    const THRESHOLD: i64 = 640;
    if maxdigits != 0 && maxdigits < THRESHOLD {
        return Err(cx.value_error(format!("maxdigits must be 0 or larger than {THRESHOLD}")));
    }
    cx.shared.limits.set_digits(maxdigits as usize);
    Ok(())
}
