//! Whether two threads that first ask where the characters of a text are find them.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::str::places::STRIDE;
use crate::rt::objects::str::{self, Str};
use crate::scenarios::containers::{Shared, Stage, Work};

const BOTH: &str = "both threads find the character";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_text_places_vs_places",
    pillar: Pillar::Instance,
    question: "Do two threads that first ask where the characters of a long text are find them?",
    always: "The last character is found, and one table is left, which ends with the text.",
    sometimes: &[BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let text = "\u{e9}".repeat(STRIDE + 1);
    let shared = Shared::<Str>::new(str::new(stage.thread(0), &text));
    let found: Arc<Mutex<Vec<usize>>> = Arc::default();
    let worker = || -> Work {
        let found = Arc::clone(&found);
        Box::new(move |ts| {
            let offset = shared.offset(ts, STRIDE);
            found.lock().expect("nobody panics").push(offset);
        })
    };
    let work = [worker(), worker()];
    let stage = stage.run(work);
    let found = found.lock().expect("nobody panics").clone();
    let right = found == [2 * STRIDE; 2];
    claims.always("the character is found", right, || format!("{found:?}"));
    claims.sometimes(BOTH, right);
    stage.finish(&[shared.value()]);
}
