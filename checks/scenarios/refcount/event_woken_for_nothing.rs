//! A thread that waits for an event wakes up for no reason.

use std::sync::Arc;
use std::time::Duration;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::event::{Event, Waited};
use crate::rt::sync::cell::Cell;
use crate::rt::sync::heap::Heap;
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread;
use crate::rt::sync::time::Deadline;

const WAITS: &str = "the event was not set yet";
const LATE: &str = "the event was set before";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_event_woken_for_nothing",
    pillar: Pillar::Refcount,
    question: "Does a thread that waits for an event go on waiting when it wakes up for no reason?",
    always: "A wait ends when the event is set, or when its time is over, and not before.",
    sometimes: &[WAITS, LATE],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    event: Event,
    lot: ParkingLot,
    heap: Heap,
    made: Cell<u64>,
}

const STACK: usize = 128 << 10;

fn body(claims: &Claims) {
    wait_and_set(claims, ParkingLot::restless());
}

/// One thread waits in the lot for an event that another sets; then there is one that nobody sets.
pub(super) fn wait_and_set(claims: &Claims, lot: ParkingLot) {
    let shared = Arc::new(Shared {
        event: Event::new(),
        lot,
        heap: Heap::new(),
        made: Cell::new("made", 0),
    });
    let (ours, told) = (Arc::clone(&shared), claims.clone());
    let waiting = thread::spawn("waiter", STACK, move || wait(&ours, &told));
    let theirs = Arc::clone(&shared);
    let setting = thread::spawn("setter", STACK, move || {
        // SAFETY: that the access is ordered is the scenario's question.
        theirs.made.with_mut(|made| unsafe { *made = 7 });
        theirs.event.set(&theirs.lot);
    });
    for thread in [waiting, setting] {
        thread.expect("a thread starts").join();
    }
    let never = Event::new();
    let soon = Deadline::after(Duration::from_micros(50));
    let waited = never.wait(&shared.lot, shared.heap.local(), soon);
    claims.always(SCENARIO.always, waited == Waited::TimedOut, || {
        format!("{waited:?}")
    });
}

fn wait(shared: &Shared, claims: &Claims) {
    let late = shared.event.is_set();
    let waited = shared.event.wait(&shared.lot, shared.heap.local(), None);
    claims.sometimes(WAITS, !late);
    claims.sometimes(LATE, late);
    claims.always(SCENARIO.always, waited == Waited::Set, || {
        format!("{waited:?}")
    });
    // SAFETY: as above.
    let made = shared.made.with(|made| unsafe { *made });
    claims.always("what came before is seen", made == 7, || made);
}
