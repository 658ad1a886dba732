//! Short steps of the loop: on the cursor only, or at a safepoint.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::{binary, truth};
use crate::objects::float::Float;
use crate::objects::{drain_merge_queue, gc};
use crate::protocols::eval_breaker::Requests;
use crate::protocols::runtime::safepoint;

#[inline(always)]
pub(super) fn swap(at: &mut Cursor, position: usize) {
    let top = at.pop();
    let other = at.exchange(position - 1, top);
    at.push_word(other);
}

/// Two floats, or a float and a small integer, replaced by what an operator gives; says whether it could. A float
/// that nobody else has takes the result.
#[inline(always)]
pub(super) fn floats(cx: &Cx, at: &mut Cursor, operand: u32) -> bool {
    let (left, right) = (at.peek(2), at.peek(1));
    let Some(result) = binary::of_floats(operand, left, right) else {
        return false;
    };
    let renewed = |position: usize| {
        let float = at.peek(position).exact::<Float>();
        at.owns(position) && float.is_some_and(|float| float.renew(cx.ts, result))
    };
    if renewed(2) {
        at.pop().discard(cx.ts);
    } else if renewed(1) {
        let right = at.pop();
        at.pop().discard(cx.ts);
        at.push_operand(right);
    } else {
        let result = cx.float(result);
        at.pop().discard(cx.ts);
        at.pop().discard(cx.ts);
        at.push(result);
    }
    true
}

/// Pops a condition; most are `True` or `False` already.
#[inline(always)]
pub(super) fn pop_truth(cx: &Cx, at: &mut Cursor) -> Outcome<bool> {
    if let Some(truth) = at.peek(1).as_bool() {
        at.cut(at.place(1));
        return Ok(truth);
    }
    let truth = truth::is_true(cx, at.peek(1))?;
    at.pop().discard(cx.ts);
    Ok(truth)
}

/// A safepoint.
#[inline(always)]
pub(in crate::eval) fn serve_requests(cx: &Cx) {
    safepoint(cx.ts, |requests| serve_objects(cx, requests));
}

/// Ends what other threads handed over, and collects.
#[cold]
fn serve_objects(cx: &Cx, requests: Requests) {
    drain_merge_queue(cx.ts);
    if requests.contains(Requests::SHARE) {
        gc::share_contended(cx.ts);
    }
    if requests.contains(Requests::COLLECT) {
        (cx.shared.above.collect)(cx);
    }
}

/// A safepoint at which an exception may come from outside.
#[inline(always)]
pub(super) fn serve(cx: &Cx) -> Outcome<()> {
    serve_requests(cx);
    if cx.shared.pending.is_asked() {
        return cx.check_interrupt();
    }
    Ok(())
}
