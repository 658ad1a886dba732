//! Vector clocks: how many operations of each thread are known.

/// Threads that a program can have.
pub const MAX_THREADS: usize = 16;

/// For each thread, how many of its operations happened before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Clock([u32; MAX_THREADS]);

impl Clock {
    /// How many operations of a thread are known.
    #[must_use]
    pub fn of(&self, thread: usize) -> u32 {
        self.0[thread]
    }

    /// Whether the operation of a thread with this number, counted from 1, is known.
    #[must_use]
    pub fn knows(&self, thread: usize, number: u32) -> bool {
        self.0[thread] >= number
    }

    /// Learns what another one knows.
    pub fn join(&mut self, other: &Clock) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine = (*mine).max(*theirs);
        }
    }

    /// Learns of an operation.
    pub(crate) fn see(&mut self, thread: usize, number: u32) {
        self.0[thread] = self.0[thread].max(number);
    }
}
