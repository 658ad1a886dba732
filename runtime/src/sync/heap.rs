//! The object heap: one shared mimalloc heap for objects and one for everything else that objects own.
//!
//! A thread allocates through a [`Local`], the cached thread-local half of both heaps. Any thread may free any block.
//! The collector walks the object blocks with [`Heap::visit`].

use std::alloc::Layout;
use std::ffi::c_void;
use std::ptr::NonNull;

use libmimalloc_sys as mi;

/// What a block is for: decides whether the collector's walk sees it, and names it in traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Starts with an object header; [`Heap::visit`] sees it.
    Object(&'static str),
    /// Owned by an object or a protocol; the walk does not see it.
    Memory(&'static str),
}

unsafe extern "C" {
    fn mi_heap_theap(heap: *mut mi::mi_heap_t) -> *mut mi::mi_theap_t;
    fn mi_theap_malloc_aligned(
        theap: *mut mi::mi_theap_t,
        size: usize,
        alignment: usize,
    ) -> *mut c_void;
    fn mi_theap_malloc_small(theap: *mut mi::mi_theap_t, size: usize) -> *mut c_void;
    /// What mimalloc itself does with each half of a thread that ends, at whatever moment the system ends it.
    fn _mi_theap_collect_abandon(theap: *mut mi::mi_theap_t);
}

/// Blocks up to this size, and of at most this alignment, take mimalloc's shortest path.
const SMALL: usize = 512;
const NATURAL_ALIGNMENT: usize = 16;

/// The two heaps of one interpreter; dropping it frees every block that is left.
#[derive(Debug)]
pub struct Heap {
    objects: NonNull<mi::mi_heap_t>,
    memory: NonNull<mi::mi_heap_t>,
}

// SAFETY: heaps of mimalloc v3 may be used from every thread.
unsafe impl Send for Heap {}
// SAFETY: as above; `visit` has its own clause.
unsafe impl Sync for Heap {}

impl Heap {
    /// Two empty heaps.
    ///
    /// # Panics
    /// When the system gives no memory for them.
    #[must_use]
    pub fn new() -> Self {
        Self {
            objects: new_heap(),
            memory: new_heap(),
        }
    }

    /// The calling thread's half; it must not leave this thread.
    #[must_use]
    pub fn local(&self) -> Local {
        Local {
            objects: thread_half(self.objects),
            memory: thread_half(self.memory),
        }
    }

    /// Calls `see` with every object block that is allocated.
    ///
    /// # Safety
    /// No other thread allocates or frees during the call: the world is stopped.
    pub unsafe fn visit(&self, mut see: impl FnMut(NonNull<u8>)) {
        let mut see: &mut dyn FnMut(NonNull<u8>) = &mut see;
        let argument = (&raw mut see).cast::<c_void>();
        // SAFETY: the heap lives, `trampoline` gets the argument type that it expects, and the caller keeps every
        // other thread out.
        unsafe {
            mi::mi_heap_visit_blocks(self.objects.as_ptr(), true, Some(trampoline), argument);
        }
    }
}

impl Default for Heap {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        // SAFETY: the heaps are this value's own, and nobody can reach their blocks once the interpreter is gone.
        unsafe {
            mi::mi_heap_destroy(self.objects.as_ptr());
            mi::mi_heap_destroy(self.memory.as_ptr());
        }
    }
}

unsafe extern "C" fn trampoline(
    _heap: *const mi::mi_heap_t,
    _area: *const mi::mi_heap_area_t,
    block: *mut c_void,
    _size: usize,
    argument: *mut c_void,
) -> bool {
    if let Some(block) = NonNull::new(block.cast::<u8>()) {
        // SAFETY: `argument` is the closure of `visit`, which is still running.
        let see = unsafe { &mut *argument.cast::<&mut dyn FnMut(NonNull<u8>)>() };
        see(block);
    }
    true
}

/// One thread's cached half of the heaps.
#[derive(Clone, Copy, Debug)]
pub struct Local {
    objects: NonNull<mi::mi_theap_t>,
    memory: NonNull<mi::mi_theap_t>,
}

impl Local {
    /// A block of at least `layout`'s size, uninitialised.
    ///
    /// # Panics
    /// When the system is out of memory.
    #[inline]
    #[must_use]
    pub fn alloc(self, layout: Layout, kind: Kind) -> NonNull<u8> {
        let theap = match kind {
            Kind::Object(_) => self.objects.as_ptr(),
            Kind::Memory(_) => self.memory.as_ptr(),
        };
        let small = layout.size() <= SMALL && layout.align() <= NATURAL_ALIGNMENT;
        // SAFETY: the thread-local heap belongs to the calling thread, by `Heap::local`.
        let block = unsafe {
            if small {
                mi_theap_malloc_small(theap, layout.size())
            } else {
                mi_theap_malloc_aligned(theap, layout.size(), layout.align())
            }
        };
        NonNull::new(block.cast()).unwrap_or_else(|| out_of_memory(layout))
    }

    /// Frees a block.
    ///
    /// # Safety
    /// `block` came from a `Local` of the same heap, and no thread uses it from here on.
    #[inline]
    pub unsafe fn free(self, block: NonNull<u8>) {
        // SAFETY: the caller's clause.
        unsafe { mi::mi_free(block.as_ptr().cast()) }
    }

    /// Gives the pages of the thread's objects back to the heap, which then leaves them alone when the thread ends: that
    /// may be during a walk. The thread allocates no object from here on.
    pub fn leave(self) {
        // SAFETY: the half belongs to the calling thread, by `Heap::local`; it stays valid, without pages.
        unsafe { _mi_theap_collect_abandon(self.objects.as_ptr()) }
    }
}

fn new_heap() -> NonNull<mi::mi_heap_t> {
    // SAFETY: mimalloc starts itself on first use.
    NonNull::new(unsafe { mi::mi_heap_new() }).expect("mimalloc gives a heap")
}

fn thread_half(heap: NonNull<mi::mi_heap_t>) -> NonNull<mi::mi_theap_t> {
    // SAFETY: the heap lives.
    NonNull::new(unsafe { mi_heap_theap(heap.as_ptr()) }).expect("mimalloc gives a thread heap")
}

#[cold]
fn out_of_memory(layout: Layout) -> ! {
    std::alloc::handle_alloc_error(layout)
}
