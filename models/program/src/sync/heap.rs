//! The object heap: the regions of the arena.

use std::alloc::Layout;
use std::ptr::NonNull;

use crate::arena::{self, Region};
use crate::engine;

/// What a block is for: decides whether the collector's walk sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Starts with an object header; [`Heap::visit`] sees it.
    Object(&'static str),
    /// Owned by an object or a protocol; the walk does not see it.
    Memory(&'static str),
}

/// The heap of one interpreter: there is one in an execution.
#[derive(Debug, Default)]
pub struct Heap(());

impl Heap {
    /// An empty heap.
    #[must_use]
    pub fn new() -> Self {
        Self(())
    }

    /// The calling thread's half.
    #[must_use]
    pub fn local(&self) -> Local {
        Local(())
    }

    /// Calls `see` with every object block that is allocated, thread by thread in order of allocation.
    ///
    /// # Safety
    /// No other thread allocates or frees during the call: the world is stopped.
    pub unsafe fn visit(&self, mut see: impl FnMut(NonNull<u8>)) {
        for region in engine::regions() {
            // SAFETY: the regions live as long as the execution, and nobody else uses them meanwhile.
            unsafe { &*region }.visit(&mut |block| {
                NonNull::new(block).into_iter().for_each(&mut see);
            });
        }
    }
}

/// One thread's half of the heap.
#[derive(Clone, Copy, Debug)]
pub struct Local(());

impl Local {
    /// A block of at least `layout`'s size, uninitialised.
    ///
    /// # Panics
    /// When the region of the thread is full.
    #[inline]
    #[must_use]
    pub fn alloc(self, layout: Layout, kind: Kind) -> NonNull<u8> {
        let region = arena::region().expect("a program runs inside of an arena");
        let block = match kind {
            Kind::Object(_) => region.alloc_object(layout),
            Kind::Memory(_) => region.alloc_memory(layout),
        };
        NonNull::new(block).expect("a region gives blocks")
    }

    /// Frees a block.
    ///
    /// # Safety
    /// `block` came from a `Local` of the same heap, and no thread uses it from here on.
    #[inline]
    pub unsafe fn free(self, block: NonNull<u8>) {
        // SAFETY: the caller's clause.
        unsafe { Region::free(block.as_ptr()) }
    }

    /// Ends the thread's use of its half; its blocks stay where they are.
    pub fn leave(self) {}
}
