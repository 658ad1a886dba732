//! Frames that become objects: how a generator, coroutine or asynchronous generator stops and goes on.

use std::ptr::NonNull;

use crate::compile::Handler;
use crate::eval::call::bare;
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::dispatch::{Ended, run};
use crate::eval::frame::{After, Cursor, Frame, Passing, Word};
use crate::eval::observe::Held;
use crate::eval::unwind;
use crate::eval::{Outcome, Raised};
use crate::refs::{Operand, Owned, Ref};
use crate::types::function::Function;
use crate::types::{TypeId, exception, frame};

/// A frame that does not run.
pub(crate) struct Suspended {
    pub(crate) function: Owned,
    pub(crate) code: CodeRef,
    /// Slots and then operands; none while the object that stands for the frame has them.
    pub(crate) words: Vec<Option<Owned>>,
    /// The instruction that suspended it.
    pub(crate) instruction: u32,
    /// The exception that it was handling.
    pub(crate) handled: Option<Owned>,
    /// The object that stands for the frame, once somebody asked for it.
    pub(crate) object: Option<Owned>,
}

/// What goes into a frame that goes on.
pub(crate) enum Resumption {
    Value(Owned),
    Exception(Raised),
}

impl Suspended {
    /// Shows every reference that it owns.
    pub(crate) fn references(&self, visit: &mut dyn FnMut(Ref<'_>)) {
        visit(self.function.borrow());
        let rest = self.handled.iter().chain(&self.object);
        let words = self.words.iter().flatten();
        words.chain(rest).for_each(|one| visit(one.borrow()));
    }

    /// Gives up what it holds, unless somebody else has the object that stands for it.
    pub(crate) fn abandon(&self, cx: &Cx) {
        if let Some(object) = &self.object {
            frame::stay(cx, object.borrow());
        }
    }

    /// Whether a handler of the program would see an exception that comes from where it waits.
    pub(crate) fn is_guarded(&self) -> bool {
        let covers = |handler: &&Handler| (handler.start..handler.end).contains(&self.instruction);
        // One handler covers everything, and only looks for StopIteration.
        self.code.code.handlers.iter().filter(covers).count() > 1
    }

    /// Whether it yields for somebody else.
    pub(crate) fn is_delegating(&self) -> bool {
        self.code.is_delegating(self.instruction)
    }
}

impl Cx<'_> {
    /// Lets a suspended frame go on until it yields or ends; gives the frame back in the first case.
    pub(crate) fn resume(
        &self,
        suspended: Box<Suspended>,
        with: Resumption,
    ) -> Outcome<(Owned, Option<Box<Suspended>>)> {
        self.nested(|| self.resume_here(suspended, with))
    }

    fn resume_here(
        &self,
        suspended: Box<Suspended>,
        with: Resumption,
    ) -> Outcome<(Owned, Option<Box<Suspended>>)> {
        let mut suspended = suspended;
        let (code, instruction) = (suspended.code, suspended.instruction);
        let base = self.free_words();
        if !self.has_room() || !self.stack.fits(base, code.frame_size) {
            return Err(self.too_deep(""));
        }
        let at = self.lay_out(&mut suspended, base)?;
        let function = suspended.function.borrow();
        let body = function.payload::<Function>().expect("a function");
        self.push_frame(Frame {
            code,
            function: function.value(),
            globals: bare(&body.globals),
            locals: None,
            result: base,
            cursor: at,
            after: After::Leaves,
            object: suspended.object.take(),
            passing: Passing::default(),
        });
        self.open_level(suspended.handled.take());
        let ended = self.go_on(at, instruction, with);
        let handled = self.close_level();
        match ended? {
            Ended::Returned(value) => Ok((value, None)),
            Ended::Yielded(value) => {
                suspended.handled = handled;
                self.suspend(&mut suspended);
                Ok((value, Some(suspended)))
            }
        }
    }

    /// Puts the words of a frame that goes on back on the stack, where it fits; what they lay in stays for the next time.
    fn lay_out(&self, suspended: &mut Suspended, base: NonNull<Word>) -> Outcome<Cursor> {
        let words = std::mem::take(&mut suspended.words);
        let mut words = self.words_of(words, suspended.object.as_ref())?;
        let count = words.len();
        for (index, word) in words.drain(..).enumerate() {
            // SAFETY: the frame fits.
            unsafe { base.add(index).write(word.map(Into::into)) };
        }
        suspended.words = words;
        Ok(Cursor::at(
            suspended.code,
            base,
            count,
            suspended.instruction + 1,
        ))
    }

    /// The words of a frame that goes on, from where they are.
    fn words_of(
        &self,
        words: Vec<Option<Owned>>,
        object: Option<&Owned>,
    ) -> Outcome<Vec<Option<Owned>>> {
        let Some(object) = object else {
            return Ok(words);
        };
        match frame::unpark(self, object.borrow(), self.next_place()) {
            Some(held) => Ok(held.words),
            None => Err(self.error(TypeId::RuntimeError, "the frame was cleared")),
        }
    }

    fn go_on(&self, at: Cursor, instruction: u32, with: Resumption) -> Outcome<Ended> {
        let mut at = at;
        match with {
            Resumption::Value(value) => {
                at.push(value);
                self.mark_caller(at);
            }
            Resumption::Exception(raised) => {
                if let Some(handled) = self.handled_here() {
                    exception::chain(self, raised.0.borrow(), handled);
                }
                let new = !self.top_code().is_delegating(instruction);
                let cursor = self.unwind(at, raised, new)?;
                self.mark_caller(cursor);
            }
        }
        run(self)
    }

    /// The frame on top, taken off the stack; its cursor is noted.
    pub(in crate::eval) fn take_suspended(&self, function: Owned, code: CodeRef) -> Box<Suspended> {
        let mut suspended = Box::new(Suspended {
            function,
            code,
            words: Vec::new(),
            instruction: 0,
            handled: None,
            object: None,
        });
        self.suspend(&mut suspended);
        suspended
    }

    /// Takes the frame on top off the stack; its cursor is noted. The words go into `suspended`, which has none, or to
    /// the object that stands for the frame.
    fn suspend(&self, suspended: &mut Suspended) {
        let frame = self.pop_frame().expect("a frame is running");
        take_words(&frame, &mut suspended.words);
        suspended.instruction = frame.cursor.index(frame.code);
        if let Some(object) = &frame.object {
            let held = Held {
                words: std::mem::take(&mut suspended.words),
                locals: None,
                instruction: suspended.instruction,
            };
            frame::park(self, object.borrow(), held);
        }
        suspended.object = frame.object;
    }
}

fn take_words(frame: &Frame, words: &mut Vec<Option<Owned>>) {
    let slots = frame.cursor.slots();
    let count = frame.cursor.words(slots);
    words.extend((0..count).map(|index| {
        // SAFETY: the words up to the top belong to the frame, which nobody runs any more.
        let word: Word = unsafe { slots.add(index).read() };
        word.map(Operand::into_owned)
    }));
}

/// Gives back what a frame holds below its slots: the callable and what lies with it.
pub(in crate::eval) fn drop_below(cx: &Cx, result: NonNull<Word>, at: Cursor) {
    unwind::release_between(cx, result, at.slots());
}
