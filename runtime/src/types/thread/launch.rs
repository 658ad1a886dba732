//! How a thread starts, runs and departs.

use std::ptr::NonNull;

use super::registry::Running;
use super::{STACK, Thread, ThreadHandle, attached, ident, sharing};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::shared::Shared;
use crate::protocols::runtime::Handle;
use crate::refs::Owned;
use crate::sync::event;
use crate::sync::thread::JoinHandle;
use crate::types::TypeId;

/// A pointer to what the threads share.
struct SharedPointer(NonNull<Shared>);

// SAFETY: the interpreter keeps the shared part until its last thread has ended.
unsafe impl Send for SharedPointer {}

/// A thread that is about to start: it has a number, and counts as running.
pub(crate) struct Start {
    handle: Handle,
    is_daemon: bool,
}

/// A number for a new thread, and its place among those that run.
pub(crate) fn reserve(cx: &Cx, is_daemon: bool) -> Outcome<Start> {
    let threads = &cx.world().threads;
    let reaped = threads.running.with(cx.lot(), |running| {
        if running.closed {
            return None;
        }
        running.count += 1;
        running.awaited += usize::from(!is_daemon);
        threads.ended.set(running.awaited > 0);
        Some(running.reap())
    });
    let Some(reaped) = reaped else {
        return Err(cx.error(
            TypeId::PythonFinalizationError,
            "can't create new thread at interpreter shutdown",
        ));
    };
    cx.blocking(|| reaped.into_iter().for_each(JoinHandle::join));
    sharing::begin(cx);
    // SAFETY: the interpreter keeps the runtime until its last thread has ended.
    let handle = unsafe { cx.shared.runtime.create_thread(Some(cx.ts)) };
    Ok(Start { handle, is_daemon })
}

impl Start {
    pub(crate) fn ident(&self) -> u64 {
        u64::from(self.handle.id().get())
    }

    /// Runs `body` in the new thread. It may give the object on which others wait for the thread's end.
    pub(crate) fn launch(
        self,
        cx: &Cx,
        name: &str,
        body: impl FnOnce(&Cx) -> Option<Owned> + Send + 'static,
    ) -> Outcome<()> {
        let threads = &cx.world().threads;
        let (number, is_daemon) = (self.ident(), self.is_daemon);
        let stack = Some(threads.stack_size()).filter(|size| *size > 0);
        let shared = SharedPointer(NonNull::from(cx.shared));
        let main = move || thread_main(shared, self, body);
        // The system takes no NUL in a name.
        let name = name.replace('\0', "");
        match crate::sync::thread::spawn(&name, stack.unwrap_or(STACK), main) {
            Ok(joiner) => {
                let keep = |running: &mut Running| running.handles.insert(number, joiner);
                drop(threads.running.with(cx.lot(), keep));
                Ok(())
            }
            Err(_) => {
                depart(cx, number, is_daemon);
                Err(cx.error(TypeId::RuntimeError, "can't start new thread"))
            }
        }
    }
}

/// Everything that a thread does.
fn thread_main(shared: SharedPointer, start: Start, body: impl FnOnce(&Cx) -> Option<Owned>) {
    // SAFETY: the interpreter keeps the shared part until its last thread has ended.
    let shared = unsafe { shared.0.as_ref() };
    let (handle, seed) = (start.handle, shared.world().threads.seed);
    attached(shared, handle, seed, |cx| {
        let awaited = body(cx);
        depart(cx, ident(cx), start.is_daemon);
        let Some(awaited) = awaited else { return };
        // What comes is the thread's end, and no line's.
        event::fetched::<()>(std::ptr::null());
        if let Some(thread) = awaited.borrow().payload::<Thread>() {
            event::signals(thread.life.ended());
            thread.life.finish(cx.lot());
        } else if let Some(handle) = awaited.borrow().payload::<ThreadHandle>() {
            handle.done.set(cx);
        }
    });
}

/// Takes a thread out of those that run.
fn depart(cx: &Cx, ident: u64, is_daemon: bool) {
    let threads = &cx.world().threads;
    let (object, is_last) = threads.running.with(cx.lot(), |running| {
        running.count -= 1;
        running.awaited -= usize::from(!is_daemon);
        running.departed.push(ident);
        threads.ended.set(running.awaited > 0);
        (
            running.take_object(ident),
            running.awaited == 0 && !is_daemon,
        )
    });
    if is_last {
        threads.ended.wake_all(cx.lot());
    }
    drop(object);
}

/// Waits until the system has taken a thread apart that has ended; it keeps the stack until somebody does so.
pub(super) fn join_handle(cx: &Cx, ident: u64) {
    let take = |running: &mut Running| running.take_handle(ident);
    let handle = cx.world().threads.running.with(cx.lot(), take);
    cx.blocking(|| handle.into_iter().for_each(JoinHandle::join));
}
