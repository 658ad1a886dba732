//! The objects of the interpreter: functions, methods, modules, exceptions, iterators and so on.
//!
//! Functions, cells and classes have tags of their own, for speed; the rest are the variants of [`Other`].

use crate::eval::code::CodeRef;
use crate::eval::context::Context;
use crate::eval::exception::Exception;
use crate::eval::iterator::Iteration;
use crate::eval::payload::{self, Payload};
use crate::eval::synchronize::{EventObject, LockObject, RLockObject};
use crate::eval::thread::ThreadObject;
use crate::eval::types::TypeId;
use crate::eval::{Args, Outcome};
use crate::objects::header::Tag;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// A function written in Python.
pub(crate) struct Function {
    pub(crate) code: CodeRef,
    /// The dict of its module.
    pub(crate) globals: Value,
    /// A tuple, or nothing.
    pub(crate) defaults: Option<Value>,
    /// A dict, or nothing.
    pub(crate) keyword_defaults: Option<Value>,
    /// A tuple of cells, or nothing.
    pub(crate) closure: Option<Value>,
    /// Attributes that the program set.
    pub(crate) attributes: Value,
}

// SAFETY: nothing else has the tag, and dropping it frees nothing.
unsafe impl Payload for Function {
    const NAME: &'static str = "function";
    const TAG: Tag = Tag::Function;

    fn references(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.globals);
        visit(self.attributes);
        let rest = [self.defaults, self.keyword_defaults, self.closure];
        rest.into_iter().flatten().for_each(visit);
    }
}

/// How a function written in Rust is called.
pub(crate) type NativeFn = fn(&mut Context<'_>, Args<'_>) -> Outcome;

/// How a native function becomes part of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// Not at all: a function of a module.
    Function,
    /// As a method: the receiver comes first.
    Method,
    /// As an attribute that is computed from the receiver.
    Property,
    /// As a function that belongs to the type itself.
    Static,
}

/// A function written in Rust.
#[derive(Clone, Copy)]
pub(crate) struct Native {
    pub(crate) name: &'static str,
    pub(crate) call: NativeFn,
    /// Fewest and most positional arguments, the receiver not counted.
    pub(crate) arity: (usize, usize),
    pub(crate) keywords: bool,
    pub(crate) binding: Binding,
    /// The type that it belongs to.
    pub(crate) owner: Option<TypeId>,
}

/// A class.
pub(crate) struct Type {
    pub(crate) id: TypeId,
    pub(crate) name: &'static str,
    pub(crate) base: Option<Value>,
    /// Methods and attributes.
    pub(crate) dict: Value,
    pub(crate) construct: Option<NativeFn>,
}

// SAFETY: nothing else has the tag, and dropping it frees nothing.
unsafe impl Payload for Type {
    const NAME: &'static str = "type";
    const TAG: Tag = Tag::Type;

    fn references(&self, visit: &mut dyn FnMut(Value)) {
        visit(self.dict);
        self.base.into_iter().for_each(visit);
    }
}

/// Which part of a dict a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Keys,
    Values,
    Items,
}

/// Every other object.
pub(crate) enum Other {
    Native(Native),
    Method {
        function: Value,
        receiver: Value,
    },
    Module {
        name: Value,
        dict: Value,
    },
    Exception(Box<Exception>),
    Iterator(Iteration),
    Slice {
        start: Value,
        stop: Value,
        step: Value,
    },
    Bytes(Box<[u8]>),
    View {
        dict: Value,
        part: Part,
    },
    Lock(LockObject),
    RLock(RLockObject),
    Event(EventObject),
    Thread(Box<ThreadObject>),
    /// Standard output or standard error.
    Stream {
        error: bool,
    },
}

// SAFETY: nothing else has the tag; the variants own plain memory besides their references.
unsafe impl Payload for Other {
    const NAME: &'static str = "object";
    const TAG: Tag = Tag::Other;

    fn references(&self, visit: &mut dyn FnMut(Value)) {
        match self {
            Other::Method { function, receiver } => {
                [*function, *receiver].into_iter().for_each(visit)
            }
            Other::Module { name, dict } => [*name, *dict].into_iter().for_each(visit),
            Other::Exception(exception) => exception.references(visit),
            Other::Iterator(iteration) => iteration.references(visit),
            Other::Slice { start, stop, step } => {
                [*start, *stop, *step].into_iter().for_each(visit)
            }
            Other::View { dict, .. } => visit(*dict),
            Other::Thread(thread) => thread.references(visit),
            Other::Native(_)
            | Other::Bytes(_)
            | Other::Lock(_)
            | Other::RLock(_)
            | Other::Event(_)
            | Other::Stream { .. } => {}
        }
    }
}

impl Other {
    /// A new object that takes over the references in it.
    pub(crate) fn alloc(self, ts: &ThreadState) -> Value {
        payload::new(ts, self)
    }

    /// The object, when the value is one of these.
    #[inline]
    pub(crate) fn of(value: &Value) -> Option<&Other> {
        payload::of(value)
    }
}

/// The exception, when the value is one.
#[inline]
pub(crate) fn exception(value: &Value) -> Option<&Exception> {
    match Other::of(value)? {
        Other::Exception(exception) => Some(exception),
        _ => None,
    }
}

/// The class, when the value is one.
#[inline]
pub(crate) fn class(value: &Value) -> Option<&Type> {
    payload::of(value)
}
