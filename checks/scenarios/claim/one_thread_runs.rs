//! Whether one thread at a time runs a frame.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Frame;
use crate::rt::protocols::claim::Claimed;
use crate::scenarios::containers::{Stage, Work};

const RUNNING: &str = "a thread was told that the generator is already executing";
const RESUMED: &str = "both threads ran the frame, one after the other";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_one_thread_runs",
    pillar: Pillar::Claim,
    question: "Does one of two threads that call next run the frame, and the other one learn that it is running?",
    always: "The frame is run by one thread at a time, as often as it was claimed.",
    sometimes: &[RUNNING, RESUMED],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let frame = Arc::new(Frame::new());
    let won = Arc::new(std::sync::Mutex::new(0));
    let worker = || -> Work {
        let (frame, won, told) = (Arc::clone(&frame), Arc::clone(&won), claims.clone());
        Box::new(move |_| match frame.claim.claim() {
            Claimed::First | Claimed::Resumed => {
                frame.run();
                frame.claim.suspend();
                *won.lock().expect("nobody panics") += 1;
            }
            Claimed::Running => told.sometimes(RUNNING, true),
            Claimed::Finished => told.always("nobody finished it", false, || "finished"),
        })
    };
    let work = [worker(), worker()];
    let stage = stage.run(work);
    let (runs, won) = (frame.runs(), *won.lock().expect("nobody panics"));
    claims.always("it ran as often as it was claimed", runs == won, || runs);
    claims.sometimes(RESUMED, runs == 2);
    stage.finish(&[]);
}
