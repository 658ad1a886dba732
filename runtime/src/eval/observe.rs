//! Frames that somebody looks at: where the object that stands for a frame finds it, and what it keeps of it.
//!
//! # State            live -> left for a call; live <-> parked -> left for a generator
//!   live            the frame lies on a thread's stack: that thread looks at it, and others while the world is stopped
//!   parked, left    the words lie in the object, under its lock
//!
//! # Invariants
//! 1. A place says "live" only while the frame, or its way out, is on the stack that it names.
//! 2. What is put into a slot of a live frame keeps what it replaces alive until the frame is left: operands may borrow
//!    from slots.

use std::ptr::NonNull;

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::{Cursor, Frame, Passing};
use crate::refs::{Operand, Owned, Ref};
use crate::types::frame;

/// What an object keeps of a frame that does not run.
#[derive(Default)]
pub(crate) struct Held {
    /// The slots; of a generator that waits, its operands as well.
    pub(crate) words: Vec<Option<Owned>>,
    pub(crate) locals: Option<Owned>,
    /// The instruction where it stopped.
    pub(crate) instruction: u32,
}

/// A place on a thread's stack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Live {
    evaluator: NonNull<Cx<'static>>,
    index: usize,
}

// SAFETY: another thread only compares the address, or follows it while the world is stopped (Invariant 1).
unsafe impl Send for Live {}

/// Where a frame is.
pub(crate) enum Place {
    Live(Live),
    Parked(Held),
    Left(Held),
}

/// A frame that is being looked at.
pub(crate) enum Seen<'a> {
    Running(&'a mut Frame),
    Held(&'a mut Held),
}

impl Live {
    /// How many frames lie below it.
    pub(crate) fn index(self) -> usize {
        self.index
    }

    /// Whether the frame is the calling thread's.
    pub(crate) fn is_own(self, cx: &Cx) -> bool {
        self.evaluator == NonNull::from(cx).cast()
    }

    /// Looks at the frame; nothing if it is on its way out. `body` neither allocates nor gives a reference back.
    ///
    /// # Safety
    /// The frame is the calling thread's, or the world is stopped and Invariant 1 holds.
    pub(crate) unsafe fn look<R>(self, body: impl FnOnce(Seen<'_>) -> R) -> Option<R> {
        // SAFETY: the caller's clause: an evaluator outlives the frames on its stack.
        let cx = unsafe { self.evaluator.as_ref() };
        let mut frames = cx.frames.try_borrow_mut().ok()?;
        let above = frames.get(self.index + 1).map(Frame::is_entry);
        let frame = frames.get_mut(self.index)?;
        match above {
            None => frame.passing = cx.passing.get(),
            // A frame that the loop went on from noted where it was.
            Some(false) => frame.passing = Passing::default(),
            Some(true) => {}
        }
        Some(body(Seen::Running(frame)))
    }
}

impl Seen<'_> {
    /// What a slot holds.
    pub(crate) fn slot(&self, index: usize) -> Option<Owned> {
        match self {
            // SAFETY: the frame has so many slots, and nobody runs it.
            Seen::Running(frame) => unsafe { frame.cursor.slots().add(index).as_ref() }
                .as_ref()
                .map(|word| word.borrow().own()),
            Seen::Held(held) => held.words.get(index).cloned().flatten(),
        }
    }

    /// Puts a value into a slot; gives what has to live on, and whether until the frame is left.
    pub(crate) fn set_slot(&mut self, index: usize, value: Owned) -> (Option<Owned>, bool) {
        match self {
            Seen::Running(frame) => {
                // SAFETY: as above.
                let old = unsafe { frame.cursor.slots().add(index).replace(Some(value.into())) };
                (old.and_then(owned), true)
            }
            Seen::Held(held) => match held.words.get_mut(index) {
                Some(word) => (word.replace(value), false),
                None => (Some(value), false),
            },
        }
    }

    /// The mapping of names, for code whose names have no slots.
    pub(crate) fn locals(&self) -> Option<Owned> {
        match self {
            Seen::Running(frame) => frame.locals.clone(),
            Seen::Held(held) => held.locals.clone(),
        }
    }

    /// The instruction where it is.
    pub(crate) fn instruction(&self) -> u32 {
        match self {
            Seen::Running(frame) => frame
                .passing
                .index(frame.code)
                .unwrap_or_else(|| frame.cursor.index_or_first(frame.code)),
            Seen::Held(held) => held.instruction,
        }
    }
}

/// The reference of an operand, if it has one.
fn owned(operand: Operand) -> Option<Owned> {
    (!operand.is_borrowed()).then(|| operand.into_owned())
}

impl Cx<'_> {
    /// How many frames there are.
    pub(crate) fn frame_count(&self) -> usize {
        self.frames.borrow().len()
    }

    /// The object for the frame that many calls below the running one.
    pub(crate) fn frame_object(&self, below: usize) -> Option<Owned> {
        let index = self.frame_count().checked_sub(below + 1)?;
        Some(self.frame_object_at(index))
    }

    /// The object for a frame, counted from the outermost one.
    pub(crate) fn frame_object_at(&self, index: usize) -> Owned {
        let known = |cx: &Self| cx.frames.borrow()[index].object.clone();
        if let Some(object) = known(self) {
            return object;
        }
        let (code, function) = {
            let frames = self.frames.borrow();
            let frame = &frames[index];
            // SAFETY: the frame borrows the function from whoever called it.
            let function = unsafe { Ref::from_value(frame.function) }.own();
            (frame.code, function)
        };
        let made = frame::new(self, code, function, Place::Live(self.live(index)));
        if let Some(object) = known(self) {
            return object;
        }
        self.frames.borrow_mut()[index].object = Some(made.clone());
        made
    }

    /// A place on this thread's stack.
    pub(in crate::eval) fn live(&self, index: usize) -> Live {
        Live {
            evaluator: NonNull::from(self).cast(),
            index,
        }
    }

    /// The place where the next frame will be.
    pub(crate) fn next_place(&self) -> Live {
        self.live(self.frame_count())
    }
}

/// Lets the object of the frame on top keep what the frame holds, if anybody else has the object.
#[cold]
pub(in crate::eval) fn leave(cx: &Cx, at: Cursor) {
    let top = cx.frame_count() - 1;
    let is_known = is_known(cx, &cx.frames.borrow()[top]);
    let object = cx.frame_object_at(top);
    let held = match is_known {
        true => keep(cx, top, at),
        false => Held::default(),
    };
    frame::leave(cx, object.borrow(), held);
    if is_known && top > 0 {
        frame::set_back(cx, object.borrow(), cx.frame_object_at(top - 1));
    }
}

/// Whether anybody else than a frame has its object.
fn is_known(cx: &Cx, frame: &Frame) -> bool {
    let object = frame.object.as_ref();
    let header = object.and_then(|object| object.borrow().header());
    header.is_some_and(|header| !header.count.is_uniquely_referenced(cx.ts.id()))
}

fn keep(cx: &Cx, index: usize, at: Cursor) -> Held {
    let mut frames = cx.frames.borrow_mut();
    let frame = &mut frames[index];
    let slots = frame.cursor.slots();
    let take = |index: usize| {
        // SAFETY: the frame has so many slots, and runs no more.
        let word = unsafe { slots.add(index).replace(None) };
        word.map(Operand::into_owned)
    };
    Held {
        words: (0..frame.code.code.slots.len()).map(take).collect(),
        locals: frame.locals.clone(),
        instruction: at.index_or_first(frame.code),
    }
}

impl Cursor {
    /// Index of the instruction that was fetched last; the first one before there was any.
    pub(in crate::eval) fn index_or_first(&self, code: CodeRef) -> u32 {
        match self.is_at_start(code) {
            true => 0,
            false => self.index(code),
        }
    }
}
