//! Is a thread told when what several threads carried exceeds the threshold?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::allocations::{Allocations, Due};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_allocation_crossing_is_noticed",
    pillar: Pillar::Safepoint,
    question: "Is a thread told when what several threads carried exceeds the threshold?",
    always: "one of two threads that exceed the threshold together is told",
    sometimes: &["the first thread was told", "the second thread was told"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let counts = Arc::new(Allocations::new());
    counts.set_threshold(5);
    let told = Arc::new([Plain::new(0), Plain::new(0)]);
    let (all, notes) = (Arc::clone(&counts), Arc::clone(&told));
    support::workers(2, move |index| {
        if all.add(3) == Due::Yes {
            notes[index].add(1);
        }
    });
    let (first, second) = (told[0].get(), told[1].get());
    claims.sometimes("the first thread was told", first == 1);
    claims.sometimes("the second thread was told", second == 1);
    claims.always(SCENARIO.always, first + second == 1, || first + second);
}
