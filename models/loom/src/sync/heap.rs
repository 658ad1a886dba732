//! The object heap: every block is recorded, and watched until the execution ends.

use std::alloc::Layout;
use std::cell::Cell;
use std::marker::PhantomData;
use std::panic::Location;
use std::ptr::NonNull;

use record::heap::{self, Request};

use super::watch;

thread_local! {
    static HEAPS: Cell<u32> = const { Cell::new(0) };
}

pub(super) fn reset() {
    HEAPS.set(0);
}

/// What a block is for: decides whether the collector's walk sees it, and names it in traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Starts with an object header; [`Heap::visit`] sees it.
    Object(&'static str),
    /// Owned by an object or a protocol; the walk does not see it.
    Memory(&'static str),
}

/// The heap of one interpreter. What is left in it at the end of the execution is a leak.
#[derive(Debug)]
pub struct Heap(u32);

impl Heap {
    /// An empty heap.
    #[must_use]
    pub fn new() -> Self {
        HEAPS.set(HEAPS.get() + 1);
        Self(HEAPS.get())
    }

    /// The calling thread's half; it must not leave this thread.
    #[must_use]
    pub fn local(&self) -> Local {
        Local {
            heap: self.0,
            here: PhantomData,
        }
    }

    /// Calls `see` with every object block that is allocated.
    ///
    /// # Safety
    /// No other thread allocates or frees during the call: the world is stopped.
    pub unsafe fn visit(&self, see: impl FnMut(NonNull<u8>)) {
        heap::objects(self.0).into_iter().for_each(see);
    }
}

impl Default for Heap {
    fn default() -> Self {
        Self::new()
    }
}

/// One thread's half of the heap.
#[derive(Clone, Copy, Debug)]
pub struct Local {
    heap: u32,
    /// Not to be sent to another thread.
    here: PhantomData<*mut ()>,
}

impl Local {
    /// A block of at least `layout`'s size; its bytes are zero.
    #[must_use]
    #[track_caller]
    pub fn alloc(self, layout: Layout, kind: Kind) -> NonNull<u8> {
        let (name, object) = match kind {
            Kind::Object(name) => (name, true),
            Kind::Memory(name) => (name, false),
        };
        let request = Request {
            layout,
            name,
            object,
            heap: self.heap,
        };
        watch::alloc(request, Location::caller())
    }

    /// Frees a block.
    ///
    /// # Safety
    /// `block` came from a `Local` of the same heap, and no thread uses it from here on.
    #[track_caller]
    pub unsafe fn free(self, block: NonNull<u8>) {
        watch::free(block.addr().get(), Location::caller());
    }

    /// Ends the thread's use of its half. Nothing here belongs to a thread's half; what matters of it the protocols
    /// note themselves.
    pub fn leave(self) {}
}
