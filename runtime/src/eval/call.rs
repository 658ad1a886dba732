//! Calls: from the dispatch loop, where a function written in Python becomes a frame, and from Rust code.

mod bind;
mod native;

use std::ptr::NonNull;

use crate::eval::attributes;
use crate::eval::context::Context;
use crate::eval::dispatch::run;
use crate::eval::frame::{Cursor, Frame, Word};
use crate::eval::other::Function;
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome, iterator, payload};
use crate::objects::dict::{self, Dict};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

pub(in crate::eval) use native::display_name;
pub(crate) use native::keyword_text;

/// What a call came to in the dispatch loop.
pub(in crate::eval) enum Entered {
    /// It has returned; the result is on the stack.
    Returned(Cursor),
    /// A frame was pushed.
    Frame,
}

/// Arguments that were unpacked for a call; references of its own.
#[derive(Default)]
struct Unpacked {
    positional: Vec<Value>,
    names: Vec<Value>,
    keywords: Vec<Value>,
}

impl Unpacked {
    fn borrow(&self) -> Args<'_> {
        Args {
            positional: &self.positional,
            names: &self.names,
            keywords: &self.keywords,
        }
    }

    fn drop(self, cx: &Context<'_>) {
        cx.drop_all(
            self.positional
                .into_iter()
                .chain(self.names)
                .chain(self.keywords),
        );
    }
}

impl Context<'_> {
    /// Calls what is at `callable` with the `count` values above it; the result goes to `result`.
    #[inline]
    pub(in crate::eval) fn enter_call(
        &mut self,
        at: Cursor,
        result: NonNull<Word>,
        callable: NonNull<Word>,
        count: usize,
    ) -> Outcome<Entered> {
        // SAFETY: the place is an operand of the running frame.
        let target = unsafe { callable.read() }.unwrap_or(Value::NONE);
        if let Some(function) = payload::of::<Function>(&target)
            && function.code.simple_arguments == Some(count as u32)
        {
            // SAFETY: the arguments lie above the callable.
            let slots = unsafe { callable.add(1) };
            return self.push_frame(at, function, slots, count, result);
        }
        self.enter_any(at, result, callable, Args::positional(at.values(count)))
    }

    /// A frame whose first slots are already filled.
    #[inline]
    fn push_frame(
        &mut self,
        at: Cursor,
        function: &Function,
        slots: NonNull<Word>,
        filled: usize,
        result: NonNull<Word>,
    ) -> Outcome<Entered> {
        if !self.has_room() || !self.stack.fits(slots, function.code.frame_size) {
            return Err(self.too_deep(""));
        }
        if let Some(caller) = self.frames.last_mut() {
            caller.cursor = at;
        }
        self.frames
            .push(new_frame(function, slots, filled, result, false));
        Ok(Entered::Frame)
    }

    /// Calls what is at `callable`; the arguments may lie above it, and everything there is given back.
    fn enter_any(
        &mut self,
        at: Cursor,
        result: NonNull<Word>,
        callable: NonNull<Word>,
        args: Args<'_>,
    ) -> Outcome<Entered> {
        // SAFETY: the place is an operand of the running frame.
        let target = unsafe { callable.read() }.unwrap_or(Value::NONE);
        if let Some(function) = payload::of::<Function>(&target) {
            let words = bind::bind(self, function, args)?;
            // SAFETY: as above.
            let slots = unsafe { callable.add(1) };
            return self.enter_bound(at, function, words, slots, result);
        }
        self.mark_caller(at);
        let value = self.call_native(target, args)?;
        let mut at = self.drop_down_to(at, result);
        at.push(value);
        Ok(Entered::Returned(at))
    }

    /// A frame for a function whose parameters have values, in place of what is on the stack from `slots` on.
    fn enter_bound(
        &mut self,
        at: Cursor,
        function: &Function,
        words: Vec<Value>,
        slots: NonNull<Word>,
        result: NonNull<Word>,
    ) -> Outcome<Entered> {
        if !self.has_room() || !self.stack.fits(slots, function.code.frame_size) {
            self.drop_all(words);
            return Err(self.too_deep(""));
        }
        let at = self.drop_down_to(at, slots);
        write_words(slots, &words);
        self.push_frame(at, function, slots, words.len(), result)
    }

    fn drop_down_to(&mut self, at: Cursor, place: NonNull<Word>) -> Cursor {
        let mut at = at;
        while at.top() > place {
            if let Some(word) = at.pop_word() {
                self.drop(word);
            }
        }
        at
    }

    /// Notes where the running frame is, for tracebacks of what it calls.
    fn mark_caller(&mut self, at: Cursor) {
        if let Some(caller) = self.frames.last_mut() {
            caller.cursor = at;
        }
    }

    /// `callable, arguments.., names`: the last arguments are keywords.
    pub(in crate::eval) fn enter_call_with_names(
        &mut self,
        at: Cursor,
        count: usize,
    ) -> Outcome<Entered> {
        let names = at.peek(1);
        let names = names.downcast::<Tuple>().map_or(&[][..], Tuple::items);
        let callable = at.place(count + 2);
        let values = &at.values(count + 1)[..count];
        let (positional, keywords) = values.split_at(count - names.len());
        self.enter_any(
            at,
            callable,
            callable,
            Args {
                positional,
                names,
                keywords,
            },
        )
    }

    /// `callable, iterable, dict or None`
    pub(in crate::eval) fn enter_call_unpacking(&mut self, at: Cursor) -> Outcome<Entered> {
        let (target, iterable, mapping) = (at.peek(3), at.peek(2), at.peek(1));
        self.mark_caller(at);
        let unpacked = self.unpack_arguments(target, iterable, mapping)?;
        let callable = at.place(3);
        let entered = self.enter_any(at, callable, callable, unpacked.borrow());
        unpacked.drop(self);
        entered
    }

    fn unpack_arguments(
        &mut self,
        target: Value,
        iterable: Value,
        mapping: Value,
    ) -> Outcome<Unpacked> {
        let positional = match iterator::collect(self, iterable) {
            Ok(items) => items,
            Err(raised)
                if raised.is(TypeId::TypeError) && !iterator::is_iterable(self, iterable) =>
            {
                self.drop(raised.0);
                let (name, kind) = (display_name(&target), type_name(&iterable));
                return Err(self.type_error(format!(
                    "{name}() argument after * must be an iterable, not {kind}"
                )));
            }
            Err(raised) => return Err(raised),
        };
        let entries = mapping
            .downcast::<Dict>()
            .map(|map| dict::entries(self.ts, map));
        let (names, keywords) = entries.unwrap_or_default().into_iter().unzip();
        Ok(Unpacked {
            positional,
            names,
            keywords,
        })
    }

    /// Calls anything from Rust code. Borrows the callable and the arguments.
    pub(crate) fn call(&mut self, target: Value, args: Args<'_>) -> Outcome {
        match payload::of::<Function>(&target) {
            Some(function) => self.nested(|cx| cx.call_python(function, args)),
            None => self.call_native(target, args),
        }
    }

    /// Runs a function written in Python to its end.
    fn call_python(&mut self, function: &Function, args: Args<'_>) -> Outcome {
        let words = bind::bind(self, function, args)?;
        let base = self
            .frames
            .last()
            .map_or_else(|| self.stack.start(), Frame::limit);
        if !self.has_room() || !self.stack.fits(base, function.code.frame_size) {
            self.drop_all(words);
            return Err(self.too_deep(""));
        }
        write_words(base, &words);
        self.frames
            .push(new_frame(function, base, words.len(), base, true));
        run(self)
    }

    /// Calls a method by name. Borrows everything.
    pub(crate) fn call_method(&mut self, receiver: Value, name: &str, args: &[Value]) -> Outcome {
        let name = self.intern(name);
        let method = attributes::get(self, receiver, name)?;
        let result = self.call(method, Args::positional(args));
        self.drop(method);
        result
    }

    /// Runs the code of a module in a dict of globals.
    pub(crate) fn run_module(&mut self, code: super::code::CodeRef, globals: Value) -> Outcome {
        let function = Function {
            code,
            globals: self.new_ref(globals),
            defaults: None,
            keyword_defaults: None,
            closure: None,
            attributes: dict::new(self.ts),
        };
        let function = payload::new(self.ts, function);
        let result = self.call(function, Args::positional(&[]));
        self.drop(function);
        result
    }
}

/// Fills the first slots of a frame to be.
fn write_words(slots: NonNull<Word>, words: &[Value]) {
    for (index, word) in words.iter().enumerate() {
        // SAFETY: the caller made sure that the frame fits, and it has at least as many slots as parameters.
        unsafe { slots.add(index).write(Some(*word)) };
    }
}

fn new_frame(
    function: &Function,
    slots: NonNull<Word>,
    filled: usize,
    result: NonNull<Word>,
    entry: bool,
) -> Frame {
    let code = function.code;
    for index in filled..code.code.slots.len() {
        // SAFETY: the caller made sure that the frame fits.
        unsafe { slots.add(index).write(None) };
    }
    Frame {
        code,
        globals: function.globals,
        closure: function.closure,
        slots,
        result,
        cursor: Cursor::at_start(code, slots),
        entry,
    }
}
