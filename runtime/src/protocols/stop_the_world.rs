//! Stop-the-world: one thread, the requester, gets every other thread out of the objects until it restarts them.
//!
//! # Source           CPython Python/pystate.c `stop_the_world`, `start_the_world` (3.13.5); PEP 703 "Stop-the-world".
//! Differences: requests are states of the threads (see `thread_state`), so the countdown holds exactly the threads
//! that were asked, and the requester sleeps once instead of polling. There is one interpreter, so one kind of stop.
//!
//! # State
//!
//! ```text
//!   countdown:  threads that were asked and have not counted themselves, plus the requester's own
//!               share while it is still asking
//!   turn:       the object lock that a requester holds from request to restart
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (r) requester   (o) a thread that was asked
//!   0 -r: turn taken-> n + 1 -o: suspended-> ... -r: everybody asked-> ... -o|r-> 0 stopped -r: restart-> turn free
//! ```
//!
//! # Invariants
//! 1. When `stop` returns, every other registered thread is suspended.           safepoint_stop_means_stopped
//! 2. A thread that is registered during a stop is suspended from birth.         safepoint_thread_born_in_a_stop
//! 3. One requester at a time.                                                   safepoint_two_stoppers_take_turns
//! 4. The requester stays attached, so its critical sections stay closed.        safepoint_stop_vs_hand_over
//! 5. A stop of a thread that has stopped the world is part of its first one.     safepoint_end_keeps_others_outside
//!
//! # Orderings
//! | site            | operation            | order   | pairs with                      | carries                          | if weakened |
//! |-----------------|----------------------|---------|---------------------------------|----------------------------------|-------------|
//! | `stop.arrive`   | fetch_sub countdown  | Release | `stop.observe`                  | what the thread did while inside | data race   |
//! | `stop.observe`  | load countdown       | Acquire | `stop.arrive`                   | the same                         | data race   |
//!
//! # Progress         Blocking, bounded by the time that the attached threads need to their next safepoint. A thread
//! that waits for its turn detaches, so that the requester before it can stop it. Lock order: turn, then registry.
//!
//! # Races considered
//! * Two requesters: the second waits for the turn outside, is held there by the first, and attaches after the restart.
//! * A thread leaves the registry during a stop: it was suspended before, so it has counted itself, and the restart
//!   does not find it.
//! * The interpreter ends while daemon threads are left: it stops them for good and never gives the turn back. What its
//!   own end still does may stop the world again (gh-137433), and finds it stopped.
//!
//! # Not covered      A thread that never reaches a safepoint.
//!
//! # Checks           The scenarios named above, and `safepoint_thread_ends_in_a_stop`.

use std::ptr::NonNull;

use super::object_lock::{ObjectLock, Parking};
use super::thread_state::{Asked, Registry, ThreadState};
use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::park::{Key, ParkingLot};
use crate::sync::{event, seeded, site};

/// The state of stops of one runtime.
#[derive(Debug)]
pub struct StopTheWorld {
    turn: ObjectLock,
    countdown: AtomicUsize,
}

impl Default for StopTheWorld {
    fn default() -> Self {
        Self::new()
    }
}

impl StopTheWorld {
    /// Nobody stops anybody.
    #[must_use]
    pub fn new() -> Self {
        Self {
            turn: ObjectLock::new(),
            countdown: AtomicUsize::new("stop countdown", 0),
        }
    }

    /// A thread that was asked is outside and counts itself.
    pub(super) fn arrive(&self, lot: &ParkingLot) {
        // ORDERING: Release, so that the requester sees what this thread did while inside.
        let left = self.countdown.fetch_sub(1, site("stop.arrive", Release)) - 1;
        if left == 0 {
            let _ = lot.unpark_all(Key::of(&self.countdown), 0);
        }
    }

    /// Asks every thread but the requester, and takes those that it held, and its own share, from the countdown.
    fn ask_all(&self, requester: Option<&ThreadState>, registry: &Registry, lot: &ParkingLot) {
        registry.with(lot, |members| {
            members.stopping = true;
            let others = members.others(requester).count();
            // ORDERING: Relaxed; published by `thread.ask` to those who lower it.
            let _ = self.countdown.swap(others + 1, Relaxed);
            let held = members
                .others(requester)
                .filter(|ts| ts.ask_to_stop() == Asked::Held);
            let settled = held.count() + 1;
            // ORDERING: Relaxed; `wait` reads the result again, with Acquire.
            let _ = self.countdown.fetch_sub(settled, Relaxed);
        });
    }

    fn wait(&self, lot: &ParkingLot) {
        // ORDERING: Acquire, with the Release of every thread that has counted itself.
        while self.countdown.load(site("stop.observe", Acquire)) != 0 {
            // ORDERING: Relaxed; the loop reads it again.
            let inside = || self.countdown.load(Relaxed) != 0;
            let _ = lot.park(Key::of(&self.countdown), None, inside);
        }
    }
}

/// Where a stop acts: the parts of a runtime that it needs.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The stops.
    pub stop: &'a StopTheWorld,
    /// The threads.
    pub registry: &'a Registry,
    /// Where they sleep.
    pub parking: &'a Parking,
}

impl World<'_> {
    /// Stops every thread but `requester`, which is `None` for a thread that is not registered yet.
    ///
    /// The requester may be stopped itself before its turn comes. It stays attached from then on, and must not take
    /// an object lock until the restart, since a suspended thread may hold it. A requester that has stopped the world
    /// already stays in that stop until it has restarted the world as often.
    pub fn stop(self, requester: Option<&ThreadState>) {
        let stopped = requester.filter(|ts| ts.stops_world());
        match stopped.filter(|_| !seeded!("sg4-turn-of-its-own-again")) {
            Some(ts) => ts.deepen_stop(),
            None => event::operation("stop the world", || self.stop_all(requester)),
        }
    }

    /// Lets every thread attach again, and the next requester have its turn.
    pub fn restart(self, requester: Option<&ThreadState>) {
        if !requester.is_some_and(ThreadState::leave_inner_stop) {
            event::operation("restart the world", || self.release(requester));
        }
    }

    /// Stops every other thread for good: the caller ends the interpreter, and restarts nobody. Their states stay, since
    /// they look there when they want to come in.
    pub fn stop_for_good(self, requester: &ThreadState) {
        self.stop(Some(requester));
        if seeded!("sg9-states-freed-at-the-end") {
            let heap = requester.local();
            self.registry.with(&self.parking.lot, |members| {
                let others = members.others(Some(requester));
                // SAFETY: not safe; a fault.
                others.for_each(|ts| unsafe { heap.free(NonNull::from(ts).cast()) });
            });
        }
    }

    fn stop_all(self, requester: Option<&ThreadState>) {
        match requester {
            Some(ts) => self.stop.turn.lock(ts),
            None => self.stop.turn.lock_attached(self.parking),
        }
        self.stop
            .ask_all(requester, self.registry, &self.parking.lot);
        match requester {
            Some(ts) if seeded!("cs1-requester-detaches") => {
                ts.detached(|| self.stop.wait(&self.parking.lot));
            }
            _ => self.stop.wait(&self.parking.lot),
        }
        if let Some(ts) = requester {
            ts.deepen_stop();
        }
    }

    fn release(self, requester: Option<&ThreadState>) {
        let lot = &self.parking.lot;
        self.registry.with(lot, |members| {
            members.stopping = false;
            let others = members.others(requester);
            others.for_each(|ts| ts.state().restart(lot));
        });
        self.stop.turn.unlock(self.parking);
    }
}
