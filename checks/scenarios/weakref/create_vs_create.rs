//! Whether two threads that make the first weak reference agree.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::target::{leads_to, target, weak};
use crate::rt::objects::{Value, new_ref};
use crate::scenarios::containers::{Stage, Work};

const BOTH: &str = "both threads got the one weak reference";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "weakref_create_vs_create",
    pillar: Pillar::Weakref,
    question: "Do two threads that ask for the first weak reference without a callback get the same one?",
    always: "There is one anchor and one weak reference, and it leads to the referent.",
    sometimes: &[BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let object = target(stage.thread(0));
    let _second = new_ref(stage.thread(1), object);
    let made: Arc<Mutex<Vec<Value>>> = Arc::default();
    let worker = || -> Work {
        let made = Arc::clone(&made);
        Box::new(move |ts| {
            let reference = weak(ts, object, None);
            made.lock().expect("nobody panics").push(reference);
        })
    };
    let work = [worker(), worker()];
    let stage = stage.run(work);
    let made = made.lock().expect("nobody panics").clone();
    let same = made[0] == made[1];
    claims.always("there is one weak reference", same, || "two were made");
    claims.sometimes(BOTH, same);
    let leads = leads_to(stage.thread(0), made[0], object);
    claims.always("it leads to the referent", leads, || leads);
    stage.finish(&[made[0], made[1], object, object]);
}
