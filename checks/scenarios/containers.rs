//! What the scenarios of containers share: threads that are inside from the start, and what they leave at the end.
//!
//! Everything that has no part in the question happens on the main thread, before the workers start or after they ended.

use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

use crate::rt::objects::no_code::NoCode;
use crate::rt::objects::{Hooks, Local, Object, Value, decref, end_thread, float};
use crate::rt::protocols::object_lock::Patience;
use crate::rt::protocols::runtime::{Config, Handle, Runtime};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread;

/// Enough for every worker.
const STACK: usize = 128 << 10;

/// What a worker does.
pub(super) type Work = Box<dyn FnOnce(&ThreadState) + Send>;

/// A runtime with its threads, before, while and after they work.
pub(super) struct Stage<const N: usize> {
    runtime: Box<Runtime>,
    threads: [Handle; N],
    parts: [Box<Local>; N],
}

impl<const N: usize> Stage<N> {
    /// Threads that sleep at once when a lock is taken, all inside and run by the main thread.
    pub(super) fn new() -> Self {
        Self::with_hooks(&NoCode)
    }

    /// As [`Self::new`], for scenarios in which objects run code.
    pub(super) fn with_hooks(hooks: &'static dyn Hooks) -> Self {
        Self::with(hooks, Config::default())
    }

    /// As [`Self::with_hooks`], with the batches of a configuration.
    pub(super) fn with(hooks: &'static dyn Hooks, config: Config) -> Self {
        Self::on(hooks, Self::runtime_of(config))
    }

    /// Threads whose sleeps may also end for no reason.
    pub(super) fn restless() -> Self {
        let mut runtime = Self::runtime_of(Config::default());
        runtime.parking.lot = ParkingLot::restless();
        Self::on(&NoCode, runtime)
    }

    fn runtime_of(config: Config) -> Box<Runtime> {
        Box::new(Runtime::new(Config {
            patience: Patience::NONE,
            slots: N,
            buckets: N + 1,
            ..config
        }))
    }

    fn on(hooks: &'static dyn Hooks, runtime: Box<Runtime>) -> Self {
        // SAFETY: the hooks live for ever.
        let parts = [(); N].map(|()| Box::new(unsafe { Local::new(hooks, 1) }));
        let mut part = parts.iter();
        // SAFETY: the runtime stays in its box until the threads are deleted.
        let threads = [(); N].map(|()| unsafe { runtime.create_thread(None) });
        for thread in &threads {
            thread.bind();
            thread.set_extension(part.next().map(|part| NonNull::from(&**part).cast()));
            thread.attach();
        }
        Self {
            runtime,
            threads,
            parts,
        }
    }

    /// What the threads share.
    pub(super) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The thread of one worker, for preparations; it owns what it makes.
    pub(super) fn thread(&self, index: usize) -> &ThreadState {
        &self.threads[index]
    }

    /// Runs each worker in its thread and waits for all of them.
    pub(super) fn run(self, work: [Work; N]) -> Self {
        let Self {
            runtime,
            threads,
            parts,
        } = self;
        let mut work = work.into_iter();
        let started = threads.map(|handle| {
            let work = work.next();
            let body = move || {
                handle.move_here();
                work.into_iter().for_each(|work| work(&handle));
                handle
            };
            thread::spawn("worker", STACK, body).expect("a thread starts")
        });
        let threads = started.map(|thread| thread.join());
        threads.iter().for_each(|thread| thread.move_here());
        Self {
            runtime,
            threads,
            parts,
        }
    }

    /// Gives back the references in `left`, ends the threads, and frees everything; what remains is a leak.
    pub(super) fn finish(self, left: &[Value]) {
        for &value in left {
            drop_ref(self.thread(0), value);
        }
        self.threads.iter().for_each(|thread| end_thread(thread));
        for thread in self.threads {
            self.runtime.delete_thread(thread);
        }
        // SAFETY: every thread was deleted.
        unsafe { self.runtime.finish() };
        drop(self.parts);
    }
}

/// A container that the workers share; the scenario holds a reference to it until they have ended.
#[derive(Debug)]
pub(super) struct Shared<T> {
    value: Value,
    container: PhantomData<fn() -> T>,
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Shared<T> {}

impl<T: Object> Shared<T> {
    pub(super) fn new(value: Value) -> Self {
        Self {
            value,
            container: PhantomData,
        }
    }

    pub(super) fn value(self) -> Value {
        self.value
    }
}

impl<T: Object> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.downcast().expect("the container that was made")
    }
}

/// Gives back a reference.
pub(super) fn drop_ref(ts: &ThreadState, value: Value) {
    // SAFETY: the scenarios own what they give back; the models watch.
    unsafe { decref(ts, value) };
}

/// A small integer.
pub(super) fn int(value: i64) -> Value {
    Value::small(value).expect("a small integer")
}

/// A new object that is nothing but its number.
pub(super) fn object(ts: &ThreadState, number: i32) -> Value {
    float::new(ts, f64::from(number))
}

/// As [`object`], and ready to be read by others without a lock.
pub(super) fn readable(ts: &ThreadState, number: i32) -> Value {
    let value = object(ts, number);
    value
        .as_header()
        .inspect(|header| header.count.set_maybe_weakref());
    value
}

/// The number of an object, or of a small integer; any other value is a broken one.
pub(super) fn number(value: Value) -> Option<i64> {
    let float = value.downcast::<float::Float>();
    value.as_small().or(float.map(|float| float.get() as i64))
}

/// Takes the number out of a reference and gives the reference back.
pub(super) fn take(ts: &ThreadState, value: Option<Value>) -> Option<i64> {
    let value = value?;
    let number = number(value);
    drop_ref(ts, value);
    number
}
