//! Numbers as objects of their own, so that the heap watches each of them.

use super::rt::objects::float::{self, Float};
use super::rt::objects::{self, Value};
use super::rt::protocols::thread_state::ThreadState;
use super::rt::sync::cell::Cell;
use crate::state::Answer;

/// A new object that is nothing but its number.
pub(super) fn made(ts: &ThreadState, number: i8) -> Value {
    float::new(ts, f64::from(number))
}

/// New objects.
pub(super) fn all_made(ts: &ThreadState, numbers: &[i8]) -> Vec<Value> {
    numbers.iter().map(|number| made(ts, *number)).collect()
}

/// A number that is no object.
pub(super) fn small(number: i8) -> Value {
    Value::small(number.into()).expect("it is small")
}

/// The number of a value, whose reference stays where it is; -1 for what is no number, which no program puts in.
pub(super) fn number(value: Value) -> i8 {
    let float = value.downcast::<Float>().map(|float| float.get() as i64);
    let number = value.as_small().or(float);
    number
        .and_then(|number| i8::try_from(number).ok())
        .unwrap_or(-1)
}

/// Gives a reference back.
pub(super) fn drop_ref(ts: &ThreadState, value: Value) {
    // SAFETY: the targets own what they give back; the models watch.
    unsafe { objects::decref(ts, value) };
}

/// Takes the number out of a reference and gives the reference back.
pub(super) fn take(ts: &ThreadState, value: Value) -> i8 {
    let number = number(value);
    drop_ref(ts, value);
    number
}

/// The same of many.
pub(super) fn take_all(ts: &ThreadState, values: Vec<Value>) -> Vec<i8> {
    values.into_iter().map(|value| take(ts, value)).collect()
}

/// The answer that is this value, or that there is none.
pub(super) fn answer(ts: &ThreadState, value: Option<Value>) -> Answer {
    Answer::of(value.map(|value| take(ts, value)))
}

/// Ready to be read by others without a lock.
pub(super) fn readable(value: Value) -> Value {
    value
        .as_header()
        .inspect(|header| header.count.set_maybe_weakref());
    value
}

/// The place that a Python index means in a row of so many items.
pub(super) fn place(index: i8, len: usize) -> Option<usize> {
    let from_end = index < 0;
    let index = usize::from(index.unsigned_abs());
    let place = match from_end {
        true => len.checked_sub(index)?,
        false => index,
    };
    (place < len).then_some(place)
}

/// A new reference to a key: some keys are objects and some are not.
pub(super) fn key(ts: &ThreadState, number: i8) -> Value {
    match number % 2 {
        0 => made(ts, number),
        _ => small(number),
    }
}

/// Looks something up by a key, which is given back.
pub(super) fn by_key<R>(ts: &ThreadState, number: i8, look: impl FnOnce(Value) -> R) -> R {
    let key = key(ts, number);
    let found = look(key);
    drop_ref(ts, key);
    found
}

/// A number that some protocol must protect; the models watch it.
pub(super) struct Plain(Cell<i8>);

impl Plain {
    /// Zero.
    pub(super) fn new(name: &'static str) -> Self {
        Self(Cell::new(name, 0))
    }

    /// Adds one, and gives the sum.
    pub(super) fn add(&self) -> i8 {
        // SAFETY: that nobody else is here is what the target asks.
        self.0.with_mut(|number| unsafe {
            *number = (*number).wrapping_add(1);
            *number
        })
    }

    pub(super) fn get(&self) -> i8 {
        // SAFETY: as above.
        self.0.with(|number| unsafe { *number })
    }

    pub(super) fn set(&self, new: i8) {
        // SAFETY: as above.
        self.0.with_mut(|number| unsafe { *number = new });
    }
}
