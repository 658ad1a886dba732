//! Clocks and sleep, virtual: each thread has a clock of its own, which moves when it sleeps or times out.

use std::time::Duration;

use super::run;

/// Far enough from zero that a clock of the real world could show it.
const EPOCH: Duration = Duration::from_secs(1_000_000_000);

fn now() -> Duration {
    if run::alive() {
        run::now()
    } else {
        Duration::ZERO
    }
}

/// A point of the monotonic clock, for deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(pub(super) Duration);

impl Deadline {
    /// The point that lies `timeout` from now; `None` when the clock cannot express it.
    #[must_use]
    pub fn after(timeout: Duration) -> Option<Self> {
        now().checked_add(timeout).map(Self)
    }
}

/// A monotonic clock that starts when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Duration);

impl Clock {
    /// A clock that shows zero now.
    #[must_use]
    pub fn start() -> Self {
        Self(now())
    }

    /// The time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        now().saturating_sub(self.0)
    }
}

/// The time since the Unix epoch.
#[must_use]
pub fn since_epoch() -> Duration {
    EPOCH + now()
}

/// Lets the calling thread sleep for at least `duration`.
pub fn sleep(duration: Duration) {
    if run::alive() {
        run::reach(run::now().saturating_add(duration));
    }
}
