//! The attach state: one word that says whether a thread may touch objects, and who may let it.
//!
//! # Source           CPython Include/internal/pycore_pystate.h `_Py_THREAD_DETACHED` and so on, Python/pystate.c
//! `tstate_try_attach`, `detach_thread`, `park_detached_threads` (3.13.5); PEP 703 "Stop-the-world".
//! Differences: `stopping` is new. CPython keeps a stop request outside the word, so a thread that detaches after it
//! was asked to stop is found only because the requester looks again every millisecond. Here the request is in the
//! word, whoever leaves `attached` meets it, and the requester waits for exactly the threads that it asked.
//!
//! # State
//!
//! ```text
//!   0 detached       outside: must not touch objects; attaches when it likes
//!   1 attached       inside
//!   2 stopping       inside, counted by the requester, must leave at its next safepoint
//!   3 suspended      outside, and must stay there until the requester restarts the world; for ever, if the
//!                    requester ends the interpreter
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) the thread itself   (r) the requester of a stop, who holds the registry's lock
//!   detached ──o──▶ attached ──r──▶ stopping ──o──▶ suspended ──r──▶ detached
//!      ▲               │                                ▲
//!      └───────o───────┘        detached ──r────────────┘
//! ```
//!
//! Every edge is a compare-exchange except those out of `suspended`, where the requester is the only writer.
//!
//! # Invariants
//! 1. Only the thread itself enters `attached`, and only from `detached`.
//! 2. While the world is stopped every thread but the requester is suspended.     safepoint_stop_means_stopped
//! 3. Each thread that was asked counts itself as stopped once, after it left.    safepoint_stop_means_stopped
//!
//! # Orderings
//! | site             | operation                   | order   | pairs with            | carries                             | if weakened        |
//! |------------------|-----------------------------|---------|-----------------------|-------------------------------------|--------------------|
//! | `thread.attach`  | CAS detached to attached    | Acquire | `thread.restart`      | what the requester did meanwhile    | data race          |
//! | `thread.detach`  | CAS attached to detached    | Release | `thread.hold`         | what the thread did while attached  | data race          |
//! | `thread.hold`    | CAS detached to suspended   | Acquire | `thread.detach`       | the same                            | data race          |
//! | `thread.ask`     | CAS attached to stopping    | Release | `thread.suspend`      | the countdown's start value         | count is lost      |
//! | `thread.suspend` | CAS stopping to suspended   | Acquire | `thread.ask`          | the same                            | count is lost      |
//! | `thread.restart` | swap suspended to detached  | Release | `thread.attach`       | what the requester did              | data race          |
//!
//! # Progress         `attach` blocks while the thread is suspended; `ask` is lock-free; the others are wait-free.
//!
//! # Races considered
//! * `ask` against `detach`: one compare-exchange wins. If the request wins, the thread suspends itself and counts;
//!   if the thread wins, the requester finds it detached, suspends it, and counts nothing.
//! * A restart against the next stop: a thread that was woken finds itself suspended again and sleeps on; with stops
//!   in close sequence it may starve (gh-151518). It stays outside meanwhile, and comes in after the last
//!   (`safepoint_stop_again`).
//!
//! # Not covered      Starvation by repeated stops.
//!
//! # Checks           `safepoint_stop_means_stopped`, `safepoint_two_stoppers_take_turns`, `safepoint_thread_born_in_a_stop`,
//! `safepoint_stop_again`.

use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::park::{Key, ParkingLot};
use crate::sync::{invariant, seeded, site};

const DETACHED: u8 = 0;
const ATTACHED: u8 = 1;
const STOPPING: u8 = 2;
const SUSPENDED: u8 = 3;

/// What leaving `attached` came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Detached {
    /// The thread may attach again when it likes.
    Free,
    /// A stop was requested: the thread is to suspend itself, and to count itself as stopped.
    Asked,
}

/// What a requester achieved by asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Asked {
    /// The thread was outside and now stays there.
    Held,
    /// The thread is inside and will count itself when it leaves.
    WillCount,
}

/// The word.
#[derive(Debug)]
pub struct AttachState {
    word: AtomicU8,
}

impl Default for AttachState {
    fn default() -> Self {
        Self::new()
    }
}

impl AttachState {
    /// The state of a new thread: outside.
    #[must_use]
    pub fn new() -> Self {
        Self {
            word: AtomicU8::new("attach state", DETACHED),
        }
    }

    /// Keeps a thread outside that is born during a stop, before anybody else can see it.
    pub fn hold_newborn(&self) {
        // ORDERING: Relaxed; the registry's lock publishes it.
        let _ = self.word.swap(SUSPENDED, Relaxed);
    }

    /// (o) Goes inside; sleeps while suspended.
    pub fn attach(&self, lot: &ParkingLot) {
        // ORDERING: Acquire, so that the thread sees what was done in the world that was stopped.
        let order = site("thread.attach", Acquire);
        while let Err(found) = self
            .word
            .compare_exchange(DETACHED, ATTACHED, order, Relaxed)
        {
            invariant!(
                matches!(found, DETACHED | SUSPENDED),
                "thread 1",
                "attach found state {found}"
            );
            self.sleep(lot, found);
            if seeded!("sg5-woken-means-free") {
                let _ = self.word.swap(ATTACHED, order);
                return;
            }
        }
    }

    /// (o) Goes outside.
    pub fn detach(&self) -> Detached {
        // ORDERING: Release, so that a requester that holds this thread sees what it did while attached.
        let order = site("thread.detach", Release);
        match self
            .word
            .compare_exchange(ATTACHED, DETACHED, order, Relaxed)
        {
            Ok(_) => Detached::Free,
            Err(found) => {
                invariant!(found == STOPPING, "thread 1", "detach found state {found}");
                Detached::Asked
            }
        }
    }

    /// (o) Goes outside, and stays there until [`Self::restart`].
    pub fn suspend(&self) {
        let outside = if seeded!("sg1-suspend-stores-detached") {
            DETACHED
        } else {
            SUSPENDED
        };
        // ORDERING: Acquire, with the request, so that this thread finds the countdown that it lowers next; what it
        // did while attached is carried by that.
        let order = site("thread.suspend", Acquire);
        let _ = self
            .word
            .compare_exchange(STOPPING, outside, order, Relaxed);
    }

    /// (r) Asks the thread to be outside until [`Self::restart`].
    pub fn ask(&self) -> Asked {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut found = self.word.load(Relaxed);
        loop {
            let (wanted, order, asked) = if found == DETACHED {
                (SUSPENDED, site("thread.hold", Acquire), Asked::Held)
            } else {
                (STOPPING, site("thread.ask", Release), Asked::WillCount)
            };
            invariant!(found <= ATTACHED, "stop 3", "ask found state {found}");
            // ORDERING: Acquire for a thread that is held, with its detach; Release for one that will count, so that
            // it finds the countdown that it lowers.
            match self.word.compare_exchange(found, wanted, order, Relaxed) {
                Ok(_) => return asked,
                Err(other) => found = other,
            }
        }
    }

    /// (r) Lets the thread attach again.
    pub fn restart(&self, lot: &ParkingLot) {
        // ORDERING: Release, so that the thread sees what was done while it was suspended.
        let found = self.word.swap(DETACHED, site("thread.restart", Release));
        invariant!(found == SUSPENDED, "stop 1", "restart found state {found}");
        let _ = lot.unpark_all(Key::of(&self.word), 0);
    }

    /// Whether the thread is outside and held there.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        // ORDERING: Relaxed; the requester, who asks, is ordered after the suspension by the countdown.
        self.word.load(Relaxed) == SUSPENDED
    }

    /// Whether the thread is inside.
    #[must_use]
    pub fn is_attached(&self) -> bool {
        // ORDERING: Relaxed; exact for the thread itself, a hint for others.
        matches!(self.word.load(Relaxed), ATTACHED | STOPPING)
    }

    fn sleep(&self, lot: &ParkingLot, found: u8) {
        if found == DETACHED {
            return;
        }
        // ORDERING: Relaxed; `attach` reads the state again, with Acquire.
        let _ = lot.park(Key::of(&self.word), None, || {
            self.word.load(Relaxed) == found
        });
    }
}
