//! Is every batch of allocations that threads carry counted?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::allocations::Allocations;

const SAW: &str = "a thread found the other's batch besides its own";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_allocation_batches_add_up",
    pillar: Pillar::Safepoint,
    question: "Is every batch of allocations that threads carry counted?",
    always: "the count is what both threads carried",
    sometimes: &[SAW],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let counts = Arc::new(Allocations::new());
    let (all, told) = (Arc::clone(&counts), claims.clone());
    support::workers(2, move |index| {
        let _ = all.add([5, -2][index]);
        told.sometimes(SAW, all.young() == 3);
    });
    let young = counts.young();
    claims.always(SCENARIO.always, young == 3, || young);
}
