//! The evaluator: frames in an explicit stack, one dispatch loop, calls, exceptions, and what values can do.
//!
//! A [`Context`] is one thread's evaluator; it is passed to everything that can raise or run Python code. Values are
//! plain words: a `Value` that a function returns is a new reference, one that it takes as `args` is borrowed, and the
//! doc comment says so where it is otherwise. An exception travels as [`Raised`], which owns its reference.

pub(crate) mod attributes;
pub(crate) mod call;
pub(crate) mod code;
pub(crate) mod compare;
pub(crate) mod context;
pub(crate) mod convert;
mod dispatch;
pub(crate) mod exception;
pub(crate) mod format;
mod frame;
pub(crate) mod iterator;
mod names;
pub(crate) mod operators;
pub(crate) mod other;
pub(crate) mod payload;
pub(crate) mod shared;
mod statements;
pub(crate) mod subscript;
pub(crate) mod synchronize;
pub(crate) mod text;
pub(crate) mod thread;
pub(crate) mod traceback;
pub(crate) mod types;
mod unwind;

use crate::objects::value::Value;

/// An exception on its way out; owns the reference.
#[derive(Debug)]
#[must_use]
pub(crate) struct Raised(pub(crate) Value);

/// What an operation came to: a new reference unless it says otherwise.
pub(crate) type Outcome<T = Value> = Result<T, Raised>;

/// The arguments of a call, borrowed from the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Args<'a> {
    /// Positional ones; for a method the receiver is the first.
    pub(crate) positional: &'a [Value],
    /// Names of the keyword arguments.
    pub(crate) names: &'a [Value],
    /// Values of the keyword arguments.
    pub(crate) keywords: &'a [Value],
}

impl<'a> Args<'a> {
    /// Positional arguments only.
    pub(crate) fn positional(positional: &'a [Value]) -> Self {
        Self {
            positional,
            names: &[],
            keywords: &[],
        }
    }

    /// The positional argument at an index, if it was given.
    pub(crate) fn get(&self, index: usize) -> Option<Value> {
        self.positional.get(index).copied()
    }
}
