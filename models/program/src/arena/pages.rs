//! Pages that are kept and put back: those that an execution writes are noted when it first writes them.
//!
//! A saved page is read-only until somebody writes it. The handler of the fault notes the page and lets it be written
//! from then on, so that a page costs a fault once in an exploration and a copy once in every execution.

use std::io;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use super::{ARENA, ARENAS, BASE, PAGE};

/// Pages of one exploration that may be written.
const MOST: usize = 1 << 17;

/// The pages of one arena that were written since they were saved.
struct Dirty {
    count: AtomicUsize,
    pages: Box<[AtomicUsize]>,
}

/// For each arena what the handler writes to.
static DIRTY: [AtomicPtr<Dirty>; ARENAS] = [const { AtomicPtr::new(ptr::null_mut()) }; ARENAS];
static NUMBERS: Mutex<[bool; ARENAS]> = Mutex::new([false; ARENAS]);

/// The number of an arena that nobody has.
pub(super) fn take_number() -> Option<usize> {
    let mut taken = NUMBERS.lock().unwrap_or_else(PoisonError::into_inner);
    let number = taken.iter().position(|taken| !taken)?;
    taken[number] = true;
    Some(number)
}

/// Reserves addresses.
pub(super) fn reserve(base: usize, size: usize) -> io::Result<()> {
    let flags =
        libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE | libc::MAP_FIXED_NOREPLACE;
    let wanted = ptr::with_exposed_provenance_mut(base);
    let access = libc::PROT_READ | libc::PROT_WRITE;
    // SAFETY: nothing is replaced, by the flags.
    let got = unsafe { libc::mmap(wanted, size, access, flags, -1, 0) };
    match got.addr() {
        addr if addr == base => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Gives them back.
pub(super) fn give_back(base: usize, size: usize, number: usize) {
    // SAFETY: the arena is gone, and nobody else has these addresses.
    unsafe { libc::munmap(ptr::with_exposed_provenance_mut(base), size) };
    let mut taken = NUMBERS.lock().unwrap_or_else(PoisonError::into_inner);
    taken[number] = false;
}

/// Lets nobody touch some pages.
pub(super) fn guard(start: usize, size: usize) {
    protect(start, size, libc::PROT_NONE);
}

fn protect(start: usize, size: usize, access: i32) {
    // SAFETY: callers name pages of an arena; what is in them stays.
    unsafe { libc::mprotect(ptr::with_exposed_provenance_mut(start), size, access) };
}

/// What was in the memory of an arena.
#[derive(Debug)]
pub(crate) struct Snapshot {
    number: usize,
    /// Addresses of pages that had something in them, in order.
    pages: Vec<usize>,
    copies: Vec<u8>,
    /// Pages that were written, and what they had.
    written: Vec<(usize, Option<usize>)>,
    dirty: *mut Dirty,
}

impl std::fmt::Debug for Dirty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dirty").finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Copies what is in these ranges, and notes every page that is written from here on.
    pub(super) fn take(number: usize, ranges: &[[usize; 2]]) -> Self {
        install_handler();
        let mut snapshot = Self {
            number,
            pages: Vec::new(),
            copies: Vec::new(),
            written: Vec::new(),
            dirty: Box::into_raw(Box::new(Dirty {
                count: AtomicUsize::new(0),
                pages: (0..MOST).map(|_| AtomicUsize::new(0)).collect(),
            })),
        };
        ranges.iter().for_each(|range| snapshot.copy(*range));
        // ORDERING: Relaxed; the handler runs on this thread.
        DIRTY[number].store(snapshot.dirty, Ordering::Relaxed);
        for [start, end] in ranges {
            protect(*start, end - start, libc::PROT_READ);
        }
        snapshot
    }

    fn copy(&mut self, [start, end]: [usize; 2]) {
        let mut resident = vec![0_u8; (end - start) / PAGE];
        // SAFETY: the range is mapped, and there is a byte for each page.
        let known = unsafe {
            libc::mincore(
                ptr::with_exposed_provenance_mut(start),
                end - start,
                resident.as_mut_ptr(),
            )
        };
        for (index, is_there) in resident.iter().enumerate() {
            // What is not there was never written.
            if known != 0 || is_there & 1 != 0 {
                let page = start + index * PAGE;
                self.pages.push(page);
                // SAFETY: the page is mapped and may be read.
                let bytes = unsafe {
                    std::slice::from_raw_parts(ptr::with_exposed_provenance::<u8>(page), PAGE)
                };
                self.copies.extend_from_slice(bytes);
            }
        }
    }

    /// Puts back what was written since the last time.
    pub(super) fn put_back(&mut self) {
        // SAFETY: made in `take`, freed in `drop`.
        let dirty = unsafe { &*self.dirty };
        // ORDERING: Relaxed; the handler runs on this thread.
        let count = dirty.count.load(Ordering::Relaxed);
        for page in &dirty.pages[self.written.len()..count] {
            // ORDERING: as above.
            let page = page.load(Ordering::Relaxed);
            let copy = self.pages.binary_search(&page).ok();
            self.written.push((page, copy.map(|index| index * PAGE)));
        }
        for (page, copy) in &self.written {
            let page = ptr::with_exposed_provenance_mut::<u8>(*page);
            // SAFETY: the handler made the page writable; the copy has as many bytes.
            unsafe {
                match copy {
                    Some(at) => page.copy_from_nonoverlapping(self.copies.as_ptr().add(*at), PAGE),
                    None => page.write_bytes(0, PAGE),
                }
            }
        }
    }

    /// How many pages an execution writes.
    pub(crate) fn written(&self) -> usize {
        self.written.len()
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // ORDERING: Relaxed; the handler runs on this thread.
        DIRTY[self.number].store(ptr::null_mut(), Ordering::Relaxed);
        // SAFETY: made in `take`, and the handler does not see it any more.
        drop(unsafe { Box::from_raw(self.dirty) });
    }
}

fn install_handler() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let handler: extern "C" fn(i32, *mut libc::siginfo_t, *mut libc::c_void) = on_fault;
        // SAFETY: the action is filled in; the handler does only what a handler may.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = handler as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
            libc::sigaction(libc::SIGSEGV, &raw const action, &raw mut BEFORE);
        }
    });
}

/// What handled faults before.
static mut BEFORE: libc::sigaction = unsafe_zeroed();

const fn unsafe_zeroed() -> libc::sigaction {
    // SAFETY: zeroes are the default action.
    unsafe { std::mem::zeroed() }
}

extern "C" fn on_fault(signal: i32, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: the system gives the information of a fault.
    let address = unsafe { (*info).si_addr() }.addr();
    if note(address) {
        return;
    }
    // SAFETY: the action was there before; with it back, the fault comes again and is its.
    unsafe { libc::sigaction(signal, &raw const BEFORE, ptr::null_mut()) };
    let _ = context;
}

/// Notes a write of a saved page; false when it is none.
fn note(address: usize) -> bool {
    let number = address.wrapping_sub(BASE) / ARENA;
    let Some(place) = DIRTY.get(number) else {
        return false;
    };
    // ORDERING: Relaxed; this thread stored it.
    let dirty = place.load(Ordering::Relaxed);
    if dirty.is_null() {
        return false;
    }
    // SAFETY: it lives while it is in its place.
    let dirty = unsafe { &*dirty };
    let page = address & !(PAGE - 1);
    // ORDERING: Relaxed; only this thread writes the count.
    let count = dirty.count.load(Ordering::Relaxed);
    if count == MOST || super::is_guard(page) {
        return false;
    }
    // ORDERING: as above.
    dirty.pages[count].store(page, Ordering::Relaxed);
    // ORDERING: as above.
    dirty.count.store(count + 1, Ordering::Relaxed);
    protect(page, PAGE, libc::PROT_READ | libc::PROT_WRITE);
    true
}
