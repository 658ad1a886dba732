//! Clocks and sleep, virtual: each thread's time passes when it sleeps or times out, and not otherwise.

use std::time::Duration;

use crate::engine;

/// A point of the monotonic clock, for deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(pub(super) Duration);

impl Deadline {
    /// The point that lies `timeout` from now; `None` when the clock cannot express it.
    #[must_use]
    pub fn after(timeout: Duration) -> Option<Self> {
        engine::now().checked_add(timeout).map(Self)
    }
}

/// A monotonic clock that starts when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Duration);

impl Clock {
    /// A clock that shows zero now.
    #[must_use]
    pub fn start() -> Self {
        Self(engine::now())
    }

    /// The time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        engine::now().saturating_sub(self.0)
    }
}

/// The time since the Unix epoch: a constant, and the virtual time of the thread.
#[must_use]
pub fn since_epoch() -> Duration {
    const BEGIN: Duration = Duration::from_secs(1_700_000_000);
    BEGIN + engine::now()
}

/// What one of the system's clocks would show.
#[must_use]
pub fn system_clock(clock: rustix::time::ClockId) -> Duration {
    match clock {
        rustix::time::ClockId::Realtime => since_epoch(),
        _ => engine::now(),
    }
}

/// Lets the calling thread sleep.
pub fn sleep(duration: Duration) {
    engine::pass(duration);
}
