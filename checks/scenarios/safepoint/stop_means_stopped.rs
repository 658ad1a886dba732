//! Is every other thread outside while the world is stopped?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::runtime::safepoint;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_stop_means_stopped",
    pillar: Pillar::Safepoint,
    question: "Is every other thread outside while the world is stopped?",
    always: "what the others do inside is ordered with what the requester does during the stop",
    sometimes: &["the other thread was stopped between two of its steps"],
    bound: Bound::Preemptions(3),
    body,
};

struct Shared {
    work: Plain,
    stopped: AtomicU8,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        work: Plain::new(0),
        stopped: AtomicU8::new("was stopped", 0),
    });
    let (worker, requester, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| work(ts, &worker, &told)),
            Box::new(move |ts| stop(ts, &requester)),
        ],
    );
    support::finish(&runtime);
    let work = shared.work.get();
    claims.always(SCENARIO.always, work == 12, || work);
}

/// Works without any lock: only the stop keeps the requester away.
fn work(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    shared.work.add(1);
    let before = shared.stopped.load(Relaxed);
    safepoint(ts, |_| ());
    let after = shared.stopped.load(Relaxed);
    claims.sometimes(SCENARIO.sometimes[0], before != after);
    shared.work.add(1);
    ts.detach();
}

fn stop(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    ts.runtime().world().stop(Some(ts));
    shared.work.add(10);
    shared.stopped.store(1, Relaxed);
    ts.runtime().world().restart(Some(ts));
    ts.detach();
}
