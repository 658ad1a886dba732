//! Whether the shared weak reference is reused only while it lives.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::target::{leads_to, target, weak};
use crate::rt::objects::Value;
use crate::scenarios::containers::{Stage, drop_ref};

const SAME: &str = "the old weak reference was reused";
const NEW: &str = "a new weak reference was made";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "weakref_reuse_vs_drop",
    pillar: Pillar::Weakref,
    question: "Is the weak reference without a callback reused only if it is not being dropped?",
    always: "The weak reference that was made or found leads to the referent.",
    sometimes: &[SAME, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let object = target(stage.thread(1));
    let old = weak(stage.thread(0), object, None);
    let made: Arc<Mutex<Option<Value>>> = Arc::default();
    let result = Arc::clone(&made);
    let stage = stage.run([
        Box::new(move |ts| drop_ref(ts, old)),
        Box::new(move |ts| {
            let reference = weak(ts, object, None);
            *result.lock().expect("nobody panics") = Some(reference);
        }),
    ]);
    let made = made.lock().expect("nobody panics").take();
    let reference = made.expect("one was made or found");
    claims.sometimes(SAME, reference == old);
    claims.sometimes(NEW, reference != old);
    let leads = leads_to(stage.thread(1), reference, object);
    claims.always("it leads to the referent", leads, || leads);
    stage.finish(&[reference, object]);
}
