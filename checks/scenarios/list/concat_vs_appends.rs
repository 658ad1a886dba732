//! Whether two lists are put together as they are at one moment.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, concat};
use crate::scenarios::containers::{Shared, Stage, drop_ref, int};

const NEITHER: &str = "neither append has happened";
const ONE: &str = "one append has happened";
const BOTH: &str = "both appends have happened";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_concat_vs_appends",
    pillar: Pillar::List,
    question: "Can the sum of two lists have the newer item of the second one without the older of the first?",
    always: "The sum has the items of one moment.",
    sometimes: &[NEITHER, ONE, BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let (left, right) = (list_of(owner, &[]), list_of(owner, &[]));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                append(ts, &left, int(1));
                append(ts, &right, int(2));
            }),
            Box::new(move |ts| {
                let sum = Shared::new(concat(ts, &left, &right));
                let seen = numbers(ts, &sum);
                claims.always("a sum is of one moment", seen != [2], || {
                    format!("{seen:?}")
                });
                claims.sometimes(NEITHER, seen.is_empty());
                claims.sometimes(ONE, seen == [1]);
                claims.sometimes(BOTH, seen == [1, 2]);
                drop_ref(ts, sum.value());
            }),
        ])
        .finish(&[left.value(), right.value()]);
}
