//! A runtime with threads that are inside from the start, made and ended by the main thread.

use std::any::Any;
use std::ptr::NonNull;

use super::rt::objects::{Hooks, Local, Value, decref, end_thread};
use super::rt::protocols::object_lock::Patience;
use super::rt::protocols::runtime::{Config, Handle, Runtime};
use super::rt::protocols::thread_state::ThreadState;
use super::rt::sync::thread;

/// Enough for every worker.
const STACK: usize = 256 << 10;

/// What a worker does.
pub(crate) type Work<R> = Box<dyn FnOnce(&ThreadState) -> R + Send>;

/// A runtime with its threads, before, while and after they work.
pub(crate) struct Stage {
    runtime: Box<Runtime>,
    threads: Vec<Handle>,
    #[expect(clippy::vec_box, reason = "a thread keeps the address of its part")]
    parts: Vec<Box<Local>>,
}

impl Stage {
    /// Threads that sleep at once when a lock is taken, all inside and run by the main thread.
    pub(crate) fn new(threads: usize, hooks: &'static dyn Hooks) -> Self {
        let runtime = Box::new(Runtime::new(Config {
            patience: Patience::NONE,
            slots: threads,
            batch: 1,
            buckets: 1,
            ..Config::default()
        }));
        // SAFETY: the hooks live for ever.
        let part = |_| Box::new(unsafe { Local::new(hooks, 1) });
        let parts: Vec<Box<Local>> = (0..threads).map(part).collect();
        // SAFETY: the runtime stays in its box until the threads are deleted.
        let state = |_| unsafe { runtime.create_thread(None) };
        let threads: Vec<Handle> = (0..threads).map(state).collect();
        for (thread, part) in threads.iter().zip(&parts) {
            thread.bind();
            thread.set_extension(Some(NonNull::from(&**part).cast()));
            thread.attach();
        }
        Self {
            runtime,
            threads,
            parts,
        }
    }

    /// The thread of one worker, for preparations; it owns what it makes.
    pub(crate) fn thread(&self, index: usize) -> &ThreadState {
        &self.threads[index]
    }

    /// Runs each worker in its thread and waits for all of them. A thread is outside once its work is done; the first one is
    /// inside again when all are.
    pub(crate) fn run<R: Send + 'static>(self, work: Vec<Work<R>>) -> (Self, Vec<R>) {
        let Self {
            runtime,
            threads,
            parts,
        } = self;
        let started: Vec<_> = threads
            .into_iter()
            .zip(work)
            .map(|(handle, work)| {
                let body = move || {
                    handle.move_here();
                    let result = work(&handle);
                    handle.detach();
                    (handle, result)
                };
                thread::spawn("worker", STACK, body).expect("a thread starts")
            })
            .collect();
        let ended = started.into_iter().map(thread::JoinHandle::join);
        let (threads, results): (Vec<Handle>, Vec<R>) = ended.unzip();
        threads.iter().for_each(|thread| thread.move_here());
        threads[0].attach();
        let stage = Self {
            runtime,
            threads,
            parts,
        };
        (stage, results)
    }

    /// Gives back the references of the cast, ends the threads, and frees everything; says how many blocks are left.
    pub(crate) fn finish(self, cast: &Cast) -> usize {
        cast.leave(self.thread(0));
        for (at, thread) in self.threads.iter().enumerate() {
            if at > 0 {
                thread.attach();
            }
            end_thread(thread);
        }
        for thread in self.threads {
            self.runtime.delete_thread(thread);
        }
        // SAFETY: every thread was deleted.
        unsafe { self.runtime.finish() };
        let mut left = 0;
        // SAFETY: nobody else uses the heap any more.
        unsafe { self.runtime.heap.visit(|_| left += 1) };
        drop(self.parts);
        left
    }
}

/// What the threads share.
pub(crate) struct Cast {
    /// Objects, of which the cast has one reference each.
    pub(crate) objects: Vec<Value>,
    /// What is no object.
    pub(crate) part: Box<dyn Any>,
}

// SAFETY: objects may be used from every thread, and so may what a target puts in `part`; whether that is so is what the
// targets ask.
unsafe impl Send for Cast {}
// SAFETY: as above.
unsafe impl Sync for Cast {}

impl Cast {
    /// Objects and nothing else.
    pub(crate) fn of(objects: Vec<Value>) -> Self {
        Self::with(objects, ())
    }

    /// Objects, and something of the target's own.
    pub(crate) fn with<T: Any>(objects: Vec<Value>, part: T) -> Self {
        let part = Box::new(part);
        Self { objects, part }
    }

    /// What the target has put in.
    ///
    /// # Panics
    /// When it is of another type.
    pub(crate) fn part<T: Any>(&self) -> &T {
        self.part.downcast_ref().expect("what the target put in")
    }

    /// Gives the references back.
    pub(crate) fn leave(&self, ts: &ThreadState) {
        for &object in &self.objects {
            // SAFETY: the cast owns one reference to each, and nobody uses it any more.
            unsafe { decref(ts, object) };
        }
    }
}
