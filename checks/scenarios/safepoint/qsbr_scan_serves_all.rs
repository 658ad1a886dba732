//! May a thread free by what another thread's scan has found?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::qsbr_model::Model;
use super::support;
use crate::rt::protocols::qsbr::Reached;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_qsbr_scan_serves_all",
    pillar: Pillar::Safepoint,
    question: "May a thread free by what another thread's scan has found?",
    always: "a block that is freed by another thread's scan is touched by nobody",
    sometimes: &[
        "the block was read",
        "the writer freed the block by its own scan",
        "the writer freed the block by the third thread's scan",
        "the third thread's scan reached its goal",
    ],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let model = Arc::new(Model::new(3));
    model.attach(0);
    model.attach(1);
    let (all, told) = (Arc::clone(&model), claims.clone());
    support::workers(3, move |who| match who {
        0 => write(&all, who, &told),
        1 => read(&all, who, &told),
        _ => told.sometimes("the third thread's scan reached its goal", all.scan()),
    });
    model.finish();
}

fn write(model: &Model, who: usize, claims: &Claims) {
    let reached = model.unpublish_and_poll(who);
    claims.sometimes(
        "the writer freed the block by its own scan",
        reached == Reached::Now,
    );
    claims.sometimes(
        "the writer freed the block by the third thread's scan",
        reached == Reached::Before,
    );
}

fn read(model: &Model, who: usize, claims: &Claims) {
    claims.sometimes("the block was read", model.read().is_some());
    model.detach(who);
}
