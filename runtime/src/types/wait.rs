//! How threads wait: with time-outs, without blocking a stop of the world, and Ctrl-C wakes the main thread.

use core::time::Duration;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::protocols::gate::{Gate, Seen, Slept};
use crate::protocols::pending::sleep_undisturbed;
use crate::sync::park::Key;
use crate::sync::time::Deadline;
use crate::types::TypeId;

/// How long a thread is willing to wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Patience {
    None,
    For(Duration),
    Forever,
}

impl Patience {
    pub(crate) fn deadline(self) -> Option<Deadline> {
        match self {
            Patience::None => Deadline::after(Duration::ZERO),
            Patience::For(time) => Deadline::after(time),
            Patience::Forever => None,
        }
    }
}

/// Whether a sleep ends when somebody presses Ctrl-C.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interrupts {
    Heeded,
    Ignored,
}

impl Gate {
    /// Sleeps while the gate is closed as it was seen, until woken or too late. The caller is outside.
    pub(crate) fn sleep(
        &self,
        cx: &Cx,
        seen: Seen,
        deadline: Option<Deadline>,
        interrupts: Interrupts,
    ) -> Slept {
        let heeds = interrupts == Interrupts::Heeded && cx.is_main_thread();
        sleep_on(cx, self.key(), deadline, heeds, &|| self.keeps(seen))
    }
}

/// Sleeps on a key while `stays` holds, until woken, too late, or interrupted. The caller is outside.
pub(crate) fn park(
    cx: &Cx,
    key: Key,
    deadline: Option<Deadline>,
    stays: &dyn Fn() -> bool,
) -> Slept {
    sleep_on(cx, key, deadline, cx.is_main_thread(), stays)
}

fn sleep_on(
    cx: &Cx,
    key: Key,
    deadline: Option<Deadline>,
    heeds: bool,
    stays: &dyn Fn() -> bool,
) -> Slept {
    match heeds {
        true => cx.shared.pending.sleep(cx.lot(), key, deadline, stays),
        false => sleep_undisturbed(cx.lot(), key, deadline, stays),
    }
}

/// `time.sleep`: the whole time, unless Ctrl-C ends it.
pub(crate) fn sleep(cx: &Cx, time: Duration) -> Outcome<()> {
    let gate = Gate::new("sleep", true);
    let deadline = Deadline::after(time);
    match cx.blocking(|| gate.sleep(cx, gate.look(), deadline, Interrupts::Heeded)) {
        Slept::Interrupted => cx.check_interrupt(),
        Slept::InTime | Slept::TooLate => Ok(()),
    }
}

/// How long `blocking` and `timeout` allow to wait.
pub(crate) fn patience(cx: &Cx, blocking: bool, timeout: f64) -> Outcome<Patience> {
    match (blocking, timeout) {
        (false, -1.0) => Ok(Patience::None),
        (false, _) => Err(cx.value_error("can't specify a timeout for a non-blocking call")),
        (true, -1.0) => Ok(Patience::Forever),
        (true, timeout) if timeout < 0.0 => {
            Err(cx.value_error("timeout value must be a non-negative number"))
        }
        (true, timeout) => seconds(cx, timeout).map(Patience::For),
    }
}

/// CPython's limit, about 292 years.
pub(crate) const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// A number of seconds as a duration.
pub(crate) fn seconds(cx: &Cx, seconds: f64) -> Outcome<Duration> {
    if seconds.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if seconds <= TIMEOUT_MAX => Ok(duration),
        _ => {
            let message = "timestamp out of range for platform time_t";
            Err(cx.error(TypeId::OverflowError, message))
        }
    }
}

/// `timeout=None` of `join` and `wait`; negative times do not wait.
pub(crate) fn optional_timeout(cx: &Cx, timeout: Option<f64>) -> Outcome<Patience> {
    match timeout {
        None => Ok(Patience::Forever),
        Some(timeout) if timeout <= 0.0 => Ok(Patience::None),
        Some(timeout) => seconds(cx, timeout).map(Patience::For),
    }
}
