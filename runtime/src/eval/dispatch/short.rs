//! Short steps of the loop: on the cursor only, or at a safepoint.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::truth;
use crate::objects::drain_merge_queue;
use crate::protocols::runtime::safepoint;

#[inline(always)]
pub(super) fn swap(at: &mut Cursor, position: usize) {
    let top = at.pop();
    let other = at.exchange(position - 1, top);
    at.push_word(other);
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
pub(super) fn serve_requests(cx: &Cx) {
    let ts = cx.ts;
    safepoint(ts, |_requests| drain_merge_queue(ts));
}

/// A safepoint at which an exception may come from outside.
#[inline(always)]
pub(super) fn serve(cx: &Cx) -> Outcome<()> {
    serve_requests(cx);
    if cx.shared.interrupts.is_asked() {
        return cx.check_interrupt();
    }
    Ok(())
}
