//! The clocks of the system, by number and by name.

use rustix::time::{ClockId, Timespec, clock_getres};

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::sync::time::system_clock;
use crate::types::{exception, simple_namespace};

/// The clocks that programs can ask for.
const CLOCKS: [(i64, ClockId); 6] = [
    (0, ClockId::Realtime),
    (1, ClockId::Monotonic),
    (2, ClockId::ProcessCPUTime),
    (3, ClockId::ThreadCPUTime),
    (4, ClockId::MonotonicRaw),
    (7, ClockId::Boottime),
];

fn of_number(cx: &Cx, number: i64) -> Outcome<ClockId> {
    let known = CLOCKS.iter().find(|(known, _)| *known == number);
    known.map(|(_, clock)| *clock).ok_or_else(|| {
        let error = std::io::Error::from_raw_os_error(INVALID);
        exception::system_error(cx, &error)
    })
}

/// The system's number of this error.
const INVALID: i32 = 22;

fn in_nanoseconds(time: Timespec) -> i64 {
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// What a clock says, in nanoseconds.
pub(super) fn nanoseconds(clock: ClockId) -> i64 {
    system_clock(clock).as_nanos() as i64
}

pub(super) fn gettime(cx: &Cx, clock: i64) -> Outcome<f64> {
    Ok(gettime_ns(cx, clock)? as f64 / 1e9)
}

pub(super) fn gettime_ns(cx: &Cx, clock: i64) -> Outcome<i64> {
    of_number(cx, clock).map(nanoseconds)
}

pub(super) fn getres(cx: &Cx, clock: i64) -> Outcome<f64> {
    let clock = of_number(cx, clock)?;
    Ok(in_nanoseconds(clock_getres(clock)) as f64 / 1e9)
}

/// Name of a clock's function, the system's clock, whether it only goes forward, whether somebody can set it.
const NAMED: [(&str, &str, ClockId, bool, bool); 5] = [
    ("time", "CLOCK_REALTIME", ClockId::Realtime, false, true),
    (
        "monotonic",
        "CLOCK_MONOTONIC",
        ClockId::Monotonic,
        true,
        false,
    ),
    (
        "perf_counter",
        "CLOCK_MONOTONIC",
        ClockId::Monotonic,
        true,
        false,
    ),
    (
        "process_time",
        "CLOCK_PROCESS_CPUTIME_ID",
        ClockId::ProcessCPUTime,
        true,
        false,
    ),
    (
        "thread_time",
        "CLOCK_THREAD_CPUTIME_ID",
        ClockId::ThreadCPUTime,
        true,
        false,
    ),
];

pub(super) fn info(cx: &Cx, name: &str) -> Outcome<Owned> {
    let Some((_, clock, id, monotonic, adjustable)) = NAMED.iter().find(|known| known.0 == name)
    else {
        return Err(cx.value_error("unknown clock"));
    };
    let resolution = in_nanoseconds(clock_getres(*id)) as f64 / 1e9;
    let parts = vec![
        ("implementation", cx.str(&format!("clock_gettime({clock})"))),
        ("monotonic", Owned::bool(*monotonic)),
        ("adjustable", Owned::bool(*adjustable)),
        ("resolution", cx.float(resolution)),
    ];
    Ok(simple_namespace::new(cx, parts))
}

/// Setting a clock is for administrators of the system, not for programs here.
pub(super) fn settime(cx: &Cx, clock: i64) -> Outcome<()> {
    of_number(cx, clock)?;
    let error = std::io::Error::from_raw_os_error(NOT_PERMITTED);
    Err(exception::system_error(cx, &error))
}

/// The system's number of this error.
const NOT_PERMITTED: i32 = 1;
