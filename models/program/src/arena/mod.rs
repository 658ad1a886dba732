//! The memory of one execution: a range of addresses that is put back as it was.
//!
//! An arena has one region for each thread, at the same addresses in every process, and a thread allocates in its own
//! only. So where an object lies says nothing about who ran first, and an address is a name that means the same in
//! every interleaving.
//!
//! ```text
//!   region:  head (one page) | blocks ─▶ .......................... guard | ◀─ stack of the thread's coroutine
//! ```
//!
//! # Invariants
//! 1. Only the OS thread that made an arena uses its memory, and only while no execution of another arena runs on it.
//! 2. A page that was saved is written only after the handler has noted it.
//! 3. A block belongs to one owner from [`Arena::alloc`] to [`Arena::free`]; its header says how large it is.

mod blocks;
mod pages;

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::ptr::{self, NonNull};

pub(crate) use blocks::Region;
pub(crate) use pages::Snapshot;

/// Threads that one execution can have, the main thread among them.
pub const MAX_THREADS: usize = 16;

/// Where the first arena lies.
const BASE: usize = 0x5000_0000_0000;
/// Addresses of one region; only what is touched costs memory.
const REGION: usize = 1 << 30;
/// Addresses of one arena.
const ARENA: usize = REGION * MAX_THREADS;
/// Arenas that a process can have.
const ARENAS: usize = 64;
const PAGE: usize = 4096;
/// Native stack of a thread.
const STACK: usize = 8 << 20;

thread_local! {
    /// The region in which the running model thread allocates; null outside of an execution.
    static INSIDE: Cell<*mut Region> = const { Cell::new(ptr::null_mut()) };
}

/// The allocator of a process that runs programs in this world: the arena's inside of an execution, mimalloc outside.
#[derive(Debug)]
pub struct Allocator;

/// Whether an address lies in some arena.
#[inline]
fn in_arena(address: usize) -> bool {
    address.wrapping_sub(BASE) < ARENA * ARENAS
}

/// Whether a page lies below a stack, where nobody may write.
fn is_guard(page: usize) -> bool {
    page.wrapping_sub(BASE) % REGION == REGION - STACK
}

// SAFETY: both allocators keep the contract, and a block goes back to the one whose addresses it has.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match NonNull::new(INSIDE.get()) {
            // SAFETY: the region belongs to this OS thread, by Invariant 1.
            Some(mut region) => unsafe { region.as_mut() }.alloc(layout),
            // SAFETY: the caller's clause.
            None => unsafe { mimalloc::MiMalloc.alloc(layout) },
        }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if in_arena(block.addr()) {
            // SAFETY: the caller's clause: the block came from `alloc` above.
            unsafe { Region::free(block) };
        } else {
            // SAFETY: the caller's clause.
            unsafe { mimalloc::MiMalloc.dealloc(block, layout) };
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        match INSIDE.get().is_null() {
            // SAFETY: the caller's clause.
            true => unsafe { mimalloc::MiMalloc.alloc_zeroed(layout) },
            false => {
                // SAFETY: the caller's clause; the block is as large as the layout.
                unsafe {
                    let block = self.alloc(layout);
                    block.write_bytes(0, layout.size());
                    block
                }
            }
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !in_arena(block.addr()) && INSIDE.get().is_null() {
            // SAFETY: the caller's clause.
            return unsafe { mimalloc::MiMalloc.realloc(block, layout, size) };
        }
        // SAFETY: the caller's clause; both blocks have so many bytes.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            new.copy_from_nonoverlapping(block, size.min(layout.size()));
            self.dealloc(block, layout);
            new
        }
    }
}

/// The region in which the calling model thread allocates.
pub(crate) fn region() -> Option<&'static mut Region> {
    // SAFETY: by Invariant 1; callers keep the reference for one call only.
    NonNull::new(INSIDE.get()).map(|mut region| unsafe { region.as_mut() })
}

/// Runs `body` on the memory of the checker, not of the program.
#[inline]
pub(crate) fn outside<R>(body: impl FnOnce() -> R) -> R {
    let before = INSIDE.replace(ptr::null_mut());
    let result = body();
    INSIDE.set(before);
    result
}

/// From here on the calling OS thread allocates in a region, or outside.
pub(crate) fn enter(region: *mut Region) {
    INSIDE.set(region);
}

/// The memory of the executions of one exploration.
#[derive(Debug)]
pub(crate) struct Arena {
    base: usize,
    number: usize,
}

impl Arena {
    /// An empty arena.
    ///
    /// # Errors
    /// Why the system gives no addresses for it.
    pub(crate) fn new() -> Result<Self, String> {
        let number = pages::take_number().ok_or("there are too many explorations at once")?;
        let base = BASE + number * ARENA;
        pages::reserve(base, ARENA)
            .map_err(|error| format!("no memory for the program: {error}"))?;
        let arena = Self { base, number };
        (0..MAX_THREADS).for_each(|thread| arena.prepare(thread));
        Ok(arena)
    }

    /// A distance from the arena's start, which is the same in every arena.
    pub(crate) fn offset(address: usize) -> u64 {
        (address.wrapping_sub(BASE) % ARENA) as u64
    }

    fn start(&self, thread: usize) -> usize {
        self.base + thread * REGION
    }

    /// The region of a thread.
    pub(crate) fn region(&self, thread: usize) -> *mut Region {
        ptr::with_exposed_provenance_mut(self.start(thread))
    }

    /// The lowest and the highest address of a thread's stack.
    pub(crate) fn stack(&self, thread: usize) -> [usize; 2] {
        let end = self.start(thread) + REGION;
        [end - STACK, end]
    }

    fn prepare(&self, thread: usize) {
        let start = self.start(thread);
        let blocks = [start + PAGE, start + REGION - STACK - PAGE];
        // SAFETY: the head's page is reserved and this OS thread's, by Invariant 1.
        unsafe { Region::begin(self.region(thread), blocks) };
        pages::guard(start + REGION - STACK, PAGE);
    }

    /// Where the memory is that threads up to `threads` have written.
    pub(crate) fn used(&self, threads: usize) -> Vec<[usize; 2]> {
        let used = |thread| {
            // SAFETY: as for `prepare`.
            let end = unsafe { (*self.region(thread)).end() };
            let [low, high] = self.stack(thread);
            [
                [self.start(thread), end.next_multiple_of(PAGE)],
                [low + PAGE, high],
            ]
        };
        (0..threads).flat_map(used).collect()
    }

    /// Keeps what the first `threads` threads have, to be put back.
    pub(crate) fn save(&self, threads: usize) -> Snapshot {
        for thread in 0..threads {
            // SAFETY: as for `prepare`.
            unsafe { (*self.region(thread)).forget_free_blocks() };
        }
        Snapshot::take(self.number, &self.used(threads))
    }

    /// Puts everything back as it was saved, with regions for the threads that came later.
    pub(crate) fn restore(&self, snapshot: &mut Snapshot, threads: usize) {
        snapshot.put_back();
        (threads..MAX_THREADS).for_each(|thread| self.prepare_again(thread));
    }

    fn prepare_again(&self, thread: usize) {
        let start = self.start(thread);
        let blocks = [start + PAGE, start + REGION - STACK - PAGE];
        // SAFETY: as for `prepare`.
        unsafe { Region::renew(self.region(thread), blocks) };
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        pages::give_back(self.base, ARENA, self.number);
    }
}
