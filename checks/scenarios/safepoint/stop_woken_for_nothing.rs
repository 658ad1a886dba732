//! Does a stop hold when those who wait in it wake up for no reason?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::Plain;
use crate::scenarios::containers::Stage;

const BEFORE: &str = "the thread worked before the stop";
const AFTER: &str = "the thread worked after the stop";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_stop_woken_for_nothing",
    pillar: Pillar::Safepoint,
    question: "Does a stop hold when the requester, and the thread that it stopped, wake up for no reason?",
    always: "the requester and the thread work one after the other",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    stop_and_work(claims, Stage::restless());
}

/// One thread works in a stop, the other when it may.
pub(super) fn stop_and_work(claims: &Claims, stage: Stage<2>) {
    let work = Arc::new(Plain::new(0));
    let (theirs, told, seen) = (Arc::clone(&work), claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let world = ts.runtime().world();
            world.stop(Some(ts));
            told.sometimes(BEFORE, work.get() == 1);
            work.add(10);
            world.restart(Some(ts));
        }),
        Box::new(move |ts| {
            ts.detached(|| ());
            seen.sometimes(AFTER, theirs.get() == 10);
            theirs.add(1);
            ts.detach();
        }),
    ]);
    stage.thread(1).attach();
    stage.finish(&[]);
}
