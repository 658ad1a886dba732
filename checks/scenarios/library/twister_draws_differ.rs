//! Whether two threads draw different numbers.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::twister::{State, Twister};
use crate::scenarios::containers::{Shared, Stage, Work};

const FIRST: &str = "the first thread drew the first number";
const SECOND: &str = "the second thread drew the first number";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_twister_draws_differ",
    pillar: Pillar::Library,
    question: "Can two threads draw the same number?",
    always: "Two draws of two threads are the first two numbers.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = Shared::<List>::new(list::new(stage.thread(0), &[]));
    let mut state = State::seeded(&[5]);
    let twister = Arc::new(Twister::new(state.clone()));
    let expected = [state.draw(), state.draw()];
    let drawn: Arc<Mutex<Vec<u32>>> = Arc::default();
    let worker = |witness: &'static str| -> Work {
        let (twister, drawn, told) = (Arc::clone(&twister), Arc::clone(&drawn), claims.clone());
        Box::new(move |ts| {
            let value = owner.value();
            let header = value.as_header().expect("an object");
            let number = twister.with(ts, header, State::draw);
            told.sometimes(witness, number == expected[0]);
            drawn.lock().expect("nobody panics").push(number);
        })
    };
    let stage = stage.run([worker(FIRST), worker(SECOND)]);
    let drawn = drawn.lock().expect("nobody panics").clone();
    let swapped = [expected[1], expected[0]];
    let right = drawn == expected || drawn == swapped;
    claims.always(SCENARIO.always, right, || format!("{drawn:?}"));
    stage.finish(&[owner.value()]);
}
