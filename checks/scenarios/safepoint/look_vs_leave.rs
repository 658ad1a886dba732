//! Does a thread that looks at another one's frame find it where it is while it is left?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use super::whereabouts::{Frame, step};

const LIVE: &str = "the frame was seen while it ran";
const KEPT: &str = "the frame was seen after it was left";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_look_vs_leave",
    pillar: Pillar::Safepoint,
    question: "Does a thread that looks at another one's frame find it where it is while it is left?",
    always: "what is seen is what the frame held",
    sometimes: &[LIVE, KEPT],
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
            Box::new(move |ts| {
                ts.attach();
                step(&runs);
                runs.leave(ts);
                ts.detach();
            }),
            Box::new(move |ts| {
                ts.attach();
                let seen = looks.look(ts);
                told.sometimes(LIVE, seen == 0 || seen == 2);
                told.sometimes(KEPT, seen == 102);
                told.always(SCENARIO.always, [0, 2, 102].contains(&seen), || seen);
                ts.detach();
            }),
        ],
    );
    support::finish(&runtime);
}
