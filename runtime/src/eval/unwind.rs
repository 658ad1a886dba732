//! Leaving frames: by return, or by an exception that looks for its handler.

use crate::eval::code::CodeRef;
use crate::eval::context::Context;
use crate::eval::exception::{self, Entry};
use crate::eval::frame::{Cursor, Frame};
use crate::eval::{Outcome, Raised};
use crate::objects::value::Value;

/// Where a frame that was left or an exception that was caught leads.
pub(in crate::eval) enum Left {
    /// Another frame, or the same elsewhere, goes on.
    GoOn(Cursor),
    /// The frame that Rust code entered has ended.
    Done(Value),
}

/// Gives back what a frame holds and goes on where it was called.
#[inline(always)]
pub(super) fn leave_frame(cx: &mut Context<'_>, at: Cursor, value: Value) -> Left {
    let Some(frame) = cx.frames.pop() else {
        return Left::Done(value);
    };
    release(cx, at, &frame);
    if frame.entry {
        return Left::Done(value);
    }
    let mut cursor = cx.top_frame().cursor;
    cursor.cut(frame.result);
    cursor.push(value);
    Left::GoOn(cursor)
}

/// Drops the words between where the result goes and the top of the frame.
#[inline(always)]
fn release(cx: &Context<'_>, at: Cursor, frame: &Frame) {
    let mut rest = at;
    while rest.top() > frame.result {
        if let Some(value) = rest.pop_word() {
            cx.drop(value);
        }
    }
}

impl Context<'_> {
    /// The running frame.
    ///
    /// # Panics
    /// When no Python code is running.
    #[inline(always)]
    pub(in crate::eval) fn top_frame(&self) -> &Frame {
        self.frames.last().expect("a frame is running")
    }

    /// The globals of the code that is running, borrowed.
    pub(crate) fn globals(&self) -> Value {
        self.top_frame().globals
    }

    /// Finds the handler of an exception: in this frame, or in those that called it. `new` says that the exception
    /// comes from the current instruction, which then becomes part of the traceback.
    #[cold]
    pub(in crate::eval) fn unwind(
        &mut self,
        at: Cursor,
        raised: Raised,
        new: bool,
    ) -> Outcome<Cursor> {
        let (mut at, mut new) = (at, new);
        loop {
            let code = self.top_frame().code;
            let index = at.index(code);
            if new {
                let entry = Entry {
                    code,
                    instruction: index,
                };
                exception::passed(self.ts, &raised.0, entry);
            }
            if let Some(cursor) = self.handler(at, code, index) {
                let mut cursor = cursor;
                cursor.push(raised.0);
                return Ok(cursor);
            }
            let Some(frame) = self.frames.pop() else {
                return Err(raised);
            };
            release(self, at, &frame);
            if frame.entry {
                return Err(raised);
            }
            at = self.top_frame().cursor;
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
                self.drop(value);
            }
        }
        cursor.jump(code, handler.target);
        Some(cursor)
    }
}
