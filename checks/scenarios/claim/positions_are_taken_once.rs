//! Does each position of an iterator go to one of two threads?

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::new_ref;
use crate::rt::objects::position::Position;
use crate::scenarios::containers::{Shared, Stage, Work};

const FIRST: &str = "the first thread took the first position";
const SECOND: &str = "the second thread took the first position";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_positions_are_taken_once",
    pillar: Pillar::Claim,
    question: "Does each position of an iterator go to one of two threads?",
    always: "Three steps of two threads take three positions.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = Shared::<List>::new(list::new(stage.thread(0), &[]));
    let other = new_ref(stage.thread(1), owner.value());
    let position = Arc::new(Position::new(0));
    let seen: Arc<Mutex<Vec<i64>>> = Arc::default();
    let worker = |steps: usize, witness: &'static str| -> Work {
        let (position, seen, told) = (Arc::clone(&position), Arc::clone(&seen), claims.clone());
        Box::new(move |ts| {
            let value = owner.value();
            let owner = value.as_header().expect("an object");
            for _ in 0..steps {
                let taken = position.take(ts, owner, 1);
                told.sometimes(witness, taken == Some(0));
                seen.lock().expect("nobody panics").extend(taken);
            }
        })
    };
    let stage = stage.run([worker(2, FIRST), worker(1, SECOND)]);
    let mut seen = seen.lock().expect("nobody panics").clone();
    seen.sort_unstable();
    claims.always(SCENARIO.always, seen == [0, 1, 2], || format!("{seen:?}"));
    stage.finish(&[owner.value(), other]);
}
