//! Leaving frames: by return, or by an exception that looks for its handler.

use std::ptr::NonNull;

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::{Cursor, Frame, Word};
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::exception::{self, Entry};

/// Where a frame that was left or an exception that was caught leads.
pub(in crate::eval) enum Left {
    /// Another frame, or the same elsewhere, goes on.
    GoOn(Cursor),
    /// The frame that Rust code entered has ended.
    Done(Owned),
}

/// Gives back what a frame holds and goes on where it was called.
#[inline(always)]
pub(super) fn leave_frame(cx: &Cx, at: Cursor, value: Owned) -> Left {
    let Some(frame) = cx.pop_frame() else {
        return Left::Done(value);
    };
    release(cx, at, &frame);
    if frame.entry {
        return Left::Done(value);
    }
    let mut cursor = cx.cursor();
    cursor.cut(frame.result);
    cursor.push(value);
    Left::GoOn(cursor)
}

/// Gives back the words from one place up to another.
pub(super) fn release_between(cx: &Cx, from: NonNull<Word>, to: NonNull<Word>) {
    let mut place = from;
    while place < to {
        // SAFETY: the words lie on the stack of this thread, and belong to a frame that is being left.
        unsafe {
            if let Some(word) = place.replace(None) {
                word.discard(cx.ts);
            }
            place = place.add(1);
        }
    }
}

/// Drops the words between where the result goes and the top of the frame.
#[inline(always)]
fn release(cx: &Cx, at: Cursor, frame: &Frame) {
    let mut rest = at;
    while rest.top() > frame.result {
        if let Some(value) = rest.pop_word() {
            value.discard(cx.ts);
        }
    }
}

impl Cx<'_> {
    /// The globals of the code that is running; the builtins where there is none.
    pub(crate) fn globals(&self) -> Owned {
        match self.frames.borrow().last() {
            // SAFETY: the frame borrows the dict from a function that it keeps alive.
            Some(frame) => unsafe { Ref::from_value(frame.globals) }.own(),
            None => self.world().builtins().own(),
        }
    }

    /// Finds the handler of an exception: in this frame, or in those that called it. `new` says that the exception
    /// comes from the current instruction, which then becomes part of the traceback.
    #[cold]
    pub(in crate::eval) fn unwind(&self, at: Cursor, raised: Raised, new: bool) -> Outcome<Cursor> {
        let (mut at, mut new) = (at, new);
        loop {
            let code = self.top_code();
            let index = at.index(code);
            if new {
                let entry = Entry {
                    code,
                    instruction: index,
                };
                exception::passed(self, raised.0.borrow(), entry);
            }
            if let Some(cursor) = self.handler(at, code, index) {
                let mut cursor = cursor;
                cursor.push(raised.0);
                return Ok(cursor);
            }
            let Some(frame) = self.pop_frame() else {
                return Err(raised);
            };
            release(self, at, &frame);
            if frame.entry {
                return Err(raised);
            }
            at = self.cursor();
            // The caller's operands from the callable on were the callee's, and are gone with it.
            at.cut(frame.result);
            new = true;
        }
    }

    /// The start of the handler that covers an instruction, with the operands above what it keeps given back.
    fn handler(&self, at: Cursor, code: CodeRef, index: u32) -> Option<Cursor> {
        let handler = code.code.handler_at(index)?;
        let mut cursor = at;
        while cursor.depth(code) > handler.depth as usize {
            if let Some(value) = cursor.pop_word() {
                value.discard(self.ts);
            }
        }
        cursor.jump(code, handler.target);
        Some(cursor)
    }
}
