//! Do two threads that stop the world at the same time take turns?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::Plain;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::scenarios::containers::{Stage, Work};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_two_stoppers_take_turns",
    pillar: Pillar::Safepoint,
    question: "Do two threads that stop the world at the same time take turns?",
    always: "each has the world for itself once",
    sometimes: &["both wanted to stop the world at once"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    work: Plain,
    wishes: AtomicU8,
}

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let shared = Arc::new(Shared {
        work: Plain::new(0),
        wishes: AtomicU8::new("wishes", 0),
    });
    let stopper = || -> Work {
        let (shared, told) = (Arc::clone(&shared), claims.clone());
        Box::new(move |ts| stop(ts, &shared, &told))
    };
    let work = [stopper(), stopper()];
    let stage = stage.run(work);
    let work = shared.work.get();
    claims.always(SCENARIO.always, work == 2, || work);
    stage.thread(0).attach();
    stage.thread(1).attach();
    stage.finish(&[]);
}

fn stop(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    let others = shared.wishes.fetch_add(1, Relaxed);
    claims.sometimes(SCENARIO.sometimes[0], others == 1);
    ts.runtime().world().stop(Some(ts));
    shared.work.add(1);
    let _ = shared.wishes.fetch_sub(1, Relaxed);
    ts.runtime().world().restart(Some(ts));
    ts.detach();
}
