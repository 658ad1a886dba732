//! Whether a copy whose room was estimated without the lock has room for everything.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::rt::objects::dict::copy;
use crate::scenarios::containers::{Shared, Stage, drop_ref, int};

const NEW: &str = "the copy has the new key";
const OLD: &str = "the copy is older than the new key";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_copy_vs_insert",
    pillar: Pillar::Dict,
    question: "Has a copy, whose room was read without the lock, room for all that the dict has by then?",
    always: "The copy has the old keys, and the new one with its value or not at all.",
    sometimes: &[NEW, OLD],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[(1, int(10))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| put(ts, &dict, 2, int(20))),
            Box::new(move |ts| {
                let copied = Shared::new(copy(ts, &dict));
                let seen = [1, 2].map(|key| look_up(ts, &copied, key));
                let right = matches!(seen, [Some(10), None | Some(20)]);
                claims.always("a copy is of one moment", right, || format!("{seen:?}"));
                claims.sometimes(NEW, seen[1].is_some());
                claims.sometimes(OLD, seen[1].is_none());
                drop_ref(ts, copied.value());
            }),
        ])
        .finish(&[dict.value()]);
}
