//! The threads of an interpreter: how they start and end, and who is running.
//!
//! # Invariants
//! 1. A thread departs before it gives up its half of the interpreter, and the system's handle of it is kept until somebody
//!    has joined it: the interpreter goes when no thread runs and every handle was joined.
//! 2. The gate is closed exactly while `awaited` is not zero; both change under the mutex.

mod exception;
mod handle;
mod launch;
mod life;
mod local;
mod object;
pub(crate) mod registry;
mod sharing;
mod special;

use std::collections::BTreeMap;
use std::ptr::NonNull;

use crate::current;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::hooks::PythonHooks;
use crate::eval::shared::Shared;
use crate::objects::end_thread;
use crate::objects::local as objects_local;
use crate::protocols::gate::Slept;
use crate::protocols::runtime::Handle;
use crate::protocols::thread_state::ThreadState;
use crate::refs::Owned;
use crate::sync::event;
use crate::sync::thread::JoinHandle;
use crate::types::wait::Interrupts;

pub(crate) use exception::{EXCEPT_HOOK_ARGS, report, shut_down};
pub(crate) use handle::{HANDLE, ThreadHandle, start_joinable, start_new};
use launch::{Start, reserve};
pub(crate) use local::{LOCAL, forget_thread};
pub(crate) use object::*;
pub(crate) use registry::native_ident;
pub(crate) use special::{current_thread, main_thread};

/// Native stack of a Python thread that was given no size; Python calls take none of it.
const STACK: usize = 8 << 20;

/// How often a thread that ends gives back what finalizers leave with it.
const ROUNDS: usize = 16;

/// The number of the calling thread.
pub(crate) fn ident(cx: &Cx) -> u64 {
    u64::from(cx.ts.id().get())
}

/// Objects of the threads that run.
pub(crate) fn running(cx: &Cx) -> Vec<Owned> {
    drop(main_thread(cx));
    event::leaves("the list of threads");
    cx.world().threads.running.with(cx.lot(), |running| {
        let all = running.all.iter();
        all.map(|(_, thread)| thread.clone()).collect()
    })
}

/// Notes the object of a thread that runs; gives it back when the interpreter is at its end.
fn enlist(cx: &Cx, ident: u64, value: Owned) {
    let back = cx.world().threads.running.with(cx.lot(), |running| {
        if running.closed {
            return Some(value);
        }
        running.all.push((ident, value));
        None
    });
    drop(back);
}

/// Waits for every thread that is not a daemon; the main thread is about to end.
pub(crate) fn join_all(cx: &Cx) -> Outcome<()> {
    let threads = &cx.world().threads;
    loop {
        let slept = cx.blocking(|| {
            let seen = threads.ended.look();
            threads.ended.sleep(cx, seen, None, Interrupts::Heeded)
        });
        match slept {
            Slept::InTime | Slept::TooLate if threads.ended.is_closed() => {}
            Slept::InTime | Slept::TooLate => return Ok(()),
            Slept::Interrupted => cx.check_interrupt()?,
        }
    }
}

/// Lets no thread begin any more; says whether some still run.
pub(crate) fn close(cx: &Cx) -> bool {
    let threads = &cx.world().threads;
    let (objects, handles) = threads.running.with(cx.lot(), |running| {
        running.closed = true;
        let handles = if running.count == 0 {
            std::mem::take(&mut running.handles)
        } else {
            BTreeMap::new()
        };
        let objects = std::mem::take(&mut running.all);
        (objects, handles)
    });
    drop(objects);
    cx.blocking(|| handles.into_values().for_each(JoinHandle::join));
    threads.count(cx.lot()) > 0
}

/// Gives back what a thread that ends keeps. Finalizers may leave more with it, which goes too; what they make without an
/// end stays for ever.
pub(crate) fn let_go(cx: &Cx) {
    for _ in 0..ROUNDS {
        drop(cx.set_handled(None));
        forget_thread(cx);
        drop(cx.asyncgen_hooks.take());
        drop(cx.thread.take());
        if cx.keeps_nothing() {
            return;
        }
    }
    std::mem::forget(cx.set_handled(None));
    std::mem::forget(cx.asyncgen_hooks.take());
    std::mem::forget(cx.thread.take());
}

/// Makes the calling thread's half of the interpreter, runs `body` with it, and takes it apart.
pub(crate) fn attached<R>(
    shared: &Shared,
    handle: Handle,
    seed: u64,
    body: impl FnOnce(&Cx) -> R,
) -> R {
    let cx = Cx::new(shared, &handle);
    // SAFETY: the evaluator stays here until the thread has ended.
    let hooks = unsafe { PythonHooks::new(&cx) };
    // SAFETY: the hooks stay here as long.
    let part = unsafe { objects_local::Local::new(&hooks, seed) };
    handle.bind();
    handle.set_extension(Some(NonNull::from(&part).cast()));
    handle.attach();
    let before = current::set(std::ptr::from_ref::<ThreadState>(&handle).cast());
    if let Some(heads) = shared.heads() {
        // SAFETY: the world outlives its threads.
        unsafe { objects_local::use_classes(&handle, heads) };
    }
    let result = body(&cx);
    end_thread(&handle);
    current::set(before);
    drop(cx);
    shared.runtime.delete_thread(handle);
    result
}
