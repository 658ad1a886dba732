//! Does a section of two locks exclude the sections of either lock?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::TwoLocks;
use crate::rt::protocols::critical_section;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pair_excludes_singles",
    pillar: Pillar::Safepoint,
    question: "Does a section of two locks exclude the sections of either lock?",
    always: "what either lock protects is changed by one thread at a time",
    sometimes: &["a lock of the pair was taken"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let told = claims.clone();
    let found = TwoLocks::run(move |ts, two| pair(ts, two, &told), singles);
    claims.always(SCENARIO.always, found == [2, 2], || format!("{found:?}"));
}

fn pair(ts: &ThreadState, two: &TwoLocks, claims: &Claims) {
    let [a, b] = &two.locks;
    claims.sometimes(SCENARIO.sometimes[0], a.is_locked() || b.is_locked());
    critical_section::with_two(ts, a, b, || {
        two.add(0);
        two.add(1);
    });
}

fn singles(ts: &ThreadState, two: &TwoLocks) {
    for (which, lock) in two.locks.iter().enumerate() {
        critical_section::with(ts, lock, || two.add(which));
    }
}
