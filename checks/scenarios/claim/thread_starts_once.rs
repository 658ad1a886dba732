//! Whether one of two that start a thread succeeds.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::thread_life::{Stage as Life, ThreadLife};
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_thread_starts_once",
    pillar: Pillar::Claim,
    question: "Does one of two threads that start a third one succeed?",
    always: "the thread is started once",
    sometimes: &["the first one started it", "the second one started it"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let (lot, life) = (ParkingLot::new(), ThreadLife::new());
    let ready = life.advance(&lot, Life::Raw, Life::New);
    claims.always("it can be started", ready, || "raw");
    let shared = Arc::new((lot, life));
    let started = [(); 2].map(|()| {
        let shared = Arc::clone(&shared);
        let start = move || shared.1.advance(&shared.0, Life::New, Life::Started);
        thread::spawn("worker", 128 << 10, start).expect("a thread starts")
    });
    let [first, second] = started.map(|thread| thread.join());
    claims.always(SCENARIO.always, first != second, || {
        format!("{first}, {second}")
    });
    claims.sometimes(SCENARIO.sometimes[0], first);
    claims.sometimes(SCENARIO.sometimes[1], second);
}
