//! Whether an item that was read under the lock once can be read without it from then on.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{append, get};
use crate::rt::objects::try_new_ref;
use crate::scenarios::containers::{Stage, drop_ref, int, object};

const BEFORE: &str = "the list had not grown";
const AFTER: &str = "the list had grown";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_second_read",
    pillar: Pillar::List,
    question: "Can a thread read an item without the lock once it has read it under the lock?",
    always: "After the first read no other needs the lock.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[object(stage.thread(0), 1)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| append(ts, &list, int(2))),
            Box::new(move |ts| {
                let item = get(ts, &list, 0).expect("there is an item");
                drop_ref(ts, item);
                // The list holds it still.
                let taken = try_new_ref(ts, item);
                claims.always(SCENARIO.always, taken, || "it was refused");
                drop_ref(ts, item);
                claims.sometimes(BEFORE, list.len() == 1);
                claims.sometimes(AFTER, list.len() == 2);
            }),
        ])
        .finish(&[list.value()]);
}
