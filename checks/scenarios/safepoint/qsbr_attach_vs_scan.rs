//! Does a scan that misses a thread that is just attaching free nothing that the thread can still find?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::qsbr_model::Model;
use super::support;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_attach_vs_scan",
    pillar: Pillar::Safepoint,
    question: "Does a scan that misses a thread that is just attaching free nothing that the thread can still find?",
    always: "a reader that attaches during a scan touches no freed block",
    sometimes: &["the block was read", "the writer freed the block"],
    bound: Bound::Complete,
    body,
};

/// Publish, advance, poll, free against attach and read: the question of PEP 703's author for CDSChecker.
fn body(claims: &Claims) {
    let model = Arc::new(Model::new(2));
    model.attach(0);
    let (all, told) = (Arc::clone(&model), claims.clone());
    support::workers(2, move |who| match who {
        0 => told.sometimes("the writer freed the block", all.unpublish_and_free(who)),
        _ => attach_and_read(&all, who, &told),
    });
    model.finish();
}

fn attach_and_read(model: &Model, who: usize, claims: &Claims) {
    model.attach(who);
    claims.sometimes("the block was read", model.read().is_some());
    model.detach(who);
}
