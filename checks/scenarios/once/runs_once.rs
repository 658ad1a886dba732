//! Whether what is to be done once is done once, and seen by all.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Field;
use crate::scenarios::containers::{Stage, Work};

const WAITED: &str = "a thread found it done or waited for it";
const DID: &str = "a thread did it";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "once_runs_once",
    pillar: Pillar::Once,
    question: "Is a lazy field made by one of two threads, and seen by both?",
    always: "Each thread finds the field made once.",
    sometimes: &[WAITED, DID],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let field = Arc::new(Field::new());
    let worker = || -> Work {
        let (field, told) = (Arc::clone(&field), claims.clone());
        Box::new(move |ts| {
            let mut mine = false;
            let done = field.once.call(ts, || {
                mine = true;
                field.make();
                Ok::<(), ()>(())
            });
            told.sometimes(DID, mine);
            told.sometimes(WAITED, !mine);
            let value = field.read();
            told.always("the field is made once", done.is_ok() && value == 1, || {
                value
            });
        })
    };
    stage.run([worker(), worker()]).finish(&[]);
}
