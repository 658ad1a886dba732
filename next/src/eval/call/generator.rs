//! Frames that become objects: how a generator, coroutine or asynchronous generator stops and goes on.

use std::ptr::NonNull;

use crate::eval::call::bare;
use crate::eval::cx::Cx;
use crate::eval::dispatch::{Ended, run};
use crate::eval::frame::{Cursor, Frame, Word};
use crate::eval::unwind;
use crate::eval::{Outcome, Raised};
use crate::refs::Owned;
use crate::types::function::Function;

/// A frame that does not run.
pub(crate) struct Suspended {
    pub(crate) function: Owned,
    pub(crate) locals: Option<Owned>,
    /// Slots and then operands.
    pub(crate) words: Vec<Option<Owned>>,
    /// The instruction that suspended it.
    pub(crate) instruction: u32,
    /// The exception that it was handling.
    pub(crate) handled: Option<Owned>,
}

/// What goes into a frame that goes on.
pub(crate) enum Resumption {
    Value(Owned),
    Exception(Raised),
}

impl Cx<'_> {
    /// Lets a suspended frame go on until it yields or ends; gives the frame back in the first case.
    pub(crate) fn resume(
        &self,
        suspended: Suspended,
        with: Resumption,
    ) -> Outcome<(Owned, Option<Suspended>)> {
        self.nested(|| self.resume_here(suspended, with))
    }

    fn resume_here(
        &self,
        suspended: Suspended,
        with: Resumption,
    ) -> Outcome<(Owned, Option<Suspended>)> {
        let function = suspended.function.clone();
        let body = function.borrow().payload::<Function>().expect("a function");
        let base = self.free_words();
        if !self.has_room() || !self.stack.fits(base, body.code.frame_size) {
            return Err(self.too_deep(""));
        }
        let count = suspended.words.len();
        for (index, word) in suspended.words.into_iter().enumerate() {
            // SAFETY: the frame fits.
            unsafe { base.add(index).write(word.map(Into::into)) };
        }
        let mut at = Cursor::at(body.code, base, count, suspended.instruction + 1);
        self.push_frame(Frame {
            code: body.code,
            function: bare(&function),
            globals: bare(&body.globals),
            locals: suspended.locals,
            result: base,
            cursor: at,
            entry: true,
        });
        let outer = self.handled();
        if suspended.handled.is_some() {
            self.set_handled(suspended.handled);
        }
        match with {
            Resumption::Value(value) => {
                at.push(value);
                self.mark_caller(at);
            }
            Resumption::Exception(raised) => {
                let new = !body.code.is_delegating(suspended.instruction);
                match self.unwind(at, raised, new) {
                    Ok(cursor) => self.mark_caller(cursor),
                    Err(raised) => {
                        self.set_handled(outer);
                        return Err(raised);
                    }
                }
            }
        }
        let ended = run(self);
        let inner = self.set_handled(outer.clone());
        match ended? {
            Ended::Returned(value) => Ok((value, None)),
            Ended::Yielded(value) => {
                let mut left = self.take_suspended(function);
                let is_own = match (&inner, &outer) {
                    (Some(inner), Some(outer)) => inner.borrow() != outer.borrow(),
                    (inner, _) => inner.is_some(),
                };
                left.handled = inner.filter(|_| is_own);
                Ok((value, Some(left)))
            }
        }
    }

    /// Takes the frame on top off the stack; its cursor is noted.
    pub(in crate::eval) fn take_suspended(&self, function: Owned) -> Suspended {
        let frame = self.pop_frame().expect("a frame is running");
        let (words, instruction) = take_words(&frame);
        Suspended {
            function,
            locals: frame.locals,
            words,
            instruction,
            handled: None,
        }
    }
}

fn take_words(frame: &Frame) -> (Vec<Option<Owned>>, u32) {
    let count = frame.cursor.words(frame.cursor.slots());
    let take = |index: usize| {
        // SAFETY: the words up to the top belong to the frame, which nobody runs any more.
        let word: Word = unsafe { frame.cursor.slots().add(index).read() };
        word.map(|operand| operand.into_owned())
    };
    (
        (0..count).map(take).collect(),
        frame.cursor.index(frame.code),
    )
}

/// Gives back what a frame holds below its slots: the callable and what lies with it.
pub(in crate::eval) fn drop_below(cx: &Cx, result: NonNull<Word>, at: Cursor) {
    unwind::release_between(cx, result, at.slots());
}
