//! Counts that threads keep for themselves: see [`protocols::deferred`](crate::protocols::deferred).

use super::word::State;
use super::{NOBODY, RefCount, ThreadId};
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::{invariant, seeded};

/// Set in the owner word of a deferred object; the other bits are its number.
const NUMBERED: u32 = 1 << 31;
/// Added to the shared count of a deferred object: more than threads can take off it.
const BIAS: i64 = 1 << 40;

pub(super) fn bias() -> i64 {
    match seeded!("deferred-without-bias") {
        true => 0,
        false => BIAS,
    }
}

/// The number of a deferred object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(u32);

impl Number {
    /// The number with this index, if there are so many.
    #[must_use]
    pub fn new(index: usize) -> Option<Self> {
        let number = u32::try_from(index).ok()?;
        (number < NUMBERED).then_some(Self(number))
    }

    /// The index.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A thread that counts: who it is, and where it keeps its counts of deferred objects.
pub trait Counter: Copy {
    /// Its number.
    fn id(self) -> ThreadId;

    /// Counts so many references more to a deferred object.
    fn count(self, number: Number, change: i64);
}

/// A thread that meets no deferred object.
impl Counter for ThreadId {
    #[inline]
    fn id(self) -> ThreadId {
        self
    }

    #[cold]
    fn count(self, number: Number, _change: i64) {
        invariant!(
            false,
            "deferred 3",
            "nobody counts references to {number:?}"
        );
    }
}

/// The number that an owner word names.
#[inline]
pub(super) fn number_in(owner: u32) -> Option<Number> {
    (owner & NUMBERED != 0).then_some(Number(owner & !NUMBERED))
}

impl RefCount {
    /// The number, if the count is deferred.
    #[inline]
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        // ORDERING: Relaxed; who misses it counts in the shared word.
        number_in(self.owner.load(Relaxed))
    }

    /// Makes the count ready to be deferred, if `me` owns the object or nobody does: merged, and raised by the bias.
    pub(in crate::protocols) fn begin_deferral(&self, me: ThreadId) -> bool {
        let mine = self.is_owned_by(me) || seeded!("rc3-defer-foreign");
        if self.is_immortal() || !(mine || self.owner_word() == NOBODY) {
            return false;
        }
        let _ = self.merge(bias());
        true
    }

    /// Names the number in the owner word; says no if another thread has deferred the object meanwhile.
    pub(in crate::protocols) fn publish_number(&self, number: Number) -> bool {
        let word = NUMBERED | number.0;
        if seeded!("deferred-number-stored") {
            // ORDERING: Relaxed; a fault.
            self.owner.store(word, Relaxed);
            return true;
        }
        // ORDERING: Relaxed; the number says nothing of memory, and who misses it counts in the shared word.
        let published = self.owner.compare_exchange(NOBODY, word, Relaxed, Relaxed);
        published.is_ok()
    }

    /// Takes the bias back: another thread was first, or there are no more numbers.
    pub(in crate::protocols) fn abandon_deferral(&self) {
        let _ = self.merge(-bias());
    }

    /// Adds what a thread has counted.
    pub(in crate::protocols) fn fold(&self, change: i64) {
        // ORDERING: Relaxed; the stop of the collection that ends the object orders all uses before it.
        self.update(Relaxed, |shared| shared.add(change));
    }

    /// Ends the deferral and gives the number back. The world is stopped, and all tallies are folded.
    pub(in crate::protocols) fn end_deferral(&self) -> Option<Number> {
        let number = self.number()?;
        // ORDERING: Relaxed; the world is stopped.
        self.owner.store(NOBODY, Relaxed);
        let (_, after) = self.update(Relaxed, |shared| shared.add(-bias()));
        invariant!(
            after.count() >= 0 && after.state() == State::Merged,
            "deferred 1",
            "{after:?} at the end of a deferral"
        );
        Some(number)
    }
}
