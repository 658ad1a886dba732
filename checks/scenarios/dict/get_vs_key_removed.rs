//! Whether a reader without the lock may compare with a key that is being removed.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::dict::{self, Dict};
use crate::rt::objects::{Value, decref, str};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Shared, Stage, int, take};

const FOUND: &str = "the reader finds the key";
const GONE: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_vs_key_removed",
    pillar: Pillar::Dict,
    question: "May a read without the lock compare with a key whose last reference the dict is giving back?",
    always: "The key is compared while its block is there; its value is found whole or not at all.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_with_key(stage.thread(0));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                with_key(ts, |key| {
                    take(ts, dict::pop(ts, &dict, key).expect("strings have hashes"))
                });
            }),
            Box::new(move |ts| {
                let seen = with_key(ts, |key| {
                    take(ts, dict::get(ts, &dict, key).expect("strings have hashes"))
                });
                let whole = matches!(seen, None | Some(10));
                claims.always("the value is whole", whole, || format!("{seen:?}"));
                claims.sometimes(FOUND, seen.is_some());
                claims.sometimes(GONE, seen.is_none());
            }),
        ])
        .finish(&[dict.value()]);
}

/// A dict that alone refers to its one key, a string.
fn dict_with_key(ts: &ThreadState) -> Shared<Dict> {
    let dict = Shared::new(dict::with_room(ts, 1));
    dict::insert(ts, &dict, str::new(ts, "key"), int(10)).expect("strings have hashes");
    dict
}

/// Lends a string that is equal to the key and another object.
fn with_key<R>(ts: &ThreadState, body: impl FnOnce(Value) -> R) -> R {
    let key = str::new(ts, "key");
    let result = body(key);
    // SAFETY: the reference was made above.
    unsafe { decref(ts, key) };
    result
}
