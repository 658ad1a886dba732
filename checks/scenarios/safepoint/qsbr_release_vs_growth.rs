//! Can a thread state give up its slot while the array of slots grows?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::runtime::Runtime;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_release_vs_growth",
    pillar: Pillar::Safepoint,
    question: "Can a thread state give up its slot while the array of slots grows?",
    always: "each slot is given up where it is, and given out once",
    sometimes: &["the array grew", "the slot was reused"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(1);
    // SAFETY: the state is deleted below, and the scenario keeps the runtime.
    let first = unsafe { runtime.create_thread(None) };
    let deleter = {
        let runtime = Arc::clone(&runtime);
        support::spawn(move || runtime.delete_thread(first))
    };
    let creator = {
        let (runtime, told) = (Arc::clone(&runtime), claims.clone());
        support::spawn(move || create(&runtime, &told))
    };
    deleter.join();
    creator.join();
    let in_use = runtime.qsbr.in_use();
    claims.always(SCENARIO.always, in_use == 0, || {
        format!("{in_use} slots in use")
    });
    support::finish(&runtime);
}

fn create(runtime: &Runtime, claims: &Claims) {
    // SAFETY: the state is deleted below, and the scenario keeps the runtime.
    let second = unsafe { runtime.create_thread(None) };
    let grew = runtime.qsbr.capacity() > 1;
    claims.sometimes("the array grew", grew);
    claims.sometimes("the slot was reused", !grew);
    runtime.delete_thread(second);
}
