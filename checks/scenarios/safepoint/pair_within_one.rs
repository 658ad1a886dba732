//! Does a section of two locks inside a section of one of them hold the other lock, too?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::TwoLocks;
use crate::rt::protocols::critical_section;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pair_within_one",
    pillar: Pillar::Safepoint,
    question: "Does a section of two locks inside a section of one of them hold the other lock, too?",
    always: "what the second lock protects is changed by one thread at a time",
    sometimes: &["the second lock was taken"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let told = claims.clone();
    let found = TwoLocks::run(move |ts, two| nested(ts, two, &told), single);
    claims.always(SCENARIO.always, found == [1, 2], || format!("{found:?}"));
}

/// The outer section lies on the first lock, the inner one on both.
fn nested(ts: &ThreadState, two: &TwoLocks, claims: &Claims) {
    let [a, b] = &two.locks;
    critical_section::with(ts, a, || {
        two.add(0);
        claims.sometimes(SCENARIO.sometimes[0], b.is_locked());
        critical_section::with_two(ts, a, b, || two.add(1));
    });
}

fn single(ts: &ThreadState, two: &TwoLocks) {
    critical_section::with(ts, &two.locks[1], || two.add(1));
}
