//! `threading`: what Python code cannot do; the rest is in `lib/threading.py`.

use super::thread::{get_ident, get_native_id, stack_size};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::define::module;
use crate::types::exception::warn;
use crate::types::{TypeId, thread, wait};

module! {
    pub(crate) THREADING = "threading" {
        doc "Threads and what they wait for.";
        types { Thread, RLock, Event }
        constant ExceptHookArgs = |cx| cx.class(TypeId::ExceptHookArgs).as_ref().own();
        constant Lock = |cx| cx.class(TypeId::Lock).as_ref().own();
        constant local = |cx| cx.class(TypeId::Local).as_ref().own();
        constant TIMEOUT_MAX = |cx| cx.float(wait::TIMEOUT_MAX);
        /// The thread that calls.
        static current_thread();
        /// The thread in which the program began.
        static main_thread();
        /// The number of the calling thread, which no other has while it runs.
        static get_ident();
        static get_native_id();
        /// How many threads have begun and not ended.
        static active_count();
        /// The threads that have begun and not ended.
        static enumerate();
        /// The thread that calls.
        static currentThread as current_thread_too();
        /// How many threads have begun and not ended.
        static activeCount as active_count_too();
        /// How large the stacks of new threads are; says how large they are to be.
        static stack_size(size = 0, /);
        static _monotonic as monotonic();
        static _report as report(exception, thread, /);
    }
}

fn current_thread(cx: &Cx) -> Owned {
    thread::current_thread(cx)
}

fn main_thread(cx: &Cx) -> Owned {
    thread::main_thread(cx)
}

fn active_count(cx: &Cx) -> usize {
    thread::running(cx).len()
}

fn current_thread_too(cx: &Cx) -> Outcome {
    warn::deprecated(cx, "currentThread", "use current_thread()")?;
    Ok(thread::current_thread(cx))
}

fn active_count_too(cx: &Cx) -> Outcome<usize> {
    warn::deprecated(cx, "activeCount", "use active_count()")?;
    Ok(active_count(cx))
}

fn enumerate(cx: &Cx) -> Vec<Owned> {
    thread::running(cx)
}

/// Seconds on the clock by which the Python part measures how long it waits.
fn monotonic(cx: &Cx) -> f64 {
    cx.shared.clock.elapsed().as_secs_f64()
}

/// Tells of an exception that ended a thread.
fn report(cx: &Cx, exception: Ref<'_>, thread: Ref<'_>) {
    thread::report(cx, thread, exception);
}
