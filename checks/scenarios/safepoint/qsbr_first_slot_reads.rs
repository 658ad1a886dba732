//! Is a block kept while the thread in the first slot reads it?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::qsbr_model::Model;
use super::support;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_first_slot_reads",
    pillar: Pillar::Safepoint,
    question: "Is a block kept while the thread in the first slot may still read it?",
    always: "a scan of a thread in another slot asks the first one, too",
    sometimes: &["the block was read", "the writer freed the block"],
    bound: Bound::Complete,
    body,
};

/// The reader has the first slot, the writer the second.
fn body(claims: &Claims) {
    let model = Arc::new(Model::new(2));
    (0..2).for_each(|who| model.attach(who));
    let (all, told) = (Arc::clone(&model), claims.clone());
    support::workers(2, move |who| match who {
        0 => {
            told.sometimes("the block was read", all.read().is_some());
            all.detach(who);
        }
        _ => told.sometimes("the writer freed the block", all.unpublish_and_free(who)),
    });
    model.finish();
}
