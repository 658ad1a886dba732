//! Fibers: the program's threads as stackful coroutines on one operating system thread.

use std::any::Any;
use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use corosensei::stack::{DefaultStack, Stack};
use corosensei::{Coroutine, CoroutineResult, Yielder};

use crate::overflow;

thread_local! {
    /// The running fiber's way back to its driver; null outside of fibers.
    static YIELDER: Cell<*const Yielder<(), ()>> = const { Cell::new(ptr::null()) };
}

/// One thread of the program in one run.
pub(crate) struct Fiber {
    coroutine: Coroutine<(), (), (), DefaultStack>,
    /// The lowest address of its stack, where the guard page is.
    guard: usize,
}

/// Why a fiber came back.
pub(crate) enum Pause {
    /// It suspended itself.
    Suspended,
    /// Its body returned.
    Finished,
    /// Its body panicked.
    Panicked(Box<dyn Any + Send>),
}

/// Stacks of finished fibers, for the next run.
#[derive(Default)]
pub(crate) struct Stacks(Vec<DefaultStack>);

impl Fiber {
    /// A fiber that will run `body`.
    ///
    /// # Errors
    /// The system's, when it has no memory for a stack.
    pub(crate) fn new(
        body: Box<dyn FnOnce()>,
        stacks: &mut Stacks,
        stack_size: usize,
    ) -> io::Result<Fiber> {
        let stack = match stacks.0.pop() {
            Some(stack) => stack,
            None => DefaultStack::new(stack_size)?,
        };
        let guard = stack.limit().get();
        let coroutine = Coroutine::with_stack(stack, move |yielder, ()| {
            YIELDER.set(yielder);
            body();
        });
        Ok(Fiber { coroutine, guard })
    }

    /// Runs the fiber until it suspends or ends.
    pub(crate) fn resume(&mut self) -> Pause {
        overflow::watch(self.guard);
        let result = catch_unwind(AssertUnwindSafe(|| self.coroutine.resume(())));
        overflow::watch(0);
        YIELDER.set(ptr::null());
        match result {
            Ok(CoroutineResult::Yield(())) => Pause::Suspended,
            Ok(CoroutineResult::Return(())) => Pause::Finished,
            Err(payload) => Pause::Panicked(payload),
        }
    }

    /// Ends the fiber, unwinding its stack if it is suspended, and keeps the stack.
    pub(crate) fn retire(mut self, stacks: &mut Stacks) {
        if self.coroutine.started() && !self.coroutine.done() {
            overflow::watch(self.guard);
            let unwound = catch_unwind(AssertUnwindSafe(|| self.coroutine.force_unwind()));
            overflow::watch(0);
            YIELDER.set(ptr::null());
            if unwound.is_err() {
                return;
            }
        }
        if self.coroutine.done() {
            stacks.0.push(self.coroutine.into_stack());
        }
    }
}

impl Fiber {
    /// Ends the fiber without unwinding its stack, and keeps the stack. What lies there is forgotten.
    pub(crate) fn abandon(mut self, stacks: &mut Stacks) {
        if self.coroutine.started() && !self.coroutine.done() {
            // SAFETY: nobody outside of the run borrows from the fiber's stack, and the run is
            // over: its other fibers are not resumed either, and end in the same way.
            unsafe { self.coroutine.force_reset() };
        }
        if self.coroutine.done() {
            stacks.0.push(self.coroutine.into_stack());
        } else {
            std::mem::forget(self);
        }
    }
}

/// Suspends the running fiber until its driver resumes it. Outside of a fiber it does nothing.
pub(crate) fn suspend() {
    let yielder = YIELDER.get();
    if yielder.is_null() {
        return;
    }
    // SAFETY: the pointer was set by the fiber that is running (each sets it when it
    // starts and after every suspension, and the driver clears it when the fiber comes
    // back), and a fiber's yielder lives on its stack as long as its body runs.
    unsafe { (*yielder).suspend(()) };
    YIELDER.set(yielder);
}

/// Whether the caller runs in a fiber.
pub(crate) fn is_inside() -> bool {
    !YIELDER.get().is_null()
}
