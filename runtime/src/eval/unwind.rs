//! Leaving frames: by return, or by an exception that looks for its handler.

use std::ptr::NonNull;

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::{After, Cursor, Top, Word};
use crate::eval::observe;
use crate::eval::{Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::exception;

/// Where a frame that was left leads.
pub(in crate::eval) enum Left<'a> {
    /// To the frame that called it.
    GoOn(Top<'a>),
    /// The frame that Rust code entered has ended.
    Done(Owned),
    /// Nowhere: the call was wrong, in the frame that made it, with its cursor.
    Refused(Cursor, Raised),
}

/// Gives back what a frame holds and goes on where it was called.
#[inline(always)]
pub(super) fn leave_frame<'a>(cx: &Cx, at: Cursor, value: Owned) -> Left<'a> {
    let (result, after) = cx.end_of_frame(at);
    if after != After::Result {
        return leave_other(cx, at, (result, after), value);
    }
    release(cx, at, result);
    go_on(cx, result, value)
}

/// The same where what a frame returns is not just the result for the frame below.
#[inline(never)]
fn leave_other<'a>(
    cx: &Cx,
    at: Cursor,
    (result, after): (NonNull<Word>, After),
    value: Owned,
) -> Left<'a> {
    match after {
        After::Leaves => {
            release(cx, at, result);
            drop(cx.pop_frame());
            Left::Done(value)
        }
        After::Makes => leave_init(cx, at, result, value),
        After::Operates(operand) if value.is_not_implemented() => {
            leave_refused(cx, at, result, operand)
        }
        After::Result | After::Operates(_) => {
            release(cx, at, result);
            go_on(cx, result, value)
        }
    }
}

/// The same for the method of an operator that does not take its operands, which lie where the result would go.
#[cold]
fn leave_refused<'a>(cx: &Cx, at: Cursor, result: NonNull<Word>, operand: u8) -> Left<'a> {
    let mut operands = at;
    // SAFETY: both operands, and the method above them, lie there until the frame has ended.
    operands.cut(unsafe { result.add(2) });
    let raised = cx.refused_operator(operands, operand);
    release(cx, at, result);
    Left::Refused(back(cx, result), raised)
}

/// Takes the frame on top away, which holds nothing any more, and gives the cursor of whoever called it.
fn back(cx: &Cx, result: NonNull<Word>) -> Cursor {
    drop(cx.pop_frame());
    let mut at = cx.cursor();
    at.cut(result);
    at
}

/// The same for `__init__` of a new object, which becomes the result.
fn leave_init<'a>(cx: &Cx, at: Cursor, result: NonNull<Word>, value: Owned) -> Left<'a> {
    let made = cx.made(result, value);
    release(cx, at, result);
    match made {
        Ok(object) => go_on(cx, result, object),
        Err(raised) => Left::Refused(back(cx, result), raised),
    }
}

/// Takes the frame on top away, which holds nothing any more, and gives a value to the one that called it.
#[inline(always)]
fn go_on<'a>(cx: &Cx, result: NonNull<Word>, value: Owned) -> Left<'a> {
    drop(cx.pop_frame());
    let mut top = cx.top();
    top.cursor.cut(result);
    top.cursor.push(value);
    Left::GoOn(top)
}

/// Gives back the words from one place up to another.
#[inline(always)]
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

/// Gives back the words of the running frame, slots in their order. What is given back may run code, whose frames lie
/// above this one, and which may look at its slots.
#[inline(always)]
fn release(cx: &Cx, at: Cursor, result: NonNull<Word>) {
    release_between(cx, result, at.top());
}

impl Cx<'_> {
    /// Where the result of the running frame goes, and what becomes of it.
    /// What the object that stands for the frame needs is in it from then on.
    ///
    /// # Panics
    /// When no Python code is running.
    #[inline(always)]
    pub(in crate::eval) fn end_of_frame(&self, at: Cursor) -> (NonNull<Word>, After) {
        let frames = self.frames.borrow();
        let frame = frames.last().expect("a frame is running");
        let end = (frame.result, frame.after);
        if frame.object.is_some() {
            drop(frames);
            observe::leave(self, at);
        }
        end
    }

    /// Where the loop goes on.
    ///
    /// # Panics
    /// As above.
    #[inline(always)]
    pub(in crate::eval) fn top<'a>(&self) -> Top<'a> {
        self.frames
            .borrow()
            .last()
            .expect("a frame is running")
            .top()
    }

    /// The globals of the code that is running; the builtins where there is none.
    pub(crate) fn globals(&self) -> Owned {
        match self.frames.borrow().last() {
            // SAFETY: the frame borrows the dict from a function that it keeps alive.
            Some(frame) => unsafe { Ref::from_value(frame.globals) }.own(),
            None => self.world().builtins().own(),
        }
    }

    /// Whether the running code was compiled under `from __future__ import annotations`.
    pub(crate) fn has_future_annotations(&self) -> bool {
        let frames = self.frames.borrow();
        let running = frames.last();
        running.is_some_and(|frame| frame.code.code.future_annotations)
    }

    /// Finds the handler of an exception: in this frame, or in those that called it. `new` says that the exception
    /// comes from the current instruction, which then becomes part of the traceback.
    #[cold]
    pub(in crate::eval) fn unwind(&self, at: Cursor, raised: Raised, new: bool) -> Outcome<Cursor> {
        let (mut at, mut new) = (at, new);
        loop {
            let code = self.top_code();
            let index = at.index(code);
            if new && !code.stands_for_native() {
                self.mark_caller(at);
                let frame = self.frame_object_at(self.frame_count() - 1);
                exception::passed(self, raised.0.borrow(), frame, index);
            }
            if let Some(cursor) = self.handler(at, code, index) {
                let mut cursor = cursor;
                cursor.push(raised.0);
                return Ok(cursor);
            }
            let (result, after) = self.end_of_frame(at);
            release(self, at, result);
            drop(self.pop_frame());
            if after == After::Leaves {
                return Err(raised);
            }
            at = self.cursor();
            // The caller's operands from the callable on were the callee's, and are gone with it.
            at.cut(result);
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
