//! `_thread`

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::define::module;
use crate::types::{TypeId, payload, thread, wait};

module! {
    pub(crate) THREAD = "_thread" {
        doc "Threads and locks, on which threading is built.";
        types { Lock, RLock, Local, ThreadHandle, ExceptHookArgs }
        constant LockType = |cx| cx.class(TypeId::Lock).as_ref().own();
        constant error = |cx| cx.class(TypeId::RuntimeError).as_ref().own();
        constant TIMEOUT_MAX = |cx| cx.float(wait::TIMEOUT_MAX);
        /// Run a function in a thread of its own; its identifier is returned.
        static start_new_thread as start_new(function, args, kwargs = None, /);
        static start_new(function, args, kwargs = None, /);
        /// Starts a thread, and gives a handle on which others can wait.
        static start_joinable_thread(function, handle = None, daemon = true);
        /// Whether threads may be left behind at the end.
        static daemon_threads_allowed();
        /// A lock that nobody holds.
        static allocate_lock();
        static allocate as allocate_lock();
        /// End the calling thread.
        static exit();
        static exit_thread as exit();
        /// Lets the main thread act as if a signal had come.
        static interrupt_main(signum = 2, /);
        /// The number of the calling thread, which no other has while it runs.
        static get_ident();
        /// Return the number that the operating system has for the calling thread.
        static get_native_id();
        static _get_main_thread_ident as main_ident();
        /// How many threads run beside the main one.
        static _count as count();
        /// How large the stacks of new threads are; says how large they are to be.
        static stack_size(size = 0, /);
    }
}

fn start_new(cx: &Cx, function: Ref<'_>, args: Ref<'_>, kwargs: Option<Ref<'_>>) -> Outcome<i64> {
    thread::start_new(cx, function, args, kwargs)
}

fn start_joinable_thread(
    cx: &Cx,
    function: Ref<'_>,
    handle: Option<Ref<'_>>,
    daemon: bool,
) -> Outcome {
    thread::start_joinable(cx, function, handle, daemon)
}

fn daemon_threads_allowed(_cx: &Cx) -> bool {
    true
}

fn allocate_lock(cx: &Cx) -> Owned {
    payload::new(cx, crate::types::lock::Lock::new())
}

fn exit(cx: &Cx) -> Outcome<()> {
    Err(cx.error_with(TypeId::SystemExit, Vec::new()))
}

/// SIGINT is the only signal that anything here waits for.
fn interrupt_main(cx: &Cx, signum: i64) -> Outcome<()> {
    const SIGINT: i64 = 2;
    match signum {
        SIGINT => cx.shared.pending.ask(cx.lot()),
        1..=64 => {}
        _ => return Err(cx.value_error("signal number out of range")),
    }
    Ok(())
}

pub(super) fn get_ident(cx: &Cx) -> i64 {
    thread::ident(cx) as i64
}

pub(super) fn get_native_id(_cx: &Cx) -> i64 {
    thread::native_ident() as i64
}

fn main_ident(cx: &Cx) -> i64 {
    i64::from(cx.world().threads.main().get())
}

fn count(cx: &Cx) -> usize {
    crate::sync::event::leaves("the list of threads");
    cx.world().threads.count(cx.lot())
}

/// Less is not enough for the frames of native functions.
const LEAST_STACK: i64 = 32768;

pub(super) fn stack_size(cx: &Cx, size: i64) -> Outcome<usize> {
    let threads = &cx.world().threads;
    let before = threads.stack_size();
    match size {
        0 | LEAST_STACK.. => threads.set_stack_size(size as usize),
        ..0 => return Err(cx.value_error("size must be 0 or a positive value")),
        _ => return Err(cx.value_error(format!("size not valid: {size} bytes"))),
    }
    Ok(before)
}
