//! Does a thread that is born during a stop stay outside until the restart?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::runtime::Runtime;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_thread_born_in_a_stop",
    pillar: Pillar::Safepoint,
    question: "Does a thread that is born during a stop stay outside until the restart?",
    always: "the restart finds every thread suspended, and lets the newborn one in",
    sometimes: &["the thread was born during the stop"],
    bound: Bound::Preemptions(3),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let phase = Arc::new(AtomicU8::new("phase", 0));
    let newborn = {
        let (runtime, phase, told) = (Arc::clone(&runtime), Arc::clone(&phase), claims.clone());
        support::spawn(move || live(&runtime, &phase, &told))
    };
    let requester = {
        let (runtime, phase) = (Arc::clone(&runtime), Arc::clone(&phase));
        support::spawn(move || stop(&runtime, &phase))
    };
    newborn.join();
    requester.join();
    support::finish(&runtime);
    let phase = phase.load(Relaxed);
    claims.always(SCENARIO.always, phase == 2, || phase);
}

fn live(runtime: &Runtime, phase: &AtomicU8, claims: &Claims) {
    // SAFETY: the state is deleted below, and the scenario keeps the runtime.
    let ts = unsafe { runtime.create_thread(None) };
    claims.sometimes(SCENARIO.sometimes[0], phase.load(Relaxed) == 1);
    ts.bind();
    ts.attach();
    ts.detach();
    runtime.delete_thread(ts);
}

/// The requester has no thread state, like a thread that makes room for its own.
fn stop(runtime: &Runtime, phase: &AtomicU8) {
    runtime.world().stop(None);
    phase.store(1, Relaxed);
    runtime.world().restart(None);
    phase.store(2, Relaxed);
}
