//! A one-shot event: threads wait, with or without a deadline, until it is set; it stays set, and every waiter then sees
//! what the setter did before.
//!
//! # Source
//! CPython 3.13.5 Python/lock.c (`PyEvent_WaitTimed`, `_PyEvent_Notify`) and Python/parking_lot.c
//! (`_PyParkingLot_Park`, `_PyParkingLot_UnparkAll`).
//!
//! Differences: the waiters' list belongs to the event instead of a global table; a waiter is a heap block and not a
//! piece of a stack, so that the check can see it go.
//!
//! # State
//! ```text
//! state     0 unset   1 set, for ever
//! waiters   doubly linked list of blocks: signal, previous, next, is_unparking
//!
//!   is_unparking   signal   where the waiter is
//!   no             0        in the list; may withdraw
//!   yes            0        in the waker's private chain; must wait for the signal
//!   any            1        nowhere; its thread frees it
//! ```
//!
//! # Transitions
//! ```text
//! (w) waiting thread   (s) setting thread
//!
//!   unset -s-> set                   under the list's lock, in one step with emptying the list
//!   new -w-> listed                  under the lock, unless the event is set
//!   listed -w-> withdrawn            under the lock, at the deadline
//!   listed -s-> unparking            under the lock
//!   unparking -s-> signalled         the waker's last access to the block
//! ```
//!
//! # Invariants
//! 1. A waiter in the list or in a private chain is alive: its thread frees it only after it withdrew or was signalled.
//! 2. Places are written under the lock and only while the waiter is in the list; read under the lock, or by the waker
//!    whose chain the waiter is in.
//! 3. A waiter that is unparking never unlinks itself.                         refcount_event_time_out_races_set
//! 4. No waiter enters the list of an event that is set.                       refcount_event_wakes_every_waiter
//!
//! # Orderings
//! | site           | operation    | order   | pairs with      | carries                           | if weakened    |
//! |----------------|--------------|---------|-----------------|-----------------------------------|----------------|
//! | `event.set`    | store state  | Release | `event.is_set`  | what the setter did before        | data race      |
//! | `event.is_set` | load state   | Acquire | `event.set`     | what the setter did before        | data race      |
//! | `event.signal` | store signal | Release | `event.woken`   | the waker is done with the block  | use after free |
//! | `event.woken`  | load signal  | Acquire | `event.signal`  | the waker is done with the block  | use after free |
//!
//! # Field access     `place`: by Invariant 2. `first`, `last`: under the lock.
//!
//! # Progress         `wait` parks, and allocates one block; the caller detaches around it. `set` takes the list's lock,
//! which is a leaf, and wakes after releasing it. Neither runs Python code.
//!
//! # Not covered      Interrupted waits; resetting; the order in which waiters wake.
//!
//! # Checks           refcount_event_time_out_races_set, refcount_event_wakes_every_waiter; bounded.
//!
//! # Example
//! ```
//! use runtime::protocols::event::{Event, Waited};
//! use runtime::sync::{heap::Heap, park::ParkingLot};
//!
//! let (event, lot, heap) = (Event::new(), ParkingLot::new(), Heap::new());
//! event.set(&lot);
//! assert_eq!(event.wait(&lot, heap.local(), None), Waited::Set);
//! ```

use std::alloc::Layout;
use std::ptr::NonNull;

use super::mutex::Mutex;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::cell::Cell;
use crate::sync::heap::{Kind, Local};
use crate::sync::park::{Key, Parked, ParkingLot};
use crate::sync::time::Deadline;
use crate::sync::{event, seeded, site};

const UNSET: u8 = 0;
const SET: u8 = 1;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Waited {
    /// The event is set.
    Set,
    /// The deadline passed first.
    TimedOut,
}

type Link = Option<NonNull<Waiter>>;

/// One waiting thread: a heap block, so that neither end depends on the other's stack.
#[derive(Debug)]
struct Waiter {
    /// Set as the waker's last access.
    signal: AtomicU8,
    place: Cell<Place>,
}

/// Where a waiter is.
#[derive(Clone, Copy, Debug)]
struct Place {
    previous: Link,
    next: Link,
    /// The waiter is in the waker's private list and must not unlink itself.
    is_unparking: bool,
}

/// The waiters that nobody has taken yet, in the order of their arrival.
#[derive(Debug, Default)]
struct Waiters {
    first: Link,
    last: Link,
}

/// A one-shot event.
#[derive(Debug)]
pub struct Event {
    state: AtomicU8,
    waiters: Mutex<Waiters>,
}

// SAFETY: a waiter is reached under the lock of the list or by the one waker that took the list.
unsafe impl Send for Event {}
// SAFETY: as above.
unsafe impl Sync for Event {}

impl Default for Event {
    fn default() -> Self {
        Self::new()
    }
}

impl Event {
    /// An event that is not set.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: AtomicU8::new("event", UNSET),
            waiters: Mutex::new("event_waiters", Waiters::default()),
        }
    }

    /// Whether the event is set; what its setter did before is then visible.
    #[inline]
    #[must_use]
    pub fn is_set(&self) -> bool {
        // ORDERING: Acquire, with `event.set`.
        self.state.load(site("event.is_set", Acquire)) == SET
    }

    /// Waits until the event is set or the deadline passes.
    #[inline]
    pub fn wait(&self, lot: &ParkingLot, heap: Local, deadline: Option<Deadline>) -> Waited {
        if self.is_set() {
            return Waited::Set;
        }
        event::operation("event.wait", || self.wait_slow(lot, heap, deadline))
    }

    /// Sets the event and wakes every waiter.
    pub fn set(&self, lot: &ParkingLot) {
        event::operation("event.set", || wake(self.publish(lot), lot));
    }

    /// Sets the event and takes its waiters.
    fn publish(&self, lot: &ParkingLot) -> Link {
        let late = seeded!("ev1-set-after-the-list");
        let chain = self.waiters.with(lot, |waiters| {
            if !late {
                self.store_set();
            }
            waiters.take_all()
        });
        if late {
            self.store_set();
        }
        chain
    }

    fn store_set(&self) {
        // ORDERING: Release, with `event.is_set`: who sees the event set sees what came before.
        self.state.store(SET, site("event.set", Release));
    }

    #[cold]
    fn wait_slow(&self, lot: &ParkingLot, heap: Local, deadline: Option<Deadline>) -> Waited {
        let Some(waiter) = self.enlist(lot, heap) else {
            return Waited::Set;
        };
        let mut waited = sleep(waiter, lot, deadline);
        if waited == Waited::TimedOut && !self.withdraw(waiter, lot) {
            waited = sleep(waiter, lot, None);
        }
        // SAFETY: the waiter was signalled or withdrew, so that no other thread has it.
        unsafe { heap.free(waiter.cast()) };
        waited
    }

    /// Puts a new waiter at the end, unless the event is set.
    fn enlist(&self, lot: &ParkingLot, heap: Local) -> Link {
        let block = heap
            .alloc(Layout::new::<Waiter>(), Kind::Memory("waiter"))
            .cast();
        // SAFETY: the block is new and has a waiter's layout.
        unsafe { block.write(Waiter::new()) };
        let enlisted = self.waiters.with(lot, |waiters| {
            // ORDERING: Relaxed; the event is set under the lock that is held.
            let set = self.state.load(Relaxed) == SET;
            if !set {
                waiters.push(block);
            }
            !set
        });
        if enlisted {
            return Some(block);
        }
        // SAFETY: no other thread has seen the block.
        unsafe { heap.free(block.cast()) };
        None
    }

    /// Takes the waiter from the list unless a waker has it, and says whether it did.
    fn withdraw(&self, waiter: NonNull<Waiter>, lot: &ParkingLot) -> bool {
        self.waiters.with(lot, |waiters| waiters.unlink(waiter))
    }
}

impl Waiter {
    fn new() -> Self {
        let place = Place {
            previous: None,
            next: None,
            is_unparking: false,
        };
        Self {
            signal: AtomicU8::new("signal", UNSET),
            place: Cell::new("place", place),
        }
    }
}

impl Waiters {
    fn push(&mut self, waiter: NonNull<Waiter>) {
        at(waiter, |place| place.previous = self.last);
        match self.last.replace(waiter) {
            Some(last) => at(last, |place| place.next = Some(waiter)),
            None => self.first = Some(waiter),
        }
    }

    /// Empties the list; the chain of waiters is the caller's.
    fn take_all(&mut self) -> Link {
        let mut link = self.first;
        while let Some(waiter) = link {
            link = at(waiter, |place| {
                place.is_unparking = !seeded!("lk1-unmarked");
                place.next
            });
        }
        self.last = None;
        self.first.take()
    }

    /// Takes one waiter out, unless a waker has it.
    fn unlink(&mut self, waiter: NonNull<Waiter>) -> bool {
        let place = look(waiter);
        if place.is_unparking {
            return false;
        }
        match place.previous {
            Some(previous) => at(previous, |previous| previous.next = place.next),
            None => self.first = place.next,
        }
        match place.next {
            Some(next) => at(next, |next| next.previous = place.previous),
            None => self.last = place.previous,
        }
        true
    }
}

/// Reads the place of a waiter. Its own thread does so under the lock; the waker's own chain it may read without, so
/// here is no write that the waiter's thread could meet.
fn look(waiter: NonNull<Waiter>) -> Place {
    // SAFETY: the waiter is alive, by Invariant 1, and nobody writes its place meanwhile, by Invariant 2.
    unsafe { waiter.as_ref().place.with(|place| *place) }
}

/// Runs `body` on the place of a waiter that is in the list; the caller has locked the list.
fn at<R>(waiter: NonNull<Waiter>, body: impl FnOnce(&mut Place) -> R) -> R {
    // SAFETY: a waiter in the list is alive, by Invariant 1, and its place is touched under the lock, by Invariant 2.
    unsafe { waiter.as_ref().place.with_mut(|place| body(&mut *place)) }
}

/// Lets a private chain of waiters go.
fn wake(mut link: Link, lot: &ParkingLot) {
    while let Some(waiter) = link {
        // Before the signal, after which the block may be gone.
        link = look(waiter).next;
        signal(waiter, lot);
    }
}

/// Sleeps until signalled, or until the deadline.
fn sleep(waiter: NonNull<Waiter>, lot: &ParkingLot, deadline: Option<Deadline>) -> Waited {
    // SAFETY: the caller frees the waiter, after this.
    let signal = &unsafe { waiter.as_ref() }.signal;
    loop {
        // ORDERING: Relaxed, since the signal is read again below.
        let parked = lot.park(Key::of(signal), deadline, || signal.load(Relaxed) == UNSET);
        // ORDERING: Acquire, with `event.signal`: the waker's last access comes before the block is freed.
        if signal.load(site("event.woken", Acquire)) == SET {
            return Waited::Set;
        }
        if parked == Parked::TimedOut {
            return Waited::TimedOut;
        }
    }
}

/// Lets the waiter go; its block may be gone when this returns.
fn signal(waiter: NonNull<Waiter>, lot: &ParkingLot) {
    // SAFETY: the waiter frees its block only after it saw the signal.
    let signal = &unsafe { waiter.as_ref() }.signal;
    let key = Key::of(signal);
    // ORDERING: Release, with `event.woken`: the block is freed after this, the last access.
    signal.store(SET, site("event.signal", Release));
    let _ = lot.unpark_one(key, |_| 0);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::sync::heap::Heap;
    use crate::sync::thread;

    #[test]
    fn a_wait_that_nobody_ends_times_out() {
        let (event, lot, heap) = (Event::new(), ParkingLot::new(), Heap::new());
        let soon = Deadline::after(Duration::from_millis(1));
        assert_eq!(event.wait(&lot, heap.local(), soon), Waited::TimedOut);
        assert!(!event.is_set());
    }

    #[test]
    fn one_set_wakes_every_waiter_and_stays() {
        let shared = Arc::new((Event::new(), ParkingLot::new(), Heap::new()));
        let waiters = [(); 3].map(|()| {
            let shared = Arc::clone(&shared);
            let wait = move || shared.0.wait(&shared.1, shared.2.local(), None);
            thread::spawn("waiter", 64 << 10, wait).expect("a thread starts")
        });
        shared.0.set(&shared.1);
        assert_eq!(waiters.map(thread::JoinHandle::join), [Waited::Set; 3]);
        assert!(shared.0.is_set());
    }

    #[test]
    fn a_waiter_leaves_the_middle_of_the_list() {
        let (event, lot, heap) = (Event::new(), ParkingLot::new(), Heap::new());
        let enlist = || event.enlist(&lot, heap.local()).expect("not set");
        let [first, middle, last] = [enlist(), enlist(), enlist()];
        assert!(event.withdraw(middle, &lot));
        assert_eq!(
            (look(first).next, look(last).previous),
            (Some(last), Some(first))
        );
        assert!(event.withdraw(last, &lot));
        assert!(event.withdraw(first, &lot));
        assert_eq!(event.publish(&lot), None);
    }
}
