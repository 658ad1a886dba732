//! Whether the owner of an unshared list survives another thread that grows it.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{append, get};
use crate::scenarios::containers::{Stage, int, take};

const NEW: &str = "the owner finds the new item";
const OLD: &str = "the owner comes before the new item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_owner_get_vs_foreign_growth",
    pillar: Pillar::List,
    question: "Does a read by the owner of a list that was never shared survive an append by another thread?",
    always: "The old item is found, the new one or nothing after it.",
    sometimes: &[NEW, OLD],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                let seen = [0, 1].map(|index| take(ts, get(ts, &list, index)));
                let right = matches!(seen, [Some(1), None | Some(2)]);
                claims.always("the owner finds what is there", right, || {
                    format!("{seen:?}")
                });
                claims.sometimes(NEW, seen[1].is_some());
                claims.sometimes(OLD, seen[1].is_none());
            }),
            Box::new(move |ts| append(ts, &list, int(2))),
        ])
        .finish(&[list.value()]);
}
