//! The one way down-up: what the layer above supplies so that objects can run Python code.

use crate::objects::value::Value;
use crate::objects::weakref::Callback;
use crate::protocols::thread_state::ThreadState;
use crate::protocols::weakref::WeakSlot;

/// Python code that the objects below must be able to run: a lookup in a dict compares and hashes, the end of an
/// object finalizes.
///
/// The container's lock may be given up while one of these runs, so a caller that holds one looks again afterwards.
pub trait Hooks {
    /// `left == right`, when the left one is an instance of a Python class, or else the right one.
    ///
    /// # Errors
    /// The exception that the code raised.
    fn equal(&self, ts: &ThreadState, left: Value, right: Value) -> Result<bool, Error>;

    /// `hash(value)` for an instance of a Python class.
    ///
    /// # Errors
    /// The exception that the code raised.
    fn hash(&self, ts: &ThreadState, value: Value) -> Result<i64, Error>;

    /// Runs the finalizer of a dead object, which it may resurrect by keeping a reference.
    fn finalize(&self, ts: &ThreadState, value: Value);

    /// The word for weak references of an object that can have some. The world may be stopped.
    fn weak_slot<'a>(&self, _value: &'a Value) -> Option<&'a WeakSlot> {
        None
    }

    /// Gives back what is kept for a thread that ends; called again when the ends of objects have left more.
    fn thread_ends(&self, _ts: &ThreadState) {}

    /// Runs the callbacks of weak references that the collector cleared, and gives back what they hold.
    fn weakref_callbacks(&self, ts: &ThreadState, callbacks: Vec<Callback>) {
        callbacks.into_iter().for_each(|one| one.drop(ts));
    }
}

/// Why an operation on objects was not done; the layer above makes the exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Error {
    /// Python code raised this exception, a new reference.
    Raised(Value),
    /// `TypeError`: the kind of object of this name has no hash.
    Unhashable(&'static str),
    /// `RuntimeError`: the size of the dict or set changed during an iteration.
    SizeChanged,
    /// `RuntimeError`: the dict's keys changed during an iteration, though its size did not.
    KeysChanged,
    /// `RecursionError`: a comparison or a hash went too deep.
    TooDeep,
}
