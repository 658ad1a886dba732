//! Whether the two counts of a keys block never add up to too little: gh-112075 of CDSChecker, on the real code.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, put};
use crate::rt::objects::dict::room;
use crate::scenarios::containers::{Stage, int};

const ABOVE: &str = "the counts are read while an entry is counted";
const EXACT: &str = "the counts add up";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_room_vs_insert",
    pillar: Pillar::Dict,
    question: "Do the usable and the made entries, read without the lock, add up to the capacity at least?",
    always: "The room that is read is never below the capacity.",
    sometimes: &[ABOVE, EXACT],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                put(ts, &dict, 1, int(10));
                put(ts, &dict, 2, int(20));
            }),
            Box::new(move |ts| {
                let room = room(ts, &dict);
                claims.always("the room is at least the capacity", room >= 2, || room);
                claims.sometimes(ABOVE, room > 2);
                claims.sometimes(EXACT, room == 2);
            }),
        ])
        .finish(&[dict.value()]);
}
