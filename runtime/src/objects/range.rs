//! Ranges: three integers, immutable.

use std::borrow::Cow;
use std::ptr::NonNull;

use num_bigint::BigInt;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::int;
use crate::objects::life::alloc_value;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// A range object.
#[repr(C)]
#[derive(Debug)]
pub struct Range {
    header: Header,
    start: Value,
    stop: Value,
    step: Value,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Range {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        size: Size::Fixed(size_of::<Range>()),
        ..Kind::leaf("range", Tag::Range)
    };
}

/// A new range that takes over the references to its three integers; `step` is not zero.
#[must_use]
pub fn new(ts: &ThreadState, start: Value, stop: Value, step: Value) -> Value {
    let header = Header::new(ts, Range::KIND);
    alloc_value(
        ts,
        Range {
            header,
            start,
            stop,
            step,
        },
    )
}

impl Range {
    /// The first number, borrowed from the range.
    #[must_use]
    pub fn start(&self) -> Value {
        self.start
    }

    /// The number before which the range ends, borrowed from the range.
    #[must_use]
    pub fn stop(&self) -> Value {
        self.stop
    }

    /// Start, step and count, where all numbers are small.
    #[must_use]
    pub fn small(&self) -> Option<[i64; 3]> {
        let (start, stop, step) = (
            self.start.as_small()?,
            self.stop.as_small()?,
            self.step.as_small()?,
        );
        // Differences of small integers fit, and so does the number behind the last.
        let (distance, stride) = match step < 0 {
            true => (start - stop, -step),
            false => (stop - start, step),
        };
        let count = match distance > 0 {
            true => (distance - 1) / stride + 1,
            false => 0,
        };
        Some([start, step, count])
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> BigInt {
        if let Some([_, _, count]) = self.small() {
            return BigInt::from(count);
        }
        let number = |value: &Value| int::to_big(value).map_or(BigInt::ZERO, Cow::into_owned);
        let (start, stop, step) = (number(&self.start), number(&self.stop), number(&self.step));
        let (distance, stride) = if step < BigInt::ZERO {
            (start - stop, -step)
        } else {
            (stop - start, step)
        };
        if distance <= BigInt::ZERO {
            return BigInt::ZERO;
        }
        (distance - 1u8) / stride + 1u8
    }

    /// The distance between two numbers, borrowed from the range.
    #[must_use]
    pub fn step(&self) -> Value {
        self.step
    }
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a range.
    let range = unsafe { object.cast::<Range>().as_ref() };
    [range.start, range.stop, range.step]
        .into_iter()
        .for_each(visit);
}
