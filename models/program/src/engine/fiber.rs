//! Coroutines whose stacks and whose handles lie in the arena, so that a snapshot has them.

use std::num::NonZeroUsize;
use std::ptr;

use corosensei::stack::{Stack, StackPointer};
use corosensei::{Coroutine, Yielder};

/// A stack in the arena.
pub(super) struct ArenaStack([usize; 2]);

// SAFETY: the lowest page of a stack is a guard, and its ends are aligned to pages.
unsafe impl Stack for ArenaStack {
    fn base(&self) -> StackPointer {
        NonZeroUsize::new(self.0[1]).expect("an address of the arena")
    }

    fn limit(&self) -> StackPointer {
        NonZeroUsize::new(self.0[0]).expect("an address of the arena")
    }
}

pub(super) type Fiber = Coroutine<(), (), (), ArenaStack>;
pub(super) type Giver = Yielder<(), ()>;

/// A coroutine that runs `body`; never dropped, since its memory goes as a whole.
pub(super) fn make(stack: [usize; 2], body: Box<dyn FnOnce(&Giver)>) -> *mut Fiber {
    let fiber = Fiber::with_stack(ArenaStack(stack), move |giver, ()| body(giver));
    Box::into_raw(Box::new(fiber))
}

/// Runs a coroutine until it gives the processor back; says whether it has ended.
///
/// # Safety
/// The coroutine is one of [`make`]'s, suspended, in memory that is there.
pub(super) unsafe fn resume(fiber: *mut Fiber) -> bool {
    // SAFETY: the caller's clause.
    unsafe { (*fiber).resume(()).as_return().is_some() }
}

/// Gives the processor back.
///
/// # Safety
/// The giver is the running coroutine's.
pub(super) unsafe fn suspend(giver: *const Giver) {
    // SAFETY: the caller's clause.
    unsafe { (*giver).suspend(()) }
}

/// No giver.
pub(super) const NOBODY: *const Giver = ptr::null();
