//! Does a thread that was attached when the array of slots grew still count as a reader?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::qsbr_model::Model;
use super::support;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_growth_keeps_readers",
    pillar: Pillar::Safepoint,
    question: "Does a thread that held a block when the array of slots grew still count as a reader?",
    always: "the block is there until the reader has moved on",
    sometimes: &[
        "the writer freed the block",
        "the writer had to leave the block",
    ],
    bound: Bound::Complete,
    body,
};

/// The reader takes the pointer and the array grows before the workers start: a stop would order them so.
fn body(claims: &Claims) {
    let model = Arc::new(Model::new(2));
    (0..2).for_each(|who| model.attach(who));
    let held = model.hold().expect("it is published");
    model.grow();
    let (all, told) = (Arc::clone(&model), claims.clone());
    support::workers(2, move |who| match who {
        0 => {
            let _ = held.get();
            all.detach(who);
        }
        _ => {
            let freed = all.unpublish_and_free(who);
            told.sometimes(SCENARIO.sometimes[0], freed);
            told.sometimes(SCENARIO.sometimes[1], !freed);
        }
    });
    model.finish();
}
