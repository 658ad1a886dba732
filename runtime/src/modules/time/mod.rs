//! `time`: clocks, sleeping, and dates in UTC.

mod calendar;

use core::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::objects::float::Float;
use crate::refs::Ref;
use crate::sync::time::since_epoch;
use crate::types::define::module;
use crate::types::{TypeId, wait};

use calendar::{asctime, gmtime, strftime};

module! {
    pub(crate) TIME = "time" {
        doc "Clocks, and what they show as text or parts.";
        types { StructTime }
        /// Return the current time in seconds since the Epoch.
        static time();
        /// Nanoseconds since 1970 began, UTC.
        static time_ns();
        /// Monotonic clock, cannot go backward.
        static monotonic();
        /// Monotonic clock, cannot go backward, as nanoseconds.
        static monotonic_ns();
        /// Performance counter for benchmarking.
        static perf_counter as monotonic();
        /// Performance counter for benchmarking as nanoseconds.
        static perf_counter_ns as monotonic_ns();
        /// Process time for profiling: sum of the kernel and user-space CPU time.
        static process_time();
        /// Process time for profiling as nanoseconds.
        static process_time_ns();
        /// Thread time for profiling: sum of the kernel and user-space CPU time.
        static thread_time();
        /// Thread time for profiling as nanoseconds.
        static thread_time_ns();
        /// Delay execution for a given number of seconds.
        static sleep(seconds, /);
        /// Convert seconds since the Epoch to a time tuple expressing UTC.
        static gmtime(seconds = None, /);
        /// Convert a time tuple to a string, e.g. 'Mon Nov 30 08:05:09 2026'.
        static asctime(tuple, /);
        /// Convert a time tuple to a string according to a format specification.
        static strftime(format, tuple, /);
    }
}

fn time(_cx: &Cx) -> f64 {
    since_epoch().as_secs_f64()
}

fn time_ns(_cx: &Cx) -> i64 {
    since_epoch().as_nanos() as i64
}

fn monotonic(cx: &Cx) -> f64 {
    cx.shared.clock.elapsed().as_secs_f64()
}

fn monotonic_ns(cx: &Cx) -> i64 {
    cx.shared.clock.elapsed().as_nanos() as i64
}

/// What a clock of the system says, in nanoseconds.
fn nanoseconds(clock: ClockId) -> i64 {
    let time = clock_gettime(clock);
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

fn process_time(_cx: &Cx) -> f64 {
    nanoseconds(ClockId::ProcessCPUTime) as f64 / 1e9
}

fn process_time_ns(_cx: &Cx) -> i64 {
    nanoseconds(ClockId::ProcessCPUTime)
}

fn thread_time(_cx: &Cx) -> f64 {
    nanoseconds(ClockId::ThreadCPUTime) as f64 / 1e9
}

fn thread_time_ns(_cx: &Cx) -> i64 {
    nanoseconds(ClockId::ThreadCPUTime)
}

fn sleep(cx: &Cx, seconds: Ref<'_>) -> Outcome<()> {
    let seconds = match seconds.downcast::<Float>() {
        Some(float) => float.get(),
        None => number::index(cx, seconds)? as f64,
    };
    if seconds.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(cx.value_error("sleep length must be non-negative"));
    }
    match Duration::try_from_secs_f64(seconds) {
        Ok(length) => wait::sleep(cx, length),
        Err(_) => Err(cx.error(
            TypeId::OverflowError,
            "timestamp too large to convert to C PyTime_t",
        )),
    }
}
