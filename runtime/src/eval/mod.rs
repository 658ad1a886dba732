//! The evaluator: frames in an explicit stack, one dispatch loop, calls, exceptions, and the abstract operations.
//!
//! A [`Cx`](cx::Cx) is one thread's evaluator; it is passed to everything that can raise or run Python code. An exception
//! travels as [`Raised`].

pub(crate) mod above;
pub(crate) mod call;
pub(crate) mod code;
pub(crate) mod collector;
pub(crate) mod cx;
mod dispatch;
pub(crate) mod exits;
pub(crate) mod frame;
pub(crate) mod hooks;
pub(crate) mod letters;
pub(crate) mod limits;
pub(crate) mod load;
pub(crate) mod locals;
pub(crate) mod locate;
pub(crate) mod names;
pub(crate) mod observe;
pub(crate) mod ops;
pub(crate) mod shared;
pub(crate) mod sharing;
pub(crate) mod steps;
pub(crate) mod streams;
pub(crate) mod unwind;

use crate::refs::{Owned, Ref};

/// An exception on its way out.
#[derive(Debug)]
#[must_use]
pub(crate) struct Raised(pub(crate) Owned);

/// What an operation came to.
pub(crate) type Outcome<T = Owned> = Result<T, Raised>;

/// The arguments of a call, borrowed from the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Args<'a> {
    /// Positional ones; for a method the receiver is the first.
    pub(crate) positional: &'a [Ref<'a>],
    /// Names of the keyword arguments.
    pub(crate) names: &'a [Ref<'a>],
    /// Values of the keyword arguments.
    pub(crate) keywords: &'a [Ref<'a>],
}

impl<'a> Args<'a> {
    /// No arguments.
    pub(crate) const NONE: Args<'static> = Args {
        positional: &[],
        names: &[],
        keywords: &[],
    };

    /// Positional arguments only.
    #[inline]
    pub(crate) fn positional(positional: &'a [Ref<'a>]) -> Self {
        Self {
            positional,
            ..Args::NONE
        }
    }

    /// The positional argument at an index, if it was given.
    pub(crate) fn get(&self, index: usize) -> Option<Ref<'a>> {
        self.positional.get(index).copied()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.positional.is_empty() && self.names.is_empty()
    }
}
