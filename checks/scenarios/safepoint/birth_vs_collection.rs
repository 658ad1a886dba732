//! Has a thread that is being created what a collection expects of it?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::qsbr;
use crate::rt::protocols::runtime::Runtime;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_birth_vs_collection",
    pillar: Pillar::Safepoint,
    question: "Has a thread that is being created while the world is stopped all that a collection expects of it?",
    always: "a thread that can be found has its slot",
    sometimes: &[
        "the new thread was found in the stop",
        "the new thread came after the stop",
    ],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    // SAFETY: the state is deleted below, and the scenario keeps the runtime.
    let ts = unsafe { runtime.create_thread(None) };
    let told = claims.clone();
    let collecting = support::spawn(move || {
        ts.bind();
        stop_and_free(&ts, &told);
        ts
    });
    let creating = {
        let runtime = std::sync::Arc::clone(&runtime);
        // SAFETY: as above.
        support::spawn(move || unsafe { runtime.create_thread(None) })
    };
    let ts = collecting.join();
    let newborn = creating.join();
    let taken = runtime.qsbr.in_use();
    claims.always("each has a slot of its own", taken == 2, || taken);
    runtime.delete_thread(newborn);
    runtime.delete_thread(ts);
    support::finish(&runtime);
}

/// What a collection does for all threads.
fn stop_and_free(ts: &ThreadState, claims: &Claims) {
    ts.attach();
    let runtime: &Runtime = ts.runtime();
    runtime.world().stop(Some(ts));
    qsbr::process_all(ts);
    let found = runtime.registry.with(&runtime.parking.lot, |members| {
        members.others(Some(ts)).count()
    });
    runtime.world().restart(Some(ts));
    claims.sometimes(SCENARIO.sometimes[0], found == 1);
    claims.sometimes(SCENARIO.sometimes[1], found == 0);
    ts.detach();
}
