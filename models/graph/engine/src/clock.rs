//! Vector clocks: for each thread, how many of its first events a set contains.
//!
//! Every set of events that the checker asks about is closed under program order,
//! so one number per thread describes it and membership is one comparison.

/// The most threads that one execution may have, the main thread included.
pub const MAX_THREADS: usize = 16;

/// A set of events that is closed under program order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock([u16; MAX_THREADS]);

impl Clock {
    /// Adds everything that `other` contains.
    pub(crate) fn join(&mut self, other: &Clock) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }

    /// Adds the event at `index` of `thread`, and with it the thread's earlier ones.
    pub(crate) fn include(&mut self, thread: usize, index: usize) {
        let count = index as u16 + 1;
        self.0[thread] = self.0[thread].max(count);
    }

    /// Removes the thread's events from `index` on.
    pub(crate) fn keep_first(&mut self, thread: usize, index: usize) {
        self.0[thread] = self.0[thread].min(index as u16);
    }

    /// Whether the set has all that `other` contains.
    pub(crate) fn covers(&self, other: &Clock) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .all(|(mine, theirs)| mine >= theirs)
    }

    /// How many events of the thread belong to the set.
    pub(crate) fn count(&self, thread: usize) -> usize {
        usize::from(self.0[thread])
    }

    /// Whether the event at `index` of `thread` belongs to the set.
    pub(crate) fn contains(&self, thread: usize, index: usize) -> bool {
        index < usize::from(self.0[thread])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_contains_what_was_included_and_everything_before_it() {
        let mut clock = Clock::default();
        clock.include(2, 3);
        assert!(clock.contains(2, 0) && clock.contains(2, 3));
        assert!(!clock.contains(2, 4) && !clock.contains(1, 0));
    }

    #[test]
    fn join_is_union() {
        let (mut a, mut b) = (Clock::default(), Clock::default());
        a.include(0, 1);
        b.include(1, 0);
        a.join(&b);
        assert!(a.contains(0, 1) && a.contains(1, 0));
    }

    #[test]
    fn a_clock_stays_half_a_cache_line() {
        assert_eq!(size_of::<Clock>(), 32);
    }
}
