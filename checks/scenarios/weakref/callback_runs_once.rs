//! Whether the callback of a weak reference runs once, whichever thread drops the referent last.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::target::{target, weak};
use crate::rt::objects::list::{self, List};
use crate::rt::objects::new_ref;
use crate::scenarios::containers::{Shared, Stage, drop_ref};

const FIRST: &str = "the callback ran while the threads worked";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "weakref_callback_runs_once",
    pillar: Pillar::Weakref,
    question: "Does a callback run exactly once when two threads drop the last references?",
    always: "The callback has run once in the end.",
    sometimes: &[FIRST],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let object = target(owner);
    let _second = new_ref(stage.thread(1), object);
    let calls = Shared::<List>::new(list::new(owner, &[]));
    let function = new_ref(owner, calls.value());
    let reference = weak(owner, object, Some(function));
    let stage = stage.run([
        Box::new(move |ts| drop_ref(ts, object)),
        Box::new(move |ts| drop_ref(ts, object)),
    ]);
    let count = calls.len();
    claims.always("the callback ran once", count == 1, || count);
    claims.sometimes(FIRST, count == 1);
    stage.finish(&[reference, calls.value()]);
}
