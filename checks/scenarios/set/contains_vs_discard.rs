//! Whether a reader without the lock may compare with a key that is being removed.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{add, has, set_of};
use crate::rt::objects::set::discard;
use crate::rt::objects::{Value, str};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Stage, drop_ref};

const FOUND: &str = "the reader finds the key";
const GONE: &str = "the reader does not find it any more";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_contains_vs_discard",
    pillar: Pillar::Set,
    question: "May a read without the lock compare with a key whose last reference the set is giving back?",
    always: "The key is compared while its block is there, and was there when the set had it.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set_of(stage.thread(0), []);
    add(stage.thread(0), &set, str::new(stage.thread(0), "key"));
    let (told, claims) = (claims.clone(), claims.clone());
    stage
        .run([
            Box::new(move |ts| {
                let removed = with_key(ts, |key| discard(ts, &set, key) == Ok(true));
                told.always("the key was there", removed, || removed);
            }),
            Box::new(move |ts| {
                let found = with_key(ts, |key| has(ts, &set, key));
                claims.sometimes(FOUND, found);
                claims.sometimes(GONE, !found);
            }),
        ])
        .finish(&[set.value()]);
}

/// Lends a string that is equal to the key and another object.
fn with_key<R>(ts: &ThreadState, body: impl FnOnce(Value) -> R) -> R {
    let key = str::new(ts, "key");
    let result = body(key);
    drop_ref(ts, key);
    result
}
