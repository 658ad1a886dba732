//! Can the array of slots grow while a thread goes in and out?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_growth_vs_attach",
    pillar: Pillar::Safepoint,
    question: "Can the array of slots grow for a new thread while another one goes in and out?",
    always: "no thread touches the array that was replaced",
    sometimes: &["the array had grown when the thread went in for the second time"],
    bound: Bound::Preemptions(2),
    body,
};

/// There is room for one: the thread that goes in and out has it.
fn body(claims: &Claims) {
    let runtime = support::runtime(1);
    // SAFETY: the state is deleted below, and the scenario keeps the runtime.
    let ts = unsafe { runtime.create_thread(None) };
    let told = claims.clone();
    let moving = support::spawn(move || {
        ts.bind();
        go_in_twice(&ts, &told);
        ts
    });
    let creating = {
        let runtime = std::sync::Arc::clone(&runtime);
        support::spawn(move || {
            // SAFETY: as above.
            let newborn = unsafe { runtime.create_thread(None) };
            runtime.delete_thread(newborn);
        })
    };
    let ts = moving.join();
    creating.join();
    runtime.delete_thread(ts);
    support::finish(&runtime);
}

fn go_in_twice(ts: &ThreadState, claims: &Claims) {
    ts.attach();
    ts.detach();
    ts.attach();
    claims.sometimes(SCENARIO.sometimes[0], ts.runtime().qsbr.capacity() > 1);
    ts.detach();
}
