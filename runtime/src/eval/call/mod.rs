//! Calls: from the dispatch loop, where a function written in Python becomes a frame, and from Rust code.

mod bind;
mod construct;
pub(crate) mod generator;
mod making;
mod operator;
mod outside;

use std::ptr::NonNull;

use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::{After, Cursor, Frame, Passing, Top, Word};
use crate::eval::ops::iterate;
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::refs::{Operand, Owned, Ref, items, lend};
use crate::types::function::Function;
use crate::types::store;

pub(crate) use making::{display_name, make_function, not_a_mapping};

/// What a call came to in the dispatch loop.
pub(in crate::eval) enum Entered<'a> {
    /// It has returned; the result is on the stack.
    Returned(Cursor),
    /// A frame was pushed.
    Frame(Top<'a>),
}

/// A frame that is to be made.
struct Entry<'a> {
    object: Ref<'a>,
    function: &'a Function,
    /// The function's code when its arguments were bound.
    code: CodeRef,
    slots: NonNull<Word>,
    /// How many slots have their values.
    filled: usize,
    result: NonNull<Word>,
    locals: Option<Owned>,
    after: After,
}

impl Entry<'_> {
    #[inline(always)]
    fn frame(self) -> Frame {
        let code = self.code;
        for index in self.filled..code.code.slots.len() {
            // SAFETY: the caller made sure that the frame fits.
            unsafe { self.slots.add(index).write(None) };
        }
        Frame {
            code,
            function: self.object.value(),
            globals: self.function.globals.borrow().value(),
            locals: self.locals,
            result: self.result,
            cursor: Cursor::at_start(code, self.slots),
            after: self.after,
            object: None,
            passing: Passing::default(),
        }
    }
}

impl Cursor {
    /// Notes in the frame where it is, for whatever may call or look at it.
    #[inline(always)]
    pub(in crate::eval) fn note(&self, cx: &Cx) {
        cx.mark_caller(*self);
    }
}

impl Cx<'_> {
    /// Puts the frame of a call from Rust code on top.
    #[inline(always)]
    pub(in crate::eval) fn push_frame(&self, frame: Frame) {
        let mut frames = self.frames.borrow_mut();
        if let Some(caller) = frames.last_mut() {
            caller.passing = self.passing.get();
        }
        frames.push(frame);
    }

    #[inline(always)]
    pub(in crate::eval) fn pop_frame(&self) -> Option<Frame> {
        self.frames.borrow_mut().pop()
    }

    /// Where the running frame is, as it was noted last.
    ///
    /// # Panics
    /// When no Python code is running.
    #[inline(always)]
    pub(in crate::eval) fn cursor(&self) -> Cursor {
        self.frames
            .borrow()
            .last()
            .expect("a frame is running")
            .cursor
    }

    /// The code of the running frame.
    ///
    /// # Panics
    /// As above.
    #[inline(always)]
    pub(in crate::eval) fn top_code(&self) -> CodeRef {
        self.frames
            .borrow()
            .last()
            .expect("a frame is running")
            .code
    }

    /// Notes where the running frame is, for what it calls.
    #[inline(always)]
    pub(in crate::eval) fn mark_caller(&self, at: Cursor) {
        if let Some(caller) = self.frames.borrow_mut().last_mut() {
            caller.cursor = at;
        }
    }

    /// The function that is at `callable`, if calling it with so many positional arguments needs no binding.
    #[inline(always)]
    pub(in crate::eval) fn simple_function<'f>(
        &self,
        callable: NonNull<Word>,
        count: usize,
    ) -> Option<Ref<'f>> {
        let target = target(callable);
        let function = target.payload::<Function>()?;
        (function.code().simple_arguments == Some(count as u32)).then_some(target)
    }

    /// A frame for a function whose first slots are already filled, above the callable.
    #[inline(always)]
    pub(in crate::eval) fn enter_frame<'f>(
        &self,
        at: Cursor,
        object: Ref<'_>,
        slots: NonNull<Word>,
        filled: usize,
        result: NonNull<Word>,
    ) -> Outcome<Top<'f>> {
        let function = object.payload::<Function>().expect("a function");
        let code = function.code();
        let entry = Entry {
            object,
            function,
            code,
            slots,
            filled,
            result,
            locals: None,
            after: After::Result,
        };
        self.enter(at, entry)
    }

    #[inline(always)]
    fn enter<'f>(&self, at: Cursor, entry: Entry<'_>) -> Outcome<Top<'f>> {
        self.check_room(entry.slots, entry.code)?;
        let frame = entry.frame();
        let top = frame.top();
        let mut frames = self.frames.borrow_mut();
        if let Some(caller) = frames.last_mut() {
            caller.cursor = at;
        }
        frames.push(frame);
        Ok(top)
    }

    /// Calls what is at `callable` with the `count` values above it; the result goes to `result`. Where the frame is was
    /// noted, and that is no native function that needs no binding.
    pub(in crate::eval) fn enter_call<'f>(
        &self,
        at: Cursor,
        result: NonNull<Word>,
        callable: NonNull<Word>,
        count: usize,
    ) -> Outcome<Entered<'f>> {
        let values = at.values(count);
        match self.enter_init(at, result, callable, count)? {
            Some(top) => Ok(Entered::Frame(top)),
            None => self.enter_any(at, result, callable, Args::positional(values)),
        }
    }

    /// What a native call gave, in place of what it was made of.
    #[inline(always)]
    fn returned<'f>(
        &self,
        at: Cursor,
        result: NonNull<Word>,
        value: Owned,
    ) -> Outcome<Entered<'f>> {
        let mut at = at;
        at.drop_down_to(self.ts, result);
        at.push(value);
        Ok(Entered::Returned(at))
    }

    /// Calls what is at `callable`; the arguments may lie above it, and everything there is given back.
    fn enter_any<'f>(
        &self,
        at: Cursor,
        result: NonNull<Word>,
        callable: NonNull<Word>,
        args: Args<'_>,
    ) -> Outcome<Entered<'f>> {
        let target = target(callable);
        if let Some(function) = target.payload::<Function>() {
            let code = function.code();
            let words = bind::bind(self, target, code, args)?;
            // SAFETY: as above.
            let slots = unsafe { callable.add(1) };
            return self.enter_bound(at, target, (code, words), slots, result);
        }
        self.mark_caller(at);
        let value = self.call(target, args)?;
        self.returned(at, result, value)
    }

    /// A frame for a function whose parameters have values, in place of what is on the stack from `slots` on.
    fn enter_bound<'f>(
        &self,
        at: Cursor,
        object: Ref<'_>,
        (code, words): (CodeRef, Vec<Owned>),
        slots: NonNull<Word>,
        result: NonNull<Word>,
    ) -> Outcome<Entered<'f>> {
        self.check_room(slots, code)?;
        let mut at = at;
        at.drop_down_to(self.ts, slots);
        let filled = words.len();
        write_words(slots, words);
        let entry = Entry {
            object,
            function: object.payload::<Function>().expect("a function"),
            code,
            slots,
            filled,
            result,
            locals: None,
            after: After::Result,
        };
        self.enter(at, entry).map(Entered::Frame)
    }

    /// Whether a frame can start here.
    #[inline(always)]
    fn check_room(&self, slots: NonNull<Word>, code: CodeRef) -> Outcome<()> {
        match self.has_room() && self.stack.fits(slots, code.frame_size) {
            true => Ok(()),
            false => Err(self.too_deep("")),
        }
    }

    /// `callable, arguments.., names`: the last arguments are keywords.
    pub(in crate::eval) fn enter_call_with_names<'f>(
        &self,
        at: Cursor,
        count: usize,
    ) -> Outcome<Entered<'f>> {
        let names = at.peek(1);
        let names = names.downcast::<Tuple>().map_or(&[][..], items);
        let callable = at.place(count + 2);
        let values = &at.values(count + 1)[..count];
        let (positional, keywords) = values.split_at(count - names.len());
        let args = Args {
            positional,
            names,
            keywords,
        };
        self.enter_any(at, callable, callable, args)
    }

    /// `callable, iterable, dict or None`
    pub(in crate::eval) fn enter_call_unpacking<'f>(&self, at: Cursor) -> Outcome<Entered<'f>> {
        let (target, iterable, mapping) = (at.peek(3), at.peek(2), at.peek(1));
        self.mark_caller(at);
        let positional = self.unpack_positional(target, iterable)?;
        let mapping = mapping.downcast::<Dict>();
        let pairs = mapping.map(|mapping| store::dict_entries(self, mapping));
        let (names, keywords): (Vec<Owned>, Vec<Owned>) =
            pairs.unwrap_or_default().into_iter().unzip();
        let callable = at.place(3);
        let args = Args {
            positional: lend(&positional),
            names: lend(&names),
            keywords: lend(&keywords),
        };
        self.enter_any(at, callable, callable, args)
    }

    fn unpack_positional(&self, target: Ref<'_>, iterable: Ref<'_>) -> Outcome<Vec<Owned>> {
        if iterate::is_iterable(self, iterable) {
            return iterate::collect(self, iterable);
        }
        let (name, kind) = (display_name(self, target), self.type_name(iterable));
        Err(self.type_error(format!(
            "{name} argument after * must be an iterable, not {kind}"
        )))
    }
}

/// What is called.
#[inline(always)]
pub(in crate::eval) fn target<'a>(callable: NonNull<Word>) -> Ref<'a> {
    // SAFETY: the place is an operand of the running frame, and stays until the call has ended.
    let word = unsafe { callable.as_ref() }.as_ref();
    word.map_or(Ref::NONE, Operand::borrow)
}

/// Fills the first slots of a frame to be.
fn write_words(slots: NonNull<Word>, words: Vec<Owned>) {
    for (index, word) in words.into_iter().enumerate() {
        // SAFETY: the caller made sure that the frame fits, and it has at least as many slots as parameters.
        unsafe { slots.add(index).write(Some(word.into())) };
    }
}

/// The bare word of a value, for a frame that borrows it.
pub(in crate::eval) fn bare(value: &Owned) -> Value {
    value.borrow().value()
}
