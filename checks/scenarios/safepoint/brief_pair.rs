//! Does a brief section of two locks exclude the sections of either, whatever their order?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::TwoLocks;
use crate::rt::protocols::critical_section;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_brief_pair",
    pillar: Pillar::Safepoint,
    question: "Do two threads come through brief sections of the same two locks in opposite orders, one at a time?",
    always: "what either lock protects is changed by one thread at a time",
    sometimes: &["a lock of the pair was taken"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let told = claims.clone();
    let found = TwoLocks::run(move |ts, two| pair(ts, two, [0, 1], &told), {
        let told = claims.clone();
        move |ts, two| pair(ts, two, [1, 0], &told)
    });
    claims.always(SCENARIO.always, found == [2, 2], || format!("{found:?}"));
}

fn pair(ts: &ThreadState, two: &TwoLocks, [one, other]: [usize; 2], claims: &Claims) {
    let (a, b) = (&two.locks[one], &two.locks[other]);
    claims.sometimes(SCENARIO.sometimes[0], a.is_locked() || b.is_locked());
    critical_section::brief_two(ts, a, b, || {
        two.add(one);
        two.add(other);
    });
}
