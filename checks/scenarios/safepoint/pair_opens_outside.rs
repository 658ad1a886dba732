//! Does a thread that waits outside, in a section of two locks, give up both?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::TwoLocks;
use crate::rt::protocols::critical_section;
use crate::rt::protocols::event::Event;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pair_opens_outside",
    pillar: Pillar::Safepoint,
    question: "Does a thread that waits outside, in a section of two locks, give up both?",
    always: "the thread that it waits for gets both locks",
    sometimes: &["the other thread came while the section was open"],
    bound: Bound::Preemptions(2),
    body,
};

/// One worker waits, in a section of both locks, for what the other does with each of them.
fn body(claims: &Claims) {
    let ready = Arc::new(Event::new());
    let (waits, sets, told) = (Arc::clone(&ready), ready, claims.clone());
    let counts = TwoLocks::run(
        move |ts, two| {
            let [a, b] = &two.locks;
            critical_section::with_two(ts, a, b, || {
                two.add(0);
                let late = !waits.is_set();
                let (lot, heap) = (&ts.runtime().parking.lot, ts.local());
                let _ = ts.detached(|| waits.wait(lot, heap, None));
                told.sometimes(SCENARIO.sometimes[0], late);
                two.add(1);
            });
        },
        move |ts, two| {
            let [a, b] = &two.locks;
            critical_section::with(ts, b, || two.add(1));
            critical_section::with(ts, a, || two.add(0));
            sets.set(&ts.runtime().parking.lot);
        },
    );
    claims.always(SCENARIO.always, counts == [2, 2], || format!("{counts:?}"));
}
