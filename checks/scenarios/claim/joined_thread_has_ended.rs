//! Whether who has joined a thread finds it ended, and what it did.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::gate::Gate;
use crate::rt::protocols::reset_event::Looked;
use crate::rt::protocols::thread_life::{Stage as Life, ThreadLife};
use crate::rt::sync::cell::Cell;
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread;

const WAITED: &str = "the joiner waited";
const LATE: &str = "the thread had ended by then";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_joined_thread_has_ended",
    pillar: Pillar::Claim,
    question: "Does who has joined a thread find it ended, and what it did?",
    always: "a thread that was joined has ended",
    sometimes: &[WAITED, LATE],
    bound: Bound::Preemptions(2),
    body,
};

/// A thread of the program, and its result.
struct Joined {
    lot: ParkingLot,
    life: ThreadLife,
    result: Cell<u64>,
}

fn body(claims: &Claims) {
    let joined = Joined {
        lot: ParkingLot::new(),
        life: ThreadLife::new(),
        result: Cell::new("result", 0),
    };
    let started = joined.life.advance(&joined.lot, Life::Raw, Life::Started);
    claims.always("it runs", started, || "it does not");
    let joined = Arc::new(joined);
    let (ending, told) = (Arc::clone(&joined), claims.clone());
    let thread = thread::spawn("worker", 128 << 10, move || end(&ending));
    let joiner = thread::spawn("worker", 128 << 10, move || join(&joined, &told));
    thread.expect("a thread starts").join();
    joiner.expect("a thread starts").join();
}

fn end(joined: &Joined) {
    // SAFETY: that the accesses are ordered is the scenario's question.
    joined.result.with_mut(|result| unsafe { *result = 7 });
    joined.life.end(&joined.lot);
    joined.life.finish(&joined.lot);
}

fn join(joined: &Joined, claims: &Claims) {
    let lot = &joined.lot;
    let looked = joined.life.ended().look(lot);
    if let Looked::Unset(seen) = looked {
        let sleep = |gate: &_, seen| Gate::park(gate, lot, seen, None);
        let _ = joined.life.ended().wait(lot, seen, sleep);
    }
    claims.sometimes(WAITED, looked != Looked::Set);
    claims.sometimes(LATE, looked == Looked::Set);
    let stage = joined.life.stage(lot);
    claims.always(SCENARIO.always, stage == Life::Ended, || {
        format!("{stage:?}")
    });
    // SAFETY: as above.
    let result = joined.result.with(|result| unsafe { *result });
    claims.always("its result is there", result == 7, || result);
}
