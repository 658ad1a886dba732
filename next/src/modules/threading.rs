//! `threading`

use crate::eval::cx::Cx;
use crate::refs::Owned;
use crate::types::define::module;
use crate::types::{TypeId, lock, thread};

module! {
    pub(crate) THREADING = "threading" {
        doc "Thread module emulating a subset of Java's threading model.";
        types { Thread, RLock, Event }
        constant Lock = |cx| cx.class(TypeId::Lock).as_ref().own();
        constant TIMEOUT_MAX = |cx| cx.float(lock::TIMEOUT_MAX);
        /// Return the current Thread object.
        static current_thread();
        /// Return the main thread object.
        static main_thread();
        /// Return a non-zero integer that uniquely identifies the current thread.
        static get_ident();
        static get_native_id as get_ident();
        /// Return the number of Thread objects currently alive.
        static active_count();
        /// Return a list of all Thread objects currently alive.
        static enumerate();
        static _monotonic as monotonic();
    }
}

fn current_thread(cx: &Cx) -> Owned {
    thread::current_thread(cx)
}

fn main_thread(cx: &Cx) -> Owned {
    thread::main_thread(cx)
}

fn get_ident(cx: &Cx) -> i64 {
    thread::ident(cx) as i64
}

fn active_count(cx: &Cx) -> usize {
    thread::running(cx).len()
}

fn enumerate(cx: &Cx) -> Vec<Owned> {
    thread::running(cx)
}

/// Seconds on the clock by which the Python part measures how long it waits.
fn monotonic(cx: &Cx) -> f64 {
    cx.shared.clock.elapsed().as_secs_f64()
}
