//! One thread's evaluator, and the small steps that everything is made of: references, errors, names.

use crate::eval::exception;
use crate::eval::frame::{Frame, Stack};
use crate::eval::shared::{Shared, World, immortal};
use crate::eval::types::TypeId;
use crate::eval::{Outcome, Raised};
use crate::objects::hooks::Error;
use crate::objects::value::Value;
use crate::objects::{decref, incref};
use crate::objects::{int, str, tuple};
use crate::protocols::thread_state::ThreadState;
use crate::sync::park::ParkingLot;

/// Frames on one stack, as in CPython.
pub(crate) const RECURSION_LIMIT: usize = 1000;

/// One thread's evaluator.
pub(crate) struct Context<'a> {
    pub(crate) ts: &'a ThreadState,
    pub(crate) shared: &'a Shared,
    pub(in crate::eval) stack: Stack,
    pub(in crate::eval) frames: Vec<Frame>,
    /// The exception that is being handled; owns a reference.
    pub(in crate::eval) handled: Option<Value>,
    /// Calls from Rust into Python that are on the native stack.
    pub(in crate::eval) native_depth: usize,
    /// The object of this thread, borrowed from whoever started it.
    pub(crate) thread: Option<Value>,
}

/// Native frames cost native stack, so there may be fewer of them.
const NATIVE_LIMIT: usize = 400;

impl<'a> Context<'a> {
    pub(crate) fn new(shared: &'a Shared, ts: &'a ThreadState) -> Self {
        Self {
            ts,
            shared,
            stack: Stack::new(),
            frames: Vec::new(),
            handled: None,
            native_depth: 0,
            thread: None,
        }
    }

    /// The objects that every thread finds.
    #[inline]
    pub(crate) fn world(&self) -> &'a World {
        self.shared.world()
    }

    /// One more reference to a borrowed value.
    #[inline]
    pub(crate) fn new_ref(&self, value: Value) -> Value {
        incref(self.ts, value);
        value
    }

    /// Gives back a reference that the caller owns.
    #[inline]
    pub(crate) fn drop(&self, value: Value) {
        // SAFETY: every caller owns the reference by the conventions of this module, and forgets it here.
        unsafe { decref(self.ts, value) };
    }

    /// Gives back references that the caller owns.
    pub(crate) fn drop_all(&self, values: impl IntoIterator<Item = Value>) {
        values.into_iter().for_each(|value| self.drop(value));
    }

    /// The one string object with this text, which is immortal.
    pub(crate) fn intern(&self, text: &str) -> Value {
        self.shared.intern(self.ts, text)
    }

    /// Makes an object of this thread immortal.
    pub(crate) fn immortal(&self, value: Value) -> Value {
        immortal(self.ts, value)
    }

    pub(crate) fn str(&self, text: &str) -> Value {
        str::new(self.ts, text)
    }

    pub(crate) fn int(&self, value: i64) -> Value {
        int::from_i64(self.ts, value)
    }

    /// A tuple that takes over the references to its items.
    pub(crate) fn tuple(&self, items: &[Value]) -> Value {
        tuple::new(self.ts, items)
    }

    /// A new exception whose only argument is a message, on its way out.
    #[cold]
    pub(crate) fn error(&mut self, class: TypeId, message: impl AsRef<str>) -> Raised {
        let message = self.str(message.as_ref());
        self.error_with(class, &[message])
    }

    /// As [`error`](Self::error), with arguments whose references it takes over.
    #[cold]
    pub(crate) fn error_with(&mut self, class: TypeId, args: &[Value]) -> Raised {
        let args = self.tuple(args);
        let value = exception::new(self.ts, class, args);
        self.raise(value)
    }

    /// Sends an exception out; the one that is being handled becomes its context. Takes over the reference.
    pub(crate) fn raise(&mut self, value: Value) -> Raised {
        exception::chain(self, value, self.handled);
        Raised(value)
    }

    pub(crate) fn type_error(&mut self, message: impl AsRef<str>) -> Raised {
        self.error(TypeId::TypeError, message)
    }

    pub(crate) fn value_error(&mut self, message: impl AsRef<str>) -> Raised {
        self.error(TypeId::ValueError, message)
    }

    /// The exception for an error of the objects.
    #[cold]
    pub(crate) fn object_error(&mut self, error: Error) -> Raised {
        match error {
            Error::Raised(value) => Raised(value),
            Error::Unhashable(name) => self.type_error(format!("unhashable type: '{name}'")),
            Error::SizeChanged => self.error(
                TypeId::RuntimeError,
                "dictionary changed size during iteration",
            ),
            Error::KeysChanged => self.error(
                TypeId::RuntimeError,
                "dictionary keys changed during iteration",
            ),
            Error::TooDeep => self.too_deep(" in comparison"),
        }
    }

    /// A result of the objects as an outcome.
    #[inline]
    pub(crate) fn lift<T>(&mut self, result: Result<T, Error>) -> Outcome<T> {
        match result {
            Ok(value) => Ok(value),
            Err(error) => Err(self.object_error(error)),
        }
    }

    #[cold]
    pub(crate) fn too_deep(&mut self, place: &str) -> Raised {
        let message = format!("maximum recursion depth exceeded{place}");
        self.error(TypeId::RecursionError, message)
    }

    /// Runs something that recurses on the native stack, unless that would go too deep.
    pub(crate) fn nested<T>(&mut self, body: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        if self.native_depth >= NATIVE_LIMIT {
            return Err(self.too_deep(""));
        }
        self.native_depth += 1;
        let result = body(self);
        self.native_depth -= 1;
        result
    }

    /// Where threads sleep.
    #[inline]
    pub(crate) fn lot(&self) -> &'a ParkingLot {
        &self.shared.runtime.parking.lot
    }

    /// Runs `body`, which may block, while the world may stop and blocks may be reclaimed without this thread.
    pub(crate) fn blocking<T>(&self, body: impl FnOnce() -> T) -> T {
        self.ts.detached(body)
    }

    /// Whether frames are left before the limit.
    #[inline]
    pub(in crate::eval) fn has_room(&self) -> bool {
        self.frames.len() + self.native_depth < RECURSION_LIMIT
    }
}
