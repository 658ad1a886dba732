//! Whether a float that takes the place of its operator's result may be read by somebody else.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::float::Float;
use crate::rt::objects::list::{get, pop};
use crate::scenarios::containers::{Stage, drop_ref, object, take};

const RENEWED: &str = "the owner writes it";
const SPARED: &str = "the owner keeps off";
const FOUND: &str = "the reader finds it";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_renewed_vs_get",
    pillar: Pillar::List,
    question: "Can a float be written in place while a thread that found it in a list reads it?",
    always: "A float that was found has the number that was put into the list.",
    sometimes: &[RENEWED, SPARED, FOUND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[object(stage.thread(0), 1)]);
    let (ours, theirs) = (claims.clone(), claims.clone());
    stage
        .run([
            Box::new(move |ts| {
                let item = pop(ts, &list, 0).expect("the item is there");
                let float = item.downcast::<Float>();
                let renewed = float.is_some_and(|float| float.renew(ts, 2.0));
                ours.sometimes(RENEWED, renewed);
                ours.sometimes(SPARED, !renewed);
                drop_ref(ts, item);
            }),
            Box::new(move |ts| {
                let found = take(ts, get(ts, &list, 0));
                theirs.always(
                    "the number is whole",
                    matches!(found, None | Some(1)),
                    || format!("{found:?}"),
                );
                theirs.sometimes(FOUND, found.is_some());
            }),
        ])
        .finish(&[list.value()]);
}
