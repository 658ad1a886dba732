//! Does a thread that is let go, and held again before it comes in, stay outside, and come in after the last restart?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::thread_state::{Asked, AttachState};
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::rt::sync::park::ParkingLot;

const PASSED_OVER: &str = "the thread waited, was let go, and was held again without its turn";
const BETWEEN: &str = "the thread had its turn between two stops";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_stop_again",
    pillar: Pillar::Safepoint,
    question: "Does a thread that is let go, and held again before it comes in, stay outside until the last restart?",
    always: "the thread works once, after the first restart, and not while it is held again",
    sometimes: &[PASSED_OVER, BETWEEN],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    lot: ParkingLot,
    state: AttachState,
    waits: AtomicU8,
    /// What the requester leaves in the first stop for the thread.
    left: Plain,
    work: AtomicU8,
}

/// The word alone, as in `attach_state_excludes`, with two stops in a row. The first one holds the thread from the start.
fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        lot: ParkingLot::new(),
        state: AttachState::new(),
        waits: AtomicU8::new("waits", 0),
        left: Plain::new(0),
        work: AtomicU8::new("work", 0),
    });
    shared.state.hold_newborn();
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |who| match who {
        0 => go_inside(&all),
        _ => stop_twice(&all, &told),
    });
    let (left, work) = (shared.left.get(), shared.work.load(Relaxed));
    claims.always(SCENARIO.always, (left, work) == (11, 1), || {
        format!("{left}, {work}")
    });
}

fn go_inside(shared: &Shared) {
    shared.waits.store(1, Relaxed);
    shared.state.attach(&shared.lot);
    shared.left.add(1);
    let _ = shared.work.fetch_add(1, Relaxed);
    let _ = shared.state.detach();
}

fn stop_twice(shared: &Shared, claims: &Claims) {
    let waits = shared.waits.load(Relaxed) == 1;
    shared.left.add(10);
    shared.state.restart(&shared.lot);
    if shared.state.ask() == Asked::Held {
        let work = shared.work.load(Relaxed);
        claims.sometimes(PASSED_OVER, waits && work == 0);
        claims.sometimes(BETWEEN, work == 1);
        shared.state.restart(&shared.lot);
    }
}
