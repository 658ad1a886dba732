//! Whether two threads that want the first dict of an object get the same one.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::object;
use crate::rt::objects::Value;
use crate::scenarios::containers::{Stage, Work};

const BOTH: &str = "both threads have the dict";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_create_vs_create",
    pillar: Pillar::Instance,
    question: "Do two threads that want the first dict of an object get the same one?",
    always: "There is one dict, as it was made.",
    sometimes: &[BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let object = object::new(stage.thread(0));
    let made: Arc<Mutex<Vec<Value>>> = Arc::default();
    let worker = || -> Work {
        let made = Arc::clone(&made);
        Box::new(move |ts| {
            let dict = object.dict(ts);
            made.lock().expect("nobody panics").push(dict);
        })
    };
    let work = [worker(), worker()];
    let stage = stage.run(work);
    let made = made.lock().expect("nobody panics").clone();
    let same = made[0] == made[1];
    claims.always("there is one dict", same, || "two were made");
    claims.sometimes(BOTH, same);
    stage.finish(&[made[0], made[1], object.value()]);
}
