//! Is a block freed only after what a thread read before it went outside, when the scan finds the thread inside again?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::qsbr_model::Model;
use super::support;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_reattach_vs_scan",
    pillar: Pillar::Safepoint,
    question: "Is a block freed only after what a thread read before it went outside, when a scan finds it inside again?",
    always: "the free comes after every read, whichever store of the slot the scan takes",
    sometimes: &["the block was read", "the writer freed the block"],
    bound: Bound::Complete,
    body,
};

/// Both threads are attached from the start; the reader reads, goes outside, and comes in again.
fn body(claims: &Claims) {
    let model = Arc::new(Model::new(2));
    (0..2).for_each(|who| model.attach(who));
    let (all, told) = (Arc::clone(&model), claims.clone());
    support::workers(2, move |who| match who {
        0 => told.sometimes("the writer freed the block", all.unpublish_and_free(who)),
        _ => read_and_come_again(&all, who, &told),
    });
    model.finish();
}

fn read_and_come_again(model: &Model, who: usize, claims: &Claims) {
    claims.sometimes("the block was read", model.read().is_some());
    model.detach(who);
    model.attach(who);
    model.detach(who);
}
