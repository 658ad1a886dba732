//! Clocks and sleep, on virtual time: it passes when a thread sleeps or a deadline is reached.

use std::cell::Cell;
use std::time::Duration;

use super::thread;

thread_local! {
    static NOW: Cell<Duration> = const { Cell::new(EPOCH) };
}

/// Far enough from zero that a clock of the real world could show it.
const EPOCH: Duration = Duration::from_secs(1_000_000_000);

pub(super) fn reset() {
    NOW.set(EPOCH);
}

/// Time has come at least to `deadline`.
pub(super) fn reach(deadline: Deadline) {
    NOW.set(NOW.get().max(deadline.0));
}

/// A point of the monotonic clock, for deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Duration);

impl Deadline {
    /// The point that lies `timeout` from now; `None` when the clock cannot express it.
    #[must_use]
    pub fn after(timeout: Duration) -> Option<Self> {
        NOW.get().checked_add(timeout).map(Self)
    }
}

/// A monotonic clock that starts when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Duration);

impl Clock {
    /// A clock that shows zero now.
    #[must_use]
    pub fn start() -> Self {
        Self(NOW.get())
    }

    /// The time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        NOW.get().saturating_sub(self.0)
    }
}

/// The time since the Unix epoch.
#[must_use]
pub fn since_epoch() -> Duration {
    NOW.get()
}

/// Lets the calling thread sleep for at least `duration`.
#[track_caller]
pub fn sleep(duration: Duration) {
    NOW.set(NOW.get().saturating_add(duration));
    thread::yield_now();
}
