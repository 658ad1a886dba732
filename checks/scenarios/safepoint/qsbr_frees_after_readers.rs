//! Is a retired block freed only after a thread that could have read it has moved on?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::qsbr_model::Model;
use super::support;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_frees_after_readers",
    pillar: Pillar::Safepoint,
    question: "Is a retired block freed only after a thread that could have read it has moved on?",
    always: "a reader between two quiescent states touches no freed block",
    sometimes: &[
        "the block was read before the quiescent state",
        "the writer freed the block",
    ],
    bound: Bound::Complete,
    body,
};

/// Both threads are attached from the start; the reader reads, is quiescent, and reads again.
fn body(claims: &Claims) {
    let model = Arc::new(Model::new(2));
    (0..2).for_each(|who| model.attach(who));
    let (all, told) = (Arc::clone(&model), claims.clone());
    support::workers(2, move |who| match who {
        0 => told.sometimes("the writer freed the block", all.unpublish_and_free(who)),
        _ => read_twice(&all, who, &told),
    });
    model.finish();
}

fn read_twice(model: &Model, who: usize, claims: &Claims) {
    claims.sometimes(
        "the block was read before the quiescent state",
        model.read().is_some(),
    );
    model.quiescent(who);
    let _ = model.read();
    model.detach(who);
}
