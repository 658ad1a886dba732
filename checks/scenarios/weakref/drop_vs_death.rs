//! Whether a weak reference and its referent can die at the same time.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::target::{target, weak};
use crate::rt::objects::list::{self, List};
use crate::scenarios::containers::{Shared, Stage, drop_ref};

const RUN: &str = "the referent died first, and the callback ran";
const NOT_RUN: &str = "the weak reference died first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "weakref_drop_vs_death",
    pillar: Pillar::Weakref,
    question: "Can a weak reference be dropped while its referent dies?",
    always: "Each is freed once, and the callback runs at most once.",
    sometimes: &[RUN, NOT_RUN],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let object = target(stage.thread(0));
    // The second worker's own, so that dropping it ends it there.
    let calls = Shared::<List>::new(list::new(stage.thread(1), &[]));
    calls
        .value()
        .as_header()
        .inspect(|list| list.count.set_maybe_weakref());
    let function = crate::rt::objects::new_ref(stage.thread(1), calls.value());
    let reference = weak(stage.thread(1), object, Some(function));
    let stage = stage.run([
        Box::new(move |ts| drop_ref(ts, object)),
        Box::new(move |ts| drop_ref(ts, reference)),
    ]);
    let count = calls.len();
    claims.always("the callback runs at most once", count <= 1, || count);
    claims.sometimes(RUN, count == 1);
    claims.sometimes(NOT_RUN, count == 0);
    stage.finish(&[calls.value()]);
}
