//! Positions of iterators that several threads may share.

use crate::eval::cx::Cx;
use crate::objects::header::Header;
use crate::sync::atomic::AtomicI64;
use crate::sync::atomic::Ordering::Relaxed;

/// A position that every step takes and moves: no two steps take the same one, whichever threads make them. A negative
/// one is the end, and stays.
pub(crate) struct Counter(AtomicI64);

impl Counter {
    pub(crate) fn new(start: i64) -> Self {
        Self(AtomicI64::new("position", start))
    }

    /// The next position to be taken.
    pub(crate) fn get(&self) -> i64 {
        // ORDERING: relaxed: a position alone says nothing about other memory.
        self.0.load(Relaxed)
    }

    /// Sets the next position.
    pub(crate) fn set(&self, position: i64) {
        // ORDERING: relaxed: as above.
        self.0.store(position, Relaxed);
    }

    /// Notes that there is nothing more.
    pub(crate) fn end(&self) {
        self.set(-1);
    }

    /// Takes the position and moves on; nothing at the end. `owner` is the object that the counter lies in.
    #[inline]
    pub(crate) fn take(&self, cx: &Cx, owner: &Header, by: i64) -> Option<i64> {
        let mut position = self.get();
        if owner.count.is_uniquely_referenced(cx.ts.id()) {
            if position >= 0 {
                self.set(position + by);
            }
            return (position >= 0).then_some(position);
        }
        while position >= 0 {
            match self.exchange(position, position + by) {
                Ok(_) => return Some(position),
                Err(found) => position = found,
            }
        }
        None
    }

    /// Gives back a position that was taken, unless others went on from there.
    pub(crate) fn give_back(&self, position: i64, by: i64) {
        let _ = self.exchange(position + by, position);
    }

    fn exchange(&self, from: i64, to: i64) -> Result<i64, i64> {
        // ORDERING: relaxed, both ways: only that no position is taken twice.
        self.0.compare_exchange(from, to, Relaxed, Relaxed)
    }
}
