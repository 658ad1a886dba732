//! Can a thread end, and its state be freed, while another one stops the world?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::runtime::{Handle, Runtime};
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_thread_ends_in_a_stop",
    pillar: Pillar::Safepoint,
    question: "Can a thread end, and its state be freed, while another one stops the world?",
    always: "what the ending thread did inside is ordered with what the requester does during the stop",
    sometimes: &["the thread went outside during the stop"],
    bound: Bound::Preemptions(3),
    body,
};

struct Shared {
    work: Plain,
    phase: AtomicU8,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        work: Plain::new(0),
        phase: AtomicU8::new("phase", 0),
    });
    // SAFETY: the state is deleted by its thread, and the scenario keeps the runtime.
    let ts = unsafe { runtime.create_thread(None) };
    let ending = {
        let (runtime, shared, told) = (Arc::clone(&runtime), Arc::clone(&shared), claims.clone());
        support::spawn(move || end(&runtime, ts, &shared, &told))
    };
    let requester = {
        let (runtime, shared) = (Arc::clone(&runtime), Arc::clone(&shared));
        support::spawn(move || stop(&runtime, &shared))
    };
    ending.join();
    requester.join();
    support::finish(&runtime);
    let work = shared.work.get();
    claims.always(SCENARIO.always, work == 11, || work);
}

fn end(runtime: &Runtime, ts: Handle, shared: &Shared, claims: &Claims) {
    ts.bind();
    ts.attach();
    shared.work.add(1);
    ts.exit(&mut |_| (), &mut || ());
    claims.sometimes(SCENARIO.sometimes[0], shared.phase.load(Relaxed) == 1);
    runtime.delete_thread(ts);
}

fn stop(runtime: &Runtime, shared: &Shared) {
    shared.phase.store(1, Relaxed);
    runtime.world().stop(None);
    shared.work.add(10);
    runtime.world().restart(None);
    shared.phase.store(2, Relaxed);
}
