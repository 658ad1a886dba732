//! Vector clocks of a fixed width.

/// How many threads one execution may start, the main thread included.
pub const MAX_THREADS: usize = 16;

/// For each thread, how much of it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VectorClock([u32; MAX_THREADS]);

/// One event of one thread, at the thread's own `time`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Epoch {
    /// The thread.
    pub thread: usize,
    /// The thread's own time; zero means that there was no such event.
    pub time: u32,
    /// Index into the log, or [`Epoch::UNLOGGED`].
    pub step: usize,
}

impl Epoch {
    /// The step of what is not in the log.
    pub const UNLOGGED: usize = usize::MAX;

    /// The same event, known not to be in the log.
    #[must_use]
    pub fn unlogged(self) -> Self {
        Self {
            step: Self::UNLOGGED,
            ..self
        }
    }
}

impl VectorClock {
    /// Learns all that `other` knows.
    pub fn join(&mut self, other: &VectorClock) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }

    /// Advances `thread`'s own time and gives it.
    pub fn tick(&mut self, thread: usize) -> u32 {
        self.0[thread] += 1;
        self.0[thread]
    }

    /// How much of `thread` is known.
    #[must_use]
    pub fn time(&self, thread: usize) -> u32 {
        self.0[thread]
    }

    /// Whether the event at `epoch` happens before whoever has this clock.
    #[must_use]
    pub fn covers(&self, epoch: Epoch) -> bool {
        epoch.time <= self.0[epoch.thread]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn join_takes_the_later_time_of_each_thread() {
        let (mut left, mut right) = (VectorClock::default(), VectorClock::default());
        left.tick(0);
        left.tick(0);
        right.tick(0);
        right.tick(1);
        left.join(&right);
        assert_eq!((left.time(0), left.time(1)), (2, 1));
    }

    #[test]
    fn an_event_that_never_was_is_covered() {
        assert!(VectorClock::default().covers(Epoch::default()));
    }
}
