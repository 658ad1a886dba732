//! The threads of an interpreter, and who is running.

use std::ptr::NonNull;

use crate::current;
use crate::eval::cx::Cx;
use crate::eval::hooks::PythonHooks;
use crate::eval::shared::Shared;
use crate::objects::end_thread;
use crate::objects::local::{self, Local};
use crate::protocols::refcount::ThreadId;
use crate::protocols::runtime::Handle;
use crate::protocols::thread_state::ThreadState;

/// The threads of an interpreter.
pub(crate) struct Threads {
    pub(crate) seed: u64,
    main: ThreadId,
}

impl Threads {
    pub(crate) fn new(seed: u64, main: ThreadId) -> Self {
        Self { seed, main }
    }

    /// The thread that runs the program.
    pub(crate) fn main(&self) -> ThreadId {
        self.main
    }
}

/// Waits for every thread that is not a daemon; says whether daemons are left.
pub(crate) fn join_all(_cx: &Cx) -> bool {
    false
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
    let part = unsafe { Local::new(&hooks, seed) };
    handle.bind();
    handle.set_extension(Some(NonNull::from(&part).cast()));
    handle.attach();
    let before = current::set(std::ptr::from_ref::<ThreadState>(&handle).cast());
    if let Some(heads) = shared.heads() {
        // SAFETY: the world outlives its threads.
        unsafe { local::use_classes(&handle, heads) };
    }
    let result = body(&cx);
    cx.end();
    end_thread(&handle);
    current::set(before);
    drop(cx);
    shared.runtime.delete_thread(handle);
    result
}
