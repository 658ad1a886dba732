//! Can two threads nest the sections of two objects in opposite orders?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::TwoLocks;
use crate::rt::protocols::critical_section;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_sections_nest_both_ways",
    pillar: Pillar::Safepoint,
    question: "Can two threads nest the sections of two objects in opposite orders?",
    always: "both threads come to their end, and each lock excludes inside",
    sometimes: &["the inner lock was taken"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let told = claims.clone();
    let found = TwoLocks::run(move |ts, two| first(ts, two, &told), second);
    claims.always(SCENARIO.always, found == [2, 2], || format!("{found:?}"));
}

fn first(ts: &ThreadState, two: &TwoLocks, claims: &Claims) {
    let [a, b] = &two.locks;
    critical_section::with(ts, a, || {
        two.add(0);
        claims.sometimes(SCENARIO.sometimes[0], b.is_locked());
        critical_section::with(ts, b, || two.add(1));
    });
}

fn second(ts: &ThreadState, two: &TwoLocks) {
    let [a, b] = &two.locks;
    critical_section::with(ts, b, || {
        two.add(1);
        critical_section::with(ts, a, || two.add(0));
    });
}
