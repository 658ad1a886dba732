//! The object heap: every block is an event's, is recorded, and is watched until the execution ends.

use std::alloc::Layout;
use std::cell::Cell;
use std::marker::PhantomData;
use std::panic::Location as Caller;
use std::ptr::NonNull;

use graph_engine::{Block, Location};
use record::At;
use record::event::{Event, Place};
use record::heap::{self, Request};

use super::run;

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
pub struct Heap(Shared);

/// What the halves of a heap share.
#[derive(Clone, Copy, Debug)]
struct Shared {
    number: u32,
    /// The set of object blocks: an allocation or a free reads it, a walk writes it. So a walk that is not ordered
    /// against them is a race. None while a run is being unwound.
    objects: Option<Location>,
}

thread_local! {
    static HEAPS: Cell<u32> = const { Cell::new(0) };
}

impl Heap {
    /// Two empty heaps.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        HEAPS.set(HEAPS.get().wrapping_add(1));
        Self(Shared {
            number: HEAPS.get(),
            objects: run::alive().then(|| Location::new("objects of the heap", 0)),
        })
    }

    /// The calling thread's half; it must not leave this thread.
    #[must_use]
    pub fn local(&self) -> Local {
        Local {
            shared: self.0,
            here: PhantomData,
        }
    }

    /// Calls `see` with every object block that is allocated.
    ///
    /// # Safety
    /// No other thread allocates or frees during the call: the world is stopped.
    #[track_caller]
    pub unsafe fn visit(&self, see: impl FnMut(NonNull<u8>)) {
        if !run::alive() {
            return;
        }
        self.0.access(true, Caller::caller());
        let mut blocks = heap::objects(self.0.number);
        blocks.sort_by_key(|block| run::identity(block.addr().get()));
        blocks.into_iter().for_each(see);
    }
}

impl Default for Heap {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl Shared {
    #[track_caller]
    fn access(&self, walks: bool, at: At) {
        let Some(objects) = self.objects else {
            return;
        };
        let place = Place {
            address: 0,
            name: "objects of the heap",
            serial: 0,
        };
        if walks {
            run::plan(Event::Write { place }, at);
            objects.write(0);
        } else {
            run::plan(Event::Read { place }, at);
            objects.read();
        }
        run::taken();
    }
}

/// One thread's half of the heaps.
#[derive(Clone, Copy, Debug)]
pub struct Local {
    shared: Shared,
    /// Not to be sent to another thread.
    here: PhantomData<*mut ()>,
}

impl Local {
    /// A block of at least `layout`'s size; its bytes are zero, which nobody may rely on.
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
            heap: self.shared.number,
        };
        let at = Caller::caller();
        if !run::alive() {
            return heap::alloc(request, at).0;
        }
        if object {
            self.shared.access(false, at);
        }
        let first = graph_engine::position();
        let block = Block::alloc(name, 1, 0);
        let (pointer, id) = run::logged(first, || heap::alloc(request, at));
        run::allocated(id, block);
        pointer
    }

    /// Frees a block.
    ///
    /// # Safety
    /// `block` came from a `Local` of the same heap, and no thread uses it from here on.
    #[track_caller]
    pub unsafe fn free(self, block: NonNull<u8>) {
        if !run::alive() {
            return;
        }
        let (address, at) = (block.addr().get(), Caller::caller());
        if let Some(id) = heap::find(address) {
            if heap::is_object(id) {
                self.shared.access(false, at);
            }
            let first = graph_engine::position();
            run::plan(Event::Free { block: id }, at);
            run::block(id).free();
            run::taken();
            run::logged(first, || heap::free(address, at));
        } else {
            heap::free(address, at);
        }
    }

    /// Ends the thread's use of its half. Nothing here belongs to a thread's half; what matters of it the protocols
    /// note themselves.
    pub fn leave(self) {}
}
