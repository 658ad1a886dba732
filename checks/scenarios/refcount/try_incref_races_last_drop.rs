//! A lock-free reader tries to take a reference while the owner drops the last one.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::TryIncref;

use super::stage::{DEAD, Deaf, LIVE, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_try_incref_races_last_drop",
    pillar: Pillar::Refcount,
    question: "Can a lock-free reader take a reference to an object that its owner has found dead?",
    always: "A reader that got a reference finds the object alive, and the object is destroyed once.",
    sometimes: &[
        "the reader is refused",
        "the reader drops the last reference",
    ],
    bound: Bound::Preemptions(3),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    // The object was seen by others once; the reader has found its pointer in a place that is being cleared.
    object.count().set_maybe_weakref();
    let dropping = stage.spawn(1, move |role| {
        let dead = role.dies(object);
        if dead {
            object.write(DEAD);
        }
        dead
    });
    let reading = stage.spawn(2, {
        let claims = claims.clone();
        move |role| {
            if object.count().try_incref(role.me) == TryIncref::Refused {
                return None;
            }
            let payload = object.read();
            claims.always("alive in the reader's hands", payload == LIVE, || payload);
            let dead = role.dies(object);
            if dead {
                object.write(DEAD);
            }
            Some(dead)
        }
    });
    let (by_owner, by_reader) = (dropping.join(), reading.join());
    // Lock-free readers could look at the header until here.
    stage.role(3).free(object);
    let last = by_reader == Some(true);
    claims.always("destroyed once", by_owner != last, || {
        format!("by owner: {by_owner}, by reader: {last}")
    });
    claims.sometimes("the reader is refused", by_reader.is_none());
    claims.sometimes("the reader drops the last reference", last);
}
