//! Whether a frame that has finished is run again.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Frame;
use crate::rt::protocols::claim::{Claimed, FrameState};
use crate::scenarios::containers::{Stage, Work};

const LATE: &str = "a thread came when the frame had finished";
const BUSY: &str = "a thread came while the frame ran";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_finish_is_final",
    pillar: Pillar::Claim,
    question: "Is a frame that returned run by nobody any more?",
    always: "The frame runs once, and has finished in the end.",
    sometimes: &[LATE, BUSY],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let frame = Arc::new(Frame::new());
    let worker = || -> Work {
        let (frame, told) = (Arc::clone(&frame), claims.clone());
        Box::new(move |_| match frame.claim.claim() {
            Claimed::First => {
                frame.run();
                frame.claim.finish();
            }
            Claimed::Resumed => told.always("it is not resumed", false, || "resumed"),
            Claimed::Running => told.sometimes(BUSY, true),
            Claimed::Finished => told.sometimes(LATE, true),
        })
    };
    let work = [worker(), worker()];
    let stage = stage.run(work);
    let (runs, state) = (frame.runs(), frame.claim.state());
    let once = runs == 1 && state == FrameState::Finished;
    claims.always("it ran once and has finished", once, || {
        format!("{runs} runs, {state:?}")
    });
    stage.finish(&[]);
}
