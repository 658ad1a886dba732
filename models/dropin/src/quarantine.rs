//! The quarantine: memory that an execution frees is handed out again after its end only.
//!
//! Threads may compare pointers, and which of them gets freed memory again would depend on the
//! order in which the engine runs them. So nobody gets it again. This hides ABA on addresses.

#[cfg(feature = "quarantine")]
mod allocator {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::cell::Cell;

    /// Memory that waits for the end of the execution.
    type Held = Vec<(*mut u8, Layout)>;

    thread_local! {
        static HELD: Cell<Held> = const { Cell::new(Vec::new()) };
        /// Whether the list is being changed, or there is none.
        static BUSY: Cell<bool> = const { Cell::new(false) };
    }

    /// The system's allocator, with a quarantine inside of executions.
    struct Quarantine;

    #[global_allocator]
    static ALLOCATOR: Quarantine = Quarantine;

    // SAFETY: memory comes from the system's allocator and goes back to it with the layout that
    // it was asked for, once.
    unsafe impl GlobalAlloc for Quarantine {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller's promise.
            unsafe { System.alloc(layout) }
        }

        unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller's promise.
            unsafe { System.alloc_zeroed(layout) }
        }

        unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
            if graph_engine::is_over() {
                // SAFETY: the caller's promise.
                return unsafe { System.realloc(memory, layout, size) };
            }
            // SAFETY: the caller promises that the size fits the alignment.
            let new =
                unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
            if !new.is_null() {
                // SAFETY: both blocks have so many bytes, and the old one is not used any more.
                unsafe {
                    new.copy_from_nonoverlapping(memory, layout.size().min(size));
                    self.dealloc(memory, layout);
                }
            }
            new
        }

        unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
            if graph_engine::is_over() || !hold(memory, layout) {
                // SAFETY: the caller's promise.
                unsafe { System.dealloc(memory, layout) }
            }
        }
    }

    /// Keeps the memory until the end of the execution. False: nothing can be kept now.
    fn hold(memory: *mut u8, layout: Layout) -> bool {
        if BUSY.try_with(|busy| busy.replace(true)).unwrap_or(true) {
            return false;
        }
        let kept = HELD.try_with(|cell| {
            let mut held = cell.take();
            held.push((memory, layout));
            cell.set(held);
        });
        BUSY.set(false);
        kept.is_ok()
    }

    /// Gives everything back.
    pub(crate) fn release() {
        BUSY.set(true);
        let mut held = HELD.take();
        for (memory, layout) in held.drain(..) {
            // SAFETY: it was freed with this layout, and the execution that could still have
            // compared its address is over.
            unsafe { System.dealloc(memory, layout) }
        }
        HELD.set(held);
        BUSY.set(false);
    }
}

#[cfg(feature = "quarantine")]
pub(crate) use allocator::release;

/// Nothing is kept.
#[cfg(not(feature = "quarantine"))]
pub(crate) fn release() {}
