//! Whether the union of two dicts is of one moment.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::rt::objects::dict::union;
use crate::scenarios::containers::{Shared, Stage, drop_ref, int};

const NEITHER: &str = "neither insertion has happened";
const ONE: &str = "one insertion has happened";
const BOTH: &str = "both insertions have happened";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_union_vs_inserts",
    pillar: Pillar::Dict,
    question: "Can the union of two dicts have the newer key of the second one without the older of the first?",
    always: "The union has the keys of one moment.",
    sometimes: &[NEITHER, ONE, BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let (left, right) = (dict_of(owner, 1, &[]), dict_of(owner, 1, &[]));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                put(ts, &left, 1, int(10));
                put(ts, &right, 2, int(20));
            }),
            Box::new(move |ts| {
                let made = union(ts, &left, &right).expect("integers have hashes");
                let made = Shared::new(made);
                let seen = [1, 2].map(|key| look_up(ts, &made, key).is_some());
                let fits = seen != [false, true];
                claims.always("a union is of one moment", fits, || format!("{seen:?}"));
                claims.sometimes(NEITHER, seen == [false, false]);
                claims.sometimes(ONE, seen == [true, false]);
                claims.sometimes(BOTH, seen == [true, true]);
                drop_ref(ts, made.value());
            }),
        ])
        .finish(&[left.value(), right.value()]);
}
