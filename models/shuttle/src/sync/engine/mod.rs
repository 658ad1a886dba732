//! Which thread runs: the engine decides, shuttle's coroutines carry it out.
//!
//! A thread is ready, waits, or is done; only the engine knows which, shuttle sees coroutines that are always able to
//! run. At every scheduling point the strategy chooses among the threads that can go on; a thread with a deadline can,
//! and choosing it is its time-out. When no thread can go on, the one that is resumed fails the execution.
//!
//! A thread that spins can go on when another thread has changed something since the round of its loop began. So a
//! waiting loop costs no schedules, and a loop that nothing can end is found at once.

mod control;
mod current;
mod dfs;
mod driver;
mod pct;
mod random;
mod runs;
mod schedule;
mod strategy;

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, Location};
use std::time::Duration;

use record::At;
use record::event::{self, Event};
use record::execution;
use record::waits::{self, On};
use reports::failure::FailureKind;

use control::{Control, Status};
use current::Alarm;

pub(super) use control::{Effect, WAKE_UPS};
pub(super) use current::did;
pub(super) use driver::{Ending, Limits, Outcome, run};
pub(super) use schedule::Schedule;
pub(super) use strategy::{Place, Strategy};

pub(super) use dfs::Dfs;
pub(super) use pct::Pct;
pub(super) use random::Random;
pub(super) use runs::{Loosely, Run, with_fewer_switches};
pub(super) use schedule::Follow;

/// The payload that unwinds a thread because the execution is over; nobody's failure.
struct Abandoned;

/// A scheduling point: lets the strategy choose who goes on.
#[track_caller]
pub(super) fn point() {
    if execution::running() {
        switch();
    }
}

/// Lets the strategy choose who goes on, and returns when that is the caller again.
#[track_caller]
fn switch() {
    let me = current::thread();
    if current::choose() != me {
        // Without a duration worth of anything: this is shuttle's plain scheduling point.
        shuttle::thread::sleep(Duration::ZERO);
    }
    heed();
}

/// Ends the calling thread when the execution cannot go on.
#[track_caller]
fn heed() {
    match current::alarm() {
        Alarm::None => {}
        Alarm::Over => abandon(),
        Alarm::Stuck(kind) => stuck(kind),
        Alarm::TooLong(steps) => too_long(steps),
    }
}

/// Unwinds the calling thread, whose execution is over.
pub(super) fn abandon() -> ! {
    panic::panic_any(Abandoned)
}

#[track_caller]
fn stuck(kind: FailureKind) -> ! {
    let claim = match kind {
        FailureKind::Livelock => "a waiting loop ends",
        _ => "no threads wait for each other forever",
    };
    record::fail(kind, claim, waits::describe())
}

#[track_caller]
fn too_long(steps: usize) -> ! {
    let detail = format!("still running after {steps} scheduling points");
    record::fail(FailureKind::Livelock, "every execution ends", detail)
}

/// Runs the body of a thread on its coroutine, and gives the processor away for good.
fn body(thread: usize, body: impl FnOnce()) {
    let run = || {
        heed();
        body();
    };
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(run)) {
        give_up(payload);
    }
    event::push(Event::Finished, Location::caller());
    current::with(|control| control.done(thread));
}

/// Notes why the execution is over; the first reason counts.
fn give_up(payload: Box<dyn Any + Send>) {
    if !payload.is::<Abandoned>() {
        current::with(|control| {
            control.payload.get_or_insert(payload);
        });
    }
    execution::give_up();
    current::sound(Alarm::Over);
}

/// Starts the coroutine of a thread that [`execution::spawned`] numbered.
pub(super) fn start(thread: usize, stack: usize, run: impl FnOnce() + Send + 'static) {
    current::with(|control| control.add(thread));
    let builder = shuttle::thread::Builder::new().stack_size(stack.max(driver::STACK));
    let handle = builder.spawn(move || body(thread, run));
    drop(handle.expect("a coroutine can always be made"));
}

/// Waits for the end of `thread`.
#[track_caller]
pub(super) fn join(thread: usize, at: At) {
    if !execution::running() {
        return;
    }
    if current::with(|control| control.begin_join(thread)) {
        block(On::Thread(thread), false, at);
    }
    execution::joined(thread, at);
}

/// Waits until another thread wakes this one; `timed` allows the engine to end the wait by itself.
#[track_caller]
pub(super) fn block(on: On, timed: bool, at: At) {
    let status = if timed {
        Status::Timed
    } else {
        Status::Waiting
    };
    current::with(|control| control.pause(status));
    waits::blocked(on, at);
    switch();
    waits::unblocked(current::thread());
}

/// Makes a waiting thread able to go on.
pub(super) fn wake(thread: usize) {
    current::with(|control| control.wake(thread));
    waits::unblocked(thread);
}

/// Waits in a loop for another thread to change something.
#[track_caller]
pub(super) fn spin(at: At) {
    if execution::running() {
        current::with(|control| control.pause(Status::Spins));
        waits::spins(at);
        switch();
        waits::unblocked(current::thread());
    }
}

/// A scheduling point at which strategies prefer other threads.
#[track_caller]
pub(super) fn yield_now() {
    if execution::running() {
        current::with(Control::yields);
        switch();
    }
}

/// Whether a weak compare-exchange fails this time: a choice of the strategy, taken at most once a thread.
pub(super) fn fails_spuriously() -> bool {
    execution::running() && current::with(Control::fails_spuriously)
}

/// Whether the current thread's sleep may end though nobody wakes it; it then counts as one that may.
pub(super) fn may_wake_up() -> bool {
    current::with(Control::may_wake_up)
}

/// The virtual time, which passes with every look.
pub(super) fn now() -> Duration {
    current::with(Control::look_at_clock)
}

/// Lets virtual time pass, and others run.
#[track_caller]
pub(super) fn sleep(duration: Duration) {
    current::with(|control| control.pass(duration));
    point();
}

/// Lets virtual time pass up to `deadline`.
pub(super) fn reach(deadline: Duration) {
    current::with(|control| control.reach(deadline));
}

/// The number of a new heap.
pub(super) fn new_heap() -> u32 {
    current::with(Control::new_heap)
}

/// The main thread: the scenario's body, then the end of every thread, then the claims that hold at the end.
fn main_thread(scenario: impl FnOnce()) {
    body(0, || {
        scenario();
        (1..execution::threads()).for_each(|thread| join(thread, Location::caller()));
        execution::finish();
    });
}
