//! The object heap: tracked blocks, poisoned when freed, all of which must be freed before the execution ends.

use std::alloc::Layout;
use std::panic::Location;
use std::ptr::NonNull;

use record::heap::Request;
use record::memory;

use super::engine::{self, Effect, Place};

/// What a block is for: decides whether the collector's walk sees it, and names it in traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Starts with an object header; [`Heap::visit`] sees it.
    Object(&'static str),
    /// Owned by an object or a protocol; the walk does not see it.
    Memory(&'static str),
}

/// The heaps of one interpreter. A block that is left when the execution ends is a leak.
#[derive(Debug)]
pub struct Heap(u32);

impl Heap {
    /// Two empty heaps.
    #[must_use]
    pub fn new() -> Self {
        Self(engine::new_heap())
    }

    /// The calling thread's half; it must not leave this thread.
    #[must_use]
    pub fn local(&self) -> Local {
        Local(self.0)
    }

    /// Calls `see` with every object block that is allocated, in order of allocation.
    ///
    /// # Safety
    /// No other thread allocates or frees during the call: the world is stopped.
    pub unsafe fn visit(&self, see: impl FnMut(NonNull<u8>)) {
        engine::did(Place::MAKING, Effect::Write);
        record::heap::objects(self.0).into_iter().for_each(see);
    }
}

impl Default for Heap {
    fn default() -> Self {
        Self::new()
    }
}

/// One thread's half of the heaps.
#[derive(Clone, Copy, Debug)]
pub struct Local(u32);

impl Local {
    /// A block of at least `layout`'s size; its bytes are zero, which nobody may rely on.
    #[must_use]
    #[track_caller]
    pub fn alloc(self, layout: Layout, kind: Kind) -> NonNull<u8> {
        let (name, object) = match kind {
            Kind::Object(name) => (name, true),
            Kind::Memory(name) => (name, false),
        };
        engine::did(Place::MAKING, Effect::Write);
        let request = Request {
            layout,
            name,
            object,
            heap: self.0,
        };
        memory::alloc(request, Location::caller())
    }

    /// Frees a block.
    ///
    /// # Safety
    /// `block` came from a `Local` of the same heap, and no thread uses it from here on.
    #[track_caller]
    pub unsafe fn free(self, block: NonNull<u8>) {
        engine::did(Place::MAKING, Effect::Read);
        memory::free(block.addr().get(), Location::caller());
    }

    /// Ends the thread's use of its half. Nothing here belongs to a thread's half; what matters of it the protocols
    /// note themselves.
    pub fn leave(self) {}
}
