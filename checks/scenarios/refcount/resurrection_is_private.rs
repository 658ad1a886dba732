//! A lock-free reader with a stale pointer tries to take a reference while the finalizer runs.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::{Resurrected, ThreadId, TryIncref};

use super::stage::{DEAD, Deaf, LIVE, Object, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_resurrection_is_private",
    pillar: Pillar::Refcount,
    question: "Can a lock-free reader take a reference to an object that is resurrected for its finalizer only?",
    always: "The finalizer is alone with the object, and the object is dead after it.",
    sometimes: &["the reader comes first", "the reader is refused"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    // Merged, with one reference, which T1 drops.
    let _ = object.count().merge(0);
    let finalizing = stage.spawn(1, move |role| {
        role.dies(object) && finalize(role.me, object)
    });
    let reading = stage.spawn(2, {
        let claims = claims.clone();
        move |role| {
            if object.count().try_incref(role.me) == TryIncref::Refused {
                return None;
            }
            let payload = object.read();
            claims.always(
                "not finalized in the reader's hands",
                payload == LIVE,
                || payload,
            );
            Some(role.dies(object) && finalize(role.me, object))
        }
    });
    let (by_dropper, by_reader) = (finalizing.join(), reading.join());
    // Lock-free readers could still look at the header until here.
    stage.role(3).free(object);
    let finalized = u32::from(by_dropper) + u32::from(by_reader == Some(true));
    claims.always("dead once", finalized == 1, || format!("{finalized} times"));
    claims.sometimes("the reader comes first", by_reader.is_some());
    claims.sometimes("the reader is refused", by_reader.is_none());
}

/// Runs a finalizer that keeps nothing; says whether the object is dead after it.
fn finalize(me: ThreadId, object: Object) -> bool {
    object.count().resurrect_start(me);
    object.write(DEAD);
    object.count().resurrect_end(me) == Resurrected::Dead
}
