//! Does a thread that looks at another one's frame see it between two steps of that thread?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use super::whereabouts::{Frame, step};
use crate::rt::protocols::thread_state::ThreadState;

const BETWEEN: &str = "the frame was seen between two steps";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_look_vs_run",
    pillar: Pillar::Safepoint,
    question: "Does a thread that looks at another one's frame see it between two steps of that thread?",
    always: "a step is seen whole",
    sometimes: &[BETWEEN],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let frame = Arc::new(Frame::new(runtime.heap.local()));
    let (runs, looks, told) = (Arc::clone(&frame), Arc::clone(&frame), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| run(ts, &runs)),
            Box::new(move |ts| {
                ts.attach();
                let seen = looks.look(ts);
                told.sometimes(BETWEEN, seen == 2);
                told.always(SCENARIO.always, seen % 2 == 0, || seen);
                ts.detach();
            }),
        ],
    );
    frame.free(runtime.heap.local());
    support::finish(&runtime);
}

/// Two steps, each of which changes the frame twice.
fn run(ts: &ThreadState, frame: &Frame) {
    ts.attach();
    step(frame);
    crate::rt::protocols::runtime::safepoint(ts, |_| ());
    step(frame);
    ts.detach();
}
