//! Whether a failed attempt leaves the field to another thread.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Field;
use crate::scenarios::containers::{Stage, Work};

const FAILED: &str = "the first attempt failed and the other thread did it";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_failure_lets_another_try",
    pillar: Pillar::Once,
    question: "Does another thread try when the one that makes a lazy field fails?",
    always: "Who is told that it is done finds the field as the successful attempt made it.",
    sometimes: &[FAILED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let field = Arc::new(Field::new());
    let worker = || -> Work {
        let (field, told) = (Arc::clone(&field), claims.clone());
        Box::new(move |ts| {
            // The first attempt fails.
            let attempt = || if field.make() == 1 { Err(()) } else { Ok(()) };
            if field.once.call(ts, attempt).is_ok() {
                let value = field.read();
                told.always("it was made by the second attempt", value == 2, || value);
                told.sometimes(FAILED, value == 2);
            }
        })
    };
    stage.run([worker(), worker()]).finish(&[]);
}
