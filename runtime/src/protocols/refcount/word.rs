//! The shared word of a reference count: its bits, and each transition as a pure function.

/// How far the object has gone on its way from its owner to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The owner may free without a compare-exchange; no lock-free reader has ever wanted the object.
    Default,
    /// Others may try-incref at any time, so freeing must merge first.
    Weakrefs,
    /// The owner was asked to merge: one queue entry exists and owns one count.
    Queued,
    /// Nobody owns the object; the shared word holds the whole count.
    Merged,
}

/// The bits of the state.
const STATE_MASK: i64 = 0b11;
/// The position of the signed count.
const COUNT_SHIFT: u32 = 2;

/// A value of the shared word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shared(i64);

impl Shared {
    /// One reference, as the word counts it.
    pub(super) const ONE: i64 = 1 << COUNT_SHIFT;

    /// No reference that the word knows of, in the default state.
    pub(super) const ZERO: Self = Self(0);

    #[inline]
    pub(super) const fn new(count: i64, state: State) -> Self {
        Self(count << COUNT_SHIFT | state as i64)
    }

    #[inline]
    pub(super) const fn from_bits(bits: i64) -> Self {
        Self(bits)
    }

    #[inline]
    pub(super) const fn bits(self) -> i64 {
        self.0
    }

    #[inline]
    pub(super) const fn count(self) -> i64 {
        self.0 >> COUNT_SHIFT
    }

    #[inline]
    pub(super) const fn state(self) -> State {
        match self.0 & STATE_MASK {
            0 => State::Default,
            1 => State::Weakrefs,
            2 => State::Queued,
            _ => State::Merged,
        }
    }

    /// The word with `change` added to its count.
    #[inline]
    pub(super) const fn add(self, change: i64) -> Self {
        Self::new(self.count() + change, self.state())
    }

    /// The word in `state`, which is not below its own.
    #[inline]
    pub(super) const fn raise(self, state: State) -> Self {
        Self::new(self.count(), state)
    }

    /// The word in at least the state in which lock-free readers may succeed.
    #[inline]
    pub(super) fn raise_to_weakrefs(self) -> Self {
        self.raise(self.state().max(State::Weakrefs))
    }

    /// Whether a drop must hand the object to its owner: the count would fall below zero unmerged for the first time.
    #[inline]
    pub(super) fn must_queue(self) -> bool {
        self.count() == 0 && self.state() < State::Queued
    }

    /// Whether the object may be dead, so that nobody may take a reference out of nothing.
    #[inline]
    pub(super) fn refuses(self) -> bool {
        self.count() == 0 && matches!(self.state(), State::Default | State::Merged)
    }

    /// Whether this word alone says that the object is dead.
    #[inline]
    pub(super) fn is_dead(self) -> bool {
        self == Self::new(0, State::Merged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn count_and_state_survive_the_round_trip() {
        for count in [-3, -1, 0, 1, 1 << 40] {
            for state in [
                State::Default,
                State::Weakrefs,
                State::Queued,
                State::Merged,
            ] {
                let word = Shared::new(count, state);
                assert_eq!((word.count(), word.state()), (count, state));
                assert_eq!(Shared::from_bits(word.bits() + Shared::ONE), word.add(1));
            }
        }
    }

    #[test]
    fn only_counts_that_may_be_dead_refuse() {
        assert!(Shared::ZERO.refuses());
        assert!(Shared::new(0, State::Merged).refuses());
        assert!(!Shared::new(0, State::Weakrefs).refuses());
        assert!(!Shared::new(0, State::Queued).refuses());
        assert!(!Shared::new(-1, State::Queued).refuses());
        assert!(!Shared::new(1, State::Merged).refuses());
    }
}
