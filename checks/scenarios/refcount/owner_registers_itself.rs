//! A new owner counts an object while another thread drops a reference that the owner counted.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Object, Slot, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_owner_registers_itself",
    pillar: Pillar::Refcount,
    question: "Is a thread that owns an object known as its owner by then, so that nobody merges behind its back?",
    always: "A running owner stays the owner, and the object lives while the owner has a reference.",
    sometimes: &[
        "the other thread drops a reference",
        "the other thread comes too early",
    ],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::new();
    let slot = Arc::new(Slot::new("slot", None));
    let owning = stage.spawn(1, {
        let slot = Arc::clone(&slot);
        move |role| {
            role.register(Deaf);
            let object = role.create();
            // One reference for another thread, counted by the owner.
            object.count().incref(role.me);
            slot.replace(Some(object));
            // A use by a frame of the owner, which keeps one more reference all the time.
            object.count().incref(role.me);
            (object, role.dies(object))
        }
    });
    let dropping = stage.spawn(2, {
        let slot = Arc::clone(&slot);
        move |role| slot.replace(None).map(|object| role.dies(object))
    });
    let ((object, by_owner), by_other) = (owning.join(), dropping.join());
    let now = object.count().snapshot();
    let sound = now.owner.is_some() && !by_owner && by_other != Some(true);
    claims.always("counted by its running owner", sound, || {
        format!("{now:?}; dead for the owner: {by_owner}, for the other: {by_other:?}")
    });
    claims.sometimes("the other thread drops a reference", by_other.is_some());
    claims.sometimes("the other thread comes too early", by_other.is_none());
    clean_up(&stage, &slot, object);
}

/// Drops what is left, as the owner; that must be everything.
fn clean_up(stage: &Arc<Stage>, slot: &Slot, object: Object) {
    let owner = stage.role(1);
    let left = slot
        .replace(None)
        .is_some_and(|object| owner.release(object));
    let mut merged = false;
    owner.leave(|_| merged = true);
    assert!(!left && !merged, "the owner has a reference");
    owner.release(object);
}
