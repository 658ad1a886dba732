//! `time`: clocks, sleeping, and dates.

mod calendar;
mod clocks;
mod zone;

use core::time::Duration;

use rustix::time::ClockId;

use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::eval::{Args, Outcome};
use crate::modules::library;
use crate::objects::float::Float;
use crate::refs::Ref;
use crate::sync::time::since_epoch;
use crate::types::define::module;
use crate::types::{TypeId, struct_sequence, wait};

use calendar::{asctime, gmtime, strftime};
use clocks::{getres, gettime, gettime_ns, info, nanoseconds, settime};
use zone::{altzone, ctime, daylight, localtime, mktime, timezone, tzname, tzset};

module! {
    pub(crate) TIME = "time" {
        doc "Clocks, and what they show as text or parts.";
        types { StructTime }
        constant CLOCK_REALTIME = |cx| cx.int(0);
        constant CLOCK_MONOTONIC = |cx| cx.int(1);
        constant CLOCK_PROCESS_CPUTIME_ID = |cx| cx.int(2);
        constant CLOCK_THREAD_CPUTIME_ID = |cx| cx.int(3);
        constant CLOCK_MONOTONIC_RAW = |cx| cx.int(4);
        constant CLOCK_BOOTTIME = |cx| cx.int(7);
        constant timezone = timezone;
        constant altzone = altzone;
        constant daylight = daylight;
        constant tzname = tzname;
        /// Seconds since the Epoch.
        static time();
        /// Nanoseconds since 1970 began, UTC.
        static time_ns();
        /// Seconds of a clock that only goes forward.
        static monotonic();
        /// Nanoseconds of a clock that only goes forward.
        static monotonic_ns();
        /// Seconds of the clock that is best for measuring short times.
        static perf_counter as monotonic();
        /// Nanoseconds of the clock that is best for measuring short times.
        static perf_counter_ns as monotonic_ns();
        /// Seconds that the process has run on processors.
        static process_time();
        /// Nanoseconds that the process has run on processors.
        static process_time_ns();
        /// Seconds that the thread has run on processors.
        static thread_time();
        /// Nanoseconds that the thread has run on processors.
        static thread_time_ns();
        /// Let the thread sleep for some seconds.
        static sleep(seconds, /);
        /// Seconds of a clock of the system.
        static clock_gettime as gettime(clk_id, /);
        /// Nanoseconds of a clock of the system.
        static clock_gettime_ns as gettime_ns(clk_id, /);
        /// The shortest step of a clock of the system, in seconds.
        static clock_getres as getres(clk_id, /);
        /// Refused: programs do not set the clocks of the system.
        static clock_settime as set(clk_id, time, /);
        /// Refused: programs do not set the clocks of the system.
        static clock_settime_ns as set(clk_id, time, /);
        /// What is known of the clock that a function reads.
        static get_clock_info as info(name, /);
        /// The date in UTC; without seconds since the Epoch, that of now.
        static gmtime(seconds = None, /);
        /// The date in local time; without seconds since the Epoch, that of now.
        static localtime(seconds = None, /);
        /// Seconds since the Epoch of a date in local time.
        static mktime(tuple, /);
        /// A date as text, in the form of 'Mon Nov 30 08:05:09 2026'.
        static asctime(tuple = None, /);
        /// A date in local time as text, as asctime() has it.
        static ctime(seconds = None, /);
        /// A date as text, as a format describes it.
        static strftime(format, tuple = None, /);
        /// The date that a text shows, as a format describes it.
        static strptime(data_string, format = None, /);
        /// Read the name of the time zone from the environment again.
        static tzset();
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

fn strptime(cx: &Cx, text: Ref<'_>, format: Option<Ref<'_>>) -> Outcome {
    let parse = library::function(cx, "_strptime", "parse")?;
    let usual = cx.str("%a %b %d %H:%M:%S %Y");
    let format = format.unwrap_or(usual.borrow());
    let parts = cx.call(parse.borrow(), Args::positional(&[text, format]))?;
    let parts = iterate::collect(cx, parts.borrow())?;
    Ok(struct_sequence::make(cx, TypeId::StructTime, parts))
}

fn set(cx: &Cx, clock: i64, _time: Ref<'_>) -> Outcome<()> {
    settime(cx, clock)
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
